"""Nights of the clock change, an office that moves, a provider who has left."""

from datetime import UTC, date, datetime, timedelta

import pytest

from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.presenters.day import Block
from carekraft_desktop.presenters.times import OfficeTime
from carekraft_desktop.value import replace
from tests.fakes.office import DAY, lakeside
from tests.unit.presenters.test_today import Screen

SPRING, AUTUMN = date(2027, 3, 14), date(2026, 11, 1)


def utc(text: str) -> int:
    return int(datetime.fromisoformat(text).replace(tzinfo=UTC).timestamp())


def booked(day: date, *starts: int) -> Screen:
    """Half-hour visits of one provider, by the moment at which they begin."""
    office = lakeside()
    office.visits.clear()
    office.intentions.clear()
    for number, start in enumerate(starts):
        visit = office.book(f"n{number}", "osei", "09:00", 30, f"Night {number}")
        office.visits[visit.id] = replace(visit, start=start, end=start + 1800)
    screen = Screen(office)
    screen.presenter.days.go_to(day)
    return screen


def block(screen: Screen, visit_id: str) -> Block:
    return next(each for each in screen.state.blocks if each.visit_id == visit_id)


def test_in_the_night_of_23_hours_times_read_as_on_the_wall() -> None:
    screen = booked(SPRING, utc("2027-03-14T07:30:00"), utc("2027-03-14T08:00:00"))
    before, after = block(screen, "n0"), block(screen, "n1")
    assert (before.line, after.line) == ("01:30 · Confirmed", "03:00 · Confirmed")
    assert (before.start, after.start) == (90, 180)
    assert screen.state.title == "Sunday, March 14"


def test_two_visits_at_the_same_hour_of_the_25_hour_night_do_not_clash() -> None:
    screen = booked(AUTUMN, utc("2026-11-01T06:30:00"), utc("2026-11-01T07:30:00"))
    first, second = block(screen, "n0"), block(screen, "n1")
    assert first.start == second.start == 90
    seen = {each.entry.id: each for each in screen.presenter._board.seen}
    assert seen["n1"].start - seen["n0"].start == 3600


def test_a_visit_pushed_into_the_hour_that_is_missing_lands_on_a_real_one() -> None:
    screen = booked(SPRING, utc("2027-03-14T07:30:00"))
    for _ in range(9):
        screen.presenter.hand.nudge("n0", 0, 1)
    ghost = screen.state.ghost
    assert ghost is not None
    start = datetime.fromtimestamp(ghost.to.start, UTC)
    assert utc("2027-03-14T07:30:00") <= ghost.to.start <= utc("2027-03-14T09:30:00")
    assert ghost.to.end - ghost.to.start == 1800
    assert start.minute % 5 == 0


def test_an_office_that_moves_to_another_zone_keeps_its_moments() -> None:
    screen = Screen()
    before = {each.visit_id: each.start for each in screen.state.blocks}
    screen.presenter.respell(OfficeTime.of("America/Denver"))
    after = {each.visit_id: each.start for each in screen.state.blocks}
    assert {before[key] - after[key] for key in after} == {60}
    screen.presenter.visit.choose("a5")
    assert screen.state.detail is not None
    assert screen.state.detail.facts[1].value == "09:30 to 10:30 · 60 min"


def test_over_midnight_of_another_zone_a_visit_changes_its_day() -> None:
    screen = booked(DAY.date(), utc("2026-11-25T05:30:00"))
    shown = [len(screen.state.blocks)]
    screen.presenter.respell(OfficeTime.of("America/New_York"))
    for _ in range(2):
        shown.append(len(screen.state.blocks))
        screen.presenter.days.go(1)
    assert shown == [1, 0, 1]


@pytest.mark.parametrize("gone", ["removed", "inactive"])
def test_a_provider_who_left_keeps_a_column_while_visits_remain(gone: str) -> None:
    office = lakeside()
    office.staffed = tuple(
        replace(each, active=False) if each.id == "okafor" else each
        for each in office.staffed
        if gone == "inactive" or each.id != "okafor"
    )
    screen = Screen(office)
    names = [column.name for column in screen.state.columns]
    assert names[-1] == ("Dr. Samuel Okafor" if gone == "inactive" else "Other provider")
    assert any(each.visit_id == "d1" for each in screen.state.blocks)
    screen.presenter.visit.choose("d2")
    screen.presenter.answers.act(Act.MOVE)
    assert screen.state.choice is not None
    assert "Dr. Samuel Okafor" not in screen.state.choice.providers
    screen.presenter.other_time.choose_provider(0)
    screen.presenter.answers.pick(0)
    assert ("move", "d2", "free-osei-1-08:30") in office.calls


def test_a_request_to_a_provider_who_left_can_still_be_declined() -> None:
    office = lakeside()
    office.staffed = tuple(each for each in office.staffed if each.id != "okafor")
    screen = Screen(office)
    row = next(row for row in screen.state.inbox if row.key == "r5")
    assert row.cells[3].text == "Other provider"
    screen.presenter.visit.choose_request("r5")
    screen.presenter.answers.act(Act.DECLINE)
    screen.presenter.answers.pick(2)
    assert ("decline", "r5", "other-provider") in office.calls


def test_a_mark_can_be_taken_back_on_its_day_only() -> None:
    office = lakeside()
    yesterday = int((DAY - timedelta(hours=9)).timestamp())
    office.visits["c2"] = replace(office.visits["c2"], changed_at=yesterday)
    office.visits["a3"] = replace(office.visits["a3"], changed_at=yesterday + 17 * 3600)
    screen = Screen(office)
    live = {}
    for visit_id in ("c2", "a3"):
        screen.presenter.visit.choose(visit_id)
        assert screen.state.detail is not None
        found = screen.state.detail.action(Act.ACCEPT)
        live[visit_id] = found is not None and found.live
    assert live == {"c2": False, "a3": True}
    assert office.visits["c2"].status is Status.NO_SHOW
