"""What a patient withdrew and the office must keep: apart from everything a list or search reads.

A record lies here as it was, whole, until its day. Only the privacy officer's pages read it; no
window, list, search, call list, print or message knows this table (REQ-85).
"""

from collections.abc import Iterable
from datetime import date

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.retention import Kept, Life
from carekraft_desktop.store.records import Record, read, written
from carekraft_desktop.store.unit import Reading, Row, Writing
from carekraft_desktop.value import Value

_COLUMNS = "patient_id, kind, id, part, class, start_day, due_on, birth, guardian, at, body"


class Piece(Value, frozen=True):
    """One record that is kept."""

    patient_id: str
    kind: str
    """The table it was in."""
    id: str
    part: str
    """A class of data that was withdrawn alone; empty for the whole record."""
    life: Life
    birth: str
    """What the date was made of, so that it can be made anew when the table changes."""
    guardian: bool
    at: Moment
    body: Record


def put(unit: Writing, pieces: Iterable[Piece]) -> None:
    """Keep these; one that is kept already is kept as it is now."""
    unit.run_many(
        f"""INSERT INTO kept ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT(kind, id, part) DO UPDATE SET class = excluded.class,
        start_day = excluded.start_day, due_on = excluded.due_on, birth = excluded.birth,
        guardian = excluded.guardian, at = excluded.at, body = excluded.body""",
        [
            (
                p.patient_id,
                p.kind,
                p.id,
                p.part,
                p.life.kept.value,
                p.life.start.isoformat(),
                p.life.due.isoformat(),
                p.birth,
                int(p.guardian),
                p.at,
                written(p.body),
            )
            for p in pieces
        ],
    )


def of(unit: Reading, patient_id: str) -> tuple[Piece, ...]:
    """Everything that is kept of one patient."""
    rows = unit.rows(f"SELECT {_COLUMNS} FROM kept WHERE patient_id = ? ORDER BY n", patient_id)
    return tuple(map(_piece, rows))


def is_kept(unit: Reading, kind: str, id_: str) -> bool:
    """Whether a record is kept, whole."""
    return bool(unit.value("SELECT 1 FROM kept WHERE kind = ? AND id = ? AND part = ''", kind, id_))


def every(unit: Reading) -> tuple[Piece, ...]:
    """Everything that is kept."""
    return tuple(map(_piece, unit.rows(f"SELECT {_COLUMNS} FROM kept ORDER BY n")))


def due(unit: Reading, day: date, *, most: int) -> tuple[Piece, ...]:
    """What is due by a day, the longest due first."""
    rows = unit.rows(
        f"SELECT {_COLUMNS} FROM kept WHERE due_on <= ? ORDER BY due_on, n LIMIT ?",
        day.isoformat(),
        most,
    )
    return tuple(map(_piece, rows))


def drop(unit: Writing, piece: Piece) -> None:
    """Destroy it; the store itself refuses before its day, without a record, or under a hold."""
    unit.run(
        "DELETE FROM kept WHERE kind = ? AND id = ? AND part = ?", piece.kind, piece.id, piece.part
    )


def _piece(row: Row) -> Piece:
    patient_id, kind, id_, part, kept, start, due_on, birth, guardian, at, body = row
    life = Life(Kept(kept), date.fromisoformat(start), date.fromisoformat(due_on))
    return Piece(patient_id, kind, id_, part, life, birth, bool(guardian), at, read(body))
