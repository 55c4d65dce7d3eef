"""What stands out in a week: each rule of the weekly review, at its edges."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from carekraft_desktop.domain.weekly import (
    MANY,
    Event,
    Finding,
    Kind,
    counts,
    findings,
    next_week,
    week_of,
)

CHICAGO = ZoneInfo("America/Chicago")
MONDAY = int(datetime(2026, 11, 2, tzinfo=CHICAGO).timestamp())
HOUR = 3_600
NOON = MONDAY + 12 * HOUR


def event(n: int = 1, at: int = NOON, action: str = "visit.open", **more: str) -> Event:
    values = {"staff": "staff-1", "object": f"book-{n}", "detail": "", "outcome": "done"} | more
    return Event(n, at, action=action, **values)


def found(*events: Event, **surnames: frozenset[str]) -> list[Finding]:
    return findings(events, CHICAGO, {k.replace("_", "-"): v for k, v in surnames.items()})


def kinds(*events: Event) -> list[Kind]:
    return [each.kind for each in found(*events)]


@pytest.mark.req("REQ-22")
@pytest.mark.parametrize(
    ("hour", "stands_out"),
    [(6.99, True), (7.0, False), (18.99, False), (19.0, True), (5 * 24 + 12, True)],
)
def test_what_is_opened_outside_office_hours_stands_out(hour: float, *, stands_out: bool) -> None:
    assert (kinds(event(at=MONDAY + int(hour * HOUR))) == [Kind.AFTER_HOURS]) is stands_out


@pytest.mark.req("REQ-22")
def test_more_than_fifty_records_in_an_hour_stand_out_and_fifty_do_not() -> None:
    opened = [event(n, NOON + n) for n in range(MANY)]
    assert kinds(*opened) == []
    (one,) = found(*opened, event(MANY, NOON + 100))
    assert (one.kind, one.count, one.staff) == (Kind.MANY, MANY + 1, "staff-1")
    # The same record over and over is one record, and another person's are not counted in.
    assert kinds(*opened, event(0, NOON + 100)) == []
    assert kinds(*opened, event(MANY, NOON + 100, staff="staff-2")) == []


@pytest.mark.req("REQ-22")
def test_a_record_of_ones_own_family_name_stands_out() -> None:
    (one,) = found(event(3), event(4), staff_1=frozenset({"book-4"}))
    assert (one.kind, one.about, one.n) == (Kind.SURNAME, "book-4", 4)


@pytest.mark.req("REQ-22")
@pytest.mark.parametrize(
    ("action", "outcome", "kind"),
    [
        ("journal.open", "denied", Kind.DENIED),
        ("access.failed", "done", Kind.FAILED),
        ("glass.break", "done", Kind.BREAK_GLASS),
        ("print.day-sheet", "done", Kind.TAKEN),
        ("journal.export", "done", Kind.TAKEN),
        ("visit.copy", "done", Kind.TAKEN),
        ("reply.take-down", "done", Kind.REPLIES),
    ],
)
def test_each_event_is_found_under_what_it_is(action: str, outcome: str, kind: Kind) -> None:
    assert kinds(event(action=action, outcome=outcome)) == [kind]


def test_failed_sign_ins_that_are_written_down_together_are_counted_each() -> None:
    (one,) = found(event(action="access.failed", detail="4", outcome="refused"))
    assert (one.kind, one.count) == (Kind.FAILED, 4)


def test_many_alike_of_a_day_are_one_line_and_all_kinds_are_counted() -> None:
    made = [event(n, NOON + n, "journal.open", outcome="denied") for n in range(9)]
    (one,) = found(*made)
    assert (one.count, one.at) == (9, NOON)
    counted = counts([one])
    assert counted[Kind.DENIED] == 1
    assert set(counted) == set(Kind)
    assert kinds(event(action="sync.restart", staff=""), event(action="visit.accept")) == []


def test_weeks_begin_on_monday_of_the_offices_clock_also_where_it_changes() -> None:
    assert week_of(NOON, CHICAGO) == MONDAY
    assert week_of(MONDAY - 1, CHICAGO) == MONDAY - 7 * 24 * HOUR - HOUR  # 1 November has 25 hours
    assert next_week(week_of(MONDAY - 1, CHICAGO), CHICAGO) == MONDAY
    assert week_of(NOON, UTC) == int(datetime(2026, 11, 2, tzinfo=UTC).timestamp())
