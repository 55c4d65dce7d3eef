"""The journal's page, gesture by gesture."""

from pathlib import Path

import pytest

from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.domain.trail import Flaw, Report
from carekraft_desktop.presenters import wording_journal as wording
from carekraft_desktop.presenters.journal import PAGE, JournalPresenter, JournalState
from carekraft_desktop.presenters.tasks import InlineRunner
from carekraft_desktop.value import replace
from tests.fakes.journal import NAMES, FakeJournal, entry
from tests.fakes.office import WHEN, at, desk

OFFICER = Staff("staff-1", "r.alvarez", "Rosa Alvarez", frozenset({Role.PRIVACY_OFFICER}))


class Screen:
    """A page over a journal in memory."""

    def __init__(self, journal: FakeJournal | None = None, staff: Staff = OFFICER) -> None:
        self.journal = journal or FakeJournal()
        self.states: list[JournalState] = []
        self.presenter = JournalPresenter(
            replace(desk("12:00"), staff=staff),
            self.states.append,
            journal=self.journal,
            runner=InlineRunner(),
            names=NAMES,
            when=WHEN,
        )
        self.presenter.refresh()

    @property
    def state(self) -> JournalState:
        return self.presenter.state

    def column(self, number: int) -> list[str]:
        return [row.cells[number].spoken for row in self.state.rows]


def test_the_newest_come_first_in_words_and_names() -> None:
    screen = Screen()
    assert screen.column(2)[:2] == ["Print: day sheet", "Reply: begin"]
    assert screen.column(1)[-1] == "Rosa Alvarez"
    assert wording.THE_PROGRAM in screen.column(1)
    assert screen.column(5)[3] == "Not allowed"
    assert screen.state.people == (
        ("", "Everybody"),
        ("staff-2", "Kofi Boateng"),
        ("staff-1", "Rosa Alvarez"),
    )


def test_what_is_wanted_can_be_narrowed_and_widened_again() -> None:
    screen = Screen()
    screen.presenter.sift(staff="staff-2")
    assert set(screen.column(1)) == {"Kofi Boateng"}
    screen.presenter.sift(refused=True)
    assert screen.column(2) == ["Patient: shown in full"]
    screen.presenter.sift(staff="", refused=False, subject="visit")
    assert set(screen.column(2)) == {
        "Visit: opened",
        "Visit: accept",
        "Visit: confirmed by the exchange",
    }
    screen.presenter.sift(subject="", about=" r-1 ")
    assert screen.column(3) == ["r-14"]


def test_a_period_reaches_back_from_now_and_all_of_it_from_the_beginning() -> None:
    screen = Screen()
    for period, days in ((0, 1), (1, 7), (2, 30)):
        screen.presenter.sift(period=period)
        assert screen.journal.asked[-1].since == at("12:00") - days * 86_400
    screen.presenter.sift(period=3)
    assert screen.journal.asked[-1].since == 0


def test_when_nothing_fits_it_says_what_to_do() -> None:
    screen = Screen()
    screen.presenter.sift(about="nobody")
    assert screen.state.rows == ()
    assert screen.state.empty is not None
    assert screen.state.empty.title == wording.NOTHING.title


def test_older_entries_are_added_below() -> None:
    many = tuple(entry("08:00", "staff-1", "visit.open", f"b{n}") for n in range(PAGE + 20))
    screen = Screen(FakeJournal(many))
    assert (len(screen.state.rows), screen.state.more) == (PAGE, True)
    screen.presenter.more()
    assert (len(screen.state.rows), screen.state.more) == (PAGE + 20, False)
    keys = [row.key for row in screen.state.rows]
    assert len(set(keys)) == len(keys)
    screen.presenter.more()
    assert len(screen.state.rows) == PAGE + 20


def test_looking_is_written_down_once_for_each_visit_to_the_page() -> None:
    screen = Screen()
    screen.presenter.sift(staff="staff-2")
    screen.presenter.refresh()
    assert screen.journal.looks == 1


def test_whoever_has_no_right_is_told_whom_to_ask_and_nothing_is_read() -> None:
    screen = Screen(staff=replace(OFFICER, roles=frozenset({Role.FRONT_DESK})))
    assert screen.state.empty is not None
    assert screen.state.empty.title == wording.NO_RIGHT.title
    screen.presenter.prove()
    assert (screen.journal.looks, screen.journal.asked, screen.state.busy) == (0, [], "")


@pytest.mark.parametrize(("wrong", "bad"), [(None, False), (4, True)])
def test_a_proof_says_whether_all_is_as_it_was_or_which_entry_is_not(
    wrong: int | None, *, bad: bool
) -> None:
    screen = Screen(FakeJournal(first_wrong=wrong))
    screen.presenter.prove()
    assert any(state.busy == wording.PROVING for state in screen.states)
    assert (screen.state.busy, screen.state.bad) == ("", bad)
    assert ("Entry 4" in screen.state.said) is bad


def test_a_copy_says_how_much_it_holds_and_whose_key_signed_it(tmp_path: Path) -> None:
    screen = Screen()
    screen.presenter.export(tmp_path / "copy.jsonl")
    assert screen.journal.written == [tmp_path / "copy.jsonl"]
    assert screen.state.said.startswith("9 entries written and signed")
    assert not screen.state.bad


def test_a_copy_that_is_not_right_is_not_called_one(tmp_path: Path) -> None:
    screen = Screen(FakeJournal(report=Report(3, Flaw.LINK, 4)))
    screen.presenter.export(tmp_path / "copy.jsonl")
    assert (screen.state.said, screen.state.bad) == (wording.EXPORTED_WRONG, True)


def test_what_a_worker_finds_after_the_lock_is_shown_to_nobody() -> None:
    screen = Screen()
    screen.presenter.leave()
    shown = len(screen.states)
    screen.presenter._end("late")
    assert len(screen.states) == shown
