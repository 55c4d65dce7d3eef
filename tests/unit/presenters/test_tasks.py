"""Work and its outcome."""

import pytest

from carekraft_desktop.errors import Offline
from carekraft_desktop.presenters.tasks import Done, Failed, InlineRunner, Outcome
from tests.fakes.timers import FakeTimers


def test_an_expected_failure_is_a_value() -> None:
    def work() -> int:
        raise Offline

    seen: list[Outcome[int]] = []
    InlineRunner().submit(work, seen.append)
    InlineRunner().submit(lambda: 3, seen.append)
    assert isinstance(seen[0], Failed)
    assert seen[0].error.code == "offline"
    assert seen[1] == Done(3)


def test_a_bug_is_raised_and_not_reported() -> None:
    def work() -> int:
        raise ZeroDivisionError

    seen: list[Outcome[int]] = []
    with pytest.raises(ZeroDivisionError):
        InlineRunner().submit(work, seen.append)
    assert seen == []


def test_fake_timers_call_in_the_order_due() -> None:
    timers, seen = FakeTimers(), []
    timers.after(5, lambda: seen.append("late"))
    timers.after(1, lambda: seen.append("early"))
    stop = timers.after(2, lambda: seen.append("never"))
    stop()
    timers.advance(6)
    assert seen == ["early", "late"]
    assert timers.waiting == 0
