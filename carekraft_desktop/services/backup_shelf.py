"""The folders in which backups lie: what is there, whether it is whole, and what may go.

    carekraft-20261126-0942-3f2a9c11/     one backup, finished
    .carekraft-....part/                  one being written, or what a cut power left of it

A backup gets its name by one rename, after everything in it was flushed and read back; so a folder
with such a name is whole or was changed afterwards.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

from carekraft_desktop.config import private_folder, translated
from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.backups import Backup, surplus
from carekraft_desktop.errors import (
    BackupDamaged,
    BackupMissing,
    BackupTooNew,
    FolderMissing,
    StoreReadOnly,
)
from carekraft_desktop.security import backup_file
from carekraft_desktop.security.backup_file import MANIFEST, STORE, Manifest
from carekraft_desktop.security.keyfile import flush_folder
from carekraft_desktop.value import Value

PREFIX = "carekraft-"
_PART = ".part"
_BLOCK = 1 << 20

Told = Callable[[int, int], None]


class Shelf(Value, frozen=True):
    """What lies in some folders."""

    backups: tuple[Backup, ...]
    """The newest first; each once, though it lies in two folders."""
    damaged: tuple[str, ...]
    """Names of folders that look like a backup and are none any more."""
    missing: tuple[str, ...]
    """Folders that cannot be reached."""


def name_of(manifest: Manifest) -> str:
    """A backup's folder: tells when it was made and nothing of whom."""
    at = datetime.fromtimestamp(manifest.made_at, UTC)
    return f"{PREFIX}{at:%Y%m%d-%H%M}-{manifest.id.replace('-', '')[-8:]}"


def shelf(folders: Sequence[Path]) -> Shelf:
    """Everything that lies there, as the manifests tell; their files are not read."""
    found: dict[str, Backup] = {}
    damaged, missing = [], []
    for folder in folders:
        try:
            places = sorted(_places(folder))
        except OSError:
            missing.append(str(folder))
            continue
        for place in places:
            try:
                manifest = manifest_in(place)
                whole = (place / STORE).stat().st_size == manifest.size
            except (BackupDamaged, BackupMissing, BackupTooNew, OSError):
                damaged.append(place.name)
                continue
            if whole:
                found.setdefault(manifest.id, manifest.backup(str(place)))
            else:
                damaged.append(place.name)
    newest_first = sorted(found.values(), key=lambda b: (b.made_at, b.id), reverse=True)
    return Shelf(tuple(newest_first), tuple(damaged), tuple(missing))


def chosen(place: Path) -> Path:
    """The backup that somebody pointed at: its folder, a file in it, or the folder of them all.

    Raises:
        BackupMissing: there is none.
    """
    if place.is_file():
        place = place.parent
    if (place / MANIFEST).is_file() or (place / STORE).is_file():
        return place
    if not place.is_dir():
        raise BackupMissing("folder")
    lying = shelf([place]).backups
    if not lying:
        raise BackupMissing("none")
    return Path(lying[0].place)


def manifest_in(place: Path) -> Manifest:
    """What a backup says of itself.

    Raises:
        BackupMissing: there is nothing.
        BackupDamaged: its manifest is missing or was changed.
        BackupTooNew: a newer program made it.
    """
    try:
        with (place / MANIFEST).open("rb") as file:
            return backup_file.read(file.read(backup_file.LARGEST + 1))
    except FileNotFoundError:
        if (place / STORE).exists():
            raise BackupDamaged("no manifest") from None
        raise BackupMissing("manifest") from None
    except OSError:
        raise BackupMissing("unreadable") from None


def check_bytes(place: Path, manifest: Manifest, told: Told = lambda *_: None) -> None:
    """Whether the file is the one that was tried, byte for byte; needs no key.

    Raises:
        BackupDamaged: it is shorter, longer, or a byte is another.
    """
    try:
        digest = _digest(place / STORE, told)
    except OSError:
        raise BackupDamaged("file") from None
    if digest != manifest.sha256:
        raise BackupDamaged("bytes")


def deliver(made: Path, manifest: Manifest, target: Path, told: Told = lambda *_: None) -> Path:
    """Bring a finished backup to another folder; it is there whole or not at all.

    Raises:
        FolderMissing: the folder cannot be reached.
        DiskFull, StoreReadOnly: it cannot be written.
        BackupDamaged: what was read back is not what was written.
    """
    if not target.is_dir():
        raise FolderMissing("target")
    place, part = target / made.name, target / f".{made.name}{_PART}"
    if place.exists():
        return place
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(mode=0o700)
        for name in (STORE, MANIFEST):
            _copy(made / name, part / name, told if name == STORE else lambda *_: None)
        check_bytes(part, manifest)
        part.replace(place)
        flush_folder(target)
    except OSError as failure:
        shutil.rmtree(part, ignore_errors=True)
        if not target.is_dir():
            raise FolderMissing("target") from None
        raise translated(failure) from failure
    except BaseException:
        shutil.rmtree(part, ignore_errors=True)
        raise
    return place


def finish(part: Path, manifest: Manifest, folder: Path) -> Path:
    """Give a backup that was made in `part` its manifest and its name.

    Raises:
        DiskFull, StoreReadOnly: it is not there.
    """
    place = folder / name_of(manifest)
    try:
        with (part / MANIFEST).open("xb") as file:
            file.write(manifest.encoded())
            file.flush()
            os.fsync(file.fileno())
        part.replace(place)
        flush_folder(folder)
    except OSError as failure:
        raise translated(failure) from failure
    return place


def begin(folder: Path) -> Path:
    """An empty place in which the next backup is made; what a cut power left is cleared away.

    Raises:
        StoreReadOnly, DiskFull: the folder cannot be written.
    """
    private_folder(folder)
    clear_parts(folder)
    part = folder / f".{PREFIX}making{_PART}"
    try:
        part.mkdir(mode=0o700)
    except OSError as failure:
        raise translated(failure) from failure
    return part


def check_writable(folder: Path) -> None:
    """Whether backups can be brought there.

    Raises:
        FolderMissing: it cannot be reached.
        StoreReadOnly, DiskFull: nothing can be written there.
    """
    if not folder.is_dir():
        raise FolderMissing("chosen")
    part = folder / f".{PREFIX}trying{_PART}"
    try:
        part.mkdir(mode=0o700)
        (part / MANIFEST).write_bytes(b"trying")
    except OSError as failure:
        raise translated(failure) from failure
    finally:
        shutil.rmtree(part, ignore_errors=True)


def clear_parts(folder: Path) -> None:
    """Remove what was begun and never finished."""
    for each in folder.glob(f".{PREFIX}*{_PART}"):
        shutil.rmtree(each, ignore_errors=True)


def expire(folders: Sequence[Path], store: str, now: Moment) -> tuple[str, ...]:
    """Remove what is too old or one of many; ids of the backups that are nowhere any more.

    Only this store's own backups: a shared folder may hold those of other workstations.

    Raises:
        StoreReadOnly: one could not be removed.
    """
    mine = [each for each in shelf(folders).backups if each.store == store]
    gone = []
    for each in surplus(mine, now):
        for folder in folders:
            place = folder / Path(each.place).name
            if place.is_dir():
                _remove(place)
        gone.append(each.id)
    return tuple(gone)


def _remove(place: Path) -> None:
    """Its manifest first, which holds the only key: without it the rest opens for nobody."""
    try:
        (place / MANIFEST).unlink(missing_ok=True)
        shutil.rmtree(place)
    except OSError:
        raise StoreReadOnly("backup") from None


def _places(folder: Path) -> Iterator[Path]:
    for entry in os.scandir(folder):
        if entry.name.startswith(PREFIX) and entry.is_dir():
            yield Path(entry.path)


def _copy(source: Path, target: Path, told: Told) -> None:
    whole, done = source.stat().st_size, 0
    with source.open("rb") as read, target.open("xb") as write:
        target.chmod(0o600)
        while block := read.read(_BLOCK):
            write.write(block)
            done += len(block)
            told(done, whole)
        write.flush()
        os.fsync(write.fileno())


def digest(path: Path) -> str:
    """SHA-256 of a file, in hexadecimal."""
    return _digest(path, lambda *_: None)


def _digest(path: Path, told: Told) -> str:
    found, done, whole = hashlib.sha256(), 0, path.stat().st_size
    with path.open("rb") as file:
        while block := file.read(_BLOCK):
            found.update(block)
            done += len(block)
            told(done, whole)
    return found.hexdigest()
