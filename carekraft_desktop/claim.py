"""One process for one data folder, by a lock that the operating system lets go of with it.

A few lines of our own: the library for it takes longer to import than the first window needs
to appear.
"""

import contextlib
import os
import sys
from pathlib import Path

from carekraft_desktop.errors import AlreadyRunning, StoreReadOnly


class Claim:
    """A held folder; `release` it, or let the process end."""

    def __init__(self, path: Path) -> None:
        """Take `path`, a file that is made when missing.

        Raises:
            AlreadyRunning: another process, or another claim in this one, holds it.
            StoreReadOnly: the file cannot be made.
        """
        try:
            self._file: int | None = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
        except OSError as error:
            raise StoreReadOnly(type(error).__name__) from None
        try:
            _lock(self._file)
        except OSError:
            os.close(self._file)
            raise AlreadyRunning from None

    def release(self) -> None:
        """Let others have it; safe to call twice."""
        if self._file is not None:
            with contextlib.suppress(OSError):
                _unlock(self._file)
            os.close(self._file)
            self._file = None


if sys.platform == "win32":
    import msvcrt

    def _lock(file: int) -> None:
        msvcrt.locking(file, msvcrt.LK_NBLCK, 1)

    def _unlock(file: int) -> None:
        os.lseek(file, 0, os.SEEK_SET)
        msvcrt.locking(file, msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(file: int) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
