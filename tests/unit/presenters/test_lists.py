"""The desk's lists, key by key."""

import pytest

from carekraft_desktop.domain.marks import CallOutcome, Mark, MarkKind, Marks
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.errors import DiskFull
from carekraft_desktop.presenters.lists import ListsPresenter, ListsState, Tab
from carekraft_desktop.presenters.pieces import Toast
from tests.fakes.clipboard import FakeClipboard
from tests.fakes.office import ROSA, WHEN, FakeOffice, at, desk, lakeside, with_calls, with_news
from tests.fakes.timers import FakeTimers


class Screen:
    """The page's presenter and what it showed."""

    def __init__(self, office: FakeOffice | None = None, staff: Staff = ROSA) -> None:
        self.office = office or with_calls(with_news(lakeside()))
        self.desk, self.timers, self.clipboard = desk(staff=staff), FakeTimers(), FakeClipboard()
        self.shown: list[ListsState] = []
        self.toasts: list[Toast] = []
        self.opened: list[str] = []
        self.acts: list[str] = []
        self.presenter = ListsPresenter(
            self.desk,
            self.shown.append,
            visits=self.office,
            office=self.office,
            marks=self.office,
            handover=self.office,
            calls=self.office,
            clipboard=self.clipboard,
            timers=self.timers,
            told=self.toasts.append,
            acted=lambda: self.acts.append("act"),
            open_visit=self.opened.append,
            printed=lambda: self.acts.append("print"),
            when=WHEN,
        )
        self.presenter.refresh()

    @property
    def state(self) -> ListsState:
        return self.shown[-1]

    def live(self) -> set[str]:
        return {step.name for step in self.state.steps if step.live}


@pytest.fixture
def screen() -> Screen:
    return Screen()


def test_copy_and_entered_take_one_booking_off_with_two_keys(screen: Screen) -> None:
    first, second = screen.state.rows[0].key, screen.state.rows[1].key
    screen.presenter.press("copy")
    assert screen.clipboard.held[-1] == ("Maria Keller\n", 30)
    assert screen.toasts[-1].words == (
        "Copied for Any system. The clipboard clears itself in 30 seconds."
    )
    screen.presenter.press("entered")
    assert (first, second) == ("a1", screen.state.selected)
    assert screen.toasts[-1].words == "Marked as entered"
    assert first not in [row.key for row in screen.state.rows]


def test_each_list_says_how_long_it_is(screen: Screen) -> None:
    assert [(tab, number) for tab, _, number in screen.state.tabs] == [
        (Tab.ENTER, 19),
        (Tab.CALL, 5),
        (Tab.SWEEP, 5),
    ]
    assert screen.presenter.count_to_enter() == 19


def test_a_booking_that_changed_after_it_was_entered_says_by_whom(screen: Screen) -> None:
    screen.office.marked["d4"] = Marks(
        entered=Mark("e", 1, MarkKind.ENTERED, "d4", "s", "Sam Lee", "ws-9", "", at("09:00"))
    )
    screen.presenter.choose("d4")
    assert screen.state.sentence == (
        "Entered by Sam Lee, Tue, Nov 24, 09:00. Changed since it was entered: enter it again."
    )
    screen.presenter.press("entered")
    assert ("unenter", "d4", "") in screen.office.calls
    assert ("enter", "d4", "") in screen.office.calls


def test_enter_opens_the_visit(screen: Screen) -> None:
    screen.presenter.open()
    assert screen.opened == ["a1"]


def test_a_call_is_two_keys_and_shows_the_number_large(screen: Screen) -> None:
    screen.presenter.go(Tab.CALL)
    screen.presenter.choose("a6")
    screen.presenter.press("call")
    assert screen.state.dial == "312-555-0187"
    assert screen.state.outcomes[1] == "No answer"
    screen.presenter.digit(2)
    assert ("call", "a6", CallOutcome.NO_ANSWER.value) in screen.office.calls
    assert screen.toasts[-1].words == "Call logged: No answer"
    assert (screen.state.dial, screen.state.outcomes) == ("", ())


def test_a_digit_without_a_call_does_nothing(screen: Screen) -> None:
    screen.presenter.go(Tab.CALL)
    screen.presenter.digit(1)
    assert screen.acts == []


def test_a_number_is_covered_again_by_itself_and_on_going_on(screen: Screen) -> None:
    screen.presenter.go(Tab.CALL)
    screen.presenter.choose("a5")
    screen.presenter.press("call")
    screen.timers.advance(60)
    assert screen.state.dial == ""
    screen.presenter.press("call")
    screen.presenter.choose("a6")
    assert screen.state.dial == ""
    assert screen.timers.waiting == 0


def test_without_a_number_there_is_no_call(screen: Screen) -> None:
    screen.presenter.go(Tab.CALL)
    screen.presenter.choose("d4")
    row = next(row for row in screen.state.rows if row.key == "d4")
    assert row.cells[4].text == "No telephone number is shared"
    screen.presenter.press("call")
    assert screen.state.dial == ""
    assert "call" not in screen.live()


def test_a_childs_call_goes_to_the_guardian(screen: Screen) -> None:
    screen.presenter.go(Tab.CALL)
    screen.presenter.choose("d1")
    assert screen.state.sentence == "The call goes to the guardian"


def test_the_list_of_calls_is_printed_from_its_own_tab_only(screen: Screen) -> None:
    screen.presenter.press("print")
    screen.presenter.go(Tab.CALL)
    screen.presenter.press("print")
    assert screen.acts == ["print"]


def test_the_sweep_takes_one_key_for_each_row_and_enter_ends_it(screen: Screen) -> None:
    screen.presenter.go(Tab.SWEEP)
    assert [row.cells[1].text for row in screen.state.rows] == [
        "Aisha Rahman",
        "Hanna Schulz",
        "Lucas Meyer",
        "Ben Carter",
        "Jonas Weber",
    ]
    screen.presenter.press("over")
    assert screen.live() == {"over", "finish"}
    screen.presenter.choose("a4")
    screen.presenter.press("over")
    screen.presenter.press("missed")
    assert screen.toasts[-1].words == "Marked as no-show"
    screen.presenter.open()
    assert screen.toasts[-1].words == "2 visits marked, 3 left open"
    assert screen.opened == [""]


def test_a_mark_of_the_sweep_is_taken_back(screen: Screen) -> None:
    screen.presenter.go(Tab.SWEEP)
    screen.presenter.press("over")
    lengths = [len(screen.state.rows)]
    screen.presenter.undo()
    assert [*lengths, len(screen.state.rows)] == [4, 5]
    screen.presenter.press("finish")
    assert screen.toasts[-1].words == "0 visits marked, 5 left open"


def test_a_visit_that_has_not_begun_is_not_in_the_sweep(screen: Screen) -> None:
    screen.presenter.go(Tab.SWEEP)
    assert "a5" not in [row.key for row in screen.state.rows]


def test_empty_lists_say_so() -> None:
    screen = Screen(FakeOffice())
    titles = []
    for tab in Tab:
        screen.presenter.go(tab)
        titles.append(screen.state.empty.title if screen.state.empty else "")
    assert titles == ["Everything is entered", "Nobody to call", "The day is done"]
    screen.presenter.go(Tab.CALL)
    screen.presenter.press("call")
    screen.presenter.open()
    assert screen.opened == []


def test_a_failure_is_told_and_the_list_stays(screen: Screen) -> None:
    screen.office.fails = DiskFull()
    screen.presenter.press("copy")
    assert screen.state.problem is not None
    assert screen.state.rows


def test_a_role_without_sight_of_patients_sees_why() -> None:
    admin = Staff("3", "it", "Kim", frozenset({Role.IT_ADMINISTRATOR}))
    screen = Screen(staff=admin)
    assert screen.state.rows == ()
    assert screen.state.empty is not None
    assert screen.presenter.count_to_enter() == 0


def test_a_role_that_only_reads_has_no_live_buttons() -> None:
    officer = Staff("4", "po", "Pat", frozenset({Role.PRIVACY_OFFICER}))
    screen = Screen(staff=officer)
    assert screen.live() == {"copy"}
    screen.presenter.go(Tab.SWEEP)
    assert screen.live() == {"finish"}
