"""Choosing whose data an incident is about: covered dates, a list, and a count for the notices."""

import pytest

from carekraft_desktop.domain.staff import Role
from carekraft_desktop.presenters import wording_affected as words
from carekraft_desktop.presenters.incident_patients import FOR, AffectedPresenter, AffectedState
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.value import replace
from tests.fakes.incidents import FakeAffected, FakeIncidents, closed, public_reply
from tests.fakes.office import desk
from tests.fakes.timers import FakeTimers


def seated(role: Role = Role.PRIVACY_OFFICER) -> Desk:
    here = desk("12:00")
    return replace(here, staff=replace(here.staff, roles=frozenset({role})))


class Page:
    """A card with its presenter, over one open file."""

    def __init__(self, role: Role = Role.PRIVACY_OFFICER) -> None:
        """Followed already."""
        self.files = FakeIncidents([public_reply(), closed()])
        self.fake, self.timers = FakeAffected(self.files), FakeTimers()
        self.shown: list[AffectedState] = []
        self.desk, self.id = seated(role), "inc-2"
        self.presenter = AffectedPresenter(
            self.shown.append, affected=self.fake, timers=self.timers, changed=self.follow
        )
        self.follow()

    def follow(self) -> None:
        """As the page of incidents does."""
        file = next(each for each in self.files.files if each.id == self.id)
        self.presenter.follow(self.desk, file)

    @property
    def state(self) -> AffectedState:
        """What is on the screen."""
        return self.shown[-1]


def names(state: AffectedState) -> tuple[list[str], list[str]]:
    return [row.cells[0].text for row in state.found], [row.cells[0].text for row in state.chosen]


@pytest.mark.req("REQ-99")
def test_somebody_is_looked_for_added_and_taken_off_again() -> None:
    page = Page()
    assert page.state.count == words.NONE
    page.presenter.look("demir")
    assert names(page.state) == (["Elif Demir", "Emil Demir"], [])
    page.presenter.add("p-32")
    assert names(page.state) == (["Emil Demir"], ["Elif Demir"])
    assert page.state.count.startswith("1 on the list")
    page.presenter.from_journal()
    assert page.state.said == words.ADDED.format(count=1)
    page.presenter.from_journal()
    assert page.state.said == words.NOTHING_NEW
    page.presenter.take_off("p-32")
    assert names(page.state)[1] == ["Tomas Okafor"]
    page.presenter.look("nobody")
    assert page.state.nobody == words.NOBODY
    page.fake.linked = False
    page.presenter.from_journal()
    assert page.state.problem is not None
    assert page.state.problem.title == words.LINK_FIRST.title


@pytest.mark.req("REQ-03")
def test_a_birth_date_is_covered_until_it_is_revealed_and_for_a_minute_only() -> None:
    page = Page()
    page.presenter.look("elif")
    assert page.state.found[0].cells[1].text == words.COVERED
    page.presenter.reveal("p-32")
    assert page.fake.revealed == ["p-32"]
    assert page.state.found[0].cells[1].text == "Mar 12, 1979"
    page.timers.advance(FOR)
    assert page.state.found[0].cells[1].text == words.COVERED
    page.presenter.reveal("p-32")
    page.presenter.cover_up()
    assert page.state.found[0].cells[1].text == words.COVERED


def test_another_file_begins_empty_and_a_closed_one_takes_nobody() -> None:
    page = Page()
    page.presenter.look("demir")
    page.id = "inc-4"
    page.follow()
    assert (page.state.found, page.state.open, page.state.shown) == ((), False, True)
    page.presenter.leave()
    assert page.presenter.state == AffectedState()


@pytest.mark.req("REQ-02")
def test_whoever_keeps_no_register_sees_nobody() -> None:
    assert not Page(Role.IT_ADMINISTRATOR).state.shown
    assert not Page(Role.FRONT_DESK).state.shown
