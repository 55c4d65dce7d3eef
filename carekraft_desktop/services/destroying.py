"""Carries the end of a workstation through once it is decided, whatever happens in between (REQ-98).

    office.ending      the decision: what goes, and the certificate word for word

While it is not there, nothing is destroyed; once it is, nothing can be undone, and a start of the
program goes on where the one before was cut short. The keys go first: from then on everything
else is random bytes to everybody.
"""

import base64
import shutil
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

import msgspec

from carekraft_desktop.config import Folders, translated
from carekraft_desktop.errors import KeyringMissing, KeyringRefused
from carekraft_desktop.ports import Vault
from carekraft_desktop.security.backup_file import MANIFEST
from carekraft_desktop.security.keyfile import flush_folder, replace_durably
from carekraft_desktop.services import backup_shelf
from carekraft_desktop.value import Value, replace

_KEYS = ("office.keys*", "office.anchor*")
_COPY = "certificate-of-destruction.jsonl"
"""Beside the data where the chosen place is out of reach."""


class Decision(Value, frozen=True, kw_only=True):
    """All that is needed to finish without anybody's password; no key is in it."""

    certificate: str
    """Where it is saved."""
    text: str
    """The certificate, base64."""
    secrets: tuple[str, ...]
    """Names under which the keyring holds this workstation's half."""
    backups: tuple[str, ...]
    """Folders of backups that go, on this computer."""
    files: tuple[str, ...] = ()
    """Other files of this office outside its folder, such as a downtime packet elsewhere."""
    done: tuple[str, ...] = ()
    """Steps that are behind us: never again, lest they meet an office that is set up after."""

    @property
    def content(self) -> bytes:
        """The certificate's own bytes."""
        return base64.b64decode(self.text)


class Ended(Value, frozen=True):
    """What became of it."""

    certificate: str
    """Where it lies."""
    left: tuple[str, ...] = ()
    """Codes of what could not be removed, and is tried again at the next start."""


def decide(folders: Folders, decision: Decision) -> None:
    """Write it down, or write it anew.

    Raises:
        StoreReadOnly, DiskFull: what was decided before stands.
    """
    try:
        replace_durably(folders.ending, msgspec.json.encode(decision))
    except OSError as failure:
        raise translated(failure) from failure


def take_back(folders: Folders) -> None:
    """Nothing was destroyed yet, and nothing will be."""
    folders.ending.unlink(missing_ok=True)
    flush_folder(folders.home)


def try_place(place: Path) -> None:
    """Whether a certificate can be saved there, before anything is decided.

    Raises:
        StoreReadOnly, DiskFull: it cannot.
    """
    trial = place.with_name(f".{place.name}.trying")
    try:
        trial.write_bytes(b"trying")
        trial.unlink()
    except OSError as failure:
        raise translated(failure) from failure


def save(place: Path, content: bytes) -> None:
    """The certificate, where a person wants it; read back.

    Raises:
        StoreReadOnly, DiskFull: it is not there.
    """
    try:
        replace_durably(place, content)
        same = place.read_bytes() == content
    except OSError as failure:
        raise translated(failure) from failure
    if not same:
        raise translated(OSError("read back"))


def finish(folders: Folders, vault: Vault) -> Ended:
    """Destroy what was decided; may be called again and goes on where it was.

    Nothing of the office is open in this process any more.
    """
    decision = _read(folders.ending)
    if decision is None:
        return Ended("", ("decision",))
    place = _certificate(folders, decision)
    steps: tuple[tuple[str, Callable[[], None]], ...] = (
        ("keys", partial(_keys, folders)),
        ("keyring", partial(_keyring, vault, decision.secrets)),
        ("rest", partial(_rest, folders, decision)),
        ("backups", partial(_backups, decision.backups)),
        ("store", partial(_tree, _going(folders))),
    )
    left = []
    for name, step in steps:
        if name in decision.done:
            continue
        try:
            step()
        except (OSError, KeyringMissing, KeyringRefused):
            left.append(name)
            if name == "keys":
                break  # nothing else goes before them
        else:
            decision = replace(decision, done=(*decision.done, name))
            replace_durably(folders.ending, msgspec.json.encode(decision))
    if left in ([], ["keyring"]):
        # What the keyring still has opens nothing: what it opened with a password is gone.
        folders.ending.unlink()
        flush_folder(folders.home)
    return Ended(str(place), tuple(left))


def _going(folders: Folders) -> Path:
    """The office's folder once its keys are gone."""
    return folders.home / "office.gone"


def _read(path: Path) -> Decision | None:
    """The decision; one that cannot be read is kept aside and destroys nothing."""
    try:
        return msgspec.json.decode(path.read_bytes(), type=Decision)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        with suppress(OSError):
            path.replace(path.with_name(path.name + ".bad"))
        return None


def _certificate(folders: Folders, decision: Decision) -> Path:
    """It was saved before; if that was cut short, it is saved now, here if it must be."""
    place = Path(decision.certificate)
    with suppress(OSError):
        if place.read_bytes() == decision.content:
            return place
    for each in (place, folders.home / _COPY):
        with suppress(Exception):
            save(each, decision.content)
            return each
    return place


def _keys(folders: Folders) -> None:
    """The wrapped keys, overwritten (on a solid-state disk that is no promise), then the name."""
    office, going = folders.office, _going(folders)
    if going.exists() or not office.exists():
        return  # cut short behind the last line of this
    for pattern in _KEYS:
        for path in sorted(office.glob(pattern)):
            with path.open("r+b") as file:
                file.write(bytes(path.stat().st_size))
                file.flush()
            path.unlink()
    flush_folder(office)
    office.replace(going)
    flush_folder(folders.home)


def _keyring(vault: Vault, names: tuple[str, ...]) -> None:
    for name in names:
        vault.forget(name)


def _backups(places: tuple[str, ...]) -> None:
    for each in map(Path, places):
        # Its manifest holds the only key: without it the rest opens for nobody.
        (each / MANIFEST).unlink(missing_ok=True)
        _tree(each)


def _rest(folders: Folders, decision: Decision) -> None:
    for each in (folders.setting_up, folders.downtime, folders.home / "drill"):
        _tree(each)
    for path in (*map(Path, decision.files), folders.settings):
        with suppress(FileNotFoundError, NotADirectoryError):
            path.unlink()
    backup_shelf.clear_parts(folders.copies)
    with suppress(OSError):
        folders.copies.rmdir()  # only where nothing lies in it


def _tree(path: Path) -> None:
    if path.exists():
        shutil.rmtree(path)
