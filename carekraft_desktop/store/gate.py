"""Lets many look at once, and one make a pause in which nobody looks."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Gate:
    """Who looks is never sent away; who wants a pause waits for them, and then they wait."""

    def __init__(self) -> None:
        """Open."""
        self._changed = threading.Condition()
        self._mine = threading.local()
        self._looking = 0
        self._shut = False

    @contextmanager
    def looking(self) -> Iterator[None]:
        """Look, now or after the pause; a look within a look never waits."""
        depth = getattr(self._mine, "depth", 0)
        if not depth:
            with self._changed:
                self._changed.wait_for(lambda: not self._shut)
                self._looking += 1
        self._mine.depth = depth + 1
        try:
            yield
        finally:
            self._mine.depth = depth
            if not depth:
                with self._changed:
                    self._looking -= 1
                    self._changed.notify_all()

    @contextmanager
    def pause(self) -> Iterator[None]:
        """Nobody looks until the block ends; one pause at a time."""
        with self._changed:
            self._shut = True
            self._changed.wait_for(lambda: not self._looking)
        try:
            yield
        finally:
            with self._changed:
                self._shut = False
                self._changed.notify_all()
