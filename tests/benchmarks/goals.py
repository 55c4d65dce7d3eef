"""All goals that this program measures, in the order of their numbers."""

from collections.abc import Callable
from dataclasses import dataclass

from tests.benchmarks import (
    checking,
    painting,
    polling,
    queries,
    receiving,
    responsiveness,
    saving,
    starting,
)
from tests.benchmarks.bench import Bench
from tests.benchmarks.measure import Check


@dataclass(frozen=True, slots=True)
class Goal:
    """One goal and what measures it."""

    number: int
    words: str
    measure: Callable[[Bench], list[Check]]


GOALS = (
    Goal(1, "start to the lock page", starting.first_window),
    Goal(2, "start to today's list, key known", starting.today_list),
    Goal(3, "memory with today's list shown", starting.memory),
    Goal(4, "password to today's list, less the key derivation", starting.password),
    Goal(5, "the first sync over HTTP, time for each booking", receiving.first_sync),
    Goal(6, "storing bookings with all indexes and search, CPU", receiving.storing),
    Goal(7, "every query that a screen makes, warm, CPU", queries.every_query),
    Goal(9, "a week of all practitioners from the store to Python values", queries.week),
    Goal(10, "the calendar's repaint, scroll and change of day", painting.day),
    Goal(12, "what the reply checker takes while somebody types", checking.verdicts),
    Goal(13, "the window's turns while a first sync runs", responsiveness.beats),
    Goal(15, "one answer saved offline, durable at once", saving.answer),
    Goal(16, "an idle poll of the workstation", polling.idle),
)
