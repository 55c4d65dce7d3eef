"""The message of a referral: built from plain values, checked on its bytes, shown part by part.

This module sees no patient record and no store (the build holds it to that): whoever wants a
message copies the allowed values over first, in one visible place. What is built here is read
back from its own bytes, so that nothing leaves that the closed contract does not know.
"""

from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import msgspec
from msgspec import UnsetType

from carekraft_desktop.contract.codec import Malformed
from carekraft_desktop.contract.referrals import SCHEMA, ReferralBooking, read_message
from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.digest import digest
from carekraft_desktop.errors import MessageRefused
from carekraft_desktop.value import Value

PROFILE = frozenset(
    {
        "patient_id",
        "given_name",
        "family_name",
        "birth_date",
        "sex_admin",
        "phone",
        "email",
        "zip5",
        "contact_pref",
        "language",
        "interpreter",
        "payer_code",
        "plan_code",
        "guardian",
    }
)
"""The members that are copied from the patient's own profile; nobody at the desk writes them."""

MOMENTS = frozenset({"created_at", "slot_start", "slot_end"})
"""The members that are moments, as `written` writes them."""


class Sender(Value, frozen=True):
    """The office that asks."""

    npi: str
    phone: str
    """As E.164 writes it."""


class GuardianCopy(Value, frozen=True):
    """Who acts for a minor."""

    given_name: str
    family_name: str
    phone: str
    relation: str


class Profile(Value, frozen=True):
    """What is copied of the patient; empty texts are not sent."""

    patient_id: str
    family_name: str
    birth_date: str
    given_name: str = ""
    sex_admin: str = ""
    phone: str = ""
    email: str = ""
    zip5: str = ""
    contact_pref: str = "PHONE"
    language: str = "en"
    interpreter: bool = False
    payer_code: str = ""
    plan_code: str = ""
    guardian: GuardianCopy | None = None


class Time(Value, frozen=True):
    """A slot of the other office."""

    slot_id: str
    start: Moment
    end: Moment


class Wish(Value, frozen=True):
    """A part of a day that would suit, where there is no slot."""

    date: str
    part: str


class Choice(Value, frozen=True):
    """What was picked at the desk; every value comes from a list."""

    permission_id: str
    provider_npi: str
    location_id: str
    visit_class: str
    mode: str
    time: Time | None = None
    wishes: tuple[Wish, ...] = ()
    specialty: str = ""
    """Only for an organisation with several groups."""
    earliest_ok: bool = False


class Message(Value, frozen=True):
    """What leaves, to the byte."""

    data: bytes
    booking: ReferralBooking

    @property
    def digest(self) -> str:
        """SHA-256 of the bytes, by which preview and sending are compared (REQ-65)."""
        return digest(self.data)


def build(
    *, request_id: str, created_at: Moment, sender: Sender, choice: Choice, profile: Profile
) -> Message:
    """Make the message.

    Raises:
        MessageRefused: some value does not have the form that the contract asks for.
    """
    members: dict[str, Any] = {
        "schema": SCHEMA,
        "request_id": request_id,
        "created_at": written(created_at),
        "from_office_npi": sender.npi,
        "from_office_phone": sender.phone,
        "permission_id": choice.permission_id,
        "to_provider_npi": choice.provider_npi,
        "to_location_id": choice.location_id,
        "visit_class": choice.visit_class,
        "mode": choice.mode,
        "earliest_ok": choice.earliest_ok,
        **_given(specialty_code=choice.specialty),
        **_when(choice),
        **_who(profile),
    }
    try:
        booking = msgspec.convert(members, ReferralBooking)
    except msgspec.ValidationError as refusal:
        raise MessageRefused(_place(str(refusal))) from None
    return read(msgspec.json.encode(booking))


def read(data: bytes) -> Message:
    """The message that these bytes are.

    Raises:
        MessageRefused: they are none (code SCHEMA of REQ-61).
    """
    try:
        return Message(data, read_message(data))
    except Malformed as refusal:
        raise MessageRefused(_place(refusal.reason)) from None


def parts(booking: ReferralBooking) -> tuple[tuple[str, str], ...]:
    """Every member that is in the message, with its value as it is written, in its order."""
    return tuple(_parts(booking, ""))


def profile_of(booking: ReferralBooking) -> dict[str, object]:
    """The copied members of a message, to compare with the profile as it is now."""
    return {name: getattr(booking, name) for name in sorted(PROFILE)}


def written(moment: Moment) -> str:
    """A moment as the message writes it."""
    return datetime.fromtimestamp(moment, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def moment(text: str) -> Moment:
    """The moment that a message writes so."""
    return int(datetime.fromisoformat(text).timestamp())


def _parts(value: msgspec.Struct, before: str) -> Iterator[tuple[str, str]]:
    for name in value.__struct_fields__:
        member = getattr(value, name)
        if isinstance(member, UnsetType):
            continue
        if isinstance(member, msgspec.Struct):
            yield from _parts(member, f"{before}{name}.")
        elif isinstance(member, list):
            for place, each in enumerate(member, 1):
                yield from _parts(each, f"{before}{name}.{place}.")
        elif isinstance(member, bool):
            yield f"{before}{name}", "true" if member else "false"
        else:
            yield f"{before}{name}", str(member)


def _given(**texts: str) -> dict[str, str]:
    return {name: text for name, text in texts.items() if text}


def _when(choice: Choice) -> dict[str, Any]:
    if choice.time is not None:
        return {
            "slot_id": choice.time.slot_id,
            "slot_start": written(choice.time.start),
            "slot_end": written(choice.time.end),
        }
    if choice.wishes:
        return {"windows": [{"date": wish.date, "part": wish.part} for wish in choice.wishes]}
    return {}


def _who(profile: Profile) -> dict[str, Any]:
    guardian = profile.guardian
    members: dict[str, Any] = {
        "patient_id": profile.patient_id,
        "family_name": profile.family_name,
        "birth_date": profile.birth_date,
        "contact_pref": profile.contact_pref,
        "language": profile.language,
        "interpreter": profile.interpreter,
        **_given(
            given_name=profile.given_name,
            sex_admin=profile.sex_admin,
            zip5=profile.zip5,
            payer_code=profile.payer_code,
            plan_code=profile.plan_code,
        ),
    }
    if guardian is None:
        return members | _given(phone=profile.phone, email=profile.email)
    members["guardian"] = {
        "given_name": guardian.given_name,
        "family_name": guardian.family_name,
        "phone": guardian.phone,
        "relation": guardian.relation,
    }
    return members


def _place(reason: str) -> str:
    """Where it was wrong, for the log: a member's name, never its value."""
    _, _, place = reason.rpartition("`$")
    return place.strip("`.") if place and place != reason else "message"
