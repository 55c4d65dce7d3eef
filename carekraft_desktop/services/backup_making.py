"""Make the files of a backup and try them, whoever asks and whatever it is copied from."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

from carekraft_desktop import __version__
from carekraft_desktop.config import translated
from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.backups import Step, Why
from carekraft_desktop.domain.staff import MATRIX, Right, Role
from carekraft_desktop.errors import BackupDamaged
from carekraft_desktop.security import backup_file
from carekraft_desktop.security.backup_file import PAPER, STORE, Manifest
from carekraft_desktop.security.keys import KeyRing, Unlocked
from carekraft_desktop.security.secret import Secret
from carekraft_desktop.services import backup_shelf
from carekraft_desktop.services.workplace import Surroundings, ring_of
from carekraft_desktop.store import backups
from carekraft_desktop.store.backups import Contents
from carekraft_desktop.store.journal import Journal

Told = Callable[[Step, int, int], None]
"""Called with the step, how much of it is done, and of how much."""
Copy = Callable[[Path, bytearray], None]
"""Copies the store into a file under a key."""


alone = threading.RLock()
"""Two at once would clear each other's half-made files away; whoever comes second waits."""


def quiet(_step: Step, _done: int, _whole: int) -> None:
    """Nobody watches."""


def finished(
    around: Surroundings,
    unlocked: Unlocked,
    journal: Journal,
    why: Why,
    copy: Copy,
    told: Told = quiet,
) -> tuple[Manifest, Path]:
    """The backup on this computer's own disk, tried; and its folder.

    Raises:
        StoreError: there is none, and nothing of it is left.
    """
    with alone:
        return _made(around, unlocked, journal, why, copy, told)


def _made(
    around: Surroundings, unlocked: Unlocked, journal: Journal, why: Why, copy: Copy, told: Told
) -> tuple[Manifest, Path]:
    ring = ring_of(around)
    own = around.folders.copies
    part = backup_shelf.begin(own)
    try:
        with Secret.random() as key:
            file = part / STORE
            copy(file, key.content)
            _flush(file)
            told(Step.CHECK, 0, 1)
            found = backups.tried(file, key.content, journal.of_copy())
            told(Step.CHECK, 1, 1)
            manifest = _manifest(around, unlocked, ring, key, (why, file, found))
        return manifest, backup_shelf.finish(part, manifest, own)
    finally:
        backup_shelf.clear_parts(own)


def _manifest(
    around: Surroundings,
    unlocked: Unlocked,
    ring: KeyRing,
    key: Secret,
    made: tuple[Why, Path, Contents],
) -> Manifest:
    why, file, found = made
    if found.store != ring.store_id:
        raise BackupDamaged("store-id")
    bare = Manifest(
        format=backup_file.FORMAT,
        id=around.ids.new(),
        store=found.store,
        made_at=_now(around),
        why=why.value,
        program=__version__,
        schema=found.schema,
        size=file.stat().st_size,
        sha256=backup_shelf.digest(file),
        counts=found.counts,
        entries=found.entries,
        head=found.head,
        signer=unlocked.staff.id,
        verifying=backup_file.text(unlocked.verifying),
        wrapped=(),
    )
    return backup_file.finished(
        bare, key, holders=holders(ring), key_file=ring.content, sign=unlocked.sign
    )


def holders(ring: KeyRing) -> dict[str, bytes]:
    """Public keys of the paper and of everybody who may restore."""
    may = {role.value for role in Role if Right.RESTORE in MATRIX[role]}
    return {PAPER: ring.recovery_public} | ring.public_keys(may)


def _flush(file: Path) -> None:
    try:
        with file.open("rb+") as handle:
            os.fsync(handle.fileno())
    except OSError as failure:
        raise translated(failure) from failure


def _now(around: Surroundings) -> Moment:
    return int(around.clock.now().timestamp())
