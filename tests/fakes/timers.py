"""Timers that wait for a test to let time pass."""

from collections.abc import Callable


class FakeTimers:
    """Implements `presenters.tasks.Timers`."""

    def __init__(self) -> None:
        """Nothing is due."""
        self.now = 0.0
        self._due: list[tuple[float, int, Callable[[], None]]] = []
        self._made = 0

    def after(self, seconds: float, call: Callable[[], None]) -> Callable[[], None]:
        """Remember it."""
        self._made += 1
        entry = (self.now + seconds, self._made, call)
        self._due.append(entry)

        def stop() -> None:
            if entry in self._due:
                self._due.remove(entry)

        return stop

    def advance(self, seconds: float) -> None:
        """Let time pass; what falls due is called in order."""
        end = self.now + seconds
        while due := [entry for entry in self._due if entry[0] <= end]:
            entry = min(due, key=lambda each: each[:2])
            self._due.remove(entry)
            self.now = entry[0]
            entry[2]()
        self.now = end

    @property
    def waiting(self) -> int:
        """How many are to come."""
        return len(self._due)
