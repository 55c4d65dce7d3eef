"""Commands are done at most once, and who comes second is told the truth."""

from concurrent.futures import ThreadPoolExecutor

import msgspec
import pytest
import requests
from sqlalchemy import func, select

from carekraft_desktop.contract.commands import (
    Body,
    CommandType,
    DeclineReason,
    Result,
    ResultStatus,
)
from carekraft_desktop.contract.fhir import Appointment
from carekraft_desktop.hub import feed, tables
from carekraft_desktop.hub.sandbox import acts
from carekraft_desktop.hub.sandbox.faults import Fault, FaultKind
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from tests.hub_fixture import Hub, new_key
from tests.unit.hub.bench import Bench, make_command


def slug(result: Result) -> str:
    return result.problem.slug if result.problem is not None else ""


def test_a_repeated_command_is_answered_the_same_and_done_once(bench: Bench) -> None:
    booking = bench.book()
    command = make_command(CommandType.ACCEPT, booking, bench.version(booking))
    first = bench.send(command)[0]
    head = bench.read(lambda connection: feed.head(connection, OFFICE_ID))
    again = bench.send(command)[0]
    assert first.status is ResultStatus.APPLIED
    assert (again.status, again.was) == (ResultStatus.DUPLICATE, ResultStatus.APPLIED)
    assert (again.v, again.seq) == (first.v, first.seq)
    assert bench.read(lambda connection: feed.head(connection, OFFICE_ID)) == head


def test_a_repeated_refusal_is_answered_the_same(bench: Bench) -> None:
    booking = bench.book()
    command = make_command(CommandType.COMPLETE, booking, bench.version(booking))
    bench.send(command)
    again = bench.send(command)[0]
    assert (again.status, again.was) == (ResultStatus.DUPLICATE, ResultStatus.REJECTED)
    assert slug(again) == "illegal-transition"


def test_a_body_that_cannot_be_read_spoils_no_other_command(bench: Bench) -> None:
    one, two = bench.book(), bench.book()
    broken = msgspec.structs.replace(
        make_command(CommandType.DECLINE, one, bench.version(one)),
        body=msgspec.Raw(b'{"reason":7}'),
    )
    results = bench.send(broken, make_command(CommandType.ACCEPT, two, bench.version(two)))
    assert [result.status for result in results] == [ResultStatus.REJECTED, ResultStatus.APPLIED]
    assert results[0].problem is not None
    assert (slug(results[0]), results[0].problem.errors) == ("invalid-request", ["$.body.reason"])


def test_a_key_is_not_used_for_something_else(bench: Bench) -> None:
    booking = bench.book()
    key = new_key()
    bench.do(CommandType.ACCEPT, booking, key=key)
    other = bench.do(CommandType.ARRIVE, booking, key=key)
    assert (other.status, slug(other)) == (ResultStatus.REJECTED, "key-reused")
    assert other.problem is not None
    assert other.problem.status == 422
    assert bench.booking(booking).status == "booked"


def test_two_workstations_may_use_the_same_key(bench: Bench) -> None:
    key = new_key()
    one, two = bench.book(), bench.book()
    assert bench.do(CommandType.ACCEPT, one, key=key, client="ws-1").v
    assert bench.do(CommandType.ACCEPT, two, key=key, client="ws-2").v


def test_an_older_version_is_a_conflict_that_tells_what_is_true(bench: Bench) -> None:
    booking = bench.book()
    v = bench.version(booking)
    bench.do(CommandType.ACCEPT, booking)
    late = bench.do(CommandType.DECLINE, booking, Body(reason=DeclineReason.NO_TIME), v=v)
    assert (late.status, slug(late)) == (ResultStatus.CONFLICT, "version-conflict")
    assert late.problem is not None
    assert late.problem.current == {"v": v + 1, "status": "booked"}


def test_the_patients_cancellation_always_wins(bench: Bench) -> None:
    booking = bench.book()
    v = bench.version(booking)
    bench.write(lambda connection: acts.cancel(connection, OFFICE_ID, booking, bench.at))
    late = bench.do(CommandType.ACCEPT, booking, v=v)
    assert late.status is ResultStatus.CONFLICT
    assert late.problem is not None
    assert late.problem.current == {"v": v + 1, "status": "cancelled"}
    # Not even knowing of it revives the booking.
    assert bench.do(CommandType.ACCEPT, booking).status is ResultStatus.REJECTED
    assert bench.booking(booking).status == "cancelled"


def test_a_taken_slot_is_refused_with_free_ones_nearby(bench: Bench) -> None:
    holder, booking = bench.in_state("booked"), bench.in_state("booked")
    taken = bench.slot_of(holder)
    before = bench.slot_of(booking)
    result = bench.do(CommandType.MOVE, booking, bench.to(taken))
    assert (result.status, slug(result)) == (ResultStatus.REJECTED, "slot-taken")
    assert result.problem is not None
    offered = [bench.slot(each["id"]) for each in result.problem.alternatives]
    assert len(offered) == 3
    assert all(each.status == "free" and each.provider == taken.provider for each in offered)
    assert bench.slot_of(booking).id == before.id
    assert bench.slot(before.id).status == "busy"


def test_nothing_is_known_of_strange_bookings(bench: Bench) -> None:
    assert slug(bench.do(CommandType.ACCEPT, "no-such-booking", v=1)) == "not-found"
    booking = bench.book()
    patient = next(
        str(each.actor.reference).removeprefix("Patient/")
        for each in bench.booking(booking).participant
        if each.actor is not None and str(each.actor.reference).startswith("Patient/")
    )
    bench.write(lambda connection: acts.unshare(connection, OFFICE_ID, patient, bench.at))
    assert slug(bench.do(CommandType.ACCEPT, booking, v=1)) == "gone"


def test_what_follows_a_refused_command_is_skipped(bench: Bench) -> None:
    booking = bench.book()
    v = bench.version(booking)
    first = make_command(CommandType.COMPLETE, booking, v)
    second = make_command(CommandType.ACCEPT, booking, v, after=first.key)
    results = bench.send(first, second)
    assert [slug(each) for each in results] == ["illegal-transition", "skipped"]
    assert bench.booking(booking).status == "proposed"


def test_what_follows_an_applied_command_is_applied(bench: Bench) -> None:
    booking = bench.book()
    v = bench.version(booking)
    first = make_command(CommandType.ACCEPT, booking, v)
    second = make_command(CommandType.ARRIVE, booking, v + 1, after=first.key)
    assert [each.status for each in bench.send(first, second)] == [ResultStatus.APPLIED] * 2
    # In a later request, too, and when the first one is delivered again.
    third = make_command(CommandType.COMPLETE, booking, v + 2, after=second.key)
    statuses = [each.status for each in bench.send(second, third)]
    assert statuses == [ResultStatus.DUPLICATE, ResultStatus.APPLIED]


def test_a_refused_command_leaves_nothing_behind(bench: Bench) -> None:
    holder, booking = bench.in_state("booked"), bench.in_state("booked")
    head = bench.read(lambda connection: feed.head(connection, OFFICE_ID))
    bench.do(CommandType.MOVE, booking, bench.to(bench.slot_of(holder)))
    assert bench.read(lambda connection: feed.head(connection, OFFICE_ID)) == head


def test_two_desks_accept_one_booking_and_one_of_them_does(hub: Hub) -> None:
    desks = [hub.enrol("Front"), hub.enrol("Back")]
    booking = hub.play("patient/book")["done"]
    v = next(item.v for item in desks[0].everything()[0] if item.id == booking)
    with ThreadPoolExecutor(2) as pool:
        results = list(
            pool.map(lambda desk: desk.send(make_command(CommandType.ACCEPT, booking, v))[0], desks)
        )
    assert {each.status for each in results} == {ResultStatus.APPLIED, ResultStatus.CONFLICT}


@pytest.mark.parametrize("kind", [FaultKind.CUT_AFTER, FaultKind.CUT_BEFORE, FaultKind.GARBAGE])
def test_a_command_whose_answer_was_lost_is_done_once(hub: Hub, kind: FaultKind) -> None:
    desk = hub.enrol()
    booking = hub.play("patient/book")["done"]
    command = make_command(CommandType.ACCEPT, booking, 1)
    hub.sandbox.faults.order(Fault(kind=kind, path="/commands"))
    if kind is FaultKind.GARBAGE:
        assert desk.post("/commands", {"commands": [command]}).content.startswith(b"\x1f")
    else:
        with pytest.raises(requests.ConnectionError):
            desk.send(command)
    result = desk.send(command)[0]
    lost_after = kind is FaultKind.CUT_AFTER
    assert result.status is (ResultStatus.DUPLICATE if lost_after else ResultStatus.APPLIED)
    assert result.v == 2
    answer = desk.get(f"/items/booking/{booking}")
    assert answer.headers["ETag"] == 'W/"2"'


def test_many_desks_fight_for_slots_and_none_is_given_twice(bench: Bench) -> None:
    bookings = [bench.in_state("booked") for _ in range(12)]
    wanted = bench.slots("free")[-3:]

    def move(number: int) -> ResultStatus:
        body = bench.to(wanted[number % len(wanted)])
        return bench.do(CommandType.MOVE, bookings[number], body, client=f"ws-{number}").status

    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(move, range(len(bookings))))
    assert statuses.count(ResultStatus.APPLIED) == len(wanted)
    held = bench.read(
        lambda connection: connection.execute(
            select(tables.booking.c.slot_id, func.count())
            .where(tables.booking.c.status == "booked", tables.booking.c.slot_id.is_not(None))
            .group_by(tables.booking.c.slot_id)
        ).all()
    )
    assert all(count == 1 for _, count in held)
    assert all(isinstance(bench.booking(each), Appointment) for each in bookings)


def test_answers_are_kept_for_a_month(hub: Hub) -> None:
    desk = hub.enrol()
    command = make_command(CommandType.ACCEPT, hub.play("patient/book")["done"], 1)
    desk.send(command)

    def kept() -> int:
        return len(hub.read(lambda connection: connection.execute(tables.outcome.select()).all()))

    for days, count in ((30, 1), (31, 0)):
        hub.play("clock", seconds=days * 86_400)
        hub.token(desk)
        assert kept() == count
