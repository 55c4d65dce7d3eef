"""Breaking the glass: why somebody may, for a while, see more than the role allows (REQ-21)."""

from enum import StrEnum

WINDOW = 60 * 60
"""Seconds for which it lasts."""


class Reason(StrEnum):
    """Why; there is no other."""

    PATIENT_IN_DANGER = "patient-in-danger"
    CALL_FROM_HOSPITAL = "call-from-hospital"
    NOBODY_ELSE_HERE = "nobody-else-here"
    DISASTER = "disaster"
