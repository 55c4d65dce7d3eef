"""Every row that was painted is written down once, soon, and before the lock; or nothing shows."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

import pytest

from carekraft_desktop.errors import DiskFull
from carekraft_desktop.presenters.looks import AGAIN, Looks
from carekraft_desktop.services.desk import Desk
from tests.fakes.office import desk
from tests.fakes.timers import FakeTimers


@dataclass
class FakeSeen:
    """Remembers what it was told, or has no room for it."""

    rows: list[tuple[str, str]] = field(default_factory=list)
    full: bool = False

    def seen(self, desk: Desk, rows: Mapping[str, Iterable[str]]) -> int:
        assert desk.device
        if self.full:
            raise DiskFull
        new = [(place, key) for place, keys in rows.items() for key in keys]
        self.rows += new
        return len(new)


class Scene:
    """Somebody's eyes, and a clock."""

    def __init__(self) -> None:
        self.desk = desk("12:00")
        self.uses, self.timers, self.locked = FakeSeen(), FakeTimers(), 0
        self.looks = Looks(self.desk, looks=self.uses, timers=self.timers, failed=self._lock)

    def _lock(self) -> None:
        self.locked += 1


@pytest.mark.req("REQ-12")
def test_rows_are_written_down_within_two_seconds_each_once() -> None:
    scene = Scene()
    scene.looks.painted("inbox", ("a", "b"))
    scene.looks.painted("inbox", ("b", "c"))
    scene.looks.painted("day", ("a",))
    assert scene.uses.rows == []
    scene.timers.advance(2.0)
    assert sorted(scene.uses.rows) == [("day", "a"), ("inbox", "a"), ("inbox", "b"), ("inbox", "c")]
    scene.looks.painted("inbox", ("a", "b", "c"))
    scene.timers.advance(2.0)
    assert len(scene.uses.rows) == 4


@pytest.mark.req("REQ-12")
def test_what_waits_is_written_before_the_lock_and_nothing_after() -> None:
    scene = Scene()
    scene.looks.painted("inbox", ("a",))
    scene.looks.leave()
    assert scene.uses.rows == [("inbox", "a")]
    scene.looks.painted("inbox", ("b",))
    scene.timers.advance(5.0)
    assert scene.uses.rows == [("inbox", "a")]


@pytest.mark.req("REQ-15")
def test_what_cannot_be_written_down_is_not_shown() -> None:
    scene = Scene()
    scene.uses.full = True
    scene.looks.painted("inbox", ("a",))
    scene.timers.advance(2.0)
    assert scene.locked == 1
    scene.looks.leave()
    assert scene.locked == 1
    assert AGAIN == 15 * 60
