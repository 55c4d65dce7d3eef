"""The exchange's own clock: the one place of this package that asks the system for the time."""

import threading
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

Now = Callable[[], datetime]
"""Gives the current time in UTC, with its zone."""


def utc_now() -> datetime:
    """The current time in UTC."""
    return datetime.now(UTC)


def steady() -> float:
    """Seconds since an arbitrary moment; never goes back."""
    return time.monotonic()


class Shifted:
    """A clock that runs beside another one by a settable number of seconds."""

    def __init__(self, now: Now = utc_now) -> None:
        """`now`: the clock to run beside."""
        self._now = now
        self._lock = threading.Lock()
        self._offset = timedelta()

    def __call__(self) -> datetime:
        """The shifted time."""
        with self._lock:
            return self._now() + self._offset

    def shift(self, seconds: float) -> None:
        """Run `seconds` ahead of the other clock (behind when negative) from now on."""
        with self._lock:
            self._offset = timedelta(seconds=seconds)


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970 in UTC, the form in which the tables keep moments."""
    return int(moment.timestamp())


def moment(at: int) -> datetime:
    """The moment behind a number of seconds kept in a table."""
    return datetime.fromtimestamp(at, UTC)


def stamp(at: datetime) -> str:
    """A moment as the wire writes it, in UTC to the millisecond."""
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
