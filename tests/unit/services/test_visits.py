"""Visits: what is asked for leaves, what is only the office's stays."""

from carekraft_desktop.domain.acts import Overlap
from carekraft_desktop.domain.visits import Opening
from carekraft_desktop.services import visits
from tests import samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway


def test_why_a_taken_time_is_taken_is_journalled_and_never_sent(
    seat: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(
        samples.patient("pat-1"), samples.booking("b", patient_id="pat-1", status="booked")
    )
    seat.cycle()
    start = seat.desk.now() + 86400
    to = Opening("", "prov-1", start, start + 1800)
    made = visits.move(seat.desk, "b", to, overlap=Overlap.OTHER_ROOM)
    assert made.reason == ""
    with seat.store.read() as unit:
        lines = unit.rows("SELECT action, detail FROM journal WHERE action = 'visit.move'")
    assert [tuple(line) for line in lines] == [("visit.move", "other-room")]
    seat.send()
    assert exchange.sent
    assert "other-room" not in repr(exchange.sent)
