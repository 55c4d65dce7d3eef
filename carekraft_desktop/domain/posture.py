"""How an installation stands: one line for each thing that is asked of it (REQ-10, REQ-29)."""

from enum import StrEnum

from carekraft_desktop.value import Value


class Standing(StrEnum):
    """What a line says."""

    GOOD = "good"
    ATTENTION = "attention"
    """Somebody should do something."""
    UNKNOWN = "unknown"
    """Nothing is recorded, or it cannot be shown; never taken for good."""
    PLAIN = "plain"
    """A fact that is neither."""


class Line(Value, frozen=True):
    """One thing about the installation; codes, numbers and hosts, never a patient's data."""

    subject: str
    """Code of what it is about."""
    standing: Standing
    value: str = ""
    """A code, a number or a name of software; words are the presenter's."""
    at: int = 0
    """When it was so, 0 where that means nothing."""
