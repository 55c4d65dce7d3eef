"""Taking a booking so that colleagues see it."""

import pytest

from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.domain.marks import Mark, MarkKind, Marks
from carekraft_desktop.value import replace
from tests.fakes.office import at
from tests.unit.presenters.test_today import Screen

SAMS = Mark(
    "claim.r2", 1, MarkKind.CLAIM, "r2", "staff-2", "Sam Lee", "ws-9", "Front desk 2",
    at("09:40"), at("09:55"),
)  # fmt: skip


@pytest.fixture
def screen() -> Screen:
    made = Screen()
    made.office.marked["r2"] = Marks(claim=SAMS)
    made.presenter.refresh()
    return made


def status(screen: Screen, key: str) -> str:
    row = next(row for row in screen.state.inbox if row.key == key)
    mark = row.cells[4].mark
    return mark.word if mark is not None else ""


def test_a_colleague_on_a_request_is_named_in_the_list_and_in_the_pane(screen: Screen) -> None:
    assert status(screen, "r2") == "Sam Lee, Front desk 2"
    screen.presenter.visit.choose_request("r2")
    assert screen.state.detail is not None
    assert screen.state.detail.claim == "Sam Lee at Front desk 2 is on this since 09:40."


def test_what_a_colleague_has_is_told_and_not_taken(screen: Screen) -> None:
    screen.presenter.visit.choose_request("r2")
    screen.presenter.claims.toggle()
    assert screen.toasts[-1].words == "Sam Lee at Front desk 2 is on this since 09:40."
    assert screen.acted == 0


def test_a_claim_ends_on_the_screen_when_its_time_is_over(screen: Screen) -> None:
    screen.wait(10)
    screen.presenter.tick()
    assert status(screen, "r2") == "To be answered"


def test_one_key_takes_and_lets_go(screen: Screen) -> None:
    screen.presenter.visit.choose_request("r1")
    screen.presenter.claims.toggle()
    assert status(screen, "r1") == "You are on this"
    assert screen.state.detail is not None
    assert screen.state.detail.claim == "You are on this until 10:01. Colleagues see it."
    screen.presenter.claims.toggle()
    assert screen.state.detail.claim == ""
    assert status(screen, "r1") == "To be answered"
    assert screen.acted == 2


def test_without_an_open_visit_nothing_is_taken(screen: Screen) -> None:
    screen.presenter.claims.toggle()
    assert screen.acted == 0


def test_a_claim_that_lost_says_who_was_first(screen: Screen) -> None:
    made = screen.office.claim(screen.desk, "r2")
    screen.office.intentions[-1] = replace(
        made, delivery=Delivery.CONFLICT, problem="already-marked"
    )
    screen.office.marked["r2"] = Marks(claim=SAMS)
    screen.presenter.visit.choose_request("r2")
    assert screen.state.detail is not None
    assert [note.words for note in screen.state.detail.notes] == [
        "Sam Lee at Front desk 2 was first; your Claim was not kept."
    ]
    screen.presenter.visit.read_note(made.key)
    assert screen.state.detail.notes == ()
    assert made.act is Act.CLAIM
