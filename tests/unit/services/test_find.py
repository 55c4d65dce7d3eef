"""Find anyone, by whatever they say on the telephone."""

from datetime import timedelta
from pathlib import Path

import pytest

from carekraft_desktop.domain.visits import Status
from carekraft_desktop.services import persons, visits
from carekraft_desktop.services.find import find, recent
from carekraft_desktop.store import engine
from carekraft_desktop.store.migrations import upgrade
from carekraft_desktop.store.unit import SCHEMA, Store, _engine
from tests import samples
from tests.desks import KEY, STORE_ID, Workstation, anchor
from tests.fakes.gateway import FakeGateway

PEOPLE = [
    ("pat-1", "Elif", "Demir", "312-555-0187", "1979-03-12"),
    ("pat-2", "William", "O'Neill", "(312) 555-0142", "1951-11-02"),
    ("pat-3", "Léa", "Demirović", "+1 312 555 0187", "2009-06-30"),
    ("pat-4", "Thị Minh Khai", "Nguyễn", "312.555.0166", "1988-01-09"),
    ("pat-5", "ليلى", "حداد", "312-555-0111", "1990-05-05"),
]


@pytest.fixture
def stocked(seat: Workstation, exchange: FakeGateway) -> Workstation:
    """Five people with a visit each; the first has three."""
    for id_, given, family, phone, born in PEOPLE:
        exchange.put(
            samples.patient(id_, given=given, family=family, phone=phone, birth_date=born),
            samples.booking(f"book-{id_}", patient_id=id_),
        )
    number = [{"system": "urn:carekraft:booking-number", "value": "CK-9XYZ-0001"}]
    earlier, later = samples.NOON - timedelta(days=9), samples.NOON + timedelta(days=9)
    exchange.put(
        samples.booking("past", status="fulfilled", start=earlier, identifier=number),
        samples.booking("later", status="booked", start=later),
    )
    seat.cycle()
    return seat


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("demir", ["pat-1", "pat-3"]),
        ("DEMIR elif", ["pat-1"]),
        ("el dem", ["pat-1"]),
        ("lea", ["pat-3"]),
        ("demirovic", ["pat-3"]),
        ("nguyen", ["pat-4"]),
        ("khai nguyễn", ["pat-4"]),
        ("حداد", ["pat-5"]),
        ("bill", ["pat-2"]),
        ("billy oneill", ["pat-2"]),
        ("billy neill", ["pat-2"]),
        ("demri", ["pat-1", "pat-3"]),
        ("nguyne", ["pat-4"]),
        ("0142", ["pat-2"]),
        ("50187", ["pat-1", "pat-3"]),
        ("312 555 0166", ["pat-4"]),
        ("11/2/1951", ["pat-2"]),
        ("2 nov 1951", ["pat-2"]),
        ("demir 6/30/2009", ["pat-3"]),
        ("demir 0142", []),
        ("ck-9xyz", ["pat-1"]),
        ("CK9XYZ0001", ["pat-1"]),
        ("nobody", []),
        ("", []),
        ('"*) OR name : (a', []),
    ],
)
def test_who_is_found(stocked: Workstation, typed: str, found: list[str]) -> None:
    assert sorted(hit.patient_id for hit in find(stocked.desk, typed)) == found


def test_a_hit_leads_to_the_next_visit_or_else_the_last(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    (hit,) = find(stocked.desk, "elif")
    assert (hit.name, hit.visit_id, hit.status) == ("Elif Demir", "book-pat-1", Status.REQUESTED)
    stocked.clock.advance(days=5)
    (hit,) = find(stocked.desk, "elif")
    assert hit.visit_id == "later"
    stocked.clock.advance(days=30)
    (hit,) = find(stocked.desk, "elif")
    assert hit.visit_id == "later"
    exchange.put(samples.gone("booking", "later", v=2))
    stocked.cycle()
    (hit,) = find(stocked.desk, "elif")
    assert hit.visit_id == "book-pat-1"


def test_joined_records_are_one_hit_with_the_next_visit_of_all(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    soon = samples.NOON + timedelta(days=2)
    exchange.put(samples.booking("soon", patient_id="pat-3", status="booked", start=soon))
    stocked.cycle()
    stocked.clock.advance(days=1)
    persons.join(stocked.desk, "pat-1", "pat-3")
    (hit,) = find(stocked.desk, "demir")
    assert (hit.visit_id, hit.records) == ("soon", 2)
    (by_one_name,) = find(stocked.desk, "elif")
    assert (by_one_name.patient_id, by_one_name.visit_id) == ("pat-1", "soon")
    visits.card(stocked.desk, "past")
    visits.card(stocked.desk, "soon")
    assert [each.records for each in recent(stocked.desk)] == [2]
    persons.undecide(stocked.desk, "pat-1", "pat-3")
    assert [each.records for each in find(stocked.desk, "demir")] == [1, 1]


def test_three_joined_one_by_one_are_one_person(stocked: Workstation) -> None:
    persons.join(stocked.desk, "pat-1", "pat-2")
    persons.join(stocked.desk, "pat-2", "pat-3")
    (hit,) = find(stocked.desk, "elif")
    assert hit.records == 3
    assert [each.records for each in find(stocked.desk, "nguyen")] == [1]


def test_who_was_opened_last_comes_first(stocked: Workstation) -> None:
    for visit in ("book-pat-2", "book-pat-4", "past", "book-pat-2"):
        visits.card(stocked.desk, visit)
    assert [hit.patient_id for hit in recent(stocked.desk)] == ["pat-2", "pat-1", "pat-4"]


def test_a_withdrawn_patient_is_found_no_more(stocked: Workstation, exchange: FakeGateway) -> None:
    visits.card(stocked.desk, "book-pat-2")
    exchange.put(samples.gone("patient", "pat-2", v=2, reason="unshared"))
    stocked.cycle()
    for typed in ("neill", "bill", "0142", "11/2/1951"):
        assert find(stocked.desk, typed) == ()
    assert recent(stocked.desk) == ()


def test_a_store_of_the_first_schema_is_found_in_after_the_step(tmp_path: Path) -> None:
    path = tmp_path / "office.store"
    path.touch()
    old = _engine(path, bytearray(KEY))
    with old.begin() as connection:
        connection.exec_driver_sql(f"PRAGMA application_id={engine.APPLICATION_ID}")
        upgrade(connection, to="0001")
        connection.exec_driver_sql("PRAGMA user_version=1")
        connection.exec_driver_sql("INSERT INTO meta VALUES ('store_id', ?)", (STORE_ID,))
        connection.exec_driver_sql(
            """INSERT INTO patient VALUES (1, 'pat-1', 1, 'Ada Example', 'Example, Ada',
            '312-555-0199', '', '', '', '', '1970-01-31', '', '')"""
        )
    old.dispose()
    store = Store.open(path, KEY, anchor=anchor(tmp_path), store_id=STORE_ID)
    with store.read() as unit:
        for words in ("exam*", "9910*", "19700131"):
            assert unit.value("SELECT rowid FROM search WHERE search MATCH ?", words) == 1
        assert unit.value("PRAGMA user_version") == SCHEMA
    store.close()
