"""The computer is lost, or a restore is tried out: the paper and a backup are enough."""

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from carekraft_desktop.bootstrap import Standing
from carekraft_desktop.errors import (
    BackupDamaged,
    BackupOfAnother,
    CatchUpNeeded,
    CodeNeeded,
    NotPermitted,
    WeakPassword,
    WrongPassword,
    WrongRecoveryKey,
)
from carekraft_desktop.exchange import sign_in
from carekraft_desktop.security import backup_file, backup_keys
from carekraft_desktop.security.backup_file import PAPER
from carekraft_desktop.security.recovery import RecoveryKey
from carekraft_desktop.services import backup_shelf, new_machine, restore, restore_drill, visits
from carekraft_desktop.services.backup_making import quiet
from carekraft_desktop.services.device_key import LIFE
from carekraft_desktop.services.new_machine import Answers
from carekraft_desktop.services.workplace import ring_of
from carekraft_desktop.store import engine
from carekraft_desktop.value import replace
from tests.e2e.clinic import PASSWORD, Clinic, clinic
from tests.fakes.vault import FakeVault

__all__ = ["clinic"]
NEW_PASSWORD = "marble-canyon-violin-58"
KEY = "SELECT value FROM meta WHERE name = 'device_key'"


def carried_off(clinic: Clinic, to: Path) -> Path:
    """The backup on another disk, and the computer gone with its keyring."""
    place = Path(clinic.back_up().backup.place)
    disk = to / place.name
    shutil.copytree(place, disk)
    clinic.program.lock()
    shutil.rmtree(clinic.home)
    clinic.vault = FakeVault()
    return disk


@pytest.mark.req("REQ-95", "REQ-21")
def test_on_a_new_computer_backup_and_paper_bring_the_office_back(
    clinic: Clinic, tmp_path: Path
) -> None:
    ((patient,),) = clinic.rows(
        """SELECT patient_id FROM booking WHERE status = 'confirmed' AND patient_id IN
        (SELECT id FROM patient) ORDER BY start DESC LIMIT 1"""
    )
    disk = carried_off(clinic, tmp_path / "disk")
    clinic.hub.play("patient/unshare", patient=patient)
    program = clinic.fresh_program(tmp_path / "new")
    inside = program.backups.look_into(disk.parent, clinic.paper)
    (person,) = inside.people
    assert person.id == clinic.rosa
    with pytest.raises(WeakPassword):
        program.backups.check_password(inside, person.id, "too short"[:5])
    moved = program.move_in(disk, Answers(clinic.paper, person.id), quiet)
    assert (moved.to_look_at, moved.ours) == (0, True)
    assert program.settings.exchange == clinic.hub.url
    opened = program.recover(clinic.paper, person.id, NEW_PASSWORD)
    assert visits.inbox(opened.desk)
    with opened.store.read() as look:
        assert not look.rows("SELECT 1 FROM patient WHERE id = ?", patient)
        assert opened.desk.journal.first_wrong(look) is None
        assert look.rows("SELECT staff FROM journal WHERE action = 'restore.moved'")
    program.lock()
    program.unlock(clinic.rosa, NEW_PASSWORD)
    program.lock()


@pytest.mark.req("REQ-95")
def test_a_lost_computer_that_was_revoked_needs_a_fresh_code(
    clinic: Clinic, tmp_path: Path
) -> None:
    lost = clinic.opened.desk.device
    disk = carried_off(clinic, tmp_path / "disk")
    clinic.hub.play("revoke", client_id=lost)
    program = clinic.fresh_program(tmp_path / "new")
    with pytest.raises(CodeNeeded):
        program.backups.move_in(disk, Answers(clinic.paper, clinic.rosa))
    assert not program.folders.office.exists()
    code = clinic.hub.sandbox.issue_code()
    moved = program.backups.move_in(disk, Answers(clinic.paper, clinic.rosa, code, "Desk 2"))
    assert moved.ours, "the exchange knows the key of the one that it shut out"
    opened = program.recover(clinic.paper, clinic.rosa, NEW_PASSWORD)
    assert visits.inbox(opened.desk)
    program.lock()


@pytest.mark.req("REQ-95")
def test_another_paper_and_no_exchange_bring_nothing(clinic: Clinic, tmp_path: Path) -> None:
    disk = carried_off(clinic, tmp_path / "disk")
    program = clinic.fresh_program(tmp_path / "new")
    with pytest.raises(WrongRecoveryKey):
        program.backups.move_in(disk, Answers(RecoveryKey.new().text, clinic.rosa))
    clinic.hub.stop()
    with pytest.raises(CatchUpNeeded):
        program.backups.move_in(disk, Answers(clinic.paper, clinic.rosa))
    assert not program.folders.office.exists()
    assert not program.folders.setting_up.exists()


@pytest.mark.req("REQ-95")
def test_a_damaged_backup_brings_no_office_and_a_whole_one_still_does(
    clinic: Clinic, tmp_path: Path
) -> None:
    whole = carried_off(clinic, tmp_path / "disk")
    program = clinic.fresh_program(tmp_path / "new")
    for harm in ("byte", "cut", "no manifest", "manifest"):
        disk = tmp_path / harm
        shutil.copytree(whole, disk)
        store, manifest = disk / "office.store", disk / "manifest.json"
        if harm == "byte":
            clinic.flip(store, 7)
        elif harm == "cut":
            store.write_bytes(store.read_bytes()[:-4096])
        elif harm == "manifest":
            manifest.write_bytes(manifest.read_bytes().replace(b'"schema":', b'"schema": '))
        else:
            manifest.unlink()
        with pytest.raises(BackupDamaged):
            program.backups.move_in(disk, Answers(clinic.paper, clinic.rosa))
        assert not program.folders.office.exists()
        assert not program.folders.setting_up.exists()
    assert program.backups.move_in(whole, Answers(clinic.paper, clinic.rosa)).ours


def stranger_sign(key: Ed25519PrivateKey) -> Callable[[bytes], bytes]:
    return lambda message: key.sign(message)


@pytest.mark.req("REQ-95")
def test_a_backup_from_before_a_change_of_the_workstations_key_is_still_the_offices_own(
    clinic: Clinic, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    shutil.copytree(clinic.back_up().backup.place, disk)
    (before,) = clinic.rows(KEY)
    clinic.clock.advance(seconds=LIFE + 1)
    clinic.sync()
    clinic.sync()
    assert clinic.rows(KEY) != [before]
    clinic.program.lock()
    shutil.rmtree(clinic.home)
    clinic.vault = FakeVault()
    clinic.hub.play("revoke", client_id=clinic.opened.desk.device)
    program = clinic.fresh_program(tmp_path / "new")
    code = clinic.hub.sandbox.issue_code()
    moved = program.backups.move_in(disk, Answers(clinic.paper, clinic.rosa, code, "Desk 2"))
    assert moved.ours


def forged(clinic: Clinic, disk: Path, what: str) -> None:
    """The backup as somebody would leave it who can write to the folder and knows the paper's half."""
    manifest, file = backup_shelf.manifest_in(disk), disk / "office.store"
    sign: Callable[[bytes], bytes] = clinic.opened.unlocked.sign
    verifying = clinic.opened.unlocked.verifying
    with backup_keys.by_paper(manifest, clinic.paper) as key:
        content = backup_file.key_file_in(manifest, key)
        if what == "signature":
            stranger = Ed25519PrivateKey.generate()
            sign, verifying = stranger_sign(stranger), stranger.public_key().public_bytes_raw()
        else:
            connection = engine.connect(file, key.content)
            other = json.dumps(sign_in.new_key())
            connection.execute("UPDATE meta SET value = ? WHERE name = 'device_key'", (other,))
            connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            connection.close()
        bare = replace(
            manifest,
            verifying=backup_file.text(verifying),
            size=file.stat().st_size,
            sha256=backup_shelf.digest(file),
            wrapped=(),
            keys="",
            signature="",
        )
        holders = {PAPER: ring_of(clinic.program.around).recovery_public}
        made = backup_file.finished(bare, key, holders=holders, key_file=content, sign=sign)
    (disk / "manifest.json").write_bytes(made.encoded())


@pytest.mark.req("REQ-95")
@pytest.mark.parametrize("what", ["signature", "device"])
def test_a_forged_backup_is_told_also_on_a_new_computer_and_can_be_taken_back(
    clinic: Clinic, tmp_path: Path, what: str
) -> None:
    disk = tmp_path / "disk"
    shutil.copytree(clinic.back_up().backup.place, disk)
    forged(clinic, disk, what)
    clinic.program.lock()
    program = clinic.fresh_program(tmp_path / "new")
    code = clinic.hub.sandbox.issue_code()
    moved = program.move_in(disk, Answers(clinic.paper, clinic.rosa, code, "Desk 2"), quiet)
    assert not moved.ours
    opened = program.recover(clinic.paper, clinic.rosa, NEW_PASSWORD)
    with opened.store.read() as look:
        assert look.rows("SELECT 1 FROM journal WHERE action = 'restore.not-shown-ours'")
    program.lock()
    program.backups.take_back()
    assert program.standing() is Standing.NEEDS_SET_UP
    assert disk.exists()


@pytest.mark.req("REQ-28", "REQ-11")
def test_a_trial_of_a_restore_is_recorded_and_leaves_nothing(clinic: Clinic) -> None:
    made = clinic.back_up()
    assert restore_drill.last(clinic.opened) == 0
    found = clinic.program.backups.try_restore(Path(made.backup.place), PASSWORD, "")
    assert (found.patients, found.bookings) == (made.backup.patients, made.backup.bookings)
    assert restore_drill.last(clinic.opened) == clinic.opened.desk.now()
    assert not (clinic.home / "drill").exists()
    assert clinic.rows(
        "SELECT object, detail, outcome FROM journal WHERE action = 'restore.trial'"
    ) == [(made.backup.id, "good", "done")]


@pytest.mark.req("REQ-28", "REQ-19")
def test_a_trial_that_fails_is_recorded_as_such_and_needs_ones_own_password(
    clinic: Clinic,
) -> None:
    place = Path(clinic.back_up().backup.place)
    with pytest.raises(WrongPassword):
        clinic.program.backups.try_restore(place, "not-mine-at-all", "")
    clinic.flip(place / "office.store", 9)
    with pytest.raises(BackupDamaged):
        clinic.program.backups.try_restore(place, PASSWORD, "")
    assert restore_drill.last(clinic.opened) == 0
    assert ("failed",) in clinic.rows("SELECT outcome FROM journal WHERE action = 'restore.trial'")


def test_a_backup_of_another_workstation_takes_no_ones_place(
    clinic: Clinic, tmp_path: Path
) -> None:
    place = Path(clinic.back_up().backup.place)
    other = Clinic(clinic.hub, tmp_path / "other")
    other.program.lock()
    with pytest.raises(BackupOfAnother):
        restore.restore(other.program._around(), place, other.way)
    with pytest.raises(NotPermitted):
        new_machine.move_in(other.program._around(), place, Answers(clinic.paper, clinic.rosa))
