"""Five hundred requests after a weekend, over a real store."""

from datetime import timedelta

from carekraft_desktop.domain.visits import Status
from carekraft_desktop.services import changes, handover, marks, outbox, visits
from tests import samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway
from tests.samples import NOON

MANY = 500


def received(seat: Workstation, exchange: FakeGateway) -> None:
    seat.clock.set_wall(NOON)
    exchange.put(*samples.whole_office())
    exchange.put(
        *(
            samples.booking(f"book-{number}", start=NOON + timedelta(minutes=10 * number + 60))
            for number in range(2, MANY + 2)
        )
    )
    seat.cycle()


def test_they_are_listed_marked_and_accepted_together(
    seat: Workstation, exchange: FakeGateway
) -> None:
    received(seat, exchange)
    waiting = [seen.entry.id for seen in visits.inbox(seat.desk) if seen.start > seat.desk.now()]
    marks.of_visits(seat.desk, waiting)
    made = visits.accept_all(seat.desk, waiting)
    assert len(made) == MANY
    visits.undo(seat.desk, *(each.key for each in made))
    assert len(visits.inbox(seat.desk)) == MANY + 1
    assert outbox.waiting(seat.desk) == 0


def test_what_was_accepted_leaves_in_batches_and_every_answer_counts(
    seat: Workstation, exchange: FakeGateway
) -> None:
    received(seat, exchange)
    waiting = [seen.entry.id for seen in visits.inbox(seat.desk) if seen.start > seat.desk.now()]
    visits.accept_all(seat.desk, waiting)
    seat.send()
    assert sum(len(batch) for batch in exchange.sent) == MANY
    assert max(len(batch) for batch in exchange.sent) <= 50
    exchange.put(
        *(
            samples.booking(
                f"book-{number}",
                start=NOON + timedelta(minutes=10 * number + 60),
                status="booked",
                v=2,
            )
            for number in range(2, MANY + 2)
        )
    )
    seat.cycle()
    assert changes.changed(seat.desk) == ()
    assert handover.count(seat.desk) == handover.COUNTED
    assert len(handover.to_enter(seat.desk)) == MANY
    day = visits.day(seat.desk, seat.desk.now(), seat.desk.now() + 8 * 3600)
    assert {seen.status for seen in day if seen.entry.id != "book-1"} == {Status.CONFIRMED}
