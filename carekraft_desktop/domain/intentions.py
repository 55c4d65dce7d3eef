"""What the office asked for and the exchange has not confirmed.

Records change by the exchange's word only; an intention is kept beside them, with its own
idempotency key, until its end has been seen.
"""

from enum import StrEnum

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.acts import EXPIRES_AT_START, Act
from carekraft_desktop.value import Value


class Delivery(StrEnum):
    """How far an intention has come."""

    WAITING = "waiting"
    """Not sent yet."""
    UNKNOWN = "unknown"
    """Sent, and no answer came: it may or may not have been applied."""
    DEFERRED = "deferred"
    """The exchange asked for another try later."""
    APPLIED = "applied"
    CONFLICT = "conflict"
    """The booking had changed meanwhile; the exchange's state stands."""
    REJECTED = "rejected"
    """The exchange will never accept it."""
    EXPIRED = "expired"
    """The visit's time came before it could be sent."""
    WITHDRAWN = "withdrawn"
    """Taken back at the desk before it left."""
    VOID = "void"
    """The patient withdrew the share; nothing was sent."""


OPEN = frozenset({Delivery.WAITING, Delivery.UNKNOWN, Delivery.DEFERRED})
"""Still on its way; counts as waiting and shows on the visit."""
NEEDS_EYES = frozenset({Delivery.CONFLICT, Delivery.REJECTED, Delivery.EXPIRED})
"""Ended otherwise than the person meant; stays in the outbox until somebody has read it."""


BOOKING, REVIEW, REFERRAL = "booking", "review", "referral"
NOTICE, WORKSTATION = "bulletin", "workstation"


class Intention(Value, frozen=True):
    """One act of one person, on its way to the exchange."""

    key: str
    """UUIDv7; the same for every attempt."""
    about: str
    """Id of the thing it is about: a booking's, for most."""
    act: Act
    if_version: int
    actor: str
    """Staff id."""
    made_at: Moment
    visit_start: Moment
    """Start of the visit when the act was made, 0 where there is none; an answer to a request
    expires then."""
    delivery: Delivery = Delivery.WAITING
    start: Moment | None = None
    """For PROPOSE and MOVE."""
    end: Moment | None = None
    slot_id: str = ""
    provider_id: str = ""
    reason: str = ""
    """For DECLINE and CANCEL."""
    tries: int = 0
    next_at: Moment = 0
    """Not sent before this moment: time to undo, or back-off."""
    problem: str = ""
    """The exchange's reason where it did not apply it."""
    settled_version: int = 0
    """The booking's version that the exchange says includes it; 0 while unknown."""
    read: bool = False
    """Somebody has seen how it ended."""
    kind: str = BOOKING
    """The feed's word for what it is about."""
    body: str = ""
    """For everything but bookings: what the command says, as JSON text, from the moment it was
    made."""

    @property
    def subject(self) -> str:
        """How the journal names what it is about."""
        return "visit" if self.kind == BOOKING else self.kind

    def expired(self, now: Moment) -> bool:
        """Whether sending it now would be meaningless."""
        return self.act in EXPIRES_AT_START and now >= self.visit_start
