"""Take this workstation out of service: everything it holds is destroyed, and certified (REQ-98).

    look --> refuse, or: last backup --> decision and certificate --> exchange told --> destroyed

Refused while anything would be lost with it that only it has. The certificate is saved before
anything is destroyed; until the exchange has been told, everything can still be taken back, and
from then on the next start finishes what was cut short (`services/destroying.py`).
"""

import base64
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from pathlib import Path

from carekraft_desktop.domain.backups import Backup, Step, Why
from carekraft_desktop.domain.retiring import Certificate, Obstacle, Outlook, Stays, Told
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import (
    BackupDamaged,
    CareKraftError,
    Offline,
    SignedOut,
    StillNeeded,
    StoreError,
    Unavailable,
)
from carekraft_desktop.exchange.gateway import ExchangeGateway
from carekraft_desktop.services import (
    backup,
    backup_shelf,
    certificate,
    destroying,
    slip,
    step_up,
)
from carekraft_desktop.services.backup_making import Told as Progress
from carekraft_desktop.services.backup_making import quiet
from carekraft_desktop.services.catch_up import device_in
from carekraft_desktop.services.destroying import Decision
from carekraft_desktop.services.opening import Opened
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.services.workplace import Surroundings, ring_of
from carekraft_desktop.store import facts, posture, retiring
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.unit import Reading
from carekraft_desktop.value import Value, replace


class Wish(Value, frozen=True):
    """What whoever answers for privacy has chosen."""

    place: Path
    """Where the certificate is saved: a file that is made anew."""
    backups_here: bool
    """Also the backups in this computer's own folder."""
    untold: bool = False
    """Go on where the exchange cannot be reached."""
    packet_folder: str = ""
    """Where a second downtime packet lies."""


class Settled(Value, frozen=True):
    """It is decided: close the office, then `destroying.finish`."""

    certificate: Certificate
    place: Path


def look(around: Surroundings, opened: Opened, chosen: str) -> Outlook:
    """What stands in the way now, and which copies there are.

    Args:
        around: the machine.
        opened: the office.
        chosen: the folder for backups, "" for this computer's own.
    """
    desk = opened.desk
    desk.require(Right.RETIRE_WORKSTATION, "decommission.look")
    here, elsewhere = _shelves(around, chosen)
    with opened.store.read() as unit:
        obstacles = _obstacles(unit, [*here, *elsewhere])
        return Outlook(
            obstacles=tuple(obstacles.items()),
            here=_stays(here),
            elsewhere=_stays(elsewhere),
            open_requests=retiring.open_requests(unit),
            open_incidents=posture.open_incidents(unit),
            people=sum(not each.disabled for each in ring_of(around).people()),
        )


def settle(
    around: Surroundings,
    opened: Opened,
    chosen: str,
    wish: Wish,
    proof: StepUp | None,
    told: Progress = quiet,
) -> Settled:
    """Everything up to the point of no return, and that; slow, for a worker.

    Args:
        around: the machine.
        opened: the office, which the caller closes afterwards.
        chosen: the folder for backups, "" for this computer's own.
        wish: what was chosen.
        proof: that the password was typed just now (REQ-19).
        told: how far it is; what it raises breaks it off.

    Raises:
        NotPermitted, PasswordAgain: only whoever answers for privacy may, with the password.
        StillNeeded: something would be lost; each cause has words of its own.
        Offline, Unavailable: the exchange cannot be told, and `untold` was not chosen.
        StoreReadOnly, DiskFull: the certificate cannot be saved there.
        BackupDamaged: the last backup is not as it was written. In every case all is as it was.
    """
    desk = opened.desk
    desk.require(Right.RETIRE_WORKSTATION, "decommission")
    step_up.require(desk, proof, "decommission")
    try:
        return _settled(around, opened, chosen, wish, told)
    except CareKraftError as failure:
        with opened.store.write() as unit:
            desk.note(unit, "decommission", detail=failure.code, outcome="failed")
        raise


def _settled(
    around: Surroundings, opened: Opened, chosen: str, wish: Wish, told: Progress
) -> Settled:
    here, elsewhere = _shelves(around, chosen)
    remain = elsewhere if wish.backups_here else (*here, *elsewhere)
    _require_free(opened, remain)
    destroying.try_place(wish.place)
    reached = _reached(around, opened, untold=wish.untold)
    with opened.store.write() as unit:
        opened.desk.note(unit, "decommission.begun")  # so that the last backup tells of it
    made = backup.make_by_itself(around, opened, chosen, Why.ENDING, told=told)
    here, elsewhere = _shelves(around, chosen)
    remain = elsewhere if wish.backups_here else (*here, *elsewhere)
    if made.trouble or made.backup.id not in {each.id for each in remain}:
        raise StillNeeded((Obstacle.BACKUP,))
    _check(made.backup, told)
    return _decided(around, opened, wish, (here, remain), reached=reached)


def _decided(
    around: Surroundings,
    opened: Opened,
    wish: Wish,
    backups: tuple[tuple[Backup, ...], tuple[Backup, ...]],
    *,
    reached: bool,
) -> Settled:
    desk, folders, ring = opened.desk, around.folders, ring_of(around)
    here, remain = backups
    going = here if wish.backups_here else ()
    with opened.store.write() as unit:
        # Once more in the transaction of the last line: somebody may have acted meanwhile.
        found = _obstacles(unit, remain)
        if found:
            raise StillNeeded(tuple(found))
        desk.note(unit, "decommission", detail=f"backups-here:{len(going)}")
        store_id = facts.get(unit, Fact.STORE_ID)
    with opened.store.read() as look:
        whole = desk.journal.first_wrong(look) is None
    paper = certificate.made(opened, folders, ring, going, _stays(remain))
    if not reached:
        paper = replace(paper, told=Told.NOT_TOLD)

    def written(paper: Certificate) -> Decision:
        # Before anything is decided: from then on no key is needed any more.
        content = certificate.signed(paper, opened.unlocked, store_id, whole=whole)
        return Decision(
            certificate=str(wish.place),
            text=base64.b64encode(content).decode(),
            secrets=(*ring.device_names(), slip.name_in_keyring(store_id)),
            backups=tuple(each.place for each in going),
            files=tuple(map(str, certificate.packets(folders, wish.packet_folder))),
        )

    final = replace(paper, told=Told.TOLD) if reached else paper
    decision, after = written(paper), written(final)
    destroying.decide(folders, decision)
    try:
        destroying.save(wish.place, decision.content)
        if reached:
            _tell(around, opened)
    except BaseException:
        wish.place.unlink(missing_ok=True)
        destroying.take_back(folders)
        raise
    if reached:
        with suppress(StoreError):  # then the paper stands that says it is not confirmed
            destroying.decide(folders, after)
            destroying.save(wish.place, after.content)
            return Settled(final, wish.place)
    return Settled(paper, wish.place)


def _obstacles(unit: Reading, remain: Sequence[Backup]) -> dict[Obstacle, int]:
    unsent, referrals = retiring.unsent(unit)
    tried = [each for each in remain if _is_tried(unit, each)]
    counted = {
        Obstacle.UNSENT: unsent - referrals,
        Obstacle.UNSENT_REFERRALS: referrals,
        Obstacle.UNREAD: retiring.unread(unit),
        Obstacle.RECEIPTS: retiring.receipts(unit),
        Obstacle.HOLDS: retiring.live_holds(unit),
        Obstacle.BACKUP: int(not tried),
    }
    return {obstacle: number for obstacle, number in counted.items() if number}


def _is_tried(unit: Reading, each: Backup) -> bool:
    """Whether it is the one that this store made and tried out (REQ-95)."""
    try:
        manifest = backup_shelf.manifest_in(Path(each.place))
    except CareKraftError:
        return False
    return retiring.was_tried(unit, manifest.id, manifest.sha256)


def _require_free(opened: Opened, remain: Sequence[Backup]) -> None:
    with opened.store.read() as unit:
        found = _obstacles(unit, remain)
    if found:
        raise StillNeeded(tuple(found))


def _check(last: Backup, told: Progress) -> None:
    """Every byte of the one that everything hangs on from now on."""
    place = Path(last.place)
    try:
        manifest = backup_shelf.manifest_in(place)
    except CareKraftError:
        raise BackupDamaged("last") from None
    backup_shelf.check_bytes(place, manifest, lambda done, of: told(Step.CHECK, done, of))


def _reached(around: Surroundings, opened: Opened, *, untold: bool) -> bool:
    """Whether the exchange can be told; one that has shut us out knows it already."""
    try:
        with _exchange(around, opened) as gateway:
            gateway.prove()
    except SignedOut:
        return True
    except (Offline, Unavailable):
        if not untold:
            raise
        return False
    return True


def _tell(around: Surroundings, opened: Opened) -> None:
    with suppress(SignedOut), _exchange(around, opened) as gateway:
        gateway.retire(opened.desk.staff.id)


@contextmanager
def _exchange(around: Surroundings, opened: Opened) -> Iterator[ExchangeGateway]:
    """A connection of its own: the sync waits for news on the other."""
    with opened.store.read() as unit:
        address, device = device_in(unit)
    gateway = ExchangeGateway(address, device, clock=around.clock, ids=around.ids)
    try:
        yield gateway
    finally:
        gateway.close()


def _shelves(around: Surroundings, chosen: str) -> tuple[tuple[Backup, ...], tuple[Backup, ...]]:
    """This store's backups: in the program's own folder, and in the chosen one."""
    store, own = ring_of(around).store_id, around.folders.copies

    def in_(folder: Path) -> tuple[Backup, ...]:
        found = backup_shelf.shelf([folder]).backups if folder.is_dir() else ()
        return tuple(each for each in found if each.store == store)

    there = Path(chosen) if chosen else own
    return in_(own), () if there == own else in_(there)


def _stays(backups: Sequence[Backup]) -> tuple[Stays, ...]:
    return tuple(
        Stays(
            each.id,
            each.made_at,
            str(Path(each.place).parent),
            datetime.fromtimestamp(each.goes_at, UTC).date().isoformat(),
        )
        for each in backups
    )
