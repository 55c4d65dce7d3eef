"""The encrypted file: every way in which it could be unsafe is refused (REQ-07, REQ-08)."""

import os
import shutil
import sqlite3
import stat
import threading
from pathlib import Path

import pytest

from carekraft_desktop.errors import (
    DiskFull,
    NotEncrypted,
    StoreBusy,
    StoreDamaged,
    StoreMissing,
    StoreReadOnly,
    StoreRolledBack,
    StoreTooNew,
)
from carekraft_desktop.store import engine
from carekraft_desktop.store.unit import SCHEMA, Store
from tests.desks import KEY, STORE_ID, anchor


@pytest.fixture
def folder(tmp_path: Path, template: Path) -> Path:
    """A folder with an empty store."""
    place = tmp_path / "store"
    shutil.copytree(template, place)
    return place


def opened(folder: Path, key: bytes = KEY, *, accept_older: bool = False) -> Store:
    return Store.open(
        folder / "office.store",
        key,
        anchor=anchor(folder),
        store_id=STORE_ID,
        accept_older=accept_older,
    )


def remember(store: Store, name: str, value: str) -> None:
    with store.write() as unit:
        unit.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", name, value)


@pytest.mark.req("REQ-07", "REQ-08")
def test_the_file_is_not_a_plain_database(folder: Path) -> None:
    store = opened(folder)
    remember(store, "canary", "Zebulon-Quartz-7741")
    files = {path: path.read_bytes() for path in folder.iterdir()}
    store.close()
    files |= {path.with_suffix(".closed"): path.read_bytes() for path in folder.iterdir()}
    assert len(files) >= 4
    for path, data in files.items():
        assert b"Zebulon" not in data, path.name
        assert "Zebulon".encode("utf-16-le") not in data, path.name
    assert not (folder / "office.store").read_bytes().startswith(b"SQLite format 3")
    with pytest.raises(sqlite3.DatabaseError):
        sqlite3.connect(folder / "office.store").execute("SELECT * FROM sqlite_master")


@pytest.mark.req("REQ-06", "REQ-09")
def test_req_06_the_key_reaches_the_driver_in_a_buffer_that_is_wiped_and_never_as_a_text(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlcipher3 import dbapi2

    handed: list[object] = []
    spelled: list[bytes] = []

    class Listening(dbapi2.Connection):  # type: ignore[misc]
        def set_key(self, key: bytearray) -> None:
            handed.append(key)
            spelled.append(bytes(key))
            super().set_key(key)

    real = dbapi2.connect
    monkeypatch.setattr(dbapi2, "connect", lambda *a, **k: real(*a, factory=Listening, **k))
    engine.connect(folder / "office.store", KEY).close()
    with pytest.raises(StoreDamaged):
        engine.connect(folder / "office.store", bytes(32))
    assert spelled == [f"x'{KEY.hex()}'".encode(), f"x'{'00' * 32}'".encode()]
    assert handed == [bytearray(67), bytearray(67)], "wiped after use and after a refusal"


@pytest.mark.skipif(os.name != "posix", reason="Windows inherits the rights of the profile")
def test_the_file_is_its_owners_alone(tmp_path: Path) -> None:
    path = tmp_path / "office.store"
    Store.create(path, KEY, anchor=anchor(tmp_path), store_id=STORE_ID).close()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.mark.req("REQ-08")
def test_every_connection_is_set_as_it_must_be(folder: Path) -> None:
    connection = engine.connect(folder / "office.store", KEY)
    expected = {
        "cipher_status": "1",
        "cipher_use_hmac": "1",
        "cipher_page_size": "4096",
        "journal_mode": "wal",
        "synchronous": 2,
        "temp_store": 2,
        "secure_delete": 1,
        "foreign_keys": 1,
        "trusted_schema": 0,
        "cache_size": -64000,
    }
    found = {name: connection.execute(f"PRAGMA {name}").fetchone()[0] for name in expected}
    connection.close()
    assert found == expected


@pytest.mark.req("REQ-08")
def test_a_wrong_key_is_refused_without_a_word_on_standard_error(
    folder: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(StoreDamaged):
        opened(folder, bytes(32))
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("key", [b"", b"\x00\x11", b"x" * 31, b"x" * 33])
def test_a_key_of_another_length_is_never_taken_for_a_passphrase(folder: Path, key: bytes) -> None:
    with pytest.raises(NotEncrypted):
        opened(folder, key)


@pytest.mark.req("REQ-08")
def test_a_library_without_a_cipher_is_refused(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from sqlcipher3 import dbapi2

    def plain(path: str, **_: object) -> sqlite3.Connection:
        return sqlite3.connect(path)

    monkeypatch.setattr(dbapi2, "connect", plain)
    with pytest.raises(NotEncrypted):
        engine.connect(folder / "office.store", KEY)


@pytest.mark.req("REQ-08")
def test_a_plain_file_in_its_place_is_refused(folder: Path) -> None:
    path = folder / "office.store"
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE t (a)")
    connection.close()
    with pytest.raises(NotEncrypted):
        opened(folder)


def test_a_missing_an_empty_and_a_cut_file_are_never_taken_for_a_new_store(folder: Path) -> None:
    path = folder / "office.store"
    whole = path.read_bytes()
    path.write_bytes(whole[:-100])
    with pytest.raises(StoreDamaged):
        opened(folder)
    path.write_bytes(whole[: len(whole) // 8192 * 4096])
    with pytest.raises(StoreDamaged):
        opened(folder)
    path.write_bytes(b"")
    with pytest.raises(StoreDamaged):
        opened(folder)
    path.unlink()
    with pytest.raises(StoreMissing):
        opened(folder)
    assert not path.exists()


def test_a_store_of_another_workstation_is_refused(folder: Path) -> None:
    with pytest.raises(StoreDamaged):
        Store.open(folder / "office.store", KEY, anchor=anchor(folder), store_id="another")


def test_creating_never_overwrites(folder: Path) -> None:
    with pytest.raises(StoreDamaged):
        Store.create(folder / "office.store", KEY, anchor=anchor(folder), store_id=STORE_ID)
    opened(folder).close()


@pytest.mark.req("REQ-17")
def test_a_flipped_bit_in_the_first_page_is_damage(folder: Path) -> None:
    path = folder / "office.store"
    data = bytearray(path.read_bytes())
    data[1000] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(StoreDamaged):
        opened(folder)


@pytest.mark.req("REQ-14")
def test_a_removed_journal_is_noticed(folder: Path) -> None:
    store = opened(folder)
    remember(store, "a", "1")
    before = {p.name: p.read_bytes() for p in folder.iterdir()}
    remember(store, "b", "2")
    after = {p.name: p.read_bytes() for p in folder.iterdir()}
    store.close()
    assert before["office.store-wal"] != after["office.store-wal"]
    for path in folder.iterdir():
        path.unlink()
    (folder / "office.store").write_bytes(after["office.store"])
    (folder / "office.anchor").write_bytes(after["office.anchor"])
    with pytest.raises(StoreRolledBack):
        opened(folder)


@pytest.mark.req("REQ-14")
def test_an_older_copy_is_noticed_and_a_person_may_accept_it(folder: Path) -> None:
    old = (folder / "office.store").read_bytes()
    store = opened(folder)
    for n in range(3):
        remember(store, "n", str(n))
    store.close()
    (folder / "office.store").write_bytes(old)
    with pytest.raises(StoreRolledBack) as caught:
        opened(folder)
    assert caught.value.detail == "3"
    opened(folder, accept_older=True).close()
    opened(folder).close()


@pytest.mark.req("REQ-14")
def test_a_forged_anchor_counts_for_nothing(folder: Path) -> None:
    (folder / "office.anchor").write_bytes(b"9" * 128)
    opened(folder).close()


def test_a_newer_store_is_refused_politely(folder: Path) -> None:
    store = opened(folder)
    with store.write() as unit:
        unit.run(f"PRAGMA user_version={SCHEMA + 1}")
    store.close()
    before = (folder / "office.store").read_bytes()
    with pytest.raises(StoreTooNew):
        opened(folder)
    assert (folder / "office.store").read_bytes() == before


def test_opening_an_up_to_date_store_imports_no_migrations(folder: Path) -> None:
    import subprocess
    import sys

    code = (
        "import sys\n"
        "from pathlib import Path\n"
        "from tests.desks import KEY, STORE_ID, anchor\n"
        "from carekraft_desktop.store.unit import Store\n"
        f"folder = Path({str(folder)!r})\n"
        "store = Store.open(folder / 'office.store', KEY, anchor=anchor(folder), "
        "store_id=STORE_ID)\n"
        "with store.read() as unit:\n"
        "    assert unit.value('SELECT count(*) FROM booking') == 0\n"
        "late = {'alembic', 'sqlalchemy', 'requests', 'keyring'} & set(sys.modules)\n"
        "store.close()\n"
        "assert not late, late\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True, timeout=60)


def test_a_failed_transaction_leaves_nothing(folder: Path) -> None:
    store = opened(folder)

    def half() -> None:
        with store.write() as unit:
            unit.run("INSERT INTO meta VALUES ('half', 'done')")
            raise RuntimeError

    with pytest.raises(RuntimeError):
        half()
    with store.read() as unit:
        assert unit.value("SELECT count(*) FROM meta WHERE name = 'half'") == 0
    store.close()


def test_a_reader_cannot_write(folder: Path) -> None:
    store = opened(folder)
    with store.read() as unit, pytest.raises(StoreReadOnly):
        unit.rows("INSERT INTO meta VALUES ('x', 'y')")
    store.close()


def test_no_update_is_lost_between_threads(folder: Path) -> None:
    store = opened(folder)
    remember(store, "n", "0")

    def count() -> None:
        for _ in range(50):
            with store.write() as unit:
                n = int(unit.value("SELECT value FROM meta WHERE name = 'n'"))
                unit.run("UPDATE meta SET value = ? WHERE name = 'n'", str(n + 1))

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as unit:
        assert unit.value("SELECT value FROM meta WHERE name = 'n'") == "200"
    store.close()


def test_a_full_disk_is_said_and_what_was_committed_stays(folder: Path) -> None:
    store = opened(folder)
    remember(store, "kept", "yes")
    with pytest.raises(DiskFull), store.write() as unit:
        # Stands in for a small disk: the file may not grow.
        unit.rows("PRAGMA max_page_count=60")
        unit.run_many("INSERT INTO meta VALUES (?, ?)", [(f"x{n}", "y" * 3000) for n in range(500)])
    with store.read() as unit:
        assert unit.value("SELECT value FROM meta WHERE name = 'kept'") == "yes"
    store.close()


def test_another_writer_that_does_not_finish_is_an_error_and_not_a_hang(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        engine,
        "_PRAGMAS",
        tuple(p.replace("busy_timeout=5000", "busy_timeout=50") for p in engine._PRAGMAS),
    )
    store = opened(folder)
    other = engine.connect(folder / "office.store", KEY)
    other.execute("BEGIN IMMEDIATE")
    with pytest.raises(StoreBusy):
        remember(store, "a", "b")
    other.execute("ROLLBACK")
    other.close()
    remember(store, "a", "b")
    store.close()


@pytest.mark.req("REQ-06")
def test_closing_wipes_the_key_and_cuts_the_journal(folder: Path) -> None:
    store = opened(folder)
    remember(store, "a", "b")
    store.close()
    assert bytes(store._key) == bytes(32)
    wal = folder / "office.store-wal"
    assert not wal.exists() or wal.stat().st_size == 0
    store.close()


def test_a_look_after_closing_is_refused_also_where_one_has_looked_before(folder: Path) -> None:
    store = opened(folder)
    with store.read() as unit:
        assert unit.value("SELECT count(*) FROM meta")
    store.close()
    with pytest.raises(StoreDamaged, match="closed"), store.read():
        pass


def test_the_schema_is_the_one_this_program_writes(folder: Path) -> None:
    connection = engine.connect(folder / "office.store", KEY)
    assert connection.execute("PRAGMA user_version").fetchone()[0] == SCHEMA
    versions = connection.execute("SELECT version_num FROM alembic_version").fetchall()
    connection.close()
    steps = Path(engine.__file__).parent / "migrations" / "versions"
    assert versions == [(f"{SCHEMA:04}",)]
    assert max(int(step.name[1:5]) for step in steps.glob("s*.py")) == SCHEMA


def test_a_migration_that_fails_leaves_the_store_as_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    import carekraft_desktop.store.migrations as migrations

    upgrade = migrations.upgrade

    def breaks(connection: object) -> None:
        upgrade(connection)  # type: ignore[arg-type]
        raise RuntimeError

    monkeypatch.setattr(migrations, "upgrade", breaks)
    path = tmp_path / "office.store"
    with pytest.raises(RuntimeError):
        Store.create(path, KEY, anchor=anchor(tmp_path), store_id=STORE_ID)
    connection = engine.connect(path, KEY)
    assert connection.execute("SELECT count(*) FROM sqlite_master").fetchone() == (0,)
    connection.close()
