"""The office's day as columns and blocks: which visit stands where, and what is said of it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.pending import Seen
from carekraft_desktop.domain.visits import Provider, Status
from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters.pieces import TONE_OF, Mark, Tone
from carekraft_desktop.presenters.times import OfficeTime

DAY = 1440
_LATE_AFTER = 5 * 60
"""Seconds after the start from which a confirmed visit counts as late."""
_EARLIEST, _LATEST = 8 * 60, 18 * 60
"""What is shown when nobody works and nothing is booked."""
_SHORTEST = 10
"""Minutes; a visit is never drawn shorter."""


@dataclass(frozen=True, slots=True)
class Column:
    """One provider's day."""

    provider_id: str
    name: str
    subtitle: str
    """Specialty and number of visits."""
    closed: tuple[tuple[int, int], ...]
    """Stretches, in minutes after midnight, in which the provider does not work."""


@dataclass(frozen=True, slots=True)
class Block:
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
        Column(stranger, "Other provider", _count(number), ())
        for stranger, number in booked.items()
        if stranger not in known
    ]
    return tuple(shown)


def _column(provider: Provider, day: date, booked: int) -> Column:
    parts = [part for part in (provider.specialty, _count(booked)) if part]
    return Column(provider.id, provider.name, " · ".join(parts), _closed(provider, day))


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
    day: date,
    now: Moment,
    cancelled: bool,
) -> tuple[Block, ...]:
    """The visits of the day in their columns, by start; cancelled ones only when asked for."""
    place = {column.provider_id: number for number, column in enumerate(shown)}
    return tuple(
        _block(seen, place[seen.provider_id], shown[place[seen.provider_id]].name, when, day, now)
        for seen in visits
        if cancelled or seen.status is not Status.CANCELLED
    )


def _block(
    seen: Seen, column: int, provider: str, when: OfficeTime, day: date, now: Moment
) -> Block:
    start = max(0, when.minute(seen.start, day))
    end = min(DAY, when.minute(seen.end, day))
    mark = mark_of(seen, now)
    pending = pending_of(seen)
    name = seen.entry.name or wording.NAME_MISSING
    spoken = [name, when.stretch(seen.start, seen.end), provider, mark.word, pending]
    return Block(
        visit_id=seen.entry.id,
        column=column,
        start=start,
        end=max(end, start + _SHORTEST),
        name=name,
        line=f"{when.clock(seen.start)} · {mark.word}",
        mark=mark,
        pending=pending,
        struck=seen.status is Status.CANCELLED,
        spoken=", ".join(part for part in spoken if part),
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
