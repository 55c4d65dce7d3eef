"""What a backup holds, looked at without writing; and the list of those that were made."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from carekraft_desktop.domain import Moment
from carekraft_desktop.errors import BackupDamaged, NotEncrypted, StoreDamaged
from carekraft_desktop.store.engine import (
    APPLICATION_ID,
    check_file,
    check_pages,
    connect,
    connect_frozen,
    copying,
    translated,
)
from carekraft_desktop.store.journal import Journal
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import Value

_STRETCH = 2000
"""Pages that are copied at a time."""
_OWN_COUNTS = "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'"


class Contents(Value, frozen=True):
    """What was found in a copy."""

    schema: int
    store: str
    counts: dict[str, int]
    """Rows of each table."""
    entries: int
    head: str
    """Authentication code of the journal's last entry."""


@contextmanager
def reading(path: Path, key: bytes | bytearray) -> Iterator[Any]:
    """A connection to a copy.

    Raises:
        BackupDamaged: this key does not open it, or a page of it is not as it was written.
    """
    connection = None
    try:
        connection = connect_frozen(path, key)
        yield connection
    except (StoreDamaged, NotEncrypted) as failure:
        raise BackupDamaged(failure.detail) from None
    finally:
        if connection is not None:
            connection.close()


def contents(connection: Any) -> Contents:
    """Count what is in it; every row of every table is met on the way."""
    look = Reading(connection.execute)
    with translated():
        if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
            raise BackupDamaged("application-id")
        schema = int(connection.execute("PRAGMA user_version").fetchone()[0])
    counts = {
        name: int(look.value(f'SELECT count(*) FROM "{name}"'))
        for (name,) in look.rows(_OWN_COUNTS)
    }
    entries, head = look.row("SELECT n, hex(mac) FROM journal ORDER BY n DESC LIMIT 1") or (0, "")
    store = str(look.value("SELECT value FROM meta WHERE name = 'store_id'") or "")
    return Contents(schema, store, counts, int(entries), str(head).lower())


def tried(path: Path, key: bytes | bytearray, journal: Journal) -> Contents:
    """Open a copy as a restore would: every page, every row, and the journal's chain (REQ-95).

    Raises:
        BackupDamaged: something of it is not as it was written.
    """
    with reading(path, key) as connection:
        check_pages(connection)
        found = contents(connection)
        if journal.first_wrong(Reading(connection.execute)) is not None:
            raise BackupDamaged("journal")
    return found


def note(unit: Writing, id_: str, made_at: Moment, why: str, size: int, sha256: str) -> None:
    """A backup was made and tried."""
    unit.run(
        "INSERT OR IGNORE INTO backup VALUES (?, ?, ?, ?, ?, 0)", id_, made_at, why, size, sha256
    )


def note_gone(unit: Writing, id_: str, at: Moment) -> None:
    """A backup was removed."""
    unit.run("UPDATE backup SET gone_at = ? WHERE id = ? AND gone_at = 0", at, id_)


def newest(unit: Reading) -> Moment:
    """When the newest backup that was tried was made; 0 for none."""
    return int(unit.value("SELECT coalesce(max(made_at), 0) FROM backup WHERE gone_at = 0"))


def first_entry(unit: Reading) -> Moment:
    """When this office was set up here."""
    return int(unit.value("SELECT coalesce(min(at), 0) FROM journal WHERE n = 1"))


def oldest_there(unit: Reading) -> Moment:
    """When the oldest backup was made that has not been removed; 0 for none."""
    return int(unit.value("SELECT coalesce(min(made_at), 0) FROM backup WHERE gone_at = 0"))


def note_drill(
    unit: Writing, at: Moment, staff: str, backup: str, seconds: int, found: str
) -> None:
    """Somebody tried a restore (REQ-28)."""
    unit.run(
        "INSERT INTO restore_drill VALUES (NULL, ?, ?, ?, ?, ?)", at, staff, backup, seconds, found
    )


def last_drill(unit: Reading) -> Moment:
    """When a restore was tried last and went well; 0 for never."""
    return int(unit.value("SELECT coalesce(max(at), 0) FROM restore_drill WHERE found = 'good'"))


@contextmanager
def looking_at(file: Path, key: bytes | bytearray) -> Iterator[Reading]:
    """A look into a store that nobody has open, whatever its form.

    Raises:
        StoreMissing, StoreDamaged, NotEncrypted: it does not open.
    """
    check_file(file)
    connection = connect(file, key, read_only=True)
    try:
        yield Reading(connection.execute)
    finally:
        connection.close()


def put_back(
    source: Path,
    key: bytes | bytearray,
    fresh: Path,
    fresh_key: bytes | bytearray,
    told: Callable[[int, int], None],
) -> None:
    """Copy a backup into a new file under the office's key.

    Args:
        source: the backup's file.
        key: its key.
        fresh: the file to be made; what is there goes.
        fresh_key: the key of the new file.
        told: called with pages done and pages in all; what it raises ends the copying.

    Raises:
        BackupDamaged: a page cannot be read.
        DiskFull, StoreReadOnly: the new file cannot be written.
    """
    with reading(source, key) as connection:
        _copy(connection, fresh, fresh_key, told)


def copy_of_file(
    source: Path,
    key: bytes | bytearray,
    fresh: Path,
    fresh_key: bytes | bytearray,
) -> None:
    """Copy a store that nobody has open, with what its log holds, under another key.

    Raises:
        StoreDamaged: it does not open, or a page cannot be read.
        DiskFull, StoreReadOnly: the new file cannot be written.
    """
    connection = connect(source, key, read_only=True)
    try:
        _copy(connection, fresh, fresh_key, lambda *_: None)
    finally:
        connection.close()


def write_fact(file: Path, key: bytes | bytearray, name: str, value: str) -> None:
    """Put a fact into a copy, whatever its form."""
    connection = connect(file, key)
    try:
        with translated():
            connection.execute("INSERT OR IGNORE INTO meta VALUES (?, ?)", (name, value))
    finally:
        connection.close()


def _copy(
    connection: Any, fresh: Path, key: bytes | bytearray, told: Callable[[int, int], None]
) -> None:
    with copying():
        fresh.unlink(missing_ok=True)
        fresh.touch(mode=0o600)
    copy = connect(fresh, key)
    try:
        with copying(), fresh.open("rb+") as file:
            # A copy that is cut short is thrown away, so it needs no journal of its own.
            for pragma in ("journal_mode=MEMORY", "cache_size=-2000"):
                copy.execute(f"PRAGMA {pragma}")
            connection.backup(
                copy, pages=_STRETCH, progress=lambda _, left, pages: told(pages - left, pages)
            )
            os.fsync(file.fileno())
    finally:
        copy.close()
