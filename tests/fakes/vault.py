"""A keyring in memory that can fail in each way a real one was seen to fail."""

import threading
from enum import Enum, auto

from carekraft_desktop.errors import KeyringLost, KeyringMissing, KeyringRefused, KeyringUnsafe


class Trouble(Enum):
    """How the keyring behaves."""

    NONE = auto()
    MISSING = auto()  # the system has no keyring
    UNSAFE = auto()  # there is one, and it writes secrets into a plain file
    REFUSED = auto()  # it is locked, or the person dismissed its question
    LOST = auto()  # it answers, but has lost what it was given
    FORGETTING = auto()  # it says yes and keeps nothing, as keyring's null back end does
    SLOW = auto()  # it does not answer until `patience` is set, then refuses


class FakeVault:
    """Implements `ports.Vault`; set `trouble` to make it fail."""

    def __init__(self, backend: str = "keyring.backends.SecretService.Keyring") -> None:
        """`backend`: the name it gives for itself."""
        self.kept: dict[str, bytes] = {}
        self.trouble = Trouble.NONE
        self.patience = threading.Event()
        self._backend = backend

    @property
    def backend(self) -> str:
        """The class name a real keyring would have."""
        self._may_answer()
        return self._backend

    def keep(self, name: str, secret: bytes) -> None:
        """Store and prove it; a forgetting keyring is found out here."""
        self._may_answer()
        if self.trouble is Trouble.FORGETTING:
            raise KeyringRefused("forgets what it is given")
        self.kept[name] = bytes(secret)

    def fetch(self, name: str) -> bytes | None:
        """What was kept; None when there is none."""
        self._may_answer()
        return self.kept.get(name)

    def forget(self, name: str) -> None:
        """Drop it."""
        self._may_answer()
        self.kept.pop(name, None)

    def wipe(self) -> None:
        """What a reset of the operating system's password does."""
        self.kept.clear()

    def _may_answer(self) -> None:
        if self.trouble is Trouble.SLOW:
            self.patience.wait(timeout=30)
            raise KeyringRefused("no answer in time")
        if self.trouble is Trouble.MISSING:
            raise KeyringMissing
        if self.trouble is Trouble.UNSAFE:
            raise KeyringUnsafe("kind")
        if self.trouble is Trouble.REFUSED:
            raise KeyringRefused("locked")
        if self.trouble is Trouble.LOST:
            raise KeyringLost
