"""A year in minutes: what an office lives through, and what holds on every day of it.

Nothing withdrawn is visible, nothing held is destroyed, nothing due is kept after a night, nothing
goes without a record, every disclosure is in the accounting, and the journal's chain is whole.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from random import Random

import pytest

from tests import year_at_the_exchange as real
from tests.cheap import cheap_keys
from tests.desks import Workstation
from tests.e2e.clinic import Clinic
from tests.fakes.clock import FakeClock
from tests.fakes.gateway import FakeGateway
from tests.hub_fixture import NOON, start_hub
from tests.keeping import count
from tests.year import STEPS, Office, live, lose_the_exchange, unshare

STRIDE = int(os.environ.get("CAREKRAFT_YEAR_STRIDE", "7"))
"""Days at a time in the year with a real exchange; 1 lives every single day and takes minutes."""


@pytest.mark.slow
@pytest.mark.req("REQ-81", "REQ-82", "REQ-83", "REQ-84", "REQ-87", "REQ-39", "REQ-14")
def test_an_office_lives_through_a_year(seat: Workstation, exchange: FakeGateway) -> None:
    office = Office(seat, exchange, Random(2026))
    live(office, 400, each_day=1, check_every=40, steps=STEPS)
    assert all(office.done[act.__name__] for _, act in STEPS), office.done
    assert count(seat, "disposal_line", "class = 'K2'") > 0
    assert count(seat, "disposal_line", "class = 'K1'") > 0
    assert count(seat, "disposal_line", "outcome = 'HELD'") > 0
    assert count(seat, "kept") > 0


@pytest.mark.req("REQ-83", "REQ-84", "REQ-87")
@pytest.mark.parametrize("seed", range(3))
def test_any_order_of_events_keeps_what_must_hold(
    seat: Workstation, exchange: FakeGateway, seed: int
) -> None:
    office = Office(seat, exchange, Random(seed))
    hard = [*STEPS, (12, unshare), (2, lose_the_exchange)]
    live(office, 45, each_day=2, check_every=3, steps=hard)


@pytest.fixture
def year(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[real.Office]:
    cheap_keys(monkeypatch)
    clock = FakeClock(NOON)
    hub = start_hub(tmp_path, now=clock.now, size=real.SIZE, office_at=NOON)
    disk = tmp_path / "disk"
    disk.mkdir()
    first = Clinic(hub, tmp_path / "laptop", clock)
    second = Clinic(hub, tmp_path / "second", clock)
    office = real.Office(first, second, disk, Random(2026))
    yield office
    for clinic in (first, second):
        clinic.program.lock()
        clinic.program.wait_until_closed(5)
    hub.stop()


@pytest.mark.req("REQ-81", "REQ-83", "REQ-84", "REQ-87", "REQ-39", "REQ-14", "REQ-95", "REQ-96")
@pytest.mark.req("REQ-97", "REQ-101")
@pytest.mark.timeout(590)
def test_a_year_with_restores_a_wrong_reply_new_keys_and_a_lost_laptop(
    year: real.Office, tmp_path: Path
) -> None:
    def live(months: int) -> None:
        year.live(months * 30, stride=STRIDE)
        year.check()

    live(2)
    restored = real.damaged_and_restored(year)
    assert restored.ours
    year.check()
    live(2)
    real.wrong_reply(year)
    year.check()
    live(2)
    real.new_keys(year)
    year.check()
    live(1)
    real.lost_laptop(year, tmp_path / "new laptop")
    year.check()
    live(6)
    assert all(year.done[act.__name__] for _, act in real.STEPS), year.done
    ended = {name for (name,) in year.clinic.rows("SELECT DISTINCT class FROM disposal_line")}
    assert {"K1", "K2"} <= ended
    assert year.clinic.rows("SELECT 1 FROM kept")
    did = {name for (name,) in year.clinic.rows("SELECT DISTINCT action FROM journal")}
    assert {"restore.done", "restore.moved", "keys.rotate", "backup.removed"} <= did
