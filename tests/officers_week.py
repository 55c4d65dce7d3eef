"""The privacy officer's week as arithmetic: keys pressed and words to be read, page by page.

Nobody is timed. Reading goes at 200 words a minute, which is slower than the mean silent reading
rate of Brysbaert, Journal of Memory and Language 109 (2019); each key costs a whole second, which
is slower than any operator of the keystroke-level model has it and leaves room for deciding.

`CAREKRAFT_MEASURE=1 python -m pytest tests/window/test_week_of_the_officer.py` writes the counts
anew into `tests/officers_week.json`; then `python -m tests.tasks > docs/tasks.md`.
"""

import json
from dataclasses import asdict, dataclass
from pathlib import Path

WORDS_A_MINUTE = 200
SECONDS_A_KEY = 1
GOAL_MINUTES = 15
FILE = Path(__file__).with_name("officers_week.json")


@dataclass(frozen=True, slots=True)
class Stop:
    """One page of the round."""

    name: str
    did: str
    keys: int
    words: int
    """On the whole page, what has to be scrolled to among it, and not only what is new on it."""

    @property
    def seconds(self) -> float:
        """To read every word and to press every key, one after the other."""
        return self.words * 60 / WORDS_A_MINUTE + self.keys * SECONDS_A_KEY


def minutes(stops: list[Stop]) -> float:
    """The whole round."""
    return sum(each.seconds for each in stops) / 60


def written_down() -> list[Stop]:
    """The round that was driven at the window and counted."""
    return [Stop(**each) for each in json.loads(FILE.read_text("utf-8"))]


def write_down(stops: list[Stop]) -> None:
    """Keep what was counted."""
    FILE.write_text(json.dumps([asdict(each) for each in stops], indent=1) + "\n", "utf-8")
