"""What stands out in a week of the journal: the rules of the weekly review (REQ-22).

The numbers are the office's own defaults, not the law's.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import date, datetime, timedelta, tzinfo
from enum import StrEnum

from carekraft_desktop.domain import Moment
from carekraft_desktop.value import Value

DAY = 24 * 3600
WEEK = 7 * DAY
OPENS, CLOSES = 7, 19
"""Hours between which work is expected, Monday to Friday."""
MANY = 50
"""Records opened by one person within an hour from which on it stands out."""
OVERDUE_AFTER = 7 * DAY
"""Seconds after the end of a week within which it is to be signed."""
LOOKED_AT = frozenset({"visit.open", "patient.open", "patient.reveal", "visit.copy"})
"""Actions by which one record of a patient was looked at."""
TAKEN_ALONG = ("print.", "packet.", "journal.export", "visit.copy", "export.", "backup.")
BROKE_GLASS = ("glass.", "break-glass.", "emergency.")
FAILED = ("access.failed", "access.refused", "access.throttled")
KEPT_APART = frozenset({"reply.release", "reply.take-down"})


class Kind(StrEnum):
    """What the review looks for, in the order in which it is read."""

    BREAK_GLASS = "break-glass"
    SURNAME = "surname"
    MANY = "many"
    AFTER_HOURS = "after-hours"
    DENIED = "denied"
    FAILED = "failed"
    TAKEN = "taken"
    REPLIES = "replies"


class Event(Value, frozen=True):
    """One line of the journal, as far as the review looks at it."""

    n: int
    at: Moment
    staff: str
    action: str
    object: str
    detail: str
    outcome: str


class Finding(Value, frozen=True):
    """One thing that stands out."""

    kind: Kind
    staff: str
    """Who; empty for the program itself."""
    at: Moment
    """When it began."""
    count: int
    n: int
    """Number of the first journal entry behind it."""
    about: str = ""
    """Id of the one record it is about, where it is one."""
    action: str = ""


def findings(
    events: Iterable[Event], zone: tzinfo, surnames: dict[str, frozenset[str]]
) -> list[Finding]:
    """What stands out, by kind and time.

    Args:
        events: of one week, in their order.
        zone: the office's own.
        surnames: by staff id, the records of people who bear the person's family name.
    """
    found: list[Finding] = []
    hours: dict[tuple[str, int], dict[str, Event]] = {}
    grouped: dict[tuple[Kind, str, str, str], list[Event]] = {}
    for event in events:
        if event.action in LOOKED_AT and event.outcome == "done":
            hours.setdefault((event.staff, event.at // 3600), {}).setdefault(event.object, event)
        kind = _kind(event, zone)
        if event.action in LOOKED_AT and event.object in surnames.get(event.staff, ()):
            found.append(_finding(Kind.SURNAME, [event], about=event.object))
        if kind is not None:
            day = str(datetime.fromtimestamp(event.at, zone).date())
            action = "" if kind is Kind.AFTER_HOURS else event.action
            grouped.setdefault((kind, event.staff, day, action), []).append(event)
    found += [_finding(kind, group) for (kind, *_), group in grouped.items()]
    for opened in hours.values():
        if len(opened) > MANY:
            found.append(_finding(Kind.MANY, list(opened.values())))
    order = list(Kind)
    return sorted(found, key=lambda each: (order.index(each.kind), each.at, each.n))


def counts(found: Iterable[Finding]) -> dict[Kind, int]:
    """How many of each kind, all kinds named."""
    counted = Counter(each.kind for each in found)
    return {kind: counted[kind] for kind in Kind}


def week_of(moment: Moment, zone: tzinfo) -> Moment:
    """The Monday, at midnight of the office's clock, of the week in which it is."""
    day = datetime.fromtimestamp(moment, zone).date()
    return midnight(day - timedelta(days=day.weekday()), zone)


def next_week(week: Moment, zone: tzinfo) -> Moment:
    """The Monday after; a week in which the clock changes is an hour shorter or longer."""
    day = datetime.fromtimestamp(week, zone).date()
    return midnight(day + timedelta(days=7), zone)


def midnight(day: date, zone: tzinfo) -> Moment:
    """The beginning of a day."""
    return int(datetime(day.year, day.month, day.day, tzinfo=zone).timestamp())


def _kind(event: Event, zone: tzinfo) -> Kind | None:
    """The first that fits: each event counts once."""
    fits = {
        Kind.BREAK_GLASS: event.action.startswith(BROKE_GLASS),
        Kind.DENIED: event.outcome == "denied",
        Kind.FAILED: event.action.startswith(FAILED),
        Kind.TAKEN: event.action.startswith(TAKEN_ALONG),
        Kind.REPLIES: event.action in KEPT_APART,
        Kind.AFTER_HOURS: event.action in LOOKED_AT and _after_hours(event.at, zone),
    }
    return next((kind for kind, so in fits.items() if so), None)


def _after_hours(moment: Moment, zone: tzinfo) -> bool:
    at = datetime.fromtimestamp(moment, zone)
    return at.weekday() > 4 or not OPENS <= at.hour < CLOSES


def _finding(kind: Kind, events: list[Event], *, about: str = "") -> Finding:
    first = events[0]
    count = len(events)
    if kind is Kind.FAILED:
        count = sum(int(each.detail) if each.detail.isdecimal() else 1 for each in events)
    return Finding(kind, first.staff, first.at, count, first.n, about, first.action)
