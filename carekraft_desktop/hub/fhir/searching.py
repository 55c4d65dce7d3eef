"""Search: what may be asked of each type, in which order the answers come, page after page.

A parameter that is not known is refused, so that nobody takes for filtered what is not. Pages
go by the last place that was told, not by numbers, so that changes in between move nothing.
"""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, false, or_, select, true

from carekraft_desktop.contract.problems import Slug
from carekraft_desktop.hub.fhir import partners
from carekraft_desktop.hub.fhir.shown import KIND_OF
from carekraft_desktop.hub.now import seconds
from carekraft_desktop.hub.problems import refuse
from carekraft_desktop.hub.sign_in import Device
from carekraft_desktop.hub.tables import alias, booking, item, slot

COUNT, MOST = 50, 200
_DATE = re.compile(r"(eq|ge|gt|le|lt)?(\d{4}-\d{2}-\d{2})(T[0-9:.]{5,15}(?:Z|[+-]\d{2}:\d{2}))?")
_PLACE = re.compile(r"(?:(\d{1,12})~)?([A-Za-z0-9\-.]{1,64})")
Condition = ColumnElement[bool]
OWNED = ("Appointment", "Patient")
"""Types of which a partner sees only its own."""


@dataclass
class Query:
    """One search while it is read."""

    connection: Connection
    partner: Device
    kind: str
    conditions: list[Condition] = field(default_factory=list)
    count: int = COUNT
    after: str = ""
    backwards: bool = False


def search(
    connection: Connection, partner: Device, kind: str, asked: Sequence[tuple[str, str]]
) -> tuple[list[Any], str]:
    """Rows of `item`, and the place of the last one when more follow.

    Raises:
        Refused: a parameter is not known, or not understood.
    """
    query = Query(connection, partner, kind)
    known = PARAMETERS[kind] | COMMON
    for name, value in asked:
        if name not in known:
            raise refuse(Slug.INVALID_REQUEST, "This parameter is not known here", name[:60])
        query.conditions.append(known[name](query, value))
    rows = connection.execute(_statement(query)).mappings().all()
    told = list(rows[: query.count])
    if len(rows) <= query.count or not told:
        return told, ""
    last = told[-1]
    return told, f"{last['begins']}~{last['id']}" if kind in _TIMED else str(last["id"])


def one(connection: Connection, partner: Device, kind: str, id_: str) -> Any:  # noqa: ANN401 - a row
    """The row of one thing that the partner may see, gone or not; None when there is none."""
    wanted = _base(Query(connection, partner, kind)).where(item.c.id == id_)
    return connection.execute(wanted).mappings().one_or_none()


def moment_of(text: str, name: str) -> tuple[str, datetime, datetime]:
    """Prefix, beginning and end of a FHIR date in a query; a day is one of UTC."""
    found = _DATE.fullmatch(text)
    if found is None:
        raise refuse(Slug.INVALID_REQUEST, "This is not a date", name)
    try:
        if found[3] is None:
            begins = datetime.fromisoformat(found[2]).replace(tzinfo=UTC)
            return found[1] or "eq", begins, begins + timedelta(days=1)
        begins = datetime.fromisoformat(found[2] + found[3]).astimezone(UTC)
    except (ValueError, OverflowError):
        raise refuse(Slug.INVALID_REQUEST, "This is not a date", name) from None
    return found[1] or "eq", begins, begins + timedelta(seconds=1)


def _statement(query: Query) -> Select[Any]:
    statement = _base(query).where(item.c.gone.is_(False), *query.conditions)
    if query.kind not in _TIMED:
        if query.after:
            statement = statement.where(item.c.id > query.after)
        return statement.order_by(item.c.id).limit(query.count + 1)
    begins = _TIMED[query.kind]
    if query.after:
        found = _PLACE.fullmatch(query.after)
        if found is None or found[1] is None:
            raise refuse(Slug.INVALID_REQUEST, "This is not a place of ours", "_after")
        at, id_ = int(found[1]), found[2]
        beyond = begins < at if query.backwards else begins > at
        later = item.c.id < id_ if query.backwards else item.c.id > id_
        statement = statement.where(or_(beyond, and_(begins == at, later)))
    order = (begins.desc(), item.c.id.desc()) if query.backwards else (begins, item.c.id)
    return statement.order_by(*order).limit(query.count + 1)


def _base(query: Query) -> Select[Any]:
    kind = KIND_OF[query.kind]
    wanted = (item.c.office_id == query.partner.office_id) & (item.c.kind == kind)
    columns = [item.c.id, item.c.v, item.c.at, item.c.gone, item.c.body]
    if query.kind in OWNED:
        mine = select(alias.c.id).where(
            alias.c.office_id == query.partner.office_id,
            alias.c.client_id == query.partner.client_id,
            alias.c.kind == query.kind,
        )
        wanted &= item.c.id.in_(mine)
    if query.kind not in _TIMED:
        return select(*columns).where(wanted)
    table = slot if query.kind == "Slot" else booking
    same = (table.c.office_id == item.c.office_id) & (table.c.id == item.c.id)
    begins = _TIMED[query.kind].label("begins")
    return select(*columns, begins).outerjoin_from(item, table, same).where(wanted)


_TIMED: dict[str, Any] = {"Slot": slot.c.start_at, "Appointment": booking.c.start_at}
"""Types that are told in the order of time, and where their time is."""


# ------------------------------------------------------------------ parameters


def _count(query: Query, value: str) -> Condition:
    if not value.isascii() or not value.isdigit() or len(value) > 6 or int(value) < 1:
        raise refuse(Slug.INVALID_REQUEST, "This is not a number", "_count")
    query.count = min(int(value), MOST)
    return true()


def _after(query: Query, value: str) -> Condition:
    if _PLACE.fullmatch(value) is None:
        raise refuse(Slug.INVALID_REQUEST, "This is not a place of ours", "_after")
    query.after = value
    return true()


def _sort(query: Query, value: str) -> Condition:
    if query.kind in _TIMED and value in ("start", "-start", "date", "-date"):
        query.backwards = value.startswith("-")
    elif value != "_id":
        raise refuse(Slug.INVALID_REQUEST, "It is not sorted like this", "_sort")
    return true()


def _id(_query: Query, value: str) -> Condition:
    return item.c.id.in_(value.split(",")[:50])


def _identifier(query: Query, value: str) -> Condition:
    system, bar, number = value.rpartition("|")
    del bar
    ids = partners.called(query.connection, query.partner, query.kind, system, number)
    return item.c.id.in_(ids)


def _reference(column: ColumnElement[Any], kind: str) -> "Parameter":
    def condition(_query: Query, value: str) -> Condition:
        ids = [each.rpartition("/")[2] for each in value.split(",")[:50] if _of(each, kind)]
        return column.in_(ids)

    return condition


def _of(value: str, kind: str) -> bool:
    """Whether a reference is to that type; a bare id is to whatever is meant."""
    parts = value.split("/")
    return len(parts) == 1 or parts[-2] == kind


def _status(column: ColumnElement[Any]) -> "Parameter":
    return lambda _query, value: column.in_(value.split(",")[:20])


def _time(column: ColumnElement[Any], name: str) -> "Parameter":
    def condition(_query: Query, value: str) -> Condition:
        prefix, begins, ends = moment_of(value, name)
        first, last = seconds(begins), seconds(ends)
        return {
            "eq": (column >= first) & (column < last),
            "ge": column >= first,
            "gt": column >= last,
            "le": column < last,
            "lt": column < first,
        }[prefix]

    return condition


def _schedule_actor(query: Query, value: str) -> Condition:
    """Schedules of some providers, by what their slots' rows or their own bodies say."""
    ids = [each.rpartition("/")[2] for each in value.split(",")[:50] if _of(each, "Practitioner")]
    told = [item.c.body.contains(f'"PractitionerRole/{each}"', autoescape=True) for each in ids]
    del query
    return or_(false(), *told)


def _active(_query: Query, value: str) -> Condition:
    inactive = item.c.body.contains('"active":false')
    return inactive if value == "false" else ~inactive


Parameter = Callable[[Query, str], Condition]
COMMON: dict[str, Parameter] = {"_id": _id, "_count": _count, "_after": _after, "_sort": _sort}
PARAMETERS: dict[str, dict[str, Parameter]] = {
    "Slot": {
        "schedule": _reference(slot.c.schedule_id, "Schedule"),
        "status": _status(slot.c.status),
        "start": _time(slot.c.start_at, "start"),
        "identifier": _identifier,
    },
    "Schedule": {
        "actor": _schedule_actor,
        "active": _active,
        "identifier": _identifier,
    },
    "Appointment": {
        "patient": _reference(booking.c.patient_id, "Patient"),
        "practitioner": _reference(booking.c.provider_id, "Practitioner"),
        "slot": _reference(booking.c.slot_id, "Slot"),
        "status": _status(booking.c.status),
        "date": _time(booking.c.start_at, "date"),
        "identifier": _identifier,
    },
    "Patient": {"identifier": _identifier},
    "Practitioner": {"identifier": _identifier},
    "Location": {"identifier": _identifier},
    "Organization": {"identifier": _identifier},
}
