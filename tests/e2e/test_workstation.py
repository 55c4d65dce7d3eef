"""The program against a real exchange over loopback: everything that can break, breaks."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.errors import (
    CodeRefused,
    KeyringLost,
    NoLongerThere,
    Offline,
    WeakPassword,
    WrongPassword,
    WrongRecoveryKey,
)
from carekraft_desktop.hub import tables
from carekraft_desktop.hub.sandbox.faults import Fault, FaultKind
from carekraft_desktop.services import office, visits
from carekraft_desktop.services.sync import Link
from tests.e2e.seats import PASSWORD, Seat
from tests.fakes.vault import FakeVault, Trouble
from tests.hub_fixture import Hub


@pytest.fixture
def seat_of(tmp_path: Path, hub: Hub) -> Iterator[Callable[..., Seat]]:
    """Makes workstations of the office, closed at the end."""
    seats: list[Seat] = []

    def make(**named: object) -> Seat:
        seats.append(Seat(hub, tmp_path / f"seat{len(seats)}", **named))  # type: ignore[arg-type]
        return seats[-1]

    yield make
    for seat in seats:
        seat.program.lock()


@pytest.fixture
def seat(seat_of: Callable[..., Seat], hub: Hub) -> Seat:
    """One workstation that has received its office and a few fresh requests."""
    for _ in range(3):
        hub.play("patient/book")
    seat = seat_of()
    seat.settle()
    return seat


def server_bookings(hub: Hub) -> dict[str, str]:
    """Id and status of every booking on the exchange."""
    rows = hub.read(lambda c: c.execute(select(tables.booking.c.id, tables.booking.c.status)).all())
    return {row.id: row.status for row in rows}


FHIR = {
    Status.REQUESTED: {"proposed"},
    Status.OFFERED: {"pending"},
    Status.CONFIRMED: {"booked"},
    Status.ARRIVED: {"arrived"},
    Status.COMPLETED: {"fulfilled"},
    Status.NO_SHOW: {"noshow"},
    Status.CANCELLED: {"cancelled"},
}


def assert_equal(seat: Seat, hub: Hub) -> None:
    """The seat knows exactly what the exchange knows."""
    ours = {id_: status for id_, (status, _) in seat.all_visits().items()}
    theirs = server_bookings(hub)
    assert set(ours) == set(theirs)
    assert all(theirs[id_] in FHIR[status] for id_, status in ours.items())


def test_a_workstation_enrols_and_receives_its_whole_office(seat: Seat, hub: Hub) -> None:
    found = office.office(seat.opened.desk)
    assert found is not None
    assert found.zone == "America/Chicago"
    assert len(office.providers(seat.opened.desk)) == 2
    assert_equal(seat, hub)
    assert seat.opened.sync.state.quarantined == 0


def test_an_accepted_booking_is_booked_on_the_exchange(seat: Seat, hub: Hub) -> None:
    booking = seat.request()
    visits.accept(seat.opened.desk, booking)
    seat.settle()
    assert server_bookings(hub)[booking] == "booked"
    assert seat.all_visits()[booking] == (Status.CONFIRMED, 2)


def test_work_goes_on_without_a_network_and_arrives_later(seat: Seat, hub: Hub) -> None:
    booking = seat.request()
    hub.sandbox.faults.order(Fault(kind=FaultKind.CUT_BEFORE, times=1_000))
    visits.accept(seat.opened.desk, booking)
    seat.clock.advance(seconds=10)
    assert seat.cycle().state.link is Link.OFFLINE
    seat.restart()
    assert seat.all_visits()[booking][0] is Status.CONFIRMED
    assert server_bookings(hub)[booking] == "proposed"
    hub.sandbox.faults.clear()
    seat.settle()
    assert server_bookings(hub)[booking] == "booked"


@pytest.mark.parametrize("kind", list(FaultKind))
@pytest.mark.parametrize("path", ["/commands", "/changes", "/acks", "/oauth/token"])
def test_every_fault_at_every_door_loses_nothing_and_doubles_nothing(
    seat: Seat, hub: Hub, kind: FaultKind, path: str
) -> None:
    booking = seat.request()
    visits.accept(seat.opened.desk, booking)
    patient = visits.card(seat.opened.desk, next(iter(seat.all_visits()))).visit.patient_id
    hub.play("patient/unshare", patient=patient)
    hub.sandbox.faults.order(Fault(kind=kind, path=path, times=2, seconds=0.05))
    if path == "/oauth/token":
        seat.restart()
    seat.settle()
    seat.settle()
    assert_equal(seat, hub)
    state = seat.opened.sync.state
    assert (state.waiting, state.unread, state.quarantined) == (0, 0, 0)
    if booking in server_bookings(hub):
        assert visits.card(seat.opened.desk, booking).intentions[0].delivery is Delivery.APPLIED
        assert seat.all_visits()[booking] == (Status.CONFIRMED, 2)


@pytest.mark.parametrize("kind", [FaultKind.UNAVAILABLE, FaultKind.SLOW_DOWN])
def test_a_storm_of_refusals_is_a_state_and_ends_by_itself(
    seat: Seat, hub: Hub, kind: FaultKind
) -> None:
    booking = seat.request()
    visits.accept(seat.opened.desk, booking)
    seat.clock.advance(seconds=10)
    hub.sandbox.faults.order(Fault(kind=kind, times=30, seconds=7))
    for _ in range(30):
        cycle = seat.cycle()
        assert cycle.state.link is Link.BUSY
        assert cycle.state.waiting == 1
        assert cycle.pause >= 7
        seat.clock.advance(seconds=cycle.pause)
    seat.settle()
    assert server_bookings(hub)[booking] == "booked"


@pytest.mark.req("REQ-84")
def test_an_unshare_reaches_the_seat_and_its_receipt_the_exchange(seat: Seat, hub: Hub) -> None:
    visit = visits.card(seat.opened.desk, seat.request()).visit
    hub.play("patient/unshare", patient=visit.patient_id)
    seat.settle()
    with pytest.raises(NoLongerThere):
        visits.card(seat.opened.desk, visit.id)
    seat.settle()
    with seat.opened.desk.store.read() as unit:
        assert unit.value("SELECT count(*) FROM receipt") == 0
        assert unit.value("SELECT count(*) FROM patient WHERE id = ?", visit.patient_id) == 0
    kinds = hub.read(
        lambda c: c.execute(
            select(tables.receipt.c.kind).where(tables.receipt.c.id == visit.patient_id)
        )
    ).scalars()
    assert "patient" in set(kinds)


def test_the_patients_cancellation_wins_whoever_was_first_at_the_desk(seat: Seat, hub: Hub) -> None:
    booking = seat.request()
    visits.accept(seat.opened.desk, booking)
    hub.play("patient/cancel", booking=booking)
    seat.settle()
    assert server_bookings(hub)[booking] == "cancelled"
    assert seat.all_visits()[booking][0] is Status.CANCELLED
    assert seat.opened.sync.state.unread == 1


def test_two_seats_answer_one_booking_and_both_learn_who_was_first(
    seat_of: Callable[..., Seat], hub: Hub
) -> None:
    hub.play("patient/book")
    first, second = seat_of(), seat_of(name="m.chen")
    first.settle()
    second.settle()
    booking = first.request()
    visits.accept(first.opened.desk, booking)
    visits.accept(second.opened.desk, booking)
    first.settle()
    second.settle()
    first.settle()
    assert first.all_visits() == second.all_visits()
    assert (first.opened.sync.state.unread, second.opened.sync.state.unread) == (0, 1)
    assert_equal(first, hub)


def test_a_restored_exchange_is_followed(seat: Seat, hub: Hub) -> None:
    hub.play("restore")
    cycle = seat.cycle()
    assert cycle.state.link is Link.CONNECTING
    seat.settle()
    assert_equal(seat, hub)


def test_a_revoked_workstation_is_told(seat: Seat, hub: Hub) -> None:
    hub.play("revoke", client_id=seat.opened.desk.device)
    assert seat.cycle().state.link is Link.SIGNED_OUT
    assert seat.all_visits()


def test_a_program_that_is_too_old_is_told(seat: Seat, hub: Hub) -> None:
    hub.play("settings", min_client="99.0.0")
    assert seat.cycle().state.link is Link.TOO_OLD
    assert seat.all_visits()


@pytest.mark.parametrize("days", [-400, -3, 3, 900])
def test_a_clock_that_is_days_off_does_not_keep_the_office_out(
    seat: Seat, hub: Hub, days: int
) -> None:
    from datetime import timedelta

    seat.restart()
    seat.clock.set_wall(seat.clock.now() + timedelta(days=days))
    assert seat.cycle().state.link is Link.UP_TO_DATE


def test_a_long_poll_brings_a_booking_at_once(seat: Seat, hub: Hub) -> None:
    import threading

    before = set(seat.all_visits())
    done = threading.Event()

    def poll() -> None:
        seat.opened.sync.cycle(wait=20)
        done.set()

    worker = threading.Thread(target=poll)
    worker.start()
    hub.play("patient/book")
    assert done.wait(10)
    worker.join()
    assert len(set(seat.all_visits()) - before) == 1


@pytest.mark.req("REQ-11", "REQ-22")
def test_failed_sign_ins_are_in_the_journal_as_soon_as_it_can_be_written(
    tmp_path: Path, hub: Hub
) -> None:
    seat = Seat(hub, tmp_path / "seat")
    seat.program.lock()
    (person,) = seat.program.people()
    for _ in range(3):
        with pytest.raises(WrongPassword):
            seat.program.unlock(person.id, "not-this-one-42")
    for expected in (["3"], ["3"]):
        seat.restart()
        with seat.opened.desk.store.read() as unit:
            found = unit.rows("SELECT detail, object FROM journal WHERE action = 'access.failed'")
        assert [detail for detail, _ in found] == expected
        assert {about for _, about in found} == {person.id}
    seat.program.lock()


@pytest.mark.req("REQ-06")
def test_locking_cuts_a_poll_and_closes_the_store(seat: Seat) -> None:
    import threading

    worker = threading.Thread(target=lambda: seat.opened.sync.cycle(wait=20))
    worker.start()
    seat.program.lock()
    worker.join(10)
    assert not worker.is_alive()
    assert seat.opened.unlocked.key.is_wiped
    assert bytes(seat.opened.desk.store._key) == bytes(32)


@pytest.mark.req("REQ-09", "REQ-18")
def test_only_the_password_and_the_keyring_together_open_the_store(
    seat: Seat, tmp_path: Path
) -> None:
    (person,) = seat.program.people()
    seat.program.lock()
    with pytest.raises(WrongPassword):
        seat.program.unlock(person.id, "not-the-password")
    seat.vault.trouble = Trouble.LOST
    with pytest.raises(KeyringLost):
        seat.program.unlock(person.id, PASSWORD)


@pytest.mark.req("REQ-21")
def test_the_recovery_key_opens_when_the_keyring_was_lost(seat: Seat) -> None:
    (person,) = seat.program.people()
    recovery_key = seat.opened.recovery_key
    known = seat.all_visits()
    seat.program.lock()
    seat.vault.kept.clear()
    with pytest.raises(WrongRecoveryKey):
        seat.program.recover("0000-" * 9, person.id, "granite-willow-ember-77")
    seat.opened = seat.program.recover(recovery_key, person.id, "granite-willow-ember-77")
    assert seat.all_visits() == known
    seat.program.lock()
    seat.opened = seat.program.unlock(person.id, "granite-willow-ember-77")
    assert seat.settle().state.link is Link.UP_TO_DATE


def test_a_computer_without_a_keyring_uses_the_code_on_paper(
    seat_of: Callable[..., Seat],
) -> None:
    vault = FakeVault()
    vault.trouble = Trouble.MISSING
    seat = seat_of(vault=vault)
    code = seat.opened.workstation_code
    assert code
    assert seat.program.needs_code
    (person,) = seat.program.people()
    seat.program.lock()
    seat.opened = seat.program.unlock(person.id, PASSWORD, code)


def test_a_set_up_that_fails_leaves_nothing_and_can_be_tried_again(
    tmp_path: Path, hub: Hub, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(hub.sandbox, "issue_code", lambda: "AAAA-BBBB-CCCC")
    vault = FakeVault()
    with pytest.raises(CodeRefused):
        Seat(hub, tmp_path / "seat", vault=vault)
    assert vault.kept == {}
    assert not (tmp_path / "seat" / "office").exists()
    assert not (tmp_path / "seat" / "office.new").exists()
    monkeypatch.undo()
    Seat(hub, tmp_path / "seat", vault=vault).program.lock()


@pytest.mark.parametrize(
    ("change", "error"),
    [({"password": "12345678"}, WeakPassword), ({"exchange": "http://127.0.0.1:9"}, Offline)],
)
def test_set_up_says_what_is_wrong(
    tmp_path: Path, hub: Hub, change: dict[str, Any], error: type[Exception]
) -> None:
    from carekraft_desktop.bootstrap import Program
    from carekraft_desktop.config import Folders, private_folder
    from carekraft_desktop.domain.staff import Role
    from carekraft_desktop.services.access import SetUp
    from carekraft_desktop.value import replace

    program = Program(Folders(private_folder(tmp_path / "seat")), vault=FakeVault())
    answers = SetUp(
        hub.url,
        hub.sandbox.issue_code(),
        "Desk 1",
        "r.alvarez",
        "Rosa Alvarez",
        frozenset({Role.FRONT_DESK}),
        PASSWORD,
    )
    with pytest.raises(error):
        program.set_up(replace(answers, **change))
    assert program.standing().value == "needs-set-up"
