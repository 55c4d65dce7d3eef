"""A workstation's key is replaced by itself, and no loss on the way shuts it out."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from carekraft_desktop.errors import Offline
from carekraft_desktop.exchange import sign_in
from carekraft_desktop.exchange.gateway import ExchangeGateway
from carekraft_desktop.hub import rotating, tables
from carekraft_desktop.hub.assertions import AssertionRefused
from carekraft_desktop.hub.sandbox.faults import Fault, FaultKind
from carekraft_desktop.services.device_key import LIFE
from carekraft_desktop.services.sync import Link
from carekraft_desktop.store import facts
from carekraft_desktop.store.facts import Fact
from tests.e2e.seats import Seat
from tests.hub_fixture import Hub, hub, new_key

__all__ = ["hub"]


@pytest.fixture
def seat(hub: Hub, tmp_path: Path) -> Iterator[Seat]:
    made = Seat(hub, tmp_path / "desk")
    made.settle()
    yield made
    made.program.lock()


def key_of(seat: Seat) -> sign_in.PrivateKey:
    with seat.opened.desk.store.read() as unit:
        found: sign_in.PrivateKey = json.loads(facts.get(unit, Fact.DEVICE_KEY))
        return found


def key_there(seat: Seat) -> str:
    """The x of the key that the exchange goes by."""
    kept = seat.hub.read(lambda c: c.scalar(select(tables.device.c.jwk)))
    return str(json.loads(kept or "{}")["x"])


def opens(seat: Seat, key: sign_in.PrivateKey) -> bool:
    """Whether the exchange lets somebody in with that key."""
    assertion = sign_in.assertion(
        key,
        client_id=seat.opened.desk.device,
        token_url=seat.hub.settings.token_endpoint,
        now=seat.hub.now(),
        jti=new_key(),
    )
    return seat.hub.sign_in(assertion).status_code == 200


def test_a_key_is_replaced_after_ninety_days_and_the_old_one_opens_nothing(seat: Seat) -> None:
    before = key_of(seat)
    assert seat.cycle().state.link is Link.UP_TO_DATE
    assert key_of(seat) == before
    seat.clock.advance(seconds=LIFE + 1)
    assert seat.settle().state.link is Link.UP_TO_DATE
    after = key_of(seat)
    assert after != before
    assert key_there(seat) == after["x"]
    assert not opens(seat, before)
    assert opens(seat, after)
    # Looking up times goes over a connection of its own, signed in with the old key.
    assert seat.opened.directory.providers(0, limit=10).entries == []
    seat.restart()
    assert seat.settle().state.link is Link.UP_TO_DATE
    assert key_of(seat) == after


@pytest.mark.parametrize("path", ["/workstation/key", "/oauth/token"])
@pytest.mark.parametrize("kind", [FaultKind.CUT_BEFORE, FaultKind.CUT_AFTER])
def test_whatever_is_lost_on_the_way_one_key_works(seat: Seat, path: str, kind: FaultKind) -> None:
    before = key_of(seat)
    seat.clock.advance(seconds=LIFE + 1)
    seat.cycle()
    seat.clock.advance(seconds=LIFE + 1)
    skip = 1 if path == "/oauth/token" else 0  # its first is the ordinary sign-in of the cycle
    seat.hub.sandbox.faults.order(Fault(kind=kind, path=path, skip=skip))
    seat.cycle()
    seat.restart()
    assert seat.settle().state.link is Link.UP_TO_DATE
    after = key_of(seat)
    assert after != before
    assert key_there(seat) == after["x"]


def test_a_program_that_ended_before_it_noted_the_new_key_comes_in_with_it(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key_of(seat)
    seat.clock.advance(seconds=LIFE + 1)
    replace = ExchangeGateway.use_next_key

    def killed(gateway: ExchangeGateway) -> None:
        replace(gateway)
        raise Offline("killed")

    with monkeypatch.context() as patched:
        patched.setattr(ExchangeGateway, "use_next_key", killed)
        seat.cycle()
    assert key_of(seat) == before
    assert not opens(seat, before)
    seat.restart()
    assert seat.settle().state.link is Link.UP_TO_DATE
    assert key_there(seat) == key_of(seat)["x"]


def test_an_exchange_that_does_not_take_it_goes_on_with_the_old_key(
    seat: Seat, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = key_of(seat)
    seat.clock.advance(seconds=LIFE + 1)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionRefused

    monkeypatch.setattr(rotating, "offer", refuse)
    assert seat.settle().state.link is Link.UP_TO_DATE
    assert key_of(seat) == before
