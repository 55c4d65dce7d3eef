"""Identifiers and chance that are the same in every run."""

import threading
import uuid

FIRST_MILLISECOND = 1_795_442_400_000  # 2026-11-23T14:00:00Z


class FakeIds:
    """Implements `ports.Ids`: valid UUIDv7s that only ever grow, and a fixed dance of chances."""

    CHANCES = (0.5, 0.1, 0.9, 0.3, 0.7)

    def __init__(self, seed: int = 0) -> None:
        """`seed` keeps two makers of ids in one test apart (0 to 65,535)."""
        self._seed = seed
        self._made = 0
        self._drawn = 0
        self._lock = threading.Lock()

    def new(self) -> str:
        """The next UUIDv7, one millisecond after the one before."""
        with self._lock:
            self._made += 1
            made = self._made
        number = (FIRST_MILLISECOND + made) << 80 | 0x7 << 76 | 0b10 << 62
        return str(uuid.UUID(int=number | self._seed << 32 | made))

    def unguessable(self) -> str:
        """The next UUIDv4, one after the other."""
        with self._lock:
            self._made += 1
            return str(uuid.UUID(int=self._seed << 96 | self._made << 16, version=4))

    def chance(self) -> float:
        """The next of a fixed round of five."""
        with self._lock:
            self._drawn += 1
            return self.CHANCES[(self._drawn - 1) % len(self.CHANCES)]
