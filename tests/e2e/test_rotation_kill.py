"""Killed at any moment of getting another key, the office opens with everything that was done."""

import os
import random
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from carekraft_desktop.security.keys import KeyRing
from carekraft_desktop.services import generations, visits
from carekraft_desktop.services.workplace import keys_in, store_in
from tests.e2e.seats import PASSWORD
from tests.e2e.test_crash import KILLS
from tests.e2e.test_offboarding import KOFIS, Practice, practice
from tests.fakes.vault import FakeVault

__all__ = ["practice"]

WORKER = """
import sys
import threading
import time
from pathlib import Path
from carekraft_desktop.bootstrap import Program
from carekraft_desktop.config import Folders
from carekraft_desktop.machine import SystemIds
from carekraft_desktop.security.keys import KeyRing
from carekraft_desktop.services import visits
from tests.cheap import CHEAP
from tests.e2e.seats import PASSWORD
from tests.fakes.clock import FakeClock
from tests.fakes.vault import FakeVault
from tests.hub_fixture import NOON

KeyRing.load.__func__.__kwdefaults__["floor"] = CHEAP
folder, secrets, person = Path(sys.argv[1]), eval(sys.argv[2]), sys.argv[3]
vault = FakeVault()
vault.kept.update(secrets)
program = Program(Folders(folder), clock=FakeClock(NOON), ids=SystemIds(), vault=vault)
opened = program.unlock(person, PASSWORD)
proof = program.confirm(person, PASSWORD)
print("ready", flush=True)

def work():
    while True:
        opened.sync.cycle(wait=0)
        for seen in visits.inbox(opened.desk):
            visits.accept(opened.desk, seen.entry.id)
            print(seen.entry.id, flush=True)
            time.sleep(0.01)

threading.Thread(target=work, daemon=True).start()
while True:
    program.rotate(proof)
"""


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL to send")
@pytest.mark.req("REQ-97")
def test_req_97_killed_while_people_work_and_the_store_gets_another_key_nothing_is_lost(
    practice: Practice,
) -> None:
    chance, accepted = random.Random(7), set[str]()
    vault = practice.program._vault
    assert isinstance(vault, FakeVault)
    person = practice.opened.desk.staff.id
    generation = 1
    for _ in range(KILLS):
        for _ in range(3):
            practice.hub.play("patient/book")
        practice.opened.sync.cycle(wait=0)
        practice.program.lock()
        home = str(practice.program.folders.home)
        process = subprocess.Popen(
            [sys.executable, "-c", WORKER, home, repr(vault.kept), person],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        )
        assert process.stdout is not None
        assert process.stdout.readline() == "ready\n"
        try:
            process.wait(timeout=chance.uniform(0.02, 0.5))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
        process.wait(timeout=10)
        accepted |= set(process.stdout.read().split("\n")[:-1])  # the last line may be half
        process.stdout.close()
        assert process.returncode == -signal.SIGKILL
        opened = practice.again()
        ring = KeyRing.load(keys_in(practice.folder), clock=practice.program.clock)
        assert ring.generation >= generation
        generation = ring.generation
        assert not ring.rotating
        assert not generations.beside(store_in(practice.folder)).exists()
        waiting = {seen.entry.id for seen in visits.inbox(opened.desk)}
        assert not waiting & accepted
        assert practice.whole()
    assert accepted
    assert generation > 1
    practice.again(practice.kofi.id, KOFIS)
    practice.again(person, PASSWORD)
