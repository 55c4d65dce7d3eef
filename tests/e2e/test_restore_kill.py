"""Killed at any moment of a restore, the next start finds the office of before or the restored one."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from carekraft_desktop.services import swap, visits
from tests.e2e.clinic import Clinic, clinic

__all__ = ["clinic"]

WORKER = """
import os, signal, sys
from pathlib import Path
from carekraft_desktop.bootstrap import Program
from carekraft_desktop.config import Folders
from carekraft_desktop.machine import SystemIds
from carekraft_desktop.security.keys import KeyRing
from carekraft_desktop.services import restore
from carekraft_desktop.services.proving import ByPassword
from tests.cheap import CHEAP
from tests.e2e.seats import PASSWORD
from tests.fakes.clock import FakeClock
from tests.fakes.vault import FakeVault
from tests.hub_fixture import NOON

KeyRing.load.__func__.__kwdefaults__["floor"] = CHEAP
home, secrets, person, place, at = sys.argv[1:]
vault = FakeVault()
vault.kept.update(eval(secrets))
program = Program(Folders(Path(home)), clock=FakeClock(NOON), ids=SystemIds(), vault=vault)

def die():
    os.kill(os.getpid(), signal.SIGKILL)

renames = None
replace = Path.replace
def counted(self, target):
    global renames
    if at == f"rename {renames}":
        die()
    if renames is not None:
        renames += 1
    return replace(self, target)
Path.replace = counted

def told(step, done, whole):
    global renames
    if step.value == "swap":
        renames = 0
    if at == step.value:
        die()

restore.restore(program._around(), Path(place), ByPassword(person, PASSWORD), told)
"""

BEFORE = ("carry", "rename 0")
AFTER = ("rename 1", "rename 2", "rename 3")
"""By then the decision is on the disk: the next start finishes it."""


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL to send")
@pytest.mark.req("REQ-95")
@pytest.mark.parametrize("at", [*BEFORE, *AFTER])
def test_killed_at_any_moment_of_a_restore_the_office_is_whole(clinic: Clinic, at: str) -> None:
    made = clinic.back_up()
    accepted = clinic.accept_one()
    clinic.program.lock()
    process = subprocess.run(
        [
            *(sys.executable, "-c", WORKER, str(clinic.home), repr(clinic.vault.kept)),
            *(clinic.rosa, made.backup.place, at),
        ],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert process.returncode == -signal.SIGKILL, process.stderr
    clinic.unlock()
    restored = clinic.rows("SELECT 1 FROM journal WHERE action = 'restore.done'")
    assert bool(restored) is (at in AFTER)
    assert bool(swap.set_aside(clinic.office)) is (at in AFTER)
    assert accepted not in {seen.entry.id for seen in visits.inbox(clinic.opened.desk)}
    assert clinic.whole()
    left = {path.name for path in clinic.office.iterdir()}
    assert not [name for name in left if ".put" in name]
