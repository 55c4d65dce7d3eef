"""The exchange as an ASGI application: its routes, and who may ask for what.

SQL runs on a pool of threads of its own; the event loop only waits and writes answers.
"""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.commands import Commands, Results
from carekraft_desktop.contract.enrolment import (
    API_VERSION,
    ASSERTION_TYPE,
    Configuration,
    Enrolled,
    EnrolRequest,
    Meta,
    Token,
)
from carekraft_desktop.contract.feed import Acks
from carekraft_desktop.contract.problems import Problem, Slug
from carekraft_desktop.hub import acks, commands, enrol, feed, reading, sign_in
from carekraft_desktop.hub.assertions import AssertionRefused
from carekraft_desktop.hub.connections import Connections
from carekraft_desktop.hub.database import Busy, Database
from carekraft_desktop.hub.dating import Dated
from carekraft_desktop.hub.directory import DirectoryRoutes
from carekraft_desktop.hub.metrics import Measured, Metrics
from carekraft_desktop.hub.now import Now, utc_now
from carekraft_desktop.hub.problems import Refused, answer, invalid, refuse
from carekraft_desktop.hub.settings import Settings
from carekraft_desktop.hub.wakeups import Wakeups

if TYPE_CHECKING:
    from carekraft_desktop.hub.sandbox.sandbox import Sandbox

T = TypeVar("T")
Endpoint = Callable[[Request], Awaitable[Response]]

log = logging.getLogger(__name__)

JSON = "application/json"
SMALL = 16 * 1024
COMMANDS_BYTES = 256 * 1024
ACKS_BYTES = 1024 * 1024
KINDS_MOST = 20


@dataclass(slots=True)
class Exchange:
    """One running exchange: its database, clock and choices, and those who wait."""

    database: Database
    settings: Settings
    now: Now = utc_now
    connections: Connections = field(default_factory=Connections)
    metrics: Metrics = field(default_factory=Metrics)
    wakeups: Wakeups = field(init=False)
    _threads: ThreadPoolExecutor = field(init=False)

    def __post_init__(self) -> None:
        self._threads = ThreadPoolExecutor(self.settings.workers, thread_name_prefix="exchange")
        self.wakeups = Wakeups(self._heads)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run a reading transaction on a thread."""
        return await self.run(lambda: self.database.read(work))

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run a writing transaction on a thread."""
        return await self.run(lambda: self.database.write(work))

    async def run(self, work: Callable[[], T]) -> T:
        """Run anything that speaks with the database on a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def close(self) -> None:
        """Wait for the threads and close the database."""
        self._threads.shutdown()
        self.database.close()

    async def _heads(self, offices: list[str]) -> dict[str, int]:
        try:
            return await self.read(lambda connection: feed.heads(connection, offices))
        except DBAPIError as error:
            log.info("could not look for changes: %s", type(error.orig).__name__)
            return {}


def create_app(exchange: Exchange, sandbox: "Sandbox | None" = None) -> Starlette:
    """The application; with `sandbox` also its routes, its faults and its public."""
    routes: list[BaseRoute] = [*_Routes(exchange).all(), *DirectoryRoutes(exchange).all()]
    middleware = [Middleware(Dated, now=exchange.now)]
    if sandbox is not None:
        routes += sandbox.routes()
        middleware = [Middleware(Dated, now=sandbox.date_header), sandbox.middleware()]
    middleware.insert(0, Middleware(Measured, metrics=exchange.metrics))
    middleware.append(Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=1))

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        looking = exchange.wakeups.start()
        if sandbox is not None:
            sandbox.start()
        try:
            yield
        finally:
            looking.cancel()
            if sandbox is not None:
                await sandbox.stop()
            await asyncio.to_thread(exchange.close)

    return Starlette(
        routes=routes,
        middleware=middleware,
        lifespan=lifespan,
        exception_handlers={
            Refused: _refused,
            HTTPException: _unknown,
            Busy: _busy,
            Exception: _failed,
        },
    )


class _Routes:
    """The endpoints of exchange version 1."""

    def __init__(self, exchange: Exchange) -> None:
        self._exchange = exchange
        self._settings = exchange.settings

    def all(self) -> list[BaseRoute]:
        """Every route, for Starlette."""
        office = "/v1/offices/{office}"
        return [
            Route("/.well-known/smart-configuration", self.configuration, methods=["GET"]),
            Route("/v1/enroll", self._spoken(self.enrol), methods=["POST"]),
            Route("/oauth/token", self._spoken(self.token), methods=["POST"]),
            Route("/v1/meta", self.meta, methods=["GET"]),
            Route(f"{office}/changes", self._spoken(self.changes), methods=["GET"]),
            Route(f"{office}/commands", self._spoken(self.commands), methods=["POST"]),
            Route(f"{office}/acks", self._spoken(self.acks), methods=["POST"]),
            Route(f"{office}/items/{{kind}}/{{id}}", self._spoken(self.item), methods=["GET"]),
            Route("/healthz", self.health, methods=["GET"]),
            Route("/readyz", self.ready, methods=["GET"]),
            Route("/metrics", self._exchange.metrics.page, methods=["GET"]),
        ]

    async def configuration(self, _request: Request) -> Response:
        """Where and how to sign in."""
        return _json(
            Configuration(
                token_endpoint=self._settings.token_endpoint,
                token_endpoint_auth_methods_supported=["private_key_jwt"],
                token_endpoint_auth_signing_alg_values_supported=["ES384"],
            )
        )

    async def meta(self, _request: Request) -> Response:
        """What the exchange says of itself; open to programs that are too old, too."""
        settings = self._settings
        return _json(
            Meta(
                epoch=await self._exchange.read(feed.current_epoch),
                api=API_VERSION,
                min_client=".".join(map(str, settings.min_client)),
                now=self._exchange.now(),
                page_items=settings.page_items,
                wait_seconds=int(settings.wait_seconds),
            )
        )

    async def enrol(self, request: Request) -> Response:
        """Trade a one-time code for a place."""
        wanted = await reading.json(request, EnrolRequest, most=SMALL)
        place = await self._exchange.write(
            lambda connection: enrol.enrol(
                connection,
                wanted,
                at=self._exchange.now(),
                audience=self._settings.enrol_endpoint,
            )
        )
        if isinstance(place, enrol.CodeRefused):
            raise refuse(Slug.CODE_REFUSED, "The code is wrong, used or out of date")
        if isinstance(place, enrol.KeyRefused):
            raise refuse(Slug.CODE_REFUSED, "The proof does not show that the key is held")
        return _json(
            Enrolled(
                client_id=place.client_id,
                office_id=place.office_id,
                office_name=place.office_name,
                token_endpoint=self._settings.token_endpoint,
            ),
            status=201,
        )

    async def token(self, request: Request) -> Response:
        """Trade an assertion for an access token (RFC 7523, 2.2)."""
        fields = await reading.form(request, most=SMALL)
        if fields.get("grant_type") != "client_credentials":
            return answer(invalid("The grant is not known"), error="unsupported_grant_type")
        if fields.get("client_assertion_type") != ASSERTION_TYPE:
            return answer(invalid("The assertion's type is not known"), error="invalid_request")
        text = fields.get("client_assertion", "")

        def work(connection: Connection) -> Token:
            at = self._exchange.now()
            token = sign_in.sign_in(connection, text, at=at, audience=self._settings.token_endpoint)
            commands.forget_old(connection, token.client_id, at)
            return token.token

        try:
            token = await self._exchange.write(work)
        except AssertionRefused:
            refusal = refuse(Slug.TOKEN_INVALID, "The assertion is not accepted")
            return answer(refusal, error="invalid_client")
        except sign_in.DeviceRevoked:
            refusal = refuse(Slug.DEVICE_REVOKED, "This workstation was shut out")
            return answer(refusal, error="invalid_client")
        response = _json(token)
        response.headers["Cache-Control"] = "no-store"
        return response

    async def changes(self, request: Request) -> Response:
        """A page of the feed; with `wait`, held back until there is something."""
        settings = self._settings
        limit = reading.number(request, "limit", default=200, least=1, most=settings.page_items)
        wait = reading.number(
            request, "wait", default=0, least=0, most=max(1, int(settings.wait_seconds))
        )
        cursor = request.query_params.get("cursor", "")
        kinds = [kind for kind in request.query_params.get("kinds", "").split(",") if kind]
        if len(kinds) > KINDS_MOST or len(cursor) > 200:
            raise refuse(Slug.INVALID_REQUEST, "The query is not what is expected")

        def work(connection: Connection) -> tuple[sign_in.Device, feed.Stretch]:
            device = self._device(connection, request)
            return device, feed.page(
                connection,
                device.office_id,
                cursor,
                limit=limit,
                most_bytes=settings.page_bytes,
                kinds=kinds,
            )

        try:
            device, stretch = await self._exchange.read(work)
            if wait and stretch.empty:
                stretch = await self._wait(request, device, work, stretch, wait)
        except feed.CursorMalformed:
            raise refuse(Slug.INVALID_REQUEST, "The cursor is not one of ours", "cursor") from None
        except feed.CursorExpired:
            raise refuse(Slug.CURSOR_EXPIRED, "That place in the feed is gone") from None
        except feed.EpochChanged:
            raise refuse(Slug.EPOCH_CHANGED, "The exchange began anew") from None
        return Response(stretch.envelope(settings.poll_after), media_type=JSON)

    async def _wait(
        self,
        request: Request,
        device: sign_in.Device,
        work: Callable[[Connection], tuple[sign_in.Device, feed.Stretch]],
        stretch: feed.Stretch,
        seconds: int,
    ) -> feed.Stretch:
        """Hold the answer back until there is news, the time is up or nobody listens."""
        gone = asyncio.create_task(_gone(request))
        loop = asyncio.get_running_loop()
        until = loop.time() + seconds
        try:
            while stretch.empty and not gone.done() and (left := until - loop.time()) > 0:
                with self._exchange.wakeups.wait(
                    device.office_id, device.client_id, most=self._settings.waits_per_client
                ) as waiter:
                    # Looked at again once registered: a commit in between wakes nobody.
                    _, stretch = await self._exchange.read(work)
                    if not stretch.empty:
                        break
                    waiter.place = stretch.head
                    woken = asyncio.create_task(waiter.woken.wait())
                    await asyncio.wait(
                        {woken, gone}, timeout=left, return_when=asyncio.FIRST_COMPLETED
                    )
                    woken.cancel()
                    if waiter.sent_home:
                        break
                _, stretch = await self._exchange.read(work)
        finally:
            gone.cancel()
        return stretch

    async def commands(self, request: Request) -> Response:
        """Do what the office asks, command by command."""
        device = await self._exchange.read(lambda connection: self._device(connection, request))
        wanted = await reading.json(request, Commands, most=COMMANDS_BYTES)
        results = await self._exchange.run(
            lambda: commands.apply_all(
                self._exchange.database,
                self._exchange.now,
                office_id=device.office_id,
                client_id=device.client_id,
                commands=wanted.commands,
            )
        )
        self._exchange.wakeups.tell(device.office_id)
        for command, result in zip(wanted.commands, results, strict=True):
            self._exchange.metrics.count(command.type.value, result)
        return _json(Results(results=results))

    async def acks(self, request: Request) -> Response:
        """Take down how far a workstation is and what it erased."""
        device = await self._exchange.read(lambda connection: self._device(connection, request))
        told = await reading.json(request, Acks, most=ACKS_BYTES)
        await self._exchange.write(
            lambda connection: acks.keep(connection, device, told, self._exchange.now())
        )
        return Response(status_code=204)

    async def item(self, request: Request) -> Response:
        """One item's resource, with its version as ETag."""
        kind, id_ = request.path_params["kind"], request.path_params["id"]
        if not (reading.is_id(kind) and reading.is_id(id_)):
            raise refuse(Slug.NOT_FOUND, "There is no such item")

        def work(connection: Connection) -> tuple[int, str | None, str | None]:
            device = self._device(connection, request)
            row = feed.one(connection, device.office_id, kind, id_)
            if row is None:
                raise refuse(Slug.NOT_FOUND, "There is no such item")
            return row["v"], row["body"], row["reason"]

        v, body, reason = await self._exchange.read(work)
        if body is None:
            raise refuse(Slug.GONE, "The item is gone", *([reason] if reason else []))
        tag = f'W/"{v}"'
        if request.headers.get("if-none-match") == tag:
            return Response(status_code=304, headers={"ETag": tag})
        return Response(body, headers={"ETag": tag, "Cache-Control": "no-store"}, media_type=JSON)

    async def health(self, _request: Request) -> Response:
        """The process answers."""
        return _json({"status": "ok"})

    async def ready(self, _request: Request) -> Response:
        """The database answers, too."""
        try:
            await self._exchange.read(feed.current_epoch)
        except (DBAPIError, Busy):
            raise refuse(Slug.UNAVAILABLE, "The database does not answer") from None
        return _json({"status": "ready"})

    def _spoken(self, endpoint: Endpoint) -> Endpoint:
        """Refuse programs that are too old before anything else is looked at."""

        async def checked(request: Request) -> Response:
            version = reading.client_version(request)
            if version is not None and version < self._settings.min_client:
                raise refuse(Slug.CLIENT_TOO_OLD, "This version of the program is too old")
            return await endpoint(request)

        return checked

    def _device(self, connection: Connection, request: Request) -> sign_in.Device:
        """Whose request it is; it must be about that workstation's own office."""
        try:
            device = sign_in.bearer(
                connection, request.headers.get("authorization", ""), self._exchange.now()
            )
        except sign_in.TokenRefused:
            raise refuse(Slug.TOKEN_INVALID, "Please sign in") from None
        except sign_in.DeviceRevoked:
            raise refuse(Slug.DEVICE_REVOKED, "This workstation was shut out") from None
        if request.path_params["office"] != device.office_id:
            raise refuse(Slug.NOT_YOUR_OFFICE, "That is another office's")
        return device


def _json(value: object, *, status: int = 200) -> Response:
    return Response(encode(value), status, media_type=JSON)


async def _gone(request: Request) -> None:
    """Return when the client has hung up."""
    while (await request.receive())["type"] != "http.disconnect":
        pass


async def _refused(_request: Request, error: Exception) -> Response:
    if not isinstance(error, Refused):
        raise error
    return answer(error)


async def _unknown(_request: Request, error: Exception) -> Response:
    """Starlette's own refusals: unknown addresses and methods."""
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == 404:
        return answer(refuse(Slug.NOT_FOUND, "There is no such address"))
    refused = invalid("The request is not understood", status=error.status_code)
    refused.headers.update(error.headers or {})
    return answer(refused)


async def _busy(_request: Request, _error: Exception) -> Response:
    return answer(refuse(Slug.UNAVAILABLE, "Please ask again"))


async def _failed(_request: Request, error: Exception) -> Response:
    """A mistake of ours: the kind of error is logged, never what it says."""
    log.error("request failed: %s", type(error).__name__)
    refused = refuse(Slug.UNAVAILABLE, "The exchange made a mistake")
    document = refused.document
    return answer(
        Refused(Problem(type=document.type, title=document.title, status=500), refused.headers)
    )
