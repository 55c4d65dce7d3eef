"""The one thing a referral may carry: the closed message `ck-ref-1`, and what is said about it.

Every member is a code, a number or a text of a fixed form; there is no other member, and the
bytes of a message are canonical, so that nothing can be said by how it is written. The message
holds what a booking needs and nothing about care (REQ-61, REQ-62, REQ-64). A change of its set
of members is a change of `SCHEMA`.
"""

import unicodedata
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Annotated, Literal

from msgspec import UNSET, Meta, Struct, UnsetType

from carekraft_desktop.contract.codec import Malformed, decode, encode
from carekraft_desktop.contract.limits import Id
from carekraft_desktop.contract.opaque import tells_something
from carekraft_desktop.contract.specialties import Specialty

SCHEMA = "ck-ref-1"
MESSAGE_BYTES = 4_096
"""Most bytes of one message."""
MOST_WINDOWS = 3
LONGEST_SLOT = timedelta(hours=12)
MOST_TERM = timedelta(days=90)
"""Longest term of a permission."""
HOLD_SECONDS = 300
"""How long a slot is kept for the office that looks at it."""

_END = r"(?![\s\S])"
Npi = Annotated[str, Meta(pattern=r"^[12][0-9]{9}" + _END, max_length=10)]
"""A provider's or an office's number in the national directory, with its check digit."""
Opaque = Annotated[str, Meta(pattern=r"^[A-Za-z0-9_\-]{1,64}" + _END, max_length=64)]
"""An identifier that means nothing."""
RequestId = Annotated[
    str,
    Meta(
        pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}" + _END,
        max_length=36,
    ),
]
"""A UUIDv4 (RFC 9562): nobody chooses it, and it does not tell when it was made."""
UtcSecond = Annotated[
    str,
    Meta(
        pattern=r"^20[0-9]{2}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z" + _END,
        max_length=20,
    ),
]
Day = Annotated[str, Meta(pattern=r"^(19|20)[0-9]{2}-[01][0-9]-[0-3][0-9]" + _END, max_length=10)]
Phone = Annotated[str, Meta(pattern=r"^\+[1-9][0-9]{6,14}" + _END, max_length=16)]
"""A telephone number as E.164 writes it."""
Name = Annotated[
    str,
    Meta(
        pattern=r"^[^\x00-\x1f!-&(-,/-@\[-`{-\xa9\u2000-\u206f]{1,60}" + _END,
        max_length=60,
    ),
]
"""Letters and their marks, space, `'`, `-` and `.`; exactly which is checked on top."""
Email = Annotated[
    str,
    Meta(
        pattern=r"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~.\-]{1,64}@"
        r"(?:[A-Za-z0-9](?:[A-Za-z0-9\-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z]{2,63}" + _END,
        max_length=254,
    ),
]
Zip5 = Annotated[str, Meta(pattern=r"^[0-9]{5}" + _END, max_length=5)]
PlanCode = Annotated[str, Meta(pattern=r"^[A-Z0-9][A-Z0-9_\-]{0,11}" + _END, max_length=12)]
"""A payer's or plan's code from the marketplace's list, or SELF_PAY; never a member's number."""
SELF_PAY = "SELF_PAY"


class VisitClass(StrEnum):
    """How the patient stands to the provider; decides the length of a slot."""

    NEW = "NEW"
    RETURNING = "RETURNING"


class Mode(StrEnum):
    """Whether a room, a link or a telephone is needed."""

    IN_PERSON = "IN_PERSON"
    VIDEO = "VIDEO"
    PHONE = "PHONE"


class PartOfDay(StrEnum):
    """When somebody could come."""

    MORNING = "AM"
    AFTERNOON = "PM"
    EVENING = "EVE"


class Sex(StrEnum):
    """Administrative; sent only where the other office cannot match without."""

    MALE = "male"
    FEMALE = "female"
    OTHER = "other"
    UNKNOWN = "unknown"


class ContactPreference(StrEnum):
    """How the patient wants to hear of the appointment."""

    PHONE = "PHONE"
    SMS = "SMS"
    EMAIL = "EMAIL"


class Language(StrEnum):
    """BCP 47 tags of the languages that the marketplace offers."""

    ENGLISH = "en"
    SPANISH = "es"
    CHINESE = "zh"
    VIETNAMESE = "vi"
    KOREAN = "ko"
    RUSSIAN = "ru"
    ARABIC = "ar"
    TAGALOG = "tl"
    POLISH = "pl"
    FRENCH = "fr"
    HAITIAN = "ht"
    PORTUGUESE = "pt"
    HINDI = "hi"
    URDU = "ur"
    SIGN = "ase"


class Relation(StrEnum):
    """In which capacity somebody acts for a minor."""

    PARENT = "PARENT"
    LEGAL_GUARDIAN = "LEGAL_GUARDIAN"
    OTHER_AUTHORIZED = "OTHER_AUTHORIZED"


class ReferralStatus(StrEnum):
    """All that is ever told about a referral; attendance is not among it (REQ-79)."""

    PROPOSED = "PROPOSED"
    BOOKED = "BOOKED"
    DECLINED = "DECLINED"
    CANCELLED = "CANCELLED"
    RESCHEDULED = "RESCHEDULED"


class DeclineCode(StrEnum):
    """Why the other office cannot take it."""

    NO_CAPACITY = "NO_CAPACITY"
    PLAN_NOT_TAKEN = "PLAN_NOT_TAKEN"
    NOT_TAKING_NEW = "NOT_TAKING_NEW"
    WRONG_SPECIALTY = "WRONG_SPECIALTY"
    UNREACHABLE = "UNREACHABLE"
    OTHER = "OTHER"


class CancelCode(StrEnum):
    """Who or what ended it."""

    PATIENT = "PATIENT"
    FROM_OFFICE = "FROM_OFFICE"
    TO_OFFICE = "TO_OFFICE"
    PERMISSION_REVOKED = "PERMISSION_REVOKED"


class Grantor(StrEnum):
    """Who gave a permission."""

    SELF = "SELF"
    GUARDIAN = "GUARDIAN"


class _Closed(Struct, frozen=True, omit_defaults=True, forbid_unknown_fields=True):
    """An object that has its members and no others."""


class Window(_Closed, frozen=True):
    """A part of a day at which the patient could come."""

    date: Day
    part: PartOfDay

    def __post_init__(self) -> None:
        """The day exists."""
        _day(self.date)


class Guardian(_Closed, frozen=True):
    """Who confirms an appointment of a minor."""

    given_name: Name
    family_name: Name
    phone: Phone
    relation: Relation

    def __post_init__(self) -> None:
        """Names are names."""
        _name(self.given_name)
        _name(self.family_name)


class ReferralBooking(_Closed, frozen=True, kw_only=True):
    """The message: who asks, for whom, with whom and when; the members of `ck-ref-1`, in order."""

    schema: Literal["ck-ref-1"]
    request_id: RequestId
    created_at: UtcSecond
    from_office_npi: Npi
    from_office_phone: Phone
    permission_id: Opaque
    to_provider_npi: Npi
    to_location_id: Opaque
    specialty_code: Specialty | UnsetType = UNSET
    """Only where the provider is an organisation with several groups."""
    visit_class: VisitClass
    mode: Mode
    slot_id: Opaque | UnsetType = UNSET
    slot_start: UtcSecond | UnsetType = UNSET
    slot_end: UtcSecond | UnsetType = UNSET
    windows: Annotated[list[Window], Meta(min_length=1, max_length=MOST_WINDOWS)] | UnsetType = (
        UNSET
    )
    """Only where there is no slot."""
    earliest_ok: bool
    patient_id: Opaque
    given_name: Name | UnsetType = UNSET
    """Missing for somebody who has one name."""
    family_name: Name
    birth_date: Day
    sex_admin: Sex | UnsetType = UNSET
    phone: Phone | UnsetType = UNSET
    email: Email | UnsetType = UNSET
    zip5: Zip5 | UnsetType = UNSET
    contact_pref: ContactPreference
    language: Language
    interpreter: bool
    payer_code: PlanCode | UnsetType = UNSET
    plan_code: PlanCode | UnsetType = UNSET
    guardian: Guardian | UnsetType = UNSET
    """For a minor, whose own telephone and mail are never sent."""

    def __post_init__(self) -> None:
        """What the form of each member alone does not say."""
        _npi(self.from_office_npi)
        _npi(self.to_provider_npi)
        for identifier in (self.permission_id, self.to_location_id, self.slot_id, self.patient_id):
            if not isinstance(identifier, UnsetType) and tells_something(identifier):
                _refuse("an identifier that tells something")
        _second(self.created_at)
        self._check_time()
        self._check_person()

    def _check_time(self) -> None:
        slot = (self.slot_id, self.slot_start, self.slot_end)
        windows = [] if isinstance(self.windows, UnsetType) else self.windows
        if any(isinstance(each, UnsetType) for each in slot):
            if not all(isinstance(each, UnsetType) for each in slot):
                _refuse("a slot in part")
            if not windows:
                _refuse("neither a slot nor a window")
            if len({(each.date, each.part) for each in windows}) < len(windows):
                _refuse("a window twice")
        elif windows:
            _refuse("a slot and a window")
        else:
            length = _second(str(self.slot_end)) - _second(str(self.slot_start))
            if not timedelta() < length <= LONGEST_SLOT:
                _refuse("a slot without a length")

    def _check_person(self) -> None:
        if not isinstance(self.given_name, UnsetType):
            _name(self.given_name)
        _name(self.family_name)
        born = _day(self.birth_date)
        made = _second(self.created_at).date()
        if born > made:
            _refuse("a birth date to come")
        contact = not (isinstance(self.phone, UnsetType) and isinstance(self.email, UnsetType))
        if isinstance(self.guardian, UnsetType):
            # A day of grace: it is for the office's own day, not UTC's, to say who is of age.
            if years_of_age(born, made + timedelta(days=1)) < 18:
                _refuse("a minor without a guardian")
        elif contact:
            _refuse("contact data beside a guardian's")
        elif years_of_age(born, made - timedelta(days=1)) >= 18:
            _refuse("a guardian of an adult")


class CancelReferral(_Closed, frozen=True):
    """The body of `referral.cancel`."""

    cancel_code: CancelCode


class AcceptReferral(_Closed, frozen=True):
    """The body of `referral.accept`; a slot where the request named only parts of days."""

    slot_id: Opaque | UnsetType = UNSET


class DeclineReferral(_Closed, frozen=True):
    """The body of `referral.decline`."""

    decline_code: DeclineCode


class ReportReferral(_Closed, frozen=True, omit_defaults=True):
    """The body of `referral.report`: what a partner outside the exchange answered to a carried one.

    Booked and moved name the time; declined names its code. A proposal is no answer.
    """

    status: ReferralStatus
    start: UtcSecond | UnsetType = UNSET
    end: UtcSecond | UnsetType = UNSET
    decline_code: DeclineCode | UnsetType = UNSET

    def __post_init__(self) -> None:
        """Each answer has what belongs to it and nothing else."""
        timed = self.status in (ReferralStatus.BOOKED, ReferralStatus.RESCHEDULED)
        times = [not isinstance(each, UnsetType) for each in (self.start, self.end)]
        declined = not isinstance(self.decline_code, UnsetType)
        if self.status is ReferralStatus.PROPOSED or declined is not (
            self.status is ReferralStatus.DECLINED
        ):
            _refuse("an answer that is none")
        if any(times) is not timed or all(times) is not timed:
            _refuse("an answer with a time too many or too few")
        if timed:
            length = _second(str(self.end)) - _second(str(self.start))
            if not timedelta() < length <= LONGEST_SLOT:
                _refuse("an appointment without a length")


class SharedProfile(_Closed, frozen=True, kw_only=True):
    """What the patient's profile says about arranging an appointment; part of a permission."""

    contact_pref: ContactPreference = ContactPreference.PHONE
    language: Language = Language.ENGLISH
    interpreter: bool = False
    payer_code: PlanCode | UnsetType = UNSET
    plan_code: PlanCode | UnsetType = UNSET
    guardian: Guardian | UnsetType = UNSET


class PermissionGrant(_Closed, frozen=True, kw_only=True):
    """What a patient allows one office: to book, within this scope, and nothing else (REQ-70)."""

    permission_id: Opaque
    patient_id: Opaque
    grantee_office_npi: Npi
    purpose: Literal["APPOINTMENT_BOOKING"]
    targets: Annotated[list[Npi], Meta(max_length=20)] = []
    specialties: Annotated[list[Specialty], Meta(max_length=50)] = []
    share_contact: bool
    share_demographic: bool
    share_insurance: bool
    max_bookings: Annotated[int, Meta(ge=1, le=20)]
    valid_from: UtcSecond
    valid_until: UtcSecond
    granted_by: Grantor
    representative_id: Opaque | UnsetType = UNSET
    profile: SharedProfile = SharedProfile()

    def __post_init__(self) -> None:
        """A permission has a scope and a term, and a guardian's has a guardian."""
        if not self.targets and not self.specialties:
            _refuse("a permission without a scope")
        for npi in (self.grantee_office_npi, *self.targets):
            _npi(npi)
        term = _second(self.valid_until) - _second(self.valid_from)
        if not timedelta() < term <= MOST_TERM:
            _refuse("a term of no or too many days")
        if self.granted_by is Grantor.GUARDIAN and isinstance(self.representative_id, UnsetType):
            _refuse("a guardian who is not named")


class Permission(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The feed's `permission`: the grant as the exchange signed it, and whether it still holds."""

    id: Id
    grant: Annotated[str, Meta(max_length=8_000)]
    """A JWS (RFC 7515, ES384) over a `PermissionGrant`."""
    revoked_at: UtcSecond | None = None


class Sealing(Struct, frozen=True):
    """The feed's `sealing`: the key by which the exchange signs permissions."""

    id: Id
    kty: Literal["EC"]
    crv: Literal["P-384"]
    x: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_\-]{64}" + _END)]
    y: Annotated[str, Meta(pattern=r"^[A-Za-z0-9_\-]{64}" + _END)]


class Referral(Struct, frozen=True, omit_defaults=True, kw_only=True):
    """The feed's `referral`: one request as it stands, in both offices' feeds."""

    id: Id
    side: Literal["sent", "received"]
    status: ReferralStatus
    message: ReferralBooking
    """What was sent, member by member."""
    booking_id: Id | None = None
    """The visit it became, for the office that received it."""
    start: UtcSecond | None = None
    """When the appointment is, once it has a time."""
    end: UtcSecond | None = None
    decline_code: DeclineCode | None = None
    cancel_code: CancelCode | None = None
    sent_at: UtcSecond
    actor: Id | None = None
    """Who of the sending office sent it; told to that office alone."""


def read_message(data: bytes) -> ReferralBooking:
    """The message in exactly these bytes.

    Raises:
        Malformed: they are not a message, or not the one way of writing it.
    """
    message = decode(data, ReferralBooking, most=MESSAGE_BYTES)
    if encode(message) != data:
        raise Malformed("not-canonical")
    return message


def is_npi(text: str) -> bool:
    """Whether these are ten digits with the right check digit (Luhn with the prefix 80840)."""
    if len(text) != 10 or not (text.isascii() and text.isdigit()) or text[0] not in "12":
        return False
    total = 24
    for place, digit in enumerate(reversed(text)):
        value = int(digit) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def years_of_age(born: date, on: date) -> int:
    """Whole years; somebody born on 29 February has a birthday on 1 March of other years."""
    return on.year - born.year - ((on.month, on.day) < (born.month, born.day))


def is_name(text: str) -> bool:
    """Whether it is made of letters, their marks, spaces, `'`, `-` and `.`, and has a letter."""
    kinds = [unicodedata.category(each)[0] for each in text]
    fits = all(kind in "LM" or each in " '-." for kind, each in zip(kinds, text, strict=True))
    return fits and "L" in kinds and text == text.strip()


_PLAIN = str.maketrans({"\u2019": "'", "\u05be": "-", "\u2010": "-", "\u2011": "-"})


def plain_name(text: str) -> str:
    """A name as the message writes it: plain apostrophes, hyphens and spaces, nothing unseen."""
    seen = "".join(each for each in text if unicodedata.category(each) != "Cf")
    return " ".join(seen.translate(_PLAIN).split())


def plain_phone(text: str) -> str:
    """A number of North America or with its country's code, as E.164 writes it; else empty."""
    digits = "".join(each for each in text if each in "0123456789")
    if not digits or any(each.isalpha() for each in text):
        return ""
    if text.strip().startswith("+"):
        return f"+{digits}"
    return f"+1{digits}" if len(digits) == 10 else f"+{digits}"


def _refuse(reason: str) -> None:
    """Make the decoder refuse the object; it adds the place to the reason."""
    raise ValueError(reason)


def _npi(text: str) -> None:
    if not is_npi(text):
        _refuse("a provider number with a wrong check digit")


def _name(text: str) -> None:
    if not is_name(text):
        _refuse("a name that is none")


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _second(text: str) -> datetime:
    return datetime.fromisoformat(text)
