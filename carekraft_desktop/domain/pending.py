"""What the screen makes of a record and of what the office asked for: a pure function of both."""

from collections.abc import Iterable

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.intentions import OPEN, Delivery, Intention
from carekraft_desktop.domain.visits import AFTER, Entry, Status
from carekraft_desktop.value import Value

_GIVES_TIME = frozenset({Act.MOVE, Act.PROPOSE})


class Seen(Value, frozen=True):
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
        # An offer holds the offered time, not the one that was asked for.
        if intention.act in _GIVES_TIME and intention.start is not None:
            start, end = intention.start, intention.end or intention.start
            provider = intention.provider_id or provider
    return Seen(entry, status, start, end, provider, waiting)
