"""Ask the exchange what has changed since a store was as it is, before anybody sees a row of it."""

import json
from collections.abc import Callable

from carekraft_desktop.exchange.gateway import Device, ExchangeGateway
from carekraft_desktop.services.sync import Link, Sync
from carekraft_desktop.services.workplace import Surroundings
from carekraft_desktop.store import facts
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.journal import Journal
from carekraft_desktop.store.unit import Reading, Store

TURNS = 500
"""Most turns of the conversation; each takes up to 20,000 changes."""


def device_in(unit: Reading) -> tuple[str, Device]:
    """The exchange's address, and this workstation as the store knows it."""
    return facts.get(unit, Fact.EXCHANGE), Device(
        facts.get(unit, Fact.CLIENT_ID),
        facts.get(unit, Fact.OFFICE_ID),
        json.loads(facts.get(unit, Fact.DEVICE_KEY)),
        json.loads(facts.get(unit, Fact.NEXT_KEY) or "null"),
    )


def catch_up(
    around: Surroundings, store: Store, journal: Journal, told: Callable[[int, int], None]
) -> bool:
    """Take everything that is new; False where the exchange was not reached or refuses us.

    Args:
        around: the machine.
        store: a store that nobody has on the screen.
        journal: its journal.
        told: called with how much was received, and of how much.
    """
    with store.read() as unit:
        address, device = device_in(unit)
    gateway = ExchangeGateway(address, device, clock=around.clock, ids=around.ids)
    try:
        sync = Sync(
            store,
            gateway,
            clock=around.clock,
            ids=around.ids,
            journal=journal,
            device=device.client_id,
        )
        for _ in range(TURNS):
            told(*(sync.state.receiving or (0, 0)))
            state = sync.cycle(wait=0).state
            if state.link is Link.UP_TO_DATE:
                return True
            if state.link not in {Link.RECEIVING, Link.CONNECTING}:
                return False
        return False
    finally:
        gateway.close()
