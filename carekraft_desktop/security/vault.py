"""Keeps the device secret in the operating system's keyring, and trusts no keyring blindly.

A keyring may be missing, locked, slow, or answer "yes" and keep nothing; some kinds write a
plain file. So only known kinds are used, every call has a time limit, what was written is read
back, and nothing is overwritten in place: a new entry is made and proved before the old goes.
"""

import base64
import binascii
import functools
import re
import threading
from collections.abc import Callable
from typing import TYPE_CHECKING, Protocol, TypeVar

from carekraft_desktop.errors import (
    AccessError,
    KeyringLost,
    KeyringMissing,
    KeyringRefused,
    KeyringUnsafe,
)
from carekraft_desktop.security.secret import Secret

if TYPE_CHECKING:
    from carekraft_desktop.ports import Vault

SERVICE = "CareKraft Desktop"
PATIENCE = 20.0  # seconds for one call; a person may have to answer the system's question
WINDOWS = "keyring.backends.Windows.WinVaultKeyring"
ALLOWED = frozenset(
    {
        WINDOWS,
        "keyring.backends.macOS.Keyring",
        "keyring.backends.SecretService.Keyring",
        "keyring.backends.kwallet.DBusKeyring",
    }
)
NONE_THERE = "keyring.backends.fail.Keyring"
CHAIN = "keyring.backends.chainer.ChainerBackend"
_ENTRY = re.compile(r"1:(\d{1,9}):([A-Za-z0-9+/=]+)", re.ASCII)
_SIDES = ("a", "b")

T = TypeVar("T")


class Keyring(Protocol):
    """What we use of the `keyring` library's back ends."""

    def get_password(self, service: str, username: str) -> str | None:
        """The text kept, None when there is none."""
        ...

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a text."""
        ...

    def delete_password(self, service: str, username: str) -> None:
        """Drop it."""
        ...


def _system_keyring() -> Keyring:
    """The back end that the `keyring` library chose; importing it takes up to a second."""
    import keyring

    return keyring.get_keyring()


def class_name(backend: object) -> str:
    """A back end's class with its module."""
    return f"{type(backend).__module__}.{type(backend).__qualname__}"


def acceptable(backend: Keyring) -> Keyring:
    """The back end to use, which is not always the one that was offered.

    Raises:
        KeyringMissing: the system has none.
        KeyringUnsafe: it is of a kind that is not known to be safe.
    """
    name = class_name(backend)
    if name == NONE_THERE:
        raise KeyringMissing
    if name == CHAIN:
        parts = list(getattr(backend, "backends", ()))
        if not parts or any(class_name(part) not in ALLOWED for part in parts):
            raise KeyringUnsafe("chain")
        return acceptable(parts[0])
    if name not in ALLOWED:
        raise KeyringUnsafe("kind")
    if name == WINDOWS:
        # The default lets the secret roam to other computers of a domain.
        backend.persist = "local machine"  # type: ignore[attr-defined]
    return backend


def translated(failure: Exception) -> AccessError:
    """Our error for whatever a keyring, or the bus behind it, raised."""
    if isinstance(failure, AccessError):
        return failure
    missing = type(failure).__name__ == "NoKeyringError"
    return KeyringMissing() if missing else KeyringRefused(type(failure).__name__)


class KeyringVault:
    """Implements `ports.Vault` over the `keyring` library."""

    def __init__(
        self, *, find: Callable[[], Keyring] = _system_keyring, patience: float = PATIENCE
    ) -> None:
        """Nothing is asked of the keyring yet.

        Args:
            find: where the back end comes from.
            patience: seconds that one call may take.
        """
        self._find = find
        self._patience = patience

    @property
    def backend(self) -> str:
        """The class name of the keyring in use.

        Raises:
            KeyringMissing, KeyringRefused: there is none that may be used.
        """
        return self._asked(lambda keyring: class_name(keyring))

    def keep(self, name: str, secret: bytes) -> None:
        """Store `secret` under `name` and prove it by reading it back.

        Raises:
            KeyringMissing, KeyringRefused: it is not kept; what was there before still is.
        """
        self._asked(lambda keyring: _keep(keyring, name, secret))

    def fetch(self, name: str) -> bytes | None:
        """The secret kept under `name`, None when there is none.

        Raises:
            KeyringMissing, KeyringRefused: the keyring did not answer.
        """
        return self._asked(lambda keyring: _newest(keyring, name)[1])

    def forget(self, name: str) -> None:
        """Remove it; nothing happens when it is not there.

        Raises:
            KeyringMissing, KeyringRefused: the keyring did not answer.
        """
        self._asked(lambda keyring: _forget(keyring, name))

    def _asked(self, question: Callable[[Keyring], T]) -> T:
        """Ask in a thread of its own, so that a keyring which hangs hangs alone."""
        answers: list[T] = []
        failures: list[Exception] = []
        done = threading.Event()

        def ask() -> None:
            try:
                answers.append(question(self._usable))
            except Exception as failure:  # noqa: BLE001 (back ends raise whatever their bus does)
                failures.append(failure)
            done.set()

        threading.Thread(target=ask, name="keyring", daemon=True).start()
        if not done.wait(self._patience):
            raise KeyringRefused("no answer in time")
        if failures:
            raise translated(failures[0]) from failures[0]
        return answers[0]

    @functools.cached_property
    def _usable(self) -> Keyring:
        return acceptable(self._find())


def _entry(name: str, side: str) -> str:
    return f"{name}/{side}"


def _read(keyring: Keyring, entry: str) -> tuple[int, bytes] | None:
    """An entry's count and secret; None when there is none that we wrote."""
    found = _ENTRY.fullmatch(keyring.get_password(SERVICE, entry) or "")
    if found is None:
        return None
    try:
        return int(found.group(1)), base64.b64decode(found.group(2), validate=True)
    except binascii.Error:
        return None


def _newest(keyring: Keyring, name: str) -> tuple[int, bytes | None, str]:
    """The count, secret and side of the newer entry; zero, None and the last side for none."""
    count, secret, side = 0, None, _SIDES[-1]
    for each in _SIDES:
        found = _read(keyring, _entry(name, each))
        if found is not None and found[0] > count:
            (count, secret), side = found, each
    return count, secret, side


def _keep(keyring: Keyring, name: str, secret: bytes) -> None:
    """Write the other side, prove it, then drop the side before."""
    count, _, old = _newest(keyring, name)
    new = _SIDES[1 - _SIDES.index(old)]
    text = base64.b64encode(secret).decode("ascii")
    keyring.set_password(SERVICE, _entry(name, new), f"1:{count + 1}:{text}")
    if _read(keyring, _entry(name, new)) != (count + 1, secret):
        raise KeyringRefused("forgets what it is given")
    _drop(keyring, _entry(name, old))


def _forget(keyring: Keyring, name: str) -> None:
    for side in _SIDES:
        _drop(keyring, _entry(name, side))


def _drop(keyring: Keyring, entry: str) -> None:
    """Delete an entry that may not be there; back ends differ in what they say then."""
    if keyring.get_password(SERVICE, entry) is not None:
        keyring.delete_password(SERVICE, entry)


def held(vault: "Vault", name: str) -> Secret:
    """The device secret that the key file says is there.

    Raises:
        KeyringLost: the keyring answers and no longer has it; that leads to the paper, never to
            a new store.
        KeyringMissing, KeyringRefused: the keyring did not answer.
    """
    found = vault.fetch(name)
    if found is None:
        raise KeyringLost("gone")
    return Secret(found)
