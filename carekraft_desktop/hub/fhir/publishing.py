"""Free times for everybody: `$bulk-publish` of SMART Scheduling Links (HL7, 1.0.0).

A manifest names files of Locations, Schedules and Slots, one resource a line. They hold what
the directory lists and nobody has booked; of patients they know nothing, so no sign-in is asked
and any cache may keep them for a minute.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any
from urllib.parse import quote

from msgspec import json
from sqlalchemy import Connection, select

from carekraft_desktop.hub import slots, tables
from carekraft_desktop.hub.fhir import shown
from carekraft_desktop.hub.now import moment, seconds, stamp

Json = dict[str, Any]
DAYS = 28
"""How far ahead times are told."""
OFFICES = 50
"""Offices in one file."""
FRESH_SECONDS = 60
DEEP_LINK = "http://hl7.org/fhir/uv/smart-scheduling-links/StructureDefinition/booking-deep-link"
KINDS = ("Location", "Schedule", "Slot")


def manifest(connection: Connection, root: str, at: datetime) -> Json:
    """Where the files are."""
    count = len(_listed(connection))
    pages = range(1, (count + OFFICES - 1) // OFFICES + 1)
    return {
        "transactionTime": stamp(at),
        "request": f"{root}/$bulk-publish",
        "output": [
            {"type": kind, "url": f"{root}/{kind.lower()}s-{page}.ndjson"}
            for kind in KINDS
            for page in pages
        ],
        "error": [],
    }


def lines(
    connection: Connection, kind: str, page: int, at: datetime, *, booking_url: str = ""
) -> Iterator[bytes]:
    """The lines of one file; none when there is no such page.

    `booking_url`: where a person may book, to which office and slot are added.
    """
    offices = _listed(connection)[(page - 1) * OFFICES : page * OFFICES]
    made = {"Location": _locations, "Schedule": _schedules}
    if kind == "Slot":
        found = _slots(connection, offices, at, booking_url)
    else:
        found = made[kind](connection, offices)
    for each in found:
        yield json.encode(each) + b"\n"


def world_id(office_id: str, id_: str) -> str:
    """One id of an office's among those of all offices."""
    joined = f"{office_id}.{id_}"
    return joined if len(joined) <= 64 else hashlib.sha256(joined.encode()).hexdigest()[:48]


def _listed(connection: Connection) -> list[str]:
    """Offices with somebody who can be booked."""
    table = tables.directory
    found = select(table.c.office_id).where(table.c.gone.is_(False)).distinct()
    return list(connection.scalars(found.order_by(table.c.office_id)))


def _providers(connection: Connection, offices: list[str]) -> set[tuple[str, str]]:
    """Who of them can be booked."""
    table = tables.directory
    rows = connection.execute(
        select(table.c.office_id, table.c.provider_id).where(
            table.c.office_id.in_(offices), table.c.gone.is_(False)
        )
    )
    return {(office_id, provider_id) for office_id, provider_id in rows}


def _locations(connection: Connection, offices: list[str]) -> Iterator[Json]:
    for row in _items(connection, offices, "office"):
        body = shown.resource("Location", row, {})
        body["id"] = row["office_id"]
        body.pop("managingOrganization", None)
        yield body


def _schedules(connection: Connection, offices: list[str]) -> Iterator[Json]:
    bookable = _providers(connection, offices)
    for row in _items(connection, offices, "schedule"):
        body = shown.resource("Schedule", row, {})
        provider_id = body["actor"][0].get("reference", "").rpartition("/")[2]
        if (row["office_id"], provider_id) in bookable:
            body["id"] = world_id(row["office_id"], row["id"])
            name = body["actor"][0].get("display")
            place: list[Json] = [{"reference": f"Location/{row['office_id']}"}]
            body["actor"] = place + ([{"display": name}] if name else [])
            yield body


def _items(connection: Connection, offices: list[str], kind: str) -> list[Any]:
    item = tables.item
    wanted = item.c.office_id.in_(offices) & (item.c.kind == kind) & item.c.gone.is_(False)
    found = connection.execute(select(item).where(wanted).order_by(item.c.office_id, item.c.id))
    return list(found.mappings())


def _slots(
    connection: Connection, offices: list[str], at: datetime, booking_url: str
) -> Iterator[Json]:
    bookable = _providers(connection, offices)
    slot = tables.slot
    rows = connection.execute(
        select(slot)
        .where(
            slot.c.office_id.in_(offices),
            slot.c.status == slots.FREE,
            slot.c.start_at > seconds(at),
            slot.c.start_at < seconds(at + timedelta(days=DAYS)),
        )
        .order_by(slot.c.office_id, slot.c.start_at, slot.c.id)
    ).mappings()
    for row in rows:
        if (row["office_id"], row["provider_id"]) not in bookable:
            continue
        body: Json = {
            "resourceType": "Slot",
            "id": world_id(row["office_id"], row["id"]),
            "schedule": {"reference": f"Schedule/{world_id(row['office_id'], row['schedule_id'])}"},
            "status": "free",
            "start": stamp(moment(row["start_at"])),
            "end": stamp(moment(row["end_at"])),
        }
        if booking_url:
            link = f"{booking_url.rstrip('/')}/{quote(row['office_id'])}/{quote(row['id'])}"
            body["extension"] = [{"url": DEEP_LINK, "valueUrl": link}]
        yield body
