"""Whose data an incident is about, with the real store: ids in the file, reveals in the journal."""

from datetime import timedelta

import pytest

from carekraft_desktop.domain.incidents import Entered, Kind
from carekraft_desktop.errors import IncidentUnclear, NoLongerThere, NotPermitted
from carekraft_desktop.services import incident_patients as affected
from carekraft_desktop.services import incidents, looks, persons
from carekraft_desktop.services.desk import Desk
from tests import samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway
from tests.keeping import count, officer, patient, unshare


@pytest.fixture
def desk(seat: Workstation, exchange: FakeGateway) -> Desk:
    """The officer's, with four patients."""
    exchange.put(samples.office(), samples.provider())
    for number in range(1, 5):
        patient(exchange, number, "booked", when=samples.NOON + timedelta(days=number))
    seat.cycle()
    return officer(seat)


@pytest.mark.req("REQ-99", "REQ-102")
def test_patients_are_chosen_by_search_kept_as_ids_and_counted(
    desk: Desk, seat: Workstation, exchange: FakeGateway
) -> None:
    file = incidents.open_one(desk, Kind.MISSENT)
    for typed in ("given2", "family2", "3/12/1979"):
        assert "pat-2" in {hit.patient_id for hit in affected.search(desk, file.id, typed)}
    affected.add(desk, file.id, ["pat-2"])
    found = affected.add(desk, file.id, ["pat-1", "pat-2"])
    assert found.patients == ("pat-1", "pat-2")
    assert (found.individuals, found.residents) == (2, {"IL": 2})
    assert [each.name for each in affected.listed(desk, file.id)] == [
        "Given1 Family1",
        "Given2 Family2",
    ]
    with pytest.raises(IncidentUnclear):
        affected.add(desk, file.id, ["pat-77"])
    assert affected.take_off(desk, file.id, "pat-1").patients == ("pat-2",)
    with pytest.raises(NoLongerThere):
        affected.take_off(desk, file.id, "pat-1")
    kept = [each.value for each in incidents.read(desk, file.id).all_of(Entered.PATIENTS)]
    assert len(kept) == 3, "who was on the list before stays in the file"
    unshare(exchange, 2)
    seat.cycle()
    (gone,) = affected.listed(desk, file.id)
    assert (gone.patient_id, gone.name) == ("pat-2", "")


@pytest.mark.req("REQ-99", "REQ-12")
def test_a_linked_stretch_of_the_journal_names_those_who_were_looked_at(
    desk: Desk, seat: Workstation
) -> None:
    file = incidents.open_one(desk, Kind.LOOKED)
    with pytest.raises(IncidentUnclear, match="journal"):
        affected.from_journal(desk, file.id)
    with seat.store.read() as unit:
        first = int(unit.value("SELECT max(n) FROM journal")) + 1
    persons.card(desk, "pat-1")
    looks.seen(desk, {"today": ["book-2", "book-3"]})
    with seat.store.read() as unit:
        last = int(unit.value("SELECT max(n) FROM journal"))
    persons.card(desk, "pat-4")
    incidents.put_down(desk, file.id, Entered.JOURNAL, f"{first}-{last}")
    assert affected.from_journal(desk, file.id) == 3
    assert incidents.read(desk, file.id).patients == ("pat-1", "pat-2", "pat-3")
    assert affected.from_journal(desk, file.id) == 0
    incidents.put_down(desk, file.id, Entered.JOURNAL, "1-900000")
    with pytest.raises(IncidentUnclear, match="journal"):
        affected.from_journal(desk, file.id)


@pytest.mark.req("REQ-03", "REQ-11")
def test_a_birth_date_is_revealed_with_a_line_in_the_journal(desk: Desk, seat: Workstation) -> None:
    file = incidents.open_one(desk, Kind.MISSENT)
    assert affected.birth_date(desk, file.id, "pat-1") == "1979-03-12"
    revealed = "action = 'patient.reveal' AND object = 'pat-1' AND detail = 'birth_date'"
    assert count(seat, "journal", revealed) == 1
    with pytest.raises(NoLongerThere):
        affected.birth_date(desk, file.id, "pat-77")
    with pytest.raises(NotPermitted):
        affected.search(seat.desk, file.id, "given")
    with pytest.raises(NotPermitted):
        affected.birth_date(seat.desk, file.id, "pat-1")
