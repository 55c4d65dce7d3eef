"""Age gates at 13 and 18: who decides for a patient, and whom the office may call.

A guardian's word ends with the patient's eighteenth birthday (REQ-72); a child under thirteen
without a guardian should not have reached the office at all (REQ-74). Whoever was born on a
29th of February is a year older on the 1st of March.
"""

from datetime import date
from enum import StrEnum

CHILD, ADULT = 13, 18
"""Full years from which on somebody may have an account, and decides alone."""


class Gate(StrEnum):
    """What a patient's age means for the office."""

    NONE = ""
    MINOR = "minor"
    """The guardian decides and is called; the child's own contact is not used (REQ-71)."""
    NO_GUARDIAN = "no-guardian"
    """Under 18 and nobody is named."""
    AGED_OUT = "aged-out"
    """The decision is the guardian's, and the patient has come of age since."""


class Held(StrEnum):
    """Why a record is held: the code, which is all that CareKraft is told."""

    CHILD = "child-without-guardian"
    MINOR = "minor-without-guardian"
    """An account of somebody between 13 and 17, by their own."""


def years(birth_date: str, today: date) -> int | None:
    """Full years since a birth date; None when it is not a whole date or lies ahead."""
    try:
        born = date.fromisoformat(birth_date)
    except ValueError:
        return None
    found = today.year - born.year - ((today.month, today.day) < (born.month, born.day))
    return found if found >= 0 else None


def is_minor(birth_date: str, today: date) -> bool:
    """Whether somebody is known to be under 18."""
    age = years(birth_date, today)
    return age is not None and age < ADULT


def gate(birth_date: str, today: date, *, guardian: bool, by_guardian: bool) -> Gate:
    """The gate that a patient stands at.

    Args:
        birth_date: ISO date; empty when it is not shared.
        today: the office's day.
        guardian: whether a guardian is named.
        by_guardian: whether the guardian decided what is shared.
    """
    age = years(birth_date, today)
    if age is None:
        return Gate.NONE
    if age < ADULT:
        return Gate.MINOR if guardian else Gate.NO_GUARDIAN
    return Gate.AGED_OUT if by_guardian else Gate.NONE


def held_back(birth_date: str, on: date, *, guardian: bool) -> Held | None:
    """Why a record may not be shown at all; None for "it may".

    Nobody under 18 may use CareKraft, and nothing is collected from anybody under 13; a guardian
    may act for either (policy 1.4).
    """
    age = years(birth_date, on)
    if guardian or age is None or age >= ADULT:
        return None
    return Held.CHILD if age < CHILD else Held.MINOR
