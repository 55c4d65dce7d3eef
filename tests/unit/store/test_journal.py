"""The journal: append-only, and every change to it is found."""

import pytest
from sqlcipher3.dbapi2 import IntegrityError

from carekraft_desktop.store.journal import Entry, Journal
from tests.desks import Workstation


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


@pytest.mark.parametrize("statement", ["UPDATE journal SET staff = 'x'", "DELETE FROM journal"])
def test_entries_cannot_be_changed_or_removed(
    seat: Workstation, journal: Journal, statement: str
) -> None:
    with pytest.raises(IntegrityError), seat.store.write() as unit:
        unit.run(statement)
    with seat.store.read() as unit:
        assert unit.value("SELECT count(*) FROM journal") == 5


@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        ("UPDATE journal SET staff = 'other' WHERE n = 3", 3),
        ("UPDATE journal SET at = at + 1 WHERE n = 1", 1),
        ("DELETE FROM journal WHERE n = 2", 2),
        ("UPDATE journal SET n = n + 10 WHERE n = 5", 5),
    ],
)
def test_someone_past_the_triggers_is_found_out(
    seat: Workstation, journal: Journal, statement: str, wrong: int
) -> None:
    with seat.store.write() as unit:
        unit.run("DROP TRIGGER journal_no_update")
        unit.run("DROP TRIGGER journal_no_delete")
        unit.run(statement)
    with seat.store.read() as unit:
        assert journal.first_wrong(unit) == wrong


def test_two_different_entries_never_read_alike() -> None:
    journal = Journal(b"key")
    one = Entry(1, "ab", "c", "x")
    other = Entry(1, "a", "bc", "x")
    assert journal._code(1, b"", one) != journal._code(1, b"", other)
