"""Coming in when something is lost, unsafe or tried: always a way on, and nothing deleted."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from carekraft_desktop.bootstrap import Program
from carekraft_desktop.config import Folders, private_folder
from carekraft_desktop.domain.attesting import FIRST
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.errors import (
    KeyringLost,
    KeyringUnsafe,
    NotPermitted,
    PasswordAgain,
    TooManyTries,
    WeakPassword,
    WrongPassword,
    WrongRecoveryKey,
)
from carekraft_desktop.machine import SystemIds
from carekraft_desktop.services import drill, visits
from carekraft_desktop.services.access import SetUp
from carekraft_desktop.services.opening import Opened
from carekraft_desktop.store import journal
from tests.cheap import cheap_keys
from tests.e2e.seats import PASSWORD
from tests.fakes.clock import FakeClock
from tests.fakes.vault import FakeVault, Trouble
from tests.hub_fixture import NOON, Hub, start_hub

OFFICER = frozenset({Role.FRONT_DESK, Role.PRIVACY_OFFICER})
FRESH = "meadow-cobalt-anchor-58"


class Door:
    """A workstation, and what was shown once when it was set up."""

    def __init__(self, hub: Hub, home: Path, trouble: Trouble = Trouble.NONE) -> None:
        self.vault, self.clock, self.home = FakeVault(), FakeClock(NOON), home
        self.vault.trouble = trouble
        self.program = self._program()
        code = hub.sandbox.issue_code()
        answers = SetUp(
            hub.url, code, "Desk 1", "r.alvarez", "Rosa Alvarez", OFFICER, PASSWORD, FIRST
        )
        self.opened = self.program.set_up(answers)
        self.paper, self.code = self.opened.recovery_key, self.opened.workstation_code
        self.opened.sync.cycle(wait=0)
        self.person = self.opened.desk.staff.id

    def _program(self) -> Program:
        folders = Folders(private_folder(self.home))
        return Program(folders, clock=self.clock, ids=SystemIds(), vault=self.vault)

    def start_again(self) -> Program:
        self.program.lock()
        self.program = self._program()
        return self.program

    def files(self) -> set[str]:
        return {path.name for path in (self.home / "office").iterdir()}


@pytest.fixture
def door(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., Door]]:
    cheap_keys(monkeypatch)
    hub = start_hub(tmp_path)
    made: list[Door] = []

    def make(trouble: Trouble = Trouble.NONE) -> Door:
        made.append(Door(hub, tmp_path / f"home-{len(made)}", trouble))
        return made[-1]

    yield make
    for each in made:
        each.program.lock()
    hub.stop()


def actions(opened: Opened) -> list[tuple[str, str]]:
    with opened.store.read() as unit:
        found = journal.page(unit, journal.Sieve(), most=8)
    return [(entry.action, entry.outcome) for _, entry in found]


@pytest.mark.req("REQ-09")
def test_req_09_a_keyring_that_keeps_plain_text_is_refused_and_a_code_on_paper_is_the_way_on(
    door: Callable[..., Door],
) -> None:
    unsafe = door(Trouble.UNSAFE)
    assert unsafe.code
    assert not unsafe.vault.kept
    program = unsafe.start_again()
    assert program.needs_code
    opened = program.unlock(unsafe.person, PASSWORD, unsafe.code)
    assert visits.inbox(opened.desk) is not None


@pytest.mark.req("REQ-09", "REQ-21")
def test_req_09_a_keyring_that_becomes_unsafe_or_forgets_leads_to_the_paper(
    door: Callable[..., Door],
) -> None:
    place = door()
    before = place.files()
    program = place.start_again()
    place.vault.wipe()
    with pytest.raises(KeyringLost):
        program.unlock(place.person, PASSWORD)
    place.vault.trouble = Trouble.UNSAFE
    with pytest.raises(KeyringUnsafe):
        program.unlock(place.person, PASSWORD)
    assert {"office.store", "office.keys"} <= place.files() <= before
    with pytest.raises(WeakPassword):
        program.recover(place.paper, place.person, "short one")  # it stands alone now
    opened = program.recover(place.paper, place.person, FRESH)
    assert opened.workstation_code
    program = place.start_again()
    back = program.unlock(place.person, FRESH, opened.workstation_code)
    assert visits.inbox(back.desk) is not None


@pytest.mark.req("REQ-21")
def test_req_21_the_paper_is_proved_without_changing_anything(door: Callable[..., Door]) -> None:
    place = door()
    desk, program = place.opened.desk, place.program
    keys = (place.home / "office" / "office.keys").read_bytes()
    with pytest.raises(PasswordAgain):
        program.check_recovery_key(place.paper, None)
    proof = program.confirm(place.person, PASSWORD)
    with pytest.raises(WrongRecoveryKey):
        program.check_recovery_key("7KQ2 M4XD 9WTA B6RN 3FHJ V8PC 2YSE K5GM D7QX", proof)
    assert drill.last(desk) is None
    program.check_recovery_key(place.paper.lower(), proof)
    assert drill.last(desk) == (place.person, desk.now())
    assert (place.home / "office" / "office.keys").read_bytes() == keys
    assert actions(place.opened)[:3] == [
        ("recovery.drill", "done"),
        ("recovery.drill", "refused"),
        ("recovery.drill", "denied"),
    ]


@pytest.mark.req("REQ-21")
def test_req_21_a_new_paper_makes_the_old_one_worthless(door: Callable[..., Door]) -> None:
    place = door()
    proof = place.program.confirm(place.person, PASSWORD)
    fresh = place.program.new_recovery_key(proof)
    assert drill.last(place.opened.desk) is None
    with pytest.raises(WrongRecoveryKey):
        place.program.check_recovery_key(place.paper, proof)
    place.program.check_recovery_key(fresh, proof)
    program = place.start_again()
    with pytest.raises(WrongRecoveryKey):
        program.recover(place.paper, place.person, FRESH)
    program.recover(fresh, place.person, FRESH)


@pytest.mark.req("REQ-26", "REQ-35")
def test_req_26_whoever_comes_in_is_told_of_the_last_time_and_of_wrong_passwords(
    door: Callable[..., Door],
) -> None:
    place = door()
    first = place.opened.desk.now()
    program = place.start_again()
    place.clock.advance(seconds=3600)
    for _ in range(5):
        with pytest.raises(WrongPassword):
            program.unlock(place.person, "not the right one")
    # Neither a restart nor the computer's date gives the next try before its time.
    program = place.start_again()
    place.clock.set_wall(NOON.replace(year=2030))
    with pytest.raises(TooManyTries):
        program.unlock(place.person, PASSWORD)
    place.clock.advance(seconds=60)
    opened = program.unlock(place.person, PASSWORD)
    assert (opened.before.last, opened.before.failures) == (first, 5)


@pytest.mark.req("REQ-18")
def test_nothing_of_an_office_is_done_while_it_is_closed(door: Callable[..., Door]) -> None:
    place = door()
    proof = place.program.confirm(place.person, PASSWORD)
    program = place.start_again()
    with pytest.raises(NotPermitted):
        program.rotate(proof)
    with pytest.raises(NotPermitted):
        program.change_password(PASSWORD, FRESH)


@pytest.mark.req("REQ-33")
def test_req_33_the_own_password_is_changed_and_the_pin_of_before_goes(
    door: Callable[..., Door],
) -> None:
    from carekraft_desktop.services import pins

    place = door()
    pins.choose(place.opened.desk, place.program.confirm(place.person, PASSWORD), "493817")
    with pytest.raises(WrongPassword):
        place.program.change_password("not the right one", FRESH)
    with pytest.raises(WeakPassword):
        place.program.change_password(PASSWORD, "password1")
    place.program.change_password(PASSWORD, FRESH)
    assert not pins.have(place.opened.desk)
    program = place.start_again()
    with pytest.raises(WrongPassword):
        program.unlock(place.person, PASSWORD)
    program.unlock(place.person, FRESH)
