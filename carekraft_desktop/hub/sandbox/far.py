"""The sandbox's levers for referrals: give and take permissions, answer for the other offices."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from msgspec import Struct
from sqlalchemy import Connection, select
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.limits import Id
from carekraft_desktop.contract.problems import Slug
from carekraft_desktop.contract.referrals import DeclineCode, Npi
from carekraft_desktop.contract.specialties import Specialty
from carekraft_desktop.hub import enrol, reading, revoking, tables
from carekraft_desktop.hub.bookings import NotThere
from carekraft_desktop.hub.problems import refuse
from carekraft_desktop.hub.sandbox import answers, permits, referred_before
from carekraft_desktop.hub.sandbox.acts import NotPossible
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.slots import SlotTaken

if TYPE_CHECKING:
    from carekraft_desktop.hub.sandbox.sandbox import Sandbox

Event = Callable[[Connection, datetime], None]

SMALL = 16 * 1024


class Permit(Struct, frozen=True):
    """Who lets the office book, and what."""

    patient: Id
    specialties: list[Specialty] | None = None
    targets: list[Npi] | None = None
    bookings: int = 1


class Revoke(Struct, frozen=True):
    """Which permission is taken back."""

    permission: Id


class Answer(Struct, frozen=True):
    """What the other office says."""

    referral: Id
    how: str = "accept"
    code: DeclineCode = DeclineCode.NO_CAPACITY


class Which(Struct, frozen=True):
    """Which office."""

    office: Id


class FarLevers:
    """Routes under /sandbox/ for everything that others do about referrals."""

    def __init__(self, sandbox: "Sandbox", *, seed: int) -> None:
        """They act on that sandbox's exchange."""
        self._sandbox = sandbox
        self._chance = Chance(f"permits {seed}")

    def routes(self) -> list[BaseRoute]:
        """Every route."""
        return [
            Route("/sandbox/patient/permit", self.permit, methods=["POST"]),
            Route("/sandbox/patient/revoke", self.revoke, methods=["POST"]),
            Route("/sandbox/patient/letters", self.letters, methods=["GET"]),
            Route("/sandbox/far/answer", self.answer, methods=["POST"]),
            Route("/sandbox/far/codes", self.code, methods=["POST"]),
        ]

    def events(self) -> dict[str, tuple[float, Event]]:
        """What the public does about referrals, with the weight of each."""
        office_id = self._sandbox.office_id

        def permit(connection: Connection, now: datetime) -> None:
            item = tables.item
            ids = connection.scalars(
                select(item.c.id)
                .where(item.c.office_id == office_id, item.c.kind == "patient")
                .where(item.c.gone.is_(False))
                .order_by(item.c.id)
                .limit(400)
            ).all()
            if not ids:
                raise NotPossible
            permits.permit(connection, self._chance, office_id, self._chance.choice(ids), now)

        def revoke(connection: Connection, now: datetime) -> None:
            permits.revoke_one(connection, self._chance, office_id, now)

        def answer(connection: Connection, now: datetime) -> None:
            answers.answer_one(connection, self._chance, now)

        def refer(connection: Connection, now: datetime) -> None:
            referred_before.receive(connection, self._chance, office_id, now)

        return {
            "permit": (4.0, permit),
            "revoke": (0.6, revoke),
            "answer-referral": (14.0, answer),
            "refer": (1.0, refer),
        }

    async def permit(self, request: Request) -> Response:
        """A patient gives a permission."""
        wanted = await reading.json(request, Permit, most=SMALL)
        exchange = self._sandbox.exchange

        def work(connection: Connection) -> str:
            return permits.permit(
                connection,
                self._chance,
                self._sandbox.office_id,
                wanted.patient,
                exchange.now(),
                specialties=wanted.specialties,
                targets=wanted.targets,
                bookings=wanted.bookings,
            )

        try:
            done = await exchange.write(work)
        except NotPossible:
            raise refuse(Slug.ILLEGAL_TRANSITION, "The patient cannot do that now") from None
        exchange.wakeups.tell(self._sandbox.office_id)
        return _json({"done": done})

    async def revoke(self, request: Request) -> Response:
        """A patient takes a permission back."""
        wanted = await reading.json(request, Revoke, most=SMALL)
        exchange, office_id = self._sandbox.exchange, self._sandbox.office_id
        try:
            await exchange.write(
                lambda connection: revoking.revoke(
                    connection, office_id, wanted.permission, exchange.now()
                )
            )
        except NotThere:
            raise refuse(Slug.NOT_FOUND, "There is no such permission") from None
        exchange.wakeups.tell(office_id)
        return _json({"done": True})

    async def letters(self, request: Request) -> Response:
        """What a patient was sent: the copies of what left, each with its link."""
        patient = request.query_params.get("patient", "")
        letter = tables.letter

        def work(connection: Connection) -> list[dict[str, str]]:
            rows = connection.execute(
                select(letter.c.message, letter.c.link).where(letter.c.patient_id == patient)
            )
            return [{"message": row.message, "link": row.link} for row in rows]

        return _json(await self._sandbox.exchange.read(work))

    async def answer(self, request: Request) -> Response:
        """The other office answers."""
        wanted = await reading.json(request, Answer, most=SMALL)
        exchange = self._sandbox.exchange
        try:
            done = await exchange.write(
                lambda connection: answers.answer(
                    connection, wanted.referral, wanted.how, exchange.now(), code=wanted.code
                )
            )
        except (NotPossible, NotThere, SlotTaken):
            raise refuse(Slug.ILLEGAL_TRANSITION, "It cannot be answered so now") from None
        exchange.wakeups.tell(self._sandbox.office_id)
        return _json({"done": done})

    async def code(self, request: Request) -> Response:
        """An enrolment code for one of the other offices."""
        wanted = await reading.json(request, Which, most=SMALL)
        exchange = self._sandbox.exchange
        code = await exchange.write(
            lambda connection: enrol.issue(connection, wanted.office, exchange.now())
        )
        return _json({"code": code})


def _json(value: object) -> Response:
    return Response(encode(value), media_type="application/json")
