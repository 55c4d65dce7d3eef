"""What every benchmark gets: how large to be, how often to repeat, and where to put files."""

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from tests.benchmarks import sample
from tests.benchmarks.sample import Sample


@dataclass(frozen=True)
class Size:
    """How much is measured."""

    held: int
    """Bookings in the store whose reading is measured."""
    stored: int
    """Bookings that are written or received."""
    rounds: int
    starts: int
    """Rounds for whole processes."""


FULL = Size(held=1_000_000, stored=100_000, rounds=5, starts=9)
QUICK = Size(held=100_000, stored=20_000, rounds=3, starts=5)


class Bench:
    """One run of the benchmarks."""

    def __init__(self, folder: Path, size: Size) -> None:
        """`folder`: empty, and removed by the caller."""
        self.folder = folder
        self.size = size

    @cached_property
    def sample(self) -> Sample:
        """The store whose reading is measured, made when it is first asked for."""
        return sample.make(self.folder / "office", self.size.held)

    def place(self, name: str) -> Path:
        """A new folder."""
        for number in range(1, 10_000):
            chosen = self.folder / f"{name}-{number}"
            if not chosen.exists():
                chosen.mkdir()
                return chosen
        raise FileExistsError(name)
