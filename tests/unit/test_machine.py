"""The real clock and ids keep what the ports promise."""

import threading
import uuid
from datetime import UTC
from typing import TYPE_CHECKING

from carekraft_desktop.machine import SystemClock, SystemIds

if TYPE_CHECKING:
    from carekraft_desktop.ports import Clock, Ids


def test_the_clock_has_a_zone_and_does_not_go_back() -> None:
    clock: Clock = SystemClock()
    assert clock.now().tzinfo is UTC
    readings = [clock.monotonic() for _ in range(1000)]
    assert readings == sorted(readings)


def test_ids_are_uuid7_of_this_moment() -> None:
    ids: Ids = SystemIds(lambda: 0x0191_2345_6789)
    made = uuid.UUID(ids.new())
    assert (made.version, made.variant) == (7, uuid.RFC_4122)
    assert made.int >> 80 == 0x0191_2345_6789


def test_an_id_tells_when_it_was_made() -> None:
    before = SystemClock().now().timestamp() * 1000
    moment = uuid.UUID(SystemIds().new()).int >> 80
    assert int(before) <= moment <= SystemClock().now().timestamp() * 1000


def test_ids_grow_within_a_millisecond_and_when_the_clock_is_set_back() -> None:
    moments = iter([5000] * 500 + [4000] * 500 + [5001] * 500)
    ids = SystemIds(lambda: next(moments))
    made = [ids.new() for _ in range(1500)]
    assert made == sorted(made)
    assert len(set(made)) == 1500
    assert {uuid.UUID(each).version for each in made} == {7}


def test_ids_borrow_from_the_next_millisecond_when_a_counter_is_full() -> None:
    ids = SystemIds(lambda: 5000)
    first = ids.new()
    ids._tail = (1 << 74) - 1
    second = ids.new()
    assert second > first
    assert uuid.UUID(second).int >> 80 == 5001


def test_threads_never_get_the_same_id() -> None:
    ids = SystemIds(lambda: 5000)
    made: list[list[str]] = [[] for _ in range(4)]

    def draw(mine: list[str]) -> None:
        mine.extend(ids.new() for _ in range(500))

    threads = [threading.Thread(target=draw, args=(mine,)) for mine in made]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert all(mine == sorted(mine) for mine in made)
    assert len({each for mine in made for each in mine}) == 2000


def test_chance_is_a_share() -> None:
    assert all(0 <= SystemIds().chance() < 1 for _ in range(100))
