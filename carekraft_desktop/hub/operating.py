"""What the operator of an exchange does: offices, enrolment codes, workstations, lag, erasure.

Functions on a connection; the command line is in `operator_command.py`. Nothing here shows a
patient's data but `export`, which is asked for by name.
"""

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from msgspec import json
from sqlalchemy import Connection, delete, func, insert, select, update

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.fhir import (
    TIME_ZONE,
    US_NPI,
    ContactPoint,
    Extension,
    Identifier,
    Organization,
)
from carekraft_desktop.contract.limits import PAGE_BYTES
from carekraft_desktop.hub import enrol, feed, tables
from carekraft_desktop.hub.feed import Change, CursorMalformed
from carekraft_desktop.hub.now import seconds
from carekraft_desktop.value import Value

_OF_OFFICE = (
    tables.item,
    tables.booking,
    tables.slot,
    tables.receipt,
    tables.outcome,
    tables.progress,
    tables.code,
    tables.office_number,
    tables.permission,
    tables.referral,
    tables.letter,
    tables.hold,
    tables.directory,
    tables.alias,
    tables.told,
    tables.feed,
    tables.office,
)
"""Everything that names an office, in the order in which it is erased."""


class Unknown(LookupError):
    """There is no such office, code or workstation."""


class Taken(ValueError):
    """There is an office of that id already."""


class NotAZone(ValueError):
    """Nobody knows a time zone of that name."""


class OfficeLine(Value, frozen=True):
    """One office at a glance."""

    office_id: str
    name: str
    head: int
    """Newest place in its feed."""
    workstations: int
    """Those that may sign in."""


class LagLine(Value, frozen=True):
    """How far one workstation says it has come."""

    office_id: str
    client_id: str
    name: str
    behind: int | None
    """Places of the feed it has not reported; None before its first report."""
    silent: int | None
    """Seconds since its last report; None before the first."""
    quarantined: int
    """Items it could not apply."""
    revoked: bool


def add_office(
    connection: Connection,
    office_id: str,
    *,
    name: str,
    zone: str,
    phone: str,
    at: datetime,
    npi: str = "",
) -> None:
    """Open an office: its counter, and its own record as the first item of its feed.

    Raises:
        Taken: the id is in use.
        NotAZone: `zone` is no IANA time zone.
    """
    try:
        ZoneInfo(zone)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise NotAZone(zone) from None
    if connection.scalar(
        select(tables.office.c.name).where(tables.office.c.office_id == office_id)
    ):
        raise Taken(office_id)
    connection.execute(insert(tables.office).values(office_id=office_id, name=name, zone=zone))
    if npi:
        connection.execute(insert(tables.office_number).values(office_id=office_id, npi=npi))
    feed.open_feed(connection, office_id)
    record = Organization(
        resource_type="Organization",
        id=office_id,
        name=name,
        identifier=[Identifier(system=US_NPI, value=npi)] if npi else [],
        extension=[Extension(url=TIME_ZONE, value_code=zone)],
        telecom=[ContactPoint(system="phone", value=phone)] if phone else [],
    )
    change = Change(kind="office", id=office_id, body=encode(record).decode())
    feed.write(connection, office_id, [change], at)


def offices(connection: Connection) -> list[OfficeLine]:
    """All offices, by id."""
    live = (
        select(func.count())
        .where(tables.device.c.office_id == tables.office.c.office_id)
        .where(tables.device.c.revoked_at.is_(None), tables.device.c.scopes == "")
        .scalar_subquery()
    )
    rows = connection.execute(
        select(tables.office.c.office_id, tables.office.c.name, tables.feed.c.last_seq, live)
        .join(tables.feed, tables.feed.c.office_id == tables.office.c.office_id)
        .order_by(tables.office.c.office_id)
    )
    return [OfficeLine(*row) for row in rows]


def issue_code(connection: Connection, office_id: str, at: datetime) -> str:
    """A code with which one workstation may enrol, good for fifteen minutes.

    Raises:
        Unknown: there is no such office.
    """
    require(connection, office_id)
    return enrol.issue(connection, office_id, at)


def void_codes(connection: Connection, office_id: str) -> int:
    """Make every open code of an office useless; how many there were.

    Raises:
        Unknown: there is no such office.
    """
    require(connection, office_id)
    done = connection.execute(
        update(tables.code)
        .where(tables.code.c.office_id == office_id)
        .where(tables.code.c.used_at.is_(None), tables.code.c.tries_left > 0)
        .values(tries_left=0)
    )
    return done.rowcount


def lag(connection: Connection, at: datetime, office_id: str = "") -> list[LagLine]:
    """How far behind each workstation is, those that were revoked included.

    `office_id`: of one office, or of all.
    """
    query = (
        select(tables.device, tables.feed.c.last_seq, tables.progress)
        .join(tables.feed, tables.feed.c.office_id == tables.device.c.office_id)
        .outerjoin(tables.progress, tables.progress.c.client_id == tables.device.c.client_id)
        .order_by(tables.device.c.office_id, tables.device.c.name, tables.device.c.client_id)
    )
    query = query.where(tables.device.c.scopes == "")
    if office_id:
        query = query.where(tables.device.c.office_id == office_id)
    epoch = feed.current_epoch(connection)
    lines = []
    for row in connection.execute(query).mappings():
        told = row[tables.progress.c.at]
        held = row[tables.progress.c.quarantined]
        place = _place(row[tables.progress.c.cursor], epoch)
        lines.append(
            LagLine(
                office_id=row[tables.device.c.office_id],
                client_id=row[tables.device.c.client_id],
                name=row[tables.device.c.name],
                behind=None if place is None else max(0, row[tables.feed.c.last_seq] - place),
                silent=None if told is None else seconds(at) - told,
                quarantined=len(json.decode(held)) if held else 0,
                revoked=row[tables.device.c.revoked_at] is not None,
            )
        )
    return lines


def export(connection: Connection, office_id: str) -> Iterator[bytes]:
    """Everything of an office's feed, one JSON object a line; patients' data included.

    Raises:
        Unknown: there is no such office.
    """
    require(connection, office_id)
    cursor = ""
    while True:
        stretch = feed.page(connection, office_id, cursor, limit=500, most_bytes=PAGE_BYTES)
        for line in json.decode(stretch.items):
            yield json.encode(line) + b"\n"
        if stretch.place >= stretch.head or stretch.empty:
            return
        cursor = feed.make_cursor(stretch.epoch, stretch.place)


def erase(connection: Connection, office_id: str) -> int:
    """Remove an office and everything that names it; how many rows that were.

    Raises:
        Unknown: there is no such office.
    """
    require(connection, office_id)
    clients = select(tables.device.c.client_id).where(tables.device.c.office_id == office_id)
    count = 0
    for table in (tables.token, tables.assertion):
        count += connection.execute(delete(table).where(table.c.client_id.in_(clients))).rowcount
    for table in (*_OF_OFFICE, tables.device):
        count += connection.execute(delete(table).where(table.c.office_id == office_id)).rowcount
    return count


def require(connection: Connection, office_id: str) -> None:
    """Make sure that there is such an office.

    Raises:
        Unknown: there is none.
    """
    there = select(tables.office.c.name).where(tables.office.c.office_id == office_id)
    if connection.scalar(there) is None:
        raise Unknown(office_id)


def _place(cursor: str | None, epoch: str) -> int | None:
    """The place that a reported cursor names; the beginning for one of another life."""
    if cursor is None:
        return None
    try:
        there, place = feed.read_cursor(cursor)
    except CursorMalformed:
        return 0
    return place if there == epoch else 0
