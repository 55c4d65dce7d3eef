"""Who puts another store in place of this one: proved by password or by paper, once for all ways.

A restore and the saving of a damaged store reach equally far, so both ask here; whoever may not is
refused here, and the refusal is written down where the store still opens (REQ-02, REQ-19).
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from carekraft_desktop.domain.staff import Right, Staff
from carekraft_desktop.errors import CareKraftError, NotPermitted
from carekraft_desktop.security import backup_keys
from carekraft_desktop.security.backup_file import Manifest
from carekraft_desktop.security.keys import KeyRing
from carekraft_desktop.security.secret import Secret
from carekraft_desktop.security.slots import expand
from carekraft_desktop.services import generations
from carekraft_desktop.services.workplace import (
    Surroundings,
    anchor_of,
    device_secret,
    staff_of,
    store_in,
)
from carekraft_desktop.store import facts
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.journal import Entry, Journal
from carekraft_desktop.store.unit import Reading, Store
from carekraft_desktop.value import Guarded


class ByPassword(Guarded, frozen=True):
    """Somebody of the office who may restore, and the password typed for it (REQ-19)."""

    staff_id: str
    password: str
    workstation_code: str = ""


class ByPaper(Guarded, frozen=True):
    """Whoever holds the recovery key."""

    recovery_key: str


Way = ByPassword | ByPaper


class Proved(Guarded, frozen=True):
    """Who it is, and what that opens; good for as long as `proved` lasts."""

    key: Secret
    """The store's."""
    staff: Staff | None
    """None for whoever holds the paper."""
    opens: Callable[[Manifest], Secret]
    """A backup's key, to be wiped; raises what `security/backup_keys.py` says."""

    @property
    def staff_id(self) -> str:
        """For the journal; empty for the holder of the paper."""
        return self.staff.id if self.staff is not None else ""


@contextmanager
def proved(around: Surroundings, ring: KeyRing, way: Way, action: str) -> Iterator[Proved]:
    """Prove who it is, and keep the keys for as long as they are needed.

    Args:
        around: the machine; no office is open.
        ring: its keys.
        way: what was typed just now.
        action: how the journal names what is wanted.

    Raises:
        NotPermitted: this person may not; it is journalled where the store opens.
        AccessError: password, workstation code or paper do not open the keys.
    """
    if isinstance(way, ByPaper):
        with ring.key_by_paper(way.recovery_key) as key:
            yield Proved(key, None, lambda each: backup_keys.by_paper(each, way.recovery_key))
        return
    with device_secret(around, ring, way.workstation_code) as device:
        unlocked = generations.settle(
            ring,
            store_in(around.folders.office),
            ring.unlock(way.staff_id, way.password, device),
            lambda: ring.unlock_next(way.staff_id, way.password, device),
        )
        with unlocked:
            staff = staff_of(unlocked.staff)
            if not staff.would(Right.RESTORE):
                _denied(around, ring, unlocked.key, staff, action)
                raise NotPermitted(Right.RESTORE)
            yield Proved(
                unlocked.key,
                staff,
                lambda each: backup_keys.by_password(
                    ring, each, way.staff_id, way.password, device
                ),
            )


def _denied(around: Surroundings, ring: KeyRing, key: Secret, staff: Staff, action: str) -> None:
    """Write the refusal down, where the store opens."""
    folder = around.folders.office
    try:
        store = Store.open(
            store_in(folder), key.content, anchor=anchor_of(folder, key), store_id=ring.store_id
        )
    except CareKraftError:
        return
    try:
        with store.write() as unit:
            now, device = int(around.clock.now().timestamp()), facts.get(unit, Fact.CLIENT_ID)
            entry = Entry(now, staff.id, device, action, "", "", "denied")
            _journal_of(unit, key).append(unit, entry)
    finally:
        store.close()


def _journal_of(unit: Reading, key: Secret) -> Journal:
    """The journal of the store in use, whose key may still be the data key's."""
    if kept := facts.get(unit, Fact.JOURNAL_KEY):
        return Journal(bytes.fromhex(kept))
    with expand(key, "carekraft audit/v1") as code:
        return Journal(bytes(code.content))
