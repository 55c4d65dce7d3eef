"""The directory of who can be booked: its entries, their open times, and holding one.

Every signed-in workstation may read it. No request names a patient.
"""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, TypeVar

from msgspec import Raw, json, to_builtins
from sqlalchemy import Connection, RowMapping, delete, insert, select, update
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.directory import (
    MOST_DAYS,
    MOST_TIMES,
    PAGE_ENTRIES,
    Entry,
    Held,
    HoldRequest,
    OpenTime,
    OpenTimes,
)
from carekraft_desktop.contract.problems import Slug, problem
from carekraft_desktop.hub import asking, feed, holds, reading, revoking, tables
from carekraft_desktop.hub.bookings import NotThere
from carekraft_desktop.hub.now import moment, seconds, stamp
from carekraft_desktop.hub.problems import Refused, refuse
from carekraft_desktop.hub.slots import FREE, SlotTaken, SlotUnknown

if TYPE_CHECKING:
    from carekraft_desktop.hub.exchange import Exchange

T = TypeVar("T")
SMALL = 4 * 1024


def put(connection: Connection, entries: list[tuple[Entry, str, str]]) -> None:
    """Write entries, each with the office and the provider behind it; places are given here."""
    place = _take(connection, len(entries))
    table = tables.directory
    rows = []
    for seq, (entry, office_id, provider_id) in enumerate(entries, place):
        connection.execute(
            delete(table).where(table.c.npi == entry.npi, table.c.location_id == entry.location_id)
        )
        members = to_builtins(entry) | {"seq": seq}
        rows.append(
            {
                "npi": entry.npi,
                "location_id": entry.location_id,
                "office_id": office_id,
                "provider_id": provider_id,
                "seq": seq,
                "gone": entry.gone,
                "body": json.encode(members).decode(),
            }
        )
    if rows:
        connection.execute(insert(table), rows)


def page(connection: Connection, after: int, limit: int, at: datetime) -> bytes:
    """The JSON of a `DirectoryPage`."""
    table = tables.directory
    rows = connection.execute(
        select(table.c.seq, table.c.body)
        .where(table.c.seq > after)
        .order_by(table.c.seq)
        .limit(limit + 1)
    ).all()
    told = rows[:limit]
    return b'{"entries":[%s],"place":%d,"more":%s,"at":"%s"}' % (
        ",".join(row.body for row in told).encode(),
        told[-1].seq if told else after,
        b"true" if len(rows) > limit else b"false",
        stamp(at).encode(),
    )


def find(connection: Connection, npi: str, location_id: str) -> RowMapping:
    """Who is behind an entry.

    Raises:
        NotThere: there is no such entry.
    """
    table = tables.directory
    row = (
        connection.execute(
            select(table).where(
                table.c.npi == npi, table.c.location_id == location_id, table.c.gone.is_(False)
            )
        )
        .mappings()
        .one_or_none()
    )
    if row is None:
        raise NotThere(gone=False)
    return row


def open_times(
    connection: Connection, npi: str, location_id: str, *, days: int, by: str, now: datetime
) -> OpenTimes:
    """Free slots from now on; one that the asking office holds itself counts as free."""
    entry = find(connection, npi, location_id)
    slot, hold = tables.slot, tables.hold
    mine = select(hold.c.slot_id).where(
        hold.c.office_id == entry["office_id"], hold.c.by_office_id == by
    )
    rows = connection.execute(
        select(slot.c.id, slot.c.start_at, slot.c.end_at)
        .where(
            slot.c.office_id == entry["office_id"],
            slot.c.provider_id == entry["provider_id"],
            (slot.c.status == FREE) | slot.c.id.in_(mine),
            slot.c.start_at > seconds(now),
            slot.c.start_at < seconds(now + timedelta(days=days)),
        )
        .order_by(slot.c.start_at)
        .limit(MOST_TIMES)
    ).all()
    times = [
        Raw(encode(OpenTime(row.id, moment(row.start_at), moment(row.end_at)))) for row in rows
    ]
    return OpenTimes(npi=npi, location_id=location_id, at=now, times=times)


class DirectoryRoutes:
    """The endpoints under /v1/directory, and the patient's link under /v1/copies."""

    def __init__(self, exchange: "Exchange") -> None:
        """They belong to that exchange."""
        self._exchange = exchange

    def all(self) -> list[BaseRoute]:
        """Every route, for Starlette."""
        root = "/v1/directory"
        times = f"{root}/providers/{{npi}}/locations/{{location}}/times"
        return [
            Route(f"{root}/providers", self.providers, methods=["GET"]),
            Route(times, self.times, methods=["GET"]),
            Route(f"{root}/holds", self.hold, methods=["POST"]),
            Route(f"{root}/releases", self.release, methods=["POST"]),
            Route("/v1/copies/{link}/revocations", self.revoke, methods=["POST"]),
        ]

    async def providers(self, request: Request) -> Response:
        """What changed in the directory after a place."""
        after = reading.number(request, "after", default=0, least=0, most=999_999_999)
        limit = reading.number(request, "limit", default=500, least=1, most=PAGE_ENTRIES)

        def work(connection: Connection) -> bytes:
            self._office(connection, request)
            return page(connection, after, limit, self._exchange.now())

        return _json(await self._exchange.read(work))

    async def times(self, request: Request) -> Response:
        """The open times of a provider at a place."""
        days = reading.number(request, "days", default=28, least=1, most=MOST_DAYS)
        npi, location = request.path_params["npi"], request.path_params["location"]
        now = self._exchange.now()

        def look(connection: Connection) -> tuple[str, OpenTimes, bool]:
            by = self._office(connection, request)
            found = open_times(connection, npi, location, days=days, by=by, now=now)
            office_id = find(connection, npi, location)["office_id"]
            return office_id, found, holds.some_ended(connection, office_id, now)

        office_id, found, stale = await self._asked(lambda: self._exchange.database.read(look))
        if stale:

            def sweep(connection: Connection) -> None:
                feed.write(connection, office_id, holds.ended(connection, office_id, now), now)

            await self._exchange.write(sweep)
            _, found, _ = await self._asked(lambda: self._exchange.database.read(look))
        return _json(encode(found))

    async def hold(self, request: Request) -> Response:
        """Keep a slot for the asking office for a few minutes."""
        wanted = await reading.json(request, HoldRequest, most=SMALL)
        now = self._exchange.now()

        def work(connection: Connection) -> Held:
            by = self._office(connection, request)
            entry = find(connection, wanted.npi, wanted.location_id)
            until = holds.keep(connection, entry["office_id"], wanted.slot_id, by=by, now=now)
            return Held(wanted.slot_id, until)

        return _json(encode(await self._asked(lambda: self._exchange.database.write(work))), 201)

    async def release(self, request: Request) -> Response:
        """Let go of a slot that is held."""
        wanted = await reading.json(request, HoldRequest, most=SMALL)
        now = self._exchange.now()

        def work(connection: Connection) -> None:
            by = self._office(connection, request)
            there = find(connection, wanted.npi, wanted.location_id)["office_id"]
            changes = holds.let_go(connection, there, wanted.slot_id, by=by)
            if changes:
                feed.write(connection, there, changes, now)

        await self._asked(lambda: self._exchange.database.write(work))
        return Response(status_code=204)

    async def revoke(self, request: Request) -> Response:
        """The patient follows the link in the copy; the link itself is the proof."""
        link, now = request.path_params["link"], self._exchange.now()
        await self._asked(
            lambda: self._exchange.database.write(
                lambda connection: revoking.by_link(connection, link, now)
            )
        )
        return Response(status_code=204)

    async def _asked(self, work: Callable[[], T]) -> T:
        try:
            return await self._exchange.run(work)
        except (NotThere, SlotUnknown):
            raise refuse(Slug.NOT_FOUND, "There is no such thing") from None
        except SlotTaken as taken:
            raise Refused(
                problem(Slug.SLOT_TAKEN, "The slot is not free", alternatives=taken.alternatives)
            ) from None

    def _office(self, connection: Connection, request: Request) -> str:
        """Whose request it is."""
        return asking.workstation(connection, request, self._exchange.now()).office_id


def _take(connection: Connection, count: int) -> int:
    """Reserve `count` places of the directory; the first of them."""
    table = tables.exchange
    name = table.c.name == "directory"
    if connection.scalar(select(table.c.value).where(name).with_for_update()) is None:
        connection.execute(insert(table).values(name="directory", value="0"))
    last = int(connection.execute(select(table.c.value).where(name)).scalar_one())
    connection.execute(update(table).where(name).values(value=str(last + count)))
    return last + 1


def _json(data: bytes, status: int = 200) -> Response:
    return Response(data, status, media_type="application/json")
