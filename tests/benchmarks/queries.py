"""Goals 7 and 9: what the screens read, against the same file unencrypted and a bare read."""

import statistics
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from carekraft_desktop.store import engine, office, outbox, patients, visits
from carekraft_desktop.store.unit import Reading
from tests.benchmarks import sample
from tests.benchmarks.bench import Bench
from tests.benchmarks.measure import Check, Measured, cpu, interleave
from tests.benchmarks.sample import DAY, NOW, Sample

Query = Callable[[Reading], object]


def shipped(held: Sample, ids: list[str], people: list[str]) -> dict[str, Query]:
    """Every query that a screen makes, by name; one-row queries are made for many rows."""
    first, last = held.day
    begin, end = held.week
    provider = sample.provider_id(3)
    return {
        "day": lambda unit: visits.between(unit, first, last),
        "week": lambda unit: visits.between(unit, begin, end),
        "inbox": visits.requested,
        "entries": lambda unit: visits.entries(unit, ids),
        "booking": lambda unit: [visits.get(unit, each) for each in ids],
        "patient": lambda unit: [patients.get(unit, each) for each in people],
        "shares": lambda unit: [patients.shares(unit, each) for each in people],
        "insurance": lambda unit: [patients.insurance(unit, each) for each in people],
        "history": lambda unit: [outbox.about(unit, each) for each in ids],
        "openings": lambda unit: office.openings(unit, provider, NOW, NOW + 14 * DAY),
        "providers": office.providers,
        "showing": outbox.showing,
        "outbox": outbox.lines,
        "counts": outbox.count,
    }


def plain_copy(held: Sample, path: Path) -> Any:
    """A connection to the same file without encryption, set up like the program's own."""
    from sqlcipher3 import dbapi2

    source = engine.connect(held.path, sample.KEY)
    source.execute("ATTACH DATABASE ? AS plain KEY ''", (str(path),))
    source.execute("SELECT sqlcipher_export('plain')")
    source.execute("DETACH DATABASE plain")
    source.close()
    connection = dbapi2.connect(str(path), check_same_thread=False, isolation_level=None)
    for pragma in (*engine._PRAGMAS, "query_only=ON"):
        connection.execute(f"PRAGMA {pragma}")
    return connection


@contextmanager
def looking(connection: Any) -> Iterator[Reading]:
    """A read transaction as `Store.read` makes it, over any connection."""
    connection.execute("BEGIN")
    try:
        yield Reading(connection.execute)
    finally:
        connection.execute("ROLLBACK")


def every_query(bench: Bench) -> list[Check]:
    """Goal 7."""
    held = bench.sample
    ours = engine.connect(held.path, sample.KEY, read_only=True)
    plain = plain_copy(held, bench.place("plain") / "plain.db")
    first, last = held.day
    with looking(ours) as unit:
        today = visits.between(unit, first, last)[:50]
    queries = shipped(held, [e.id for e in today], [e.patient_id for e in today])
    measured = {
        name: _compare(query, ours, plain, bench.size.rounds) for name, query in queries.items()
    }
    for connection in (ours, plain):
        connection.close()
    medians = {name: statistics.median(m.ratios("ours", "plain")) for name, m in measured.items()}
    steady = all(m.steady for m in measured.values())
    worst = max(medians, key=lambda name: medians[name])
    limit = "the same query on an unencrypted copy"
    everything = tuple(medians.values())
    return [
        Check(
            7,
            f"{len(medians)} queries of the screens, warm",
            limit,
            1.15,
            everything,
            steady=steady,
            scale="one ratio for each query",
        ),
        measured[worst].check(
            7, f"the worst of them: {worst}", limit, 1.3, ours="ours", against="plain", unit="us"
        ),
    ]


def _compare(query: Query, ours: Any, plain: Any, rounds: int) -> Measured:
    def ask(connection: Any) -> object:
        with looking(connection) as unit:
            return query(unit)

    once = cpu(lambda: ask(plain))
    once()  # warms the cache
    times = max(3, min(200, int(0.02 / max(once(), 1e-5))))
    cases = {
        "ours": cpu(lambda: ask(ours), times=times),
        "plain": cpu(lambda: ask(plain), times=times),
    }
    cases["ours"]()
    return interleave(cases, rounds=max(5, rounds), limit="plain")


def week(bench: Bench) -> list[Check]:
    """Goal 9."""
    held = bench.sample
    first, last = held.week
    store = held.open()
    raw = engine.connect(held.path, sample.KEY, read_only=True)

    def values() -> None:
        with store.read() as unit:
            visits.between(unit, first, last)

    def rows() -> None:
        raw.execute(
            "SELECT * FROM calendar WHERE start >= ? AND start < ?", (first, last)
        ).fetchall()

    def joined() -> None:
        raw.execute(
            """SELECT start, booking.id, "end", provider_id, patient_id, name, status,
            booking.version, requested_at FROM booking NOT INDEXED JOIN patient
            ON patient.id = patient_id WHERE start >= ? AND start < ? ORDER BY start""",
            (first, last),
        ).fetchall()

    for work in (values, rows):
        work()
    cases = {"values": cpu(values, times=10), "rows": cpu(rows, times=10), "naive": cpu(joined)}
    measured = interleave(cases, rounds=max(5, bench.size.rounds), limit="rows")
    raw.close()
    store.close()
    limit = "raw rows of the clustered table"
    return [
        measured.check(
            9, "week of all practitioners as values", limit, 1.3, ours="values", against="rows"
        ),
        measured.check(
            9,
            "the naive way: bookings joined with patients",
            limit,
            None,
            ours="naive",
            against="rows",
        ),
    ]
