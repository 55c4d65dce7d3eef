"""What has come since somebody was last alerted: counts and kinds, never a name.

The place up to which it was told is kept in the store, so that nothing is lost while the
computer sleeps, while the screen is locked, or during the office's quiet hours.
"""

from typing import NamedTuple

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.changes import Change, Field
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import baselines, facts, visits
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.unit import Reading

_MOST = 500
"""Changes of one second that are told apart; more come at once only when everything is received."""


class Place(NamedTuple):
    """Up to where somebody was alerted: a second, and what of it they were told."""

    at: Moment = 0
    told: frozenset[str] | None = frozenset()
    """Bookings of that second with their versions; None for all of them."""

    @classmethod
    def read(cls, text: str) -> "Place":
        """As `written` wrote it; a second alone stands for all of it."""
        at, *told = text.split()
        return cls(int(at), frozenset(told) if told else None)

    def written(self) -> str:
        """In one line of ids and numbers."""
        return " ".join((str(self.at), *sorted(self.told or ())))

    def has(self, id_: str, change: visits.Change) -> bool:
        """Whether this change was told."""
        if change.changed_at != self.at:
            return change.changed_at < self.at
        return self.told is None or _mark(id_, change.version) in self.told


class News(NamedTuple):
    """How much of each kind."""

    new: int = 0
    moved: int = 0
    cancelled: int = 0
    changed: int = 0
    """Otherwise."""
    place: Place = Place()
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
        place = _newest(unit)
        if not known:
            return News(place=place)
        since = Place.read(known)
        fresh = visits.requested_since(unit, since.at)
        found = baselines.changed(unit)
        moments = visits.changes(unit, {*found, *fresh})
    untold = {id_ for id_, change in moments.items() if not since.has(id_, change)}
    fresh &= untold
    kinds = [_kind(changes) for id_, changes in found.items() if id_ in untold - fresh]
    again = {id_ for id_ in fresh if id_ in found}
    return News(
        new=len(fresh - again),
        moved=kinds.count("moved") + len(again),
        cancelled=kinds.count("cancelled"),
        changed=kinds.count("changed"),
        place=place,
        requests=frozenset(fresh - again),
    )


def told(desk: Desk, place: Place) -> None:
    """Somebody has been alerted up to here."""
    desk.require(Right.COUNT_NEWS, "alerts.told")
    with desk.store.write() as unit:
        facts.put(unit, Fact.ALERTED, place.written())


def _newest(unit: Reading) -> Place:
    at = visits.newest_change(unit)
    found = visits.changed_at(unit, at, _MOST + 1)
    if len(found) > _MOST:
        return Place(at, None)
    return Place(at, frozenset(_mark(id_, version) for id_, version in found.items()))


def _mark(id_: str, version: int) -> str:
    return f"{id_}:{version}"


def _kind(changes: tuple[Change, ...]) -> str:
    if any(c.field is Field.STATUS and c.after == Status.CANCELLED.value for c in changes):
        return "cancelled"
    return "moved" if any(c.field is Field.TIME for c in changes) else "changed"
