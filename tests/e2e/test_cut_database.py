"""The wire between the exchange and PostgreSQL is cut at some byte: each answer still counts once.

The moment that matters is the commit: the database may have it while the exchange never hears.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.services import visits
from carekraft_desktop.value import replace
from tests.e2e.seats import Seat
from tests.hub_fixture import Hub, start_hub
from tests.postgres import Postgres
from tests.proxy import Cut, Relay

PLACES = (1, 90, 300, 700, 1_100, 1_500, 1_900, 2_300, 2_700, 3_100, 3_600, 4_200, 5_000, 7_000)
"""Bytes of a new connection: its greeting, sign-in, reading, each write, the commit's answer."""


@pytest.fixture
def relayed(tmp_path: Path, postgres: Postgres) -> Iterator[tuple[Hub, Relay]]:
    """An exchange whose database is reached through a wire that can be cut."""
    relay = Relay(("127.0.0.1", postgres.port))
    running = start_hub(tmp_path, server=replace(postgres, port=relay.port))
    yield running, relay
    running.stop()
    relay.close()


@pytest.mark.parametrize("towards_database", [True, False])
def test_an_answer_counts_once_wherever_the_databases_wire_is_cut(
    relayed: tuple[Hub, Relay], tmp_path: Path, *, towards_database: bool
) -> None:
    hub, relay = relayed
    seat = Seat(hub, tmp_path / "seat")
    for after in PLACES:
        hub.play("patient/book")
        seat.settle()
        booking = seat.request()
        visits.accept(seat.opened.desk, booking)
        seat.clock.advance(seconds=10)
        hub.database._engine.dispose()  # the next statement goes over a new connection
        relay.cut = Cut(after, towards_database)
        seat.cycle()
        relay.cut = None
        seat.settle()
        (intention,) = visits.card(seat.opened.desk, booking).intentions
        assert intention.delivery is Delivery.APPLIED, after
        assert seat.all_visits()[booking] == (Status.CONFIRMED, 2), after
    seat.program.lock()
