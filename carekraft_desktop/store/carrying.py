"""Take over into a restored store what is newer in the store of before, as far as that opens.

Whatever does not come over the feed is the office's own: journal, outbox, records, signatures,
confirmations, holds. Of what does come over it, what takes something away is taken over: removals
and decisions of patients, so that nothing is seen again that was withdrawn (REQ-87, REQ-95).
A table that cannot be read stays as it was in the backup, and is named.
"""

import hmac
from collections.abc import Callable, Iterator
from typing import Any

from carekraft_desktop.errors import StoreDamaged
from carekraft_desktop.store.arrivals import OWNED
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.journal import Entry, Journal
from carekraft_desktop.store.unit import Reading, Row, Writing
from carekraft_desktop.value import Value

_FEED = frozenset(OWNED.values()) | {
    "calendar",
    "quarantine",
    "held_back",
    "other",
    "met",
    "tombstone",
}
_ITSELF = frozenset({"meta", "commits", "journal", "alembic_version"})
"""What is taken over in its own way, or belongs to the file."""
_AGAIN = ("search", "directory")
"""Beginnings of the names of what is made anew or fetched again."""
_STAYS = frozenset(
    {
        Fact.STORE_ID,
        Fact.CURSOR,
        Fact.EPOCH,
        Fact.RESYNC,
        Fact.JOURNAL_KEY,
        Fact.DIRECTORY_PLACE,
        Fact.DIRECTORY_AT,
        Fact.LAST_CONTACT,
        Fact.HEARD,
    }
)
"""Facts that tell of the rows beside them."""
_AT_ONCE = 2_000

Stone = tuple[str, str, int, int, str]


class Carried(Value, frozen=True):
    """What was taken over."""

    failed: tuple[str, ...] = ()
    """Tables that could not be read; as they were in the backup."""
    stones: tuple[Stone, ...] = ()
    """Removals that the store of before knew: kind, id, version, moment, reason."""
    patients: tuple[str, ...] = ()
    """Patients whose decisions may be newer."""
    entries: int = 0
    """Entries of the journal that were taken over."""

    @property
    def complete(self) -> bool:
        """Whether nothing that takes something away can be missing."""
        return not self.failed


def carry(old: Reading, unit: Writing, journal: Journal) -> Carried:
    """Take it over; call with nothing else at work in either store."""
    failed: list[str] = []

    def tried(name: str, take: Callable[[], None]) -> None:
        try:
            take()
        except StoreDamaged:
            failed.append(name)

    stones: list[Stone] = []
    entries: list[int] = []
    people: list[str] = []
    tried("journal", lambda: entries.append(_journal(old, unit, journal)))
    tried("meta", lambda: _facts(old, unit))
    tried("tombstone", lambda: stones.extend(_stones(old)))
    tried("consent", lambda: people.extend(_consents(old, unit)))
    tried("permission", lambda: _permissions(old, unit))
    for name in own_tables(unit):
        tried(name, lambda name=name: _table(old, unit, name))  # type: ignore[misc]
    return Carried(tuple(failed), tuple(stones), tuple(people), sum(entries))


def own_tables(unit: Reading) -> tuple[str, ...]:
    """Tables of what only this office knows; one that a later version adds is among them."""
    names = [
        name
        for (name,) in unit.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
        )
    ]
    return tuple(
        name
        for name in names
        if name not in _FEED | _ITSELF and not name.startswith(("sqlite_", *_AGAIN))
    )


def all_tables(unit: Reading) -> tuple[str, ...]:
    """Every table with rows of its own but the journal."""
    # The calendar shows the bookings once more, and is made of them when they arrive.
    feed = [name for name in sorted(_FEED - {"calendar", "met"}) if _columns(unit, name)]
    return ("meta", *feed, *own_tables(unit))


def shared_columns(old: Reading, unit: Reading, name: str) -> tuple[str, ...]:
    """Columns that the table has in both; none where one of them lacks the table."""
    there = set(_columns(old, name))
    return tuple(column for column in _columns(unit, name) if column in there)


def sends_nothing_unasked(unit: Writing) -> int:
    """Acts that may have been taken back since the backup are not sent; somebody looks at them.

    What had been sent already is asked about again under its key, which applies nothing twice.
    """
    return unit.run(
        """UPDATE outbox SET delivery = 'rejected', problem = 'restored', read = 0
        WHERE delivery IN ('waiting', 'deferred')"""
    )


def _columns(unit: Reading, name: str) -> list[str]:
    return [str(row[1]) for row in unit.rows(f'PRAGMA table_info("{name}")')]


def _table(old: Reading, unit: Writing, name: str) -> None:
    """Its rows as they are in the store of before; where they may not change, the new ones."""
    columns = shared_columns(old, unit, name)
    if not columns:
        return
    rows = list(_rows(old, name, columns))
    kept = refuses(unit, name, "DELETE")
    if not kept:
        unit.run(f'DELETE FROM "{name}"')
    # A row that may be changed and not removed is as it was last; one that may not stays.
    word = "IGNORE" if refuses(unit, name, "UPDATE") else "REPLACE"
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    unit.run_many(f'INSERT OR {word} INTO "{name}" ({names}) VALUES ({marks})', rows)


def refuses(unit: Reading, name: str, what: str) -> bool:
    """Whether a trigger refuses to remove rows (`DELETE`), or to change them (`UPDATE`)."""
    return bool(
        unit.value(
            """SELECT EXISTS (SELECT 1 FROM sqlite_master WHERE type = 'trigger'
            AND tbl_name = ? AND upper(sql) LIKE '%BEFORE ' || ? || '%')""",
            name,
            what,
        )
    )


def _rows(old: Reading, name: str, columns: tuple[str, ...]) -> Iterator[Row]:
    chosen = ", ".join(f'"{column}"' for column in columns)
    yield from old.rows(f'SELECT {chosen} FROM "{name}"')


def _journal(old: Reading, unit: Writing, journal: Journal) -> int:
    """The entries behind the backup's last, as long as they fit to it."""
    last = unit.row("SELECT n, mac FROM journal ORDER BY n DESC LIMIT 1")
    n, before = (int(last[0]), bytes(last[1])) if last else (0, b"")
    there = old.value("SELECT mac FROM journal WHERE n = ?", n) if n else b""
    if there is None or bytes(there) != before:
        raise StoreDamaged("journal")
    taken = 0
    while rows := old.rows("SELECT * FROM journal WHERE n > ? ORDER BY n LIMIT ?", n, _AT_ONCE):
        for number, *fields, mac in rows:
            expected = journal.code(n + 1, before, Entry(*fields))
            if number != n + 1 or not hmac.compare_digest(expected, bytes(mac)):
                raise StoreDamaged("journal")
            unit.run("INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", number, *fields, mac)
            n, before, taken = number, bytes(mac), taken + 1
    return taken


def _facts(old: Reading, unit: Writing) -> None:
    rows = [
        row
        for row in old.rows("SELECT name, value FROM meta")
        if row[0] not in {fact.value for fact in _STAYS}
    ]
    unit.run_many(
        "INSERT INTO meta VALUES (?, ?) ON CONFLICT(name) DO UPDATE SET value = excluded.value",
        rows,
    )


def _stones(old: Reading) -> list[Stone]:
    found: list[Any] = old.rows("SELECT kind, id, version, at, reason FROM tombstone")
    return found


def _consents(old: Reading, unit: Writing) -> list[str]:
    """Newer decisions of patients; what they withdrew is erased by whoever calls."""
    columns = shared_columns(old, unit, "consent")
    held: dict[str, int] = dict(unit.rows("SELECT id, version FROM consent"))
    number, version = columns.index("id"), columns.index("version")
    rows = [
        row
        for row in _rows(old, "consent", columns)
        if int(row[version]) > int(held.get(row[number], 0))
    ]
    names, marks = ", ".join(columns), ", ".join("?" * len(columns))
    sets = ", ".join(f"{column} = excluded.{column}" for column in columns if column != "id")
    unit.run_many(
        f"""INSERT INTO consent ({names}) VALUES ({marks}) ON CONFLICT(id) DO UPDATE SET {sets}
        WHERE excluded.version > consent.version""",
        rows,
    )
    return [str(row[columns.index("patient_id")]) for row in rows]


def _permissions(old: Reading, unit: Writing) -> None:
    rows = old.rows(
        "SELECT revoked_at, version, id, version FROM permission WHERE revoked_at IS NOT NULL"
    )
    unit.run_many(
        "UPDATE permission SET revoked_at = ?, version = ? WHERE id = ? AND version < ?", rows
    )
