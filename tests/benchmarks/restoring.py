"""`python -m tests.benchmarks.restoring`: how long backup, restore and salvage of a large office take.

A real exchange, a real store and a real restore with everything that belongs to it: every byte,
every page and the journal checked, the copy, the catching up with the exchange, the swap.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from carekraft_desktop.bootstrap import Program
from carekraft_desktop.config import Folders, private_folder
from carekraft_desktop.domain.attesting import FIRST
from carekraft_desktop.domain.backups import Step
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.hub.sandbox.office import Size
from carekraft_desktop.services.access import SetUp
from carekraft_desktop.services.proving import ByPassword
from carekraft_desktop.services.sync import Link
from carekraft_desktop.services.workplace import store_in
from tests.fakes.vault import FakeVault
from tests.hub_fixture import start_hub

T = TypeVar("T")
PASSWORD = "copper-harbor-lantern-31"


def main() -> int:
    """Measure once and print."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--patients", type=int, default=50_000)
    parser.add_argument("--bookings", type=int, default=120_000)
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="carekraft-restoring-") as folder:
        _measure(
            Path(folder), Size(patients=chosen.patients, bookings=chosen.bookings, providers=12)
        )
    return 0


def _measure(folder: Path, size: Size) -> None:
    hub = _timed("an exchange with this office", lambda: start_hub(folder, size=size))
    program = Program(Folders(private_folder(folder / "home")), vault=FakeVault())
    roles = frozenset({Role.PRIVACY_OFFICER, Role.FRONT_DESK})
    code = hub.sandbox.issue_code()
    opened = program.set_up(
        SetUp(hub.url, code, "Desk 1", "r.a", "Rosa Alvarez", roles, PASSWORD, FIRST)
    )

    def receive() -> None:
        while opened.sync.cycle(wait=0).state.link is not Link.UP_TO_DATE:
            pass

    _timed("the first synchronization", receive)
    staff = opened.desk.staff.id
    proof = program.confirm(staff, PASSWORD)
    made = _timed("a backup, made and tried out", lambda: program.backups.make(proof, _told()))
    print(f"{made.backup.patients} patients, {made.backup.bookings} bookings, {made.backup.size} B")
    file = store_in(program.folders.office)
    _timed("every page of the store", opened.store.check_pages)
    program.lock()
    way, place = ByPassword(staff, PASSWORD), Path(made.backup.place)
    _timed(
        "a restore, the store of before at hand",
        lambda: program.backups.restore(place, way, _told()),
    )
    file.unlink()
    _timed(
        "a restore, the store of before lost", lambda: program.backups.restore(place, way, _told())
    )
    data = bytearray(file.read_bytes())
    data[len(data) // 2] ^= 1
    file.write_bytes(data)
    _timed("a salvage with everything fetched again", lambda: program.backups.salvage(way, _told()))
    program.unlock(staff, PASSWORD)
    program.lock()
    hub.stop()


def _timed(what: str, work: Callable[[], T]) -> T:
    began, used = time.monotonic(), time.process_time()
    done = work()
    print(f"{what}: {time.monotonic() - began:.1f} s ({time.process_time() - used:.1f} s of CPU)")
    sys.stdout.flush()
    return done


def _told() -> Callable[[Step, int, int], None]:
    """Print each step with its moment."""
    seen: list[Step] = []
    began = time.monotonic()

    def told(step: Step, _done: int, _whole: int) -> None:
        if not seen or seen[-1] is not step:
            seen.append(step)
            print(f"    {time.monotonic() - began:6.1f} s  {step.value}")

    return told


if __name__ == "__main__":
    sys.exit(main())
