"""PINs: six digits that bring somebody back behind the cover, and never open the store.

A stretched PIN lies inside the encrypted store; three wrong ones close it. What has to be kept
out is therefore only what a colleague would try first.
"""

import hmac
import secrets
from itertools import pairwise

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from carekraft_desktop.errors import WeakPin
from carekraft_desktop.value import Value

LENGTH = 6
_SALT = 16
_STRETCHED = 32


class Stretched(Value, frozen=True):
    """What is kept of a PIN."""

    salt: bytes
    value: bytes


def looks_like_one(typed: str) -> bool:
    """Whether this is a PIN and no password, which is always longer."""
    return len(typed) == LENGTH and typed.isascii() and typed.isdigit()


def check_new(pin: str) -> None:
    """Whether it may become somebody's PIN.

    Raises:
        WeakPin: its detail is `six-digits` or `too-simple`.
    """
    if not looks_like_one(pin):
        raise WeakPin("six-digits")
    steps = {(int(after) - int(before)) % 10 for before, after in pairwise(pin)}
    halves = pin[:3] == pin[3:] or pin[:2] * 3 == pin
    if steps in ({0}, {1}, {9}) or halves or len(set(pin)) < 3:
        raise WeakPin("too-simple")


def stretched(pin: str, salt: bytes | None = None) -> Stretched:
    """A PIN in the form that is kept; with a fresh salt unless one is given."""
    salt = salt if salt is not None else secrets.token_bytes(_SALT)
    # RFC 9106, 4, second choice of parameters, with less memory: nobody can try this outside
    # the encrypted store, and the person waits with the patient before them.
    value = Argon2id(
        salt=salt, length=_STRETCHED, iterations=3, lanes=4, memory_cost=16 * 1024
    ).derive(pin.encode("ascii"))
    return Stretched(salt, value)


def fits(pin: str, kept: Stretched) -> bool:
    """Whether it is the PIN that was kept; compared in constant time."""
    return looks_like_one(pin) and hmac.compare_digest(stretched(pin, kept.salt).value, kept.value)
