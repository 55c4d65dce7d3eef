"""Another key for the store, while it is in use.

Old copies of store and key file, with an old password, open the old store for ever. After a
rotation they do not open the new one (REQ-97).

    office.keys        key n          office.keys.next    key n+1, wrapped for everybody
    office.store       under key n    office.store.next   the copy, under key n+1

First the next key file is on the disk, then the copy; then the copy takes the store's name, and
last the next key file takes the key file's. Whenever the power goes, one of the two opens;
`generations.py` finds out which.
"""

from collections.abc import Callable

from carekraft_desktop.domain.staff import Right
from carekraft_desktop.services import step_up
from carekraft_desktop.services.generations import beside, clear, swap
from carekraft_desktop.services.opening import Opened
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.services.workplace import Surroundings, anchor_of, ring_of, store_in
from carekraft_desktop.store import facts, leaving
from carekraft_desktop.store.facts import Fact


def rotate(
    around: Surroundings,
    opened: Opened,
    proof: StepUp | None,
    told: Callable[[int, int], None] = lambda *_: None,
) -> None:
    """Give the store a new key; takes seconds for a large one, so for a worker.

    Args:
        around: the machine.
        opened: the office; everybody with a seat keeps it.
        proof: that the password was typed just now.
        told: called with pages done and pages in all.

    Raises:
        NotPermitted, PasswordAgain: nothing was changed.
        KeyFileDamaged, StoreError: nothing was changed, or the next start finishes it.
    """
    desk = opened.desk
    desk.require(Right.DISABLE_PEOPLE, "keys.rotate")
    step_up.require(desk, proof, "keys.rotate")
    folder = around.folders.office
    store = store_in(folder)
    _keep_journal_key(opened)
    ring = ring_of(around)
    key = ring.begin_rotation(opened.unlocked)
    with key:
        try:
            opened.store.rotate(
                beside(store),
                key.content,
                anchor=anchor_of(folder, key),
                told=told,
                swap=lambda: swap(store),
            )
        except BaseException:
            if not opened.store.has_key(key.content):
                ring.drop_rotation()
                clear(store)
                raise
            # The files have changed places: what is left to do is done below.
        opened.seats.rekey(key)
    ring.finish_rotation()
    with opened.store.write() as unit:
        leaving.rotated(unit, desk.now())
        desk.note(unit, "keys.rotate", detail=str(ring.generation))


def _keep_journal_key(opened: Opened) -> None:
    """From the first rotation on the chain's key lies in the store, so that the chain goes on."""
    with opened.store.write() as unit:
        if not facts.get(unit, Fact.JOURNAL_KEY):
            with opened.unlocked.derive("audit/v1") as key:
                facts.put(unit, Fact.JOURNAL_KEY, bytes(key.content).hex())
