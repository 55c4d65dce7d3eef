"""Who may act for a patient, how far, and until when (45 CFR 164.502(g)).

A parent's word ends with the eighteenth birthday. Whoever may endanger the patient is treated as
if they had no authority at all (164.502(g)(5)).
"""

from datetime import date
from enum import StrEnum

from carekraft_desktop.domain.ages import ADULT, years
from carekraft_desktop.value import Value


class Authority(StrEnum):
    """From what somebody may act."""

    PARENT = "parent"
    GUARDIAN = "guardian"
    COURT = "court"
    POWER_OF_ATTORNEY = "power-of-attorney"
    EXECUTOR = "executor"


OF_MINORS = frozenset({Authority.PARENT, Authority.GUARDIAN})
"""Authorities that end with the eighteenth birthday by themselves."""


class Scope(StrEnum):
    """How far it reaches."""

    ALL = "all"
    RECORDS = "records"
    """Ask for records, amendments and accountings."""
    BOOKINGS = "bookings"


class Minor(StrEnum):
    """The three cases in which a parent does not act for a child (164.502(g)(3))."""

    CONSENTED_ALONE = "consented-alone"
    OTHER_CONSENTED = "other-consented"
    CONFIDENTIAL = "confidential"


class Refusal(StrEnum):
    """Why somebody may not act."""

    ENDANGERS = "endangers"
    NOT_YET = "not-yet"
    ENDED = "ended"
    AGED_OUT = "aged-out"
    SCOPE = "scope"
    MINOR_ALONE = "minor-alone"


class Representative(Value, frozen=True):
    """One person who acts for a patient."""

    id: str
    patient_id: str
    name: str
    authority: Authority
    scope: Scope
    document: str
    """What was shown, e.g. the number of an order."""
    verified_by: str
    """Staff id."""
    starts_on: str
    ends_on: str
    """ISO dates; an empty end is open."""
    endangers: bool
    exception: str
    """One of `Minor`, empty for none."""


def refusal(one: Representative, wanted: Scope, birth: str, today: date) -> Refusal | None:
    """The first reason why this person may not act now, None when they may."""
    age, day = years(birth, today), today.isoformat()
    checks = (
        (one.endangers, Refusal.ENDANGERS),
        (one.starts_on > day, Refusal.NOT_YET),
        (bool(one.ends_on) and one.ends_on < day, Refusal.ENDED),
        (one.authority in OF_MINORS and age is not None and age >= ADULT, Refusal.AGED_OUT),
        (bool(one.exception), Refusal.MINOR_ALONE),
        (one.scope not in {Scope.ALL, wanted}, Refusal.SCOPE),
    )
    return next((found for wrong, found in checks if wrong), None)
