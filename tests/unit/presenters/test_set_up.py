"""Set-up, step by step."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import pytest

from carekraft_desktop.domain.attesting import FIRST, Subject
from carekraft_desktop.errors import CareKraftError, CodeRefused, DiskFull, NameNotAllowed, Offline
from carekraft_desktop.presenters import wording_set_up
from carekraft_desktop.presenters.set_up import SetUpPresenter, SetUpState, Step, Typed
from carekraft_desktop.presenters.tasks import InlineRunner
from carekraft_desktop.value import replace

if TYPE_CHECKING:
    from carekraft_desktop.services.opening import Opened

KEY = "7KQ2-M4XD-9WTA-B6RN-3FHJ-V8PC-2YSE-K5GM-D7QX"
WHOLE = Typed(
    exchange="https://exchange.example.org",
    code="4KD2-9QTM",
    workstation="Front desk 1",
    display="Rosa Alvarez",
    name="r.alvarez",
    password="orchid lamp river",
    again="orchid lamp river",
    confirms=FIRST,
)


@dataclass
class FakeOpened:
    """What set-up and recovery bring."""

    recovery_key: str = KEY
    workstation_code: str = ""


class Screen:
    """A presenter and all it showed."""

    def __init__(self, fails: CareKraftError | None = None, chance: float = 0.5) -> None:
        self.fails = fails
        self.enrolled: list[Typed] = []
        self.shown: list[SetUpState] = []
        self.opened: list[object] = []
        self.presenter = SetUpPresenter(
            self._enrol,
            InlineRunner(),
            self.shown.append,
            opened=self.opened.append,
            chance=lambda: chance,
        )
        self.presenter.refresh()

    def _enrol(self, typed: Typed) -> "Opened":
        if self.fails is not None:
            raise self.fails
        self.enrolled.append(typed)
        return cast("Opened", cast("object", FakeOpened()))

    @property
    def state(self) -> SetUpState:
        return self.shown[-1]

    def to_paper(self) -> None:
        self.presenter.edit(WHOLE)
        self.presenter.go_on()
        self.presenter.go_on()


@pytest.fixture
def screen() -> Screen:
    return Screen()


@pytest.mark.req("REQ-25")
def test_what_stands_before_the_first_patient_is_asked_at_set_up(screen: Screen) -> None:
    screen.presenter.edit(WHOLE)
    assert screen.state.later == ""
    screen.presenter.edit(replace(WHOLE, confirms=frozenset({Subject.TRAINING})))
    screen.presenter.go_on()
    assert screen.state.later == wording_set_up.LATER
    assert screen.state.can_go_on, "who has had no training yet is not made to say so"


def test_the_first_step_says_what_is_missing(screen: Screen) -> None:
    assert "enrolment code" in screen.state.hint
    assert not screen.state.can_go_on
    screen.presenter.go_on()
    assert screen.state.step is Step.OFFICE
    screen.presenter.edit(replace(Typed(), exchange="https://x", code="1", workstation=" "))
    assert screen.state.hint == "Still missing: a name for this computer"


def test_the_second_step_wants_a_role_and_a_password(screen: Screen) -> None:
    screen.presenter.edit(replace(WHOLE, roles=frozenset(), again="other"))
    screen.presenter.go_on()
    assert screen.state.step is Step.PERSON
    assert screen.state.hint == "Still missing: at least one role, a password"
    assert screen.state.password_hint == "The two do not match"


def test_back_loses_nothing(screen: Screen) -> None:
    screen.presenter.edit(WHOLE)
    screen.presenter.go_on()
    screen.presenter.back()
    assert screen.state.step is Step.OFFICE
    assert screen.presenter.typed == WHOLE
    screen.presenter.back()
    assert screen.state.step is Step.OFFICE


@pytest.mark.parametrize(
    ("failure", "step", "beside"),
    [
        (CodeRefused(), Step.OFFICE, "code"),
        (Offline(), Step.OFFICE, "exchange"),
        (NameNotAllowed(), Step.PERSON, "name"),
        (DiskFull(), Step.PERSON, ""),
    ],
)
def test_a_failure_goes_to_its_step_and_keeps_what_was_typed(
    failure: CareKraftError, step: Step, beside: str
) -> None:
    screen = Screen(failure)
    screen.to_paper()
    assert screen.state.step is step
    assert screen.state.beside == beside
    assert screen.state.problem is not None
    assert screen.presenter.typed == WHOLE
    screen.presenter.edit(replace(WHOLE, code="new"))
    assert screen.state.problem is None


def test_the_key_is_shown_in_nine_groups_and_the_password_is_forgotten(screen: Screen) -> None:
    screen.to_paper()
    assert screen.state.step is Step.PAPER
    assert len(screen.state.key_groups) == 9
    assert screen.presenter.typed.password == ""
    assert screen.presenter.typed.code == ""
    assert KEY not in repr(screen.state)
    assert "7KQ2" not in repr(screen.state)


def test_finish_is_live_only_after_the_proof(screen: Screen) -> None:
    screen.to_paper()
    first, second = screen.state.asked
    assert first < second
    groups = screen.state.key_groups
    screen.presenter.go_on()
    assert screen.opened == []
    screen.presenter.prove(groups[first], "0000")
    assert [state.can_go_on for state in screen.shown if state.key_groups] == [False, False]
    screen.presenter.prove(groups[first].lower(), f" {groups[second]} ")
    assert screen.state.can_go_on
    screen.presenter.go_on()
    assert len(screen.opened) == 1
    assert screen.presenter.state.key_groups == ()


@pytest.mark.parametrize("chance", [0.0, 0.3, 0.999])
def test_two_different_groups_are_asked_whatever_chance_says(chance: float) -> None:
    screen = Screen(chance=chance)
    screen.to_paper()
    first, second = screen.state.asked
    assert 0 <= first < second < 9


def test_a_new_workstation_code_alone_is_shown_the_same_way(screen: Screen) -> None:
    opened = FakeOpened(recovery_key="", workstation_code="4QXR7M2KWD9T")
    screen.presenter.show_paper(cast("Opened", cast("object", opened)))
    assert screen.state.only_code
    assert screen.state.key_groups == ("4QXR", "7M2K", "WD9T")
    assert screen.state.workstation_code == ""


def test_the_state_never_spells_the_password() -> None:
    assert "orchid" not in repr(WHOLE)
