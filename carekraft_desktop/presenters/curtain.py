"""Holds back what would come onto a screen while it is covered (REQ-04).

Work that a worker had begun goes on; what it found, and what was timed, waits until the person
is back and then comes in its order. After a hand-over or a lock it is dropped.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.presenters.tasks import Outcome, Runner, Timers

T = TypeVar("T")


class Curtain:
    """Between the desk's presenters and whatever calls them back."""

    def __init__(self) -> None:
        """Open."""
        self._drawn = False
        self._waiting: list[Callable[[], None]] = []
        self._sitting = 0

    def draw(self) -> None:
        """From now on everything waits."""
        self._drawn = True

    def lift(self) -> None:
        """The same person is back: what has waited comes now."""
        self._drawn = False
        waiting, self._waiting = self._waiting, []
        for call in waiting:
            call()

    def drop(self) -> None:
        """The desk is another's, or gone: nothing of before comes any more."""
        self._drawn = False
        self._waiting.clear()
        self._sitting += 1

    def hold(self, call: Callable[[], None]) -> Callable[[], None]:
        """`call`, to be called by somebody else later: it waits while the curtain is drawn."""
        sitting = self._sitting

        def come() -> None:
            if sitting != self._sitting:
                return
            if self._drawn:
                self._waiting.append(call)
            else:
                call()

        return come


class HeldRunner:
    """Implements `Runner`: reports wait behind the curtain, and so does new work."""

    def __init__(self, runner: Runner, curtain: Curtain) -> None:
        """`runner` does the work."""
        self._runner, self._curtain = runner, curtain

    def submit(self, work: Callable[[], T], report: Callable[[Outcome[T]], None]) -> None:
        """Do `work` elsewhere and report while somebody is there to see it."""
        found: list[Outcome[T]] = []
        told = self._curtain.hold(lambda: report(found[0]))

        def done(outcome: Outcome[T]) -> None:
            found.append(outcome)
            told()

        self._curtain.hold(lambda: self._runner.submit(work, done))()


class HeldTimers:
    """Implements `Timers`: what is due waits behind the curtain."""

    def __init__(self, timers: Timers, curtain: Curtain) -> None:
        """`timers` count."""
        self._timers, self._curtain = timers, curtain

    def after(self, seconds: float, call: Callable[[], None]) -> Callable[[], None]:
        """Call once, later; the answer takes it back, waiting or not."""
        live = [True]
        stop = self._timers.after(seconds, self._curtain.hold(lambda: call() if live else None))

        def take_back() -> None:
            live.clear()
            stop()

        return take_back
