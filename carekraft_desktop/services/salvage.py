"""When the store is damaged and a backup is old or missing: save what can be read of it.

    damaged store --row by row--> a new store --everything from the exchange--> swap

What arrives from the exchange is fetched again from the beginning, since nobody can say which
removals are among what was lost; so nothing is shown before the exchange was asked. What only this
office has is what could be read of it, and each table that is not whole is named.
"""

from carekraft_desktop.domain.backups import Step
from carekraft_desktop.errors import CatchUpNeeded, NothingReadable
from carekraft_desktop.security.secret import Secret
from carekraft_desktop.security.slots import expand
from carekraft_desktop.services import swap
from carekraft_desktop.services.backup_making import Told, quiet
from carekraft_desktop.services.catch_up import catch_up
from carekraft_desktop.services.proving import Proved, Way, proved
from carekraft_desktop.services.workplace import (
    Surroundings,
    anchor_at,
    ring_of,
    store_in,
)
from carekraft_desktop.store import carrying, facts, salvage
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.journal import Entry, Journal
from carekraft_desktop.store.salvage import Saved
from carekraft_desktop.store.unit import Store, Writing
from carekraft_desktop.value import Value

_NEEDED = (Fact.EXCHANGE, Fact.CLIENT_ID, Fact.OFFICE_ID, Fact.DEVICE_KEY)
"""Without these nobody could fetch anything from the exchange."""


class Salvaged(Value, frozen=True):
    """What was saved, and what was not."""

    tables: tuple[Saved, ...]
    journal_from: int = 0
    """The journal's first entry that could not be kept; 0 where the chain is whole."""

    @property
    def rows(self) -> int:
        """Rows that were saved."""
        return sum(table.rows for table in self.tables)

    @property
    def not_whole(self) -> tuple[Saved, ...]:
        """Tables of which something may be missing."""
        return tuple(table for table in self.tables if not table.whole)


def save(around: Surroundings, way: Way, told: Told = quiet) -> Salvaged:
    """Save what can be read, and put it in the store's place; slow, for a worker.

    Args:
        around: the machine.
        way: who does it, with the password or the paper typed just now.
        told: how far it is; what it raises breaks it off, up to the swap.

    Raises:
        NotPermitted: this person may not; it is journalled where the store opens.
        AccessError: password, workstation code or paper do not open the keys.
        NothingReadable: not even the first page opens; a backup is the way on.
        CatchUpNeeded: the exchange cannot be reached. In every case nothing has changed.
    """
    folder = around.folders.office
    swap.settle(folder)
    ring = ring_of(around)
    try:
        with proved(around, ring, way, "restore.salvaged") as who:
            done = _made(around, ring.store_id, who, told)
        told(Step.SWAP, 0, 1)
        swap.swap(folder, int(around.clock.now().timestamp()))
    except BaseException:
        if not swap.is_decided(folder):
            swap.clear(folder)
        raise
    return done


def _made(around: Surroundings, store_id: str, who: Proved, told: Told) -> Salvaged:
    """The new store, finished and closed, beside the damaged one."""
    folder, key = around.folders.office, who.key
    fresh, anchor = swap.coming(folder)
    source = salvage.Source(store_in(folder), key.content)
    try:
        swap.clear(folder)
        store = Store.create(fresh, key.content, anchor=anchor_at(anchor, key), store_id=store_id)
        try:
            return _saved(around, source, store, who, told)
        finally:
            store.close()
    finally:
        source.close()


def _saved(
    around: Surroundings,
    source: salvage.Source,
    store: Store,
    who: Proved,
    told: Told,
) -> Salvaged:
    with store.write() as unit:
        names = salvage.tables_of(unit)
        tables = source.save(unit, names, lambda done, of: told(Step.SALVAGE, done, of))
        if not all(facts.get(unit, fact) for fact in _NEEDED):
            raise NothingReadable("meta")
        journal, entries, cut = _journal(unit, source, who.key)
        if any(table.table == "outbox" and not table.whole for table in tables):
            carrying.sends_nothing_unasked(unit)
        facts.put(unit, Fact.CURSOR, "")
        facts.put(unit, Fact.EPOCH, "")
        facts.put(unit, Fact.RESYNC, "yes")
        done = Salvaged((entries, *tables), cut)
        _write_down(around, unit, journal, who.staff_id, done)
    if not catch_up(around, store, journal, lambda done, of: told(Step.CATCH_UP, done, of)):
        raise CatchUpNeeded("offline")
    return done


def _journal(unit: Writing, source: salvage.Source, key: Secret) -> tuple[Journal, Saved, int]:
    """The journal goes on behind the last entry whose chain holds.

    What could be read of it beyond stays as it was found, in a table of its own.
    """
    kept = facts.get(unit, Fact.JOURNAL_KEY)
    with expand(key, "carekraft audit/v1") as code:
        kept = kept or bytes(code.content).hex()
    facts.put(unit, Fact.JOURNAL_KEY, kept)
    journal = Journal(bytes.fromhex(kept))
    saved, cut = source.save_journal(unit, journal)
    return journal, saved, cut


def _write_down(
    around: Surroundings, unit: Writing, journal: Journal, who: str, done: Salvaged
) -> None:
    device = facts.get(unit, Fact.CLIENT_ID)
    now = int(around.clock.now().timestamp())

    def note(action: str, detail: str) -> None:
        journal.append(unit, Entry(now, who, device, action, "", detail))

    note("restore.salvaged", str(done.rows))
    for table in done.not_whole:
        note("restore.not-carried", table.table)
    if done.journal_from:
        note("restore.entries-lost", str(done.journal_from))
