"""Colleagues' marks over a real store: at once, offline, and when two of them meet."""

from datetime import timedelta

import pytest

from carekraft_desktop.contract.commands import ResultStatus
from carekraft_desktop.contract.problems import Slug
from carekraft_desktop.domain.marks import CallOutcome, Marks
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.errors import NoLongerThere, NotPermitted, Offline
from carekraft_desktop.services import marks, outbox, visits
from tests import samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway, refused
from tests.samples import NOON


@pytest.fixture
def office(seat: Workstation, exchange: FakeGateway) -> Workstation:
    exchange.put(*samples.whole_office())
    exchange.put(samples.booking(start=NOON + timedelta(hours=3), v=2))
    seat.cycle()
    return seat


def on(seat: Workstation) -> Marks:
    return marks.of_visits(seat.desk, ["book-1"]).get("book-1", Marks())


def test_a_claim_shows_at_once_also_offline(office: Workstation, exchange: FakeGateway) -> None:
    exchange.faults.append(Offline())
    marks.claim(office.desk, "book-1")
    office.cycle()
    claim = on(office).claim
    assert claim is not None
    assert (claim.name, claim.device) == ("Rosa Alvarez", "ws-0")


def test_a_claim_leaves_without_the_time_to_undo(
    office: Workstation, exchange: FakeGateway
) -> None:
    marks.claim(office.desk, "book-1")
    office.cycle()
    (command,) = exchange.sent[-1]
    assert (command.type.value, command.id) == ("mark.claim", "claim.book-1")
    assert b"Demir" not in bytes(command.body)  # type: ignore[arg-type]


def test_a_colleagues_claim_arrives_by_name_and_ends_by_itself(
    office: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(samples.mark())
    office.cycle()
    claim = on(office).claim
    assert claim is not None
    assert (claim.name, claim.workstation) == ("Sam Lee", "Front desk 2")
    office.clock.advance(minutes=7 * 60)
    assert on(office).claim is None


def test_when_two_claims_meet_the_second_is_told_who_was_first(
    office: Workstation, exchange: FakeGateway
) -> None:
    marks.claim(office.desk, "book-1")
    exchange.put(samples.mark())
    exchange.answers.append(refused(ResultStatus.CONFLICT, Slug.ALREADY_MARKED))
    office.cycle()
    claim = on(office).claim
    assert claim is not None
    assert claim.name == "Sam Lee"
    (line,) = outbox.lines(office.desk)
    assert (line.visit_id, line.intention.problem) == ("book-1", "already-marked")
    card = visits.card(office.desk, "book-1")
    assert card.marks.claim == claim
    assert [each.problem for each in card.intentions] == ["already-marked"]


def test_a_claim_that_was_over_before_it_could_leave_bothers_nobody(
    office: Workstation, exchange: FakeGateway
) -> None:
    marks.claim(office.desk, "book-1")
    office.clock.advance(minutes=16)
    office.cycle()
    assert exchange.sent == []
    assert outbox.lines(office.desk) == ()
    assert on(office).claim is None


def test_letting_go_shows_at_once(office: Workstation) -> None:
    marks.claim(office.desk, "book-1")
    marks.release(office.desk, "book-1")
    assert on(office).claim is None


def test_an_applied_mark_does_not_flicker_before_the_feed_brings_it(office: Workstation) -> None:
    marks.enter(office.desk, "book-1")
    office.send()
    assert on(office).entered is not None
    marks.unenter(office.desk, "book-1")
    office.send()
    assert on(office).entered is None


def test_a_removed_mark_is_gone(office: Workstation, exchange: FakeGateway) -> None:
    exchange.put(samples.mark("entered", v=1))
    office.cycle()
    assert on(office).entered is not None
    exchange.put(samples.gone("mark", "entered.book-1", v=2))
    office.cycle()
    assert on(office).entered is None


def test_the_newest_call_is_kept_with_its_outcome(
    office: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(samples.mark("call", outcome="no-answer"))
    office.cycle()
    marks.call(office.desk, "book-1", CallOutcome.LEFT_MESSAGE)
    call = on(office).call
    assert call is not None
    assert (call.outcome, call.name) == ("left-message", "Rosa Alvarez")


def test_each_mark_is_journalled(office: Workstation) -> None:
    marks.claim(office.desk, "book-1")
    marks.call(office.desk, "book-1", CallOutcome.REACHED)
    with office.store.read() as unit:
        lines = unit.rows(
            "SELECT action, object, detail FROM journal WHERE action LIKE 'mark.%' ORDER BY n"
        )
    assert lines == [("mark.claim", "book-1", ""), ("mark.call", "book-1", "reached")]


def test_a_booking_that_is_gone_takes_marks_and_open_claims_along(
    office: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(samples.mark("entered"))
    office.cycle()
    marks.claim(office.desk, "book-1")
    exchange.faults.append(None)
    exchange.put(samples.gone("patient", "pat-1", v=2, reason="unshared"))
    exchange.answers.append(refused(ResultStatus.REJECTED, Slug.GONE))
    office.cycle()
    with office.store.read() as unit:
        assert unit.rows("SELECT * FROM mark") == []
    with pytest.raises(NoLongerThere):
        marks.claim(office.desk, "book-9")


def test_a_role_that_only_reads_marks_nothing(office: Workstation) -> None:
    officer = Staff("staff-7", "p.o", "Pat Ortiz", frozenset({Role.PRIVACY_OFFICER}))
    office.desk = type(office.desk)(
        office.store, office.clock, office.desk.ids, office.desk.journal, officer, "ws-0"
    )
    with pytest.raises(NotPermitted):
        marks.claim(office.desk, "book-1")
