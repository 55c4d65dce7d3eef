"""An exchange's tables with a small office, and no server, for tests of what happens inside."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import TypeVar

from msgspec import Raw
from sqlalchemy import Connection, select

from carekraft_desktop.contract.codec import decode, encode
from carekraft_desktop.contract.commands import Actor, Body, Command, CommandType, Result
from carekraft_desktop.contract.fhir import Appointment
from carekraft_desktop.hub import commands, feed, tables
from carekraft_desktop.hub.database import Database
from carekraft_desktop.hub.now import moment
from carekraft_desktop.hub.sandbox import acts
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.sandbox.office import OFFICE_ID, Office, Size
from tests.hub_fixture import NOON, filled_database, new_key
from tests.postgres import Postgres

T = TypeVar("T")

TINY = Size(patients=30, bookings=40, providers=2)


@dataclass(slots=True)
class Slot:
    """A slot's row."""

    id: str
    provider: str
    start: datetime
    end: datetime
    status: str


@dataclass(slots=True)
class Bench:
    """The tables, a clock that tests set, and the levers of both sides."""

    database: Database
    office: Office
    at: datetime = NOON
    chance: Chance = field(default_factory=lambda: Chance(3))

    def now(self) -> datetime:
        """The exchange's time."""
        return self.at

    def read(self, work: Callable[[Connection], T]) -> T:
        """Look into the tables."""
        return self.database.read(work)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Change the tables."""
        return self.database.write(work)

    def do(
        self,
        kind: CommandType,
        booking: str,
        body: Body | None = None,
        *,
        v: int | None = None,
        key: str | None = None,
        after: str | None = None,
        client: str = "ws-1",
    ) -> Result:
        """Send one command, by default about the newest version."""
        command = make_command(
            kind,
            booking,
            self.version(booking) if v is None else v,
            body=body,
            key=key,
            after=after,
            at=self.at,
        )
        return self.send(command, client=client)[0]

    def send(self, *many: Command, client: str = "ws-1") -> list[Result]:
        """Send commands as they are."""
        return commands.apply_all(
            self.database, self.now, office_id=OFFICE_ID, client_id=client, commands=many
        )

    def version(self, booking: str) -> int:
        """The newest version of a booking."""
        row = self.read(lambda connection: feed.one(connection, OFFICE_ID, "booking", booking))
        return int(row["v"]) if row is not None else 1

    def booking(self, id_: str) -> Appointment:
        """A booking's body."""
        row = self.read(lambda connection: feed.one(connection, OFFICE_ID, "booking", id_))
        assert row is not None
        return decode(row["body"].encode(), Appointment)

    def slot(self, id_: str) -> Slot:
        """A slot."""
        return next(each for each in self.slots() if each.id == id_)

    def slots(self, status: str | None = None) -> list[Slot]:
        """Slots in the order of time."""
        rows = self.read(
            lambda connection: connection.execute(
                select(tables.slot).order_by(tables.slot.c.start_at, tables.slot.c.id)
            ).all()
        )
        return [
            Slot(row.id, row.provider_id, moment(row.start_at), moment(row.end_at), row.status)
            for row in rows
            if status in (None, row.status)
        ]

    def free(self) -> Slot:
        """A free slot in more than an hour."""
        return next(
            each for each in self.slots("free") if each.start > self.at + timedelta(hours=1)
        )

    def slot_of(self, booking: str) -> Slot:
        """The slot that a booking refers to."""
        return self.slot(str(self.booking(booking).slot[0].reference).removeprefix("Slot/"))

    def book(self, slot: str | None = None) -> str:
        """A new patient asks for a slot."""
        return self.write(
            lambda connection: acts.book(connection, self.chance, OFFICE_ID, self.at, slot_id=slot)
        )

    def in_state(self, status: str) -> str:
        """A booking brought into that state by lawful steps alone."""
        booking = self.book()
        for kind in WAY[status]:
            body = None
            if kind is CommandType.PROPOSE:
                body = self.to(self.free())
            elif kind is CommandType.NO_SHOW:
                self.at = self.booking(booking).start or self.at
            result = self.do(kind, booking, body)
            assert result.v is not None, result
        if status == "cancelled":
            self.write(lambda connection: acts.cancel(connection, OFFICE_ID, booking, self.at))
        assert self.booking(booking).status == status
        return booking

    def to(self, slot: Slot) -> Body:
        """The body that names a slot's time."""
        return Body(start=slot.start, end=slot.end, slot=slot.id)


WAY: dict[str, tuple[CommandType, ...]] = {
    "proposed": (),
    "pending": (CommandType.PROPOSE,),
    "booked": (CommandType.ACCEPT,),
    "arrived": (CommandType.ACCEPT, CommandType.ARRIVE),
    "fulfilled": (CommandType.ACCEPT, CommandType.ARRIVE, CommandType.COMPLETE),
    "cancelled": (),
    "noshow": (CommandType.ACCEPT, CommandType.NO_SHOW),
}


def make_command(
    kind: CommandType,
    booking: str,
    v: int,
    *,
    body: Body | None = None,
    key: str | None = None,
    after: str | None = None,
    at: datetime = NOON,
) -> Command:
    """A command of a staff member at a workstation."""
    return Command(
        key=key or new_key(),
        type=kind,
        id=booking,
        if_version=v,
        actor=Actor(sub="staff-1", device="ws-1"),
        made_at=at,
        body=Raw(encode(body or Body())),
        after=after,
    )


def make_bench(folder: Path, server: Postgres | None = None) -> Bench:
    """A small office, poured into new tables; on `server` where one is given."""
    return Bench(*filled_database(folder, 5, NOON, TINY, server))
