"""Killed at any moment, the program comes back with everything it was told and nothing twice."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.hub import tables
from carekraft_desktop.services import visits
from carekraft_desktop.services.sync import Link
from tests.e2e.seats import Seat
from tests.hub_fixture import Hub

KILLS = 8

WORKER = """
import sys
from pathlib import Path
from carekraft_desktop.bootstrap import Program
from carekraft_desktop.config import Folders
from carekraft_desktop.machine import SystemIds
from carekraft_desktop.services import visits
from carekraft_desktop.store import facts
from tests.e2e.seats import PASSWORD
from tests.fakes.clock import FakeClock
from tests.fakes.vault import FakeVault
from tests.hub_fixture import NOON

folder, secrets, mode = Path(sys.argv[1]), eval(sys.argv[2]), sys.argv[3]
vault = FakeVault()
vault.kept.update(secrets)
clock = FakeClock(NOON)
program = Program(Folders(folder), clock=clock, ids=SystemIds(), vault=vault)
(person,) = program.people()
opened = program.unlock(person.id, PASSWORD)
print("ready", flush=True)
if mode == "apply":
    while True:
        with opened.desk.store.write() as unit:
            facts.put(unit, facts.Fact.CURSOR, "")
        opened.sync.cycle(wait=0)
while True:
    now = opened.desk.now()
    for seen in visits.inbox(opened.desk):
        if seen.start > now:
            key = visits.accept(opened.desk, seen.entry.id).key
            print(seen.entry.id, key, flush=True)
            clock.advance(seconds=7)
            opened.sync.cycle(wait=0)
    opened.sync.cycle(wait=0)
"""


def run_and_kill(seat: Seat, mode: str, chance: random.Random) -> list[tuple[str, str]]:
    """Let a process work on the seat's folder and kill it; what it says it had accepted."""
    command = [sys.executable, "-c", WORKER, str(seat.folder), repr(seat.vault.kept), mode]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    assert process.stdout is not None
    assert process.stdout.readline() == "ready\n"
    try:
        process.wait(timeout=chance.uniform(0.005, 0.35))
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    process.wait(timeout=10)
    said = [tuple(line.split()) for line in process.stdout.read().splitlines()]
    process.stdout.close()
    assert process.returncode == -signal.SIGKILL
    return [(pair[0], pair[1]) for pair in said if len(pair) == 2]


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL to send")
def test_killed_while_sending_nothing_acknowledged_is_lost_or_doubled(
    tmp_path: Path, hub: Hub
) -> None:
    chance = random.Random(1)
    seat = Seat(hub, tmp_path / "seat")
    seat.settle()
    accepted: dict[str, str] = {}
    for _ in range(KILLS):
        for _ in range(3):
            hub.play("patient/book")
        seat.settle()
        seat.program.lock()
        accepted |= dict(run_and_kill(seat, "send", chance))
        seat.restart()
        with seat.opened.desk.store.read() as unit:
            assert seat.opened.desk.journal.first_wrong(unit) is None
    seat.settle()
    assert len(accepted) >= KILLS
    there = dict(
        hub.read(lambda c: c.execute(select(tables.booking.c.id, tables.booking.c.status)).all())
    )
    for booking, key in accepted.items():
        mine = [i for i in visits.card(seat.opened.desk, booking).intentions if i.key == key]
        assert [i.delivery for i in mine] == [Delivery.APPLIED]
        assert there[booking] == "booked"
        assert seat.all_visits()[booking] == (Status.CONFIRMED, 2)
    seat.program.lock()


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL to send")
def test_killed_while_applying_no_page_is_half_there(tmp_path: Path, hub: Hub) -> None:
    chance = random.Random(2)
    seat = Seat(hub, tmp_path / "seat")
    seat.settle()
    known = seat.all_visits()
    for _ in range(KILLS):
        seat.program.lock()
        run_and_kill(seat, "apply", chance)
        seat.restart()
        assert seat.all_visits() == known
        with seat.opened.desk.store.read() as unit:
            cursor = unit.value("SELECT value FROM meta WHERE name = 'cursor'")
            count = unit.value("SELECT count(*) FROM booking")
            assert unit.value("SELECT count(*) FROM calendar") == count
            assert cursor == "" or count == len(known)
    assert seat.settle().state.link is Link.UP_TO_DATE
    assert seat.all_visits() == known
    seat.program.lock()
