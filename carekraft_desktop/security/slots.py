"""How a person's private keys are sealed, and how the store's key is handed to a public key.

    password --Argon2id--+
                         +-- HKDF-SHA256 --> AES-256-GCM over the person's two private keys
    device secret -------+
    store's key --HPKE (RFC 9180)--> the person's public key, the recovery key's public key

A password alone, or the device secret alone, opens nothing (REQ-09).
"""

import secrets
from typing import cast

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.backends.openssl import backend  # noqa: F401 - else at the first unlock
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from carekraft_desktop.security.secret import Secret
from carekraft_desktop.value import Value

KEY_LENGTH = 32
NONCE_LENGTH = 12
SALT_LENGTH = 16
_HPKE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)


class NotOpened(Exception):
    """What was sealed does not open with this key: another key, or an altered text."""


class Cost(Value, frozen=True):
    """What one guess at a password costs (Argon2id, RFC 9106)."""

    memory: int
    """KiB of memory."""
    passes: int
    lanes: int

    def is_between(self, floor: "Cost", ceiling: "Cost") -> bool:
        """Whether each part lies between the two, and Argon2 can work with them at all."""
        pairs = zip(self.parts, floor.parts, ceiling.parts, strict=True)
        possible = self.memory >= 8 * self.lanes  # RFC 9106, 3.1
        return possible and all(low <= mine <= high for mine, low, high in pairs)

    @property
    def parts(self) -> tuple[int, int, int]:
        """The three numbers."""
        return (self.memory, self.passes, self.lanes)


STANDARD = Cost(memory=128 * 1024, passes=4, lanes=4)
"""What a new way in costs: more than half a second of CPU on a slow machine."""
FLOOR = Cost(memory=64 * 1024, passes=3, lanes=4)
"""The second recommendation of RFC 9106, 4; a file that asks for less is not ours."""
CEILING = Cost(memory=1024 * 1024, passes=16, lanes=16)
"""More than this in a file is somebody's attempt to stop the program, not a cost we chose."""


def expand(source: Secret, purpose: str, *, length: int = KEY_LENGTH) -> Secret:
    """A key of its own for `purpose`, by HKDF-SHA256 from `source`."""
    made = bytearray(length)
    HKDF(hashes.SHA256(), length, salt=None, info=purpose.encode()).derive_into(
        source.content, made
    )
    return _taken(made)


def _taken(buffer: bytearray) -> Secret:
    """`buffer` as a Secret, wiped where it was."""
    secret = Secret(buffer)
    buffer[:] = bytes(len(buffer))
    return secret


def slot_key(password: Secret, device: Secret, *, salt: bytes, cost: Cost) -> Secret:
    """The key that seals a person's private keys on this workstation."""
    stretched = bytearray(KEY_LENGTH)
    Argon2id(
        salt=salt,
        length=KEY_LENGTH,
        iterations=cost.passes,
        lanes=cost.lanes,
        memory_cost=cost.memory,
    ).derive_into(cast("bytes", password.content), stretched)  # takes any buffer, says bytes
    both = _taken(stretched + device.content)
    stretched[:] = bytes(KEY_LENGTH)
    with both:
        return expand(both, "carekraft staff slot v1")


def seal(key: Secret, content: Secret, *, header: bytes) -> bytes:
    """`content` under AES-256-GCM; `header` is not hidden but cannot be altered."""
    nonce = secrets.token_bytes(NONCE_LENGTH)
    return nonce + AESGCM(key.content).encrypt(nonce, content.content, header)


def unseal(key: Secret, sealed: bytes, *, header: bytes) -> Secret:
    """What `seal` hid.

    Raises:
        NotOpened: another key, an altered header or an altered text.
    """
    tag_length = 16
    opened = bytearray(max(0, len(sealed) - NONCE_LENGTH - tag_length))
    try:
        AESGCM(key.content).decrypt_into(
            sealed[:NONCE_LENGTH], sealed[NONCE_LENGTH:], header, opened
        )
    except (InvalidTag, ValueError):
        raise NotOpened from None
    return _taken(opened)


def wrap(content: Secret, public: bytes, *, purpose: str) -> bytes:
    """`content` for the holder of the private half of `public`; `purpose` has to be known."""
    key = X25519PublicKey.from_public_bytes(public)
    return _HPKE.encrypt(content.content, key, purpose.encode())


def unwrap(wrapped: bytes, private: Secret, *, purpose: str) -> Secret:
    """What `wrap` hid.

    Raises:
        NotOpened: for another key or purpose, or altered.
    """
    try:
        key = X25519PrivateKey.from_private_bytes(private.content)
        return Secret(_HPKE.decrypt(wrapped, key, purpose.encode()))
    except (InvalidTag, ValueError):
        raise NotOpened from None


class StaffKeys(Value, frozen=True):
    """One person's two private keys: one to unwrap, one to sign."""

    unwrapping: Secret
    signing: Secret

    @classmethod
    def new(cls) -> "StaffKeys":
        """Two fresh keys."""
        unwrapping = X25519PrivateKey.generate().private_bytes_raw()
        signing = Ed25519PrivateKey.generate().private_bytes_raw()
        return cls(Secret(unwrapping), Secret(signing))

    @classmethod
    def joined(cls, both: Secret) -> "StaffKeys":
        """From the 64 bytes that `sealable` gave."""
        return cls(Secret(both.content[:KEY_LENGTH]), Secret(both.content[KEY_LENGTH:]))

    def sealable(self) -> Secret:
        """Both as one."""
        return _taken(self.unwrapping.content + self.signing.content)

    @property
    def public(self) -> bytes:
        """What the store's key is wrapped to."""
        return public_half(self.unwrapping)

    @property
    def verifying(self) -> bytes:
        """What a signature is checked with."""
        key = Ed25519PrivateKey.from_private_bytes(self.signing.content)
        return key.public_key().public_bytes_raw()

    def copy(self) -> "StaffKeys":
        """The same keys in buffers of their own."""
        return StaffKeys(Secret(self.unwrapping.content), Secret(self.signing.content))

    def wipe(self) -> None:
        """Overwrite both."""
        self.unwrapping.wipe()
        self.signing.wipe()


def public_half(private: Secret) -> bytes:
    """The X25519 public key of `private`."""
    key = X25519PrivateKey.from_private_bytes(private.content)
    return key.public_key().public_bytes_raw()
