"""Counts passwords that did not fit, over ten minutes, whoever's they were (REQ-26)."""

import threading

from carekraft_desktop.errors import CareKraftError, TooManyTries, WrongPassword, WrongPin

MANY = 5
WITHIN = 600.0
"""Seconds."""


class TriesWatch:
    """One for a running program; it knows times, and nobody's name."""

    def __init__(self) -> None:
        """Nobody has failed."""
        self._lock = threading.Lock()
        self._failed: list[float] = []
        self._many = False
        self._alarm = False

    def failed(self, why: CareKraftError, ticks: float) -> bool:
        """A try did not fit; whether that made it many just now."""
        if not isinstance(why, WrongPassword | WrongPin | TooManyTries):
            return False
        with self._lock:
            self._failed = [each for each in self._failed if ticks - each < WITHIN] + [ticks]
            if len(self._failed) < MANY:
                return False
            self._failed, self._many, self._alarm = [], True, True
            return True

    def take_alarm(self) -> bool:
        """Whether there were many just now, for whoever tells it on this computer; asked once."""
        with self._lock:
            alarm, self._alarm = self._alarm, False
            return alarm

    def take(self) -> bool:
        """Whether there were many since this was asked last."""
        with self._lock:
            many, self._many = self._many, False
            return many
