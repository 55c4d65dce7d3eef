"""Bookings as patients make them, and what became of them by now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from zoneinfo import ZoneInfo

from carekraft_desktop.contract.commands import CancelReason, DeclineReason
from carekraft_desktop.contract.fhir import (
    BOOKING_NUMBER,
    CANCELLED_BY,
    PREVIOUS_PROVIDER,
    REASON,
    Appointment,
    AppointmentParticipant,
    CodeableConcept,
    Coding,
    Extension,
    Identifier,
    InstantPeriod,
    Reference,
)
from carekraft_desktop.hub.now import seconds, stamp
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.sandbox.diary import Opening
from carekraft_desktop.hub.sandbox.people import Person
from carekraft_desktop.hub.sandbox.words import ANY_PURPOSE, COMMENTS, PREVIOUS, PURPOSES, SPECIALTY

LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"


@dataclass(slots=True)
class Booking:
    """A booking and what decides about it."""

    body: Appointment
    person: Person
    provider_id: str
    slot_id: str | None
    start: datetime
    end: datetime
    marked_at: datetime | None = None

    def row(self, office_id: str) -> dict[str, object]:
        """Its row on the exchange."""
        return {
            "office_id": office_id,
            "id": self.body.id,
            "status": self.body.status,
            "patient_id": self.person.id,
            "provider_id": self.provider_id,
            "slot_id": self.slot_id,
            "start_at": seconds(self.start),
            "end_at": seconds(self.end),
            "marked_at": seconds(self.marked_at) if self.marked_at is not None else None,
        }


def make_booking(
    chance: Chance,
    now: datetime,
    zone: ZoneInfo,
    opening: Opening,
    person: Person,
    *,
    slotted: bool = True,
    ended: bool = False,
) -> Booking:
    """A booking of that opening; `ended` asks for one that was cancelled or missed."""
    status = _ended(chance, opening, now) if ended else _live(chance, opening, now, zone)
    waits = status in ("proposed", "pending")
    made = _made(chance, opening.start, now, waits=waits)
    extra: dict[str, object] = {}
    if status == "cancelled":
        extra["cancelation_reason"] = _why(chance)
    if status == "pending":
        later = timedelta(days=chance.randint(1, 4))
        extra["requested_period"] = [
            InstantPeriod(start=opening.start + later, end=opening.end + later)
        ]
    # A counter-offer names another time than the slot that was asked for, and holds none here.
    slot_id = opening.id if slotted and status != "pending" else None
    body = appointment(
        chance,
        person,
        opening,
        slot_id=slot_id,
        status=status,
        made=made,
        **extra,
    )
    marked = opening.start - timedelta(minutes=5) if status in ("arrived", "fulfilled") else None
    if status == "noshow":
        marked = min(now, opening.start + timedelta(minutes=20))
    return Booking(body, person, opening.provider.id, slot_id, opening.start, opening.end, marked)


def appointment(
    chance: Chance,
    person: Person,
    opening: Opening,
    *,
    slot_id: str | None,
    status: str,
    made: datetime,
    **extra: object,
) -> Appointment:
    """The body of a booking; medical data only when the patient shares it."""
    provider = opening.provider
    medical: dict[str, object] = {}
    if person.shares("medical"):
        medical = _medical(chance, provider.specialty)
    return Appointment(
        resource_type="Appointment",
        id=chance.new_id(made),
        status=status,  # type: ignore[arg-type] # one of the contract's
        participant=[
            AppointmentParticipant(
                actor=Reference(reference=f"Patient/{person.id}"),
                required="required",
                status="needs-action" if status == "pending" else "accepted",
            ),
            AppointmentParticipant(
                actor=Reference(reference=f"PractitionerRole/{provider.id}", display=provider.name),
                required="required",
                status="needs-action" if status == "proposed" else "accepted",
            ),
        ],
        identifier=[Identifier(system=BOOKING_NUMBER, value=booking_number(chance))],
        service_type=[
            CodeableConcept(
                coding=[
                    Coding(
                        system=SPECIALTY,
                        code=provider.specialty,
                        display=provider.specialty_name,
                    )
                ]
            )
        ],
        start=opening.start,
        end=opening.end,
        minutes_duration=int((opening.end - opening.start).total_seconds() // 60),
        slot=[Reference(reference=f"Slot/{slot_id}")] if slot_id else [],
        created=stamp(made),
        **medical,  # type: ignore[arg-type] # elements of Appointment
        **extra,  # type: ignore[arg-type] # elements of Appointment
    )


def booking_number(chance: Chance) -> str:
    """A number such as CK-7F3K-2210."""
    letters = "".join(chance.choice(LETTERS) for _ in range(4))
    return f"CK-{letters}-{chance.randint(0, 9_999):04d}"


def _medical(chance: Chance, specialty: str) -> dict[str, object]:
    medical: dict[str, object] = {}
    if chance.happens(0.9):
        purpose = chance.choice(PURPOSES.get(specialty, ANY_PURPOSE))
        medical["reason_code"] = [CodeableConcept(text=purpose)]
    if chance.happens(0.18):
        medical["comment"] = chance.choice(COMMENTS)
    if chance.happens(0.3):
        medical["extension"] = [
            Extension(url=PREVIOUS_PROVIDER, value_string=name) for name in chance.some(PREVIOUS, 3)
        ]
    return medical


def _live(chance: Chance, opening: Opening, now: datetime, zone: ZoneInfo) -> str:
    """The state of a booking that holds its time."""
    draw = chance.random()
    same_day = opening.start.astimezone(zone).date() == now.astimezone(zone).date()
    if opening.start >= now:
        if draw < 0.03:
            return "proposed"
        return "pending" if draw < 0.045 else "booked"
    if same_day and opening.start >= now - timedelta(minutes=75):
        return "arrived" if draw < 0.7 else "booked"
    if same_day:
        return "fulfilled" if draw < 0.9 else "arrived"
    return "fulfilled" if draw < 0.985 else "arrived"


def _ended(chance: Chance, opening: Opening, now: datetime) -> str:
    draw = chance.random()
    missed = opening.start < now - timedelta(minutes=30) and draw < 0.35
    return "noshow" if missed else "cancelled"


def _made(chance: Chance, start: datetime, now: datetime, *, waits: bool) -> datetime:
    """When it was booked: requests wait some minutes to three days, others were made earlier."""
    draw = chance.random()
    if waits:
        return now - timedelta(minutes=4 + 4_300 * draw**3)
    return min(start, now) - timedelta(hours=2 + 24 * 20 * draw)


def _why(chance: Chance) -> CodeableConcept:
    """Who cancelled, and for which of the contract's reasons."""
    by: Literal["pat", "prov"] = "pat" if chance.happens(0.6) else "prov"
    coding = [Coding(system=CANCELLED_BY, code=by)]
    if by == "prov":
        reasons = [*CancelReason, *DeclineReason]
        coding.append(Coding(system=REASON, code=str(chance.choice(reasons))))
    return CodeableConcept(coding=coding)
