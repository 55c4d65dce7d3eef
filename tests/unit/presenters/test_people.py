"""The people of the office: who is there, and letting a colleague in."""

import pytest

from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.errors import WeakPassword
from carekraft_desktop.presenters import wording_people as words
from carekraft_desktop.presenters.people import Candidate, PeoplePresenter, PeopleState
from carekraft_desktop.presenters.tasks import InlineRunner
from carekraft_desktop.value import replace
from tests.fakes.office import desk
from tests.fakes.people import FakePeople

OFFICER = Staff("staff-1", "r.alvarez", "Rosa Alvarez", frozenset({Role.PRIVACY_OFFICER}))
ADA = Candidate(
    "Ada Osei", "a.osei", frozenset({Role.REPLY_AUTHOR}), "river-lamp-42", "river-lamp-42"
)


class Screen:
    """A page over an office in memory."""

    def __init__(self, people: FakePeople | None = None, staff: Staff = OFFICER) -> None:
        self.people = people or FakePeople()
        self.states: list[PeopleState] = []
        self.presenter = PeoplePresenter(
            replace(desk("12:00"), staff=staff),
            self.states.append,
            people=self.people,
            runner=InlineRunner(),
        )
        self.presenter.refresh()

    @property
    def state(self) -> PeopleState:
        return self.presenter.state


def test_everybody_is_listed_with_roles_in_words_and_how_they_stand() -> None:
    rows = Screen().state.rows
    assert [row.cells[0].text for row in rows] == ["Rosa Alvarez", "Kofi Boateng", "Lena Fischer"]
    assert rows[1].cells[2].text == "Front desk, Reply author"
    assert [row.cells[3].spoken for row in rows] == [words.ACTIVE, words.ACTIVE, words.WAITING]


def test_a_colleague_is_let_in_and_the_form_is_emptied() -> None:
    screen = Screen()
    screen.presenter.let_in(ADA)
    assert screen.people.came == [ADA]
    assert any(state.busy == words.BUSY for state in screen.states)
    assert (screen.state.busy, screen.state.stamp) == ("", 1)
    assert screen.state.said == words.DONE.format(name="Ada Osei")
    assert screen.state.rows[-1].cells[0].text == "Ada Osei"


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"display": " "}, words.NO_NAME),
        ({"name": ""}, words.NO_NAME),
        ({"roles": frozenset()}, words.NO_ROLE),
        ({"again": "other"}, words.NOT_THE_SAME),
    ],
)
def test_what_is_missing_is_said_and_nobody_comes_in(change: dict[str, object], wrong: str) -> None:
    screen = Screen()
    screen.presenter.let_in(replace(ADA, **change))  # type: ignore[arg-type]
    assert (screen.state.wrong, screen.people.came, screen.state.stamp) == (wrong, [], 0)
    screen.presenter.let_in(ADA)
    assert screen.state.wrong == ""


def test_a_password_that_is_not_taken_keeps_the_form_and_says_why() -> None:
    screen = Screen(FakePeople(refuses=WeakPassword("well-known")))
    screen.presenter.let_in(ADA)
    assert screen.state.problem is not None
    assert (screen.state.busy, screen.state.stamp) == ("", 0)


def test_whoever_may_not_is_told_whom_to_ask_and_can_do_nothing() -> None:
    screen = Screen(staff=replace(OFFICER, roles=frozenset({Role.FRONT_DESK})))
    assert screen.state.empty is not None
    assert screen.state.empty.title == words.NO_RIGHT.title
    screen.presenter.let_in(ADA)
    assert (screen.people.came, screen.state.rows) == ([], ())


def test_no_password_stands_in_what_a_log_would_show() -> None:
    assert "river-lamp" not in repr(ADA)
