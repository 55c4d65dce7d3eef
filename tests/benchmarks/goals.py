"""All goals that this program measures, in the order of their numbers."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.benchmarks import queries
from tests.benchmarks.bench import Bench
from tests.benchmarks.measure import Check


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal and what measures it."""

    number: int
    words: str
    measure: Callable[[Bench], list[Check]]


GOALS = (
    Goal(7, "every query that a screen makes, warm, CPU", queries.every_query),
    Goal(9, "a week of all practitioners from the store to Python values", queries.week),
)
