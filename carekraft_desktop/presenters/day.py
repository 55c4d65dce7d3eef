"""Days as columns and blocks: which visit stands where, and what is said of it.

The office's day has a column for each provider; a provider's week has one for each day.
"""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.pending import Seen
from carekraft_desktop.domain.visits import Provider, Status
from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters.pieces import TONE_OF, Mark, Tone
from carekraft_desktop.presenters.times import OfficeTime, long_day, short_day
from carekraft_desktop.value import Value

DAY = 1440
_LATE_AFTER = 5 * 60
"""Seconds after the start from which a confirmed visit counts as late."""
_EARLIEST, _LATEST = 8 * 60, 18 * 60
"""What is shown when nobody works and nothing is booked."""
_SHORTEST = 10
"""Minutes; a visit is never drawn shorter."""
_SATURDAY, _WEEK = 5, 7


class Column(Value, frozen=True):
    """One day of one provider."""

    provider_id: str
    day: date
    name: str
    """Of the provider; in a week, of the day."""
    subtitle: str
    """Specialty and number of visits."""
    closed: tuple[tuple[int, int], ...]
    """Stretches, in minutes after midnight, in which the provider does not work."""
    is_today: bool = False
    """Marked among the days of a week."""


class Block(Value, frozen=True):
    """One visit in a column. Minutes count from the day's midnight on the wall clock."""

    visit_id: str
    column: int
    start: int
    end: int
    name: str
    line: str
    """Time and status in words."""
    mark: Mark
    pending: str
    """How far the office's own last act has come, in words; empty when all is settled."""
    struck: bool
    """Cancelled: shown struck through."""
    spoken: str
    """All of it, for a screen reader."""
    movable: bool = False
    """Whether it can be dragged elsewhere."""


def mark_of(seen: Seen, now: Moment) -> Mark:
    """The status as people at the desk think of it: with late and overdue."""
    if seen.status is Status.CONFIRMED and now >= seen.start + _LATE_AFTER:
        return Mark(wording.LATE if now < seen.end else wording.NOT_MARKED, Tone.LATE)
    if seen.status is Status.REQUESTED and now >= seen.start:
        return Mark(wording.TIME_PASSED, Tone.LATE)
    return Mark(wording.STATUS[seen.status], TONE_OF[seen.status])


def pending_of(seen: Seen) -> str:
    """How far the last act has come, empty when nothing is on its way."""
    return wording.DELIVERY[seen.waiting.delivery] if seen.waiting is not None else ""


def columns(providers: Sequence[Provider], visits: Iterable[Seen], day: date) -> tuple[Column, ...]:
    """A column for each provider who works here or has a visit on the day."""
    booked: dict[str, int] = {}
    for seen in visits:
        live = seen.status is not Status.CANCELLED
        booked[seen.provider_id] = booked.get(seen.provider_id, 0) + live
    shown = [
        _column(provider, day, booked.get(provider.id, 0))
        for provider in providers
        if provider.active or provider.id in booked
    ]
    known = {provider.id for provider in providers}
    shown += [
        Column(stranger, day, wording.OTHER_PROVIDER, _count(number), ())
        for stranger, number in booked.items()
        if stranger not in known
    ]
    return tuple(shown)


def _column(provider: Provider, day: date, booked: int) -> Column:
    parts = [part for part in (provider.specialty, _count(booked)) if part]
    closed = _closed(provider, day)
    return Column(provider.id, day, provider.name, " · ".join(parts), closed)


def monday(day: date) -> date:
    """The first day of the week that holds `day`."""
    return day - timedelta(days=day.weekday())


def week(
    provider: Provider, visits: Iterable[Seen], first: date, *, today: date, when: OfficeTime
) -> tuple[Column, ...]:
    """A column for each day of a provider's week; days off at its end only when booked."""
    booked: dict[date, int] = {}
    for seen in visits:
        if seen.provider_id == provider.id:
            day = when.day(seen.start)
            booked[day] = booked.get(day, 0) + (seen.status is not Status.CANCELLED)
    days = [first + timedelta(days=number) for number in range(_WEEK)]
    works = {hours.weekday for hours in provider.hours}
    return tuple(
        Column(
            provider.id,
            day,
            short_day(day),
            _count(booked.get(day, 0)),
            _closed(provider, day),
            day == today,
        )
        for day in days
        if day.weekday() < _SATURDAY or day.weekday() in works or day in booked
    )


def _count(number: int) -> str:
    return wording.count(number, "visit", "visits")


def _closed(provider: Provider, day: date) -> tuple[tuple[int, int], ...]:
    open_ = sorted(
        (hours.opens, hours.closes) for hours in provider.hours if hours.weekday == day.weekday()
    )
    gaps: list[tuple[int, int]] = []
    at = 0
    for opens, closes in open_:
        if opens > at:
            gaps.append((at, opens))
        at = max(at, closes)
    if at < DAY:
        gaps.append((at, DAY))
    return tuple(gaps)


def blocks(
    visits: Iterable[Seen],
    shown: Sequence[Column],
    *,
    when: OfficeTime,
    now: Moment,
    cancelled: bool,
) -> tuple[Block, ...]:
    """The visits in their columns, by start; cancelled ones only when asked for.

    A visit over midnight stands in the first of its days that is shown.
    """
    several = len({column.day for column in shown}) > 1
    of_provider: dict[str, list[_Place]] = {}
    for number, column in enumerate(shown):
        where = long_day(column.day) if several else column.name
        place = _Place(number, where, column.day, *when.span(column.day))
        of_provider.setdefault(column.provider_id, []).append(place)
    times: dict[tuple[Moment, Moment, date], _Times] = {}
    found: list[Block] = []
    for seen in visits:
        if seen.status is Status.CANCELLED and not cancelled:
            continue
        for place in of_provider.get(seen.provider_id, ()):
            if seen.start < place.ends and seen.end > place.begins:
                key = (seen.start, seen.end, place.day)
                at = times.get(key)
                if at is None:  # the visits of a day share few starts and ends
                    at = times[key] = _times(when, *key)
                found.append(_block(seen, place, at, now))
                break
    return tuple(found)


class _Place(Value, frozen=True):
    """A column that is shown, and when its day begins and ends."""

    number: int
    where: str
    """Its provider, or in a week its day."""
    day: date
    begins: Moment
    ends: Moment


class _Times(Value, frozen=True):
    """When a visit is, on the paper and in words."""

    start: int
    end: int
    clock: str
    stretch: str


def _times(when: OfficeTime, start: Moment, end: Moment, day: date) -> _Times:
    first = max(0, when.minute(start, day))
    last = max(min(DAY, when.minute(end, day)), first + _SHORTEST)
    return _Times(first, last, when.clock(start), when.stretch(start, end))


def _block(seen: Seen, place: _Place, at: _Times, now: Moment) -> Block:
    mark = mark_of(seen, now)
    pending = pending_of(seen)
    name = seen.entry.name or wording.NAME_MISSING
    spoken = (name, at.stretch, place.where, mark.word, pending)
    return Block(
        visit_id=seen.entry.id,
        column=place.number,
        start=at.start,
        end=at.end,
        name=name,
        line=f"{at.clock} · {mark.word}",
        mark=mark,
        pending=pending,
        struck=seen.status is Status.CANCELLED,
        spoken=", ".join(filter(None, spoken)),
        movable=seen.status is Status.CONFIRMED,
    )


def extent(shown: Sequence[Column], placed: Sequence[Block]) -> tuple[int, int]:
    """First and last minute worth showing, on whole hours, with half an hour of air or more."""
    starts = [block.start for block in placed]
    ends = [block.end for block in placed]
    for column in shown:
        at = 0
        for first, last in (*column.closed, (DAY, DAY)):
            if first > at:
                starts.append(at)
                ends.append(first)
            at = last
    first = min(starts, default=_EARLIEST) - 30
    last = max(ends, default=_LATEST) + 30
    return max(0, first // 60 * 60), min(DAY, -(-last // 60) * 60)
