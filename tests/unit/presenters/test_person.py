"""The patient's card, gesture by gesture."""

import pytest

from carekraft_desktop.domain.patients import DataClass
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.errors import StoreBusy
from carekraft_desktop.presenters.person import PersonPresenter, PersonState
from carekraft_desktop.presenters.pieces import Toast
from carekraft_desktop.presenters.shared_data import MASK
from tests.fakes.office import ROSA, WHEN, desk, lakeside, with_twin
from tests.fakes.persons import FakePersons
from tests.fakes.timers import FakeTimers


class Screen:
    """The page's presenter and what it showed."""

    def __init__(self, staff: Staff = ROSA) -> None:
        self.office = with_twin(lakeside())
        self.persons, self.timers = FakePersons(self.office), FakeTimers()
        self.shown: list[PersonState] = []
        self.toasts: list[Toast] = []
        self.opened: list[str] = []
        self.presenter = PersonPresenter(
            desk(staff=staff),
            self.shown.append,
            persons=self.persons,
            office=self.office,
            timers=self.timers,
            told=self.toasts.append,
            open_visit=self.opened.append,
            when=WHEN,
        )
        self.presenter.open("pat-a5")

    @property
    def state(self) -> PersonState:
        return self.shown[-1]

    def facts(self, data: DataClass) -> list[str]:
        found = next(each for each in self.state.classes if each.data is data)
        return [fact.value for fact in found.facts]


@pytest.fixture
def screen() -> Screen:
    return Screen()


def test_each_class_says_what_was_decided_and_by_whom(screen: Screen) -> None:
    assert [(each.sharing, each.by) for each in screen.state.classes] == [
        ("Shared", "By the patient, Sat, Nov 21"),
        ("Shared", "By the patient, Sat, Nov 21"),
        ("Withdrawn since Sat, Nov 21", "By the patient, Sat, Nov 21"),
        ("Withheld", "By the patient, Sat, Nov 21"),
    ]


def test_insurance_is_as_the_patient_stated_it(screen: Screen) -> None:
    screen.presenter.open("pat-a6")
    assert screen.state.classes[2].advice == "As the patient stated it, not verified"


def test_values_are_covered_until_revealed_and_again_after_a_minute(screen: Screen) -> None:
    assert set(screen.facts(DataClass.CONTACT)) == {MASK}
    screen.presenter.reveal(DataClass.CONTACT)
    assert "312-555-0187" in screen.facts(DataClass.CONTACT)
    assert ("reveal", "pat-a5", "contact") in screen.persons.calls
    screen.timers.advance(60)
    assert set(screen.facts(DataClass.CONTACT)) == {MASK}
    screen.presenter.reveal(DataClass.CONTACT)
    screen.presenter.reveal(DataClass.CONTACT)
    assert set(screen.facts(DataClass.CONTACT)) == {MASK}
    screen.presenter.leave()
    assert screen.timers.waiting == 0


def test_medical_data_stay_with_their_visit(screen: Screen) -> None:
    screen.presenter.open("pat-a3")
    medical = screen.state.classes[3]
    assert (medical.facts, medical.reveal) == ((), "")
    assert medical.advice == "Open a visit to see its purpose."


def test_a_childs_own_telephone_is_never_shown(screen: Screen) -> None:
    screen.presenter.open("pat-d1")
    assert screen.state.gate is not None
    assert screen.state.gate.title == "Under 18"
    screen.presenter.reveal(DataClass.CONTACT)
    assert screen.facts(DataClass.CONTACT) == [
        "1420 W Oak Street, Apt 3, Chicago, IL",
        "312-555-0164",
    ]


def test_opening_is_journalled_once_however_often_it_is_drawn(screen: Screen) -> None:
    screen.presenter.refresh()
    screen.presenter.tick()
    assert screen.persons.calls == [("card", "pat-a5")]


def test_a_look_alike_is_told_point_by_point(screen: Screen) -> None:
    (twin,) = screen.state.twins
    assert twin.pro == ("The same name", "The same birth date", "The same telephone number")
    assert twin.con == ("Another member number",)
    assert twin.title == "This may be the same person"


def test_joining_shows_the_visits_of_both_and_can_be_separated(screen: Screen) -> None:
    before = len(screen.state.visits)
    screen.presenter.join("pat-t1")
    assert (before, len(screen.state.visits)) == (1, 2)
    joined = screen.state.twins[0].joined
    screen.presenter.separate("pat-t1")
    assert joined
    assert len(screen.state.visits) == before
    assert [toast.words for toast in screen.toasts] == [
        "Joined. Nothing of either record has changed.",
        "Separated",
    ]


def test_two_people_are_suggested_no_more(screen: Screen) -> None:
    screen.presenter.keep_apart("pat-t1")
    assert screen.state.twins == ()


def test_a_visit_is_opened_on_its_day(screen: Screen) -> None:
    screen.presenter.open_visit()
    assert screen.opened == ["a5"]


def test_a_patient_who_withdrew_closes_with_words(screen: Screen) -> None:
    del screen.office.patients["pat-a5"]
    screen.presenter.refresh()
    assert screen.state.problem is not None
    assert screen.state.problem.code == "no-longer-there"
    assert screen.state.name == ""


def test_a_joining_that_fails_is_told(screen: Screen) -> None:
    screen.office.fails = StoreBusy()
    screen.presenter.join("pat-t1")
    assert screen.state.problem is not None


def test_a_role_that_only_reads_cannot_join() -> None:
    screen = Screen(Staff("4", "po", "Pat", frozenset({Role.PRIVACY_OFFICER})))
    assert not screen.state.twins[0].may
