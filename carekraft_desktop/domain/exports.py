"""Bookings handed out as a file: what for, to whom, and with which fields (REQ-90)."""

from enum import StrEnum

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.handover import FIELDS
from carekraft_desktop.value import Value

LONGEST_RECIPIENT = 120
"""Characters."""
MOST_DAYS = 366
"""A longer time is handed out in several files, each with its own reason."""
MINIMAL = ("number", "date", "time", "provider")
"""What is chosen until somebody chooses more: bookings without anybody's name."""
CHOICES = (
    *MINIMAL,
    *("minutes", "name", "phone", "email", "address", "zip", "born", "gender", "guardian"),
    *("guardian_phone", "carrier", "plan", "member", "purpose"),
)
"""Every field that can be handed out, in the order of the file."""
assert set(CHOICES) <= set(FIELDS)  # noqa: S101 - a name that is none would never be found


class Purpose(StrEnum):
    """Why data is handed out; nothing else can be chosen."""

    PRACTICE_SYSTEM = "practice-system"
    """To bring bookings into the office's own practice system."""
    PAYMENT = "payment"
    """To an insurer or whoever bills for the office."""
    LAW = "law"
    """Because a law or a court asks for it."""
    AUDIT = "audit"
    """To whoever audits the office."""


class Wish(Value, frozen=True, kw_only=True):
    """What somebody wants to hand out."""

    purpose: Purpose
    recipient: str
    """Who gets it, as the accounting names them."""
    outside: bool
    """Whether the recipient is outside the office; then each patient's accounting has it."""
    first: Moment
    last: Moment
    """Visits that begin between the two."""
    fields: tuple[str, ...] = MINIMAL
    approved: bool = False
    """A folder that is copied to a cloud, or a disk that is carried away, is meant."""

    @property
    def flaw(self) -> str:
        """What is missing or wrong, as a code; empty when nothing is."""
        if not 0 < len(self.recipient.strip()) <= LONGEST_RECIPIENT:
            return "recipient"
        if not 0 < self.last - self.first <= MOST_DAYS * 86_400:
            return "period"
        if not self.fields or not set(self.fields) <= set(CHOICES):
            return "fields"
        return ""
