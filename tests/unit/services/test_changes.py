"""What has changed since somebody last looked, over a real store."""

from datetime import timedelta

from carekraft_desktop.contract.commands import ResultStatus
from carekraft_desktop.contract.fhir import CANCELLED_BY
from carekraft_desktop.contract.problems import Slug
from carekraft_desktop.domain.changes import Field
from carekraft_desktop.domain.visits import Opening, Status
from carekraft_desktop.services import changes, visits
from tests import samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway, refused
from tests.samples import NOON

SOON = NOON + timedelta(hours=3)
BY_PATIENT = {"coding": [{"system": CANCELLED_BY, "code": "pat"}]}


def received(seat: Workstation, exchange: FakeGateway, **more: object) -> None:
    exchange.put(
        samples.office(),
        samples.provider(),
        samples.patient(),
        samples.consent(),
        samples.coverage(),
        samples.booking(start=SOON, **more),  # type: ignore[arg-type]
    )
    seat.cycle()


def fields(seat: Workstation) -> list[str]:
    return [change.field.value for found in changes.changed(seat.desk) for change in found.changes]


def test_what_arrives_for_the_first_time_has_not_changed(
    seat: Workstation, exchange: FakeGateway
) -> None:
    received(seat, exchange)
    assert changes.changed(seat.desk) == ()


def test_another_time_is_news_though_nobody_opened_the_visit(
    seat: Workstation, exchange: FakeGateway
) -> None:
    received(seat, exchange)
    exchange.put(samples.booking(start=SOON + timedelta(hours=1), v=2))
    seat.cycle()
    (found,) = changes.changed(seat.desk)
    assert found.changes[0].before == str(int(SOON.timestamp()))
    assert fields(seat) == ["time"]


def test_a_new_telephone_number_is_news_and_its_old_value_is_not_kept(
    seat: Workstation, exchange: FakeGateway
) -> None:
    received(seat, exchange)
    exchange.put(samples.patient(phone="312-555-0199", v=2))
    seat.cycle()
    assert fields(seat) == ["phone"]
    with seat.store.read() as unit:
        held = unit.rows("SELECT state, changed FROM baseline")
    assert "555-" not in str(held)


def test_acknowledging_is_journalled_and_ends_it(seat: Workstation, exchange: FakeGateway) -> None:
    received(seat, exchange)
    exchange.put(samples.patient(phone="312-555-0199", v=2))
    seat.cycle()
    changes.acknowledge(seat.desk, "book-1")
    changes.acknowledge(seat.desk, "book-1")
    assert changes.changed(seat.desk) == ()
    with seat.store.read() as unit:
        lines = unit.rows("SELECT object, detail FROM journal WHERE action = 'changes.read'")
    assert lines == [("book-1", "phone")]
    assert visits.card(seat.desk, "book-1").changes == ()


def test_what_the_office_does_itself_is_no_news(seat: Workstation, exchange: FakeGateway) -> None:
    received(seat, exchange, status="booked")
    later = int(SOON.timestamp()) + 3600
    visits.move(seat.desk, "book-1", Opening("", "prov-1", later, later + 1800))
    seat.send()
    exchange.put(samples.booking(start=SOON + timedelta(hours=1), status="booked", v=2))
    seat.cycle()
    assert changes.changed(seat.desk) == ()


def test_a_move_that_was_taken_back_is_no_news(seat: Workstation, exchange: FakeGateway) -> None:
    received(seat, exchange, status="booked")
    later = int(SOON.timestamp()) + 3600
    moved = visits.move(seat.desk, "book-1", Opening("", "prov-1", later, later + 1800))
    visits.undo(seat.desk, moved.key)
    exchange.put(samples.booking(start=SOON, status="booked", v=2))
    seat.cycle()
    assert changes.changed(seat.desk) == ()


def test_the_patients_cancellation_is_news(seat: Workstation, exchange: FakeGateway) -> None:
    received(seat, exchange, status="booked")
    exchange.put(samples.booking(start=SOON, status="cancelled", cancelationReason=BY_PATIENT, v=2))
    seat.cycle()
    assert fields(seat) == ["status"]


def test_a_taken_offer_is_news(seat: Workstation, exchange: FakeGateway) -> None:
    received(seat, exchange)
    later = int(SOON.timestamp()) + 3600
    visits.propose(seat.desk, "book-1", Opening("", "prov-1", later, later + 1800))
    seat.send()
    exchange.put(samples.booking(start=SOON + timedelta(hours=1), status="booked", v=3))
    seat.cycle()
    assert fields(seat) == ["status"]


def test_a_class_that_was_closed_leaves_no_print_behind(
    seat: Workstation, exchange: FakeGateway
) -> None:
    received(seat, exchange)
    exchange.put(samples.patient(phone="312-555-0199", v=2))
    seat.cycle()
    exchange.put(samples.consent(withheld=("contact",), v=2))
    seat.cycle()
    (found,) = changes.changed(seat.desk)
    assert [(c.field, c.data, c.after) for c in found.changes] == [
        (Field.SHARING, "contact", "withheld")
    ]
    with seat.store.read() as unit:
        state = unit.value("SELECT state FROM baseline")
    assert '"phone"' not in state


def test_a_withdrawn_patient_takes_the_snapshot_along(
    seat: Workstation, exchange: FakeGateway
) -> None:
    received(seat, exchange)
    visits.card(seat.desk, "book-1")
    exchange.put(samples.gone("patient", "pat-1", v=2, reason="unshared"))
    seat.cycle()
    with seat.store.read() as unit:
        assert unit.rows("SELECT * FROM baseline") == []


def test_an_offer_holds_the_offered_time(seat: Workstation, exchange: FakeGateway) -> None:
    received(seat, exchange)
    later = int(SOON.timestamp()) + 86_400
    visits.propose(seat.desk, "book-1", Opening("", "prov-1", later, later + 1800))
    now = int(SOON.timestamp())
    assert visits.day(seat.desk, now - 600, now + 600) == ()
    (seen,) = visits.day(seat.desk, later, later + 1800)
    assert (seen.status, seen.start) == (Status.OFFERED, later)
    seat.send()
    day = timedelta(days=1)
    period = {"start": (SOON + day).isoformat(), "end": (SOON + day * 49 / 48).isoformat()}
    exchange.put(samples.booking(start=SOON, status="pending", requestedPeriod=[period], v=2))
    seat.cycle()
    (seen,) = visits.day(seat.desk, later, later + 1800)
    assert (seen.status, seen.start, seen.entry.start) == (Status.OFFERED, later, later)
    exchange.put(samples.booking(start=SOON + timedelta(days=1), status="booked", v=3))
    seat.cycle()
    assert len(visits.day(seat.desk, now - 600, later + 1800)) == 1


def test_many_are_accepted_in_one_transaction(seat: Workstation, exchange: FakeGateway) -> None:
    received(seat, exchange)
    exchange.put(samples.booking("book-2", start=SOON + timedelta(hours=1)))
    seat.cycle()
    exchange.put(
        samples.booking("book-2", start=SOON, status="cancelled", cancelationReason=BY_PATIENT, v=2)
    )
    seat.cycle()
    made = visits.accept_all(seat.desk, ["book-1", "book-2", "book-9"])
    assert [each.about for each in made] == ["book-1"]
    assert visits.inbox(seat.desk) == ()
    exchange.answers.append(refused(ResultStatus.CONFLICT, Slug.VERSION_CONFLICT))
    seat.send()
    assert len(visits.inbox(seat.desk)) == 1
