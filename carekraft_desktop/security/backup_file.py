"""The paper that goes with a backup: whose it is, what is in it, and who can open it.

    manifest.json   what anybody may read; the backup's key, wrapped to the recovery key and to
                    each person who may restore; the office's key file, sealed with the backup's
                    key; and a signature
    office.store    the SQLCipher file under the backup's key

The backup's key is random, is used for one backup, and lies nowhere unwrapped. The key file is
sealed with the rest as its header, so that an altered word of the manifest keeps it shut. Whoever
made the backup signs it (Ed25519), which shows in an office that still has its key file that the
backup is its own (REQ-95).
"""

import base64
import binascii
from collections.abc import Callable, Mapping, Sequence

import msgspec

from carekraft_desktop.domain.backups import Backup
from carekraft_desktop.errors import BackupDamaged, BackupTooNew
from carekraft_desktop.security.secret import Secret
from carekraft_desktop.security.signatures import holds
from carekraft_desktop.security.slots import NotOpened, seal, unseal, wrap
from carekraft_desktop.value import Value, replace

FORMAT = 1
LARGEST = 2_000_000
"""Bytes of a manifest; forty people take some 60 kB."""
STORE, MANIFEST = "office.store", "manifest.json"
PAPER = ""
"""The recovery key's place among those who can open it."""


class Wrapped(Value, frozen=True):
    """The backup's key for one holder."""

    staff: str
    """Staff id; empty for the recovery key from paper."""
    public: str
    """Whose it is, base64."""
    key: str


class Manifest(Value, frozen=True, kw_only=True):
    """Everything in the file; bytes are base64."""

    format: int
    id: str
    store: str
    made_at: int
    why: str
    program: str
    schema: int
    size: int
    sha256: str
    counts: dict[str, int]
    """Rows of each table."""
    entries: int
    head: str
    """Authentication code of the journal's last entry, in hexadecimal."""
    signer: str
    """Staff id of whoever had the office open."""
    verifying: str
    wrapped: tuple[Wrapped, ...]
    keys: str = ""
    """The key file, sealed."""
    signature: str = ""

    def encoded(self) -> bytes:
        """The file's content."""
        return msgspec.json.encode(self, order="sorted")

    def core(self) -> bytes:
        """What the seal of the key file authenticates."""
        return replace(self, keys="", signature="").encoded()

    def signed(self) -> bytes:
        """What the signature covers."""
        return replace(self, signature="").encoded()

    def backup(self, place: str) -> Backup:
        """The same for lists."""
        return Backup(
            id=self.id,
            place=place,
            made_at=self.made_at,
            why=self.why,
            program=self.program,
            schema=self.schema,
            store=self.store,
            size=self.size,
            patients=self.counts.get("patient", 0),
            bookings=self.counts.get("booking", 0),
            entries=self.entries,
        )

    def for_holder(self, staff: str) -> Wrapped | None:
        """The backup's key as it is wrapped for a person, or for the paper."""
        return next((each for each in self.wrapped if each.staff == staff), None)

    def is_signed(self) -> bool:
        """Whether it is as its signer left it; whose key that is, the key file says."""
        try:
            return holds(_bytes(self.verifying), self.signed(), _bytes(self.signature))
        except binascii.Error:
            return False


def purpose(store: str, id_: str) -> str:
    """What a backup's key is wrapped for."""
    return f"carekraft backup key v1|{store}|{id_}"


def finished(
    bare: Manifest,
    key: Secret,
    *,
    holders: Mapping[str, bytes],
    key_file: bytes,
    sign: Callable[[bytes], bytes],
) -> Manifest:
    """The manifest with everything that only whoever holds the backup's key can add.

    Args:
        bare: what is in the backup.
        key: the backup's key.
        holders: public keys by staff id; under `PAPER` the recovery key's.
        key_file: the office's key file as it is now.
        sign: of whoever has the office open.
    """
    about = purpose(bare.store, bare.id)
    wrapped = tuple(
        Wrapped(staff, text(public), text(wrap(key, public, purpose=about)))
        for staff, public in holders.items()
    )
    whole = replace(bare, wrapped=wrapped)
    with Secret(key_file) as content:
        whole = replace(whole, keys=text(seal(key, content, header=whole.core())))
    return replace(whole, signature=text(sign(whole.signed())))


def read(content: bytes) -> Manifest:
    """A manifest.

    Raises:
        BackupDamaged: it is none, or not as it was written.
        BackupTooNew: a newer program wrote it.
    """
    if len(content) > LARGEST:
        raise BackupDamaged("manifest")
    try:
        found = msgspec.json.decode(content, type=dict[str, msgspec.Raw])
        if msgspec.json.decode(found.get("format", b"0"), type=int) > FORMAT:
            raise BackupTooNew("manifest")
        manifest = msgspec.json.decode(content, type=Manifest)
    except (msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        raise BackupDamaged("manifest") from None
    if manifest.encoded() != content or not manifest.is_signed():
        raise BackupDamaged("manifest")
    return manifest


def key_file_in(manifest: Manifest, key: Secret) -> bytes:
    """The office's key file as it was when the backup was made.

    Raises:
        BackupDamaged: another backup's key, or an altered manifest.
    """
    try:
        with unseal(key, _bytes(manifest.keys), header=manifest.core()) as content:
            return bytes(content.content)
    except (NotOpened, binascii.Error):
        raise BackupDamaged("keys") from None


def is_by(manifest: Manifest, verifying: Sequence[bytes]) -> bool:
    """Whether one of these people signed it."""
    return any(text(key) == manifest.verifying for key in verifying)


def wrapped_key(wrapped: Wrapped) -> bytes:
    """What is to be unwrapped.

    Raises:
        BackupDamaged: it is none.
    """
    try:
        return _bytes(wrapped.key)
    except binascii.Error:
        raise BackupDamaged("wrapped") from None


def public_of(wrapped: Wrapped) -> bytes:
    """For which key it is wrapped."""
    try:
        return _bytes(wrapped.public)
    except binascii.Error:
        raise BackupDamaged("wrapped") from None


def text(data: bytes) -> str:
    """Bytes as they stand in a manifest."""
    return base64.b64encode(data).decode()


def _bytes(text: str) -> bytes:
    return base64.b64decode(text, validate=True)
