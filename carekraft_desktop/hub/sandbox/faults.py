"""Bad luck to order: the next requests to an address fail in a chosen way."""

import asyncio
import threading
from dataclasses import dataclass
from enum import StrEnum

from msgspec import Struct
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.problems import CONTENT_TYPE, Slug, problem
from carekraft_desktop.hub.connections import Connections


class FaultKind(StrEnum):
    """What can go wrong."""

    UNAVAILABLE = "unavailable"
    """503 with Retry-After."""
    SLOW_DOWN = "slow-down"
    """429 with Retry-After."""
    CUT_BEFORE = "cut-before"
    """The connection breaks before the exchange does anything."""
    CUT_AFTER = "cut-after"
    """The exchange does what is asked; the connection breaks before the answer."""
    CUT_MIDWAY = "cut-midway"
    """The connection breaks in the middle of the answer, which says its full length."""
    GARBAGE = "garbage"
    """200 with bytes that are no JSON."""
    TRUNCATED = "truncated"
    """200 with half of the answer, presented as whole."""
    SLOW = "slow"
    """The answer comes `seconds` late."""
    WRONG_TYPE = "wrong-type"
    """The right body presented as text/html."""


class Fault(Struct, frozen=True):
    """An order: the next `times` requests whose path contains `path` meet `kind`."""

    kind: FaultKind
    path: str = "/"
    times: int = 1
    seconds: float = 1.0
    """For `slow` the delay, for 429 and 503 the Retry-After."""
    skip: int = 0
    """So many matching requests pass unharmed first."""


@dataclass(slots=True)
class _Order:
    fault: Fault
    skip: int
    left: int


class Faults:
    """The orders that are open."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._orders: list[_Order] = []

    def order(self, fault: Fault) -> None:
        """Add an order behind the others."""
        with self._lock:
            self._orders.append(_Order(fault, fault.skip, fault.times))

    def clear(self) -> None:
        """Let everything go well again."""
        with self._lock:
            self._orders.clear()

    @property
    def left(self) -> int:
        """How many requests are still to fail."""
        with self._lock:
            return sum(order.left for order in self._orders)

    def meet(self, path: str) -> Fault | None:
        """What a request to `path` meets; each order is used up by it."""
        with self._lock:
            for order in self._orders:
                if order.fault.path in path:
                    if order.skip:
                        order.skip -= 1
                        continue
                    order.left -= 1
                    if order.left < 1:
                        self._orders.remove(order)
                    return order.fault
        return None


class FaultyApp:
    """ASGI middleware that carries the orders out; the sandbox's own routes are spared."""

    def __init__(self, app: ASGIApp, faults: Faults, connections: Connections) -> None:
        """`faults`: where the orders are; `connections`: what can be cut."""
        self._app = app
        self._faults = faults
        self._connections = connections

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request, or not."""
        fault = None
        if scope["type"] == "http" and not scope["path"].startswith("/sandbox/"):
            fault = self._faults.meet(scope["path"])
        if fault is None:
            await self._app(scope, receive, send)
        elif fault.kind in (FaultKind.UNAVAILABLE, FaultKind.SLOW_DOWN):
            await _refuse(fault, send)
        elif fault.kind is FaultKind.CUT_BEFORE:
            await self._cut(scope)
        elif fault.kind is FaultKind.GARBAGE:
            await _answer(send, 200, b"\x1f\x00{]" * 50, "application/json")
        else:
            await self._spoil(fault, scope, receive, send)

    async def _spoil(self, fault: Fault, scope: Scope, receive: Receive, send: Send) -> None:
        """Do what was asked, and hand the answer over badly."""
        if fault.kind is FaultKind.SLOW:
            await asyncio.sleep(fault.seconds)
        if fault.kind is FaultKind.TRUNCATED:
            # Half of a compressed answer would break while it is unpacked, not while it is read.
            plain = [pair for pair in scope["headers"] if pair[0] != b"accept-encoding"]
            scope = {**scope, "headers": plain}
        answer = _Answer()
        await self._app(scope, receive, answer.collect)
        if fault.kind is FaultKind.CUT_AFTER:
            await self._cut(scope)
            return
        body = bytes(answer.body)
        half = body[: len(body) // 2]
        if fault.kind is FaultKind.TRUNCATED:
            body = half
        if fault.kind is FaultKind.WRONG_TYPE:
            answer.headers["content-type"] = "text/html"
        answer.headers["content-length"] = str(len(body))
        await send(answer.start())
        if fault.kind is FaultKind.CUT_MIDWAY:
            await send({"type": "http.response.body", "body": half, "more_body": True})
            await self._cut(scope)
            return
        await send({"type": "http.response.body", "body": body})

    async def _cut(self, scope: Scope) -> None:
        """Break the connection without a word."""
        await self._connections.cut(scope["client"])


class _Answer:
    """An answer that is held back."""

    def __init__(self) -> None:
        self.status = 200
        self.headers = MutableHeaders()
        self.body = bytearray()

    async def collect(self, message: Message) -> None:
        """Take the place of ASGI's `send`."""
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self.headers = MutableHeaders(raw=list(message.get("headers", [])))
        elif message["type"] == "http.response.body":
            self.body += message.get("body", b"")

    def start(self) -> Message:
        """The message that begins the answer."""
        return {
            "type": "http.response.start",
            "status": self.status,
            "headers": self.headers.raw,
        }


async def _refuse(fault: Fault, send: Send) -> None:
    slug = Slug.SLOW_DOWN if fault.kind is FaultKind.SLOW_DOWN else Slug.UNAVAILABLE
    document = problem(slug, "As ordered")
    retry = (b"retry-after", f"{fault.seconds:g}".encode())
    await _answer(send, document.status, encode(document), CONTENT_TYPE, retry)


async def _answer(
    send: Send, status: int, body: bytes, content_type: str, *more: tuple[bytes, bytes]
) -> None:
    headers = [
        (b"content-type", content_type.encode()),
        (b"content-length", str(len(body)).encode()),
        *more,
    ]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})
