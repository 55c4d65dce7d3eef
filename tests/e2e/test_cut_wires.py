"""Wires cut at every kind of byte: an answer is applied once, and the desk learns it."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.services import visits
from carekraft_desktop.services.sync import Link
from tests.e2e.seats import Seat
from tests.hub_fixture import Hub
from tests.proxy import Cut, Relay


@pytest.fixture
def relayed(tmp_path: Path, hub: Hub) -> Iterator[tuple[Seat, Relay]]:
    """A seat whose exchange is reached through a wire that can be cut."""
    parts = urlsplit(hub.url)
    relay = Relay((str(parts.hostname), parts.port or 80))
    direct, hub.settings.url = hub.settings.url, relay.url
    inside, hub.url = hub.url, relay.url
    for _ in range(2):
        hub.play("patient/book")
    seat = Seat(hub, tmp_path / "seat")
    seat.settle()
    yield seat, relay
    seat.program.lock()
    relay.close()
    hub.settings.url, hub.url = direct, inside


@pytest.mark.parametrize("towards_exchange", [True, False])
@pytest.mark.parametrize("after", [1, 15, 60, 200, 330, 400, 480, 700, 900, 1_500])
def test_a_wire_cut_at_a_byte_loses_and_doubles_nothing(
    relayed: tuple[Seat, Relay], after: int, *, towards_exchange: bool
) -> None:
    seat, relay = relayed
    booking = seat.request()
    visits.accept(seat.opened.desk, booking)
    seat.restart()
    seat.clock.advance(seconds=10)
    relay.cut = Cut(after, towards_exchange)
    for _ in range(4):
        cycle = seat.cycle()
        assert cycle.state.link in {Link.UP_TO_DATE, Link.OFFLINE, Link.GARBLED, Link.CONNECTING}
    seat.settle()
    (intention,) = visits.card(seat.opened.desk, booking).intentions
    assert intention.delivery is Delivery.APPLIED
    assert seat.all_visits()[booking] == (Status.CONFIRMED, 2)
