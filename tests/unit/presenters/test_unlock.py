"""Unlocking, gesture by gesture."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, cast

import pytest

from carekraft_desktop.errors import (
    CareKraftError,
    KeyFileDamaged,
    KeyringLost,
    KeyringMissing,
    StoreRolledBack,
    TooManyTries,
    WeakPassword,
    WrongPassword,
    WrongRecoveryKey,
)
from carekraft_desktop.presenters.tasks import InlineRunner
from carekraft_desktop.presenters.unlock import Choosable, UnlockPresenter, UnlockState
from tests.fakes.timers import FakeTimers

if TYPE_CHECKING:
    from carekraft_desktop.services.opening import Opened

OPENED = cast("Opened", object())


@dataclass
class FakeDoor:
    """Opens, or fails as told."""

    fails: CareKraftError | None = None
    needs_code: bool = False
    pins: frozenset[str] = frozenset()
    known: tuple[Choosable, ...] = (Choosable("1", "Rosa Alvarez"), Choosable("2", "Dr. Osei"))
    asked: list[tuple[Any, ...]] = field(default_factory=list)

    def people(self) -> tuple[Choosable, ...]:
        if isinstance(self.fails, KeyFileDamaged):
            raise self.fails
        return self.known

    def may_use_pin(self) -> frozenset[str]:
        return self.pins

    def unlock(
        self,
        staff_id: str,
        password: str,
        workstation_code: str = "",
        *,
        accept_older: bool = False,
    ) -> "Opened":
        self.asked.append((staff_id, password, workstation_code, accept_older))
        if self.fails is not None:
            raise self.fails
        return OPENED

    def recover(self, recovery_key: str, staff_id: str, new_password: str) -> "Opened":
        self.asked.append((recovery_key, staff_id, new_password))
        if self.fails is not None:
            raise self.fails
        return OPENED


class Screen:
    """A presenter and all it showed."""

    def __init__(self, door: FakeDoor | None = None) -> None:
        self.door = door or FakeDoor()
        self.timers = FakeTimers()
        self.shown: list[UnlockState] = []
        self.opened: list[object] = []
        self.presenter = UnlockPresenter(
            self.door,
            InlineRunner(),
            self.shown.append,
            timers=self.timers,
            opened=self.opened.append,
        )
        self.presenter.begin("start")

    @property
    def state(self) -> UnlockState:
        return self.shown[-1]


@pytest.fixture
def screen() -> Screen:
    return Screen()


def test_the_page_is_there_before_the_people_are(screen: Screen) -> None:
    assert screen.shown[0].people == ()
    assert not screen.shown[0].live
    assert [person.display for person in screen.state.people] == ["Rosa Alvarez", "Dr. Osei"]
    assert screen.state.chosen == "1"
    assert screen.state.live


def test_the_right_password_opens(screen: Screen) -> None:
    screen.presenter.choose("2")
    screen.presenter.unlock("orchid lamp river")
    assert screen.door.asked == [("2", "orchid lamp river", "", False)]
    assert screen.opened == [OPENED]
    assert [state.busy for state in screen.shown if state.busy] == ["Opening the store"]
    assert screen.state.clear > screen.shown[0].clear


@pytest.mark.parametrize(
    ("failure", "beside"),
    [
        (WrongPassword(), "password"),
        (KeyringMissing(), "code"),
        (StoreRolledBack(), ""),
        (WeakPassword(), "new"),
    ],
)
def test_a_failure_stands_beside_its_field(failure: CareKraftError, beside: str) -> None:
    screen = Screen(FakeDoor(fails=failure))
    screen.presenter.unlock("x")
    assert screen.state.problem is not None
    assert screen.state.problem.code == failure.code
    assert screen.state.beside == beside
    assert screen.opened == []


def test_without_a_keyring_the_code_is_asked_for() -> None:
    screen = Screen(FakeDoor(fails=KeyringMissing()))
    screen.presenter.unlock("x")
    assert screen.state.needs_code
    screen = Screen(FakeDoor(needs_code=True))
    assert screen.state.needs_code
    screen.presenter.unlock("x", "4QXR")
    assert screen.door.asked[0][2] == "4QXR"


def test_a_lost_keyring_leads_to_the_paper() -> None:
    screen = Screen(FakeDoor(fails=KeyringLost()))
    screen.presenter.unlock("x")
    assert screen.state.recovering


def test_an_older_copy_is_used_only_when_the_person_says_so() -> None:
    screen = Screen(FakeDoor(fails=StoreRolledBack()))
    screen.presenter.unlock("x")
    assert screen.state.older
    screen.door.fails = None
    screen.presenter.unlock("x", older=True)
    assert screen.door.asked[-1][3] is True
    assert not screen.state.older


def test_too_many_tries_count_down_and_let_nothing_through() -> None:
    screen = Screen(FakeDoor(fails=TooManyTries(3)))
    screen.presenter.unlock("x")
    assert screen.state.wait == 3
    assert not screen.state.live
    screen.presenter.unlock("x")
    assert len(screen.door.asked) == 1
    screen.timers.advance(1)
    counting = screen.state
    assert counting.problem is not None
    assert "2 seconds" in counting.problem.advice
    screen.timers.advance(2)
    assert screen.state.wait == 0
    assert screen.state.problem is None
    assert screen.state.live


def test_leaving_stops_the_countdown() -> None:
    screen = Screen(FakeDoor(fails=TooManyTries(3)))
    screen.presenter.unlock("x")
    screen.presenter.leave()
    screen.presenter.leave()
    assert screen.timers.waiting == 0


def test_the_paper_key_sets_a_new_password(screen: Screen) -> None:
    screen.presenter.use_recovery_key(on=True)
    screen.presenter.recover("7KQ2", "short", "short")
    assert screen.state.beside == "new"
    assert screen.door.asked == []
    screen.presenter.recover("7KQ2", "orchid lamp river", "orchid lamp river")
    assert screen.door.asked == [("7KQ2", "1", "orchid lamp river")]
    assert screen.opened == [OPENED]


def test_a_wrong_paper_key_is_told_beside_it() -> None:
    screen = Screen(FakeDoor(fails=WrongRecoveryKey()))
    screen.presenter.use_recovery_key(on=True)
    screen.presenter.recover("7KQ2", "orchid lamp river", "orchid lamp river")
    assert screen.state.beside == "key"


def test_a_damaged_key_file_is_told_above_all() -> None:
    screen = Screen(FakeDoor(fails=KeyFileDamaged()))
    assert screen.state.problem is not None
    assert not screen.state.live


def test_a_person_who_left_is_no_longer_chosen(screen: Screen) -> None:
    screen.presenter.choose("2")
    screen.door.known = screen.door.known[:1]
    screen.presenter.begin("idle")
    assert screen.state.chosen == "1"
    assert screen.state.why.startswith("Locked because nobody")


def test_choosing_another_person_clears_the_problem() -> None:
    screen = Screen(FakeDoor(fails=WrongPassword()))
    screen.presenter.unlock("x")
    screen.presenter.choose("2")
    assert screen.state.problem is None


def test_no_state_ever_holds_what_was_typed(screen: Screen) -> None:
    screen.presenter.unlock("orchid lamp river", "4QXR")
    assert not any("orchid" in repr(state) or "4QXR" in repr(state) for state in screen.shown)
