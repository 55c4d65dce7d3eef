"""Who watches the clocks, what waits behind the curtain, and the password asked for once more."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta

import pytest

from carekraft_desktop.errors import WrongPassword
from carekraft_desktop.presenters.again import Again, AgainState
from carekraft_desktop.presenters.curtain import Curtain, HeldRunner, HeldTimers
from carekraft_desktop.presenters.guard import LOOK, Guard
from carekraft_desktop.presenters.tasks import Done, Failed, InlineRunner, Outcome
from carekraft_desktop.security.lock import CLOSE_AFTER, LONGEST_SESSION
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.step_up import StepUp, is_fresh
from tests.fakes.clock import FakeClock
from tests.fakes.office import ROSA, desk
from tests.fakes.timers import FakeTimers


class Watch:
    """A guard with its clock and timers."""

    def __init__(self) -> None:
        self.clock, self.timers = FakeClock(), FakeTimers()
        self.did: list[str] = []
        self.guard = Guard(
            self.clock,
            self.timers,
            cover=lambda why: self.did.append(f"cover {why}"),
            close=self._close,
        )
        self.guard.begin(5)

    def _close(self, why: str) -> None:
        self.did.append(f"close {why}")
        self.guard.end()

    def wait(self, seconds: float) -> None:
        """Let time pass in steps as a computer does."""
        while seconds > 0:
            step = min(LOOK, seconds)
            self.clock.advance(seconds=step)
            self.timers.advance(step)
            seconds -= step


@pytest.mark.req("REQ-04", "REQ-06")
def test_req_04_nobody_there_covers_and_half_an_hour_closes() -> None:
    watch = Watch()
    watch.wait(299)
    assert watch.did == []
    watch.wait(LOOK)
    assert set(watch.did) == {"cover idle"}
    watch.guard.covered()
    watch.wait(CLOSE_AFTER)
    assert watch.did[-1] == "close long-idle"
    assert watch.timers.waiting == 0


@pytest.mark.req("REQ-06")
def test_req_06_a_session_ends_after_twelve_hours_however_busy() -> None:
    watch = Watch()
    for _ in range(int(LONGEST_SESSION / 240)):
        watch.guard.touched()
        watch.wait(240)
    watch.wait(LOOK)
    assert watch.did == ["close session-over"]


@pytest.mark.req("REQ-06")
def test_req_06_a_computer_that_slept_unsaid_is_closed_at_the_first_touch() -> None:
    watch = Watch()
    watch.wait(30)
    watch.clock.set_wall(watch.clock.now() + timedelta(minutes=20))
    watch.guard.touched()
    assert watch.did == ["close sleep"]


@pytest.mark.req("REQ-05")
def test_req_05_a_clock_that_is_set_back_gives_no_time() -> None:
    watch = Watch()
    watch.wait(200)
    watch.clock.set_wall(watch.clock.now() - timedelta(days=3))
    watch.wait(120)
    assert set(watch.did) == {"cover idle"}


def test_what_comes_while_the_curtain_is_drawn_waits_and_keeps_its_order() -> None:
    curtain, timers = Curtain(), FakeTimers()
    runner, held = HeldRunner(InlineRunner(), curtain), HeldTimers(timers, curtain)
    seen: list[str] = []

    def told(outcome: Outcome[str]) -> None:
        assert isinstance(outcome, Done)
        seen.append(outcome.value)

    held.after(1, lambda: seen.append("timed"))
    stop = held.after(1, lambda: seen.append("never"))
    curtain.draw()
    timers.advance(2)
    stop()
    runner.submit(lambda: "worked", told)
    assert seen == []
    curtain.lift()
    assert seen == ["timed", "worked"]


def test_after_a_hand_over_nothing_of_before_comes() -> None:
    curtain, timers = Curtain(), FakeTimers()
    held = HeldTimers(timers, curtain)
    seen: list[str] = []
    held.after(1, lambda: seen.append("waiting"))
    held.after(9, lambda: seen.append("to come"))
    curtain.draw()
    timers.advance(2)
    curtain.drop()
    timers.advance(20)
    assert seen == []


@dataclass
class FakeProving:
    """Takes one password."""

    needs_code: bool = False
    asked: list[tuple[str, str, str]] = field(default_factory=list)

    def ask(
        self, staff_id: str, password: str, code: str, report: Callable[[Outcome[StepUp]], None]
    ) -> None:
        self.asked.append((staff_id, password, code))
        if password == "right":
            report(Done(StepUp(ROSA, here.now(), here.clock.monotonic())))
        else:
            report(Failed(WrongPassword()))

    def is_fresh(self, at: Desk, proof: StepUp | None) -> bool:
        return is_fresh(at, proof)


here = desk("12:00")


@pytest.mark.req("REQ-19")
def test_req_19_the_password_is_asked_for_once_in_five_minutes() -> None:
    shown: list[AgainState | None] = []
    proving = FakeProving()
    again = Again(here, shown.append, proving=proving)
    did: list[StepUp | None] = []
    again.then("why", did.append)
    assert did == []
    again.answer("wrong")
    state = shown[-1]
    assert state is not None
    assert state.problem is not None
    assert state.why == "why"
    again.answer("right")
    assert shown[-1] is None
    again.then("why else", did.append)
    assert len(did) == 2
    assert len(proving.asked) == 2
    again.leave()
    again.then("once more", did.append)
    assert len(did) == 2
    again.close()
    assert shown[-1] is None
    again.answer("right")
    assert len(did) == 2
