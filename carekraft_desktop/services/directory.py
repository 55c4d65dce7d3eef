"""Finding a provider elsewhere in the office's own copy, and asking for open times.

Looking up needs no network, and what was typed is neither kept nor sent. Asking for times and
keeping one names the provider and the slot, never a patient. No transaction is open meanwhile.
"""

from carekraft_desktop.contract.opaque import tells_something
from carekraft_desktop.contract.referrals import is_npi
from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.directory import Entry, Found, Times, Wanted
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import MessageRefused
from carekraft_desktop.exchange.directory import read_entries, read_times
from carekraft_desktop.ports import Directory
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import directory, facts, referrals
from carekraft_desktop.store import office as offices
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.unit import Reading
from carekraft_desktop.value import Value, replace

PAGE = 250
MOST = 60
"""Providers that one search shows."""
OLD_SECONDS = 12 * 3600
"""Age from which on the copy is brought up to date."""


class Shelf(Value, frozen=True):
    """What a search found, and how old the copy is that was searched."""

    found: tuple[Found, ...]
    at: Moment | None
    """When the copy was last brought up to date; None when there is none."""
    wrong_number: bool = False
    """What was typed is a provider's number with a wrong check digit."""


def find(desk: Desk, wanted: Wanted) -> Shelf:
    """Providers who fit, nearest first; distances are measured from the office."""
    desk.require(Right.REFER, "directory.find")
    typed = wanted.words.replace(" ", "").replace("-", "")
    wrong = len(typed) == 10 and typed.isdigit() and not is_npi(typed)
    with desk.store.read() as unit:
        office = offices.office(unit)
        near = directory.place_of(unit, office.zip5) if office is not None else None
        if near is not None and wanted.near is None:
            wanted = replace(wanted, near=near)
        found = () if wrong else tuple(directory.find(unit, wanted, most=MOST))
        at = facts.get(unit, Fact.DIRECTORY_AT)
    return Shelf(found, int(at) if at else None, wrong)


def known(desk: Desk, referring: str) -> tuple[tuple[Entry, ...], tuple[Entry, ...]]:
    """A referring provider's favourites, and whom their patients were booked with last."""
    desk.require(Right.REFER, "directory.known")
    with desk.store.read() as unit:
        favourites = directory.favourites(unit, referring)
        recents = directory.recents(unit, referring)
    keys = {entry.key for entry in favourites}
    return favourites, tuple(entry for entry in recents if entry.key not in keys)


def mark(desk: Desk, referring: str, npi: str, location_id: str, *, on: bool) -> None:
    """Make somebody a favourite of a referring provider, or no longer."""
    desk.require(Right.REFER, "directory.mark")
    with desk.store.write() as unit:
        directory.mark(unit, referring, npi, location_id, desk.now(), on=on)
        desk.note(unit, "directory.mark", referring, detail="on" if on else "off")


def times_known(desk: Desk, npi: str, location_id: str) -> Times | None:
    """The open times as they were when somebody last looked, but for those taken from here since."""
    desk.require(Right.REFER, "directory.times")
    with desk.store.read() as unit:
        times = directory.times(unit, npi, location_id)
        return times if times is None else _not_ours(unit, npi, location_id, times)


def look_up_times(desk: Desk, exchange: Directory, npi: str, location_id: str) -> Times:
    """Ask for the open times now, and remember them with their moment.

    What this office holds counts as free for it; what is held by a request that is on its way
    from here is left out, or the next patient would be given the same time.

    Raises:
        ExchangeError: the exchange was not reached.
    """
    desk.require(Right.REFER, "directory.times")
    times = read_times(exchange.times(npi, location_id))
    with desk.store.write() as unit:
        directory.keep_times(unit, npi, location_id, times)
        return _not_ours(unit, npi, location_id, times)


def _not_ours(unit: Reading, npi: str, location_id: str, times: Times) -> Times:
    ours = referrals.slots(unit, npi, location_id)
    return replace(times, slots=tuple(slot for slot in times.slots if slot.id not in ours))


def hold(desk: Desk, exchange: Directory, npi: str, location_id: str, slot_id: str) -> Moment:
    """Keep a slot for a few minutes; until when.

    Raises:
        MessageRefused: the slot's identifier means something; it is not passed on.
        Refused: it is taken (problem `slot-taken`) or gone.
        ExchangeError: the exchange was not reached.
    """
    desk.require(Right.REFER, "directory.hold")
    if tells_something(slot_id) or tells_something(location_id):
        raise MessageRefused("slot_id")
    until = int(exchange.hold(npi, location_id, slot_id).until.timestamp())
    with desk.store.write() as unit:
        desk.note(unit, "directory.hold", detail="kept")
    return until


def let_go(desk: Desk, exchange: Directory, npi: str, location_id: str, slot_id: str) -> None:
    """Keep it no longer.

    Raises:
        ExchangeError: the exchange was not reached; the slot is let go by itself.
    """
    desk.require(Right.REFER, "directory.hold")
    exchange.let_go(npi, location_id, slot_id)


def is_old(desk: Desk) -> bool:
    """Whether the copy should be brought up to date."""
    with desk.store.read() as unit:
        at = facts.get(unit, Fact.DIRECTORY_AT)
    return not at or not 0 <= desk.now() - int(at) < OLD_SECONDS


def refresh(desk: Desk, exchange: Directory) -> int:
    """Bring the copy up to date, page by page; how many entries changed.

    Raises:
        ExchangeError: the exchange was not reached; what came stays.
    """
    desk.require(Right.REFER, "directory.refresh")
    changed = 0
    while True:
        with desk.store.read() as unit:
            after = int(facts.get(unit, Fact.DIRECTORY_PLACE) or 0)
        page = exchange.providers(after, limit=PAGE)
        kept, gone, refused = read_entries(page)
        changed += len(kept) + len(gone)
        with desk.store.write() as unit:
            directory.put(unit, kept, gone)
            facts.put(unit, Fact.DIRECTORY_PLACE, str(page.place))
            if refused:
                desk.note(unit, "directory.refused", detail=str(refused))
            if not page.more:
                facts.put(unit, Fact.DIRECTORY_AT, str(desk.now()))
        if not page.more:
            return changed
