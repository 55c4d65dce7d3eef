"""Sending: each act once, in order, and every ending visible in words."""

from datetime import timedelta

import pytest

from carekraft_desktop.contract.commands import CommandType, Result, ResultStatus
from carekraft_desktop.contract.problems import Slug
from carekraft_desktop.domain.acts import Act, Cancel, Decline
from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.domain.visits import Opening, Status
from carekraft_desktop.errors import (
    CareKraftError,
    DiskFull,
    Garbled,
    IllegalStep,
    NothingToUndo,
    NotPermitted,
    Offline,
    Refused,
    SignedOut,
    TooOld,
    Unavailable,
)
from carekraft_desktop.services import outbox, visits
from carekraft_desktop.services.sync import Link
from carekraft_desktop.store.unit import Store
from tests import samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway, refused, said

START = int(samples.NOON.timestamp())
DAY = (START - 6 * 3600, START + 18 * 3600)


@pytest.fixture
def stocked(seat: Workstation, exchange: FakeGateway) -> Workstation:
    """A seat with one request."""
    exchange.put(*samples.whole_office())
    seat.cycle()
    return seat


def seen_status(seat: Workstation) -> Status:
    return visits.day(seat.desk, *DAY)[0].status


def delivery(seat: Workstation) -> Delivery:
    return visits.card(seat.desk, "book-1").intentions[-1].delivery


def test_an_answer_shows_at_once_and_leaves_when_it_can_no_longer_be_undone(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    intention = visits.accept(stocked.desk, "book-1")
    assert seen_status(stocked) is Status.CONFIRMED
    assert visits.inbox(stocked.desk) == ()
    cycle = stocked.cycle()
    assert exchange.sent == []
    assert cycle.state.waiting == 1
    assert 0 < cycle.pause <= 6
    stocked.send()
    ((command,),) = exchange.sent
    assert (command.key, command.type, command.if_version) == (
        intention.key,
        CommandType.ACCEPT,
        1,
    )
    assert stocked.sync.state.waiting == 0


def test_the_visit_does_not_fall_back_between_the_answer_and_the_feed(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    visits.accept(stocked.desk, "book-1")
    stocked.send()
    assert delivery(stocked) is Delivery.APPLIED
    assert seen_status(stocked) is Status.CONFIRMED
    exchange.put(samples.booking(status="booked", v=2))
    stocked.cycle()
    exchange.put(samples.booking(status="cancelled", v=3))
    stocked.cycle()
    assert seen_status(stocked) is Status.CANCELLED


def test_an_act_is_undone_before_it_leaves_and_not_after(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    first = visits.accept(stocked.desk, "book-1")
    visits.undo(stocked.desk, first.key)
    assert seen_status(stocked) is Status.REQUESTED
    stocked.send()
    assert exchange.sent == []
    second = visits.accept(stocked.desk, "book-1")
    stocked.send()
    with pytest.raises(NothingToUndo):
        visits.undo(stocked.desk, second.key)


@pytest.mark.parametrize(
    ("status", "act", "after"),
    [
        ("proposed", "decline", Status.CANCELLED),
        ("booked", "cancel", Status.CANCELLED),
        ("booked", "arrive", Status.ARRIVED),
        ("arrived", "complete", Status.COMPLETED),
        ("pending", "cancel", Status.CANCELLED),
    ],
)
def test_each_act_shows_its_effect_while_it_waits(
    stocked: Workstation, exchange: FakeGateway, status: str, act: str, after: Status
) -> None:
    exchange.put(samples.booking(status=status, v=2))
    stocked.cycle()
    acts = {
        "decline": lambda: visits.decline(stocked.desk, "book-1", Decline.NO_TIME),
        "cancel": lambda: visits.cancel(stocked.desk, "book-1", Cancel.OFFICE_CLOSED),
        "arrive": lambda: visits.arrive(stocked.desk, "book-1"),
        "complete": lambda: visits.complete(stocked.desk, "book-1"),
    }
    acts[act]()
    assert seen_status(stocked) is after
    stocked.send()
    reasons = {"decline": "no-time", "cancel": "office-closed"}
    assert said(exchange.sent[0][0]).reason == reasons.get(act)


def test_a_move_shows_on_the_new_day_while_it_waits(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(samples.booking(status="booked", v=2))
    stocked.cycle()
    later = START + 86400
    visits.move(stocked.desk, "book-1", Opening("slot-2", "prov-2", later, later + 1800))
    assert visits.day(stocked.desk, *DAY) == ()
    (seen,) = visits.day(stocked.desk, DAY[0] + 86400, DAY[1] + 86400)
    assert (seen.start, seen.provider_id) == (later, "prov-2")
    assert seen.waiting is not None
    stocked.send()
    body = said(exchange.sent[0][0])
    assert (body.slot, body.provider) == ("slot-2", "prov-2")
    assert body.start == samples.NOON + timedelta(days=1)


def test_a_proposal_waits_for_the_patient(stocked: Workstation) -> None:
    visits.propose(stocked.desk, "book-1", Opening("", "prov-1", START + 3600, START + 5400))
    assert seen_status(stocked) is Status.OFFERED
    assert visits.inbox(stocked.desk) == ()


def test_a_no_show_is_known_only_from_the_start(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(samples.booking(status="booked", v=2))
    stocked.cycle()
    with pytest.raises(IllegalStep):
        visits.no_show(stocked.desk, "book-1")
    stocked.clock.advance(days=1)
    assert visits.no_show(stocked.desk, "book-1").act is Act.NO_SHOW


def test_the_patients_cancellation_wins_over_a_waiting_answer(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    visits.accept(stocked.desk, "book-1")
    exchange.put(samples.booking(status="cancelled", v=2))
    stocked.cycle()
    assert seen_status(stocked) is Status.CANCELLED
    exchange.answers.append(refused(ResultStatus.CONFLICT, Slug.VERSION_CONFLICT))
    state = stocked.send().state
    assert (state.waiting, state.unread) == (0, 1)
    (line,) = outbox.lines(stocked.desk)
    assert line.intention.delivery is Delivery.CONFLICT
    assert line.intention.problem == "version-conflict"
    outbox.mark_read(stocked.desk, line.intention.key)
    assert outbox.lines(stocked.desk) == ()
    assert seen_status(stocked) is Status.CANCELLED


def test_a_rejected_answer_says_why(stocked: Workstation, exchange: FakeGateway) -> None:
    visits.accept(stocked.desk, "book-1")
    exchange.answers.append(refused(ResultStatus.REJECTED, Slug.SLOT_TAKEN))
    stocked.send()
    (line,) = outbox.lines(stocked.desk)
    assert (line.intention.delivery, line.intention.problem) == (Delivery.REJECTED, "slot-taken")
    assert seen_status(stocked) is Status.REQUESTED


def test_a_lost_answer_is_not_known_yet_and_the_same_key_asks_again(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    visits.accept(stocked.desk, "book-1")
    stocked.clock.advance(seconds=10)
    exchange.faults.append(Offline())
    state = stocked.cycle().state
    assert (state.link, state.waiting) == (Link.OFFLINE, 1)
    assert delivery(stocked) is Delivery.UNKNOWN
    assert seen_status(stocked) is Status.CONFIRMED
    exchange.answers.append(
        lambda c: Result(c.key, ResultStatus.DUPLICATE, v=2, was=ResultStatus.APPLIED)
    )
    stocked.cycle()
    assert delivery(stocked) is Delivery.APPLIED
    assert len(exchange.sent) == 1


def test_a_late_duplicate_of_a_conflict_is_a_conflict(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    visits.accept(stocked.desk, "book-1")
    exchange.answers.append(
        lambda c: Result(c.key, ResultStatus.DUPLICATE, was=ResultStatus.CONFLICT)
    )
    stocked.send()
    assert delivery(stocked) is Delivery.CONFLICT


def test_a_deferred_answer_waits_and_is_tried_again(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    visits.accept(stocked.desk, "book-1")
    exchange.answers.append(lambda c: Result(c.key, ResultStatus.DEFERRED))
    stocked.send()
    assert delivery(stocked) is Delivery.DEFERRED
    assert stocked.sync.state.waiting == 1
    stocked.clock.advance(minutes=10)
    stocked.cycle()
    assert delivery(stocked) is Delivery.APPLIED


def test_an_answer_that_is_put_off_for_ever_becomes_a_persons_matter(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    visits.accept(stocked.desk, "book-1")
    exchange.answers.extend([lambda c: Result(c.key, ResultStatus.DEFERRED)] * 20)
    stocked.clock.advance(seconds=10)
    for _ in range(20):
        stocked.cycle()
        stocked.clock.advance(minutes=6)
    assert delivery(stocked) is Delivery.REJECTED
    assert stocked.sync.state.unread == 1


def test_acts_on_one_visit_go_one_after_the_other_and_build_on_each_other(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(samples.booking("book-2"))
    stocked.cycle()
    visits.accept(stocked.desk, "book-1")
    visits.arrive(stocked.desk, "book-1")
    visits.accept(stocked.desk, "book-2")
    stocked.send()
    first, second = exchange.sent
    assert [c.type for c in first] == [CommandType.ACCEPT, CommandType.ACCEPT]
    assert [(c.type, c.if_version) for c in second] == [(CommandType.ARRIVE, 2)]


def test_an_act_after_a_confirmed_one_builds_on_it_before_the_feed_has_brought_it(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    visits.accept(stocked.desk, "book-1")
    stocked.send()
    visits.arrive(stocked.desk, "book-1")
    stocked.send()
    assert exchange.sent[-1][0].if_version == 2


def test_an_answer_whose_time_has_passed_is_closed_and_not_sent(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    visits.accept(stocked.desk, "book-1")
    stocked.clock.advance(days=3)
    state = stocked.cycle().state
    assert exchange.sent == []
    assert (state.waiting, state.unread) == (0, 1)
    assert outbox.lines(stocked.desk)[0].intention.delivery is Delivery.EXPIRED


def test_one_poisoned_command_does_not_hold_up_the_others(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(*(samples.booking(f"book-{n}") for n in range(2, 6)))
    stocked.cycle()
    for n in range(1, 6):
        visits.accept(stocked.desk, f"book-{n}")
    poisoned = visits.card(stocked.desk, "book-3").intentions[0].key
    send = exchange.send

    def picky(commands: tuple) -> tuple:  # type: ignore[type-arg]
        if any(c.key == poisoned for c in commands):
            raise Refused("invalid-request")
        return send(commands)

    exchange.send = picky  # type: ignore[method-assign]
    state = stocked.send().state
    assert (state.link, state.waiting, state.unread) == (Link.UP_TO_DATE, 0, 1)
    assert outbox.lines(stocked.desk)[0].intention.key == poisoned


def test_waiting_that_was_cut_says_nothing_new_of_the_exchange(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    stocked.cycle()
    before = stocked.sync.state
    stocked.clock.advance(minutes=1)
    exchange.cut()
    cycle = stocked.sync.cycle(wait=25)
    assert cycle.pause == 0
    assert (cycle.state.link, cycle.state.last_contact) == (before.link, before.last_contact)
    assert stocked.sync.state == cycle.state


def test_an_opened_store_looks_without_waiting_then_waits_at_once(
    seat: Workstation, exchange: FakeGateway
) -> None:
    look = seat.sync.cycle(wait=25)
    seat.sync.cycle(wait=25)
    assert (look.state.link, look.pause) == (Link.UP_TO_DATE, 0)
    assert [wait for _, wait in exchange.polls] == [0, 25]


@pytest.mark.parametrize("offline", [True, False])
def test_where_it_is_not_known_how_things_stand_a_look_comes_before_the_waiting(
    stocked: Workstation, exchange: FakeGateway, *, offline: bool
) -> None:
    stocked.cycle()
    if offline:
        exchange.faults.append(Offline())
    else:
        exchange.cut()
    stocked.sync.cycle(wait=25)
    stocked.clock.advance(minutes=1)
    look = stocked.sync.cycle(wait=25)
    assert (look.state.link, look.pause) == (Link.UP_TO_DATE, 0)
    assert look.state.last_contact == stocked.desk.now()
    stocked.sync.cycle(wait=25)
    assert [wait for _, wait in exchange.polls[-2:]] == [0, 25]


@pytest.mark.parametrize(
    ("failure", "link"),
    [
        (Offline(), Link.OFFLINE),
        (Unavailable("503", 120.0), Link.BUSY),
        (Garbled(), Link.GARBLED),
        (SignedOut(), Link.SIGNED_OUT),
        (TooOld(), Link.TOO_OLD),
        (Refused("not-found"), Link.REFUSED),
    ],
)
def test_every_failure_of_the_exchange_is_a_state_and_nothing_is_lost(
    stocked: Workstation, exchange: FakeGateway, failure: CareKraftError, link: Link
) -> None:
    contact = stocked.sync.state.last_contact
    stocked.clock.advance(minutes=1)
    exchange.faults.append(failure)
    cycle = stocked.cycle()
    assert cycle.state.link is link
    assert cycle.state.error == failure.code
    assert cycle.state.last_contact == contact
    assert cycle.pause >= (120 if link is Link.BUSY else 1)
    assert len(visits.day(stocked.desk, *DAY)) == 1
    assert stocked.cycle().state.link is Link.UP_TO_DATE


def test_pauses_grow_with_each_failure_and_end_with_success(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    exchange.faults.extend([Offline()] * 20)
    pauses = [stocked.cycle().pause for _ in range(20)]
    assert max(pauses[:3]) <= 8 < max(pauses[10:]) <= 300
    stocked.cycle()
    exchange.faults.append(Offline())
    assert stocked.cycle().pause <= 2


def test_a_full_disk_stops_receiving_and_says_so(
    stocked: Workstation, exchange: FakeGateway, monkeypatch: pytest.MonkeyPatch
) -> None:
    exchange.put(samples.booking(v=2, status="booked"))

    def full(*_: object) -> None:
        raise DiskFull

    with monkeypatch.context() as patch:
        patch.setattr(Store, "write", full)
        cycle = stocked.cycle()
    assert (cycle.state.link, cycle.state.error) == (Link.STOPPED, "disk-full")
    assert seen_status(stocked) is Status.REQUESTED
    stocked.cycle()
    assert seen_status(stocked) is Status.CONFIRMED


def test_a_role_without_the_right_is_refused_and_the_refusal_is_journalled(
    stocked: Workstation,
) -> None:
    author = Staff("staff-9", "b.lee", "Bo Lee", frozenset({Role.REPLY_AUTHOR}))
    from carekraft_desktop.value import replace

    desk = replace(stocked.desk, staff=author)
    for ask in (
        lambda: visits.day(desk, *DAY),
        lambda: visits.card(desk, "book-1"),
        lambda: visits.accept(desk, "book-1"),
    ):
        with pytest.raises(NotPermitted):
            ask()
    with stocked.store.read() as unit:
        outcomes = unit.rows("SELECT staff, outcome FROM journal WHERE outcome = 'denied'")
        assert outcomes == [("staff-9", "denied")] * 3
        assert stocked.desk.journal.first_wrong(unit) is None


def test_work_survives_the_end_of_the_program(stocked: Workstation, exchange: FakeGateway) -> None:
    visits.accept(stocked.desk, "book-1")
    stocked.close()
    stocked.open()
    assert stocked.sync.state.waiting == 1
    stocked.send()
    assert len(exchange.sent) == 1


def test_a_long_first_receipt_reports_how_far_it_is(
    seat: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(*(samples.booking(f"book-{n}") for n in range(60)))
    exchange.page_items = 5
    from carekraft_desktop.services import sync

    before, sync.AT_ONCE = sync.AT_ONCE, 20
    try:
        cycle = seat.cycle()
        assert cycle.state.link is Link.RECEIVING
        assert cycle.state.receiving == (20, 60)
        assert cycle.pause == 0
        seat.cycle()
        assert seat.cycle().state.link is Link.UP_TO_DATE
    finally:
        sync.AT_ONCE = before


def test_the_place_in_the_feed_is_reported_now_and_then_if_it_moved(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    stocked.cycle()
    assert exchange.acks == []
    stocked.clock.advance(minutes=16)
    stocked.cycle()
    stocked.clock.advance(minutes=16)
    stocked.cycle()
    assert [acks.cursor for acks in exchange.acks] == ["epoch-1_8"]


def test_a_waiting_poll_is_no_longer_than_the_next_act_allows(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    stocked.cycle(wait=25)
    visits.accept(stocked.desk, "book-1")
    stocked.cycle(wait=25)
    assert [wait for _, wait in exchange.polls[-2:]] == [25, 6]


def test_a_confirmed_act_is_added_to_the_day_until_the_feed_brings_it_and_looked_at_no_more(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    def ahead() -> int:
        with stocked.store.read() as unit:
            return int(unit.value("SELECT count(*) FROM outbox WHERE ahead = 1"))

    visits.accept(stocked.desk, "book-1")
    stocked.send()
    assert (ahead(), seen_status(stocked)) == (1, Status.CONFIRMED)
    exchange.put(samples.booking(status="booked", v=2))
    stocked.cycle()
    assert (ahead(), seen_status(stocked)) == (0, Status.CONFIRMED)
