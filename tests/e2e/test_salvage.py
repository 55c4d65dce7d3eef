"""From a damaged store everything that can be read is saved, and what cannot is named."""

from pathlib import Path

import pytest

from carekraft_desktop.domain.staff import Role
from carekraft_desktop.errors import CatchUpNeeded, NothingReadable, NotPermitted, StoreDamaged
from carekraft_desktop.services import admitting, restore, salvage, visits
from carekraft_desktop.services.admitting import Newcomer
from carekraft_desktop.services.proving import ByPassword
from carekraft_desktop.store import engine
from carekraft_desktop.store.anchor import Anchor
from carekraft_desktop.store.journal import Entry, Journal
from carekraft_desktop.store.salvage import Source, tables_of
from carekraft_desktop.store.unit import Store
from tests.desks import KEY
from tests.e2e.clinic import Clinic, clinic

__all__ = ["clinic"]
COLLEAGUES = "harbor-lantern-copper-77"
PAGES = 4096


def pages_with(file: Path, key: bytes, table: str) -> list[int]:
    """Pages that hold rows of a table, found by damaging each in turn."""
    whole, found = file.read_bytes(), []
    for page in range(2, len(whole) // PAGES):
        data = bytearray(whole)
        data[page * PAGES + 100] ^= 1
        file.write_bytes(data)
        try:
            connection = engine.connect(file, key, read_only=True)
        except StoreDamaged:
            continue  # a page that describes the tables
        try:
            with engine.translated():
                connection.execute(f"SELECT * FROM {table}").fetchall()
        except StoreDamaged:
            found.append(page)
        finally:
            connection.close()
    file.write_bytes(whole)
    return found


@pytest.fixture
def many(tmp_path: Path) -> Path:
    """A store with some hundred rows in tables ordered by number and by text."""
    file = tmp_path / "many.store"
    store = Store.create(file, KEY, anchor=Anchor(tmp_path / "anchor", b"a"), store_id="many")
    journal = Journal(b"key")
    with store.write() as unit:
        for n in range(600):
            unit.run(
                "INSERT INTO ledger VALUES (?, ?, '', ?, '', '', '', '', '')",
                f"01939b3c-0000-7000-8000-{n * 7919 % 600:012x}",
                n,
                "x" * 90,
            )
            journal.append(unit, Entry(n, "staff", "device", "visit.accept", f"id-{n}"))
    store.close()
    return file


@pytest.mark.parametrize("table", ["ledger", "journal"])
def test_each_damaged_page_costs_its_own_rows_and_no_others(
    many: Path, tmp_path: Path, table: str
) -> None:
    pages = pages_with(many, KEY, table)
    # Two leaves with rows between them, the first and the last leaf among the others.
    leaves = pages[len(pages) // 3], pages[2 * len(pages) // 3]
    data = bytearray(many.read_bytes())
    for page in leaves:
        data[page * PAGES + 100] ^= 1
    many.write_bytes(data)
    fresh = Store.create(
        tmp_path / "fresh", KEY, anchor=Anchor(tmp_path / "b", b"b"), store_id="fresh"
    )
    source = Source(many, KEY)
    with fresh.write() as unit:
        saved = {each.table: each for each in source.save(unit, tables_of(unit), lambda *_: None)}
        entries, cut = source.save_journal(unit, Journal(b"key"))
    source.close()
    fresh.close()
    found = entries if table == "journal" else saved["ledger"]
    assert not found.whole
    assert 1 <= found.gaps <= 4
    most = 2 * PAGES // 70  # rows that two pages can hold
    assert 600 - most <= found.rows < 600
    if table == "journal":
        assert 0 < cut < 600
    else:
        assert entries.rows == 600
        assert cut == 0
    assert all(each.whole for name, each in saved.items() if name != table)


@pytest.mark.req("REQ-95")
def test_a_damaged_store_is_saved_and_completed_from_the_exchange(clinic: Clinic) -> None:
    accepted = clinic.accept_one()
    clinic.sync()
    before = {entry.entry.id for entry in visits.inbox(clinic.opened.desk)}
    key = bytes(clinic.opened.store._key)
    clinic.program.lock()
    for page in pages_with(clinic.file, key, "booking")[1:4]:
        clinic.flip(clinic.file, page)
    with pytest.raises(StoreDamaged):
        clinic.unlock()
    done = salvage.save(clinic.program._around(), clinic.way)
    assert "booking" in {table.table for table in done.not_whole}
    assert done.rows > 100
    clinic.unlock()
    assert {entry.entry.id for entry in visits.inbox(clinic.opened.desk)} == before
    assert accepted not in before
    assert clinic.rows("SELECT delivery FROM outbox") == [("applied",)]
    assert clinic.whole()
    assert clinic.rows("SELECT 1 FROM journal WHERE action = 'restore.salvaged'")


@pytest.mark.req("REQ-95")
def test_a_journal_whose_chain_is_torn_goes_on_and_what_else_was_read_of_it_is_kept(
    clinic: Clinic,
) -> None:
    for _ in range(200):
        with clinic.opened.store.write() as unit:
            clinic.opened.desk.note(unit, "visit.open", "id" * 20)
    key = bytes(clinic.opened.store._key)
    clinic.program.lock()
    pages = pages_with(clinic.file, key, "journal")
    clinic.flip(clinic.file, pages[len(pages) // 2])
    done = salvage.save(clinic.program._around(), clinic.way)
    assert done.journal_from
    clinic.unlock()
    assert clinic.whole()
    assert clinic.rows("SELECT count(*) FROM salvaged_entry") > [(0,)]


@pytest.mark.req("REQ-95")
def test_without_the_exchange_nothing_is_put_in_place_and_without_a_first_page_nothing_is_read(
    clinic: Clinic,
) -> None:
    clinic.program.lock()
    whole = clinic.file.read_bytes()
    clinic.flip(clinic.file, 0)
    with pytest.raises(NothingReadable):
        salvage.save(clinic.program._around(), clinic.way)
    clinic.file.write_bytes(whole)
    clinic.hub.stop()
    with pytest.raises(CatchUpNeeded):
        salvage.save(clinic.program._around(), clinic.way)
    assert clinic.file.read_bytes() == whole
    assert not list(clinic.office.glob("*.put*"))


@pytest.mark.req("REQ-02", "REQ-11")
def test_who_may_not_is_refused_and_that_is_written_down_as_for_a_restore(clinic: Clinic) -> None:
    newcomer = Newcomer("k.boateng", "Kofi", frozenset({Role.FRONT_DESK}), COLLEAGUES)
    around = clinic.program.around
    kofi = admitting.let_in(around, clinic.opened, newcomer, proof=clinic.proof())
    place = Path(clinic.back_up().backup.place)
    clinic.program.lock()
    way = ByPassword(kofi.id, COLLEAGUES)
    with pytest.raises(NotPermitted):
        salvage.save(around, way)
    with pytest.raises(NotPermitted):
        restore.restore(around, place, way)
    clinic.unlock()
    denied = clinic.rows("SELECT action, staff FROM journal WHERE outcome = 'denied' ORDER BY n")
    assert denied == [("restore.salvaged", kofi.id), ("restore.done", kofi.id)]
    assert clinic.whole()
