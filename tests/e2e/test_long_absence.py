"""A desk that was away for thirty days, and desks whose clocks are days apart, end as all others."""

import random
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.services import visits
from carekraft_desktop.services.sync import Link
from tests.e2e.seats import Seat
from tests.e2e.test_workstation import assert_equal
from tests.fakes.clock import FakeClock
from tests.hub_fixture import NOON, Hub, start_hub

DAYS = 30
PUBLIC_A_DAY = 6


@pytest.fixture
def world() -> FakeClock:
    """The time that the exchange goes by."""
    return FakeClock(NOON)


@pytest.fixture
def hub(tmp_path: Path, world: FakeClock) -> Iterator[Hub]:
    running = start_hub(tmp_path, now=world.now, office_at=NOON)
    yield running
    running.stop()


def seat(hub: Hub, folder: Path, off: timedelta, name: str) -> Seat:
    """A desk whose computer's clock is wrong by so much."""
    made = Seat(hub, folder, name=name, clock=FakeClock(NOON + off))
    made.settle()
    return made


def answer_some(desk: Seat, chance: random.Random) -> set[str]:
    """Accept some requests whose time, by the desk's clock, has not come; the answers' keys."""
    keys, now = set(), desk.clock.now()
    for seen in visits.inbox(desk.opened.desk):
        if seen.start > now.timestamp() + 3_600 and chance.random() < 0.5:
            keys.add(visits.accept(desk.opened.desk, seen.entry.id).key)
    return keys


def pass_a_day(world: FakeClock, *desks: Seat) -> None:
    """It is tomorrow, everywhere; each computer's clock stays as wrong as it was."""
    world.advance(days=1)
    for desk in desks:
        desk.clock.advance(days=1)


@pytest.mark.parametrize(("here", "there"), [(0, 0), (-3, 5)])
def test_a_desk_that_was_away_for_thirty_days_ends_as_the_exchange(
    hub: Hub, world: FakeClock, tmp_path: Path, here: int, there: int
) -> None:
    chance = random.Random(30)
    stays = seat(hub, tmp_path / "stays", timedelta(days=here), "r.alvarez")
    leaves = seat(hub, tmp_path / "leaves", timedelta(days=there), "m.chen")
    for _ in range(8):
        hub.play("patient/book")
    leaves.settle()
    offline = answer_some(leaves, chance)
    assert offline
    for _ in range(DAYS):
        pass_a_day(world, stays, leaves)
        for _ in range(PUBLIC_A_DAY):
            hub.sandbox.public.step()
        assert stays.settle().state.link is Link.UP_TO_DATE
        answer_some(stays, chance)
        stays.settle()
    for desk in (leaves, stays, leaves):
        assert desk.settle().state.link is Link.UP_TO_DATE
    for desk in (leaves, stays):
        assert_equal(desk, hub)
    ended = {
        each.key: each.delivery
        for seen in leaves.all_visits()
        for each in visits.card(leaves.opened.desk, seen).intentions
        if each.key in offline
    }
    # What was decided for a time that is over is told as too late; nothing is left hanging.
    ends = {Delivery.EXPIRED, Delivery.CONFLICT, Delivery.APPLIED, Delivery.REJECTED}
    assert set(ended.values()) <= ends
    assert Delivery.EXPIRED in ended.values() or Delivery.CONFLICT in ended.values()
    for desk in (stays, leaves):
        desk.program.lock()
