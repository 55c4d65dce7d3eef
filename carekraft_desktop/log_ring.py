"""The files of the log: a small ring that only their owner can read.

A module of its own: the standard library's handlers bring sockets and pickling along, which nobody
needs before the first window.
"""

import logging
import os
from io import TextIOWrapper
from logging.handlers import RotatingFileHandler


class OwnersRing(RotatingFileHandler):
    """A ring of files made owner-only; a failure to log says nothing of what was to be logged."""

    failures = 0

    def _open(self) -> TextIOWrapper:
        raw = os.open(self.baseFilename, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o600)
        return TextIOWrapper(os.fdopen(raw, "ab"), encoding="utf-8")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 (logging's name)
        """Count it: logging's own way prints the record to the terminal, unredacted."""
        del record
        self.failures += 1
