"""A backup is made while everybody works, tried, and opened by those it was made for only."""

import base64
import errno
import shutil
from pathlib import Path

import pytest

from carekraft_desktop.domain.backups import DAY, GOES, Step, Why
from carekraft_desktop.domain.posture import Standing
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.errors import (
    BackupShut,
    DiskFull,
    FolderMissing,
    NotPermitted,
    PasswordAgain,
    StoreDamaged,
    WrongRecoveryKey,
)
from carekraft_desktop.security import backup_file, backup_keys
from carekraft_desktop.security.recovery import RecoveryKey
from carekraft_desktop.services import (
    admitting,
    backup,
    backup_shelf,
    posture_records,
)
from carekraft_desktop.services.admitting import Newcomer
from carekraft_desktop.services.workplace import device_secret, ring_of
from carekraft_desktop.store import engine, unit
from tests.e2e.clinic import Clinic, clinic

__all__ = ["clinic"]
COLLEAGUES = "harbor-lantern-copper-77"


@pytest.mark.req("REQ-95", "REQ-11")
def test_a_backup_is_made_tried_listed_and_journalled(clinic: Clinic) -> None:
    made = clinic.back_up()
    place = Path(made.backup.place)
    assert place.parent == clinic.program.folders.copies
    assert backup_shelf.shelf([place.parent]).backups == (made.backup,)
    assert [(made.backup.patients, made.backup.bookings)] == clinic.rows(
        "SELECT (SELECT count(*) FROM patient), (SELECT count(*) FROM booking)"
    )
    assert sorted(each.name for each in place.iterdir()) == ["manifest.json", "office.store"]
    assert not list(place.parent.glob(".*"))
    ((about, detail),) = clinic.rows(
        "SELECT object, detail FROM journal WHERE action = 'backup.made'"
    )
    assert about == made.backup.id
    assert detail == f"asked:{made.backup.size}"
    assert clinic.whole()


@pytest.mark.req("REQ-95")
def test_people_act_while_a_backup_is_made_and_it_holds_together(clinic: Clinic) -> None:
    accepted: list[str] = []

    def told(step: Step, done: int, whole: int) -> None:
        if step is Step.CHECK and not accepted:
            accepted.append(clinic.accept_one())

    made = backup.make(clinic.program._around(), clinic.opened, "", clinic.proof(), told)
    assert accepted
    clinic.program.lock()
    clinic.file.unlink()
    clinic.restore(made.backup.place)
    clinic.unlock()
    assert clinic.whole()


@pytest.mark.req("REQ-19", "REQ-95")
def test_a_backup_by_hand_needs_the_right_and_the_password_once_more(clinic: Clinic) -> None:
    around = clinic.program._around()
    with pytest.raises(PasswordAgain):
        backup.make(around, clinic.opened, "", None)
    newcomer = Newcomer("k.boateng", "Kofi", frozenset({Role.FRONT_DESK}), COLLEAGUES)
    kofi = admitting.let_in(around, clinic.opened, newcomer, proof=clinic.proof())
    clinic.program.lock()
    opened = clinic.program.unlock(kofi.id, COLLEAGUES)
    with pytest.raises(NotPermitted):
        backup.make(around, opened, "", clinic.program.confirm(kofi.id, COLLEAGUES))
    with opened.store.read() as look:
        denied = look.rows("SELECT outcome FROM journal WHERE action = 'backup.make'")
    assert denied == [("denied",), ("denied",)]


@pytest.mark.req("REQ-95", "REQ-09")
def test_its_key_opens_nothing_else_lies_nowhere_and_is_wrapped_for_those_who_may_restore(
    clinic: Clinic,
) -> None:
    around = clinic.program._around()
    newcomer = Newcomer("k.boateng", "Kofi", frozenset({Role.FRONT_DESK}), COLLEAGUES)
    kofi = admitting.let_in(around, clinic.opened, newcomer, proof=clinic.proof())
    first, second = clinic.back_up(), clinic.back_up()
    manifest = backup_shelf.manifest_in(Path(first.backup.place))
    other = backup_shelf.manifest_in(Path(second.backup.place))
    assert [each.staff for each in manifest.wrapped] == ["", clinic.rosa]
    ring = ring_of(around)
    with (
        backup_keys.by_paper(manifest, clinic.paper) as key,
        backup_keys.by_paper(other, clinic.paper) as another,
    ):
        assert not key.matches(another)
        assert not clinic.opened.store.has_key(key.content)
        for form in (bytes(key.content), key.content.hex().encode(), base64.b64encode(key.content)):
            for file in clinic.home.rglob("*"):
                assert not file.is_file() or form not in file.read_bytes()
    with pytest.raises(WrongRecoveryKey):
        backup_keys.by_paper(manifest, RecoveryKey.new().text)
    clinic.program.lock()
    with pytest.raises(BackupShut):
        backup_keys.by_password(
            ring, manifest, kofi.id, COLLEAGUES, device_secret(around, ring, "")
        )


@pytest.mark.req("REQ-95", "REQ-07")
def test_nothing_of_a_patient_and_no_colleagues_name_can_be_read_in_it(clinic: Clinic) -> None:
    ((name, phone),) = clinic.rows("SELECT name, phone FROM patient WHERE phone <> '' LIMIT 1")
    made = clinic.back_up()
    for file in Path(made.backup.place).iterdir():
        content = file.read_bytes()
        for word in (name, phone, "Rosa", "r.alvarez", "SQLite format 3"):
            for code in ("utf-8", "utf-16-le"):
                assert word.encode(code) not in content
            assert base64.b64encode(word.encode())[:-4] not in content


@pytest.mark.req("REQ-95")
def test_a_folder_that_is_missing_costs_the_second_copy_only_and_gets_it_later(
    clinic: Clinic, tmp_path: Path
) -> None:
    disk = tmp_path / "disk"
    made = clinic.back_up(disk)
    assert made.trouble == FolderMissing.code
    own = clinic.program.folders.copies
    assert backup_shelf.shelf([disk, own]).missing == (str(disk),)
    assert len(backup_shelf.shelf([disk, own]).backups) == 1
    around = clinic.program._around()
    with pytest.raises(FolderMissing):
        backup.bring_waiting(around, clinic.opened, str(disk))
    disk.mkdir()
    assert backup.bring_waiting(around, clinic.opened, str(disk)) == 1
    (there,) = backup_shelf.shelf([disk]).backups
    clinic.restore(there.place)
    clinic.unlock()
    assert clinic.rows(
        "SELECT detail FROM journal WHERE action = 'backup.brought' AND outcome = 'failed'"
    ) == [(FolderMissing.code,)]


@pytest.mark.req("REQ-95")
def test_a_full_disk_leaves_no_half_backup_and_the_older_ones_untouched(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = clinic.back_up()
    proof, full = clinic.proof(), OSError(errno.ENOSPC, "full")

    def no_room(*_: object) -> None:
        raise full

    with monkeypatch.context() as during:
        during.setattr("os.fsync", no_room)
        with pytest.raises(DiskFull):
            backup.make(clinic.program._around(), clinic.opened, "", proof)
    shelf = backup_shelf.shelf([clinic.program.folders.copies])
    assert shelf.backups == (made.backup,)
    assert not list(clinic.program.folders.copies.glob(".*"))
    assert clinic.rows("SELECT detail FROM journal WHERE outcome = 'failed'") == [("disk-full",)]


@pytest.mark.req("REQ-95")
def test_old_backups_go_when_a_new_one_is_tried_unless_something_holds_them(
    clinic: Clinic,
) -> None:
    around = clinic.program._around()
    first = clinic.back_up().backup
    clinic.clock.advance(seconds=GOES + DAY)
    kept = backup.make_by_itself(around, clinic.opened, "", Why.DUE, held=lambda _: True)
    assert kept.gone == 0
    clinic.clock.advance(seconds=8 * DAY)
    made = backup.make_by_itself(around, clinic.opened, "", Why.DUE)
    assert made.gone == 1
    # What the program does by itself is nobody's act.
    by = "SELECT staff FROM journal WHERE action = 'backup.made' ORDER BY n"
    assert clinic.rows(by) == [(clinic.rosa,), ("",), ("",)]
    there = {each.id for each in backup_shelf.shelf([clinic.program.folders.copies]).backups}
    assert there == {kept.backup.id, made.backup.id}
    assert first.id not in there
    assert clinic.rows("SELECT object FROM journal WHERE action = 'backup.removed'") == [
        (first.id,)
    ]
    ((gone_at,),) = clinic.rows("SELECT gone_at FROM backup WHERE id = ?", first.id)
    assert gone_at


@pytest.mark.req("REQ-95")
def test_one_is_due_half_a_day_after_the_last(clinic: Clinic) -> None:
    now = clinic.opened.desk.now()
    assert backup.due(clinic.opened, now)
    clinic.back_up()
    assert not backup.due(clinic.opened, now + 11 * 3600)
    assert backup.due(clinic.opened, now + 12 * 3600)


def test_a_lock_in_the_middle_of_a_backup_is_no_fault_of_the_program(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened = clinic.opened

    def cut_short(*_: object) -> None:
        clinic.program.lock()
        bytes(opened.unlocked.key.content)

    monkeypatch.setattr(backup, "make_by_itself", cut_short)
    with pytest.raises(StoreDamaged, match="closed"):
        clinic.program.backups.turn()


@pytest.mark.req("REQ-17")
def test_one_flipped_byte_is_found_at_the_next_opening(clinic: Clinic) -> None:
    clinic.back_up()
    clinic.program.lock()
    whole = clinic.file.read_bytes()
    for page in (1, 40, len(whole) // engine.PAGE - 1):
        clinic.file.write_bytes(whole)
        clinic.flip(clinic.file, page)
        with pytest.raises(StoreDamaged):
            clinic.unlock()
    clinic.file.write_bytes(whole)
    clinic.unlock()


@pytest.mark.req("REQ-17")
def test_a_byte_that_is_flipped_while_it_is_open_is_found_by_the_daily_look(
    clinic: Clinic,
) -> None:
    clinic.opened.store.checkpoint()
    clinic.opened.store.check_pages()
    clinic.flip(clinic.file, 40)
    with pytest.raises(StoreDamaged):
        clinic.opened.store.check_pages()


@pytest.mark.req("REQ-95")
def test_a_manifest_altered_by_somebody_who_signs_it_anew_is_not_taken_for_our_own(
    clinic: Clinic,
) -> None:
    place = Path(clinic.back_up().backup.place)
    manifest = backup_shelf.manifest_in(place)
    ring = ring_of(clinic.program._around())
    assert backup_file.is_by(manifest, ring.verifying_keys())
    assert not backup_file.is_by(manifest, [bytes(32)])
    copied = clinic.home / "elsewhere"
    shutil.copytree(place, copied)
    assert backup_shelf.chosen(copied / "office.store") == copied


@pytest.mark.req("REQ-95")
def test_before_a_newer_program_changes_the_store_there_is_a_backup_that_restores(
    clinic: Clinic, monkeypatch: pytest.MonkeyPatch
) -> None:
    clinic.program.lock()
    with monkeypatch.context() as newer:
        newer.setattr(unit, "SCHEMA", unit.SCHEMA + 1)
        clinic.unlock()
    (made,) = clinic.program.backups.shelf().backups
    assert made.why == Why.MIGRATION
    clinic.program.lock()
    clinic.file.unlink()
    clinic.restore(made.place)
    clinic.unlock()
    assert clinic.whole()


@pytest.mark.req("REQ-95")
def test_before_new_keys_and_with_a_new_paper_there_is_a_backup(clinic: Clinic) -> None:
    clinic.program.rotate(clinic.proof())
    clinic.clock.advance(seconds=60)
    paper = clinic.program.new_recovery_key(clinic.proof())
    newest, before = clinic.program.backups.shelf().backups
    assert (newest.why, before.why) == (Why.PAPER, Why.ROTATION)
    overview = clinic.program.backups.overview()
    assert overview.other_paper == {before.id}
    clinic.program.lock()
    manifest = backup_shelf.manifest_in(Path(newest.place))
    backup_keys.by_paper(manifest, paper).wipe()
    with pytest.raises(WrongRecoveryKey):
        backup_keys.by_paper(manifest, clinic.paper)


@pytest.mark.req("REQ-29", "REQ-95")
def test_where_backups_lie_is_told_as_far_as_the_system_says_it(
    clinic: Clinic, tmp_path: Path
) -> None:
    def where(chosen: Path | str) -> tuple[Standing, str]:
        line = posture_records.backups(clinic.program.around, str(chosen))
        return line.standing, line.value

    disk = tmp_path / "disk"
    assert where("") == (Standing.ATTENTION, "own")
    assert where(disk) == (Standing.ATTENTION, "missing")
    disk.mkdir()
    assert where(disk) == (Standing.ATTENTION, "empty")
    clinic.back_up(disk)
    assert where(disk) == (Standing.ATTENTION, "same-disk")
    assert str(disk) not in str(clinic.program.stands())
