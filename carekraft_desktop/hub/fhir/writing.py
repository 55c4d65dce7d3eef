"""What a partner brings: patients of its own, and, when it may publish, schedules and slots."""

from datetime import datetime
from secrets import token_hex
from typing import Any

from sqlalchemy import Connection, insert, select

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.fhir import Patient, Reference, Schedule, Slot
from carekraft_desktop.hub import feed, sharing, slots, tables
from carekraft_desktop.hub.feed import Change
from carekraft_desktop.hub.fhir import incoming, partners, shown
from carekraft_desktop.hub.fhir.incoming import Json, unprocessable
from carekraft_desktop.hub.now import seconds
from carekraft_desktop.hub.sign_in import Device
from carekraft_desktop.hub.slots import BUSY, FREE

SHARED = {
    "contact": sharing.Shared(),
    "demographic": sharing.Shared(),
    "insurance": None,
    "medical": None,
}
"""What a patient whom a partner registers shares with the office; the partner vouches for it."""


def patient(
    connection: Connection, partner: Device, body: Json, at: datetime, *, id_: str = ""
) -> str:
    """Register a patient, or change one of the partner's own; the id."""
    numbers = incoming.identifiers(body)
    new = not id_
    id_ = id_ or _new("pt")
    person = incoming.read(body, Patient, id=id_, identifier=[])
    changes = [Change(kind="patient", id=id_, body=encode(person).decode(), subject=id_)]
    if new:
        share = sharing.consent(
            _new("cs"), patient_id=id_, office_id=partner.office_id, sharing=SHARED, at=at
        )
        changes.append(
            Change(kind="consent", id=share.id, body=encode(share).decode(), subject=id_)
        )
    feed.write(connection, partner.office_id, changes, at)
    partners.call(connection, partner, "Patient", id_, numbers)
    return id_


def schedule(connection: Connection, partner: Device, body: Json, at: datetime) -> str:
    """Publish whose time slots are; the id."""
    actors = body.get("actor")
    if not isinstance(actors, list):
        raise unprocessable("Whose schedule is it?", "$.actor")
    mine = [each for each in actors if _is_practitioner(each)]
    if len(mine) != 1:
        raise unprocessable("A schedule is one Practitioner's", "$.actor")
    provider_id = incoming.target(mine[0], "Practitioner", "$.actor")
    known = feed.one(connection, partner.office_id, "provider", provider_id)
    if known is None or known["gone"]:
        raise unprocessable("The office has no such Practitioner", "$.actor")
    id_ = _new("sc")
    reference = Reference(reference=f"PractitionerRole/{provider_id}")
    made = incoming.read(
        {
            name: body[name]
            for name in ("resourceType", "active", "planningHorizon")
            if name in body
        },
        Schedule,
        id=id_,
        actor=[{"reference": reference.reference}],
    )
    change = Change(kind="schedule", id=id_, body=encode(made).decode())
    feed.write(connection, partner.office_id, [change], at)
    partners.call(connection, partner, "Schedule", id_, incoming.identifiers(body))
    return id_


def slot(connection: Connection, partner: Device, body: Json, at: datetime) -> tuple[str, bool]:
    """Publish a slot; its id, and whether it is new.

    The same time of the same schedule is the same slot, however often it is sent.
    """
    schedule_id = incoming.target(body.get("schedule"), "Schedule", "$.schedule")
    provider_id = _provider_of(connection, partner, schedule_id)
    id_ = _new("sl")
    made = incoming.read(body, Slot, id=id_)
    if made.status == "entered-in-error":
        raise unprocessable("A slot in error is not published", "$.status")
    if made.end <= made.start:
        raise unprocessable("A slot has a duration", "$.end")
    there = connection.scalar(
        select(tables.slot.c.id).where(
            tables.slot.c.office_id == partner.office_id,
            tables.slot.c.schedule_id == schedule_id,
            tables.slot.c.start_at == seconds(made.start),
        )
    )
    if there is not None:
        return there, False
    connection.execute(
        insert(tables.slot).values(
            office_id=partner.office_id,
            id=id_,
            provider_id=provider_id,
            schedule_id=schedule_id,
            start_at=seconds(made.start),
            end_at=seconds(made.end),
            status=made.status,
        )
    )
    text = slots.slot_body(
        id_,
        schedule_id=schedule_id,
        status=made.status,
        start_at=seconds(made.start),
        end_at=seconds(made.end),
    )
    feed.write(connection, partner.office_id, [Change(kind="slot", id=id_, body=text)], at)
    partners.call(connection, partner, "Slot", id_, incoming.identifiers(body))
    return id_, True


def slot_status(
    connection: Connection, partner: Device, id_: str, body: Json, at: datetime
) -> None:
    """Open or close a slot; its time is what it is, and a booked one stays booked."""
    row = slots.find_slot(connection, partner.office_id, id_)
    wanted = incoming.read(body, Slot, id=id_)
    if (seconds(wanted.start), seconds(wanted.end)) != (row["start_at"], row["end_at"]):
        raise unprocessable("A slot does not move; publish another", "$.start")
    if wanted.status == row["status"]:
        return
    if _is_booked(connection, partner, id_):
        if wanted.status == BUSY:
            return
        raise incoming.conflict("A booking has this slot; cancel or move that")
    if wanted.status not in (FREE, BUSY, "busy-unavailable"):
        raise unprocessable("It is opened or closed by free, busy or busy-unavailable", "$.status")
    changes = slots.set_slot(connection, partner.office_id, id_, wanted.status)
    feed.write(connection, partner.office_id, changes, at)


def _is_booked(connection: Connection, partner: Device, slot_id: str) -> bool:
    booking = tables.booking
    live = connection.scalar(
        select(booking.c.id).where(
            booking.c.office_id == partner.office_id,
            booking.c.slot_id == slot_id,
            booking.c.status.in_(slots.LIVE),
        )
    )
    return live is not None


def _provider_of(connection: Connection, partner: Device, schedule_id: str) -> str:
    row = feed.one(connection, partner.office_id, "schedule", schedule_id)
    if row is None or row["gone"]:
        raise unprocessable("The office has no such Schedule", "$.schedule")
    actor: dict[str, Any] = shown.body_of(row)["actor"][0]
    return str(actor["reference"]).rpartition("/")[2]


def _is_practitioner(actor: object) -> bool:
    text = actor.get("reference") if isinstance(actor, dict) else None
    return isinstance(text, str) and "Practitioner/" in text


def _new(prefix: str) -> str:
    return f"{prefix}-{token_hex(12)}"
