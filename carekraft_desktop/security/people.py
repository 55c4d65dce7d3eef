"""Who the key file knows, and a person who came in with the store's key in hand."""

from types import TracebackType
from typing import Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from carekraft_desktop.security.secret import Secret
from carekraft_desktop.security.slots import expand
from carekraft_desktop.value import Value


class NewStaff(Value, frozen=True, kw_only=True):
    """A person who is to be let in."""

    id: str
    name: str
    """Sign-in name, one for each person (REQ-01)."""
    display: str
    """What colleagues read."""
    roles: tuple[str, ...]


class Person(Value, frozen=True, kw_only=True):
    """Somebody the key file knows."""

    id: str
    name: str
    display: str
    roles: tuple[str, ...]
    disabled: bool
    """Left the office; the name stays taken."""
    waiting: bool
    """Has no way in until an administrator gives a new password, as after a lost keyring."""


class Unlocked:
    """A person who came in, and the store's key while it is in use; wipe it to lock."""

    __slots__ = ("_signing", "key", "staff")

    def __init__(self, *, key: Secret, signing: Secret, staff: Person) -> None:
        """Owns `key` and `signing` from now on."""
        self.key = key
        self.staff = staff
        self._signing = signing

    def derive(self, purpose: str) -> Secret:
        """A key of its own for `purpose`, such as `audit/v1`, `blobs/v1` or `log/v1`."""
        return expand(self.key, f"carekraft {purpose}")

    def sign(self, message: bytes) -> bytes:
        """This person's Ed25519 signature."""
        return Ed25519PrivateKey.from_private_bytes(self._signing.content).sign(message)

    @property
    def verifying(self) -> bytes:
        """The public key by which anybody checks what this person signed."""
        key = Ed25519PrivateKey.from_private_bytes(self._signing.content)
        return key.public_key().public_bytes_raw()

    def wipe(self) -> None:
        """Overwrite the keys; derived ones are wiped by whoever asked for them."""
        self.key.wipe()
        self._signing.wipe()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.wipe()

    def __repr__(self) -> str:
        return "<Unlocked>"
