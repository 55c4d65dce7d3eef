"""What has come since somebody was last alerted: counts and kinds, never a name.

The place up to which it was told is kept in the store, so that nothing is lost while the
computer sleeps, while the screen is locked, or during the office's quiet hours.
"""

from typing import NamedTuple

from carekraft_desktop.domain.changes import Change, Field
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import baselines, facts, visits
from carekraft_desktop.store.facts import Fact


class News(NamedTuple):
    """How much of each kind."""

    new: int = 0
    moved: int = 0
    cancelled: int = 0
    changed: int = 0
    """Otherwise."""
    place: int = 0
    """Up to where this reaches; for `told`."""
    requests: frozenset[str] = frozenset()
    """Which requests are new."""

    @property
    def total(self) -> int:
        """All together."""
        return self.new + self.moved + self.cancelled + self.changed


def news(desk: Desk) -> News:
    """Everything since `told`; what was there before the first alert is no news."""
    desk.require(Right.COUNT_NEWS, "alerts.see")
    with desk.store.read() as unit:
        known = facts.get(unit, Fact.ALERTED)
        newest = visits.newest_change(unit)
        if not known:
            return News(place=newest)
        since = int(known)
        fresh = visits.requested_since(unit, since)
        found = baselines.changed(unit)
        moments = visits.changes(unit, found)
    kinds = [
        _kind(changes)
        for id_, changes in found.items()
        if id_ in moments and moments[id_].changed_at > since and id_ not in fresh
    ]
    again = {id_ for id_ in fresh if id_ in found}
    return News(
        new=len(fresh - again),
        moved=kinds.count("moved") + len(again),
        cancelled=kinds.count("cancelled"),
        changed=kinds.count("changed"),
        place=newest,
        requests=frozenset(fresh - again),
    )


def told(desk: Desk, place: int) -> None:
    """Somebody has been alerted up to here."""
    desk.require(Right.COUNT_NEWS, "alerts.told")
    with desk.store.write() as unit:
        facts.put(unit, Fact.ALERTED, str(place))


def _kind(changes: tuple[Change, ...]) -> str:
    if any(c.field is Field.STATUS and c.after == Status.CANCELLED.value for c in changes):
        return "cancelled"
    return "moved" if any(c.field is Field.TIME for c in changes) else "changed"
