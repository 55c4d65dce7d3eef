"""IHE ITI Scheduling: `$find` (ITI-115), `$hold` (ITI-116) and `$book` (ITI-117).

`$find` proposes appointments for a patient, each of one free slot. Its id stands for slot and
patient, so that `$hold` and `$book`, which name nothing else, know whom it is for.
"""

import hashlib
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, delete, insert, select

from carekraft_desktop.hub import bookings, holds, slots, tables
from carekraft_desktop.hub.fhir import appointments, incoming, partners
from carekraft_desktop.hub.fhir.incoming import Json, unprocessable
from carekraft_desktop.hub.fhir.searching import moment_of
from carekraft_desktop.hub.now import moment, seconds, stamp
from carekraft_desktop.hub.sign_in import Device
from carekraft_desktop.hub.tables import alias
from carekraft_desktop.value import Value

PROPOSAL = "proposal"
COUNT, MOST = 20, 100
LONGEST = timedelta(days=92)
IGNORED = ("patient-resource", "referral-identifier", "insurance-reference", "timing", "reason")
"""Parameters of the profile that change nothing here; nothing of them is kept."""


class Proposal(Value, frozen=True):
    """A slot that is proposed to a patient."""

    id: str
    patient_id: str
    slot: RowMapping


def parameters(body: Json) -> list[tuple[str, Any]]:
    """Names and values of a Parameters resource.

    Raises:
        Refused: it is not one.
    """
    given = body.get("parameter", [])
    found = []
    for each in given if isinstance(given, list) else [None]:
        if not isinstance(each, dict) or not isinstance(each.get("name"), str):
            raise unprocessable("Each parameter has a name", "$.parameter")
        values = [value for name, value in each.items() if name.startswith(("value", "resource"))]
        found.append((each["name"], values[0] if values else None))
    return found


def find(
    connection: Connection, partner: Device, asked: Sequence[tuple[str, Any]], at: datetime
) -> list[Proposal]:
    """Free slots as proposals to the patient that is named."""
    first, last = _stretch(asked, at)
    patient_id = _whom(connection, partner, asked)
    table = tables.slot
    wanted = (
        (table.c.office_id == partner.office_id)
        & (table.c.status == slots.FREE)
        & (table.c.start_at >= seconds(first))
        & (table.c.start_at < seconds(last))
    )
    practitioners = [
        incoming.target(_reference(value), "Practitioner", "practitioner")
        for name, value in asked
        if name == "practitioner"
    ]
    if practitioners:
        wanted &= table.c.provider_id.in_(practitioners)
    for name, kind in (("location-reference", "Location"), ("organization", "Organization")):
        places = [incoming.target(_reference(v), kind, name) for n, v in asked if n == name]
        if places and partner.office_id not in places:
            return []
    if specialties := [str(value) for name, value in asked if name == "specialty"]:
        wanted &= table.c.provider_id.in_(_of_specialty(connection, partner, specialties))
    rows = (
        connection.execute(
            select(table).where(wanted).order_by(table.c.start_at, table.c.id).limit(_count(asked))
        )
        .mappings()
        .all()
    )
    _forget_old(connection, partner, at)
    return [_propose(connection, partner, patient_id, row) for row in rows]


def hold(
    connection: Connection, partner: Device, asked: Sequence[tuple[str, Any]], at: datetime
) -> Proposal:
    """Keep the slot of a proposal for some minutes.

    Raises:
        SlotTaken, SlotUnknown: it cannot be had.
    """
    proposal = _meant(connection, partner, asked)
    holds.keep(connection, partner.office_id, proposal.slot["id"], by=partner.client_id, now=at)
    return proposal


def book(
    connection: Connection, partner: Device, asked: Sequence[tuple[str, Any]], at: datetime
) -> str:
    """Make an appointment of a proposal; its id.

    Raises:
        SlotTaken, SlotUnknown: it cannot be had.
    """
    proposal = _meant(connection, partner, asked)
    patient_id = proposal.patient_id or _whom(connection, partner, asked)
    if not patient_id:
        raise unprocessable("For whom? $find with a patient-reference", "appointment-reference")
    status = "booked" if appointments.speaks_for_office(partner) else "proposed"
    return appointments.make(
        connection,
        partner,
        {
            "status": status,
            "slot": [{"reference": f"Slot/{proposal.slot['id']}"}],
            "participant": [{"actor": {"reference": f"Patient/{patient_id}"}}],
        },
        at,
    )


def as_appointment(proposal: Proposal, *, status: str, at: datetime) -> Json:
    """A proposal as the Appointment it may become."""
    slot = proposal.slot
    start, end = moment(slot["start_at"]), moment(slot["end_at"])
    people = [
        {
            "actor": {"reference": f"Practitioner/{slot['provider_id']}"},
            "required": "required",
            "status": "accepted" if status == "pending" else "tentative",
        }
    ]
    if proposal.patient_id:
        actor = {"reference": f"Patient/{proposal.patient_id}"}
        people.append({"actor": actor, "required": "required", "status": "needs-action"})
    return {
        "resourceType": "Appointment",
        "id": proposal.id,
        "status": status,
        "start": stamp(start),
        "end": stamp(end),
        "minutesDuration": max(1, int((end - start).total_seconds() // 60)),
        "slot": [{"reference": f"Slot/{slot['id']}"}],
        "created": stamp(at),
        "participant": people,
    }


def _propose(
    connection: Connection, partner: Device, patient_id: str, slot: RowMapping
) -> Proposal:
    text = f"{partner.office_id}\n{partner.client_id}\n{patient_id}\n{slot['id']}"
    id_ = f"find-{hashlib.sha256(text.encode()).hexdigest()[:40]}"
    if not partners.is_own(connection, partner, PROPOSAL, id_):
        connection.execute(
            insert(alias).values(
                office_id=partner.office_id,
                client_id=partner.client_id,
                kind=PROPOSAL,
                system=patient_id,
                value=slot["id"],
                id=id_,
            )
        )
    return Proposal(id_, patient_id, slot)


def _meant(connection: Connection, partner: Device, asked: Sequence[tuple[str, Any]]) -> Proposal:
    named = [value for name, value in asked if name == "appointment-reference"]
    if len(named) != 1:
        raise unprocessable("One appointment-reference is needed", "appointment-reference")
    id_ = incoming.target(_reference(named[0]), "Appointment", "appointment-reference")
    row = connection.execute(
        select(alias.c.system, alias.c.value).where(
            alias.c.office_id == partner.office_id,
            alias.c.client_id == partner.client_id,
            alias.c.kind == PROPOSAL,
            alias.c.id == id_,
        )
    ).one_or_none()
    if row is None:
        raise bookings.NotThere(gone=False)
    slot = slots.find_slot(connection, partner.office_id, row.value)
    return Proposal(id_, row.system, slot)


def _whom(connection: Connection, partner: Device, asked: Sequence[tuple[str, Any]]) -> str:
    """The patient that is named; empty when none is."""
    named = [value for name, value in asked if name == "patient-reference"]
    if not named:
        return ""
    if len(named) > 1:
        raise unprocessable("A visit is for one patient", "patient-reference")
    id_ = incoming.target(_reference(named[0]), "Patient", "patient-reference")
    if not partners.is_own(connection, partner, "Patient", id_):
        raise unprocessable("There is no such Patient of yours", "patient-reference")
    return id_


def _stretch(asked: Sequence[tuple[str, Any]], at: datetime) -> tuple[datetime, datetime]:
    told = {name: str(value) for name, value in asked if name in ("start", "end")}
    for name in ("start", "end"):
        if name not in told:
            raise unprocessable("From when to when?", name)
    _, first, _ = moment_of(told["start"], "start")
    _, begins, ends = moment_of(told["end"], "end")
    last = begins if "T" in told["end"] else ends
    first = max(first, at)
    return first, min(last, first + LONGEST)


def _of_specialty(connection: Connection, partner: Device, specialties: Sequence[str]) -> list[str]:
    codes = {each.rpartition("|")[2] for each in specialties}
    item = tables.item
    rows = connection.execute(
        select(item).where(
            item.c.office_id == partner.office_id,
            item.c.kind == "provider",
            item.c.gone.is_(False),
        )
    ).mappings()
    return [row["id"] for row in rows if any(f'"code":"{code}"' in row["body"] for code in codes)]


def _count(asked: Sequence[tuple[str, Any]]) -> int:
    told = next((value for name, value in asked if name == "_count"), COUNT)
    if not str(told).isascii() or not str(told).isdigit():
        raise unprocessable("This is not a number", "_count")
    return max(1, min(int(told), MOST))


def _reference(value: Any) -> object:  # noqa: ANN401 - whatever came
    """A reference, written as one or, in a query, as text."""
    return {"reference": value} if isinstance(value, str) else value


def _forget_old(connection: Connection, partner: Device, at: datetime) -> None:
    """Proposals whose time has passed."""
    past = select(tables.slot.c.id).where(
        tables.slot.c.office_id == partner.office_id, tables.slot.c.start_at < seconds(at)
    )
    connection.execute(
        delete(alias).where(
            alias.c.office_id == partner.office_id,
            alias.c.client_id == partner.client_id,
            alias.c.kind == PROPOSAL,
            alias.c.value.in_(past),
        )
    )
