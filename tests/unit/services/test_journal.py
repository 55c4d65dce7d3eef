"""The journal read, proved and taken along by whoever answers for privacy."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from carekraft_desktop.domain import trail
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.errors import DiskFull, NotPermitted
from carekraft_desktop.security.people import Person, Unlocked
from carekraft_desktop.security.secret import Secret
from carekraft_desktop.services import journal, visits
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store.journal import Sieve
from carekraft_desktop.value import replace
from tests import journal_check, samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway

ADA = Staff("staff-9", "a.osei", "Ada Osei", frozenset({Role.PRIVACY_OFFICER}))


@pytest.fixture
def seat_with_a_day(seat: Workstation, exchange: FakeGateway) -> Workstation:
    """Somebody has opened a visit and accepted it."""
    exchange.put(*samples.whole_office())
    seat.cycle()
    visits.card(seat.desk, "book-1")
    visits.accept(seat.desk, "book-1")
    seat.send()
    return seat


@pytest.fixture
def officer(seat_with_a_day: Workstation) -> Desk:
    """The privacy officer at the same desk."""
    return replace(seat_with_a_day.desk, staff=ADA)


def unlocked() -> Unlocked:
    person = Person(
        id=ADA.id,
        name=ADA.name,
        display=ADA.display,
        roles=("privacy-officer",),
        disabled=False,
        waiting=False,
    )
    signing = Ed25519PrivateKey.from_private_bytes(bytes(range(32))).private_bytes_raw()
    return Unlocked(key=Secret.random(), signing=Secret(bytearray(signing)), staff=person)


EVERYTHING = Sieve()


def actions(desk: Desk, sieve: Sieve = EVERYTHING, **more: int) -> list[str]:
    return [entry.action for _, entry in journal.page(desk, sieve, **more)]


def test_the_newest_come_first_page_by_page(officer: Desk) -> None:
    everything = actions(officer)
    assert everything[:3] == ["visit.applied", "visit.accept", "visit.open"]
    first = journal.page(officer, Sieve(), most=2)
    rest = journal.page(officer, Sieve(), before=first[-1][0], most=200)
    assert [entry.action for _, entry in [*first, *rest]] == everything


def test_it_is_sifted_by_person_subject_thing_time_and_refusal(officer: Desk) -> None:
    assert "staff-1" in journal.opened(officer)
    assert set(actions(officer, Sieve(staff="staff-1"))) == {"visit.open", "visit.accept"}
    assert actions(officer, Sieve(subject="journal")) == ["journal.open"]
    assert actions(officer, Sieve(about="book-")) == ["visit.applied", "visit.accept", "visit.open"]
    assert actions(officer, Sieve(about="*")) == actions(officer)
    assert actions(officer, Sieve(since=officer.now() + 60)) == []
    assert actions(officer, Sieve(until=officer.now() - 3600)) == []
    assert actions(officer, Sieve(refused=True)) == []


@pytest.mark.req("REQ-02", "REQ-11")
def test_nobody_else_reads_it_and_the_try_is_in_it(
    seat_with_a_day: Workstation, officer: Desk
) -> None:
    for ask in (
        lambda: journal.opened(seat_with_a_day.desk),
        lambda: journal.page(seat_with_a_day.desk, Sieve()),
        lambda: journal.proof(seat_with_a_day.desk),
    ):
        with pytest.raises(NotPermitted):
            ask()
    assert actions(officer, Sieve(refused=True)) == [
        "journal.prove",
        "journal.open",
        "journal.open",
    ]


@contextmanager
def without_the_triggers(desk: Desk, statement: str) -> Iterator[None]:
    """Somebody with SQL and the key."""
    with desk.store.write() as unit:
        unit.run("DROP TRIGGER journal_no_update")
        unit.run(statement)
    yield


@pytest.mark.req("REQ-14")
def test_the_whole_chain_is_proved_and_the_first_bad_entry_named(officer: Desk) -> None:
    found = journal.proof(officer)
    assert (found.first_wrong, found.entries > 2) == (None, True)
    with without_the_triggers(officer, "UPDATE journal SET staff = 'staff-2' WHERE n = 2"):
        assert journal.proof(officer).first_wrong == 2


@pytest.mark.req("REQ-11", "REQ-16")
def test_a_signed_copy_is_whole_checked_and_journalled(officer: Desk, tmp_path: Path) -> None:
    place = tmp_path / "copy.jsonl"
    person = unlocked()
    report = journal.export(officer, person, place)
    assert (report.flaw, report.whole, report.key) == (None, True, person.verifying)
    assert journal_check.check(place.read_bytes()) == ""
    assert actions(officer)[0] == "journal.export"
    assert report.entries == len(actions(officer)) - 1
    assert b"Elif" not in place.read_bytes()


def test_a_copy_of_a_damaged_journal_says_so(officer: Desk, tmp_path: Path) -> None:
    with without_the_triggers(officer, "UPDATE journal SET at = at + 1 WHERE n = 1"):
        report = journal.export(officer, unlocked(), tmp_path / "copy.jsonl")
    assert (report.flaw, report.whole) == (None, False)


def test_a_copy_that_cannot_be_written_is_told(officer: Desk) -> None:
    with pytest.raises(DiskFull):
        journal.export(officer, unlocked(), Path("/dev/full"))


def test_a_fingerprint_can_be_read_out(officer: Desk) -> None:
    assert len(trail.fingerprint(unlocked().verifying)) == 8 * 4 + 7
