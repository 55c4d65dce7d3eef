"""Moving a visit by hand: where it would stand, and what is against it before it is let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.visits import Opening, Status
from carekraft_desktop.presenters import wording
from carekraft_desktop.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from carekraft_desktop.domain import Moment
    from carekraft_desktop.domain.pending import Seen
    from carekraft_desktop.domain.visits import Provider
    from carekraft_desktop.presenters.day import Column
    from carekraft_desktop.presenters.times import OfficeTime

SNAP = 5
"""Minutes; a visit that is moved by hand begins on one of these."""
_DAY = 1440
_HOLDS = frozenset({Status.REQUESTED, Status.OFFERED, Status.CONFIRMED, Status.ARRIVED})
"""A visit that stands like this holds its time; one that is over or off does not."""


class Ghost(Value, frozen=True):
    """A visit where it would be if it were let go now."""

    visit_id: str
    column: int
    start: int
    """Minutes after midnight of the column's day."""
    end: int
    clock: str
    """The time, as it stands at the pointer."""
    clash: str
    """What is against it, in words without a name; empty when the time is free."""
    past: bool
    """The time has gone by; nobody can be moved there."""
    to: Opening

    @property
    def spoken(self) -> str:
        """All of it, for a screen reader."""
        return f"{self.clock}. {self.clash}" if self.clash else self.clock


def snapped(minute: float, length: int) -> int:
    """The nearest five minutes that leave the visit inside its day."""
    nearest = round(minute / SNAP) * SNAP
    return max(0, min(nearest, _DAY - length))


def ghost(
    seen: Seen,
    column: int,
    minute: int,
    *,
    shown: Sequence[Column],
    others: Iterable[Seen],
    providers: Iterable[Provider],
    when: OfficeTime,
    now: Moment,
    week: bool,
) -> Ghost:
    """Where `seen` would stand in a column from a minute of its day on."""
    place = shown[column]
    start = when.moment(place.day, minute)
    to = Opening("", place.provider_id, start, start + seen.end - seen.start)
    against = clash(to, seen.entry.id, others, providers=providers, when=when)
    past = start <= now
    day = f"{when.short_day(start)}, " if week else ""
    return Ghost(
        visit_id=seen.entry.id,
        column=column,
        start=when.minute(start, place.day),
        end=when.minute(to.end, place.day),
        clock=f"{day}{when.stretch(start, to.end)}",
        clash=wording.TIME_IS_PAST if past else against,
        past=past,
        to=to,
    )


def clash(
    to: Opening,
    visit_id: str,
    others: Iterable[Seen],
    *,
    providers: Iterable[Provider],
    when: OfficeTime,
) -> str:
    """What is against a time: another visit, or that nobody works then; empty when free."""
    overlapping = [
        other
        for other in others
        if other.provider_id == to.provider_id
        and other.entry.id != visit_id
        and other.status in _HOLDS
        and other.start < to.end
        and other.end > to.start
    ]
    if overlapping:
        first = min(overlapping, key=lambda other: other.start)
        return wording.overlaps(len(overlapping), when.stretch(first.start, first.end))
    provider = next((each for each in providers if each.id == to.provider_id), None)
    if provider is not None and not _open(provider, to, when):
        return wording.CLOSED_THEN
    return ""


def _open(provider: Provider, to: Opening, when: OfficeTime) -> bool:
    """Whether the provider works through the whole of it."""
    day = when.day(to.start)
    start, end = when.minute(to.start, day), when.minute(to.end, day)
    at = start
    for hours in sorted(provider.hours, key=lambda each: each.opens):
        if hours.weekday == day.weekday() and hours.opens <= at < hours.closes:
            at = hours.closes
    return at >= end
