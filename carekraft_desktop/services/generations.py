"""Two generations of the store's key side by side: what a rotation that was cut short has left.

Either the copy had taken the store's name, then the next key file is right; or it had not, then
the key file in force is. The store itself says which, by what opens it.
"""

from collections.abc import Callable
from pathlib import Path

from carekraft_desktop.config import translated
from carekraft_desktop.errors import StoreDamaged
from carekraft_desktop.security.keyfile import flush_folder
from carekraft_desktop.security.keys import KeyRing
from carekraft_desktop.security.people import Unlocked
from carekraft_desktop.store.unit import Store

_TAILS = ("-wal", "-shm")


def beside(store: Path) -> Path:
    """Where the copy under the next key is made."""
    return store.with_name(store.name + ".next")


def swap(store: Path) -> None:
    """The copy takes the store's name; all connections are closed and the log is empty."""
    try:
        # A log of the old key must never lie beside the new file.
        _remove(store, _TAILS)
        beside(store).replace(store)
        flush_folder(store.parent)
    except OSError as failure:
        raise translated(failure) from failure


def clear(store: Path) -> None:
    """Nothing is left of a copy."""
    _remove(beside(store), ("", *_TAILS))


def settle(
    ring: KeyRing, store: Path, unlocked: Unlocked, after: Callable[[], Unlocked]
) -> Unlocked:
    """Finish a rotation that was cut short, or undo it; whoever comes in gets the right key.

    Args:
        ring: the key file in force.
        store: the encrypted file.
        unlocked: came in by that key file.
        after: comes in by the next one.

    Raises:
        StoreDamaged: neither opens it.
    """
    if not ring.rotating:
        return unlocked
    if Store.opens(store, unlocked.key.content):
        ring.drop_rotation()
        clear(store)
        return unlocked
    unlocked.wipe()
    found = after()
    if not Store.opens(store, found.key.content):
        found.wipe()
        raise StoreDamaged("no generation opens it")
    ring.finish_rotation()
    clear(store)
    return found


def settle_by_paper(ring: KeyRing, store: Path, recovery_key: str) -> None:
    """The same for whoever comes in by the paper, before anything else is done with it.

    Raises:
        WrongRecoveryKey: mistyped, or another office's.
        StoreDamaged: neither opens it.
    """
    if not ring.rotating:
        return
    with ring.key_by_paper(recovery_key) as key:
        stays = Store.opens(store, key.content)
    if stays:
        ring.drop_rotation()
        clear(store)
        return
    with ring.next_by_paper(recovery_key) as key:
        if not Store.opens(store, key.content):
            raise StoreDamaged("no generation opens it")
    ring.finish_rotation()
    clear(store)


def _remove(path: Path, tails: tuple[str, ...]) -> None:
    for tail in tails:
        path.with_name(path.name + tail).unlink(missing_ok=True)
