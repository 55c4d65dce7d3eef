"""A desk with a real encrypted store and a fake exchange, for tests of the layers above both."""

import shutil
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.gates import GATES, Gate
from carekraft_desktop.services.sync import Cycle, Sync
from carekraft_desktop.store.anchor import Anchor
from carekraft_desktop.store.journal import Journal
from carekraft_desktop.store.unit import Store
from tests.fakes.clock import FakeClock
from tests.fakes.gateway import FakeGateway
from tests.fakes.ids import FakeIds

KEY = bytes(range(32))
STORE_ID = "store-1"
ROSA = Staff("staff-1", "r.alvarez", "Rosa Alvarez", frozenset({Role.FRONT_DESK}))


def anchor(folder: Path) -> Anchor:
    """The anchor beside a test's store."""
    return Anchor(folder / "office.anchor", b"anchor-key")


@dataclass
class Workstation:
    """One seat of the office, as a test needs it."""

    folder: Path
    gateway: FakeGateway
    clock: FakeClock = field(default_factory=FakeClock)
    seed: int = 0
    staff: Staff = ROSA
    gates: Mapping[Act, Gate] = field(default_factory=lambda: GATES)

    def __post_init__(self) -> None:
        self.open()

    def open(self) -> None:
        """Start the program, so to speak."""
        self.store = Store.open(
            self.folder / "office.store", KEY, anchor=anchor(self.folder), store_id=STORE_ID
        )
        ids = FakeIds(self.seed)
        journal = Journal(b"journal-key", anchor(self.folder).entries)
        device = f"ws-{self.seed}"
        self.desk = Desk(self.store, self.clock, ids, journal, self.staff, device)
        self.sync = Sync(
            self.store,
            self.gateway,
            clock=self.clock,
            ids=ids,
            journal=journal,
            device=device,
            gates=self.gates,
        )

    def close(self) -> None:
        """End it."""
        self.store.close()

    def cycle(self, *, wait: int = 0) -> Cycle:
        """One cycle of the sync."""
        return self.sync.cycle(wait=wait)

    def send(self) -> Cycle:
        """Let the time for undoing pass, then one cycle."""
        self.clock.advance(seconds=10)
        return self.cycle()


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An empty store, made once."""
    folder = tmp_path_factory.mktemp("template")
    Store.create(folder / "office.store", KEY, anchor=anchor(folder), store_id=STORE_ID).close()
    return folder


@pytest.fixture
def exchange() -> FakeGateway:
    """A fake exchange without anything in it."""
    return FakeGateway()


@pytest.fixture
def seat(tmp_path: Path, template: Path, exchange: FakeGateway) -> Iterator[Workstation]:
    """A workstation that has not received anything yet."""
    folder = tmp_path / "seat"
    shutil.copytree(template, folder)
    workstation = Workstation(folder, exchange)
    yield workstation
    workstation.close()


@pytest.fixture
def second_seat(tmp_path: Path, template: Path, exchange: FakeGateway) -> Iterator[Workstation]:
    """Another workstation of the same office."""
    folder = tmp_path / "second"
    shutil.copytree(template, folder)
    workstation = Workstation(folder, exchange, seed=1)
    yield workstation
    workstation.close()
