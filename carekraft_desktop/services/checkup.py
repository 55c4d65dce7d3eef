"""Self-check: what this installation can show of itself without anybody's password."""

import shutil
import tempfile
import zoneinfo
from collections.abc import Callable
from pathlib import Path

from carekraft_desktop.config import private_folder
from carekraft_desktop.errors import CareKraftError, KeyringMissing, KeyringUnsafe
from carekraft_desktop.exchange.gateway import look
from carekraft_desktop.security.vault import held
from carekraft_desktop.services import workplace
from carekraft_desktop.services.workplace import Surroundings
from carekraft_desktop.store import engine
from carekraft_desktop.value import Value

SPACE_NEEDED = 1024**3
"""Bytes that should be free on the disk of the store."""
LARGEST_OFFSET = 120.0
"""Seconds by which this computer's clock may be off before it confuses people."""


class Finding(Value, frozen=True):
    """One thing that was looked at."""

    subject: str
    """Code of what was looked at."""
    good: bool
    detail: str
    """A code or a number; empty when there is nothing to add."""


class Bad(Exception):
    """A check that did not go well, with its code."""


def examine(around: Surroundings, *, exchange: str) -> tuple[Finding, ...]:
    """Look at everything; a check that fails never stops the others.

    `exchange`: its address, empty when there is none to look at yet.
    """
    checks: list[tuple[str, Callable[[], str]]] = [
        ("folder", lambda: _folder(around.folders.home)),
        ("space", lambda: _space(around.folders.home)),
        ("cipher", lambda: cipher(around.folders.home)),
        ("time-zones", _time_zones),
        ("keyring", lambda: keyring(around)),
        ("keys", lambda: _keys(around)),
        ("store", lambda: _store(around)),
        ("exchange", lambda: _exchange(around, exchange)),
    ]
    return tuple(_finding(subject, check) for subject, check in checks)


def _finding(subject: str, check: Callable[[], str]) -> Finding:
    try:
        return Finding(subject, good=True, detail=check())
    except Bad as bad:
        return Finding(subject, good=False, detail=str(bad))
    except CareKraftError as failure:
        return Finding(subject, good=False, detail=failure.code)
    except OSError as failure:
        return Finding(subject, good=False, detail=type(failure).__name__)


def _folder(home: Path) -> str:
    with tempfile.NamedTemporaryFile(dir=private_folder(home)):
        return ""


def _space(home: Path) -> str:
    free = shutil.disk_usage(home).free
    if free < SPACE_NEEDED:
        raise Bad("low")
    return f"{free // 1024**3} GB"


def cipher(home: Path) -> str:
    """Write a scrap with the real library and look at the file with plain eyes."""
    mark = b"only-through-the-cipher"
    with tempfile.TemporaryDirectory(dir=home) as folder:
        path = Path(folder) / "scrap"
        connection = engine.connect(path, bytes(range(engine.KEY_BYTES)))
        connection.execute("CREATE TABLE scrap (words TEXT)")
        connection.execute("INSERT INTO scrap VALUES (?)", (mark.decode(),))
        versions = engine.versions(connection)
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        engine.check_file(path)
        if mark in path.read_bytes():
            raise Bad("plaintext")
    return versions


def _time_zones() -> str:
    try:
        zoneinfo.ZoneInfo("America/Chicago")
    except zoneinfo.ZoneInfoNotFoundError:
        raise Bad("missing") from None
    return ""


def keyring(around: Surroundings) -> str:
    """Which keyring keeps the device secret."""
    try:
        return around.vault.backend
    except (KeyringMissing, KeyringUnsafe):
        if workplace.is_set_up(around.folders) and not workplace.needs_code(around):
            raise
        return "workstation-code"


def _keys(around: Surroundings) -> str:
    if not workplace.is_set_up(around.folders):
        return "not-set-up"
    ring = workplace.ring_of(around)
    if ring.backend:
        held(around.vault, ring.device_name).wipe()
    return str(len(ring.people()))


def _store(around: Surroundings) -> str:
    if not workplace.is_set_up(around.folders):
        return "not-set-up"
    engine.check_file(workplace.store_in(around.folders.office))
    return ""


def _exchange(around: Surroundings, address: str) -> str:
    if not address:
        return "not-set-up"
    offset = look(address, clock=around.clock)
    if abs(offset) > LARGEST_OFFSET:
        raise Bad("clock")
    return f"{offset:+.0f} s"
