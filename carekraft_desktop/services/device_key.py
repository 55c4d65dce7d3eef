"""Replaces the key by which this workstation signs in, four times a year, by itself.

The next key is in the store before the exchange hears of it, and the old one is forgotten only
when the exchange has let us in with the new. Whatever breaks in between, one of the two works.
"""

import json

from carekraft_desktop.domain import Moment
from carekraft_desktop.errors import Refused
from carekraft_desktop.exchange import sign_in
from carekraft_desktop.exchange.gateway import Device, ExchangeGateway
from carekraft_desktop.ports import Clock
from carekraft_desktop.store import facts
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.journal import Entry, Journal
from carekraft_desktop.store.unit import Store

LIFE = 90 * 86_400
"""Seconds that a key is used."""
LOOK_EVERY = 3_600
"""Seconds between two looks at its age."""
DAY = 86_400


class KeyCare:
    """Looks after the key of one open store."""

    def __init__(
        self,
        store: Store,
        gateway: ExchangeGateway,
        device: Device,
        *,
        clock: Clock,
        journal: Journal,
    ) -> None:
        """`device` is shared with everything that signs in for this workstation."""
        self._store = store
        self._gateway = gateway
        self._device = device
        self._clock = clock
        self._journal = journal
        self._next_look = 0

    def turn(self) -> None:
        """Replace the key when it is old, or go on where that broke off.

        Raises:
            ExchangeError: the exchange was not reached; it is tried again in the next cycle.
        """
        now = int(self._clock.now().timestamp())
        if now < self._next_look:
            return
        with self._store.read() as unit:
            since = int(facts.get(unit, Fact.KEY_SINCE) or 0)
            begun = facts.get(unit, Fact.NEXT_KEY)
        if not since:
            with self._store.write() as unit:
                facts.put(unit, Fact.KEY_SINCE, str(now))
        elif begun or now - since >= LIFE:
            self._replace(json.loads(begun) if begun else self._begin(), now)
        self._next_look = max(self._next_look, now + LOOK_EVERY)

    def _begin(self) -> sign_in.PrivateKey:
        key = sign_in.new_key()
        with self._store.write() as unit:
            facts.put(unit, Fact.NEXT_KEY, json.dumps(key))
        self._device.next_key = key
        return key

    def _replace(self, key: sign_in.PrivateKey, now: Moment) -> None:
        try:
            self._gateway.use_next_key()
        except Refused:
            # An exchange that does not know of this, or does not want it now.
            self._next_look = now + DAY
            return
        with self._store.write() as unit:
            facts.put(unit, Fact.DEVICE_KEY, json.dumps(key))
            facts.put(unit, Fact.NEXT_KEY, "")
            facts.put(unit, Fact.KEY_SINCE, str(now))
            self._journal.append(unit, Entry(now, "", self._device.client_id, "access.key-renewed"))
