"""The sandbox's routes: be a patient, order bad luck, hand out enrolment codes.

They exist only on an exchange that was started with its sandbox.
"""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import Connection
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.limits import Id
from carekraft_desktop.contract.problems import Problem, Slug, problem
from carekraft_desktop.hub import enrol, feed, reading, sign_in
from carekraft_desktop.hub import reviews as hub_reviews
from carekraft_desktop.hub.bookings import NotThere
from carekraft_desktop.hub.exchange import Exchange
from carekraft_desktop.hub.now import Shifted
from carekraft_desktop.hub.problems import Refused, answer, refuse
from carekraft_desktop.hub.sandbox import acts, reviews
from carekraft_desktop.hub.sandbox.backup import Backup
from carekraft_desktop.hub.sandbox.carekraft import CareKraftLevers
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.sandbox.far import FarLevers
from carekraft_desktop.hub.sandbox.faults import Fault, Faults, FaultyApp
from carekraft_desktop.hub.sandbox.minors import MinorLevers
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from carekraft_desktop.hub.sandbox.partner import PartnerRoutes
from carekraft_desktop.hub.sandbox.public import Public
from carekraft_desktop.hub.slots import SlotTaken, SlotUnknown

SMALL = 16 * 1024
Endpoint = Callable[[Request], Awaitable[Response]]


class Wanted(Struct, frozen=True):
    """What a patient wants; which members are needed depends on the route."""

    patient: Id | None = None
    booking: Id | None = None
    slot: Id | None = None
    review: Id | None = None
    data_class: str | None = None


class Clock(Struct, frozen=True):
    """How far the exchange's clock is off; `header` alone makes only its Date header wrong."""

    seconds: float = 0.0
    header: float = 0.0


class Choices(Struct, frozen=True):
    """Settings that may be changed while the exchange runs."""

    min_client: str | None = None
    poll_after: float | None = None


class Pace(Struct, frozen=True):
    """How many things happen in a minute; 0 pauses the public."""

    per_minute: float


class Sandbox:
    """What is added to an exchange to play with it."""

    def __init__(
        self,
        exchange: Exchange,
        clock: Shifted,
        *,
        office_id: str = OFFICE_ID,
        seed: int = 1,
        per_minute: float = 0.0,
    ) -> None:
        """`clock` is the exchange's own; `per_minute` the pace of the public."""
        self.faults = Faults()
        self.exchange = exchange
        self.office_id = office_id
        self.public = Public(exchange, office_id, seed=seed)
        self.far = FarLevers(self, seed=seed)
        self.partner = PartnerRoutes(self, seed=seed)
        self._chance = Chance(f"patients {seed}")
        self._clock = clock
        self._header_offset = timedelta()
        self._per_minute = per_minute
        self._backup: Backup | None = None
        self._living: asyncio.Task[None] | None = None
        self._enough: asyncio.Event | None = None

    def start(self) -> None:
        """Let the public begin, on the running event loop."""
        if self._per_minute > 0:
            self._enough = asyncio.Event()
            self._living = asyncio.create_task(self.public.live(self._per_minute, self._enough))

    async def stop(self) -> None:
        """Send the public home, and wait until it has left."""
        if self._living is not None and self._enough is not None:
            self._enough.set()
            await self._living
            self._living = None

    def date_header(self) -> datetime:
        """What the Date header says."""
        return self._clock() + self._header_offset

    def middleware(self) -> Middleware:
        """Carries out the orders for bad luck."""
        return Middleware(FaultyApp, faults=self.faults, connections=self.exchange.connections)

    def routes(self) -> list[BaseRoute]:
        """The routes under /sandbox/."""
        posts: dict[str, Endpoint] = {
            "codes": self.code,
            "patient/book": self._act(self._book),
            "patient/cancel": self._act(self._cancel),
            "patient/move": self._act(self._move),
            "patient/agree": self._act(self._agree),
            "patient/refuse": self._act(self._refuse),
            "patient/unshare-class": self._act(self._unshare_class),
            "patient/unshare": self._act(self._unshare),
            "review/write": self._act(self._review_write),
            "review/edit": self._act(self._review_edit),
            "review/delete": self._act(self._review_delete),
            "public/step": self.step,
            "public/pace": self.pace,
            "faults": self.order,
            "snapshot": self.snapshot,
            "restore": self.restore,
            "clock": self.clock,
            "settings": self.choose,
            "revoke": self.revoke,
        }
        routes: list[BaseRoute] = [
            Route(f"/sandbox/{path}", endpoint, methods=["POST"])
            for path, endpoint in posts.items()
        ]
        routes.append(Route("/sandbox/faults", self.clear, methods=["DELETE"]))
        routes.append(Route("/sandbox/reviews/{review}", self.public_page, methods=["GET"]))
        routes += self.far.routes()
        routes += self.partner.routes()
        routes += CareKraftLevers(self).routes()
        routes += MinorLevers(self).routes()
        return routes

    def issue_code(self) -> str:
        """An enrolment code for the sandbox's office."""
        return self.exchange.database.write(
            lambda connection: enrol.issue(connection, self.office_id, self.exchange.now())
        )

    async def code(self, _request: Request) -> Response:
        """Hand out an enrolment code."""
        code = await self.exchange.run(self.issue_code)
        return _json({"code": code, "office": self.office_id})

    async def public_page(self, request: Request) -> Response:
        """A review and the reply below it, as everybody reads them."""
        review_id = request.path_params["review"]
        try:
            review, _ = await self.exchange.read(
                lambda connection: hub_reviews.load(connection, self.office_id, review_id)
            )
        except NotThere:
            return answer(refuse(Slug.NOT_FOUND, "There is no such review"))
        return _json(review)

    async def step(self, _request: Request) -> Response:
        """Let one thing happen."""
        return _json({"event": await self.exchange.run(self.public.step)})

    async def pace(self, request: Request) -> Response:
        """Pause the public, or let it go on."""
        wanted = await reading.json(request, Pace, most=SMALL)
        await self.stop()
        self._per_minute = max(0.0, min(wanted.per_minute, 6_000.0))
        self.start()
        return _json({"per_minute": self._per_minute})

    async def order(self, request: Request) -> Response:
        """Order bad luck."""
        self.faults.order(await reading.json(request, Fault, most=SMALL))
        return _json({"left": self.faults.left})

    async def clear(self, _request: Request) -> Response:
        """Call all bad luck off."""
        self.faults.clear()
        return _json({"left": 0})

    async def snapshot(self, _request: Request) -> Response:
        """Take a backup that `restore` puts back."""
        self._backup = await self.exchange.read(Backup)
        return _json({"items": self._backup.items})

    async def restore(self, _request: Request) -> Response:
        """Put the backup back, if one was taken, and begin a new epoch."""
        backup = self._backup

        def work(connection: Connection) -> str:
            if backup is not None:
                backup.put_back(connection)
            return feed.new_epoch(connection)

        epoch = await self.exchange.write(work)
        self.exchange.wakeups.tell(self.office_id)
        return _json({"epoch": epoch})

    async def clock(self, request: Request) -> Response:
        """Set the exchange's clock wrong."""
        wanted = await reading.json(request, Clock, most=SMALL)
        self._clock.shift(wanted.seconds)
        self._header_offset = timedelta(seconds=wanted.header)
        return _json({"now": self._clock()})

    async def choose(self, request: Request) -> Response:
        """Change settings."""
        wanted = await reading.json(request, Choices, most=SMALL)
        settings = self.exchange.settings
        if wanted.min_client is not None:
            parts = wanted.min_client.split(".")
            if len(parts) != 3 or not all(each.isascii() and each.isdigit() for each in parts):
                raise refuse(Slug.INVALID_REQUEST, "Not a version", "$.min_client")
            settings.min_client = (int(parts[0]), int(parts[1]), int(parts[2]))
        if wanted.poll_after is not None:
            settings.poll_after = wanted.poll_after
        return _json({"min_client": list(settings.min_client), "poll_after": settings.poll_after})

    async def revoke(self, request: Request) -> Response:
        """Shut a workstation out."""
        wanted = await reading.json(request, Revoked, most=SMALL)
        now = self.exchange.now()
        done = await self.exchange.write(
            lambda connection: sign_in.revoke(connection, wanted.client_id, now)
        )
        if not done:
            raise refuse(Slug.NOT_FOUND, "There is no such workstation")
        return _json({"revoked": wanted.client_id})

    def _act(self, act: Callable[[Connection, Wanted], object]) -> Endpoint:
        """A route on which a patient does something."""

        async def endpoint(request: Request) -> Response:
            wanted = await reading.json(request, Wanted, most=SMALL)
            try:
                done = await self.exchange.write(lambda connection: act(connection, wanted))
            except acts.NotPossible:
                refused = problem(Slug.ILLEGAL_TRANSITION, "The patient cannot do that now")
                return answer(Refused(refused))
            except NotThere:
                return answer(refuse(Slug.NOT_FOUND, "There is nothing of that id"))
            except SlotUnknown:
                return answer(refuse(Slug.NOT_FOUND, "There is no such slot"))
            except SlotTaken as error:
                return answer(Refused(_taken(error)))
            self.exchange.wakeups.tell(self.office_id)
            return _json({"done": done})

        return endpoint

    def _book(self, connection: Connection, wanted: Wanted) -> str:
        return acts.book(
            connection,
            self._chance,
            self.office_id,
            self.exchange.now(),
            patient_id=wanted.patient,
            slot_id=wanted.slot,
        )

    def _cancel(self, connection: Connection, wanted: Wanted) -> None:
        acts.cancel(connection, self.office_id, _booking(wanted), self.exchange.now())

    def _move(self, connection: Connection, wanted: Wanted) -> None:
        acts.move(
            connection,
            self._chance,
            self.office_id,
            _booking(wanted),
            self.exchange.now(),
            slot_id=wanted.slot,
        )

    def _agree(self, connection: Connection, wanted: Wanted) -> None:
        acts.agree(connection, self.office_id, _booking(wanted), self.exchange.now())

    def _refuse(self, connection: Connection, wanted: Wanted) -> None:
        acts.refuse(connection, self.office_id, _booking(wanted), self.exchange.now())

    def _unshare_class(self, connection: Connection, wanted: Wanted) -> None:
        acts.unshare_class(
            connection,
            self.office_id,
            _patient(wanted),
            wanted.data_class or "",
            self.exchange.now(),
        )

    def _unshare(self, connection: Connection, wanted: Wanted) -> None:
        acts.unshare(connection, self.office_id, _patient(wanted), self.exchange.now())

    def _review_write(self, connection: Connection, wanted: Wanted) -> str:
        del wanted
        return reviews.write(connection, self._chance, self.office_id, self.exchange.now())

    def _review_edit(self, connection: Connection, wanted: Wanted) -> None:
        now = self.exchange.now()
        reviews.edit(connection, self._chance, self.office_id, _review(wanted), now)

    def _review_delete(self, connection: Connection, wanted: Wanted) -> None:
        reviews.delete(connection, self.office_id, _review(wanted), self.exchange.now())


class Revoked(Struct, frozen=True):
    """Which workstation is shut out."""

    client_id: Id


def _booking(wanted: Wanted) -> str:
    if wanted.booking is None:
        raise refuse(Slug.INVALID_REQUEST, "Which booking?", "$.booking")
    return wanted.booking


def _patient(wanted: Wanted) -> str:
    if wanted.patient is None:
        raise refuse(Slug.INVALID_REQUEST, "Which patient?", "$.patient")
    return wanted.patient


def _review(wanted: Wanted) -> str:
    if wanted.review is None:
        raise refuse(Slug.INVALID_REQUEST, "Which review?", "$.review")
    return wanted.review


def _taken(error: SlotTaken) -> Problem:
    return problem(Slug.SLOT_TAKEN, "The slot is not free", alternatives=error.alternatives)


def _json(value: object) -> Response:
    return Response(encode(value), media_type="application/json")
