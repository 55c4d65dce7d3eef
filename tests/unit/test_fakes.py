"""The fakes keep the promises of the ports, or tests built on them prove nothing."""

import uuid

from tests.fakes.clock import START, FakeClock
from tests.fakes.ids import FakeIds


def test_ids_are_valid_uuid7s_that_only_grow() -> None:
    ids = FakeIds(seed=3)
    made = [ids.new() for _ in range(1000)]
    assert made == sorted(made)
    assert len(set(made)) == len(made)
    assert {(uuid.UUID(each).version, uuid.UUID(each).variant) for each in made} == {
        (7, uuid.RFC_4122)
    }
    assert not set(made) & {FakeIds(seed=4).new() for _ in range(1000)}


def test_the_wall_clock_can_be_changed_without_monotonic_time_noticing() -> None:
    clock = FakeClock()
    assert clock.now() == START
    before = clock.monotonic()
    clock.advance(minutes=2)
    assert (clock.now() - START).total_seconds() == 120
    assert clock.monotonic() - before == 120
    clock.set_wall(START)
    assert clock.now() == START
    assert clock.monotonic() - before == 120
