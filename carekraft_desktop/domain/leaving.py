"""Somebody leaves the office: why, and what has to be thought of (REQ-97)."""

from enum import StrEnum


class Cause(StrEnum):
    """Why a person may no longer come in."""

    LEFT = "left"
    """In good order."""
    DISMISSED = "dismissed"
    DEVICE_MISSING = "device-missing"
    """A computer or a copy of the data has not come back."""


ROTATES = frozenset({Cause.DISMISSED, Cause.DEVICE_MISSING})
"""Causes for which the store gets another key at once: an old copy may be around."""


class Chore(StrEnum):
    """What somebody in the office sees to, outside the program."""

    KEYS = "keys"
    PRINTOUTS = "printouts"
    COMPUTER = "computer"
    PORTAL = "portal"
    PHONE = "phone"
    CODES = "codes"
