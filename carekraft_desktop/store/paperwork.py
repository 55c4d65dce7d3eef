"""Paperwork of six years: which rows of which table are due, each by the day its time began.

The store itself holds the same rule in triggers; this list only finds what they let go. What was
in force counts from the day it ended, so that the newest version never goes (REQ-30).
"""

from datetime import date

from carekraft_desktop.domain.retention import Kept, Life
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import Value

_DAY = "unixepoch(NULLIF({column}, ''))"
STARTS: dict[str, tuple[str, str, Kept]] = {
    "ledger": ("id", "t.at", Kept.PAPER),
    "disclosure": ("id", "t.at", Kept.PAPER),
    "reply_record": ("n", "t.at", Kept.PAPER),
    "attestation": ("staff || ' ' || subject || ' ' || version || ' ' || at", "t.at", Kept.PAPER),
    "access_review": ("at", "t.at", Kept.PAPER),
    "weekly_review": ("week", "t.signed_at", Kept.PAPER),
    "erasure": ("hex(hash)", "t.at", Kept.PAPER),
    "paper": (
        "n",
        "(SELECT min(from_at) FROM paper AS p WHERE p.kind = t.kind AND p.n > t.n)",
        Kept.PAPER,
    ),
    "retention_table": (
        "n",
        "(SELECT min(at) FROM retention_table AS r WHERE r.n > t.n)",
        Kept.PAPER,
    ),
    "outside": ("id", "t.at", Kept.PAPER),
    "copy_given": ("id", "t.at", Kept.PAPER),
    "patient_request": ("id", _DAY.format(column="t.closed_on"), Kept.PAPER),
    "suspension": ("id", _DAY.format(column="t.last_day"), Kept.PAPER),
    "wish": ("id", "NULLIF(t.ended_at, 0)", Kept.PAPER),
    "representative": ("id", _DAY.format(column="t.ends_on"), Kept.PERMISSION),
    "authorization": (
        "id",
        "max(t.made_at, t.revoked_at, coalesce(unixepoch(NULLIF(t.expires_on, '')),"
        " unixepoch(NULLIF(t.event_on, ''))))",
        Kept.PERMISSION,
    ),
}
"""For each table: its key, when the six years of a row begin, and its class."""
BEHIND: dict[str, tuple[str, ...]] = {"patient_request": ("amendment", "request_step")}
"""What goes together with a row, by `request_id`."""


class Sheet(Value, frozen=True):
    """One row of paperwork."""

    table: str
    key: str
    life: Life


def due(unit: Reading, day: date, *, most: int) -> tuple[Sheet, ...]:
    """What is due by a day."""
    found: list[Sheet] = []
    for table, (key, start, kept) in STARTS.items():
        rows = unit.rows(
            f"""SELECT CAST({key} AS TEXT), date({start}, 'unixepoch'),
            date({start}, 'unixepoch', '+6 years') AS due FROM {table} AS t
            WHERE due <= ? ORDER BY due LIMIT ?""",
            day.isoformat(),
            most,
        )
        found += [
            Sheet(table, name, Life(kept, date.fromisoformat(began), date.fromisoformat(until)))
            for name, began, until in rows
        ]
    return tuple(found[:most])


def life(unit: Reading, table: str, key: str) -> Life | None:
    """When one row is due; None while it is in force, or is not there."""
    name, start, kept = STARTS[table]
    row = unit.row(
        f"""SELECT date({start}, 'unixepoch'), date({start}, 'unixepoch', '+6 years')
        FROM {table} AS t WHERE CAST({name} AS TEXT) = ?""",
        key,
    )
    if row is None or row[0] is None:
        return None
    return Life(kept, date.fromisoformat(row[0]), date.fromisoformat(row[1]))


def drop(unit: Writing, sheet: Sheet) -> None:
    """Destroy it; the store refuses before its day, without a record, or under a hold on all."""
    key, _, _ = STARTS[sheet.table]
    unit.run(f"DELETE FROM {sheet.table} WHERE CAST({key} AS TEXT) = ?", sheet.key)
    for table in BEHIND.get(sheet.table, ()):
        unit.run(f"DELETE FROM {table} WHERE request_id = ?", sheet.key)


def count(unit: Reading) -> int:
    """How many rows there are."""
    return sum(int(unit.value(f"SELECT count(*) FROM {table}")) for table in STARTS)
