"""Gathers the rows that are painted, and has them written down before a second is over.

A row counts once it was painted in what is visible. The same row is written down again after a
quarter of an hour. Where it cannot be written, nothing more is shown: the office is locked.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.errors import CareKraftError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from carekraft_desktop.presenters.tasks import Timers
    from carekraft_desktop.services.desk import Desk

SOON = 1.0
"""Seconds within which what was painted is written down."""
AGAIN = 15 * 60
"""Seconds after which a row that is still looked at is written down once more."""


class LookUses(Protocol):
    """`services/looks.py`."""

    def seen(self, desk: Desk, rows: Mapping[str, Iterable[str]]) -> int:
        """Write down that these rows were painted."""
        ...


class Looks:
    """The eyes of one person on one open office."""

    def __init__(
        self, desk: Desk, *, looks: LookUses, timers: Timers, failed: Callable[[], None]
    ) -> None:
        """`failed`: hides everything, because it could not be written down."""
        self._desk, self._looks, self._timers, self._failed = desk, looks, timers, failed
        self._waiting: dict[str, dict[str, None]] = {}
        self._written: dict[tuple[str, str], int] = {}
        self._stop: Callable[[], None] | None = None
        self._over = False

    def painted(self, place: str, keys: Iterable[str]) -> None:
        """These rows of a list have just been painted."""
        if self._over:
            return
        now = self._desk.now()
        for key in keys:
            last = self._written.get((place, key))
            if last is None or not 0 <= now - last < AGAIN:
                self._waiting.setdefault(place, {})[key] = None
        if self._waiting and self._stop is None:
            self._stop = self._timers.after(SOON, self.flush)

    def flush(self) -> None:
        """Write down what waits, now."""
        if self._stop is not None:
            self._stop()
            self._stop = None
        waiting, self._waiting = self._waiting, {}
        if not waiting:
            return
        try:
            self._looks.seen(self._desk, waiting)
        except CareKraftError:
            self._over = True
            self._failed()
            return
        now = self._desk.now()
        self._written |= {(place, key): now for place, keys in waiting.items() for key in keys}

    def leave(self) -> None:
        """The office is being locked: what waits is written down before."""
        self.flush()
        self._over = True
