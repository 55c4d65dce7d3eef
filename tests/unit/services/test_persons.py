"""The patient's card over a real store: joined by a person's word only, and taken apart again."""

from datetime import timedelta

import pytest

from carekraft_desktop.domain.likeness import Point
from carekraft_desktop.domain.patients import DataClass
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.errors import NoLongerThere, NotPermitted
from carekraft_desktop.services import persons
from carekraft_desktop.store import arrivals
from tests import samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway
from tests.samples import NOON


@pytest.fixture
def office(seat: Workstation, exchange: FakeGateway) -> Workstation:
    exchange.put(*samples.whole_office())
    later = NOON + timedelta(days=2)
    exchange.put(
        samples.patient("pat-2", given="Elíf"),
        samples.patient("pat-3", given="Deniz"),
        samples.booking("book-2", patient_id="pat-2", start=later),
    )
    seat.cycle()
    return seat


def seen(office: Workstation, patient_id: str = "pat-1") -> list[str]:
    return [each.entry.id for each in persons.card(office.desk, patient_id).visits]


def test_a_look_alike_is_suggested_with_its_points_and_a_twin_is_not(office: Workstation) -> None:
    (found,) = persons.card(office.desk, "pat-1").likenesses
    assert (found.patient.id, found.joined) == ("pat-2", False)
    assert found.points[:3] == (Point.NAME, Point.BIRTH_DATE, Point.PHONE)


def test_joined_records_show_the_visits_of_both_from_either_side(office: Workstation) -> None:
    assert seen(office) == ["book-1"]
    persons.join(office.desk, "pat-2", "pat-1")
    assert seen(office) == ["book-2", "book-1"] == seen(office, "pat-2")
    assert persons.card(office.desk, "pat-1").likenesses[0].joined


def test_a_third_record_joins_the_person_and_leaves_it_again(office: Workstation) -> None:
    persons.join(office.desk, "pat-1", "pat-2")
    persons.join(office.desk, "pat-2", "pat-3")
    others = {each.patient.id for each in persons.card(office.desk, "pat-1").likenesses}
    assert others == {"pat-2", "pat-3"}
    persons.undecide(office.desk, "pat-1", "pat-3")
    likenesses = persons.card(office.desk, "pat-1").likenesses
    assert [(each.patient.id, each.joined) for each in likenesses] == [("pat-2", True)]


def test_joining_is_taken_back_and_leaves_both_as_they_came(office: Workstation) -> None:
    before = persons.card(office.desk, "pat-1")
    persons.join(office.desk, "pat-1", "pat-2")
    persons.undecide(office.desk, "pat-2", "pat-1")
    assert persons.card(office.desk, "pat-1") == before


def test_two_people_are_not_suggested_again(office: Workstation) -> None:
    persons.keep_apart(office.desk, "pat-1", "pat-2")
    assert persons.card(office.desk, "pat-1").likenesses == ()
    assert persons.card(office.desk, "pat-2").likenesses == ()


def test_each_decision_is_journalled_with_both_records(office: Workstation) -> None:
    persons.join(office.desk, "pat-1", "pat-2")
    persons.undecide(office.desk, "pat-1", "pat-2")
    persons.reveal(office.desk, "pat-1", DataClass.CONTACT)
    with office.store.read() as unit:
        rows = unit.rows("SELECT action, object, detail FROM journal WHERE action LIKE 'patient.%'")
    assert [tuple(row) for row in rows] == [
        ("patient.join", "pat-1", "pat-2"),
        ("patient.undecide", "pat-1", "pat-2"),
        ("patient.reveal", "pat-1", "contact"),
    ]


def test_a_withdrawn_record_takes_the_joining_along(
    office: Workstation, exchange: FakeGateway
) -> None:
    persons.join(office.desk, "pat-1", "pat-2")
    exchange.put(samples.gone("patient", "pat-2", v=2, reason="unshared"))
    office.cycle()
    assert seen(office) == ["book-1"]
    with office.store.read() as unit:
        assert unit.rows("SELECT * FROM same_person") == []
    with pytest.raises(NoLongerThere):
        persons.card(office.desk, "pat-2")
    with pytest.raises(NoLongerThere):
        persons.join(office.desk, "pat-1", "pat-2")


def test_a_role_that_only_reads_joins_nothing(office: Workstation) -> None:
    officer = Staff("staff-7", "p.o", "Pat Ortiz", frozenset({Role.PRIVACY_OFFICER}))
    office.desk = type(office.desk)(
        office.store, office.clock, office.desk.ids, office.desk.journal, officer, "ws-0"
    )
    with pytest.raises(NotPermitted):
        persons.join(office.desk, "pat-1", "pat-2")
    with pytest.raises(NotPermitted):
        persons.undecide(office.desk, "pat-1", "pat-2")


def test_a_young_childs_contact_without_a_guardian_is_kept_aside_and_reported_by_code(
    seat: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(*samples.whole_office())
    exchange.put(samples.patient("pat-9", given="Noah", birth_date="2019-05-01", alone=True))
    seat.cycle()
    with pytest.raises(NoLongerThere):
        persons.card(seat.desk, "pat-9")
    with seat.store.read() as unit:
        assert [row[3] for row in arrivals.quarantined(unit)] == ["child-without-guardian"]
    seat.cycle()
    assert [held.error for held in exchange.acks[-1].quarantined] == ["child-without-guardian"]
