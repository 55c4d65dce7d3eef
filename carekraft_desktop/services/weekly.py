"""The weekly review: what stands out in a week, read and signed by whoever answers for privacy."""

from datetime import UTC, tzinfo
from zoneinfo import ZoneInfo

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.domain.weekly import (
    OVERDUE_AFTER,
    Finding,
    findings,
    next_week,
    week_of,
)
from carekraft_desktop.errors import NoLongerThere
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import office as offices
from carekraft_desktop.store import weekly as rows
from carekraft_desktop.store.unit import Reading
from carekraft_desktop.store.weekly import Signature
from carekraft_desktop.value import Value

MOST_WEEKS = 26
"""Weeks that are offered."""


class Week(Value, frozen=True):
    """One week that is over."""

    start: Moment
    end: Moment
    signature: Signature | None
    overdue: bool


class Report(Value, frozen=True):
    """What stands out in one week."""

    week: Week
    findings: tuple[Finding, ...]
    names: dict[str, str]
    """Names of the patients that findings are about, as far as they are still here."""
    entries: int


def weeks(desk: Desk) -> tuple[Week, ...]:
    """The weeks that are over, the newest first; none in the first week."""
    desk.require(Right.SEE_JOURNAL, "weekly.list")
    with desk.store.read() as unit:
        return _weeks(unit, desk.now())


def overdue(desk: Desk) -> int:
    """How many weeks should have been signed by now; 0 for whoever does not sign."""
    if not desk.staff.may(Right.SEE_JOURNAL):
        return 0
    with desk.store.read() as unit:
        return sum(week.overdue for week in _weeks(unit, desk.now()))


def report(desk: Desk, start: Moment) -> Report:
    """Read one week; that it was read is journalled.

    Raises:
        NoLongerThere: it is no week that is over.
    """
    desk.require(Right.SEE_JOURNAL, "weekly.read")
    with desk.store.write() as unit:
        found = _report(unit, desk, start)
        desk.note(unit, "weekly.read", detail=str(start))
        return found


def sign(desk: Desk, start: Moment) -> Signature:
    """Sign a week that was read; once.

    Raises:
        NoLongerThere: it is no week that is over, or it has been signed.
    """
    desk.require(Right.SEE_JOURNAL, "weekly.sign")
    with desk.store.write() as unit:
        found = _report(unit, desk, start)
        if found.week.signature is not None:
            raise NoLongerThere
        last = unit.value("SELECT coalesce(max(n), 0) FROM journal WHERE at < ?", found.week.end)
        made = Signature(start, desk.staff.id, desk.now(), len(found.findings), int(last))
        rows.sign(unit, made)
        desk.note(unit, "weekly.sign", detail=f"{start}:{made.findings}")
        return made


def last_signed(unit: Reading) -> Signature | None:
    """The newest signature, None where there is none."""
    return max(rows.signatures(unit).values(), key=lambda each: each.signed_at, default=None)


def _report(unit: Reading, desk: Desk, start: Moment) -> Report:
    week = next((each for each in _weeks(unit, desk.now()) if each.start == start), None)
    if week is None:
        raise NoLongerThere
    events = rows.events(unit, week.start, week.end)
    surnames = {
        staff.id: rows.relatives(unit, staff.display.split()[-1], week.start, week.end)
        for staff in {each.id: each for each in (*desk.team, desk.staff)}.values()
        if staff.display.split()
    }
    found = tuple(findings(events, _zone(unit), surnames))
    about = {each.about for each in found if each.about}
    return Report(week, found, rows.names(unit, about), len(events))


def _weeks(unit: Reading, now: Moment) -> tuple[Week, ...]:
    first = rows.first_entry(unit)
    if first is None:
        return ()
    zone, signed = _zone(unit), rows.signatures(unit)
    found: list[Week] = []
    start = week_of(first, zone)
    while (end := next_week(start, zone)) <= now:
        signature = signed.get(start)
        late = signature is None and now >= end + OVERDUE_AFTER
        found.append(Week(start, end, signature, late))
        start = end
    return tuple(reversed(found[-MOST_WEEKS:]))


def _zone(unit: Reading) -> tzinfo:
    office = offices.office(unit)
    return ZoneInfo(office.zone) if office is not None else UTC
