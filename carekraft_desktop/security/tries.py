"""Counts failed sign-ins: five are free, then each costs a longer wait, ten lock (REQ-35).

The count is written before a password is tried, so that ending the program does not give a try
back. Waiting is measured by the monotonic clock from the failure or from the start of the
program, whichever is later; the computer's date plays no part, so changing it gains nothing.
"""

import logging
import math
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import msgspec
from msgspec import Meta

from carekraft_desktop.errors import TooManyTries
from carekraft_desktop.security.keyfile import replace_durably

if TYPE_CHECKING:
    from carekraft_desktop.ports import Clock

_log = logging.getLogger(__name__)

FREE = 5
LOCKED_AT = 10
FIRST_WAIT = 30.0  # seconds, doubled with each further failure
LARGEST = 1_000_000
_Counts = dict[str, Annotated[int, Meta(ge=0)]]


def wait_after(failures: int) -> float:
    """Seconds until the next try is taken; infinite when the account is locked."""
    if failures >= LOCKED_AT:
        return math.inf
    return FIRST_WAIT * 2 ** (failures - FREE) if failures >= FREE else 0.0


class Tries:
    """The failures of each person, kept beside the key file."""

    def __init__(self, path: Path, *, clock: "Clock") -> None:
        """Read the counts; a missing or damaged file counts as five failures for everybody."""
        self._path = path
        self._clock = clock
        self._lock = threading.Lock()
        self._started = clock.monotonic()
        self._counts, self._unknown = _read(path)
        self._failed_at: dict[str, float] = {}

    @classmethod
    def new(cls, path: Path, *, clock: "Clock") -> "Tries":
        """For a new office: nobody has failed yet.

        Raises:
            OSError: the file cannot be written.
        """
        replace_durably(path, b"{}")
        return cls(path, clock=clock)

    def failures(self, staff: str) -> int:
        """How often `staff` failed since the last success."""
        return self._counts.get(staff, self._unknown)

    def wait(self, staff: str) -> float:
        """Seconds that `staff` still has to wait."""
        since = self._failed_at.get(staff, self._started)
        return max(0.0, since + wait_after(self.failures(staff)) - self._clock.monotonic())

    def begin(self, staff: str) -> None:
        """Count a try before it is made.

        Raises:
            TooManyTries: it is too early, or (infinitely) the account is locked.
        """
        with self._lock:
            seconds = self.wait(staff)
            if seconds > 0:
                raise TooManyTries(seconds)
            self._counts[staff] = self.failures(staff) + 1
            self._failed_at[staff] = self._clock.monotonic()
            self._write()

    def forgive(self, staff: str) -> None:
        """The password was right, or somebody with the power to do so lets `staff` try again."""
        with self._lock:
            self._counts[staff] = 0
            self._write()

    def _write(self) -> None:
        """Keep the counts; a full disk must not keep people out, so it is only said."""
        try:
            replace_durably(self._path, msgspec.json.encode(self._counts, order="sorted"))
        except OSError:
            _log.warning("tries-not-kept")


def _read(path: Path) -> tuple[_Counts, int]:
    """The counts, and what to assume of a person who has none."""
    try:
        with path.open("rb") as file:
            return msgspec.json.decode(file.read(LARGEST), type=_Counts), 0
    except (OSError, msgspec.MsgspecError, RecursionError, UnicodeDecodeError):
        _log.warning("tries-unreadable")
        return {}, FREE
