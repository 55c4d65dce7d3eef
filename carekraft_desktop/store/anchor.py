"""Remember, outside the store, how far it had come: a lost journal or an old copy is noticed.

SQLCipher checks each page but not the whole: a deleted write-ahead log or yesterday's file
opens without an error. The store counts its commits; after each one the count is written
here, in place and without waiting for the disk, since the commit itself has already waited.
Two records take turns, so that a torn write leaves the other. Each also holds how many
entries the journal had, so that a cut-off tail shows although the store counts on.
"""

import hashlib
import hmac
import os
from pathlib import Path

_RECORD = 64
_DIGITS = 32
_HALF = 16


class Anchor:
    """The count of commits, authenticated with a key derived from the data key."""

    def __init__(self, path: Path, key: bytes) -> None:
        """`path`: the file beside the store. `key`: for the authentication code."""
        self._path = path
        self._key = key
        self._file: int | None = None
        self._most = 0

    def count(self) -> int:
        """The highest count that carries a right code; 0 when there is none."""
        return self._newest()[0]

    def entries(self) -> int:
        """How many entries the journal had at that count; 0 where that was not noted."""
        return self._newest()[1]

    def _newest(self) -> tuple[int, int]:
        try:
            data = self._path.read_bytes()
        except FileNotFoundError:
            return 0, 0
        found = (0, 0)
        for at in (0, _RECORD):
            record = data[at : at + _RECORD]
            text, code = record[:_DIGITS], record[_DIGITS:]
            if hmac.compare_digest(code, self._code(text)):
                # What was written before the journal was counted along reads as none.
                found = max(found, (int(text[_HALF:]), int(text[:_HALF])))
        return found

    def put(self, count: int, entries: int = 0) -> None:
        """Note `count`, and how many entries the journal has."""
        if self._file is None:
            self._most = self.entries()
            self._file = os.open(self._path, os.O_RDWR | os.O_CREAT | _BINARY, 0o600)
        # A journal never grows shorter: what was noted once stays noted.
        self._most = entries = max(entries, self._most)
        text = b"%0*d%0*d" % (_HALF, entries, _HALF, count)
        os.lseek(self._file, (count % 2) * _RECORD, os.SEEK_SET)
        os.write(self._file, text + self._code(text))

    def restart(self, count: int, entries: int = 0) -> None:
        """Accept an older store: forget what was noted and note `count`."""
        self.close()
        self._path.unlink(missing_ok=True)
        self.put(count, entries)

    def close(self) -> None:
        """Let go of the file."""
        if self._file is not None:
            os.close(self._file)
            self._file = None

    def _code(self, text: bytes) -> bytes:
        return hmac.digest(self._key, text, hashlib.sha256)


_BINARY = getattr(os, "O_BINARY", 0)
