"""Open, locked or closed: decided by the clock and by people, and by nothing else.

`LOCKED` hides every patient and asks for the password; the key stays, so that a sync can go on.
`CLOSED` is final for this process: the store is closed, the key wiped, the process replaced.
Only a person's own input counts as activity; a sync, a timer or an animation never does
(REQ-04, REQ-05, REQ-06). This file knows no window and no thread: whoever has them calls it.
"""

from enum import StrEnum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from carekraft_desktop.ports import Clock

LEAST_IDLE, USUAL_IDLE, MOST_IDLE = 1, 5, 15  # minutes without input until it locks
CLOSE_AFTER = 30 * 60.0
"""Seconds without input until it closes."""
LONGEST_SESSION = 12 * 3600.0
"""Seconds from signing in until it closes, however busy somebody is."""


class State(StrEnum):
    """What may be seen."""

    OPEN = "open"
    LOCKED = "locked"
    CLOSED = "closed"


class Cause(StrEnum):
    """Why it is no longer open; for the journal."""

    IDLE = "idle"
    ASKED = "asked"
    SYSTEM = "system"
    LONG_IDLE = "long-idle"
    SESSION_OVER = "session-over"
    SIGNED_OUT = "signed-out"


class Lock:
    """The lock of one signed-in session, from the moment somebody came in."""

    def __init__(self, clock: "Clock", *, idle_minutes: int = USUAL_IDLE) -> None:
        """Open, as of now.

        Args:
            clock: its monotonic time is used, so the computer's date plays no part.
            idle_minutes: kept between 1 and 15, whatever the settings say.
        """
        self._clock = clock
        self.idle_after(idle_minutes)
        self._began = self._touched = clock.monotonic()
        self._state = State.OPEN
        self._cause: Cause | None = None

    @property
    def cause(self) -> Cause | None:
        """Why it is locked or closed; None while it is open."""
        return self._cause

    def idle_after(self, minutes: int) -> None:
        """Another length of time; the session goes on being counted from its beginning."""
        self._idle = 60.0 * min(max(minutes, LEAST_IDLE), MOST_IDLE)

    def look(self) -> State:
        """The state now; time that has passed unnoticed counts as well."""
        now = self._clock.monotonic()
        if self._state is not State.CLOSED:
            if now - self._began >= LONGEST_SESSION:
                self._become(State.CLOSED, Cause.SESSION_OVER)
            elif now - self._touched >= CLOSE_AFTER:
                self._become(State.CLOSED, Cause.LONG_IDLE)
            elif self._state is State.OPEN and now - self._touched >= self._idle:
                self._become(State.LOCKED, Cause.IDLE)
        return self._state

    def touch(self) -> State:
        """A person moved, typed or pressed; too late once the time had run out."""
        if self.look() is State.OPEN:
            self._touched = self._clock.monotonic()
        return self._state

    def lock(self) -> State:
        """A person asked for it."""
        if self.look() is State.OPEN:
            self._become(State.LOCKED, Cause.ASKED)
        return self._state

    def close(self, cause: Cause = Cause.SYSTEM) -> State:
        """The system locks, sleeps or switches users, or the person signs out."""
        if self.look() is not State.CLOSED:
            self._become(State.CLOSED, cause)
        return self._state

    def returned(self) -> State:
        """The password was right: open again, unless it has closed meanwhile."""
        if self.look() is State.LOCKED:
            self._state, self._cause = State.OPEN, None
            self._touched = self._clock.monotonic()
        return self._state

    def seconds_left(self) -> float | None:
        """How long until time alone changes the state; None when it no longer can."""
        state, now = self.look(), self._clock.monotonic()
        if state is State.CLOSED:
            return None
        limit = self._idle if state is State.OPEN else CLOSE_AFTER
        return min(self._touched + limit, self._began + LONGEST_SESSION) - now

    def _become(self, state: State, cause: Cause) -> None:
        self._state, self._cause = state, cause
