"""The inbox: many at once, from the row, and what has changed."""

import pytest

from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.errors import DiskFull
from carekraft_desktop.presenters.inbox import ChangeLine
from carekraft_desktop.value import replace
from tests.fakes.office import FakeOffice, lakeside, with_news
from tests.unit.presenters.test_today import Screen


@pytest.fixture
def screen() -> Screen:
    return Screen(with_news(lakeside()))


def keys(screen: Screen) -> list[str]:
    return [row.key for row in screen.state.inbox]


def test_changes_stand_among_the_requests_by_their_age(screen: Screen) -> None:
    assert keys(screen) == ["r1", "r2", "r3", "r4", "d4", "r5", "r6"]
    assert screen.state.inbox_note == "6 to answer, oldest 1 h · 1 changed"
    mark = screen.state.inbox[4].cells[4].mark
    assert mark is not None
    assert mark.word == "Changed: time, telephone and 1 more"
    assert screen.presenter.count_requests() == 7


def test_what_has_changed_is_told_field_by_field(screen: Screen) -> None:
    screen.presenter.visit.choose_request("d4")
    assert screen.state.detail is not None
    assert screen.state.detail.changes == (
        ChangeLine("Time", "Tue, Nov 24, 13:00, now Tue, Nov 24, 11:00"),
        ChangeLine("Telephone", "New value, see below"),
        ChangeLine("Insurance", "shared, now withdrawn"),
    )


def test_reading_the_changes_takes_them_off_the_inbox(screen: Screen) -> None:
    screen.presenter.visit.choose_request("d4")
    screen.presenter.inbox.acknowledge()
    assert ("acknowledge", "d4") in screen.office.calls
    assert screen.state.detail is not None
    assert screen.state.detail.changes == ()
    assert "d4" not in keys(screen)
    screen.presenter.inbox.acknowledge()
    assert screen.acted == 1


def test_changes_that_cannot_be_noted_stay(screen: Screen) -> None:
    screen.office.fails = DiskFull()
    screen.presenter.inbox.act_on("d4")
    assert screen.state.problem is not None
    assert "d4" in keys(screen)


def test_several_requests_are_accepted_with_one_key_and_one_undo(screen: Screen) -> None:
    for key in ("r1", "r3", "r5"):
        screen.presenter.inbox.mark(key)
    assert [row.marked for row in screen.state.inbox] == [
        True,
        False,
        True,
        False,
        False,
        True,
        False,
    ]
    assert screen.state.inbox_note.endswith("3 marked, A accepts them together")
    screen.presenter.inbox.accept()
    assert screen.toasts[-1].words == "3 bookings accepted"
    assert not {"r1", "r3", "r5"} & set(keys(screen))
    screen.presenter.answers.undo(screen.toasts[-1].undo)
    assert {"r1", "r3", "r5"} <= set(keys(screen))
    assert not any(row.marked for row in screen.state.inbox)


def test_marking_all_leaves_out_what_can_no_longer_be_accepted(screen: Screen) -> None:
    screen.presenter.inbox.mark_all()
    assert screen.state.marked == {"r1", "r2", "r3", "r4", "r5", "r6"}
    screen.presenter.inbox.mark_all()
    assert screen.state.marked == frozenset()
    screen.wait(30)
    screen.presenter.tick()
    screen.presenter.inbox.mark_all()
    assert "r1" not in screen.state.marked


def test_what_changed_meanwhile_is_counted(screen: Screen) -> None:
    screen.presenter.inbox.mark_all()
    visit = screen.office.visits["r2"]
    screen.office.visits["r2"] = replace(visit, status=Status.CANCELLED)
    screen.presenter.inbox.accept()
    assert screen.toasts[-1].words == "5 bookings accepted, 1 had changed"


def test_a_mark_is_taken_away_again_and_back_takes_all(screen: Screen) -> None:
    screen.presenter.inbox.mark("r1")
    screen.presenter.inbox.mark("r1")
    assert screen.state.marked == frozenset()
    screen.presenter.inbox.mark("r2")
    screen.presenter.inbox.mark("d4")
    assert screen.state.marked == {"r2"}
    screen.presenter.visit.close()
    assert screen.state.marked == frozenset()


def test_without_marks_the_key_accepts_the_open_request(screen: Screen) -> None:
    screen.presenter.visit.choose_request("r1")
    screen.presenter.inbox.accept()
    assert ("accept", "r1", "") in screen.office.calls
    assert screen.state.selected == "r2"


def test_a_row_is_accepted_without_being_opened(screen: Screen) -> None:
    screen.presenter.inbox.act_on("r3")
    assert screen.toasts[-1].words == "Booking accepted"
    assert "r3" not in keys(screen)
    assert not any(call[0] == "card" for call in screen.office.calls)


def test_a_role_that_may_not_answer_has_no_buttons_on_rows() -> None:
    officer = Staff("4", "po", "Pat", frozenset({Role.PRIVACY_OFFICER}))
    screen = Screen(with_news(lakeside()), staff=officer)
    assert {row.cells[-1].action for row in screen.state.inbox} == {""}


def test_five_hundred_requests_after_a_weekend_are_taken_with_one_key() -> None:
    office: FakeOffice = lakeside()
    for number in range(500):
        office.book(
            f"w{number}", "osei", "10:00", 30, "Julia Sommer", Status.REQUESTED, day=3 + number % 9
        )
    screen = Screen(office)
    assert len(screen.state.inbox) == 506
    screen.presenter.inbox.mark_all()
    screen.presenter.refresh()
    screen.presenter.inbox.mark("w3")
    screen.presenter.inbox.accept()
    assert screen.toasts[-1].words == "505 bookings accepted"
    assert Act.ACCEPT in {made.act for made in office.intentions}
