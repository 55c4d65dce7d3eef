"""Failed sign-ins cost time, and neither a restart nor another date gives it back (REQ-35)."""

import errno
import math
import threading
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from carekraft_desktop.errors import TooManyTries
from carekraft_desktop.security import tries as module
from carekraft_desktop.security.tries import Tries
from tests.fakes.clock import START, FakeClock


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "office.keys.tries"


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def tries(path: Path, clock: FakeClock) -> Tries:
    return Tries.new(path, clock=clock)


def fail(tries: Tries, clock: FakeClock, times: int) -> list[float]:
    """Try and fail; the waits that came before each try."""
    waits = []
    for _ in range(times):
        waits.append(tries.wait("ada"))
        clock.advance(seconds=waits[-1])
        tries.begin("ada")
    return waits


@pytest.mark.req("REQ-35")
def test_five_are_free_then_each_costs_more_and_ten_lock(tries: Tries, clock: FakeClock) -> None:
    assert fail(tries, clock, 10) == [0, 0, 0, 0, 0, 30, 60, 120, 240, 480]
    assert tries.wait("ada") == math.inf
    clock.advance(days=400)
    with pytest.raises(TooManyTries) as refused:
        tries.begin("ada")
    assert refused.value.seconds == math.inf


def test_too_early_is_refused_and_not_counted(tries: Tries, clock: FakeClock) -> None:
    fail(tries, clock, 5)
    clock.advance(seconds=29)
    with pytest.raises(TooManyTries) as refused:
        tries.begin("ada")
    assert refused.value.seconds == pytest.approx(1)
    assert tries.failures("ada") == 5


def test_one_persons_failures_are_not_anothers(tries: Tries, clock: FakeClock) -> None:
    fail(tries, clock, 6)
    assert tries.wait("ben") == 0
    tries.begin("ben")


def test_success_forgets_them(tries: Tries, clock: FakeClock) -> None:
    fail(tries, clock, 6)
    tries.forgive("ada")
    assert tries.wait("ada") == 0
    assert fail(tries, clock, 5) == [0] * 5


@pytest.mark.req("REQ-35")
def test_a_restart_starts_the_wait_anew(tries: Tries, clock: FakeClock, path: Path) -> None:
    fail(tries, clock, 7)
    clock.advance(seconds=100)
    again = Tries(path, clock=clock)
    assert again.failures("ada") == 7
    assert again.wait("ada") == 120


@pytest.mark.req("REQ-35")
def test_another_date_gains_nothing(tries: Tries, clock: FakeClock, path: Path) -> None:
    fail(tries, clock, 6)
    for moment in (START - timedelta(days=900), START + timedelta(days=900)):
        clock.set_wall(moment)
        assert tries.wait("ada") == 60
        assert Tries(path, clock=clock).wait("ada") == 60


@pytest.mark.req("REQ-35")
@pytest.mark.parametrize("content", [None, b"", b"[]", b'{"ada": -1}', b'{"ada": "x"}', b"\xff"])
def test_a_file_that_is_gone_or_damaged_frees_nobody(
    path: Path,
    clock: FakeClock,
    tries: Tries,
    expected_log: Callable[[str], None],
    content: bytes | None,
) -> None:
    expected_log("tries-unreadable")
    fail(tries, clock, 9)
    path.unlink() if content is None else path.write_bytes(content)
    again = Tries(path, clock=clock)
    assert again.wait("ada") == again.wait("ben") == 30
    clock.advance(seconds=30)
    again.begin("ben")
    assert again.failures("ben") == 6


def test_a_full_disk_keeps_nobody_out(
    tries: Tries,
    clock: FakeClock,
    monkeypatch: pytest.MonkeyPatch,
    expected_log: Callable[[str], None],
) -> None:
    expected_log("tries-not-kept")

    def full(path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "full", str(path), len(content))

    monkeypatch.setattr(module, "replace_durably", full)
    assert fail(tries, clock, 6)[-1] == 30
    assert tries.wait("ada") == 60
    tries.forgive("ada")
    assert tries.wait("ada") == 0


def test_tries_at_the_same_moment_are_each_counted(tries: Tries) -> None:
    refused: list[float] = []

    def one() -> None:
        try:
            tries.begin("ada")
        except TooManyTries as failure:
            refused.append(failure.seconds)

    threads = [threading.Thread(target=one) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert tries.failures("ada") == 5
    assert len(refused) == 3
