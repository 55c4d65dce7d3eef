"""Every step of an office from every state: what is lawful happens, anything else is refused."""

from datetime import timedelta

import pytest
from sqlalchemy import Connection

from carekraft_desktop.contract.commands import (
    Body,
    CancelReason,
    CommandType,
    DeclineReason,
    ResultStatus,
)
from carekraft_desktop.contract.fhir import CANCELLED_BY, REASON
from carekraft_desktop.hub import bookings
from carekraft_desktop.hub.sandbox import acts
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from carekraft_desktop.hub.slots import SLOT_OF
from tests.unit.hub.bench import Bench

STATES = ("proposed", "pending", "booked", "arrived", "fulfilled", "cancelled", "noshow")
OF_BOOKINGS = [kind for kind in CommandType if kind.startswith("booking.")]
LAWFUL: dict[tuple[str, CommandType], str] = {
    ("proposed", CommandType.ACCEPT): "booked",
    ("proposed", CommandType.DECLINE): "cancelled",
    ("proposed", CommandType.PROPOSE): "pending",
    ("pending", CommandType.PROPOSE): "pending",
    ("pending", CommandType.CANCEL): "cancelled",
    ("booked", CommandType.MOVE): "booked",
    ("booked", CommandType.CANCEL): "cancelled",
    ("booked", CommandType.ARRIVE): "arrived",
    ("booked", CommandType.NO_SHOW): "noshow",
    ("arrived", CommandType.COMPLETE): "fulfilled",
    ("arrived", CommandType.ACCEPT): "booked",
    ("noshow", CommandType.ACCEPT): "booked",
}


def body_for(bench: Bench, kind: CommandType) -> Body | None:
    """What that command needs."""
    if kind is CommandType.DECLINE:
        return Body(reason=DeclineReason.NO_TIME)
    if kind is CommandType.CANCEL:
        return Body(reason=CancelReason.PROVIDER_AWAY)
    if kind in (CommandType.PROPOSE, CommandType.MOVE):
        return bench.to(bench.free())
    return None


@pytest.mark.parametrize("kind", OF_BOOKINGS)
@pytest.mark.parametrize("state", STATES)
def test_a_step_is_taken_or_refused(bench: Bench, state: str, kind: CommandType) -> None:
    booking = bench.in_state(state)
    if kind is CommandType.NO_SHOW:
        bench.at = max(bench.at, bench.booking(booking).start or bench.at)
    before = bench.booking(booking)
    result = bench.do(kind, booking, body_for(bench, kind))
    becomes = LAWFUL.get((state, kind))
    if becomes is None:
        assert result.status is ResultStatus.REJECTED
        assert result.problem is not None
        assert result.problem.slug == "illegal-transition"
        assert result.problem.status == 409
        assert bench.booking(booking) == before
    else:
        assert result.status is ResultStatus.APPLIED
        assert result.v == bench.version(booking)
        after = bench.booking(booking)
        assert after.status == becomes
        assert bench.slot_of(booking).status == SLOT_OF[becomes]


def test_a_declined_request_tells_who_and_why_and_frees_its_slot(bench: Bench) -> None:
    booking = bench.book()
    slot = bench.slot_of(booking)
    assert slot.status == "busy-tentative"
    bench.do(CommandType.DECLINE, booking, Body(reason=DeclineReason.REFERRAL_NEEDED))
    why = bench.booking(booking).cancelation_reason
    assert why is not None
    assert [(each.system, each.code) for each in why.coding] == [
        (CANCELLED_BY, "prov"),
        (REASON, "referral-needed"),
    ]
    assert bench.slot(slot.id).status == "free"


def test_a_proposal_holds_its_slot_and_keeps_the_wish_readable(bench: Bench) -> None:
    booking = bench.book()
    wished, offered = bench.slot_of(booking), bench.free()
    bench.do(CommandType.PROPOSE, booking, bench.to(offered))
    body = bench.booking(booking)
    assert (body.start, body.end) == (wished.start, wished.end)
    assert [(each.start, each.end) for each in body.requested_period] == [
        (offered.start, offered.end)
    ]
    assert bench.slot(wished.id).status == "free"
    assert bench.slot(offered.id).status == "busy-tentative"


def test_a_second_proposal_lets_the_first_slot_go(bench: Bench) -> None:
    booking = bench.in_state("pending")
    first, second = bench.slot_of(booking), bench.free()
    bench.do(CommandType.PROPOSE, booking, bench.to(second))
    assert bench.slot(first.id).status == "free"
    assert bench.slot(second.id).status == "busy-tentative"
    assert len(bench.booking(booking).requested_period) == 1


def test_the_patient_agrees_and_the_visit_is_at_the_proposed_time(bench: Bench) -> None:
    booking = bench.in_state("pending")
    offered = bench.booking(booking).requested_period[0]
    bench.write(lambda connection: acts.agree(connection, OFFICE_ID, booking, bench.at))
    body = bench.booking(booking)
    assert body.status == "booked"
    assert (body.start, body.end) == (offered.start, offered.end)
    assert body.requested_period == []
    assert bench.slot_of(booking).status == "busy"


def test_the_patient_refuses_a_proposal(bench: Bench) -> None:
    booking = bench.in_state("pending")
    bench.write(lambda connection: acts.refuse(connection, OFFICE_ID, booking, bench.at))
    body = bench.booking(booking)
    assert body.status == "cancelled"
    assert body.cancelation_reason is not None
    assert body.cancelation_reason.coding[0].code == "pat"
    assert bench.slot_of(booking).status == "free"


def test_a_moved_visit_frees_the_old_slot(bench: Bench) -> None:
    booking = bench.in_state("booked")
    old, new = bench.slot_of(booking), bench.free()
    bench.do(CommandType.MOVE, booking, bench.to(new))
    body = bench.booking(booking)
    assert (body.start, body.end) == (new.start, new.end)
    assert (bench.slot(old.id).status, bench.slot(new.id).status) == ("free", "busy")


def test_a_visit_moves_to_a_time_that_was_not_published(bench: Bench) -> None:
    booking = bench.in_state("booked")
    old = bench.slot_of(booking)
    other = next(each.id for each in bench.office.providers if each.id != old.provider)
    start = old.start + timedelta(days=1, minutes=7)
    body = Body(start=start, end=start + timedelta(minutes=25), provider=other)
    result = bench.do(CommandType.MOVE, booking, body)
    assert result.status is ResultStatus.APPLIED
    moved = bench.booking(booking)
    assert moved.slot == []
    assert moved.minutes_duration == 25
    assert any(
        each.actor is not None and each.actor.reference == f"PractitionerRole/{other}"
        for each in moved.participant
    )
    assert bench.slot(old.id).status == "free"


def test_nobody_is_missed_before_the_visit_begins(bench: Bench) -> None:
    booking = bench.in_state("booked")
    start = bench.booking(booking).start
    assert start is not None
    bench.at = start - timedelta(seconds=1)
    assert bench.do(CommandType.NO_SHOW, booking).status is ResultStatus.REJECTED
    bench.at = start
    assert bench.do(CommandType.NO_SHOW, booking).status is ResultStatus.APPLIED


@pytest.mark.parametrize("state", ["arrived", "noshow"])
def test_a_mark_is_taken_back_on_its_day_only(bench: Bench, state: str) -> None:
    booking = bench.in_state(state)
    marked = bench.at
    bench.at = marked + timedelta(days=1)
    assert bench.do(CommandType.ACCEPT, booking).status is ResultStatus.REJECTED
    bench.at = marked + timedelta(minutes=10)
    assert bench.do(CommandType.ACCEPT, booking).status is ResultStatus.APPLIED


def test_a_missed_visit_is_not_taken_back_into_a_slot_that_was_given_away(bench: Bench) -> None:
    booking = bench.in_state("noshow")
    slot = bench.slot_of(booking)
    other = bench.book(slot.id)
    result = bench.do(CommandType.ACCEPT, booking)
    assert result.problem is not None
    assert result.problem.slug == "slot-taken"
    assert bench.booking(booking).status == "noshow"
    assert bench.slot_of(other).id == slot.id


@pytest.mark.parametrize(
    ("kind", "body", "place"),
    [
        (CommandType.DECLINE, Body(), "$.body.reason"),
        (CommandType.DECLINE, Body(reason="provider-away"), "$.body.reason"),
        (CommandType.PROPOSE, Body(), "$.body.start"),
    ],
)
def test_an_incomplete_command_is_refused_with_its_place(
    bench: Bench, kind: CommandType, body: Body, place: str
) -> None:
    result = bench.do(kind, bench.book(), body)
    assert result.status is ResultStatus.REJECTED
    assert result.problem is not None
    assert result.problem.slug == "invalid-request"
    assert result.problem.errors == [place]


def test_times_that_make_no_sense_are_refused(bench: Bench) -> None:
    booking = bench.in_state("booked")
    slot = bench.free()
    hour = timedelta(hours=1)
    for body, place in [
        (Body(start=slot.start), "$.body.end"),
        (Body(start=slot.start, end=slot.start), "$.body.end"),
        (Body(start=slot.start, end=slot.start + 13 * hour), "$.body.end"),
        (Body(start=slot.start.replace(tzinfo=None), end=slot.end), "$.body.start"),
        (Body(start=slot.start + hour, end=slot.end + hour, slot=slot.id), "$.body.start"),
        (Body(start=slot.start, end=slot.end, slot=slot.id, provider="x"), "$.body.provider"),
        (Body(start=slot.start, end=slot.end, provider="nobody"), "$.body.provider"),
        (Body(start=slot.start, end=slot.end, slot="no-such-slot"), "$.body.slot"),
    ]:
        result = bench.do(CommandType.MOVE, booking, body)
        assert result.problem is not None
        assert result.problem.errors == [place], body
    late = bench.to(slot)
    bench.at = slot.start
    assert bench.do(CommandType.PROPOSE, bench.book(), late).status is ResultStatus.REJECTED


def test_an_ended_booking_does_not_take_a_slot_from_the_next_one(bench: Bench) -> None:
    ended = bench.in_state("cancelled")
    slot = bench.slot_of(ended)
    bench.book(slot.id)

    def touch(connection: Connection) -> None:
        bookings.load(connection, OFFICE_ID, ended, bench.at).settle()

    bench.write(touch)
    assert bench.slot(slot.id).status == "busy-tentative"
