"""What becomes of a record when its patient withdraws: by rule, out of sight, and told by code."""

import shutil
from datetime import timedelta

import pytest

from carekraft_desktop.contract.feed import Erased, Erasing
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.errors import NotPermitted, Offline
from carekraft_desktop.services import calls, find, holds, replay, retention, visits
from carekraft_desktop.store import erasures
from carekraft_desktop.store.holds import Scope
from carekraft_desktop.value import replace
from tests import samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway
from tests.keeping import count, dispose, officer, patient, proof, unshare

YESTERDAY = samples.NOON - timedelta(days=1)
START = int(samples.NOON.timestamp())


def told(exchange: FakeGateway) -> dict[str, Erased]:
    """The newest receipt of each kind and id."""
    return {f"{e.kind}/{e.id}": e for acks in exchange.acks for e in acks.erased}


def visible(seat: Workstation) -> str:
    """All that lists, search, calls and cards can show of anybody."""
    desk = officer(seat)
    day = visits.day(desk, START - 30 * 86_400, START + 30 * 86_400)
    cards = [visits.card(desk, seen.entry.id) for seen in day]
    hits = [find.find(desk, word) for word in ("family1", "Given1", "0187")]
    return repr((day, calls.to_call(desk), cards, hits))


@pytest.fixture
def stocked(seat: Workstation, exchange: FakeGateway) -> Workstation:
    """An office with its provider and nobody booked."""
    exchange.put(samples.office(), samples.provider())
    seat.cycle()
    return seat


@pytest.mark.req("REQ-84", "REQ-86")
def test_of_somebody_who_never_came_all_is_erased_and_said_so(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    patient(exchange, 1, "booked", when=samples.NOON + timedelta(days=3))
    stocked.cycle()
    unshare(exchange, 1)
    stocked.cycle()
    stocked.cycle()
    assert count(stocked, "kept") == count(stocked, "patient") == count(stocked, "booking") == 0
    receipt = told(exchange)["patient/pat-1"]
    assert (receipt.outcome, receipt.dispose) == (Erasing.DELETED, None)
    with stocked.store.read() as unit:
        noted = erasures.of(unit, "patient", "pat-1")
    assert noted is not None
    # Backups rotate in at most 35 days; on that day the erasure is complete.
    assert (noted.outcome, noted.complete_on) == ("shred", "2026-12-28")


@pytest.mark.req("REQ-84", "REQ-85", "REQ-86")
def test_of_somebody_who_was_seen_the_record_leaves_all_sight_and_is_kept_for_the_officer(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    patient(exchange, 1, "fulfilled", when=YESTERDAY)
    stocked.cycle()
    assert "Given1" in visible(stocked)
    unshare(exchange, 1)
    stocked.cycle()
    stocked.cycle()
    assert "Given1" not in visible(stocked)
    assert "Family1" not in visible(stocked)
    assert count(stocked, "patient") == count(stocked, "search") == count(stocked, "booking") == 0
    receipts = told(exchange)
    assert receipts["patient/pat-1"].outcome is Erasing.RETAINED_BY_LAW
    assert receipts["patient/pat-1"].dispose == "2036-11"
    assert receipts["booking/book-1"].outcome is Erasing.RETAINED_BY_LAW
    (line,) = retention.overview(officer(stocked)).restricted
    assert (line.name, line.due_on.isoformat(), line.held) == (
        "Given1 Family1",
        "2036-11-22",
        False,
    )
    kept = retention.open_restricted(officer(stocked), "pat-1")
    assert {piece.kind for piece in kept} == {"patient", "consent", "coverage", "booking"}


@pytest.mark.req("REQ-85")
def test_only_the_officer_sees_what_is_kept(stocked: Workstation, exchange: FakeGateway) -> None:
    patient(exchange, 1, "fulfilled", when=YESTERDAY)
    stocked.cycle()
    unshare(exchange, 1)
    stocked.cycle()
    for role in set(Role) - {Role.PRIVACY_OFFICER}:
        desk = replace(stocked.desk, staff=Staff("s", "s.ome", "Some", frozenset({role})))
        with pytest.raises(NotPermitted):
            retention.overview(desk)
        with pytest.raises(NotPermitted):
            retention.open_restricted(desk, "pat-1")


@pytest.mark.req("REQ-84")
def test_of_a_mixture_what_happened_is_kept_and_the_rest_goes(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    patient(exchange, 1, "fulfilled", when=YESTERDAY)
    exchange.put(
        samples.booking(
            "book-7", patient_id="pat-1", status="booked", start=samples.NOON + timedelta(days=9)
        )
    )
    stocked.cycle()
    exchange.put(samples.gone("booking", "book-7", v=2, reason="unshared"))
    unshare(exchange, 1)
    stocked.cycle()
    stocked.cycle()
    receipts = told(exchange)
    assert receipts["patient/pat-1"].outcome is Erasing.PARTIAL
    assert receipts["booking/book-7"].outcome is Erasing.DELETED
    kept = retention.open_restricted(officer(stocked), "pat-1")
    assert [piece.id for piece in kept if piece.kind == "booking"] == ["book-1"]


@pytest.mark.req("REQ-84")
@pytest.mark.parametrize("page", [1, 2, 3])
def test_one_withdrawal_in_several_pages_has_one_outcome(
    stocked: Workstation, exchange: FakeGateway, page: int
) -> None:
    patient(exchange, 1, "fulfilled", when=YESTERDAY)
    stocked.cycle()
    unshare(exchange, 1)
    exchange.page_items = page
    for _ in range(6):
        stocked.cycle()
    assert told(exchange)["patient/pat-1"].outcome is Erasing.RETAINED_BY_LAW
    assert count(stocked, "kept", "kind = 'booking'") == 1
    assert "Given1" not in visible(stocked)


@pytest.mark.req("REQ-83", "REQ-86")
def test_a_hold_beats_the_withdrawal_and_nobody_outside_learns_of_it(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    patient(exchange, 1, "booked", when=samples.NOON + timedelta(days=3))
    patient(exchange, 2, "fulfilled", when=YESTERDAY)
    stocked.cycle()
    desk = officer(stocked)
    holds.put(desk, holds.Wish(Scope.PATIENT, "M-2026-04", "pat-1"), proof(desk))
    unshare(exchange, 1)
    unshare(exchange, 2)
    stocked.cycle()
    stocked.cycle()
    receipts = told(exchange)
    held, by_law = receipts["patient/pat-1"], receipts["patient/pat-2"]
    assert held.outcome is by_law.outcome is Erasing.RETAINED_BY_LAW
    assert held.dispose == "2027-02"
    assert "hold" not in repr(exchange.acks).lower()
    assert "Given1" not in visible(stocked)
    assert count(stocked, "kept", "patient_id = 'pat-1' AND kind = 'booking'") == 1


@pytest.mark.req("REQ-84")
def test_a_class_that_is_withdrawn_alone_is_kept_apart_where_the_patient_was_seen(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    patient(exchange, 1, "fulfilled", when=YESTERDAY)
    patient(exchange, 2, "booked", when=samples.NOON + timedelta(days=3))
    stocked.cycle()
    for number in (1, 2):
        exchange.put(
            samples.consent(
                f"cons-{number}", patient_id=f"pat-{number}", withdrawn=("medical",), v=2
            )
        )
    stocked.cycle()
    assert visits.card(stocked.desk, "book-1").visit.purpose == ""
    (piece,) = retention.open_restricted(officer(stocked), "pat-1")
    assert (piece.kind, piece.part) == ("booking", "medical")
    assert piece.body["purpose"] == "Knee pain after a fall"
    assert count(stocked, "kept", "patient_id = 'pat-2'") == 0


@pytest.mark.req("REQ-87")
def test_what_was_withdrawn_does_not_come_back_by_a_late_page_or_a_resync(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    patient(exchange, 1, "booked", when=samples.NOON + timedelta(days=3))
    stocked.cycle()
    unshare(exchange, 1)
    stocked.cycle()
    patient(exchange, 1, "booked", when=samples.NOON + timedelta(days=3), v=1)
    stocked.cycle()
    assert "Given1" not in visible(stocked)
    exchange.restore()
    for _ in range(4):
        stocked.cycle()
    assert "Given1" not in visible(stocked)
    # Of their own will they come back: a newer word.
    patient(exchange, 1, "booked", when=samples.NOON + timedelta(days=3), v=9)
    stocked.cycle()
    assert "Given1" in visible(stocked)


@pytest.mark.req("REQ-84", "REQ-87")
def test_paperwork_survives_by_opaque_id_and_the_booking_number_leads_to_it(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    patient(exchange, 1, "booked", when=samples.NOON + timedelta(days=3))
    stocked.cycle()
    with stocked.store.read() as unit:
        number = unit.value("SELECT number FROM booking WHERE id = 'book-1'")
    unshare(exchange, 1)
    stocked.cycle()
    with stocked.store.read() as unit:
        assert erasures.by_number(unit, number) == "pat-1"
        assert erasures.by_number(unit, "CK-0000-0000") == ""
        hashes = unit.rows("SELECT hash FROM erasure")
    assert all(len(each) == 32 for (each,) in hashes)


def test_an_exchange_that_forgot_a_seen_patient_loses_nothing_for_the_office(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    patient(exchange, 1, "fulfilled", when=YESTERDAY)
    stocked.cycle()
    exchange.restore()
    for key in [key for key in exchange.feed if key[1].endswith("-1") and key[0] != "office"]:
        del exchange.feed[key]
    exchange.put(samples.provider())
    for _ in range(4):
        stocked.cycle()
    assert count(stocked, "kept", "patient_id = 'pat-1' AND kind = 'booking'") == 1
    assert "Given1" not in visible(stocked)


@pytest.mark.req("REQ-84", "REQ-86")
def test_a_receipt_leaves_with_the_next_turn_also_after_days_without_a_network(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    patient(exchange, 1, "booked", when=samples.NOON + timedelta(days=3))
    stocked.cycle()
    unshare(exchange, 1)
    stocked.cycle()
    exchange.faults.extend([Offline()] * 3)
    for _ in range(3):
        stocked.clock.advance(days=1)
        stocked.cycle()
    assert told(exchange) == {}
    stocked.cycle()
    assert told(exchange)["patient/pat-1"].outcome is Erasing.DELETED
    assert dispose(stocked).held == 0


@pytest.mark.req("REQ-87", "REQ-83")
def test_a_store_put_back_from_a_backup_forgets_again_before_a_row_is_seen(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    for number, status in ((1, "booked"), (2, "fulfilled"), (3, "booked"), (4, "cancelled")):
        when = YESTERDAY if status != "booked" else samples.NOON + timedelta(days=3)
        patient(exchange, number, status, when=when)
    stocked.cycle()
    backup = (stocked.folder / "office.store").parent / "copy.store"
    stocked.store.checkpoint()
    shutil.copy(stocked.folder / "office.store", backup)
    desk = officer(stocked)
    holds.put(desk, holds.Wish(Scope.PATIENT, "M-1", "pat-3"), proof(desk))
    for number in (1, 2, 3):
        unshare(exchange, number)
    stocked.cycle()
    stocked.clock.advance(days=100)
    dispose(stocked)
    with stocked.store.read() as unit:
        data = replay.written(replay.of(unit))
    for word in ("Given", "pat-", "CK-"):
        assert word not in data.decode().replace('"about": "pat-3"', "")
    stocked.close()
    shutil.copy(backup, stocked.folder / "office.store")
    (stocked.folder / "office.anchor").unlink()
    stocked.open()
    assert "Given1" in visible(stocked)
    with stocked.store.write() as unit:
        assert replay.replay(unit, replay.read(data), stocked.desk.now()) >= 4
    for name in ("Given1", "Given2", "Given3", "Given4"):
        assert name not in visible(stocked)
    assert count(stocked, "patient") == count(stocked, "search") == 0
    kept_of = {line.patient_id for line in retention.overview(officer(stocked)).restricted}
    assert kept_of == {"pat-2", "pat-3"}
    # Done twice it changes nothing.
    with stocked.store.write() as unit:
        assert replay.replay(unit, replay.read(data), stocked.desk.now()) == 0
    with pytest.raises(ValueError, match="ck-stones"):
        replay.read(b"{}")
