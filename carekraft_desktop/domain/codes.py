"""The codes that records carry, apart from the records, for what must not see any record."""

from enum import StrEnum


class Status(StrEnum):
    """Where a visit stands."""

    REQUESTED = "requested"
    """The patient asks; the office has to answer."""
    OFFERED = "offered"
    """The office proposed another time; the patient has to answer."""
    CONFIRMED = "confirmed"
    ARRIVED = "arrived"
    COMPLETED = "completed"
    NO_SHOW = "no-show"
    CANCELLED = "cancelled"


class DataClass(StrEnum):
    """The classes of the privacy policy, section 1.1."""

    CONTACT = "contact"
    DEMOGRAPHIC = "demographic"
    INSURANCE = "insurance"
    MEDICAL = "medical"


class Sharing(StrEnum):
    """What the patient decided for one class."""

    SHARED = "shared"
    WITHHELD = "withheld"
    WITHDRAWN = "withdrawn"
    NOT_KNOWN = "not-known"
    """The patient's decision has not arrived yet."""
