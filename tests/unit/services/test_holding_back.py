"""Under eighteen and no guardian: held whole, out of every list, and back once somebody answers."""

from datetime import timedelta

import pytest

from carekraft_desktop.errors import NoLongerThere, NotPermitted
from carekraft_desktop.services import disposal, find, holding_back, persons, visits
from carekraft_desktop.services.sync import SyncState
from tests import samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway
from tests.keeping import count, officer, proof, unshare

VISIT = samples.NOON + timedelta(days=1)
BORN = "2010-05-05"


@pytest.fixture
def office(seat: Workstation, exchange: FakeGateway) -> Workstation:
    """An office with one patient of age, and one of sixteen with an account of her own."""
    exchange.put(*samples.whole_office())
    seat.cycle()
    alone(exchange)
    seat.cycle()
    return seat


def alone(exchange: FakeGateway, *, v: int = 1, born: str = BORN) -> None:
    exchange.put(
        samples.patient("pat-9", given="Mina", family="Osei", birth_date=born, alone=True, v=v),
        samples.consent("con-9", patient_id="pat-9", v=v),
        samples.coverage("cov-9", patient_id="pat-9", v=v),
        samples.booking("book-9", patient_id="pat-9", start=VISIT, v=v),
    )


def state(seat: Workstation) -> SyncState:
    return seat.cycle().state


@pytest.mark.req("REQ-71", "REQ-74")
def test_req_74_a_minors_own_account_is_in_no_list_and_its_bookings_neither(
    office: Workstation,
) -> None:
    with pytest.raises(NoLongerThere):
        persons.card(office.desk, "pat-9")
    with pytest.raises(NoLongerThere):
        visits.card(office.desk, "book-9")
    assert find.find(office.desk, "osei") == ()
    for table in ("patient", "booking", "calendar", "consent", "coverage", "search"):
        assert count(office, table) <= 1, table
    assert state(office).quarantined == 0, "it could be read; it is held"
    with pytest.raises(NotPermitted):
        holding_back.listed(office.desk)
    assert len(holding_back.listed(officer(office))) == 1


@pytest.mark.req("REQ-71", "REQ-74")
def test_req_71_a_guardians_block_brings_the_record_with_all_that_belongs_to_it(
    office: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(samples.patient("pat-9", given="Mina", family="Osei", birth_date=BORN, v=2))
    office.cycle()
    card = persons.card(office.desk, "pat-9")
    assert card.patient.guardian is not None
    assert card.insurance is not None
    assert visits.card(office.desk, "book-9").visit.start == int(VISIT.timestamp())
    assert holding_back.listed(officer(office)) == ()
    assert count(office, "quarantine") == 0
    assert count(office, "journal", "action = 'patient.released' AND object = 'pat-9'") == 1


@pytest.mark.req("REQ-74")
def test_req_74_what_is_in_sight_already_goes_out_of_it_and_comes_back_whole(
    seat: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(*samples.whole_office())
    alone(exchange, born="1990-05-05")
    seat.cycle()
    assert find.find(seat.desk, "osei")
    exchange.put(
        samples.patient("pat-9", given="Mina", family="Osei", birth_date=BORN, alone=True, v=2)
    )
    seat.cycle()
    assert find.find(seat.desk, "osei") == ()
    assert count(seat, "booking", "id = 'book-9'") == 0
    exchange.put(samples.booking("book-8", patient_id="pat-9", start=VISIT, v=1))
    seat.cycle()
    assert count(seat, "booking", "id = 'book-8'") == 0
    exchange.put(samples.patient("pat-9", given="Mina", family="Osei", birth_date=BORN, v=3))
    seat.cycle()
    seat.cycle()  # what was not kept is told anew
    assert visits.card(seat.desk, "book-9").visit.patient_id == "pat-9"
    assert visits.card(seat.desk, "book-8").visit.patient_id == "pat-9"


@pytest.mark.req("REQ-72")
def test_req_72_whoever_comes_of_age_is_held_until_the_day_before(
    seat: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(*samples.whole_office())
    alone(exchange, born="2008-11-25")  # seventeen for two days more
    seat.cycle()
    for days, there in ((1, 0), (1, 1)):
        seat.clock.advance(days=days)
        seat.close()
        seat.open()
        seat.cycle()
        assert count(seat, "patient", "id = 'pat-9'") == there
    assert count(seat, "booking", "id = 'book-9'") == 1
    assert holding_back.listed(officer(seat)) == ()


def test_what_was_held_and_withdrawn_is_held_no_more(
    office: Workstation, exchange: FakeGateway
) -> None:
    for kind, id_ in (("booking", "book-9"), ("consent", "con-9"), ("coverage", "cov-9")):
        exchange.put(samples.gone(kind, id_, v=2, reason="unshared"))
    unshare(exchange, 9)
    office.cycle()
    assert holding_back.listed(officer(office)) == ()
    assert count(office, "quarantine") == 0


@pytest.mark.req("REQ-81")
def test_what_was_held_for_long_goes_by_the_offices_rule_and_is_told_anew(
    office: Workstation, exchange: FakeGateway
) -> None:
    office.clock.advance(days=9)
    office.cycle()
    desk = officer(office)
    disposal.now(desk, proof(desk))
    assert count(office, "quarantine") == 0
    assert len(holding_back.listed(desk)) == 1, "that there is somebody stays known"
    exchange.put(samples.patient("pat-9", given="Mina", family="Osei", birth_date=BORN, v=2))
    office.cycle()
    office.cycle()
    assert visits.card(office.desk, "book-9").visit.patient_id == "pat-9"


def test_from_zero_those_whom_the_exchange_no_longer_has_are_not_held(
    office: Workstation, exchange: FakeGateway
) -> None:
    for key in [key for key in exchange.feed if key[1].endswith("-9")]:
        del exchange.feed[key]
    exchange.epoch = "epoch-2"
    office.cycle()
    office.cycle()
    assert holding_back.listed(officer(office)) == ()
