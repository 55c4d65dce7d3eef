"""How far something slow is, told by a worker and looked at by a page; and how to break it off."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.errors import BrokenOff

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain.backups import Step
    from carekraft_desktop.presenters.tasks import Timers

LOOK = 0.25
"""Seconds between two looks."""


class Progress:
    """One for each piece of work; written by the worker, read by the page."""

    def __init__(self) -> None:
        """Nothing is done yet."""
        self.now: tuple[Step, int, int] | None = None
        self._stopping = False

    def told(self, step: Step, done: int, whole: int) -> None:
        """The worker's side.

        Raises:
            BrokenOff: somebody does not want it any more.
        """
        if self._stopping:
            raise BrokenOff("asked")
        self.now = (step, done, whole)

    def break_off(self) -> None:
        """The page's side: at the next word of the worker it ends."""
        self._stopping = True


class Watch:
    """Looks at a progress from time to time while there is one."""

    def __init__(self, timers: Timers, show: Callable[[Progress], None]) -> None:
        """`show` is called with each look."""
        self._timers, self._show = timers, show
        self._stop: Callable[[], None] | None = None
        self.progress: Progress | None = None

    def begin(self) -> Progress:
        """Work begins."""
        self.end()
        self.progress = Progress()
        self._stop = self._timers.after(LOOK, self._look)
        return self.progress

    def end(self) -> None:
        """It is over."""
        if self._stop is not None:
            self._stop()
            self._stop = None
        self.progress = None

    def break_off(self) -> None:
        """Somebody does not want it any more."""
        if self.progress is not None:
            self.progress.break_off()

    def _look(self) -> None:
        self._stop = None
        if self.progress is not None:
            self._show(self.progress)
            self._stop = self._timers.after(LOOK, self._look)
