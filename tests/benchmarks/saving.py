"""Goal 15: one answer of the office, saved while the exchange is out of reach."""

import itertools
import time
from collections.abc import Callable
from typing import Any

from carekraft_desktop.domain.visits import Status
from carekraft_desktop.services import arrivals, visits
from carekraft_desktop.services.arrivals import Circumstances
from carekraft_desktop.store import engine
from carekraft_desktop.store.unit import Store
from tests.benchmarks import feed, sample
from tests.benchmarks.bench import Bench
from tests.benchmarks.measure import Case, Check, interleave
from tests.benchmarks.receiving import Stores, opened

ANSWERS = 40
"""Saved in each round, one transaction each."""
BOOKINGS = 4_000


def answer(bench: Bench) -> list[Check]:
    """On the wall and in CPU, against the same rows in a bare transaction."""
    stores = Stores(bench)
    store = opened(stores.folder())
    desk = sample.desk_of(store)
    waiting = iter(_fill(store))
    other = stores.folder()
    twin = opened(other)
    _fill(twin)
    twin.close()
    bare = engine.connect(other / "office.store", sample.KEY)
    numbers = itertools.count(1)

    def ours() -> None:
        visits.cancel(desk, next(waiting), sample.AWAY)

    def limit() -> None:
        _rows(bare, next(numbers))

    against = "bare SQLCipher transaction of the same rows, synchronous=FULL"
    checks = []
    clocks: tuple[tuple[str, Callable[[], float], float], ...] = (
        ("an answer kept, wall", time.perf_counter, 1.3),
        ("the same, CPU", time.thread_time, 2.0),
    )
    for what, clock, target in clocks:
        cases = {"limit": _each(limit, clock), "ours": _each(ours, clock)}
        cases["ours"]()
        measured = interleave(cases, rounds=5, limit="limit")
        checks.append(
            measured.check(15, what, against, target, ours="ours", against="limit", unit="us")
        )
    bare.close()
    store.close()
    return checks


def _each(work: Callable[[], None], clock: Callable[[], float]) -> Case:
    def case() -> float:
        began = clock()
        for _ in range(ANSWERS):
            work()
        return (clock() - began) / ANSWERS

    return case


def _fill(store: Store) -> list[str]:
    """Receives an office; the ids of what the office can cancel."""
    how = Circumstances(now=sample.NOW, ids=sample.desk_of(store).ids, program="bench")
    with store.write() as unit:
        arrivals.apply(unit, feed.people(BOOKINGS), how)
        rows = unit.rows("SELECT id FROM booking WHERE status = ?", Status.CONFIRMED.value)
    return [id_ for (id_,) in rows]


def _rows(connection: Any, number: int) -> None:
    """What an answer leaves: the intention, its line in the journal, the count of commits."""
    connection.execute("BEGIN IMMEDIATE")
    connection.execute(
        "INSERT INTO outbox VALUES (?, ?, ?, 'cancel', 1, 'staff-1', ?, ?, 'waiting', NULL, NULL, "
        "'', '', 'provider-away', 0, ?, '', 0, 0, 'booking', '', 0)",
        (number, sample.uid(number, 1), sample.uid(number, 2), sample.NOW, sample.NOW, sample.NOW),
    )
    connection.execute(
        "INSERT INTO journal VALUES (?, ?, 'staff-1', 'ws-1', 'visit.cancel', ?, 'provider-away', "
        "'done', ?)",
        (number, sample.NOW, sample.uid(number, 2), bytes(32)),
    )
    connection.execute("UPDATE commits SET n = n + 1")
    connection.execute("COMMIT")
