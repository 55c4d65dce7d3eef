"""The sandbox's levers for CareKraft itself: publish terms, and tell an office of an incident."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from msgspec import Struct
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.limits import Code, ShortText
from carekraft_desktop.contract.notices import Line, Notice, NoticeKind
from carekraft_desktop.hub import notices, reading
from carekraft_desktop.hub.feed import Place

if TYPE_CHECKING:
    from carekraft_desktop.hub.sandbox.sandbox import Sandbox

SMALL = 16 * 1024
FIRST, SECOND = "2026-1", "2027-1"
CHANGES = [
    "Offices are told within one day when a patient takes a permission back.",
    "Everybody who processes data for CareKraft is named on a public list.",
]
"""What the second version of the invented terms changes."""


class Terms(Struct, frozen=True):
    """A version of the terms."""

    version: ShortText = FIRST
    days: int = -300
    """From how many days after today it counts."""
    lines: list[Line] = []


class Happened(Struct, frozen=True):
    """An incident on CareKraft's side."""

    what: Code = "wrong-office"
    days: int = 4
    """How many days ago it happened."""
    classes: tuple[Code, ...] = ("contact",)


class CareKraftLevers:
    """Routes under /sandbox/carekraft/."""

    def __init__(self, sandbox: "Sandbox") -> None:
        """They act on that sandbox's office."""
        self._sandbox = sandbox

    def routes(self) -> list[BaseRoute]:
        """Every route."""
        return [
            Route("/sandbox/carekraft/terms", self.terms, methods=["POST"]),
            Route("/sandbox/carekraft/incident", self.incident, methods=["POST"]),
        ]

    async def terms(self, request: Request) -> Response:
        """Publish a version."""
        wanted = await reading.json(request, Terms, most=SMALL)
        at = self._sandbox.exchange.now()
        notice = Notice(
            id=f"terms.{wanted.version}",
            kind=NoticeKind.TERMS,
            at=at,
            day=_day(at, wanted.days),
            version=wanted.version,
            title="Terms of use and privacy policy",
            lines=wanted.lines or (CHANGES if wanted.version == SECOND else []),
        )
        return await self._tell(lambda connection: self._put(connection, notice, at))

    async def incident(self, request: Request) -> Response:
        """Tell the office of an incident."""
        wanted = await reading.json(request, Happened, most=SMALL)
        at = self._sandbox.exchange.now()
        day = _day(at, -wanted.days)

        def work(connection: Connection) -> Place:
            return notices.warn(
                connection,
                self._sandbox.office_id,
                f"carekraft.{day.isoformat()}.{wanted.what}",
                what=wanted.what,
                day=day,
                classes=list(wanted.classes),
                at=at,
            )

        return await self._tell(work)

    def _put(self, connection: Connection, notice: Notice, at: datetime) -> Place:
        return notices.put(connection, self._sandbox.office_id, notice, at)

    async def _tell(self, work: Callable[[Connection], Place]) -> Response:
        place = await self._sandbox.exchange.write(work)
        self._sandbox.exchange.wakeups.tell(self._sandbox.office_id)
        return Response(encode({"seq": place.seq}), media_type="application/json")


def _day(at: datetime, days: int) -> date:
    return (at + timedelta(days=days)).date()
