"""Watches over an open office: when it is to be covered, and when to be closed (REQ-04 to REQ-06).

Idle time is counted by the monotonic clock. A computer that slept without saying so shows by its
two clocks: the date has gone on and the monotonic clock has not.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.security.lock import Cause, Lock, State

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.ports import Clock
    from carekraft_desktop.presenters.tasks import Timers

LOOK = 20.0
"""Seconds between two looks at the clocks, at most."""
SLEPT = 90.0
"""Seconds by which the clocks may drift apart before the computer is taken to have slept."""
_WHY = {Cause.IDLE: "idle", Cause.LONG_IDLE: "long-idle", Cause.SESSION_OVER: "session-over"}


class Guard:
    """Awake from the moment somebody came in until the office is closed."""

    def __init__(
        self,
        clock: Clock,
        timers: Timers,
        *,
        cover: Callable[[str], None],
        close: Callable[[str], None],
    ) -> None:
        """`cover` and `close` take a key of `wording.LOCKED_BY`."""
        self._clock, self._timers = clock, timers
        self._cover, self._close = cover, close
        self._lock: Lock | None = None
        self._stop: Callable[[], None] | None = None
        self._seen = 0.0, 0.0

    def begin(self, idle_minutes: int) -> None:
        """Somebody came in."""
        self.end()
        self._lock = Lock(self._clock, idle_minutes=idle_minutes)
        self._seen = self._clocks()
        self._again()

    def idle_after(self, minutes: int) -> None:
        """Another length of time was chosen."""
        if self._lock is not None:
            self._lock.idle_after(minutes)

    def end(self) -> None:
        """The office is closed; there is nothing to watch over."""
        self._lock = None
        if self._stop is not None:
            self._stop()
            self._stop = None

    def touched(self) -> None:
        """A person moved, typed or pressed."""
        if self._lock is not None and not self._has_slept():
            self._act(self._lock.touch())

    def covered(self) -> None:
        """It was covered, by hand or because nobody was there."""
        if self._lock is not None:
            self._lock.lock()

    def returned(self) -> None:
        """Somebody proved who they are."""
        if self._lock is not None:
            self._lock.returned()

    def _look(self) -> None:
        self._stop = None
        if self._lock is not None and not self._has_slept():
            self._act(self._lock.look())
        if self._lock is not None:
            self._again()

    def _act(self, state: State) -> None:
        lock = self._lock
        if lock is None or state is State.OPEN or lock.cause is None:
            return
        why = _WHY.get(lock.cause, "")
        if state is State.CLOSED:
            self._close(why or "long-idle")
        elif why:
            self._cover(why)

    def _again(self) -> None:
        left = self._lock.seconds_left() if self._lock is not None else None
        if left is not None:
            self._stop = self._timers.after(max(0.0, min(left, LOOK)), self._look)

    def _clocks(self) -> tuple[float, float]:
        return self._clock.now().timestamp(), self._clock.monotonic()

    def _has_slept(self) -> bool:
        """Whether more time has passed by the date than by the monotonic clock; closes then."""
        (date, ticks), (before, then) = self._clocks(), self._seen
        self._seen = date, ticks
        if (date - before) - (ticks - then) < SLEPT:
            return False
        self._close("sleep")
        return True
