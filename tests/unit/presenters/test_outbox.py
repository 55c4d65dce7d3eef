"""The outbox, gesture by gesture."""

import pytest

from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.errors import StoreBusy
from carekraft_desktop.presenters.outbox import OutboxPresenter, OutboxState
from carekraft_desktop.presenters.pieces import Toast
from carekraft_desktop.presenters.times import OfficeTime
from carekraft_desktop.value import replace
from tests.fakes.office import ROSA, WHEN, FakeOffice, at, desk, lakeside


class Screen:
    """A presenter and all it showed."""

    def __init__(self, office: FakeOffice | None = None, staff: Staff = ROSA) -> None:
        self.office = office or lakeside()
        self.shown: list[OutboxState] = []
        self.toasts: list[Toast] = []
        self.acted: list[int] = []
        self.opened: list[str] = []
        self.presenter = OutboxPresenter(
            desk(staff=staff),
            self.shown.append,
            visits=self.office,
            outbox=self.office,
            told=self.toasts.append,
            acted=lambda: self.acted.append(1),
            open_visit=self.opened.append,
            when=WHEN,
        )
        self.presenter.refresh()

    @property
    def state(self) -> OutboxState:
        return self.shown[-1]


@pytest.fixture
def screen() -> Screen:
    return Screen()


def test_open_acts_come_first_then_those_to_read(screen: Screen) -> None:
    assert [row.cells[1].text for row in screen.state.rows] == [
        "Arrived",
        "Cancellation",
        "Move",
        "Move",
        "No-show",
    ]
    assert screen.state.note == "3 waiting, 2 to read"
    assert screen.state.can_undo
    assert not screen.state.can_read


@pytest.mark.parametrize("delivery", Delivery)
def test_every_delivery_shows_as_a_word(delivery: Delivery) -> None:
    office = lakeside()
    office.settle("lost", delivery)
    screen = Screen(office)
    keys = [row.key for row in screen.state.rows]
    if "lost" in keys:
        mark = screen.state.rows[keys.index("lost")].cells[4].mark
        assert mark is not None
        assert mark.word


def test_taking_back_what_has_not_left(screen: Screen) -> None:
    screen.presenter.undo()
    assert len(screen.state.rows) == 4
    assert screen.toasts[-1].words == "Taken back. Nothing was sent."
    assert screen.acted == [1]


def test_what_was_sent_cannot_be_taken_back(screen: Screen) -> None:
    screen.presenter.choose(screen.state.rows[2].key)
    assert not screen.state.can_undo
    screen.presenter.undo()
    assert screen.toasts == []


def test_too_late_is_said_when_it_left_meanwhile(screen: Screen) -> None:
    screen.office.settle(screen.state.rows[0].key, Delivery.UNKNOWN)
    screen.presenter.undo()
    assert screen.toasts[-1].words == "Too late to undo"


def test_a_conflict_is_told_in_a_sentence_and_ticked_off(screen: Screen) -> None:
    screen.presenter.choose("lost")
    words = "The patient cancelled this visit at 09:31; your Move was not applied."
    assert screen.state.sentence == words
    screen.presenter.read()
    assert "lost" not in [row.key for row in screen.state.rows]


def test_marking_as_read_can_fail_in_words(screen: Screen) -> None:
    screen.presenter.choose("lost")
    screen.office.fails = StoreBusy()
    screen.presenter.read()
    assert screen.state.problem is not None
    assert "lost" in [row.key for row in screen.state.rows]


def test_only_what_ended_can_be_ticked_off(screen: Screen) -> None:
    screen.presenter.read()
    assert screen.acted == []


def test_the_visit_opens(screen: Screen) -> None:
    screen.presenter.choose("lost")
    screen.presenter.open()
    assert screen.opened == ["d3"]


def test_nothing_waiting_says_so_with_one_action() -> None:
    screen = Screen(FakeOffice())
    assert screen.state.empty is not None
    assert screen.state.empty.action
    screen.presenter.open()
    assert screen.opened == []


def test_a_store_that_cannot_be_read_keeps_the_old_rows(screen: Screen) -> None:
    screen.office.fails = StoreBusy()
    screen.presenter.refresh()
    assert screen.state.problem is not None
    assert screen.state.rows


def test_tries_are_counted_in_the_sentence() -> None:
    office = lakeside()
    office.settle(office.intentions[2].key, Delivery.DEFERRED, tries=4)
    screen = Screen(office)
    screen.presenter.choose(office.intentions[2].key)
    assert "tried 4 times" in screen.state.sentence


def test_a_role_without_sight_of_patients_sees_no_names() -> None:
    screen = Screen(staff=Staff("3", "it", "Kim", frozenset({Role.IT_ADMINISTRATOR})))
    assert screen.state.rows == ()
    assert screen.state.empty is not None


def test_another_spelling_of_times(screen: Screen) -> None:
    screen.presenter.respell(OfficeTime.of("America/Chicago", twelve=True))
    assert screen.state.rows[0].cells[0].text == "9:40 AM"


def test_a_change_is_told_with_its_hour_or_its_day(screen: Screen) -> None:
    visit = screen.office.visits["d3"]
    screen.office.visits["d3"] = replace(visit, changed_at=at("09:33"))
    screen.presenter.refresh()
    screen.presenter.choose("lost")
    said = [screen.state.sentence]
    screen.office.visits["d3"] = replace(visit, changed_at=at("16:05", -1))
    screen.presenter.refresh()
    said.append(screen.state.sentence)
    assert said == [
        "The patient cancelled this visit at 09:33; your Move was not applied.",
        "The patient cancelled this visit on Mon, Nov 23, 16:05; your Move was not applied.",
    ]


def test_each_act_says_what_to_do_about_it(screen: Screen) -> None:
    said = {}
    for row in screen.state.rows:
        screen.presenter.choose(row.key)
        said[row.key] = screen.state.advice
    assert said["lost"] == "There is nothing more to do; mark it as read."
    assert said["late"].startswith("Open the visit and look")
    assert all(said.values())
