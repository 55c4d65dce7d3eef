"""Visits: what is asked for leaves, what is only the office's stays."""

from datetime import timedelta

from carekraft_desktop.contract import fhir
from carekraft_desktop.contract.commands import ResultStatus
from carekraft_desktop.contract.problems import Slug
from carekraft_desktop.domain.acts import Overlap
from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.domain.visits import Opening
from carekraft_desktop.services import outbox, visits
from tests import samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway, refused


def test_why_a_taken_time_is_taken_is_journalled_and_never_sent(
    seat: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(
        samples.patient("pat-1"), samples.booking("b", patient_id="pat-1", status="booked")
    )
    seat.cycle()
    start = seat.desk.now() + 86400
    to = Opening("", "prov-1", start, start + 1800)
    made = visits.move(seat.desk, "b", to, overlap=Overlap.OTHER_ROOM)
    assert made.reason == ""
    with seat.store.read() as unit:
        lines = unit.rows("SELECT action, detail FROM journal WHERE action = 'visit.move'")
    assert [tuple(line) for line in lines] == [("visit.move", "other-room")]
    seat.send()
    assert exchange.sent
    assert "other-room" not in repr(exchange.sent)


def opened(seat: Workstation) -> int:
    with seat.store.read() as unit:
        return int(unit.value("SELECT count(*) FROM journal WHERE action = 'visit.open'"))


def test_an_open_card_is_compared_without_being_opened_again(
    seat: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(
        samples.patient("pat-1"),
        samples.booking("b", patient_id="pat-1", status="booked"),
        samples.booking("other", patient_id="pat-1", status="booked"),
    )
    seat.cycle()
    card = visits.card(seat.desk, "b")
    exchange.put(samples.booking("other", patient_id="pat-1", status="arrived", v=2))
    seat.cycle()
    assert visits.same(seat.desk, card)
    exchange.put(samples.patient("pat-1", phone="312-555-0199", v=2))
    seat.cycle()
    assert not visits.same(seat.desk, card)
    card = visits.card(seat.desk, "b")
    visits.arrive(seat.desk, "b")
    assert not visits.same(seat.desk, card)
    exchange.put(samples.gone("Appointment", "b", v=3))
    seat.cycle()
    assert not visits.same(seat.desk, card)
    assert opened(seat) == 2


def test_the_outbox_says_that_the_patient_was_first(
    seat: Workstation, exchange: FakeGateway
) -> None:
    start = samples.NOON + timedelta(days=2)
    exchange.put(
        samples.patient("pat-1"),
        samples.booking("b", patient_id="pat-1", status="booked", start=start),
        samples.booking("c", patient_id="pat-1", status="booked", start=start),
    )
    seat.cycle()
    for visit in ("b", "c"):
        to = Opening("", "prov-1", seat.desk.now() + 86400, seat.desk.now() + 88200)
        visits.move(seat.desk, visit, to)
        exchange.answers.append(refused(ResultStatus.CONFLICT, Slug.VERSION_CONFLICT))
    reason = {"coding": [{"system": fhir.CANCELLED_BY, "code": "pat"}]}
    exchange.put(
        samples.booking("b", v=2, status="cancelled", start=start, cancelationReason=reason)
    )
    seat.send()
    lines = outbox.lines(seat.desk)
    assert {line.intention.delivery for line in lines} == {Delivery.CONFLICT}
    assert {line.intention.about: line.by_patient for line in lines} == {"b": True, "c": False}
    known = {line.intention.about: line.changed_at for line in lines}
    assert known == {"b": int(samples.NOON.timestamp()), "c": 0}
    assert visits.card(seat.desk, "b").visit.changed_at == known["b"]
