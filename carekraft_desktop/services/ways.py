"""Open times, asked for where the provider is reached: at the exchange or at a partner.

Implements `ports.Directory`, so that whoever looks for a time need not know which it is.
"""

from carekraft_desktop.contract.directory import DirectoryPage, Held, OpenTimes
from carekraft_desktop.errors import Offline
from carekraft_desktop.exchange.directory import ExchangeDirectory
from carekraft_desktop.ports import PartnerLink
from carekraft_desktop.services.carrier import Connect
from carekraft_desktop.store import partners
from carekraft_desktop.store.unit import Store


class ByWay:
    """One directory over the exchange and the partners; used by one thread at a time."""

    def __init__(self, store: Store, exchange: ExchangeDirectory, connect: Connect) -> None:
        """`connect`: makes a connection to a partner, for one question."""
        self._store, self._exchange, self._connect = store, exchange, connect
        self._asked: PartnerLink | None = None
        self._closed = False

    def providers(self, after: int, *, limit: int) -> DirectoryPage:
        """What changed after a place; the exchange's list names everybody."""
        return self._exchange.providers(after, limit=limit)

    def times(self, npi: str, location_id: str) -> OpenTimes:
        """The open times of a provider at a place."""
        with self._store.read() as unit:
            partner = partners.of_number(unit, npi)
        if partner is None:
            return self._exchange.times(npi, location_id)
        if self._closed:
            raise Offline("closed")
        self._asked = self._connect(partner)
        try:
            return self._asked.times(npi, location_id)
        finally:
            self._asked.close()

    def hold(self, npi: str, location_id: str, slot_id: str) -> Held:
        """Keep a slot for a few minutes; FHIR has no word for that, so a partner keeps none.

        Raises:
            Offline: nobody keeps it.
        """
        if self._by_partner(npi):
            raise Offline("no-hold")
        return self._exchange.hold(npi, location_id, slot_id)

    def let_go(self, npi: str, location_id: str, slot_id: str) -> None:
        """Keep it no longer."""
        if not self._by_partner(npi):
            self._exchange.let_go(npi, location_id, slot_id)

    def close(self) -> None:
        """Break off whatever is under way, and ask nothing more; from any thread."""
        self._closed = True
        asked = self._asked
        if asked is not None:
            asked.close()
        self._exchange.close()

    def _by_partner(self, npi: str) -> bool:
        with self._store.read() as unit:
            return partners.of_number(unit, npi) is not None
