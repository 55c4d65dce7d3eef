"""How a patient wants to be reached, and what the office has agreed not to tell (45 CFR 164.522)."""

from enum import StrEnum

from carekraft_desktop.domain import Moment
from carekraft_desktop.value import Value


class WishKind(StrEnum):
    """What was agreed to."""

    PHONE = "phone"
    """Call this number and no other."""
    ADDRESS = "address"
    """Write to this address and no other."""
    NO_PLAN = "no-plan"
    """Paid in full: the health plan is not told (164.522(a)(1)(vi))."""
    NO_FAMILY = "no-family"
    """Nothing is said to family or others who ask."""


class Wish(Value, frozen=True):
    """One of them."""

    id: str
    patient_id: str
    kind: WishKind
    value: str
    """The number or address; empty for the others."""
    booking_id: str
    """The one visit it is about; empty for all."""
    set_at: Moment
    set_by: str
    ended_at: Moment = 0
