"""Killed at any moment of a move to another computer, there is no office there, or a whole one."""

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from carekraft_desktop.services import visits
from carekraft_desktop.services.backup_making import quiet
from carekraft_desktop.services.new_machine import Answers
from tests.e2e.clinic import Clinic, clinic
from tests.e2e.test_worst_day import NEW_PASSWORD, carried_off

__all__ = ["clinic"]

WORKER = """
import os, signal, sys
from pathlib import Path
from carekraft_desktop.bootstrap import Program
from carekraft_desktop.config import Folders
from carekraft_desktop.machine import SystemIds
from carekraft_desktop.security.keys import KeyRing
from carekraft_desktop.services.new_machine import Answers
from tests.cheap import CHEAP
from tests.fakes.clock import FakeClock
from tests.fakes.vault import FakeVault
from tests.hub_fixture import NOON

KeyRing.load.__func__.__kwdefaults__["floor"] = CHEAP
home, place, paper, person, code, at = sys.argv[1:]
program = Program(Folders(Path(home)), clock=FakeClock(NOON), ids=SystemIds(), vault=FakeVault())

def die():
    os.kill(os.getpid(), signal.SIGKILL)

rename = Path.rename
def seen(self, target):
    done = rename(self, target)
    if at == "in place" and target == program.folders.office:
        die()
    return done
Path.rename = seen

def told(step, done, whole):
    if at == step.value:
        die()

program.move_in(Path(place), Answers(paper, person, code, "Desk 2" if code else ""), told)
"""

BEFORE = ("check", "copy", "catch-up", "swap")
AFTER = ("in place",)
"""The folder has its name: the office is there."""


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL to send")
@pytest.mark.req("REQ-95")
@pytest.mark.parametrize(
    ("at", "shut_out"),
    [*((at, False) for at in (*BEFORE, *AFTER)), ("catch-up", True)],
)
def test_killed_at_any_moment_of_a_move_there_is_no_office_or_a_whole_one(
    clinic: Clinic, tmp_path: Path, at: str, shut_out: bool
) -> None:
    lost = clinic.opened.desk.device
    disk = carried_off(clinic, tmp_path / "disk")
    if shut_out:
        clinic.hub.play("revoke", client_id=lost)

    def code() -> str:
        return clinic.hub.sandbox.issue_code() if shut_out else ""

    program = clinic.fresh_program(tmp_path / "new")
    process = subprocess.run(
        [
            *(sys.executable, "-c", WORKER, str(tmp_path / "new"), str(disk)),
            *(clinic.paper, clinic.rosa, code(), at),
        ],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert process.returncode == -signal.SIGKILL, process.stderr
    assert program.folders.office.exists() is (at in AFTER)
    if at in BEFORE:
        # A code that the killed one has used up is no good any more: the office asks for another.
        moved = program.move_in(
            disk, Answers(clinic.paper, clinic.rosa, code(), "Desk 2" if shut_out else ""), quiet
        )
        assert moved.ours
    assert not program.folders.setting_up.exists()
    opened = program.recover(clinic.paper, clinic.rosa, NEW_PASSWORD)
    assert visits.inbox(opened.desk)
    with opened.store.read() as look:
        assert opened.desk.journal.first_wrong(look) is None
        assert len(look.rows("SELECT 1 FROM journal WHERE action = 'restore.moved'")) == 1
    program.lock()
