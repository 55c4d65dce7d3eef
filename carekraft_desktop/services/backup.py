"""Make a backup while everybody works, try it, and bring it where backups lie (REQ-95).

    store --online copy--> office.store under a key of its own --trial--> manifest --rename--> done

It is made and tried on this computer's own disk and carried to the chosen folder as finished
files; a disk that is missing or full costs the second copy, not the backup. What goes wrong is
written in the journal, and the next turn tries again.
"""

from collections.abc import Callable, Iterable
from pathlib import Path

from carekraft_desktop.config import Folders
from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.backups import Backup, Step, Why, is_due
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.security.backup_file import Manifest
from carekraft_desktop.services import backup_making, backup_shelf, step_up
from carekraft_desktop.services.backup_making import Told, quiet
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.journal_key import keep_journal_key
from carekraft_desktop.services.opening import Opened
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.services.workplace import Surroundings
from carekraft_desktop.store import backups, facts, holds
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.unit import Reading
from carekraft_desktop.value import Value

Held = Callable[[Reading], bool]
"""Whether a legal hold keeps every backup from going (REQ-83)."""


class Made(Value, frozen=True):
    """What became of a backup."""

    backup: Backup
    trouble: str = ""
    """Code of what kept it from the chosen folder; it lies on this computer then."""
    gone: int = 0
    """Older backups that were removed."""


def folders_of(folders: Folders, chosen: str) -> tuple[Path, ...]:
    """Where backups lie: the chosen folder first, if there is one, and this computer's own."""
    own = folders.copies
    there = Path(chosen) if chosen else own
    return (own,) if there == own else (there, own)


def make(
    around: Surroundings,
    opened: Opened,
    chosen: str,
    proof: StepUp | None,
    told: Told = quiet,
    held: Held = holds.any_live,
) -> Made:
    """Make a backup because somebody asks for one; slow, for a worker.

    Args:
        around: the machine.
        opened: the office.
        chosen: the folder for backups, "" for this computer's own.
        proof: that the password was typed just now (REQ-19).
        told: how far it is; what it raises breaks it off.
        held: whether older backups must stay.

    Raises:
        NotPermitted, PasswordAgain: nothing was made.
        StoreError: nothing was made; the backups of before are untouched.
    """
    opened.desk.require(Right.BACK_UP, "backup.make")
    step_up.require(opened.desk, proof, "backup.make")
    return _made(around, opened, chosen, Why.ASKED, told, held)


def due(opened: Opened, now: Moment) -> bool:
    """Whether the program makes one by itself; cheap."""
    with opened.store.read() as unit:
        return is_due(backups.newest(unit), now)


def make_by_itself(
    around: Surroundings,
    opened: Opened,
    chosen: str,
    why: Why,
    held: Held = holds.any_live,
    told: Told = quiet,
) -> Made:
    """The program makes one: because it is time, or before something that reaches far.

    Raises:
        StoreError: nothing was made; it is in the journal, and the next turn tries again.
    """
    return _made(around, opened, chosen, why, told, held)


def choose(opened: Opened, folder: str, proof: StepUp | None) -> None:
    """Backups go to another folder from now on; "" for this computer's own.

    Raises:
        NotPermitted, PasswordAgain: they stay where they are.
        FolderMissing, StoreReadOnly, DiskFull: nothing can be written there.
    """
    opened.desk.require(Right.BACK_UP, "backup.folder")
    step_up.require(opened.desk, proof, "backup.folder")
    if folder:
        backup_shelf.check_writable(Path(folder))
    with opened.store.write() as unit:
        opened.desk.note(unit, "backup.folder", detail="chosen" if folder else "own")


def bring_waiting(around: Surroundings, opened: Opened, chosen: str) -> int:
    """Bring to the chosen folder what waits on this computer since the folder was missing.

    Raises:
        FolderMissing, DiskFull, StoreReadOnly: it still cannot be written.
    """
    folders = folders_of(around.folders, chosen)
    if len(folders) == 1:
        return 0
    target, own = folders
    there = {each.id for each in backup_shelf.shelf([target]).backups}
    with opened.store.read() as unit:
        store = facts.get(unit, Fact.STORE_ID)
    brought = 0
    for each in backup_shelf.shelf([own]).backups:
        if each.store == store and each.id not in there:
            place = Path(each.place)
            backup_shelf.deliver(place, backup_shelf.manifest_in(place), target)
            brought += 1
    return brought


def _made(
    around: Surroundings, opened: Opened, chosen: str, why: Why, told: Told, held: Held
) -> Made:
    with backup_making.alone:
        return _made_alone(around, opened, chosen, why, told, held)


def _made_alone(
    around: Surroundings, opened: Opened, chosen: str, why: Why, told: Told, held: Held
) -> Made:
    by = _by(opened, why)
    try:
        manifest, place = _finished(around, opened, why, told)
    except CareKraftError as failure:
        with opened.store.write() as unit:
            by.note(unit, "backup.made", detail=failure.code, outcome="failed")
        raise
    trouble = ""
    folders = folders_of(around.folders, chosen)
    if len(folders) > 1:
        try:
            place = backup_shelf.deliver(
                place, manifest, folders[0], lambda done, of: told(Step.DELIVER, done, of)
            )
        except CareKraftError as failure:
            # It is whole and lies here; the next turn brings it.
            trouble = failure.code
    now = _now(opened)
    with opened.store.write() as unit:
        backups.note(unit, manifest.id, manifest.made_at, why, manifest.size, manifest.sha256)
        by.note(unit, "backup.made", manifest.id, detail=f"{why}:{manifest.size}")
        if trouble:
            by.note(unit, "backup.brought", manifest.id, detail=trouble, outcome="failed")
        stays = held(unit)
    gone = () if stays else _expired(opened, folders, manifest.store, now)
    return Made(manifest.backup(str(place)), trouble, len(gone))


def _expired(opened: Opened, folders: Iterable[Path], store: str, now: Moment) -> tuple[str, ...]:
    try:
        gone = backup_shelf.expire(tuple(folders), store, now)
    except CareKraftError as failure:
        with opened.store.write() as unit:
            opened.unattended.note(unit, "backup.removed", detail=failure.code, outcome="failed")
        return ()
    with opened.store.write() as unit:
        for each in gone:
            backups.note_gone(unit, each, now)
            opened.unattended.note(unit, "backup.removed", each)
    return gone


def _finished(around: Surroundings, opened: Opened, why: Why, told: Told) -> tuple[Manifest, Path]:
    keep_journal_key(opened)

    def copy(file: Path, key: bytearray) -> None:
        opened.store.copy(file, key, told=lambda done, of: told(Step.COPY, done, of))

    return backup_making.finished(around, opened.unlocked, opened.desk.journal, why, copy, told)


def _by(opened: Opened, why: Why) -> Desk:
    """Who makes it, for the journal: whoever asked, or nobody where the program does it."""
    asked = why is Why.ASKED and not opened.cover.drawn
    return opened.desk if asked else opened.unattended


def _now(opened: Opened) -> Moment:
    return opened.desk.now()
