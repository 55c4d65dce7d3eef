"""A backup of what offices and patients did, to be put back as after a disaster."""

from typing import Any

from sqlalchemy import Connection, Table, delete, insert, select

from carekraft_desktop.hub import tables

KEPT: tuple[Table, ...] = (
    tables.booking,
    tables.slot,
    tables.feed,
    tables.item,
    tables.outcome,
    tables.receipt,
    tables.progress,
    tables.permission,
    tables.referral,
    tables.letter,
    tables.hold,
    tables.alias,
)
"""Tables that fall back; workstations stay enrolled and signed in."""


class Backup:
    """The rows of those tables at one moment, in memory."""

    def __init__(self, connection: Connection) -> None:
        """Take it."""
        self._rows: dict[Table, list[dict[str, Any]]] = {
            table: [dict(row) for row in connection.execute(select(table)).mappings()]
            for table in KEPT
        }

    @property
    def items(self) -> int:
        """How many items it holds."""
        return len(self._rows[tables.item])

    def put_back(self, connection: Connection) -> None:
        """Let everything that came later be forgotten."""
        for table, rows in self._rows.items():
            connection.execute(delete(table))
            if rows:
                connection.execute(insert(table), rows)
