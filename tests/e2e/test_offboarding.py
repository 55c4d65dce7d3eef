"""A colleague leaves: the way in is closed at once, and an old copy opens only what it was."""

import shutil
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from carekraft_desktop.bootstrap import Program
from carekraft_desktop.config import Folders, private_folder
from carekraft_desktop.domain.attesting import FIRST
from carekraft_desktop.domain.leaving import Cause, Chore
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.errors import (
    DiskFull,
    LastOfficer,
    NameNotAllowed,
    NotPermitted,
    PasswordAgain,
    StoreBusy,
    StoreDamaged,
    WrongPassword,
)
from carekraft_desktop.machine import SystemIds
from carekraft_desktop.security.keys import KeyRing
from carekraft_desktop.services import generations, leaving, pins, rotation, visits
from carekraft_desktop.services.access import SetUp
from carekraft_desktop.services.admitting import Newcomer
from carekraft_desktop.services.opening import Opened
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.services.workplace import keys_in, store_in
from carekraft_desktop.store import engine, journal, unit
from carekraft_desktop.store.unit import Store
from tests.cheap import cheap_keys
from tests.e2e.seats import PASSWORD
from tests.fakes.clock import FakeClock
from tests.fakes.vault import FakeVault
from tests.hub_fixture import NOON, Hub, start_hub

KOFIS = "harbor-lantern-copper-77"


@dataclass
class Practice:
    """A workstation with an officer at it, and Kofi of the front desk."""

    program: Program
    opened: Opened
    kofi: Staff
    hub: Hub

    @property
    def folder(self) -> Path:
        return self.program.folders.office

    def proof(self) -> StepUp:
        return self.program.confirm(self.opened.desk.staff.id, PASSWORD)

    def again(self, staff_id: str = "", password: str = PASSWORD) -> Opened:
        """End the program and start it."""
        self.program.lock()
        self.opened = self.program.unlock(staff_id or self.opened.desk.staff.id, password)
        return self.opened

    def rotate(self, told: Callable[[int, int], None] = lambda *_: None) -> None:
        self.program.rotate(self.proof(), told)

    def whole(self) -> bool:
        """Whether the journal's chain holds."""
        with self.opened.store.read() as look:
            return self.opened.desk.journal.first_wrong(look) is None


@pytest.fixture
def practice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Practice]:
    cheap_keys(monkeypatch)
    hub: Hub = start_hub(tmp_path)
    folders = Folders(private_folder(tmp_path / "home"))
    vault, clock = FakeVault(), FakeClock(NOON)
    program = Program(folders, clock=clock, ids=SystemIds(), vault=vault)
    roles = frozenset({Role.FRONT_DESK, Role.PRIVACY_OFFICER})
    code = hub.sandbox.issue_code()
    opened = program.set_up(
        SetUp(hub.url, code, "Desk 1", "r.alvarez", "Rosa Alvarez", roles, PASSWORD, FIRST)
    )
    for _ in range(10):
        hub.play("patient/book")
    opened.sync.cycle(wait=0)
    proof = program.confirm(opened.desk.staff.id, PASSWORD)
    newcomer = Newcomer("k.boateng", "Kofi Boateng", frozenset({Role.FRONT_DESK}), KOFIS)
    made = Practice(program, opened, program.let_in(newcomer, proof=proof), hub)
    yield made
    made.program.lock()
    hub.stop()


def copied(practice: Practice, to: Path) -> Program:
    """Somebody takes a copy of all files; the keyring is this computer's all the same."""
    shutil.copytree(practice.program.folders.home, to)
    old = practice.program
    return Program(Folders(to), clock=old.clock, ids=old.ids, vault=old._vault)


@pytest.mark.req("REQ-97")
def test_req_97_an_old_copy_with_an_old_password_opens_the_old_store_and_not_the_new(
    practice: Practice, tmp_path: Path
) -> None:
    practice.opened.store.checkpoint()
    thief = copied(practice, tmp_path / "copy")
    gone = practice.program.let_go(practice.kofi.id, Cause.DISMISSED, practice.proof())
    assert gone.leaving.rotated_at is None
    practice.rotate()
    assert leaving.farewell(practice.opened.desk, practice.kofi.id).leaving.rotated_at is not None
    visit = visits.inbox(practice.opened.desk)[0].entry.id
    visits.accept(practice.opened.desk, visit)
    practice.program.lock()
    # The old files still open with what opened them: nobody can change that any more.
    old = thief.unlock(practice.kofi.id, KOFIS)
    old_key = bytes(old.unlocked.key.content)
    with old.desk.store.read() as unit:
        assert unit.value("SELECT count(*) FROM patient")
    thief.lock()
    # The old key does not open the new store, beside old or new key files.
    assert not Store.opens(store_in(practice.folder), old_key)
    shutil.copy(store_in(practice.folder), store_in(thief.folders.office))
    with pytest.raises(StoreDamaged):
        thief.unlock(practice.kofi.id, KOFIS)
    with pytest.raises(WrongPassword):
        practice.program.unlock(practice.kofi.id, KOFIS)
    practice.again()
    assert visit not in [seen.entry.id for seen in visits.inbox(practice.opened.desk)]
    assert practice.whole()


@pytest.mark.req("REQ-97")
def test_req_97_the_store_is_in_use_while_it_gets_another_key(practice: Practice) -> None:
    opened, now = practice.opened, practice.opened.desk.now()
    with opened.store.write() as filled:
        for number in range(3000):
            filled.run("INSERT INTO unfinished VALUES (?, ?, ?)", f"s{number}", now, "x" * 900)
    begin, wrong = threading.Event(), list[BaseException]()
    told: list[tuple[int, int, int]] = []

    def work() -> None:
        begin.wait(20)
        try:
            for seen in visits.inbox(opened.desk)[:5]:
                visits.accept(opened.desk, seen.entry.id)
        except BaseException as error:  # noqa: BLE001 - told by the test's own thread
            wrong.append(error)

    def progress(done: int, pages: int) -> None:
        told.append((done, pages, len(visits.inbox(opened.desk))))
        begin.set()
        while len(told) == 1 and not opened.store.somebody_waits and colleague.is_alive():
            colleague.join(0.01)  # until somebody wants to act in the middle of it

    before = len(visits.inbox(opened.desk))
    colleague = threading.Thread(target=work)
    colleague.start()
    practice.rotate(progress)
    colleague.join(20)
    assert wrong == []
    # At the second stretch what was done meanwhile is there, long before the end.
    assert told[1][2] < told[0][2] == before
    assert len(told) > 3
    assert told[-1][0] == told[-1][1]
    opened.sync.cycle(wait=0)
    assert len(visits.inbox(opened.desk)) <= before - 5
    practice.again()
    assert practice.whole()
    with practice.opened.store.read() as look:
        assert look.value("SELECT count(*) FROM unfinished") == 3000


@pytest.mark.parametrize("cut", ["before-copy", "before-swap", "after-swap"])
@pytest.mark.parametrize("way", ["password", "paper"])
@pytest.mark.req("REQ-97")
def test_req_97_a_rotation_that_is_cut_short_leaves_one_way_in(
    practice: Practice, monkeypatch: pytest.MonkeyPatch, cut: str, way: str
) -> None:
    visit = visits.inbox(practice.opened.desk)[0].entry.id
    visits.accept(practice.opened.desk, visit)
    paper = practice.program.new_recovery_key(practice.proof())

    class PowerCut(BaseException):
        """The computer is gone."""

    def gone(*_: object, **__: object) -> None:
        raise PowerCut

    with monkeypatch.context() as patch:
        # Nothing tidies up when the power goes.
        patch.setattr(KeyRing, "drop_rotation", gone)
        patch.setattr(rotation, "clear", gone)
        if cut == "before-copy":
            patch.setattr(Store, "rotate", gone)
        elif cut == "before-swap":
            patch.setattr(rotation, "swap", gone)
        else:
            patch.setattr(KeyRing, "finish_rotation", gone)
        with pytest.raises(PowerCut):
            practice.rotate()
    beside = generations.beside(store_in(practice.folder))
    assert beside.exists() is (cut == "before-swap")
    practice.program.lock()
    if way == "paper":
        fresh = "meadow-cobalt-anchor-58"
        person = practice.opened.desk.staff.id
        practice.opened = practice.program.recover(paper, person, fresh)
        practice.again(password=fresh)
    else:
        practice.again()
    ring = KeyRing.load(keys_in(practice.folder), clock=practice.program.clock)
    assert (ring.rotating, beside.exists()) == (False, False)
    assert ring.generation == (2 if cut == "after-swap" else 1)
    assert visit not in [seen.entry.id for seen in visits.inbox(practice.opened.desk)]
    assert practice.whole()
    practice.again(practice.kofi.id, KOFIS)


@pytest.mark.req("REQ-24", "REQ-01")
def test_req_24_who_is_disabled_loses_seat_pin_and_name_at_once(practice: Practice) -> None:
    program = practice.program
    program.cover("switch")
    kofi = program.unlock(practice.kofi.id, KOFIS)
    pins.choose(kofi.desk, program.confirm(practice.kofi.id, KOFIS), "493817")
    seat = kofi.seats.of(practice.kofi.id)
    program.cover("switch")
    officer = practice.opened.desk.staff.id
    program.unlock(officer, PASSWORD)
    gone = program.let_go(practice.kofi.id, Cause.LEFT, practice.proof())
    assert seat is not None
    assert seat.key.is_wiped
    program.cover("idle")
    for typed in ("493817", KOFIS):
        with pytest.raises(Exception, match=r"wrong-password|pin-needs-password"):
            program.unlock(practice.kofi.id, typed)
    program.unlock(officer, PASSWORD)
    assert (gone.leaving.cause, gone.replies, gone.referrals) == (Cause.LEFT, 0, 0)
    done = leaving.tick(practice.opened.desk, practice.kofi.id, Chore.KEYS, done=True)
    assert done.leaving.done == {Chore.KEYS}
    again = Newcomer("k.boateng", "Kofi Boateng", frozenset({Role.FRONT_DESK}), KOFIS)
    with pytest.raises(NameNotAllowed):
        program.let_in(again, proof=practice.proof())


@pytest.mark.req("REQ-02", "REQ-19", "REQ-23")
def test_req_02_nobody_is_disabled_without_right_password_and_an_officer_left(
    practice: Practice,
) -> None:
    program = practice.program
    with pytest.raises(PasswordAgain):
        program.let_go(practice.kofi.id, Cause.LEFT, None)
    with pytest.raises(LastOfficer):
        program.let_go(practice.opened.desk.staff.id, Cause.LEFT, practice.proof())
    officer = practice.opened.desk.staff.id
    kofi = practice.again(practice.kofi.id, KOFIS)
    proof = program.confirm(practice.kofi.id, KOFIS)
    with pytest.raises(NotPermitted):
        program.let_go(officer, Cause.LEFT, proof)
    with pytest.raises(NotPermitted):
        program.rotate(proof)
    with kofi.store.read() as look:
        denied = [e.action for _, e in journal.page(look, journal.Sieve(refused=True), most=9)]
    assert denied == ["keys.rotate", "access.disable", "access.disable"]


@pytest.mark.req("REQ-19", "REQ-02")
def test_a_colleague_gets_a_new_password_and_another_role_together(practice: Practice) -> None:
    program = practice.program
    roles = frozenset({Role.FRONT_DESK, Role.REPLY_AUTHOR})
    with pytest.raises(PasswordAgain):
        program.renew(practice.kofi.id, "meadow-cobalt-anchor-58", roles, None)
    program.renew(practice.kofi.id, "meadow-cobalt-anchor-58", roles, practice.proof())
    with pytest.raises(WrongPassword):
        practice.again(practice.kofi.id, KOFIS)
    opened = practice.again(practice.kofi.id, "meadow-cobalt-anchor-58")
    assert opened.desk.staff.roles == roles


@pytest.mark.req("REQ-97")
def test_req_97_a_disk_that_fills_up_meanwhile_leaves_everything_as_it_was(
    practice: Practice, monkeypatch: pytest.MonkeyPatch
) -> None:
    def small(path: Path, key: bytes, *, read_only: bool = False) -> object:
        made = engine.connect(path, key, read_only=read_only)
        if path.suffix == ".next":
            made.execute("PRAGMA max_page_count=20")
        return made

    visit = visits.inbox(practice.opened.desk)[0].entry.id
    monkeypatch.setattr(unit, "connect", small)
    with pytest.raises(DiskFull):
        practice.rotate()
    monkeypatch.undo()
    visits.accept(practice.opened.desk, visit)
    names = {path.name for path in practice.folder.iterdir()}
    assert not [name for name in names if ".next" in name]
    cheap_keys(monkeypatch)
    practice.rotate()
    practice.again()
    assert practice.whole()


@pytest.mark.req("REQ-06", "REQ-97")
def test_req_06_an_office_is_closed_at_once_even_while_it_gets_another_key(
    practice: Practice,
) -> None:
    opened, told = practice.opened, list[int]()
    with opened.store.write() as filled:
        for number in range(2000):
            filled.run("INSERT INTO unfinished VALUES (?, 1, ?)", f"s{number}", "x" * 900)
    closing = threading.Thread(target=practice.program.lock)

    def progress(done: int, _pages: int) -> None:
        told.append(done)
        if len(told) == 1:
            closing.start()
            opened.store._lent.wait(0.05)

    with pytest.raises(StoreBusy):
        practice.rotate(progress)
    closing.join(10)
    assert opened.gone.wait(10)
    assert opened.unlocked.key.is_wiped
    assert not [path for path in practice.folder.iterdir() if ".next" in path.name]
    practice.again()
    assert practice.whole()
