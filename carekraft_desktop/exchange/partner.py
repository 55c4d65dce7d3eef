"""A referral for a partner who speaks FHIR: one R4 Appointment, and what comes back of it.

Only what the closed message holds is mapped, into structs that have no other members: no
reason, no text, no order, no attachment can be written. People and places are named by logical
references. What comes back passes the same closed door: a status that is not one of ours, or
that tells about attendance, counts as nothing new; every other member is dropped and counted.
"""

from datetime import datetime, timedelta
from typing import Annotated, Literal

import msgspec
from msgspec import Meta, Struct, UnsetType

from carekraft_desktop.contract.codec import Malformed, decode, encode
from carekraft_desktop.contract.fhir import US_NPI
from carekraft_desktop.contract.referrals import (
    CancelCode,
    ReferralBooking,
    ReferralStatus,
    Window,
)
from carekraft_desktop.value import Value

PROFILE = "urn:carekraft:profile:referral-appointment-1"
REQUEST, PATIENT, PLACE = (
    "urn:carekraft:referral",
    "urn:carekraft:patient",
    "urn:carekraft:location",
)
SPECIALTY, CANCELLED = "urn:carekraft:specialty", "urn:carekraft:cancelled"
ANSWER_BYTES = 64 * 1024
_PARTS = {"AM": (8, 12), "PM": (12, 17), "EVE": (17, 20)}
Text = Annotated[str, Meta(max_length=200)]


class _Closed(Struct, frozen=True, omit_defaults=True, rename="camel", forbid_unknown_fields=True):
    """An object that has its members and no others."""


class Numbered(_Closed, frozen=True):
    """An identifier: whose list, and which entry."""

    system: Text
    value: Text


class Logical(_Closed, frozen=True):
    """Somebody or something by number, never by words."""

    type: Literal["Patient", "Practitioner", "Location"]
    identifier: Numbered


class Code(_Closed, frozen=True):
    """A code of one of our lists, without its words."""

    system: Text
    code: Text


class Coded(_Closed, frozen=True):
    """A concept by its code alone."""

    coding: list[Code]


class Span(_Closed, frozen=True):
    """A stretch of time."""

    start: datetime
    end: datetime


class Part(_Closed, frozen=True):
    """Who or what takes part."""

    actor: Logical
    status: Literal["accepted", "needs-action"]
    required: Literal["required"] = "required"


class Pointer(_Closed, frozen=True):
    """A resource of the partner's own."""

    reference: Annotated[str, Meta(pattern=r"^Slot/[A-Za-z0-9\-]{1,64}(?![\s\S])")]


class Profile(_Closed, frozen=True):
    """The form that this is."""

    profile: list[str]


class PartnerAppointment(_Closed, frozen=True, kw_only=True):
    """The one resource that is sent."""

    resource_type: Literal["Appointment"]
    id: str | UnsetType = msgspec.UNSET
    """Only when one that the partner has is changed."""
    meta: Profile
    identifier: list[Numbered]
    status: Literal["proposed", "cancelled"]
    cancelation_reason: Coded | UnsetType = msgspec.UNSET
    specialty: list[Coded] = []
    start: datetime | UnsetType = msgspec.UNSET
    end: datetime | UnsetType = msgspec.UNSET
    minutes_duration: int | UnsetType = msgspec.UNSET
    slot: list[Pointer] = []
    requested_period: list[Span] = []
    created: str
    participant: list[Part]


class Answer(Value, frozen=True):
    """What a partner says of a referral."""

    status: ReferralStatus | None
    """None where there is nothing that may be told."""
    start: datetime | None
    end: datetime | None
    version: str
    """The partner's version, for the next change."""
    dropped: int
    """Members that came and are looked at by nobody."""


class _Version(Struct, frozen=True, rename="camel"):
    version_id: Annotated[str, Meta(max_length=64)] = ""


class _Came(Struct, frozen=True, rename="camel"):
    resource_type: Literal["Appointment"]
    status: Annotated[str, Meta(max_length=40)]
    meta: _Version = _Version()
    start: Annotated[datetime, Meta(tz=True)] | None = None
    end: Annotated[datetime, Meta(tz=True)] | None = None


_LOOKED_AT = {"resourceType", "status", "meta", "start", "end"}


def appointment(booking: ReferralBooking) -> bytes:
    """The resource that asks for the appointment."""
    return _written(_made(booking))


def cancellation(booking: ReferralBooking, code: CancelCode, *, id_: str) -> bytes:
    """The resource that takes it back; `id_` is the partner's own."""
    reason = Coded([Code(CANCELLED, code.value)])
    made = msgspec.structs.replace(
        _made(booking), id=id_, status="cancelled", cancelation_reason=reason
    )
    return _written(made)


def answer(data: bytes, booking: ReferralBooking) -> Answer:
    """What came back, through the closed door.

    Raises:
        Malformed: it is no appointment, or not about this request.
    """
    came = decode(data, _Came, most=ANSWER_BYTES)
    members = decode(data, dict[str, msgspec.Raw], most=ANSWER_BYTES)
    numbers = members.get("identifier")
    if numbers is None or booking.request_id.encode() not in bytes(numbers):
        raise Malformed("another-request")
    return Answer(
        status=_status(came, booking),
        start=came.start,
        end=came.end,
        version=came.meta.version_id,
        dropped=len(members.keys() - _LOOKED_AT),
    )


def _status(came: _Came, booking: ReferralBooking) -> ReferralStatus | None:
    if came.status == "booked":
        wanted = _moment(booking.slot_start)
        moved = wanted is not None and came.start is not None and came.start != wanted
        return ReferralStatus.RESCHEDULED if moved else ReferralStatus.BOOKED
    return {
        "proposed": ReferralStatus.PROPOSED,
        "pending": ReferralStatus.PROPOSED,
        "cancelled": ReferralStatus.CANCELLED,
    }.get(came.status)


def _made(booking: ReferralBooking) -> PartnerAppointment:
    start, end = _moment(booking.slot_start), _moment(booking.slot_end)
    windows = [] if isinstance(booking.windows, UnsetType) else booking.windows
    slotted = start is not None and end is not None
    specialty = booking.specialty_code
    return PartnerAppointment(
        resource_type="Appointment",
        meta=Profile([PROFILE]),
        identifier=[Numbered(REQUEST, booking.request_id)],
        status="proposed",
        specialty=[]
        if isinstance(specialty, UnsetType)
        else [Coded([Code(SPECIALTY, specialty.value)])],
        start=start or msgspec.UNSET,
        end=end or msgspec.UNSET,
        minutes_duration=_minutes(start, end) if start and end else msgspec.UNSET,
        slot=[Pointer(f"Slot/{booking.slot_id}")] if slotted else [],
        requested_period=[_span(window) for window in windows],
        created=booking.created_at,
        participant=[
            Part(Logical("Patient", Numbered(PATIENT, booking.patient_id)), "accepted"),
            Part(
                Logical("Practitioner", Numbered(US_NPI, booking.to_provider_npi)),
                "needs-action",
            ),
            Part(Logical("Location", Numbered(PLACE, booking.to_location_id)), "needs-action"),
        ],
    )


def _written(made: PartnerAppointment) -> bytes:
    """The JSON; read back strictly, so that nothing leaves that has no place in it."""
    data = encode(made)
    decode(data, PartnerAppointment)
    return data


def _moment(text: str | UnsetType) -> datetime | None:
    return None if isinstance(text, UnsetType) else datetime.fromisoformat(text)


def _minutes(start: datetime, end: datetime) -> int:
    return max(1, int((end - start).total_seconds() // 60))


def _span(window: Window) -> Span:
    """The part of the day, by the hours that offices keep; in UTC, as a wish and no more."""
    first, last = _PARTS[window.part.value]
    day = datetime.fromisoformat(f"{window.date}T00:00:00Z")
    return Span(day + timedelta(hours=first), day + timedelta(hours=last))
