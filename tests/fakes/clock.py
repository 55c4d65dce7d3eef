"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

START = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


class FakeClock:
    """Implements `ports.Clock`; wall and monotonic time can be moved apart."""

    def __init__(self, start: datetime = START) -> None:
        """`start`: the first moment, with its zone."""
        self._now = start.astimezone(UTC)
        self._monotonic = 1000.0

    def now(self) -> datetime:
        """The fake moment, in UTC."""
        return self._now

    def monotonic(self) -> float:
        """Fake seconds; only `advance` moves them."""
        return self._monotonic

    def advance(self, *, seconds: float = 0.0, minutes: float = 0.0, days: float = 0.0) -> None:
        """Let time pass, on both clocks."""
        step = timedelta(seconds=seconds, minutes=minutes, days=days)
        if step < timedelta(0):
            message = "time does not go back; use set_wall for a clock that was changed"
            raise ValueError(message)
        self._now += step
        self._monotonic += step.total_seconds()

    def set_wall(self, moment: datetime) -> None:
        """Somebody changes the computer's clock; monotonic time does not notice."""
        self._now = moment.astimezone(UTC)
