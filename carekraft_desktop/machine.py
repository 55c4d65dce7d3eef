"""The real clock and the real source of identifiers: the one file that may ask the machine.

Everything else takes a `ports.Clock` and a `ports.Ids`, so that tests decide what time it is.
"""

import random
import secrets
import threading
import time
import uuid
from collections.abc import Callable
from datetime import UTC, datetime


def _milliseconds() -> int:
    """Milliseconds since 1970 by this computer's clock."""
    return time.time_ns() // 1_000_000


class SystemClock:
    """Implements `ports.Clock` by the operating system's clocks."""

    def now(self) -> datetime:
        """The current time in UTC, with its zone."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """Seconds since an arbitrary moment; never goes back."""
        return time.monotonic()


class SystemIds:
    """Implements `ports.Ids`: UUIDv7 (RFC 9562, 5.7), growing within a process.

    Ids made in the same millisecond, or after the computer's clock was set back, count up in
    the 74 random bits (RFC 9562, 6.2, method 2), so that a later id always sorts later.
    """

    def __init__(self, milliseconds: Callable[[], int] = _milliseconds) -> None:
        """`milliseconds`: where the time part comes from."""
        self._milliseconds = milliseconds
        self._lock = threading.Lock()
        self._last = 0
        self._tail = 0

    def new(self) -> str:
        """A new UUIDv7 in its 36-character form."""
        with self._lock:
            now = self._milliseconds()
            self._tail += 1 + secrets.randbits(32)
            if now > self._last or self._tail >> 74:
                self._last = max(now, self._last + 1)
                self._tail = secrets.randbits(73)  # the top bit is left free to count up in
            moment, tail = self._last, self._tail
        number = moment << 80 | 0x7 << 76 | (tail >> 62) << 64 | 0b10 << 62 | tail & (1 << 62) - 1
        return str(uuid.UUID(int=number))

    def unguessable(self) -> str:
        """A new UUIDv4 in its 36-character form."""
        return str(uuid.uuid4())

    def chance(self) -> float:
        """A number in [0, 1), for jitter only, never for secrets."""
        return random.random()
