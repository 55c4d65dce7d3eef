"""A small office's key ring, with a cheap cost so that a test takes milliseconds."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from carekraft_desktop.security.keys import KeyRing, NewStaff, RecoveryKey, Unlocked
from carekraft_desktop.security.secret import Secret
from carekraft_desktop.security.slots import Cost
from tests.fakes.clock import FakeClock

CHEAP = Cost(memory=64, passes=1, lanes=1)
STORE = "0191a0b0-0000-7000-8000-00000000000a"
KEYRING = "keyring.backends.SecretService.Keyring"
ADA = NewStaff(id="staff-ada", name="ada.berg", display="Ada Berg", roles=("administrator",))
BEN = NewStaff(id="staff-ben", name="ben.cole", display="Ben Cole", roles=("front-desk",))
PASSWORD = "three green lamps"
OTHER = "seven brown chairs"


@dataclass
class Office:
    """One workstation: its key file, its device secret, its clock."""

    path: Path
    device: Secret
    clock: FakeClock
    paper: str
    key: bytes
    made: list[Unlocked] = field(default_factory=list)

    def ring(self) -> KeyRing:
        """As the program finds it at a start."""
        return KeyRing.load(self.path, clock=self.clock, floor=CHEAP, cost=CHEAP)

    def enter(self, staff: NewStaff = ADA, password: str = PASSWORD) -> Unlocked:
        """Come in by password."""
        return self.ring().unlock(staff.id, password, self.device)


def make_office(
    path: Path, *, backend: str = KEYRING, clock: FakeClock | None = None
) -> tuple[Office, Unlocked, RecoveryKey]:
    clock = clock or FakeClock()
    device = Secret.random()
    unlocked, paper = KeyRing.create(
        path,
        store_id=STORE,
        device_secret=device,
        staff=ADA,
        password=PASSWORD,
        backend=backend,
        clock=clock,
        cost=CHEAP,
    )
    office = Office(path, device, clock, paper.text, bytes(unlocked.key.content))
    return office, unlocked, paper


@pytest.fixture
def office(tmp_path: Path) -> Office:
    return make_office(tmp_path / "office.keys")[0]


@pytest.fixture
def full_office(office: Office) -> Office:
    """The same with a second person."""
    with office.enter() as ada:
        office.ring().add_staff(ada, BEN, OTHER, office.device)
    return office


ExpectedLog = Callable[[str], None]
