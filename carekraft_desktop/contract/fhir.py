"""The payloads: FHIR R4 resources cut to what a patient may share with an office.

Only the elements below exist for this program. Others may be present and are ignored. A
required element that is missing, a code outside its required binding, or a text beyond its
length makes the whole resource unusable, with one reason that names the place.
Source of names and bindings: HL7 FHIR R4 (4.0.1).
"""

from datetime import datetime
from typing import Annotated, Literal

from msgspec import Meta, Struct

from carekraft_desktop.contract.limits import Id, LongText, ShortText

BOOKING_NUMBER = "urn:carekraft:booking-number"
DATA_CLASS = "urn:carekraft:data-class"
REASON = "urn:carekraft:reason"
CANCELLED_BY = "http://terminology.hl7.org/CodeSystem/appointment-cancellation-reason"
PREVIOUS_PROVIDER = "urn:carekraft:extension:previous-provider"
US_NPI = "http://hl7.org/fhir/sid/us-npi"
TIME_ZONE = "http://hl7.org/fhir/StructureDefinition/timezone"

Instant = Annotated[datetime, Meta(tz=True)]
PartialDate = Annotated[
    str,
    Meta(
        pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01])(T[0-9:.]{8,18}"
        r"(Z|[+\-][0-9]{2}:[0-9]{2}))?)?)?(?![\s\S])"
    ),
]
"""A FHIR dateTime: a year, a month, a day, or a moment with its zone."""
BirthDate = Annotated[
    str, Meta(pattern=r"^[0-9]{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12][0-9]|3[01]))?)?(?![\s\S])")
]
ClockTime = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](?![\s\S])")]
Uri = Annotated[str, Meta(max_length=300)]


def _refuse(reason: str) -> None:
    """Make the decoder refuse the object; it adds the place to the reason."""
    raise ValueError(reason)


def _in_order(start: datetime, end: datetime) -> None:
    if end < start:
        _refuse("an end before the start")


class _Fhir(Struct, frozen=True, omit_defaults=True, rename="camel", gc=False):
    """Common to all: unknown elements are ignored, defaults are left out when written.

    Decoded JSON holds no cycles, so the collector need not look at it (`gc=False`).
    """


class Coding(_Fhir, frozen=True):
    """One code of one system."""

    system: Uri | None = None
    code: ShortText | None = None
    display: ShortText | None = None


class CodeableConcept(_Fhir, frozen=True):
    """A concept by codes or words."""

    coding: list[Coding] = []
    text: ShortText | None = None


class Identifier(_Fhir, frozen=True):
    """A number that someone gave, such as the booking number."""

    system: Uri | None = None
    value: ShortText | None = None


class Reference(_Fhir, frozen=True):
    """A pointer such as `Patient/<id>`, perhaps with words to show."""

    reference: Uri | None = None
    display: ShortText | None = None


class Period(_Fhir, frozen=True):
    """A stretch of time; either end may be open."""

    start: PartialDate | None = None
    end: PartialDate | None = None


class InstantPeriod(_Fhir, frozen=True):
    """A stretch of time with both ends, as a proposed visit needs."""

    start: Instant
    end: Instant

    def __post_init__(self) -> None:
        """A stretch of time does not end before it begins (FHIR per-1)."""
        _in_order(self.start, self.end)


class Extension(_Fhir, frozen=True):
    """A named addition; we read texts and codes only."""

    url: Uri
    value_string: ShortText | None = None
    value_code: ShortText | None = None


class HumanName(_Fhir, frozen=True):
    """A person's name as the person writes it."""

    use: Literal["usual", "official", "temp", "nickname", "anonymous", "old", "maiden"] | None = (
        None
    )
    text: ShortText | None = None
    family: ShortText | None = None
    given: list[ShortText] = []


class ContactPoint(_Fhir, frozen=True):
    """A telephone number or mail address."""

    system: Literal["phone", "fax", "email", "pager", "url", "sms", "other"] | None = None
    value: ShortText | None = None
    use: Literal["home", "work", "temp", "old", "mobile"] | None = None
    rank: Annotated[int, Meta(ge=1)] | None = None

    def __post_init__(self) -> None:
        """A number without its kind cannot be used (FHIR cpt-2)."""
        if self.value is not None and self.system is None:
            _refuse("a value without its system")


class Address(_Fhir, frozen=True):
    """A postal address."""

    use: Literal["home", "work", "temp", "old", "billing"] | None = None
    line: list[ShortText] = []
    city: ShortText | None = None
    state: ShortText | None = None
    postal_code: ShortText | None = None
    country: ShortText | None = None


class PatientContact(_Fhir, frozen=True):
    """Someone who acts for the patient, such as a guardian (relationship GUARD)."""

    relationship: list[CodeableConcept] = []
    name: HumanName | None = None
    telecom: list[ContactPoint] = []


class Patient(_Fhir, frozen=True):
    """The person a visit is for, with what was shared: contact and demographic data."""

    resource_type: Literal["Patient"]
    id: Id
    name: Annotated[list[HumanName], Meta(min_length=1)]
    active: bool = True
    telecom: list[ContactPoint] = []
    gender: Literal["male", "female", "other", "unknown"] | None = None
    birth_date: BirthDate | None = None
    address: list[Address] = []
    contact: list[PatientContact] = []


AppointmentStatus = Literal[
    "proposed",
    "pending",
    "booked",
    "arrived",
    "fulfilled",
    "cancelled",
    "noshow",
    "entered-in-error",
    "checked-in",
    "waitlist",
]


class AppointmentParticipant(_Fhir, frozen=True):
    """Who takes part: the patient, the provider's role, the place."""

    status: Literal["accepted", "declined", "tentative", "needs-action"]
    actor: Reference | None = None
    required: Literal["required", "optional", "information-only"] | None = None


class Appointment(_Fhir, frozen=True):
    """A booking, with the medical data that came with it: purpose, previous providers, date."""

    resource_type: Literal["Appointment"]
    id: Id
    status: AppointmentStatus
    participant: Annotated[list[AppointmentParticipant], Meta(min_length=1)]
    extension: list[Extension] = []
    identifier: list[Identifier] = []
    cancelation_reason: CodeableConcept | None = None
    service_type: list[CodeableConcept] = []
    reason_code: list[CodeableConcept] = []
    description: ShortText | None = None
    start: Instant | None = None
    end: Instant | None = None
    minutes_duration: Annotated[int, Meta(ge=1)] | None = None
    slot: list[Reference] = []
    created: PartialDate | None = None
    comment: LongText | None = None
    requested_period: list[InstantPeriod] = []

    def __post_init__(self) -> None:
        """What must be there in which state (FHIR app-2, app-3, app-4)."""
        if self.start is not None and self.end is not None:
            _in_order(self.start, self.end)
        elif self.start is not None or self.end is not None:
            _refuse("a start without an end, or an end without a start")
        elif self.status not in ("proposed", "cancelled", "waitlist"):
            _refuse("no start in a state that needs one")
        if self.cancelation_reason is not None and self.status not in ("cancelled", "noshow"):
            _refuse("a reason for a cancellation that did not happen")


class Slot(_Fhir, frozen=True):
    """A stretch of a provider's time that can be booked."""

    resource_type: Literal["Slot"]
    id: Id
    schedule: Reference
    status: Literal["busy", "free", "busy-unavailable", "busy-tentative", "entered-in-error"]
    start: Instant
    end: Instant

    def __post_init__(self) -> None:
        """A slot does not end before it begins."""
        _in_order(self.start, self.end)


class Schedule(_Fhir, frozen=True):
    """Whose time a slot is."""

    resource_type: Literal["Schedule"]
    id: Id
    actor: Annotated[list[Reference], Meta(min_length=1)]
    active: bool = True
    planning_horizon: Period | None = None


class CoverageClass(_Fhir, frozen=True):
    """A plan or group within a coverage."""

    type: CodeableConcept
    value: ShortText
    name: ShortText | None = None


class Coverage(_Fhir, frozen=True):
    """Insurance as the patient stated it; nobody has verified it."""

    resource_type: Literal["Coverage"]
    id: Id
    status: Literal["active", "cancelled", "draft", "entered-in-error"]
    beneficiary: Reference
    payor: Annotated[list[Reference], Meta(min_length=1)]
    subscriber_id: ShortText | None = None
    class_: list[CoverageClass] = []
    period: Period | None = None


class Provision(_Fhir, frozen=True):
    """A rule of a consent; nested ones are exceptions. A `period` says since when."""

    type: Literal["deny", "permit"] | None = None
    period: Period | None = None
    class_: list[Coding] = []
    provision: list["Provision"] = []


class Consent(_Fhir, frozen=True):
    """What the patient shared with this office, class by class (REQ-42 does not apply here).

    The outer provision permits the classes that are shared. Nested `deny` provisions name the
    classes that are not: with a period, shared once and withdrawn since; without, never shared.
    """

    resource_type: Literal["Consent"]
    id: Id
    status: Literal["draft", "proposed", "active", "rejected", "inactive", "entered-in-error"]
    scope: CodeableConcept
    category: Annotated[list[CodeableConcept], Meta(min_length=1)]
    patient: Reference | None = None
    date_time: PartialDate | None = None
    performer: list[Reference] = []
    organization: list[Reference] = []
    policy_rule: CodeableConcept | None = None
    provision: Provision | None = None


class AvailableTime(_Fhir, frozen=True):
    """Opening hours of a provider, in the office's time."""

    days_of_week: list[Literal["mon", "tue", "wed", "thu", "fri", "sat", "sun"]] = []
    all_day: bool = False
    available_start_time: ClockTime | None = None
    available_end_time: ClockTime | None = None


class PractitionerRole(_Fhir, frozen=True):
    """A provider of the office."""

    resource_type: Literal["PractitionerRole"]
    id: Id
    practitioner: Reference
    active: bool = True
    specialty: list[CodeableConcept] = []
    available_time: list[AvailableTime] = []


class Organization(_Fhir, frozen=True):
    """The office itself; its time zone is an IANA name in an extension."""

    resource_type: Literal["Organization"]
    id: Id
    name: ShortText
    active: bool = True
    identifier: list[Identifier] = []
    """Its national provider number, with the system `US_NPI`."""
    extension: list[Extension] = []
    telecom: list[ContactPoint] = []
    address: list[Address] = []


Resource = (
    Patient | Appointment | Slot | Schedule | Coverage | Consent | PractitionerRole | Organization
)

RESOURCE_OF: dict[str, type[Resource]] = {
    "patient": Patient,
    "booking": Appointment,
    "slot": Slot,
    "schedule": Schedule,
    "coverage": Coverage,
    "consent": Consent,
    "provider": PractitionerRole,
    "office": Organization,
}
"""Which resource each kind of feed item carries."""


def target(reference: Reference | None, resource_type: str) -> str | None:
    """The id behind a reference such as `Slot/abc`, None when it points to something else."""
    if reference is None or reference.reference is None:
        return None
    kind, _, rest = reference.reference.partition("/")
    return rest if kind == resource_type and rest and "/" not in rest else None
