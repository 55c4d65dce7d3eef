"""A workstation and a real exchange: somebody of fifteen books alone, and a guardian comes along."""

from pathlib import Path

import pytest

from carekraft_desktop.errors import NoLongerThere
from carekraft_desktop.services import persons, visits
from carekraft_desktop.store import held
from tests.e2e.seats import Seat
from tests.hub_fixture import Hub


@pytest.mark.req("REQ-71", "REQ-74")
def test_req_74_who_books_alone_at_fifteen_is_held_told_and_back_with_a_guardian(
    hub: Hub, tmp_path: Path
) -> None:
    seat = Seat(hub, tmp_path / "seat")
    alone = hub.play("minors/book")
    seat.settle()
    seat.settle()  # what was set aside is told with the next turn
    desk = seat.opened.desk
    with pytest.raises(NoLongerThere):
        persons.card(desk, alone["patient"])
    with pytest.raises(NoLongerThere):
        visits.card(desk, alone["booking"])
    with desk.store.read() as unit:
        assert [each.patient_id for each in held.every(unit)] == [alone["patient"]]
    told = hub.read(lambda c: c.exec_driver_sql("SELECT quarantined FROM progress").scalars().all())
    assert "minor-without-guardian" in "".join(told)
    assert alone["patient"] in "".join(told)
    hub.play("minors/guardian")
    seat.settle()
    card = persons.card(desk, alone["patient"])
    assert card.patient.guardian is not None
    assert visits.card(desk, alone["booking"]).visit.patient_id == alone["patient"]
    seat.program.lock()
    seat.program.wait_until_closed(5)
