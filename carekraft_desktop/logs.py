"""Sets up the log: a small ring of files that only their owner can read, redacted throughout."""

import logging
from pathlib import Path

from carekraft_desktop.config import private_folder
from carekraft_desktop.security.redaction import Pseudonyms, RedactingFormatter

LARGEST = 1_000_000  # bytes of one file
KEPT = 4  # older files beside the newest


class Log:
    """The running log; `stop` it to close its file."""

    def __init__(self, folder: Path, *, level: int = logging.INFO) -> None:
        """Begin to write to `folder`/carekraft.log.

        Raises:
            StoreReadOnly: the folder cannot be made.
        """
        from carekraft_desktop.log_ring import OwnersRing

        self._formatter = RedactingFormatter()
        self._handler = OwnersRing(
            private_folder(folder) / "carekraft.log",
            maxBytes=LARGEST,
            backupCount=KEPT,
            delay=True,
        )
        self._handler.setFormatter(self._formatter)
        self._handler.setLevel(level)
        root = logging.getLogger()
        self._level_before = root.level
        root.setLevel(min(level, root.level))
        root.addHandler(self._handler)
        logging.captureWarnings(capture=True)

    def use_key(self, key: bytes | bytearray) -> None:
        """From now on mark ids with the store's own key, so that marks hold across starts."""
        self._formatter.pseudonyms = Pseudonyms(key)

    def stop(self) -> None:
        """Close the file and leave logging as it was found."""
        root = logging.getLogger()
        root.removeHandler(self._handler)
        root.setLevel(self._level_before)
        logging.captureWarnings(capture=False)
        self._handler.close()
