"""A workstation with a privacy officer at it, a real exchange, and backups."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from carekraft_desktop.bootstrap import Program
from carekraft_desktop.config import Folders, private_folder
from carekraft_desktop.domain.attesting import FIRST
from carekraft_desktop.domain.backups import Step
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.machine import SystemIds
from carekraft_desktop.services import attesting, backup, restore, visits
from carekraft_desktop.services.access import SetUp
from carekraft_desktop.services.backup import Made
from carekraft_desktop.services.backup_making import Told, quiet
from carekraft_desktop.services.opening import Opened
from carekraft_desktop.services.proving import ByPassword
from carekraft_desktop.services.restore import Restored
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.services.workplace import store_in
from carekraft_desktop.store.unit import Row
from tests.cheap import cheap_keys
from tests.e2e.seats import PASSWORD
from tests.fakes.clock import FakeClock
from tests.fakes.vault import FakeVault
from tests.hub_fixture import NOON, Hub, start_hub

__all__ = ["PASSWORD", "Clinic", "clinic"]


@dataclass
class Clinic:
    """One workstation."""

    hub: Hub
    home: Path
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOON))
    vault: FakeVault = field(default_factory=FakeVault)

    def __post_init__(self) -> None:
        self.program = self.fresh_program()
        roles = frozenset({Role.FRONT_DESK, Role.PRIVACY_OFFICER})
        code = self.hub.sandbox.issue_code()
        self.opened: Opened = self.program.set_up(
            SetUp(self.hub.url, code, "Desk 1", "r.alvarez", "Rosa Alvarez", roles, PASSWORD, FIRST)
        )
        self.paper = self.opened.recovery_key
        self.rosa = self.opened.desk.staff.id
        for _ in range(10):
            self.hub.play("patient/book")
        self.sync()

    def fresh_program(self, home: Path | None = None) -> Program:
        """The program, as it is started."""
        folders = Folders(private_folder(home or self.home))
        return Program(folders, clock=self.clock, ids=SystemIds(), vault=self.vault)

    @property
    def office(self) -> Path:
        return self.program.folders.office

    @property
    def file(self) -> Path:
        return store_in(self.office)

    @property
    def way(self) -> ByPassword:
        return ByPassword(self.rosa, PASSWORD)

    def proof(self) -> StepUp:
        return self.program.confirm(self.rosa, PASSWORD)

    def sync(self) -> None:
        """A turn of the conversation, with the time to undo gone by."""
        self.clock.advance(seconds=10)
        self.opened.sync.cycle(wait=0)

    def back_up(self, chosen: Path | str = "") -> Made:
        """Somebody asks for a backup."""
        return backup.make(self.program._around(), self.opened, str(chosen), self.proof())

    def restore(self, place: Path | str, told: Told = quiet) -> Restored:
        """Restore with the office locked, as always."""
        self.program.lock()
        return restore.restore(self.program._around(), Path(place), self.way, told)

    def unlock(self) -> Opened:
        """Start the program, sign in, and confirm what is due, as the page asks."""
        self.program.lock()
        self.program = self.fresh_program()
        self.opened = self.program.unlock(self.rosa, PASSWORD)
        if self.opened.desk.staff.unconfirmed:
            for subject in attesting.due(self.opened.desk):
                attesting.confirm(self.opened.desk, subject)
            self.opened = self.program.confirmed()
        return self.opened

    def rows(self, sql: str, *values: object) -> list[Row]:
        """A look into the store."""
        with self.opened.store.read() as look:
            return look.rows(sql, *values)

    def whole(self) -> bool:
        """Whether the journal's chain holds."""
        with self.opened.store.read() as look:
            return self.opened.desk.journal.first_wrong(look) is None

    def accept_one(self) -> str:
        """Accept the first request; its id."""
        seen = visits.inbox(self.opened.desk)[0].entry.id
        visits.accept(self.opened.desk, seen)
        return seen

    def flip(self, file: Path, page: int) -> None:
        """One bit of one page is another."""
        data = bytearray(file.read_bytes())
        data[page * 4096 + 100] ^= 1
        file.write_bytes(data)


def steps_of(seen: list[Step]) -> Told:
    """Writes down which steps there were."""

    def told(step: Step, _done: int, _whole: int) -> None:
        if not seen or seen[-1] is not step:
            seen.append(step)

    return told


@pytest.fixture
def clinic(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Clinic]:
    cheap_keys(monkeypatch)
    hub = start_hub(tmp_path)
    made = Clinic(hub, tmp_path / "home")
    yield made
    made.program.lock()
    hub.stop()
