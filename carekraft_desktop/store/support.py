"""Counts and codes for support: never an id, a name or a text."""

import re
from collections.abc import Iterable

from carekraft_desktop.domain import Moment
from carekraft_desktop.store.unit import Reading

_CODE = re.compile(r"[a-z][a-z0-9.-]{0,63}")


def counts(unit: Reading, tables: Iterable[str]) -> dict[str, int]:
    """How many rows each table has."""
    return {table: int(unit.value(f"SELECT count(*) FROM {table}")) for table in tables}


def acts(unit: Reading, since: Moment) -> dict[str, int]:
    """How often each act is in the journal since then."""
    rows = unit.rows(
        """SELECT action || ' ' || outcome, count(*) FROM journal WHERE at >= ?
        GROUP BY 1 ORDER BY 1""",
        since,
    )
    return {words: int(n) for words, n in rows if all(_CODE.fullmatch(w) for w in words.split())}


def deliveries(unit: Reading) -> dict[str, int]:
    """How the acts of the outbox stand."""
    rows = unit.rows("SELECT delivery, count(*) FROM outbox GROUP BY 1 ORDER BY 1")
    return {delivery: int(n) for delivery, n in rows}


def errors(unit: Reading) -> dict[str, int]:
    """Why items were set aside, by their kind and code; what is no code is "other"."""
    rows = unit.rows("SELECT kind, error, count(*) FROM quarantine GROUP BY 1, 2")
    found: dict[str, int] = {}
    for kind, error, n in rows:
        code = error if _CODE.fullmatch(error) else "other"
        place = f"{kind if _CODE.fullmatch(kind) else 'other'} {code}"
        found[place] = found.get(place, 0) + int(n)
    return found
