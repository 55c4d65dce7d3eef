"""What has changed of a booking since somebody at this workstation last looked, field by field.

Of what a patient shared only a fingerprint is kept, so that an old value is never held longer
than the patient wishes; what a class held is forgotten when the class is closed.
"""

import hashlib
from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple

from msgspec import field

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.patients import DataClass, Insurance, Patient, Shares, Sharing
from carekraft_desktop.domain.pending import Seen
from carekraft_desktop.domain.visits import Status, Visit
from carekraft_desktop.value import Value, replace


class Field(StrEnum):
    """Everything of a booking that can change without the office doing it."""

    TIME = "time"
    PROVIDER = "provider"
    STATUS = "status"
    SHARING = "sharing"
    NAME = "name"
    GUARDIAN = "guardian"
    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    POSTAL_CODE = "postal-code"
    GENDER = "gender"
    BIRTH_DATE = "birth-date"
    CARRIER = "carrier"
    PLAN = "plan"
    MEMBER = "member"
    PURPOSE = "purpose"
    COMMENT = "comment"
    PREVIOUS = "previous"


CLASS_OF: dict[Field, DataClass] = {
    **dict.fromkeys((Field.PHONE, Field.EMAIL, Field.ADDRESS), DataClass.CONTACT),
    **dict.fromkeys((Field.POSTAL_CODE, Field.GENDER, Field.BIRTH_DATE), DataClass.DEMOGRAPHIC),
    **dict.fromkeys((Field.CARRIER, Field.PLAN, Field.MEMBER), DataClass.INSURANCE),
    **dict.fromkeys((Field.PURPOSE, Field.COMMENT, Field.PREVIOUS), DataClass.MEDICAL),
}

_CLOSED = frozenset({Sharing.WITHHELD, Sharing.WITHDRAWN})


class Change(NamedTuple):
    """One difference. What a patient shared has no old and new value here, only the fact."""

    field: Field
    before: str = ""
    """A moment, a provider's id, a status or a decision, as text."""
    after: str = ""
    data: str = ""
    """For SHARING: the class."""


class Snapshot(Value, frozen=True):
    """A booking as somebody saw it."""

    start: Moment
    end: Moment
    provider_id: str
    status: Status
    shares: Mapping[str, str] = field(default_factory=dict)
    """The decision for each class."""
    prints: Mapping[str, str] = field(default_factory=dict)
    """A fingerprint for each field that holds something."""


def snapshot(
    visit: Visit, seen: Seen, patient: Patient | None, shares: Shares, insurance: Insurance | None
) -> Snapshot:
    """The booking as it is now, with the office's own open acts laid over it."""
    closed = {data for data in DataClass if shares.of(data) in _CLOSED}
    held = _values(visit, patient, insurance)
    return Snapshot(
        seen.start,
        seen.end,
        seen.provider_id,
        seen.status,
        {data.value: shares.of(data).value for data in DataClass},
        {
            name.value: _print(visit.id, value)
            for name, value in held.items()
            if value and CLASS_OF.get(name) not in closed
        },
    )


def differences(before: Snapshot, now: Snapshot, *, by_patient: bool) -> tuple[Change, ...]:
    """What somebody has to know of; `by_patient`: the patient cancelled the booking.

    How far the office itself has come with a booking is no news, and neither are values of a
    class that is not open any more: there the decision is the news.
    """
    found: list[Change] = []
    if (before.start, before.end) != (now.start, now.end):
        found.append(Change(Field.TIME, str(before.start), str(now.start)))
    if before.provider_id != now.provider_id:
        found.append(Change(Field.PROVIDER, before.provider_id, now.provider_id))
    if _is_news(before.status, now.status, by_patient=by_patient):
        found.append(Change(Field.STATUS, before.status.value, now.status.value))
    for data in DataClass:
        was, is_ = before.shares.get(data.value), now.shares.get(data.value, "")
        if was not in {None, Sharing.NOT_KNOWN.value, is_}:
            found.append(Change(Field.SHARING, was or "", is_, data.value))
    found += [Change(name) for name in Field if _differs(name, before, now)]
    return tuple(found)


def kept(before: Snapshot, now: Snapshot) -> Snapshot:
    """What may be kept of an old snapshot: nothing of a class that has been closed since."""
    closed = {
        name.value for name, data in CLASS_OF.items() if now.shares.get(data.value) in _CLOSED
    }
    return replace(before, prints={k: v for k, v in before.prints.items() if k not in closed})


def _is_news(before: Status, now: Status, *, by_patient: bool) -> bool:
    if now is Status.CANCELLED:
        return by_patient and before is not now
    # The patient took the offered time, or wants another one than was confirmed.
    return (before, now) in {
        (Status.OFFERED, Status.CONFIRMED),
        (Status.CONFIRMED, Status.REQUESTED),
    }


def _differs(name: Field, before: Snapshot, now: Snapshot) -> bool:
    data = CLASS_OF.get(name)
    if data is not None:
        was, is_ = before.shares.get(data.value), now.shares.get(data.value)
        if was != is_ or is_ != Sharing.SHARED.value:
            return False
    return before.prints.get(name.value, "") != now.prints.get(name.value, "")


def _values(visit: Visit, patient: Patient | None, insurance: Insurance | None) -> dict[Field, str]:
    found = {
        Field.PURPOSE: visit.purpose,
        Field.COMMENT: visit.comment,
        Field.PREVIOUS: "\n".join(visit.previous_providers),
    }
    if patient is not None:
        guardian = patient.guardian
        found |= {
            Field.NAME: patient.name,
            Field.GUARDIAN: guardian.name if guardian else "",
            Field.PHONE: patient.phone,
            Field.EMAIL: patient.email,
            Field.ADDRESS: patient.address,
            Field.POSTAL_CODE: patient.postal_code,
            Field.GENDER: patient.gender,
            Field.BIRTH_DATE: patient.birth_date,
        }
    if insurance is not None:
        found |= {
            Field.CARRIER: insurance.carrier,
            Field.PLAN: insurance.plan,
            Field.MEMBER: insurance.member_id,
        }
    return found


def _print(visit_id: str, value: str) -> str:
    """Short, and another one for each booking, so that two prints tell nothing together."""
    return hashlib.blake2b(value.encode(), digest_size=8, key=visit_id.encode()[:64]).hexdigest()
