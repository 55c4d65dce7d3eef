"""The record of disposals: when, by whom, what, of which class and since when it was due."""

from datetime import date

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.retention import Life
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import Value

DISPOSED, HELD = "disposed", "HELD"
"""What became of a thing that was due (REQ-83)."""


class Run(Value, frozen=True):
    """One disposal."""

    id: str
    at: Moment
    on_day: date
    staff: str
    """Staff id; empty when the program did it by itself."""
    ended_at: Moment = 0
    disposed: int = 0
    held: int = 0


class Line(Value, frozen=True):
    """One thing that was due."""

    kind: str
    id: str
    life: Life
    outcome: str


def begin(unit: Writing, run: Run) -> None:
    """The record comes first; nothing can be destroyed without it. One that broke off ends."""
    unit.run("UPDATE disposal_run SET ended_at = ? WHERE ended_at = 0", run.at)
    unit.run(
        "INSERT INTO disposal_run VALUES (?, ?, ?, ?, 0, 0, 0)",
        run.id,
        run.at,
        run.on_day.isoformat(),
        run.staff,
    )


def add(unit: Writing, run_id: str, line: Line) -> None:
    """One thing, and what became of it."""
    unit.run(
        "INSERT OR IGNORE INTO disposal_line VALUES (?, ?, ?, ?, ?, ?, ?)",
        run_id,
        line.kind,
        line.id,
        line.life.kept.value,
        line.life.start.isoformat(),
        line.life.due.isoformat(),
        line.outcome,
    )


def end(unit: Writing, run_id: str, at: Moment) -> None:
    """It is over; from now on nothing can be destroyed until the next one begins."""
    unit.run(
        """UPDATE disposal_run SET ended_at = ?1, disposed = (SELECT count(*) FROM disposal_line
        WHERE run_id = ?2 AND outcome = ?3), held = (SELECT count(*) FROM disposal_line
        WHERE run_id = ?2 AND outcome = ?4) WHERE id = ?2""",
        at,
        run_id,
        DISPOSED,
        HELD,
    )


def runs(unit: Reading, *, most: int = 50) -> tuple[Run, ...]:
    """The newest disposals first."""
    rows = unit.rows(
        """SELECT id, at, on_day, staff, ended_at, disposed, held FROM disposal_run
        ORDER BY at DESC, id DESC LIMIT ?""",
        most,
    )
    return tuple(Run(id_, at, date.fromisoformat(day), *rest) for id_, at, day, *rest in rows)


def counts(unit: Reading, run_id: str) -> dict[str, int]:
    """How many of each class a run destroyed."""
    return dict(
        unit.rows(
            """SELECT class, count(*) FROM disposal_line WHERE run_id = ? AND outcome = ?
            GROUP BY class ORDER BY class""",
            run_id,
            DISPOSED,
        )
    )
