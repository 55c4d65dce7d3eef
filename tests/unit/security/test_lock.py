"""The lock follows the clock and people (REQ-04, REQ-05, REQ-06)."""

import pytest

from carekraft_desktop.security.lock import Cause, Lock, State
from tests.fakes.clock import START, FakeClock


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.mark.req("REQ-04")
@pytest.mark.parametrize(("minutes", "kept"), [(5, 5), (1, 1), (15, 15), (0, 1), (90, 15)])
def test_it_locks_after_the_idle_minutes_and_never_later_than_fifteen(
    clock: FakeClock, minutes: int, kept: int
) -> None:
    lock = Lock(clock, idle_minutes=minutes)
    clock.advance(seconds=60 * kept - 1)
    assert (lock.look(), lock.cause) == (State.OPEN, None)
    clock.advance(seconds=1)
    assert (lock.look(), lock.cause) == (State.LOCKED, Cause.IDLE)


@pytest.mark.req("REQ-05")
def test_a_persons_input_starts_the_wait_anew(clock: FakeClock) -> None:
    lock = Lock(clock)
    for _ in range(10):
        clock.advance(minutes=4)
        assert lock.touch() is State.OPEN
    clock.advance(minutes=5)
    assert lock.look() is State.LOCKED


@pytest.mark.req("REQ-05")
def test_looking_is_no_input(clock: FakeClock) -> None:
    lock = Lock(clock)
    states = []
    for _ in range(5):
        clock.advance(minutes=1)
        states.append(lock.look())
    assert states == [State.OPEN] * 4 + [State.LOCKED]


def test_input_that_comes_too_late_does_not_open_again(clock: FakeClock) -> None:
    lock = Lock(clock)
    clock.advance(minutes=6)
    assert lock.touch() is State.LOCKED
    clock.advance(minutes=23)
    assert lock.touch() is State.LOCKED
    clock.advance(minutes=1)
    assert lock.touch() is State.CLOSED
    assert lock.cause is Cause.LONG_IDLE


def test_the_password_opens_it_again_until_it_is_closed(clock: FakeClock) -> None:
    lock = Lock(clock)
    assert (lock.lock(), lock.cause) == (State.LOCKED, Cause.ASKED)
    assert lock.lock() is State.LOCKED
    clock.advance(minutes=29)
    assert (lock.returned(), lock.cause) == (State.OPEN, None)
    clock.advance(minutes=4)
    assert lock.returned() is State.OPEN
    clock.advance(minutes=1)
    assert lock.look() is State.LOCKED
    clock.advance(minutes=25)
    assert lock.returned() is State.CLOSED


@pytest.mark.req("REQ-06")
def test_the_systems_lock_closes_at_once_and_for_good(clock: FakeClock) -> None:
    lock = Lock(clock)
    assert lock.close() is State.CLOSED
    assert lock.cause is Cause.SYSTEM
    assert lock.close(Cause.SIGNED_OUT) is State.CLOSED
    assert lock.cause is Cause.SYSTEM
    assert {lock.touch(), lock.lock(), lock.returned(), lock.look()} == {State.CLOSED}
    assert lock.seconds_left() is None
    locked = Lock(clock)
    locked.lock()
    assert locked.close(Cause.SIGNED_OUT) is State.CLOSED
    assert locked.cause is Cause.SIGNED_OUT


@pytest.mark.req("REQ-06")
def test_a_session_ends_after_twelve_hours_however_busy(clock: FakeClock) -> None:
    lock = Lock(clock)
    for _ in range(12 * 60 // 4):
        assert lock.touch() is State.OPEN
        clock.advance(minutes=4)
    assert lock.touch() is State.CLOSED
    assert lock.cause is Cause.SESSION_OVER


@pytest.mark.req("REQ-05")
def test_the_computers_date_plays_no_part(clock: FakeClock) -> None:
    lock = Lock(clock)
    clock.advance(minutes=4)
    clock.set_wall(START.replace(year=2031))
    assert lock.look() is State.OPEN
    clock.set_wall(START.replace(year=2020))
    clock.advance(minutes=1)
    assert lock.look() is State.LOCKED


def test_it_says_when_to_look_again(clock: FakeClock) -> None:
    lock = Lock(clock)
    assert lock.seconds_left() == 300
    clock.advance(minutes=5)
    assert lock.seconds_left() == 25 * 60
    busy = Lock(clock)
    for _ in range(179):
        clock.advance(minutes=4)
        busy.touch()
    assert busy.seconds_left() == 240
