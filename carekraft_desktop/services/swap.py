"""Put another store in the place of the one before, whole or not at all; nothing is erased.

    office.store.put, office.anchor.put     the store that is to come, finished and closed
    office.put                              the decision: from here on it is carried through
    office.store.aside-20261126-0942        the store of before

Whenever the power goes, the next start finds either no decision, and clears what was begun away,
or the decision, and finishes it.
"""

import shutil
from datetime import UTC, datetime
from pathlib import Path

from carekraft_desktop.config import translated
from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.backups import GOES
from carekraft_desktop.security.keyfile import flush_folder, replace_durably

_TAILS = ("-wal", "-shm", "")
"""The file itself last: while it is there, its log belongs to it."""
_ASIDE = "office.store.aside-"


def coming(folder: Path) -> tuple[Path, Path]:
    """Where the store that is to come is made, and its anchor."""
    return folder / "office.store.put", folder / "office.anchor.put"


def clear(folder: Path) -> None:
    """Nothing is left of a store that was begun."""
    store, anchor = coming(folder)
    for tail in _TAILS:
        store.with_name(store.name + tail).unlink(missing_ok=True)
    anchor.unlink(missing_ok=True)


def swap(folder: Path, now: Moment) -> Path:
    """Decide, and carry it through; all stores are closed.

    Returns:
        The store of before, which may not be there.

    Raises:
        DiskFull, StoreReadOnly: either nothing has changed or the next start finishes it.
    """
    name = f"{_ASIDE}{datetime.fromtimestamp(now, UTC):%Y%m%d-%H%M%S}"
    try:
        replace_durably(_decision(folder), name.encode())
    except OSError as failure:
        raise translated(failure) from failure
    settle(folder)
    return folder / name


def is_decided(folder: Path) -> bool:
    """Whether the next start finishes it, whatever happens now."""
    return _decision(folder).exists()


def settle(folder: Path) -> bool:
    """Finish a swap that was decided, or clear away what was not; whether there was one.

    Raises:
        DiskFull, StoreReadOnly: it has to be tried again.
    """
    decision = _decision(folder)
    try:
        if not decision.exists():
            if coming(folder)[0].exists():
                clear(folder)
                decision.with_name(decision.name + ".new").unlink(missing_ok=True)
            return False
        _finish(folder, decision.read_text("utf-8"))
        decision.unlink()
        flush_folder(folder)
    except OSError as failure:
        raise translated(failure) from failure
    return True


def _finish(folder: Path, aside: str) -> None:
    store = folder / "office.store"
    put, anchor = coming(folder)
    if put.exists():
        for tail in _TAILS:
            before = store.with_name(store.name + tail)
            if before.exists():
                before.replace(folder / (aside + tail))
        put.replace(store)
        flush_folder(folder)
    if anchor.exists():
        anchor.replace(folder / "office.anchor")


def set_aside(folder: Path) -> tuple[Path, ...]:
    """Stores that were put aside, the oldest first."""
    return tuple(
        sorted(p for p in folder.glob(f"{_ASIDE}*") if not p.name.endswith(("-wal", "-shm")))
    )


def expire(folder: Path, now: Moment) -> int:
    """Remove stores that were put aside as long ago as a backup is kept; how many."""
    gone = 0
    for path in set_aside(folder):
        try:
            at = datetime.strptime(path.name, f"{_ASIDE}%Y%m%d-%H%M%S").replace(tzinfo=UTC)
        except ValueError:
            continue
        if now - at.timestamp() >= GOES:
            for tail in _TAILS:
                path.with_name(path.name + tail).unlink(missing_ok=True)
            gone += 1
    return gone


def free(folder: Path, needed: int) -> bool:
    """Whether the disk has room for a store of this size and its log."""
    return shutil.disk_usage(folder).free > needed + needed // 4


def _decision(folder: Path) -> Path:
    return folder / "office.put"
