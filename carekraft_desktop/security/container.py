"""An encrypted container for what is handed out: a ZIP that 7-Zip, WinZip and Keka open.

    parts in memory --deflate--> AES-256 (AE-2) under a passphrase of its own --> bytes

    sealed = container.seal([Part("record.pdf", pdf), Part("record.json", text)])
    sealed.content      # what is written to the file the person chose
    sealed.passphrase   # shown once, told to the recipient another way, kept nowhere

Nothing is written to a disk here, and no part exists unencrypted outside the memory (REQ-90).
The format stretches its passphrase with a thousand rounds only, so the passphrase is made by us
and has a hundred random bits; a person's own choice is not taken. The names and sizes of the
parts can be read without it.
"""

import io
import re
import secrets
import zlib
from collections.abc import Sequence

from carekraft_desktop.errors import ContainerShut
from carekraft_desktop.security.papercode import ALPHABET
from carekraft_desktop.value import Guarded

GROUPS, IN_GROUP = 5, 4
SHORTEST = 15
"""Characters that a passphrase has at least (REQ-90); ours have 24 with their hyphens."""
NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,40}\.[a-z0-9]{1,5}")
AE_2 = 2
"""The version that leaves out the checksum of the plain content."""
BITS = 256


class Part(Guarded, frozen=True):
    """One file inside."""

    name: str
    """Readable by everybody who holds the container: says the kind, never whom it is about."""
    content: bytes


class Sealed(Guarded, frozen=True):
    """A finished container and the only copy of what opens it."""

    content: bytes
    passphrase: str


def seal(parts: Sequence[Part]) -> Sealed:
    """Put the parts into a container with a passphrase that was never used before.

    Raises:
        ValueError: there is nothing to seal, a name is used twice, or it is not a plain lower-case
            file name.
    """
    _check_names(parts)
    passphrase = new_passphrase()
    target = io.BytesIO()
    # Two libraries of some size, for the few who hand something out.
    import pyzipper

    with pyzipper.AESZipFile(target, "w", compression=pyzipper.ZIP_DEFLATED) as file:
        file.setpassword(passphrase.encode())
        file.setencryption(pyzipper.WZ_AES, nbits=BITS, force_wz_aes_version=AE_2)
        for part in parts:
            file.writestr(part.name, part.content)
    return Sealed(target.getvalue(), passphrase)


def opened(content: bytes, passphrase: str) -> tuple[Part, ...]:
    """The parts of a container, in their order.

    Raises:
        ContainerShut: the passphrase is another, or the content is damaged or no container.
    """
    import pyzipper

    try:
        with pyzipper.AESZipFile(io.BytesIO(content)) as file:
            file.setpassword(passphrase.encode())
            return tuple(Part(each.filename, file.read(each)) for each in file.infolist())
    except (RuntimeError, ValueError, EOFError, OSError, zlib.error, pyzipper.BadZipFile):
        # The library has no error of its own for a wrong password, and checks only at the end.
        raise ContainerShut("passphrase or content") from None


def new_passphrase() -> str:
    """Five groups of four characters that cannot be mistaken for one another."""
    groups = ("".join(secrets.choice(ALPHABET) for _ in range(IN_GROUP)) for _ in range(GROUPS))
    return "-".join(groups)


def _check_names(parts: Sequence[Part]) -> None:
    names = [part.name for part in parts]
    if not names or len(set(names)) != len(names):
        message = "a container holds at least one part, and each name once"
        raise ValueError(message)
    if not all(NAME.fullmatch(name) for name in names):
        message = "a part's name can be read by everybody: a plain lower-case file name"
        raise ValueError(message)
