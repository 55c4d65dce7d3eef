"""Killed at any moment, the program comes back with everything it was told and nothing twice."""

import json
import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from sqlalchemy import select

from carekraft_desktop.bootstrap import Program, Standing
from carekraft_desktop.config import Folders
from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.hub import tables
from carekraft_desktop.machine import SystemIds
from carekraft_desktop.security.keys import KeyRing
from carekraft_desktop.security.secret import Secret
from carekraft_desktop.services import visits
from carekraft_desktop.services.sync import Link
from carekraft_desktop.services.workplace import keys_in
from tests.e2e.seats import PASSWORD, Seat
from tests.fakes.clock import FakeClock
from tests.fakes.vault import FakeVault
from tests.hub_fixture import NOON, Hub

KILLS = int(os.environ.get("CAREKRAFT_KILLS", "20")) // 5
"""For each of the five ways of being at work; all together `CAREKRAFT_KILLS`."""

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


SET_UP = """
import json, sys
from pathlib import Path
from carekraft_desktop.bootstrap import Program
from carekraft_desktop.config import Folders
from carekraft_desktop.domain.attesting import FIRST
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.machine import SystemIds
from carekraft_desktop.services.access import SetUp
from tests.e2e.seats import PASSWORD
from tests.fakes.clock import FakeClock
from tests.fakes.vault import FakeVault
from tests.hub_fixture import NOON

folder, ring, address, code = (*map(Path, sys.argv[1:3]), *sys.argv[3:5])

class Kept(FakeVault):
    def keep(self, name, secret):
        super().keep(name, secret)
        ring.write_text(json.dumps({k: v.hex() for k, v in self.kept.items()}))

program = Program(Folders(folder), clock=FakeClock(NOON), ids=SystemIds(), vault=Kept())
print("ready", flush=True)
program.set_up(SetUp(address, code, "Desk", "r.alvarez", "Rosa Alvarez",
                     frozenset({Role.FRONT_DESK}), PASSWORD, FIRST))
print("done", flush=True)
sys.stdin.read()
"""

COLLEAGUES = """
import sys
from pathlib import Path
from carekraft_desktop.bootstrap import Program
from carekraft_desktop.config import Folders
from carekraft_desktop.machine import SystemIds
from carekraft_desktop.services.workplace import keys_in
from carekraft_desktop.security.keys import KeyRing, NewStaff
from carekraft_desktop.security.secret import Secret
from tests.e2e.seats import PASSWORD
from tests.fakes.clock import FakeClock
from tests.hub_fixture import NOON

folder, secrets, first = Path(sys.argv[1]), eval(sys.argv[2]), int(sys.argv[3])
ring = KeyRing.load(keys_in(folder / "office"), clock=FakeClock(NOON))
device = Secret(bytearray(secrets[ring.device_name]))
me = next(person for person in ring.people() if person.name == "r.alvarez")
unlocked = ring.unlock(me.id, PASSWORD, device)
print("ready", flush=True)
for n in range(first, first + 1000):
    ring.add_staff(unlocked, device_secret=device, password="lantern-copper-harbor-77",
                   staff=NewStaff(id=f"s-{n}", name=f"c.n{n}", display="C", roles=("front-desk",)))
    print(f"s-{n} -", flush=True)
"""


def start_and_kill(script: str, words: list[str], seconds: float) -> list[str]:
    """Run a script until it is ready, let it work, and kill it; what it said after that."""
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
    process = subprocess.Popen(
        [sys.executable, "-c", script, *words],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=environment,
    )
    assert process.stdout is not None
    assert process.stdin is not None
    assert process.stdout.readline() == "ready\n"
    try:
        process.wait(timeout=seconds)
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
    process.wait(timeout=10)
    said = process.stdout.read().split("\n")
    process.stdout.close()
    process.stdin.close()
    return said[:-1]  # the last line may be half


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL to send")
def test_killed_while_being_set_up_there_is_a_whole_office_or_none(
    tmp_path: Path, hub: Hub
) -> None:
    chance = random.Random(3)
    whole = 0
    for n in range(KILLS):
        home, ring = tmp_path / f"home-{n}", tmp_path / f"ring-{n}.json"
        words = [str(home), str(ring), hub.url, hub.sandbox.issue_code()]
        said = start_and_kill(SET_UP, words, chance.uniform(0.05, 1.6))
        vault = FakeVault()
        if ring.exists() and ring.read_text():
            kept = json.loads(ring.read_text())
            vault.kept = {name: bytes.fromhex(secret) for name, secret in kept.items()}
        program = Program(Folders(home), clock=FakeClock(NOON), ids=SystemIds(), vault=vault)
        if program.standing() is Standing.NEEDS_SET_UP:
            assert "done" not in said
            continue
        whole += 1
        (person,) = program.people()
        opened = program.unlock(person.id, PASSWORD)
        with opened.desk.store.read() as unit:
            assert opened.desk.journal.first_wrong(unit) is None
        program.lock()
    assert 0 <= whole <= KILLS


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL to send")
def test_killed_while_colleagues_are_let_in_everybody_who_was_told_can_come_in(
    tmp_path: Path, hub: Hub
) -> None:
    chance = random.Random(4)
    seat = Seat(hub, tmp_path / "seat")
    seat.settle()
    seat.program.lock()
    told: list[str] = []
    for n in range(KILLS):
        words = [str(seat.folder), repr(seat.vault.kept), str(n * 1_000)]
        said = start_and_kill(COLLEAGUES, words, chance.uniform(0.2, 1.5))
        told += [line.split()[0] for line in said if line]
        ring = KeyRing.load(keys_in(seat.folder / "office"), clock=seat.clock)
        assert {person.id for person in ring.people()} >= set(told)
    device = Secret(bytearray(seat.vault.kept[ring.device_name]))
    for staff_id in told[:: max(1, len(told) // 4)]:
        ring.unlock(staff_id, "lantern-copper-harbor-77", device).wipe()
    (me,) = (person for person in ring.people() if person.name == seat.name)
    ring.unlock(me.id, PASSWORD, device).wipe()


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
