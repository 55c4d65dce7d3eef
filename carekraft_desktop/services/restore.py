"""Put a backup in the store's place: checked, caught up, and then in one step or not at all.

    backup --checks--> a new store beside the one in use --carry over, catch up--> swap

Until the last step the office is as it was, whatever happens; the store of before is put aside
and not erased. What was withdrawn since the backup is withdrawn again before the new store takes
its place: from the store of before where that opens, and from the exchange (REQ-87, REQ-95). Where
neither can be asked, nothing is put in place.
"""

from pathlib import Path

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.backups import Backup, Step
from carekraft_desktop.errors import (
    BackupOfAnother,
    BackupTooNew,
    CatchUpNeeded,
    DiskFull,
    StoreError,
)
from carekraft_desktop.security import backup_file
from carekraft_desktop.security.backup_file import STORE, Manifest
from carekraft_desktop.security.secret import Secret
from carekraft_desktop.services import arrivals, backup_shelf, replay, swap
from carekraft_desktop.services.backup_making import Told, quiet
from carekraft_desktop.services.catch_up import catch_up
from carekraft_desktop.services.proving import Proved, Way, proved
from carekraft_desktop.services.workplace import (
    Surroundings,
    anchor_at,
    anchor_of,
    ring_of,
    store_in,
)
from carekraft_desktop.store import backups, carrying, facts, patients, search
from carekraft_desktop.store.carrying import Carried
from carekraft_desktop.store.engine import check_file, connect
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.journal import Entry, Journal
from carekraft_desktop.store.unit import SCHEMA, Reading, Store, Writing
from carekraft_desktop.value import Value


class Restored(Value, frozen=True):
    """What became of a restore."""

    backup: Backup
    aside: Path
    """The store of before."""
    carried: Carried
    caught_up: bool
    """Whether the exchange was asked; else the store of before told everything."""
    to_look_at: int = 0
    """Acts that were not sent and wait for somebody in the outbox."""
    ours: bool = True
    """Whether somebody of this office signed the backup."""


def look(around: Surroundings, place: Path) -> Manifest:
    """What a backup says of itself, if it can take this store's place.

    Raises:
        BackupMissing, BackupDamaged, BackupTooNew: it cannot be used.
        BackupOfAnother: it is of another workstation.
    """
    manifest = backup_shelf.manifest_in(backup_shelf.chosen(place))
    if manifest.schema > SCHEMA:
        raise BackupTooNew(str(manifest.schema))
    if manifest.store != ring_of(around).store_id:
        raise BackupOfAnother("store-id")
    return manifest


def restore(around: Surroundings, place: Path, way: Way, told: Told = quiet) -> Restored:
    """Restore this workstation; the office is locked meanwhile. Slow, for a worker.

    Args:
        around: the machine.
        place: a backup's folder, or the folder they lie in: then the newest is taken.
        way: who does it, with the password or the paper typed just now.
        told: how far it is; what it raises breaks it off, up to the swap.

    Raises:
        NotPermitted: this person may not; it is journalled where the store opens.
        AccessError: password, workstation code or paper do not open it.
        BackupMissing, BackupDamaged, BackupTooNew, BackupOfAnother: the backup is not used.
        CatchUpNeeded: what was withdrawn since then cannot be found out now.
        DiskFull, StoreReadOnly: there is no room. In every case the office is as it was.
    """
    folder = around.folders.office
    swap.settle(folder)
    place = backup_shelf.chosen(place)
    manifest = look(around, place)
    ring = ring_of(around)
    ours = backup_file.is_by(manifest, ring.verifying_keys())
    try:
        with proved(around, ring, way, "restore.done") as who, who.opens(manifest) as key:
            _checked(around, place, manifest, key, told)
            carried, caught, waiting = _prepared(around, (place, manifest, key), who, told)
        told(Step.SWAP, 0, 1)
        aside = swap.swap(folder, _now(around))
    except BaseException:
        if not swap.is_decided(folder):
            swap.clear(folder)
        raise
    return Restored(manifest.backup(str(place)), aside, carried, caught, waiting, ours)


def _checked(
    around: Surroundings, place: Path, manifest: Manifest, key: Secret, told: Told
) -> None:
    """Every byte, every page, the journal: before anything is made of it."""
    if not swap.free(around.folders.office, manifest.size):
        raise DiskFull("restore")
    backup_shelf.check_bytes(place, manifest, lambda done, of: told(Step.CHECK, done, of * 2))
    backup_file.key_file_in(manifest, key)
    tried(place / STORE, key)
    told(Step.CHECK, 1, 1)


def tried(file: Path, key: Secret) -> backups.Contents:
    """A trial of what a restore reads.

    Raises:
        BackupDamaged: something of it is not as it was written.
    """
    with backups.reading(file, key.content) as connection:
        kept = facts.get(Reading(connection.execute), Fact.JOURNAL_KEY)
    return backups.tried(file, key.content, Journal(bytes.fromhex(kept)))


def _prepared(
    around: Surroundings, source: tuple[Path, Manifest, Secret], who: Proved, told: Told
) -> tuple[Carried, bool, int]:
    """The new store, finished and closed, beside the one in use."""
    folder, (place, manifest, key) = around.folders.office, source
    fresh, anchor = swap.coming(folder)
    swap.clear(folder)
    backups.put_back(
        place / STORE,
        key.content,
        fresh,
        who.key.content,
        lambda done, of: told(Step.COPY, done, of),
    )
    told(Step.UPGRADE, 0, 1)
    store = Store.open(
        fresh,
        who.key.content,
        anchor=anchor_at(anchor, who.key),
        store_id=manifest.store,
    )
    try:
        told(Step.CARRY, 0, 1)
        journal = journal_in(store)
        carried = _carry(store_in(folder), store, journal, who.key, _now(around))
        with store.write() as unit:
            waiting = 0 if "outbox" not in carried.failed else carrying.sends_nothing_unasked(unit)
        caught = catch_up(around, store, journal, lambda done, of: told(Step.CATCH_UP, done, of))
        if not caught and not carried.complete:
            raise CatchUpNeeded("offline")
        with store.write() as unit:
            noted = anchor_of(folder, who.key).entries()
            lost = noted - int(unit.value("SELECT coalesce(max(n), 0) FROM journal"))
            _write_down(around, unit, journal, manifest, who, (carried, lost))
    finally:
        store.close()
    return carried, caught, waiting


def journal_in(store: Store) -> Journal:
    """The journal of a store that was put back; its key lies in the store."""
    with store.read() as unit:
        return Journal(bytes.fromhex(facts.get(unit, Fact.JOURNAL_KEY)))


def _carry(before: Path, store: Store, journal: Journal, key: Secret, now: Moment) -> Carried:
    """What the store of before knows, as far as it opens."""
    try:
        check_file(before)
        connection = connect(before, key.content, read_only=True)
    except StoreError:
        return Carried(failed=("outbox", "store"))
    try:
        with store.write() as unit:
            carried = carrying.carry(Reading(connection.execute), unit, journal)
            arrivals.bury_again(unit, carried.stones)
            patients.honour_consent(unit, carried.patients)
            search.index(unit, carried.patients)
            if not {"erasure", "legal_hold", "meta"} & set(carried.failed):
                # Holds first; then what was withdrawn or disposed of since leaves again (REQ-87).
                replay.replay(unit, replay.of(Reading(connection.execute)), now)
    finally:
        connection.close()
    return carried


def _write_down(
    around: Surroundings,
    unit: Writing,
    journal: Journal,
    manifest: Manifest,
    proof: Proved,
    found: tuple[Carried, int],
) -> None:
    """Who did it, from which backup, and what was lost (REQ-11)."""
    device, who, now = facts.get(unit, Fact.CLIENT_ID), proof.staff_id, _now(around)

    def note(action: str, detail: str) -> None:
        journal.append(unit, Entry(now, who, device, action, manifest.id, detail))

    note("restore.done", f"{manifest.made_at}:{'password' if who else 'paper'}")
    carried, lost = found
    for name in carried.failed:
        note("restore.not-carried", name)
    if lost > 0:
        note("restore.entries-lost", str(lost))


def _now(around: Surroundings) -> Moment:
    return int(around.clock.now().timestamp())
