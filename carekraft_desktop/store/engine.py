"""Open the encrypted file, and refuse every way in which it could be unsafe (REQ-08).

SQLCipher fails open: without a key it is plain SQLite, an empty file is a new store for any
key, and a stock library ignores the key. So each connection proves the cipher before its
first use, and each start proves the file.
"""

from pathlib import Path
from typing import Any

from carekraft_desktop.config import translated as files
from carekraft_desktop.errors import (
    DiskFull,
    NotEncrypted,
    StoreBusy,
    StoreDamaged,
    StoreError,
    StoreMissing,
    StoreReadOnly,
)

KEY_BYTES = 32
PAGE = 4096
APPLICATION_ID = 0x434B4454
"""«CKDT» in the file's header: this is one of ours."""
OLDEST_SQLITE = (3, 51, 3)
"""Earlier ones can lose a commit when two connections reset the write-ahead log."""

_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "busy_timeout=5000",
    "temp_store=MEMORY",
    "secure_delete=ON",
    "cache_size=-64000",
    "trusted_schema=OFF",
    "cell_size_check=ON",
    "checkpoint_fullfsync=ON",
)

# Primary result codes of SQLite (sqlite.org/rescode.html) and what they mean to us.
_CAUSES: dict[int, type[StoreError]] = {
    5: StoreBusy,
    6: StoreBusy,
    8: StoreReadOnly,
    10: StoreDamaged,
    11: StoreDamaged,
    13: DiskFull,
    14: StoreReadOnly,
    26: StoreDamaged,
}


class translated:  # noqa: N801 - used as a word: with translated()
    """Turn the driver's and SQLAlchemy's exceptions into ours; a bug in our SQL stays a bug.

    A class and not a generator, because it stands around every single statement.
    """

    def __enter__(self) -> None:
        """Nothing to prepare."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> None:
        """Raise our error in place of the driver's."""
        if error is None:
            return
        original = getattr(error, "orig", error)
        code = getattr(original, "sqlite_errorcode", None)
        cause = _CAUSES.get(code & 0xFF) if isinstance(code, int) else None
        if cause is not None:
            raise cause(getattr(original, "sqlite_errorname", "")) from None


class copying(translated):  # noqa: N801 - used as a word: with copying()
    """The same for a copy of the whole file, of whose failures the driver tells no code."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: object
    ) -> None:
        """Raise our error in place of the driver's, or of the disk's."""
        super().__exit__(kind, error, trace)
        if isinstance(error, OSError):
            raise files(error) from error
        if type(error).__module__.startswith("sqlcipher3"):
            # sqlite.org/rescode.html: the English words of SQLITE_FULL; anything else is the disk.
            raise (DiskFull if "is full" in str(error) else StoreReadOnly)("copy") from None


def connect(path: Path, key: bytes | bytearray, *, read_only: bool = False) -> Any:
    """A connection that has proved its key and its cipher.

    Args:
        path: the file; it is made when missing, so callers that expect one use `check_file`.
        key: the raw data key, 32 bytes.
        read_only: refuse writes on this connection.

    Raises:
        NotEncrypted: the library has no cipher, or it is off.
        StoreDamaged: the key does not open the file.
    """
    from sqlcipher3 import dbapi2

    if len(key) != KEY_BYTES:
        # SQLCipher would silently take any other length for a passphrase.
        raise NotEncrypted("key-length")
    with translated():
        connection = dbapi2.connect(
            str(path), timeout=5.0, check_same_thread=False, isolation_level=None
        )
        try:
            _prove(connection, dbapi2.sqlite_version_info, key)
            for pragma in _PRAGMAS:
                connection.execute(f"PRAGMA {pragma}")
            if read_only:
                connection.execute("PRAGMA query_only=ON")
        except BaseException:
            connection.close()
            raise
    return connection


def connect_frozen(path: Path, key: bytes | bytearray) -> Any:
    """A connection to a file that nobody writes: no lock, no log, nothing left beside it.

    For backups, which may lie where nothing can be written.

    Raises:
        NotEncrypted: the library has no cipher, or it is off.
        StoreDamaged: the key does not open the file.
    """
    from sqlcipher3 import dbapi2

    if len(key) != KEY_BYTES:
        raise NotEncrypted("key-length")
    place = f"{path.absolute().as_uri()}?mode=ro&immutable=1"
    with translated():
        connection = dbapi2.connect(place, uri=True, check_same_thread=False, isolation_level=None)
        try:
            _prove(connection, dbapi2.sqlite_version_info, key)
            for pragma in ("query_only=ON", "temp_store=MEMORY", "cache_size=-16000"):
                connection.execute(f"PRAGMA {pragma}")
        except BaseException:
            connection.close()
            raise
    return connection


def check_pages(connection: Any) -> None:
    """Check the code of every page and how the pages hang together (REQ-17).

    Both, since the first does not see a file that was cut between two pages.

    Raises:
        StoreDamaged: a page is not as it was written.
    """
    with translated():
        if connection.execute("PRAGMA cipher_integrity_check").fetchone() is not None:
            raise StoreDamaged("page")
        if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
            raise StoreDamaged("tree")


def _prove(connection: Any, version: tuple[int, ...], key: bytes | bytearray) -> None:
    if version < OLDEST_SQLITE:
        raise NotEncrypted("sqlite-too-old")
    if not connection.execute("PRAGMA cipher_version").fetchone():
        raise NotEncrypted("no-cipher")
    # Else a wrong key writes to standard error, where nobody expects a program's output.
    connection.execute("PRAGMA cipher_log_level=NONE")
    spelled = _spelled(key)
    try:
        connection.set_key(spelled)
    finally:
        spelled[:] = bytes(len(spelled))
    connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    expected = {"cipher_status": "1", "cipher_use_hmac": "1"}
    for pragma, value in expected.items():
        row = connection.execute(f"PRAGMA {pragma}").fetchone()
        if row is None or str(row[0]) != value:
            raise NotEncrypted(pragma)


_DIGITS = b"0123456789abcdef"


def _spelled(key: bytes | bytearray) -> bytearray:
    """The raw key as SQLCipher wants it, `x'...'`, in a buffer that can be wiped.

    Digit by digit, because `hex()` and `hexlify` leave an immutable copy behind.
    """
    text = bytearray(2 * len(key) + 3)
    text[:2], text[-1:] = b"x'", b"'"
    for at, each in enumerate(key):
        text[2 * at + 2], text[2 * at + 3] = _DIGITS[each >> 4], _DIGITS[each & 15]
    return text


def check_settings(connection: Any) -> None:
    """Assert what a start depends on: no temporary files, freed pages overwritten, our file."""
    for pragma, value in (("temp_store", 2), ("secure_delete", 1)):
        if connection.execute(f"PRAGMA {pragma}").fetchone()[0] != value:
            raise NotEncrypted(pragma)
    if connection.execute("PRAGMA application_id").fetchone()[0] != APPLICATION_ID:
        raise StoreDamaged("application-id")


def versions(connection: Any) -> str:
    """What the file is kept with, for people."""
    cipher = connection.execute("PRAGMA cipher_version").fetchone()[0]
    sqlite = connection.execute("SELECT sqlite_version()").fetchone()[0]
    return f"SQLCipher {cipher}, SQLite {sqlite}"


def check_file(path: Path) -> None:
    """Look at an existing store from outside, before any library touches it.

    Raises:
        StoreMissing: there is no file where the key file says that one is.
        StoreDamaged: it is empty or cut off.
        NotEncrypted: it has the header of a plain SQLite file.
    """
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(16)
    except FileNotFoundError:
        raise StoreMissing from None
    except OSError as error:
        raise StoreReadOnly(type(error).__name__) from None
    if size == 0 or size % PAGE:
        raise StoreDamaged("size")
    if head == b"SQLite format 3\x00":
        raise NotEncrypted("plain-header")
