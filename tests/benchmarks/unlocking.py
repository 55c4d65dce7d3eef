"""A script: one unlock by password, as the program does it; tells its CPU beside the derivation's.

Given a folder that `starting.furnish` made. Everything that the lock page loads while a person
types is loaded before the clock starts.
"""

import sys
import time
from pathlib import Path
from typing import Any

from carekraft_desktop.bootstrap import Program
from carekraft_desktop.collector import calm_collector
from carekraft_desktop.config import Folders
from carekraft_desktop.presenters import wiring
from carekraft_desktop.presenters.tasks import InlineRunner
from carekraft_desktop.presenters.times import OfficeTime
from carekraft_desktop.presenters.today import TodayPresenter
from carekraft_desktop.presenters.today_state import TodayState
from carekraft_desktop.presenters.unlock import UnlockPresenter
from carekraft_desktop.security import keys, waysin
from tests.benchmarks import sample
from tests.benchmarks.scripts import tell
from tests.fakes.clipboard import FakeClipboard
from tests.fakes.clock import FakeClock
from tests.fakes.timers import FakeTimers
from tests.fakes.vault import FakeVault

DEVICE, PASSWORD = bytes(range(32)), "copper-harbor-lantern-31"


def unlock(home: Path) -> None:
    """From the password to the state of today's page."""
    derived: list[float] = []
    derive: Any = vars(waysin)["slot_key"]

    def timed(*args: Any, **named: Any) -> Any:
        began = time.process_time()
        found = derive(*args, **named)
        derived.append(time.process_time() - began)
        return found

    setattr(waysin, "slot_key", timed)  # noqa: B010 - counted apart, that is the point
    vault = FakeVault()
    vault.keep(keys.device_name(sample.STORE_ID, 1), DEVICE)
    program = Program(Folders(home), clock=FakeClock(sample.NOON), vault=vault)
    states: list[TodayState] = []
    ended: list[float] = []

    def opened(found: Any) -> None:
        uses = wiring.load()
        office = uses.office.office(found.desk)
        today = TodayPresenter(
            found.desk,
            states.append,
            visits=uses.visits,
            office=uses.office,
            outbox=uses.outbox,
            changes=uses.changes,
            marks=uses.marks,
            handover=uses.handover,
            clipboard=FakeClipboard(),
            timers=FakeTimers(),
            told=lambda _: None,
            acted=lambda: None,
            open_person=lambda _id: None,
            when=OfficeTime.of(office.zone if office else "UTC"),
        )
        today.refresh()
        ended.append(time.process_time())

    page = UnlockPresenter(
        program, InlineRunner(), lambda _: None, timers=FakeTimers(), opened=opened
    )
    page.begin("start")
    began = time.process_time()
    page.unlock(PASSWORD)
    if not states or not states[-1].blocks:
        raise RuntimeError(page.state)
    tell("derivation", sum(derived))
    tell("rest", ended[-1] - began - sum(derived))
    program.lock()


if __name__ == "__main__":
    calm_collector()
    unlock(Path(sys.argv[1]))
