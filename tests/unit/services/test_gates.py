"""What is looked at once more before it leaves: let go, put off, or stopped for good."""

import pytest

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.intentions import Delivery, Intention
from carekraft_desktop.errors import Offline
from carekraft_desktop.services import outbox, visits
from carekraft_desktop.services.gates import GO, Verdict
from carekraft_desktop.store import outbox as rows
from carekraft_desktop.store.unit import Reading
from carekraft_desktop.value import replace
from tests import samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway, said


@pytest.fixture
def stocked(seat: Workstation, exchange: FakeGateway) -> Workstation:
    """A seat with one request."""
    exchange.put(*samples.whole_office())
    seat.cycle()
    return seat


def guard(seat: Workstation, *verdicts: Verdict) -> list[Intention]:
    """Let `verdicts` come one after the other, the last for ever; returns who was asked about."""
    asked: list[Intention] = []

    def gate(_unit: Reading, intention: Intention, _now: Moment) -> Verdict:
        asked.append(intention)
        return verdicts[min(len(asked), len(verdicts)) - 1]

    seat.close()
    seat.gates = {Act.ACCEPT: gate}
    seat.open()
    return asked


def test_what_a_gate_stops_never_leaves_and_says_why(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    asked = guard(stocked, Verdict(problem="text-changed"))
    visits.accept(stocked.desk, "book-1")
    state = stocked.send().state
    assert exchange.sent == []
    assert (state.waiting, state.unread) == (0, 1)
    (line,) = outbox.lines(stocked.desk)
    assert (line.intention.delivery, line.intention.problem) == (Delivery.REJECTED, "text-changed")
    assert len(asked) == 1
    with stocked.store.read() as unit:
        noted = unit.row("SELECT action, detail FROM journal ORDER BY n DESC LIMIT 1")
    assert noted == ("visit.stopped", "text-changed")


def test_what_a_gate_puts_off_leaves_when_its_time_has_come(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    later = stocked.desk.now() + 600
    guard(stocked, Verdict(until=later))
    visits.accept(stocked.desk, "book-1")
    stocked.send()
    assert exchange.sent == []
    stocked.clock.advance(seconds=600)
    stocked.cycle()
    assert len(exchange.sent) == 1


def test_one_that_is_put_off_holds_up_no_other(stocked: Workstation, exchange: FakeGateway) -> None:
    exchange.put(samples.booking("book-2"))
    stocked.cycle()
    guard(stocked, Verdict(until=stocked.desk.now() + 600), GO)
    visits.accept(stocked.desk, "book-1")
    visits.accept(stocked.desk, "book-2")
    stocked.send()
    assert [command.id for batch in exchange.sent for command in batch] == ["book-2"]


def test_a_gate_is_asked_again_before_every_attempt(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    asked = guard(stocked, GO)
    visits.accept(stocked.desk, "book-1")
    exchange.faults.append(Offline())
    stocked.send()
    stocked.clock.advance(seconds=600)
    stocked.cycle()
    assert [intention.tries for intention in asked] == [0, 1]


def test_what_is_about_no_booking_travels_as_it_was_written(
    stocked: Workstation, exchange: FakeGateway
) -> None:
    act = visits.accept(stocked.desk, "book-1")
    other = replace(
        act, key=stocked.desk.ids.new(), about="note-1", kind="note", body='{"reason":"no-time"}'
    )
    with stocked.store.write() as unit:
        rows.append(unit, other)
    stocked.send()
    (batch,) = exchange.sent
    assert [(command.id, said(command).reason) for command in batch] == [
        ("book-1", None),
        ("note-1", "no-time"),
    ]
    with stocked.store.read() as unit:
        assert [each.about for each in rows.showing(unit)] == ["book-1"], "it shows on no visit"
        kept = rows.get(unit, other.key)
    assert kept is not None
    assert (kept.kind, kept.body) == (other.kind, other.body)
    assert (kept.delivery, kept.settled_version) == (Delivery.APPLIED, 2)
