"""A backup of a store of any form so far becomes a store of today's form, row for row."""

from pathlib import Path

import pytest

from carekraft_desktop.errors import BackupDamaged
from carekraft_desktop.store import backups, carrying, migrations
from carekraft_desktop.store.anchor import Anchor
from carekraft_desktop.store.engine import APPLICATION_ID
from carekraft_desktop.store.journal import Entry, Journal
from carekraft_desktop.store.migrations import upgrade
from carekraft_desktop.store.unit import SCHEMA, Store, Writing, _engine

KEY, BACKUP_KEY, FRESH_KEY = (bytes([n]) * 32 for n in (1, 2, 3))
JOURNAL = Journal(b"journal")
_STEPS = Path(migrations.__file__).parent / "versions"
FORMS = sorted(int(step.name[1:5]) for step in _STEPS.glob("s*.py"))
"""Numbers of every form there ever was."""


def older(file: Path, form: int) -> None:
    """A store as the program of that time left it, with a patient and a journal."""
    engine = _engine(file, bytearray(KEY))
    with engine.connect() as connection, connection.begin():
        connection.exec_driver_sql(f"PRAGMA application_id={APPLICATION_ID}")
        upgrade(connection, to=f"{form:04}")
        connection.exec_driver_sql(f"PRAGMA user_version={form}")
        unit = Writing(connection.connection.driver_connection)
        unit.run("INSERT INTO meta VALUES ('store_id', 'old')")
        unit.run(
            """INSERT INTO patient (id, version, name, sort_name, phone, email, address,
            postal_code, gender, birth_date, guardian_name, guardian_phone)
            VALUES ('pat-1', 4, 'Ana Demir', 'Demir, Ana', '555-0100', '', '', '', '', '', '', '')"""
        )
        unit.run("INSERT INTO tombstone VALUES ('patient', 'pat-9', 3, 5, 'unshared')")
        for n in range(40):
            JOURNAL.append(unit, Entry(n, "staff", "device", "visit.accept", f"id-{n}"))
    engine.dispose()


@pytest.mark.req("REQ-95")
@pytest.mark.parametrize("form", FORMS)
def test_a_backup_of_every_form_so_far_restores(tmp_path: Path, form: int) -> None:
    file, copy, fresh = (tmp_path / name for name in ("old", "copy", "fresh"))
    older(file, form)
    backups.copy_of_file(file, KEY, copy, BACKUP_KEY)
    found = backups.tried(copy, BACKUP_KEY, JOURNAL)
    assert (found.schema, found.store, found.entries) == (form, "old", 40)
    assert found.counts["patient"] == 1
    seen: list[tuple[int, int]] = []
    backups.put_back(copy, BACKUP_KEY, fresh, FRESH_KEY, lambda *far: seen.append(far))
    assert seen[-1][0] == seen[-1][1] > 0
    assert not list(tmp_path.glob("copy-*"))
    store = Store.open(fresh, FRESH_KEY, anchor=Anchor(tmp_path / "a", b"a"), store_id="old")
    with store.read() as unit:
        assert unit.value("PRAGMA user_version") == SCHEMA
        assert unit.rows("SELECT name, phone FROM patient") == [("Ana Demir", "555-0100")]
        assert unit.rows("SELECT id FROM tombstone") == [("pat-9",)]
        assert JOURNAL.first_wrong(unit) is None
    store.close()


def test_a_copy_is_opened_by_its_own_key_only(tmp_path: Path) -> None:
    file, copy = tmp_path / "old", tmp_path / "copy"
    older(file, SCHEMA)
    backups.copy_of_file(file, KEY, copy, BACKUP_KEY)
    with pytest.raises(BackupDamaged):
        backups.tried(copy, KEY, JOURNAL)
    assert b"Demir" not in copy.read_bytes()
    assert not copy.read_bytes().startswith(b"SQLite format 3")


def test_an_altered_journal_is_found_when_a_copy_is_tried(tmp_path: Path) -> None:
    file, copy = tmp_path / "old", tmp_path / "copy"
    older(file, SCHEMA)
    backups.copy_of_file(file, KEY, copy, BACKUP_KEY)
    with pytest.raises(BackupDamaged):
        backups.tried(copy, BACKUP_KEY, Journal(b"another"))


def test_every_table_is_the_exchanges_or_the_offices_own_and_none_is_forgotten(
    tmp_path: Path,
) -> None:
    store = Store.create(tmp_path / "new", KEY, anchor=Anchor(tmp_path / "a", b"a"), store_id="new")
    with store.write() as unit:
        everything = {
            name
            for (name,) in unit.rows(
                "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%STRICT%'"
            )
        }
        carried = {*carrying.own_tables(unit), *carrying.all_tables(unit)}
    store.close()
    left = everything - carried
    # The journal and the count of commits go their own way; the rest is made anew or fetched.
    assert left == {
        *("journal", "commits", "calendar", "met"),
        *("directory", "directory_group", "directory_times"),
    }
    assert {"outbox", "ledger", "attestation", "incident", "disclosure"} <= carried
