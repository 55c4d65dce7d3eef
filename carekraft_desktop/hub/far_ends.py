"""A referral as both offices see it, and how it follows the booking at its far end.

Whatever changes the booking, at the desk that received it or by the patient, changes the
referral in the same transaction. Attendance does not: whether somebody came is information
about care and is never told back (REQ-79).
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, select, update

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.commands import DeclineReason
from carekraft_desktop.contract.referrals import (
    CancelCode,
    DeclineCode,
    Referral,
    ReferralBooking,
    ReferralStatus,
    read_message,
)
from carekraft_desktop.hub.feed import Change
from carekraft_desktop.hub.now import moment, seconds
from carekraft_desktop.hub.tables import referral
from carekraft_desktop.value import Value

LIVE = (ReferralStatus.PROPOSED, ReferralStatus.BOOKED, ReferralStatus.RESCHEDULED)
"""Counts against the number of bookings that a permission allows."""

_DECLINED: dict[str, DeclineCode] = {
    DeclineReason.NO_TIME: DeclineCode.NO_CAPACITY,
    DeclineReason.NOT_TAKING_PATIENTS: DeclineCode.NOT_TAKING_NEW,
    DeclineReason.OTHER_PROVIDER: DeclineCode.WRONG_SPECIALTY,
    DeclineReason.INSURANCE_NOT_TAKEN: DeclineCode.PLAN_NOT_TAKEN,
    # The closed list has no word for these two, and must not get one: that somebody has an
    # appointment already, or needs another letter first, is not scheduling (REQ-79).
    DeclineReason.DUPLICATE: DeclineCode.OTHER,
    DeclineReason.REFERRAL_NEEDED: DeclineCode.OTHER,
}


class Visit(Value, frozen=True):
    """The booking at the far end after a change."""

    office_id: str
    id: str
    status: str
    was: str
    start: datetime
    end: datetime
    by: str = ""
    """For a cancellation: FHIR's `pat` or `prov`."""
    reason: str = ""
    ended_by: str = ""
    """A CancelCode or DeclineCode that is known better than the booking says."""


def of_booking(connection: Connection, office_id: str, booking_id: str) -> RowMapping | None:
    """The referral that a booking came from."""
    return (
        connection.execute(
            select(referral).where(
                referral.c.to_office_id == office_id, referral.c.booking_id == booking_id
            )
        )
        .mappings()
        .one_or_none()
    )


def follow(connection: Connection, visit: Visit) -> dict[str, list[Change]]:
    """Let the referral follow its booking; the items that tell it, by office."""
    row = of_booking(connection, visit.office_id, visit.id)
    news = _news(row, visit) if row is not None else None
    if row is None or not news:
        return {}
    return change(connection, row, **news)


def change(connection: Connection, row: RowMapping, **values: object) -> dict[str, list[Change]]:
    """Change a referral; the items that tell both offices."""
    connection.execute(
        update(referral)
        .where(referral.c.office_id == row["office_id"], referral.c.id == row["id"])
        .values(**values)
    )
    return items({**row, **values})


def items(row: dict[str, Any]) -> dict[str, list[Change]]:
    """The items that tell both offices of a referral."""
    told: dict[str, list[Change]] = {}
    for office_id, side in ((row["office_id"], "sent"), (row["to_office_id"], "received")):
        item = Referral(
            id=row["id"],
            side=side,  # type: ignore[arg-type] # one of the two
            status=ReferralStatus(row["status"]),
            message=read_message(row["message"].encode()),
            booking_id=row["booking_id"] if side == "received" else None,
            start=_written(row["start_at"]),
            end=_written(row["end_at"]),
            decline_code=DeclineCode(row["decline_code"]) if row["decline_code"] else None,
            cancel_code=CancelCode(row["cancel_code"]) if row["cancel_code"] else None,
            sent_at=_written(row["sent_at"]) or "",
            actor=row["actor"] if side == "sent" else None,
        )
        entry = Change(
            kind="referral", id=row["id"], body=encode(item).decode(), subject=row["patient_id"]
        )
        if office_id:  # nobody's feed for one that is carried to a partner
            told.setdefault(office_id, []).append(entry)
    return told


def message_of(row: RowMapping) -> ReferralBooking:
    """The message that a referral was made by."""
    return read_message(row["message"].encode())


def _news(row: RowMapping, visit: Visit) -> dict[str, Any]:
    """What is new for the office that made the referral; nothing where only attendance is."""
    times = {"start_at": seconds(visit.start), "end_at": seconds(visit.end)}
    if visit.status in ("proposed", "pending"):
        return {"status": ReferralStatus.PROPOSED.value, **times}
    if visit.status == "booked":
        same = row["start_at"] == times["start_at"] and row["status"] != ReferralStatus.RESCHEDULED
        status = ReferralStatus.BOOKED if same else ReferralStatus.RESCHEDULED
        if (status, times["start_at"]) == (row["status"], row["start_at"]):
            return {}
        return {"status": status.value, **times}
    return _ending(visit) if visit.status == "cancelled" else {}


def _ending(visit: Visit) -> dict[str, Any]:
    if visit.ended_by in set(DeclineCode) or (visit.by == "prov" and visit.was == "proposed"):
        code = visit.ended_by or _DECLINED.get(visit.reason, DeclineCode.OTHER)
        return {"status": ReferralStatus.DECLINED.value, "decline_code": str(code)}
    code = visit.ended_by or (CancelCode.PATIENT if visit.by == "pat" else CancelCode.TO_OFFICE)
    return {"status": ReferralStatus.CANCELLED.value, "cancel_code": str(code)}


def _written(at: int | None) -> str | None:
    return None if at is None else moment(at).strftime("%Y-%m-%dT%H:%M:%SZ")
