"""The directory as this workstation asks for it, and from its words to the office's own values.

What is asked names a provider and a slot, never a patient. An entry that cannot be read or
whose identifiers mean something is left out and counted.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

from msgspec import Raw

from carekraft_desktop.contract import directory as contract
from carekraft_desktop.contract.codec import Malformed, decode
from carekraft_desktop.contract.directory import DirectoryPage, Held, HoldRequest, OpenTimes
from carekraft_desktop.contract.opaque import tells_something
from carekraft_desktop.contract.referrals import LONGEST_SLOT, is_npi
from carekraft_desktop.domain.directory import Entry, Slot, Times
from carekraft_desktop.errors import Offline

if TYPE_CHECKING:
    # The first page reads the directory's services; the way to HTTP is loaded when it is used.
    from carekraft_desktop.exchange.gateway import ExchangeGateway

ROOT = "/v1/directory"
LONGEST = int(LONGEST_SLOT.total_seconds())


class ExchangeDirectory:
    """Implements `ports.Directory`; used by one thread at a time."""

    def __init__(self, connect: "Callable[[], ExchangeGateway]") -> None:
        """`connect`: makes a connection of its own, at the first question."""
        self._connect = connect
        self._gateway: ExchangeGateway | None = None
        self._closed = False

    def providers(self, after: int, *, limit: int) -> DirectoryPage:
        """What changed after a place."""
        query = urlencode({"after": after, "limit": limit})
        return self._asks().ask("GET", f"{ROOT}/providers?{query}", DirectoryPage)

    def times(self, npi: str, location_id: str) -> OpenTimes:
        """The open times of a provider at a place."""
        place = f"{quote(npi, safe='')}/locations/{quote(location_id, safe='')}"
        return self._asks().ask("GET", f"{ROOT}/providers/{place}/times", OpenTimes)

    def hold(self, npi: str, location_id: str, slot_id: str) -> Held:
        """Keep a slot for a few minutes."""
        wanted = HoldRequest(npi, location_id, slot_id)
        return self._asks().ask("POST", f"{ROOT}/holds", Held, wanted)

    def let_go(self, npi: str, location_id: str, slot_id: str) -> None:
        """Keep it no longer."""
        self._asks().tell(f"{ROOT}/releases", HoldRequest(npi, location_id, slot_id))

    def close(self) -> None:
        """Break off whatever is under way, and ask nothing more; from any thread."""
        self._closed = True
        if self._gateway is not None:
            self._gateway.close()

    def _asks(self) -> "ExchangeGateway":
        if self._closed:
            raise Offline("closed")
        if self._gateway is None:
            self._gateway = self._connect()
        return self._gateway


def read_entries(page: DirectoryPage) -> tuple[list[Entry], list[tuple[str, str]], int]:
    """Entries to keep, the keys of those that are gone, and how many were refused."""
    kept: list[Entry] = []
    gone: list[tuple[str, str]] = []
    refused = 0
    for raw in page.entries:
        try:
            each = decode(raw, contract.Entry)
        except Malformed:
            refused += 1
            continue
        if each.gone:
            gone.append((each.npi, each.location_id))
        elif not is_npi(each.npi) or tells_something(each.location_id) or not each.groups:
            refused += 1
        else:
            kept.append(_entry(each))
    return kept, gone, refused


def read_times(told: OpenTimes) -> Times:
    """Open times, without slots whose identifiers mean something or that have no length."""
    slots = [slot for raw in told.times if (slot := _slot(raw)) is not None]
    return Times(int(told.at.timestamp()), tuple(sorted(slots, key=lambda slot: slot.start)))


def _slot(raw: Raw) -> Slot | None:
    try:
        each = decode(raw, contract.OpenTime)
        start, end = int(each.start.timestamp()), int(each.end.timestamp())
    except (Malformed, OverflowError, ValueError):
        return None
    if tells_something(each.slot_id) or not 0 < end - start <= LONGEST:
        return None
    return Slot(each.slot_id, start, end)


def _entry(each: contract.Entry) -> Entry:
    return Entry(
        npi=each.npi,
        location_id=each.location_id,
        name=each.name,
        groups=tuple(each.groups),
        line=each.line,
        city=each.city,
        state=each.state,
        zip5=each.zip5,
        latitude=each.latitude,
        longitude=each.longitude,
        zone=each.zone,
        phone=each.phone,
        plans=tuple(each.plans),
        languages=tuple(code.value for code in each.languages),
        modes=tuple(mode.value for mode in each.modes),
        new_patients=each.new_patients,
        wants_sex=each.wants_sex,
    )
