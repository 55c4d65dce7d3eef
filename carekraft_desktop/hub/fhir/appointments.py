"""A partner's bookings: made of a slot, and led from status to status by the lawful steps.

Whoever may publish an office's slots speaks for the office, and may confirm. Everybody else's
booking is a request that the office answers at its desks.
"""

from datetime import datetime
from secrets import token_hex
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, RowMapping, select

from carekraft_desktop.contract.commands import Body, CommandType, DeclineReason
from carekraft_desktop.contract.fhir import BOOKING_NUMBER, Appointment
from carekraft_desktop.hub import bookings, feed, holds, slots, steps
from carekraft_desktop.hub.bookings import Case
from carekraft_desktop.hub.fhir import incoming, partners
from carekraft_desktop.hub.fhir.incoming import Json, unprocessable
from carekraft_desktop.hub.now import moment, seconds, stamp
from carekraft_desktop.hub.scopes import allows
from carekraft_desktop.hub.sign_in import Device
from carekraft_desktop.hub.tables import office

STEP = {
    "booked": CommandType.ACCEPT,
    "arrived": CommandType.ARRIVE,
    "checked-in": CommandType.ARRIVE,
    "fulfilled": CommandType.COMPLETE,
    "noshow": CommandType.NO_SHOW,
}
"""Which of the office's steps leads to a status."""
BY = ("pat", "prov")


def speaks_for_office(partner: Device) -> bool:
    """Whether the partner publishes the office's slots."""
    return allows(partner.scopes, "Slot", "c")


def make(connection: Connection, partner: Device, body: Json, at: datetime) -> str:
    """Book; the id of the new appointment.

    Raises:
        SlotTaken, SlotUnknown: the slot cannot be had.
        Refused: something else is wrong.
    """
    status = body.get("status")
    allowed = ("booked", "proposed") if speaks_for_office(partner) else ("proposed",)
    if status not in allowed:
        begins = " or ".join(allowed)
        raise unprocessable("It begins as " + begins, "$.status")
    named = body.get("slot")
    if not isinstance(named, list) or len(named) != 1:
        raise unprocessable("A booking is of one slot", "$.slot")
    slot_id = incoming.target(named[0], "Slot", "$.slot")
    patient_id = _patient(connection, partner, body)
    slot = slots.find_slot(connection, partner.office_id, slot_id)
    if slot["start_at"] <= seconds(at):
        raise unprocessable("Its time has come already", "$.slot")
    before = holds.ended(connection, partner.office_id, at)
    before += holds.let_go(connection, partner.office_id, slot_id, by=partner.client_id)
    id_ = f"ap-{token_hex(12)}"
    made = _appointment(body, slot, id_=id_, status=str(status), patient_id=patient_id, at=at)
    bookings.add(
        connection,
        partner.office_id,
        made,
        patient_id=patient_id,
        provider_id=slot["provider_id"],
        slot_id=slot_id,
        now=at,
        before=before,
    )
    partners.call(connection, partner, "Appointment", id_, incoming.identifiers(body))
    return id_


def change(connection: Connection, partner: Device, case: Case, body: Json) -> None:
    """Lead an appointment to what the body says: another status, or another slot.

    Raises:
        IllegalStep, SlotTaken, SlotUnknown, Refused: it cannot be done.
    """
    wanted = incoming.read(body, Appointment, identifier=[])
    named = [incoming.target(each, "Slot", "$.slot") for each in body.get("slot", [])]
    status = "arrived" if wanted.status == "checked-in" else wanted.status
    moves = bool(named) and named != [case.slot_id]
    if status == "cancelled":
        if case.status != "cancelled":
            cancel(partner, case, body)
    elif status == case.status and not moves:
        return
    else:
        if moves:
            _move(connection, partner, case, named[0])
        if status != case.status:
            _step(connection, partner, case, status)
        case.settle()


def cancel(partner: Device, case: Case, body: Json) -> None:
    """End it; whose wish it was is what the partner says, else the patient's."""
    if case.status not in ("proposed", "pending", "booked"):
        raise steps.IllegalStep
    reason = body.get("cancelationReason")
    coding = reason.get("coding") if isinstance(reason, dict) else None
    said = [each.get("code") for each in coding or [] if isinstance(each, dict)]
    by = next((each for each in BY if each in said), "pat")
    if by == "prov" and not speaks_for_office(partner):
        by = "pat"
    case.cancel(by=by, reason=None)
    case.settle()


def respond(connection: Connection, partner: Device, case: Case, said: object) -> None:
    """A practitioner's answer to a request.

    Raises:
        IllegalStep, Refused: it cannot be done.
    """
    if said == "accepted":
        _step(connection, partner, case, "booked")
    elif said == "declined":
        if not speaks_for_office(partner):
            raise incoming.forbidden("The office answers its bookings")
        if case.status != "proposed":
            raise steps.IllegalStep
        case.cancel(by="prov", reason=DeclineReason.NO_TIME)
    else:
        raise unprocessable("It is accepted or declined", "$.participantStatus")
    case.settle()


def _step(connection: Connection, partner: Device, case: Case, status: str) -> None:
    """One step of the office."""
    if not speaks_for_office(partner):
        raise incoming.forbidden("The office answers its bookings")
    if status not in STEP:
        raise steps.IllegalStep
    steps.take(case, STEP[status], Body(), _zone(connection, partner))


def load(connection: Connection, partner: Device, id_: str, at: datetime) -> Case:
    """One of the partner's own bookings, locked.

    Raises:
        NotThere: it is not one.
    """
    if not partners.is_own(connection, partner, "Appointment", id_):
        raise bookings.NotThere(gone=False)
    return bookings.load(connection, partner.office_id, id_, at)


def _move(connection: Connection, partner: Device, case: Case, slot_id: str) -> None:
    slot = slots.find_slot(connection, partner.office_id, slot_id)
    case.give_time(
        start=moment(slot["start_at"]),
        end=moment(slot["end_at"]),
        slot_id=slot_id,
        provider_id=slot["provider_id"],
    )
    if case.status not in ("proposed", "booked"):
        raise steps.IllegalStep
    if not speaks_for_office(partner):
        case.becomes(status="proposed")


def _patient(connection: Connection, partner: Device, body: Json) -> str:
    participants = body.get("participant")
    for each in participants if isinstance(participants, list) else []:
        actor = each.get("actor") if isinstance(each, dict) else None
        text = actor.get("reference") if isinstance(actor, dict) else None
        if isinstance(text, str) and "Patient/" in text:
            id_ = incoming.target(actor, "Patient", "$.participant")
            row = feed.one(connection, partner.office_id, "patient", id_)
            own = partners.is_own(connection, partner, "Patient", id_)
            if own and row is not None and not row["gone"]:
                return id_
    raise unprocessable("One participant is a Patient of yours", "$.participant")


def _appointment(
    body: Json, slot: RowMapping, *, id_: str, status: str, patient_id: str, at: datetime
) -> Appointment:
    """The booking as the office gets it: of the slot, with what the patient says of it."""
    start, end = moment(slot["start_at"]), moment(slot["end_at"])
    kept: dict[str, Any] = {
        name: body[name] for name in ("reasonCode", "description", "comment") if name in body
    }
    number = id_[3:].upper()
    answered = "accepted" if status == "booked" else "needs-action"
    return incoming.read(
        kept,
        Appointment,
        resourceType="Appointment",
        id=id_,
        status=status,
        identifier=[{"system": BOOKING_NUMBER, "value": f"CK-{number[:4]}-{number[4:8]}"}],
        start=start,
        end=end,
        minutesDuration=max(1, int((end - start).total_seconds() // 60)),
        slot=[{"reference": f"Slot/{slot['id']}"}],
        created=stamp(at),
        participant=[
            {"status": "accepted", "actor": {"reference": f"Patient/{patient_id}"}},
            {
                "status": answered,
                "actor": {"reference": f"PractitionerRole/{slot['provider_id']}"},
            },
        ],
    )


def _zone(connection: Connection, partner: Device) -> ZoneInfo:
    zone = connection.scalar(select(office.c.zone).where(office.c.office_id == partner.office_id))
    return ZoneInfo(zone or "UTC")
