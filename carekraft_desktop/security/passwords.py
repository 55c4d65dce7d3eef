"""Which passwords are taken (REQ-33): long enough and not well known; nothing else is asked.

No rules of composition, no expiry, no hints: they make people choose worse passwords. The
length is counted in code points after NFKC, so that the same characters typed on another
keyboard are the same password.
"""

import functools
import unicodedata
from collections.abc import Iterable

from carekraft_desktop import resources
from carekraft_desktop.errors import WeakPassword

WITH_KEYRING = 8
"""Shortest password where the keyring holds a second factor."""
ALONE = 15
"""Shortest password where the second factor is on paper."""
LONGEST = 1024
BLOCKLIST = "security/well-known-passwords.txt"
SHORTEST_OWN_NAME = 3  # a name of two letters says too little to be looked for


def normalised(password: str) -> str:
    """The form that is measured and turned into a key."""
    return unicodedata.normalize("NFKC", password)


def as_bytes(password: str) -> bytearray | None:
    """What the key is derived from; None when the text cannot be a password.

    Half of a surrogate pair has no UTF-8 form, and more than `LONGEST` was never accepted.
    """
    try:
        typed = normalised(password)
        return bytearray(typed.encode("utf-8")) if len(typed) <= LONGEST else None
    except UnicodeEncodeError:
        return None


@functools.cache
def well_known() -> frozenset[str]:
    """Passwords that are guessed first, without case."""
    lines = resources.text(BLOCKLIST).splitlines()
    return frozenset(line.casefold() for line in lines if line and not line.startswith("#"))


def check_new(password: str, *, keyring: bool, names: Iterable[str] = ()) -> None:
    """Whether `password` may become somebody's password.

    Args:
        password: as typed; spaces and any script are welcome.
        keyring: whether the operating system's keyring holds the second factor.
        names: what the person is called; the whole password must not be one of them.

    Raises:
        WeakPassword: its detail is `too-short`, `too-long`, `well-known`, `own-name` or
            `not-text`.
    """
    typed = normalised(password)
    if len(typed) > LONGEST:
        raise WeakPassword("too-long")
    if as_bytes(password) is None:
        raise WeakPassword("not-text")
    if len(typed) < (WITH_KEYRING if keyring else ALONE):
        raise WeakPassword("too-short")
    bare = typed.casefold()
    if bare in well_known() or len(set(bare)) == 1:
        raise WeakPassword("well-known")
    mine = {_squeezed(name) for name in names} | {_squeezed("CareKraft Desktop")}
    if any(len(name) >= SHORTEST_OWN_NAME and _squeezed(bare) in {name, name * 2} for name in mine):
        raise WeakPassword("own-name")


def _squeezed(text: str) -> str:
    """`Anna B. Demir 1` as `annabdemir`: what is left of a name without its trimmings."""
    return "".join(letter for letter in normalised(text).casefold() if letter.isalpha())
