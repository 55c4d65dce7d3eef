"""What colleagues have marked on bookings, as the exchange last said it."""

import json
from collections.abc import Iterable, Sequence

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.marks import Mark, MarkKind
from carekraft_desktop.store.unit import Reading, Row, Writing

_COLUMNS = (
    "id, version, kind, booking_id, staff, name, device, workstation, at, until, outcome, "
    "booking_version"
)


def put(unit: Writing, marks: Sequence[Mark], *, force: bool) -> None:
    """Keep marks as they are now; `force` also replaces a newer version."""
    unit.run_many(
        """INSERT INTO mark VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id)
        DO UPDATE SET version = excluded.version, staff = excluded.staff, name = excluded.name,
        device = excluded.device, workstation = excluded.workstation, at = excluded.at,
        until = excluded.until, outcome = excluded.outcome,
        booking_version = excluded.booking_version
        WHERE excluded.version > mark.version OR ?""",
        [
            (
                m.id,
                m.version,
                m.kind.value,
                m.visit_id,
                m.staff,
                m.name,
                m.device,
                m.workstation,
                m.at,
                m.until,
                m.outcome,
                m.visit_version,
                int(force),
            )
            for m in marks
        ],
    )


def of_visits(unit: Reading, visit_ids: Iterable[str]) -> list[Mark]:
    """Every mark on these bookings."""
    return _marks(
        unit.rows(
            f"""SELECT {_COLUMNS} FROM mark
            WHERE booking_id IN (SELECT value FROM json_each(?))""",
            json.dumps(list(visit_ids)),
        )
    )


def claims(unit: Reading, now: Moment) -> list[Mark]:
    """Every claim that still lasts."""
    return _marks(unit.rows(f"SELECT {_COLUMNS} FROM mark WHERE kind = 'claim' AND until > ?", now))


def not_entered(unit: Reading, since: Moment, *, most: int) -> list[str]:
    """Confirmed visits from a moment on that are not in the practice system, the next ones first."""
    rows = unit.rows(
        """SELECT id FROM booking INDEXED BY booking_live
        WHERE status IN ('confirmed', 'arrived', 'completed')
        AND start >= ? AND NOT EXISTS (SELECT 1 FROM mark WHERE mark.id = 'entered.' || booking.id)
        ORDER BY start LIMIT ?""",
        since,
        most,
    )
    return [id_ for (id_,) in rows]


def _marks(rows: list[Row]) -> list[Mark]:
    return [Mark(id_, version, MarkKind(kind), *more) for id_, version, kind, *more in rows]
