"""The file of wrapped keys beside the store: what is in it, and how it is replaced safely.

It is canonical JSON: there is one way to write a given content, and any other spelling is
refused. A checksum tells damage from a wrong password before anybody types one; a code under a
key derived from the store's own tells an altered file after. Nothing in it is of use without
the password and the device secret together, or the paper.
"""

import hashlib
import os
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from carekraft_desktop.config import private_folder, translated
from carekraft_desktop.errors import KeyFileDamaged, StoreTooNew
from carekraft_desktop.security.slots import KEY_LENGTH, SALT_LENGTH, Cost
from carekraft_desktop.value import Value, replace

FORMAT = 1
FOLDERS_CAN_BE_FLUSHED = os.name == "posix"
LARGEST = 1_000_000  # bytes; forty people take about 40 kB

Key = Annotated[bytes, Meta(min_length=KEY_LENGTH, max_length=KEY_LENGTH)]
Salt = Annotated[bytes, Meta(min_length=SALT_LENGTH, max_length=SALT_LENGTH)]
Blob = Annotated[bytes, Meta(max_length=1024)]
Name = Annotated[str, Meta(min_length=1, max_length=200)]
Count = Annotated[int, Meta(ge=1)]


class SlotHeader(Value, frozen=True, kw_only=True):
    """What is bound to a person's sealed keys; altering any of it keeps them shut."""

    store: Name
    staff: Name
    name: Name
    display: Name
    roles: tuple[Name, ...]
    generation: Count
    """The store key's generation when the slot was sealed."""
    device: Count
    """The number of the device secret that the slot was sealed with."""
    cost: Cost
    salt: Salt
    public: Key
    verifying: Key

    def encoded(self) -> bytes:
        """The bytes that the seal authenticates."""
        return msgspec.json.encode(self, order="sorted")


class Slot(Value, frozen=True, kw_only=True):
    """One person's way in, or what is left of it once the person may no longer come in."""

    header: SlotHeader
    sealed: Blob
    """The private keys; empty when this way in is closed."""
    data: Blob
    """The store's key, wrapped to `header.public`; empty when this way in is closed."""
    disabled: bool = False
    """The person left; the name is never given again (REQ-01)."""

    @property
    def is_open(self) -> bool:
        """Whether a password can open it."""
        return bool(self.sealed and self.data) and not self.disabled

    def closed(self, *, disabled: bool = False) -> "Slot":
        """The same without the keys."""
        return replace(self, sealed=b"", data=b"", disabled=disabled or self.disabled)


class RecoverySlot(Value, frozen=True, kw_only=True):
    """What the paper opens."""

    public: Key
    data: Blob
    """The store's key."""
    device: Blob
    """The device secret, so that a lost keyring locks nobody else out."""


class KeyFile(Value, frozen=True, kw_only=True):
    """Everything in the file."""

    format: int
    store: Name
    generation: Count
    backend: Annotated[str, Meta(max_length=200)]
    """Class name of the keyring that holds the device secret; "" for a workstation code."""
    device: Count
    """Which device secret is in force, counted from 1."""
    device_check: Key
    """Tells the right device secret from another; says nothing of it otherwise."""
    recovery: RecoverySlot
    staff: tuple[Slot, ...]
    seal: Annotated[bytes, Meta(max_length=KEY_LENGTH)] = b""
    """A code over all the rest under a key derived from the store's."""
    checksum: Annotated[str, Meta(max_length=64)] = ""
    """SHA-256 of all the rest, in hexadecimal."""

    def sealable(self) -> bytes:
        """What `seal` covers."""
        return msgspec.json.encode(replace(self, seal=b"", checksum=""), order="sorted")

    def encoded(self) -> bytes:
        """The file's content, with its checksum."""
        bare = msgspec.json.encode(replace(self, checksum=""), order="sorted")
        whole = replace(self, checksum=hashlib.sha256(bare).hexdigest())
        return msgspec.json.encode(whole, order="sorted")


def decode(content: bytes) -> KeyFile:
    """The key file in `content`.

    Raises:
        KeyFileDamaged: not a key file, not canonical, or its checksum is wrong.
        StoreTooNew: written by a newer version of the program.
    """
    if not 0 < len(content) <= LARGEST:
        raise KeyFileDamaged("size")
    try:
        found = msgspec.json.decode(content, type=dict[str, msgspec.Raw])
        written_as = msgspec.json.decode(found.get("format", b"0"), type=int)
        if written_as > FORMAT:
            raise StoreTooNew("key file")
        file = msgspec.json.decode(content, type=KeyFile)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        raise KeyFileDamaged("content") from None
    if file.format != FORMAT or file.encoded() != content:
        raise KeyFileDamaged("checksum")
    headers = [slot.header for slot in file.staff]
    if len({header.staff for header in headers}) != len(headers):
        raise KeyFileDamaged("one person twice")
    if any(header.store != file.store for header in headers):
        raise KeyFileDamaged("another store's slot")
    return file


def previous(path: Path) -> Path:
    """Where the file is kept a second time, as it was before or as it is."""
    return path.with_name(path.name + ".prev")


def read(path: Path) -> tuple[KeyFile, bytes]:
    """The newest version that is whole, with its bytes.

    A torn newest version can only come from a failing disk or a meddling program, since it is
    replaced in one step; the one before it then lets people in.

    Raises:
        KeyFileDamaged: neither the newest nor the one before is there and whole.
        StoreTooNew: written by a newer version of the program.
    """
    damage = KeyFileDamaged("missing")
    for each in (path, previous(path)):
        try:
            with each.open("rb") as file:
                content = file.read(LARGEST + 1)
            return decode(content), content
        except FileNotFoundError:
            continue
        except OSError as failure:
            damage = KeyFileDamaged(type(failure).__name__)
        except KeyFileDamaged as found:
            damage = found
    raise damage


def write(path: Path, content: bytes, *, before: bytes | None) -> None:
    """Replace the file; at every moment it or the version before is whole on the disk.

    In the end both names hold the new version: a password that was changed, a person who left
    and a paper that was replaced must not come back with the version before.

    Args:
        path: the key file.
        content: the new version.
        before: the version it is made from; None for a new file.

    Raises:
        StoreReadOnly: the folder cannot be written.
        DiskFull: there is no space; the old version stands.
    """
    try:
        private_folder(path.parent)
        if before is not None:
            replace_durably(previous(path), before)
        replace_durably(path, content)
        replace_durably(previous(path), content)
    except OSError as failure:
        raise translated(failure) from failure


def replace_durably(path: Path, content: bytes) -> None:
    """Write beside, flush to the disk, rename, flush the folder."""
    fresh = path.with_name(path.name + ".new")
    fresh.unlink(missing_ok=True)
    handle = os.open(
        fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600
    )
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    fresh.replace(path)
    if FOLDERS_CAN_BE_FLUSHED:
        folder = os.open(path.parent, os.O_RDONLY)
        try:
            os.fsync(folder)
        finally:
            os.close(folder)
