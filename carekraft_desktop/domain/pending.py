"""What the office asked for and the exchange has not confirmed, and what the screen makes of it.

Records change by the exchange's word only. An intention is kept beside them with its own
idempotency key; what a person sees is a pure function of both.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.visits import AFTER, EXPIRES_AT_START, Act, Entry, Status


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


@dataclass(frozen=True, slots=True)
class Intention:
    """One act of one person, on its way to the exchange."""

    key: str
    """UUIDv7; the same for every attempt."""
    visit_id: str
    act: Act
    if_version: int
    actor: str
    """Staff id."""
    made_at: Moment
    visit_start: Moment
    """Start of the visit when the act was made; an answer to a request expires then."""
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

    def expired(self, now: Moment) -> bool:
        """Whether sending it now would be meaningless."""
        return self.act in EXPIRES_AT_START and now >= self.visit_start


@dataclass(frozen=True, slots=True)
class Seen:
    """A visit as the person at the desk sees it."""

    entry: Entry
    """The exchange's record."""
    status: Status
    start: Moment
    end: Moment
    provider_id: str
    waiting: Intention | None = None
    """The last act that is still on its way."""


def counts(intention: Intention, version: int) -> bool:
    """Whether the screen should show the intention's effect on a record of `version`.

    An applied one counts until the feed has brought the version that includes it, so that
    the visit does not fall back for a moment between the answer and the feed.
    """
    if intention.delivery in OPEN:
        return True
    return intention.delivery is Delivery.APPLIED and version < intention.settled_version


def project(entry: Entry, intentions: Iterable[Intention]) -> Seen:
    """The record with the office's own open intentions laid over it, in the order made.

    The patient's cancellation always wins: over a cancelled record nothing is laid.
    """
    status, start, end, provider = entry.status, entry.start, entry.end, entry.provider_id
    waiting: Intention | None = None
    for intention in intentions:
        if not counts(intention, entry.version):
            continue
        if intention.delivery in OPEN:
            waiting = intention
        after = AFTER[status].get(intention.act)
        if after is None:
            continue
        status = after
        if intention.act is Act.MOVE and intention.start is not None:
            start, end = intention.start, intention.end or intention.start
            provider = intention.provider_id or provider
    return Seen(entry, status, start, end, provider, waiting)
