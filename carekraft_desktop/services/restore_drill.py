"""A restore tried out while everybody works: the newest backup, read as in an emergency (REQ-28).

It is opened with the password of whoever tries it, put into a scratch file under a key that exists
for that long only, brought to today's form and looked through. Then the file goes. Nothing that is
in use is touched; that it was tried, by whom and how long it took is on record.
"""

from pathlib import Path

from carekraft_desktop.config import private_folder, translated
from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.backups import Backup, Step
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import BackupMissing, BrokenOff, StoreError
from carekraft_desktop.security import backup_file, backup_keys
from carekraft_desktop.security.backup_file import STORE, Manifest
from carekraft_desktop.security.secret import Secret
from carekraft_desktop.services import backup_shelf, restore
from carekraft_desktop.services.backup_making import Told, quiet
from carekraft_desktop.services.opening import Opened
from carekraft_desktop.services.proving import ByPaper, Way
from carekraft_desktop.services.workplace import (
    Surroundings,
    anchor_at,
    device_secret,
    ring_of,
)
from carekraft_desktop.store import backups
from carekraft_desktop.store.unit import Store
from carekraft_desktop.value import Value

GOOD = "good"


class Tried(Value, frozen=True):
    """What a trial showed."""

    backup: Backup
    seconds: int
    patients: int
    bookings: int
    entries: int


def last(opened: Opened) -> Moment:
    """When a restore was tried last and went well; 0 for never."""
    with opened.store.read() as unit:
        return backups.last_drill(unit)


def try_restore(
    around: Surroundings, opened: Opened, place: Path, way: Way, told: Told = quiet
) -> Tried:
    """Try it; slow, for a worker. Typing the password for it is the step-up of REQ-19.

    Args:
        around: the machine.
        opened: the office, which stays open.
        place: a backup's folder.
        way: the password of whoever sits here, or the recovery key.
        told: how far it is; what it raises breaks it off.

    Raises:
        NotPermitted: this person may not.
        AccessError: password or paper do not open the backup.
        BackupMissing, BackupDamaged, BackupTooNew, BackupOfAnother: it could not be restored; that
            is on record.
    """
    desk = opened.desk
    desk.require(Right.BACK_UP, "restore.trial")
    if not isinstance(way, ByPaper) and way.staff_id != desk.staff.id:
        raise BackupMissing("somebody else")
    began = around.clock.monotonic()
    manifest = restore.look(around, place)
    try:
        found = _tried(around, manifest, place, way, told)
    except BrokenOff:
        raise
    except StoreError as failure:
        _record(opened, manifest.id, 0, failure.code)
        raise
    seconds = round(around.clock.monotonic() - began)
    _record(opened, manifest.id, seconds, GOOD)
    return Tried(
        manifest.backup(str(place)),
        seconds,
        found.counts.get("patient", 0),
        found.counts.get("booking", 0),
        found.entries,
    )


def _tried(
    around: Surroundings, manifest: Manifest, place: Path, way: Way, told: Told
) -> backups.Contents:
    ring = ring_of(around)
    if isinstance(way, ByPaper):
        key = backup_keys.by_paper(manifest, way.recovery_key)
    else:
        with device_secret(around, ring, way.workstation_code) as device:
            key = backup_keys.by_password(ring, manifest, way.staff_id, way.password, device)
    with key:
        backup_shelf.check_bytes(place, manifest, lambda done, of: told(Step.CHECK, done, of))
        backup_file.key_file_in(manifest, key)
        found = restore.tried(place / STORE, key)
        _put_into_scratch(around, manifest, place, key, told)
    return found


def _put_into_scratch(
    around: Surroundings, manifest: Manifest, place: Path, key: Secret, told: Told
) -> None:
    folder = private_folder(around.folders.home / "drill")
    fresh, anchor = folder / "drill.store", folder / "drill.anchor"
    try:
        with Secret.random() as scratch:
            backups.put_back(
                place / STORE,
                key.content,
                fresh,
                scratch.content,
                lambda done, of: told(Step.COPY, done, of),
            )
            told(Step.UPGRADE, 0, 1)
            store = Store.open(
                fresh,
                scratch.content,
                anchor=anchor_at(anchor, scratch),
                store_id=manifest.store,
            )
            try:
                store.check_pages()
            finally:
                store.close()
    finally:
        _clear(folder)


def _clear(folder: Path) -> None:
    try:
        for path in folder.iterdir():
            path.unlink()
        folder.rmdir()
    except OSError as failure:
        raise translated(failure) from failure


def _record(opened: Opened, backup: str, seconds: int, found: str) -> None:
    desk = opened.desk
    with desk.store.write() as unit:
        backups.note_drill(unit, desk.now(), desk.staff.id, backup, seconds, found)
        outcome = "done" if found == GOOD else "failed"
        desk.note(unit, "restore.trial", backup, detail=found, outcome=outcome)
