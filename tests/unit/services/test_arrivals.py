"""What arrives is kept, what is withdrawn is gone, and nothing is applied twice."""

import pytest

from carekraft_desktop.domain.patients import Sharing
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.errors import NoLongerThere, Offline
from carekraft_desktop.services import office, outbox, visits
from carekraft_desktop.services.sync import Link
from carekraft_desktop.store import arrivals, facts
from carekraft_desktop.store.facts import Fact
from tests import samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway

START = int(samples.NOON.timestamp())
DAY = (START - 6 * 3600, START + 18 * 3600)


@pytest.fixture
def stocked(seat: Workstation, exchange: FakeGateway) -> Workstation:
    """A seat that has received the sample office."""
    exchange.put(*samples.whole_office())
    assert seat.cycle().state.link is Link.UP_TO_DATE
    return seat


def test_a_booking_shows_on_its_day_and_in_the_inbox(stocked: Workstation) -> None:
    (seen,) = visits.day(stocked.desk, *DAY)
    assert seen.entry.name == "Elif Demir"
    assert seen.status is Status.REQUESTED
    assert seen.start == START
    assert visits.inbox(stocked.desk) == (seen,)


def test_a_card_holds_what_the_patient_shared(stocked: Workstation) -> None:
    card = visits.card(stocked.desk, "book-1")
    assert card.patient is not None
    assert card.patient.phone == "312-555-0187"
    assert card.patient.address == "12 Example Street, Chicago, IL"
    assert card.shares.medical is Sharing.SHARED
    assert card.insurance is not None
    assert card.insurance.carrier == "Prairie Mutual"
    assert card.visit.purpose == "Knee pain after a fall"
    assert card.visit.previous_providers == ("Dr. Ilse Brandt, Orthopedics",)


def test_the_office_and_its_providers_arrive(stocked: Workstation) -> None:
    found = office.office(stocked.desk)
    assert found is not None
    assert found.zone == "America/Chicago"
    (provider,) = office.providers(stocked.desk)
    assert [h.opens for h in provider.hours] == [8 * 60] * 5
    (opening,) = visits.openings(stocked.desk, "prov-1", *DAY)
    assert (opening.id, opening.start) == ("slot-1", START)


def test_applying_the_same_page_again_changes_nothing(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    before = visits.card(stocked.desk, "book-1")
    with stocked.store.write() as unit:
        facts.put(unit, Fact.CURSOR, "")
    stocked.cycle()
    assert visits.card(stocked.desk, "book-1") == before
    assert len(visits.day(stocked.desk, *DAY)) == 1


def test_an_older_version_is_old_news(stocked: Workstation, exchange: FakeGateway) -> None:
    exchange.put(samples.booking(status="booked", v=5))
    stocked.cycle()
    exchange.put(samples.booking(status="proposed", v=4))
    stocked.cycle()
    assert visits.card(stocked.desk, "book-1").visit.status is Status.CONFIRMED


def test_a_booking_that_moves_leaves_no_trace_on_its_old_day(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    from datetime import timedelta

    exchange.put(samples.booking(start=samples.NOON + timedelta(days=2), v=2))
    stocked.cycle()
    assert visits.day(stocked.desk, *DAY) == ()
    assert len(visits.day(stocked.desk, DAY[0] + 2 * 86400, DAY[1] + 2 * 86400)) == 1


def test_a_booking_may_arrive_before_its_patient(seat: Workstation, exchange: FakeGateway) -> None:
    exchange.put(samples.booking())
    seat.cycle()
    (seen,) = visits.day(seat.desk, *DAY)
    assert seen.entry.name == ""
    exchange.put(samples.patient())
    seat.cycle()
    (seen,) = visits.day(seat.desk, *DAY)
    assert seen.entry.name == "Elif Demir"


@pytest.mark.req("REQ-37")
@pytest.mark.parametrize("order", ["consent first", "consent last"])
@pytest.mark.parametrize("how", ["withheld", "withdrawn"])
def test_what_is_not_shared_is_not_kept_whatever_the_exchange_sends(
    seat: Workstation, exchange: FakeGateway, order: str, how: str
) -> None:
    classes = ("contact", "demographic", "insurance", "medical")
    consent = samples.consent(**{how: classes})  # type: ignore[arg-type]
    data = [samples.patient(), samples.coverage(), samples.booking()]
    for item in [consent, *data] if order == "consent first" else [*data, consent]:
        exchange.put(item)
        seat.cycle()
    card = visits.card(seat.desk, "book-1")
    assert card.patient is not None
    assert card.patient.name == "Elif Demir"
    kept = (card.patient.phone, card.patient.email, card.patient.address, card.patient.birth_date)
    assert kept == ("", "", "", "")
    assert card.patient.gender == card.patient.postal_code == ""
    assert card.insurance is None
    assert (card.visit.purpose, card.visit.comment) == ("", "")
    assert card.visit.previous_providers == ()
    assert {card.shares.contact, card.shares.medical} == {Sharing(how)}
    with seat.store.read() as unit:
        assert unit.value("SELECT count(*) FROM search WHERE search MATCH '7810*'") == 0
        assert unit.value("SELECT count(*) FROM search WHERE search MATCH 'demir'") == 1


@pytest.mark.req("REQ-84")
def test_an_unshare_removes_everything_of_the_patient_at_once(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    visits.accept(stocked.desk, "book-1")
    exchange.put(samples.gone("patient", "pat-1", v=2, reason="unshared"))
    stocked.cycle()
    card = visits.card(stocked.desk, "book-1")
    assert card.patient is None
    assert card.insurance is None
    assert (card.visit.patient_id, card.visit.number, card.visit.purpose) == ("", "", "")
    assert visits.day(stocked.desk, *DAY)[0].entry.name == ""
    assert outbox.waiting(stocked.desk) == 0
    assert exchange.sent == []
    with stocked.store.read() as unit:
        assert unit.value("SELECT count(*) FROM search WHERE search MATCH 'demir'") == 0
        assert unit.value("SELECT count(*) FROM consent") == 0
    stocked.cycle()
    ((erased,),) = [acks.erased for acks in exchange.acks]
    assert (erased.kind, erased.id, erased.v) == ("patient", "pat-1", 2)
    stocked.cycle()
    assert len(exchange.acks) == 1


def test_a_late_booking_of_a_withdrawn_patient_stays_without_identity(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(samples.gone("patient", "pat-1", v=2, reason="unshared"))
    stocked.cycle()
    exchange.put(samples.booking(v=2))
    stocked.cycle()
    visit = visits.card(stocked.desk, "book-1").visit
    assert (visit.patient_id, visit.purpose, visit.comment) == ("", "", "")


def test_a_removed_booking_is_gone_with_its_waiting_answer(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    visits.accept(stocked.desk, "book-1")
    exchange.put(samples.gone("booking", "book-1", v=2, reason="unshared"))
    stocked.send()
    assert visits.day(stocked.desk, *DAY) == ()
    with pytest.raises(NoLongerThere):
        visits.card(stocked.desk, "book-1")
    assert stocked.sync.state.waiting == 0


def test_a_removal_older_than_what_we_hold_is_ignored(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(samples.booking(v=7))
    stocked.cycle()
    exchange.put(samples.gone("booking", "book-1", v=6))
    stocked.cycle()
    assert len(visits.day(stocked.desk, *DAY)) == 1


def test_what_was_removed_returns_only_with_a_newer_version(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(samples.gone("booking", "book-1", v=3))
    stocked.cycle()
    exchange.put(samples.booking(v=3))
    stocked.cycle()
    assert visits.day(stocked.desk, *DAY) == ()
    exchange.put(samples.booking(v=4))
    stocked.cycle()
    assert len(visits.day(stocked.desk, *DAY)) == 1


@pytest.mark.req("REQ-37")
def test_one_bad_item_is_set_aside_and_the_others_arrive(
    seat: Workstation, exchange: FakeGateway
) -> None:
    bad = samples.item("booking", "book-9", {"resourceType": "Appointment", "id": "book-9"})
    exchange.put(samples.patient(), bad, samples.booking())
    state = seat.cycle().state
    assert state.link is Link.UP_TO_DATE
    assert state.quarantined == 1
    assert len(visits.day(seat.desk, *DAY)) == 1
    seat.cycle()
    ((held,),) = [acks.quarantined for acks in exchange.acks]
    assert (held.kind, held.id, held.error) == ("booking", "book-9", "invalid-request")
    exchange.put(samples.booking("book-9", v=2))
    assert seat.cycle().state.quarantined == 0
    assert len(visits.day(seat.desk, *DAY)) == 2


def test_an_upgrade_tries_again_what_was_set_aside(
    seat: Workstation, exchange: FakeGateway
) -> None:
    from carekraft_desktop.contract.codec import encode

    with seat.store.write() as unit:
        arrivals.quarantine(
            unit, [("booking", "book-1", 1, START, "no-time", "0.0.1", encode(samples.booking()))]
        )
    assert seat.cycle().state.quarantined == 0
    assert len(visits.day(seat.desk, *DAY)) == 1


def test_unknown_kinds_are_kept_and_shown_nowhere(seat: Workstation, exchange: FakeGateway) -> None:
    exchange.put(samples.item("notice", "n-1", {"text": "x"}), samples.booking())
    state = seat.cycle().state
    assert (state.link, state.quarantined) == (Link.UP_TO_DATE, 0)
    with seat.store.read() as unit:
        assert unit.rows("SELECT kind, id FROM other") == [("notice", "n-1")]


def test_the_page_and_its_cursor_are_kept_together_or_not_at_all(
    seat: Workstation, exchange: FakeGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange.put(*samples.whole_office())

    def full(*_: object) -> None:
        raise Offline

    with monkeypatch.context() as patch:
        patch.setattr(facts, "put", full)
        seat.cycle()
    with seat.store.read() as unit:
        assert facts.get(unit, Fact.CURSOR) == ""
    assert visits.day(seat.desk, *DAY) == ()
    seat.cycle()
    assert len(visits.day(seat.desk, *DAY)) == 1


def test_a_restored_exchange_is_read_from_zero_and_its_word_stands(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(samples.booking("book-2", v=3), samples.booking(status="booked", v=9))
    stocked.cycle()
    exchange.restore()
    del exchange.feed["booking", "book-2"]
    exchange.put(samples.booking(status="proposed", v=2))
    first = stocked.cycle()
    assert (first.state.link, first.pause) == (Link.CONNECTING, 0.0)
    stocked.cycle()
    (seen,) = visits.day(stocked.desk, *DAY)
    assert (seen.entry.id, seen.status) == ("book-1", Status.REQUESTED)
    with stocked.store.read() as unit:
        assert facts.get(unit, Fact.RESYNC) == ""
        assert unit.value("SELECT count(*) FROM met") == 0


def test_a_resync_cut_in_the_middle_goes_on_and_loses_nothing(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(*(samples.booking(f"book-{n}", v=1) for n in range(2, 30)))
    stocked.cycle()
    exchange.restore()
    exchange.page_items = 7
    exchange.faults.extend([None, None, None, Offline()])
    for _ in range(8):
        stocked.cycle()
    assert len(visits.day(stocked.desk, *DAY)) == 29


def test_an_act_that_the_restored_exchange_forgot_is_sent_again_with_its_key(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    key = visits.accept(stocked.desk, "book-1").key
    stocked.send()
    exchange.put(samples.booking(status="booked", v=2))
    stocked.cycle()
    exchange.restore()
    exchange.put(samples.booking(status="proposed", v=1))
    for _ in range(4):
        stocked.cycle()
    again = exchange.sent[-1][0]
    assert len(exchange.sent) == 2
    assert (again.key, again.if_version) == (key, 1)


def test_two_seats_end_with_the_same_day(
    seat: Workstation, second_seat: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(*samples.whole_office())
    for _ in range(2):
        seat.cycle()
        second_seat.cycle()
    visits.accept(seat.desk, "book-1")
    seat.send()
    exchange.put(samples.booking(status="booked", v=2))
    seat.cycle()
    second_seat.cycle()
    assert visits.day(seat.desk, *DAY) == visits.day(second_seat.desk, *DAY)
    assert visits.day(seat.desk, *DAY)[0].status is Status.CONFIRMED


def test_no_transaction_is_open_while_the_exchange_is_spoken_to(
    seat: Workstation, exchange: FakeGateway
) -> None:
    def lock_is_free() -> None:
        with seat.store.write():
            pass

    exchange.watch = lock_is_free
    exchange.put(*samples.whole_office())
    seat.cycle()
    visits.accept(seat.desk, "book-1")
    assert seat.send().state.waiting == 0


def test_an_idle_poll_writes_nothing(stocked: Workstation) -> None:
    with stocked.store.read() as unit:
        before = unit.value("SELECT n FROM commits")
    stocked.cycle()
    with stocked.store.read() as unit:
        assert unit.value("SELECT n FROM commits") == before
