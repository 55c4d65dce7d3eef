"""Real workstations for end-to-end tests: real store, real HTTP, a fake keyring and clock."""

from dataclasses import dataclass, field
from pathlib import Path

from carekraft_desktop.bootstrap import Program
from carekraft_desktop.config import Folders, private_folder
from carekraft_desktop.domain.attesting import FIRST
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.machine import SystemIds
from carekraft_desktop.services import visits
from carekraft_desktop.services.access import SetUp
from carekraft_desktop.services.opening import Opened
from carekraft_desktop.services.sync import Cycle, Link
from tests.fakes.clock import FakeClock
from tests.fakes.vault import FakeVault
from tests.hub_fixture import NOON, Hub

PASSWORD = "copper-harbor-lantern-31"
WEEKS = 6 * 7 * 86400


@dataclass
class Seat:
    """A program that was set up against a running exchange."""

    hub: Hub
    folder: Path
    vault: FakeVault = field(default_factory=FakeVault)
    clock: FakeClock = field(default_factory=lambda: FakeClock(NOON))
    name: str = "r.alvarez"

    def __post_init__(self) -> None:
        self.program = self._program()
        self.opened = self.set_up()

    def _program(self) -> Program:
        folders = Folders(private_folder(self.folder))
        return Program(folders, clock=self.clock, ids=SystemIds(), vault=self.vault)

    def set_up(self) -> Opened:
        """Enrol with a fresh code and make the store."""
        return self.program.set_up(
            SetUp(
                exchange=self.hub.url,
                code=self.hub.sandbox.issue_code(),
                workstation="Desk 1",
                name=self.name,
                display="Rosa Alvarez",
                roles=frozenset({Role.FRONT_DESK}),
                password=PASSWORD,
                confirms=FIRST,
            )
        )

    def restart(self) -> None:
        """End the program and start it again."""
        self.program.lock()
        self.program = self._program()
        (person,) = self.program.people()
        self.opened = self.program.unlock(person.id, PASSWORD)

    def cycle(self) -> Cycle:
        """One cycle of the sync, without waiting."""
        return self.opened.sync.cycle(wait=0)

    def settle(self, *, most: int = 60) -> Cycle:
        """Cycle until both sides agree."""
        self.clock.advance(seconds=10)
        for _ in range(most):
            cycle = self.cycle()
            if cycle.state.link is Link.UP_TO_DATE and not cycle.state.waiting and cycle.pause > 0:
                return cycle
            if cycle.pause:
                self.clock.advance(seconds=cycle.pause + 1)
        raise AssertionError(cycle.state)

    def all_visits(self) -> dict[str, tuple[Status, int]]:
        """Status and version of every visit that this seat knows."""
        now = int(NOON.timestamp())
        seen = visits.day(self.opened.desk, now - WEEKS, now + WEEKS)
        return {s.entry.id: (s.status, s.entry.version) for s in seen}

    def request(self) -> str:
        """Id of the oldest request whose time has not come."""
        now = int(self.clock.now().timestamp())
        return next(s.entry.id for s in visits.inbox(self.opened.desk) if s.start > now + 600)
