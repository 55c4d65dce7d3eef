"""The sandbox's levers for those under 18: one books by themselves, and a guardian is named later."""

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from carekraft_desktop.contract.codec import decode, encode
from carekraft_desktop.contract.fhir import Patient
from carekraft_desktop.hub import feed
from carekraft_desktop.hub.feed import Change
from carekraft_desktop.hub.sandbox import acts
from carekraft_desktop.hub.sandbox.acts import NotPossible
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.sandbox.people import make_minor_alone, with_guardian

if TYPE_CHECKING:
    from carekraft_desktop.hub.sandbox.sandbox import Sandbox

WEIGHT = 1.5
"""How often the public names a guardian, once somebody waits for one."""


class MinorLevers:
    """Routes under /sandbox/minors/."""

    def __init__(self, sandbox: "Sandbox") -> None:
        """They act on that sandbox's office."""
        self._sandbox = sandbox
        self._chance = Chance("minors")
        self._alone: list[str] = []

    def routes(self) -> list[BaseRoute]:
        """Every route."""
        return [
            Route("/sandbox/minors/book", self.book, methods=["POST"]),
            Route("/sandbox/minors/guardian", self.guardian, methods=["POST"]),
        ]

    async def book(self, request: Request) -> Response:
        """Somebody of fifteen books by themselves; from now on a guardian may come along."""
        del request
        now = self._sandbox.exchange.now()
        person = make_minor_alone(self._chance, joined=now, today=now.date())
        office_id = self._sandbox.office_id

        def work(connection: Connection) -> str:
            return acts.book(connection, self._chance, office_id, now, newcomer=person)

        booking = await self._told(work)
        self._alone.append(person.id)
        self._sandbox.public.also("guardian", WEIGHT, self._come_along)
        return _said({"patient": person.id, "booking": booking})

    async def guardian(self, request: Request) -> Response:
        """A guardian names themselves for whoever has waited longest."""
        del request
        now = self._sandbox.exchange.now()
        if not self._alone:
            return _said({"patient": ""})
        patient = await self._told(lambda connection: self._name_guardian(connection, now))
        return _said({"patient": patient})

    def _come_along(self, connection: Connection, now: datetime) -> None:
        self._name_guardian(connection, now)

    def _name_guardian(self, connection: Connection, now: datetime) -> str:
        office_id = self._sandbox.office_id
        if not self._alone:
            raise NotPossible
        id_ = self._alone.pop(0)
        row = feed.one(connection, office_id, "patient", id_)
        if row is None or row["gone"]:
            raise NotPossible
        named = with_guardian(self._chance, decode(row["body"].encode(), Patient))
        body = encode(named).decode()
        feed.write(
            connection, office_id, [Change(kind="patient", id=id_, body=body, subject=id_)], now
        )
        return id_

    async def _told(self, work: Callable[[Connection], str]) -> str:
        found = await self._sandbox.exchange.write(work)
        self._sandbox.exchange.wakeups.tell(self._sandbox.office_id)
        return found


def _said(what: dict[str, str]) -> Response:
    return Response(encode(what), media_type="application/json")
