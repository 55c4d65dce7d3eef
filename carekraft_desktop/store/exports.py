"""Which bookings are handed out, and the accounting of it."""

from collections.abc import Sequence

from carekraft_desktop.domain import Moment
from carekraft_desktop.store.unit import Reading, Row, Writing

__all__ = ["Writing", "account", "between"]


def between(unit: Reading, first: Moment, last: Moment) -> tuple[str, ...]:
    """Ids of the bookings that begin in this time, in their order; those called off are left out."""
    return tuple(
        id_
        for (id_,) in unit.rows(
            """SELECT id FROM calendar WHERE start >= ? AND start < ?
            AND status NOT IN ('cancelled', 'declined') ORDER BY start, id""",
            first,
            last,
        )
    )


def account(unit: Writing, rows: Sequence[Row]) -> None:
    """A row for each patient of whom something was handed out (REQ-78)."""
    unit.run_many("INSERT INTO ledger VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", rows)
