"""A model of how long a practised person takes by keyboard: the keystroke-level model.

Card, Moran and Newell, "The keystroke-level model for user performance time with interactive
systems", Communications of the ACM 23 (1980): an operator for each key, one for each decision,
and the system's own response. Beside it, the time with every word of the preview read in full, at
the mean silent reading rate of Brysbaert, Journal of Memory and Language 109 (2019). It is a
model: no person was timed, and the conversation with the patient is not in it.

`CAREKRAFT_MEASURE=1 python -m pytest tests/window/test_task_referral.py` writes the figures
anew into `tests/keystrokes.json`; then `python -m tests.tasks > docs/tasks.md`.
"""

import json
import math
from dataclasses import asdict, dataclass
from pathlib import Path

KEY = 0.28
"""Seconds a key, for an average non-secretary typist."""
MENTAL = 1.35
"""Seconds to prepare a decision."""
GOAL_SECONDS = 45
WORDS_A_SECOND = 238 / 60
FILE = Path(__file__).with_name("keystrokes.json")


@dataclass(frozen=True, slots=True)
class Flow:
    """One way through a task."""

    name: str
    keys: int
    decisions: int
    words: int
    """That are read with attention before something leaves."""
    response: float
    """Seconds that the program took for all keys together, when it was measured."""

    @property
    def seconds(self) -> float:
        """What the model says: to check the preview is a decision like any other."""
        return self.keys * KEY + self.decisions * MENTAL + self.response

    @property
    def reading(self) -> float:
        """The same, with every word of the preview and of what was found read in full."""
        return self.seconds + self.words / WORDS_A_SECOND


def flows() -> tuple[Flow, ...]:
    """Those that were driven at the window and written down."""
    return tuple(Flow(**each) for each in json.loads(FILE.read_text("utf-8")))


def write_down(flow: Flow) -> None:
    """Keep what was driven, in place of what was there of the same name."""
    known = {each.name: each for each in flows()} if FILE.exists() else {}
    known[flow.name] = flow
    rows = [
        asdict(each) | {"response": math.ceil(each.response * 10) / 10} for each in known.values()
    ]
    FILE.write_text(json.dumps(rows, indent=1) + "\n", "utf-8")
