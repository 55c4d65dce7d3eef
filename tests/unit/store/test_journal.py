"""The journal: append-only, and every change to it is found."""

from typing import Any

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from carekraft_desktop.errors import StoreRolledBack
from carekraft_desktop.store.engine import connect
from carekraft_desktop.store.journal import Entry, Journal
from carekraft_desktop.store.unit import Reading, Store
from tests.desks import KEY, STORE_ID, Workstation, anchor


@pytest.fixture
def journal(seat: Workstation) -> Journal:
    """A journal with five entries."""
    journal = seat.desk.journal
    with seat.store.write() as unit:
        for n in range(5):
            journal.append(unit, Entry(1000 + n, "staff-1", "ws-0", "visit.open", f"book-{n}"))
    return journal


def test_an_untouched_journal_is_whole(seat: Workstation, journal: Journal) -> None:
    with seat.store.read() as unit:
        assert journal.first_wrong(unit) is None
        assert Journal(b"another key").first_wrong(unit) == 1


@pytest.mark.req("REQ-14")
@pytest.mark.parametrize("statement", ["UPDATE journal SET staff = 'x'", "DELETE FROM journal"])
def test_entries_cannot_be_changed_or_removed(
    seat: Workstation, journal: Journal, statement: str
) -> None:
    with pytest.raises(IntegrityError), seat.store.write() as unit:
        unit.run(statement)
    with seat.store.read() as unit:
        assert unit.value("SELECT count(*) FROM journal") == 5


@pytest.mark.req("REQ-14")
@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        ("UPDATE journal SET staff = 'other' WHERE n = 3", 3),
        ("UPDATE journal SET at = at + 1 WHERE n = 1", 1),
        ("DELETE FROM journal WHERE n = 2", 2),
        ("UPDATE journal SET n = n + 10 WHERE n = 5", 5),
        ("UPDATE journal SET detail = 'x' WHERE n = 5", 5),
        ("DELETE FROM journal WHERE n = 5", 5),
        ("DELETE FROM journal WHERE n > 2", 3),
        ("DELETE FROM journal", 1),
        (
            "UPDATE journal SET n = CASE n WHEN 2 THEN -3 WHEN 3 THEN -2 ELSE n END WHERE n IN (2, 3);"
            "UPDATE journal SET n = -n WHERE n < 0",
            2,
        ),
        (
            "INSERT INTO journal SELECT 6, at, staff, device, action, object, detail, outcome, mac"
            " FROM journal WHERE n = 5",
            6,
        ),
    ],
)
def test_someone_past_the_triggers_is_found_out(
    seat: Workstation, journal: Journal, statement: str, wrong: int
) -> None:
    with seat.store.write() as unit:
        unit.run("DROP TRIGGER journal_no_update")
        unit.run("DROP TRIGGER journal_no_delete")
        for each in statement.split(";"):
            unit.run(each)
    with seat.store.read() as unit:
        assert journal.first_wrong(unit) == wrong


@pytest.mark.req("REQ-14")
def test_a_tail_cut_off_past_the_program_is_found_at_the_next_start_and_named(
    seat: Workstation, journal: Journal
) -> None:
    seat.close()
    driver: Any = connect(seat.folder / "office.store", KEY)
    driver.execute("DROP TRIGGER journal_no_delete")
    driver.execute("DELETE FROM journal WHERE n > 3")
    driver.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    driver.close()
    with pytest.raises(StoreRolledBack):
        seat.open()
    noted = anchor(seat.folder).entries
    with pytest.raises(StoreRolledBack):
        Store.open(seat.folder / "office.store", KEY, anchor=anchor(seat.folder), store_id=STORE_ID)
    raw: Any = connect(seat.folder / "office.store", KEY, read_only=True)
    assert Journal(b"journal-key", noted).first_wrong(Reading(raw.execute)) == 4
    assert Journal(b"journal-key").first_wrong(Reading(raw.execute)) is None
    raw.close()
    # A person may go on with what is there; from then on it counts as it is.
    seat.store = Store.open(
        seat.folder / "office.store",
        KEY,
        anchor=anchor(seat.folder),
        store_id=STORE_ID,
        accept_older=True,
    )
    with seat.store.read() as unit:
        assert Journal(b"journal-key", anchor(seat.folder).entries).first_wrong(unit) is None


@pytest.mark.req("REQ-14")
def test_two_different_entries_never_read_alike() -> None:
    journal = Journal(b"key")
    one = Entry(1, "ab", "c", "x")
    other = Entry(1, "a", "bc", "x")
    assert journal.code(1, b"", one) != journal.code(1, b"", other)
