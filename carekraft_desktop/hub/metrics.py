"""Figures for the operator, in Prometheus' text format, and one log line for each request.

Neither holds an id: a request is counted under its route's pattern, such as
`/v1/offices/{office}/changes`.
"""

import logging
import os
import re

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    disable_created_metrics,
    generate_latest,
    multiprocess,
)
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from carekraft_desktop.contract.commands import Result
from carekraft_desktop.hub import scopes
from carekraft_desktop.hub.log_lines import REQUESTS
from carekraft_desktop.hub.now import steady

# When a figure was first counted tells an operator nothing.
disable_created_metrics()  # type: ignore[no-untyped-call]

log = logging.getLogger(REQUESTS)

SHARED = "PROMETHEUS_MULTIPROC_DIR"
"""Set for workers: the folder in which they keep their figures together."""

_TYPES = "(?:{})".format("|".join(scopes.KNOWN))
_PATTERNS = (
    (
        re.compile(r"^/v1/offices/[^/]+/items/[^/]+/[^/]+$"),
        "/v1/offices/{office}/items/{kind}/{id}",
    ),
    (re.compile(r"^/v1/offices/[^/]+/(changes|commands|acks)$"), r"/v1/offices/{office}/\1"),
    (
        re.compile(
            r"^(/v1/(?:enroll|meta|workstation/key)|/oauth/token|/healthz|/readyz|/metrics)$"
        ),
        r"\1",
    ),
    (re.compile(r"^/\.well-known/.*$"), "/.well-known"),
    (re.compile(r"^/sandbox/.*$"), "/sandbox"),
    (re.compile(rf"^/fhir/(metadata|{_TYPES}|Appointment/\$(?:find|hold|book))$"), r"/fhir/\1"),
    (re.compile(rf"^/fhir/({_TYPES})/[^/]+$"), r"/fhir/\1/{id}"),
    (re.compile(r"^/slots/(\$bulk-publish|.*)$"), "/slots"),
    (re.compile(r"^/v1/directory/(providers|holds|releases)$"), r"/v1/directory/\1"),
    (re.compile(r"^/v1/directory/providers/.*$"), "/v1/directory/providers/times"),
    (re.compile(r"^/v1/copies/.*$"), "/v1/copies"),
)


def pattern_of(path: str) -> str:
    """The route that a path belongs to, without anybody's id."""
    for pattern, name in _PATTERNS:
        if pattern.match(path):
            return pattern.sub(name, path)
    return "other"


class Metrics:
    """What one process of the exchange has counted since its start."""

    def __init__(self) -> None:
        """All zero."""
        self.registry = CollectorRegistry()
        self.requests = Counter(
            "carekraft_requests", "Requests answered", ["route", "status"], registry=self.registry
        )
        self.seconds = Histogram(
            "carekraft_request_seconds",
            "Time to the answer's last byte; of waiting pages this is mostly waiting",
            ["route"],
            buckets=(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30),
            registry=self.registry,
        )
        self.results = Counter(
            "carekraft_commands",
            "Commands by what became of them",
            ["type", "status"],
            registry=self.registry,
        )
        self.under_way = Gauge(
            "carekraft_requests_under_way",
            "Requests being answered",
            registry=self.registry,
            multiprocess_mode="livesum",
        )

    def count(self, kind: str, result: Result) -> None:
        """One command was answered."""
        self.results.labels(kind, result.status.value).inc()

    async def page(self, _request: Request) -> Response:
        """The figures as text, of all workers together."""
        registry = self.registry
        if os.environ.get(SHARED):
            registry = CollectorRegistry()
            multiprocess.MultiProcessCollector(registry)  # type: ignore[no-untyped-call]
        return Response(generate_latest(registry), media_type=CONTENT_TYPE_PLAIN_0_0_4)


class Measured:
    """Counts and times every request, and logs it in one line without an id."""

    def __init__(self, app: ASGIApp, *, metrics: Metrics) -> None:
        """`metrics`: where it is counted."""
        self._app = app
        self._metrics = metrics

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer as the application does."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began = steady()
        route = pattern_of(scope["path"])
        status = 499  # the client hung up before there was an answer

        async def counting(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        with self._metrics.under_way.track_inprogress():
            try:
                await self._app(scope, receive, counting)
            finally:
                took = steady() - began
                self._metrics.requests.labels(route, str(status)).inc()
                self._metrics.seconds.labels(route).observe(took)
                facts = {
                    "method": scope["method"],
                    "route": route,
                    "status": status,
                    "ms": round(took * 1000),
                }
                log.info("request", extra={"facts": facts})
