"""The demonstration's requests, wishes and hold are made by the same use cases as at a desk."""

from datetime import timedelta

from carekraft_desktop.cli import demo_life
from carekraft_desktop.domain.asking import Urgency
from carekraft_desktop.services import holds, requests
from tests import samples
from tests.desks import Workstation
from tests.fakes.gateway import FakeGateway
from tests.keeping import count, officer, patient, proof


def test_the_demonstration_has_something_of_everything(
    seat: Workstation, exchange: FakeGateway
) -> None:
    exchange.put(samples.office(), samples.provider())
    for number in range(1, 10):
        patient(exchange, number, "booked", when=samples.NOON + timedelta(days=number))
    seat.cycle()
    desk = officer(seat)
    assert demo_life.furnish(desk, proof(desk)) == 8
    found = requests.every(desk)
    assert {line.urgency for line in found} == {Urgency.NONE, Urgency.SOON}
    assert len(found) == 5
    assert [line.request.to is not None for line in found].count(True) == 1
    assert [line.request.fee.cents for line in found if line.request.fee.cents] == [835]
    assert [hold.matter for hold in holds.every(desk)] == [demo_life.MATTER]
    assert (count(seat, "wish"), count(seat, "amendment")) == (2, 1)
