"""Save from a damaged file whatever can be read, row by row, and say what cannot.

A page that fails its check takes its rows along and no others. A table is read forward until a page
fails, backward from its end until one fails, and then between the two: probed in the middle of
what is dark, and read from there in both directions. So what is lost is a page's
rows around each damage, not the rest of the table.
"""

import hmac
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from carekraft_desktop.errors import NothingReadable, StoreDamaged, StoreError
from carekraft_desktop.store.carrying import all_tables, refuses, shared_columns
from carekraft_desktop.store.engine import connect, translated
from carekraft_desktop.store.journal import Entry, Journal
from carekraft_desktop.store.unit import Reading, Row, Writing
from carekraft_desktop.value import Value

AT_ONCE = 500
_PATIENCE = 40
"""Probes in a row that find nothing; then what is left of a gap is taken for lost."""
_BYTES = 40
"""Letters of a key that are told apart; ours have 36."""

Key = tuple[Any, ...]


class Saved(Value, frozen=True):
    """What became of one table."""

    table: str
    rows: int
    """Rows that were saved."""
    gaps: int = 0
    """Places at which rows may be missing; how many rows nobody can say."""
    lost: bool = False
    """Not even its description could be read."""

    @property
    def whole(self) -> bool:
        """Whether every row of it was read."""
        return not self.gaps and not self.lost


class Source:
    """A damaged file that is only read."""

    def __init__(self, path: Path, key: bytes | bytearray) -> None:
        """Open it as far as it opens.

        Raises:
            NothingReadable: not even its first page.
        """
        self._path, self._key = path, bytearray(key)
        try:
            self._connection = connect(path, key, read_only=True)
        except StoreError as failure:
            raise NothingReadable(failure.code) from None
        self.look = Reading(self._execute)

    def close(self) -> None:
        """Let go of it."""
        self._connection.close()
        self._key[:] = bytes(len(self._key))

    def _execute(self, sql: str, values: Sequence[Any] = ()) -> "_Rows":
        """One query, read to its end; over a new connection where a page fails.

        A connection that met a damaged page refuses everything from then on.
        """
        try:
            with translated():
                return _Rows(self._connection.execute(sql, values).fetchall())
        except StoreDamaged:
            self._connection.close()
            self._connection = connect(self._path, self._key, read_only=True)
            raise

    def save(
        self, unit: Writing, names: tuple[str, ...], told: Callable[[int, int], None]
    ) -> tuple[Saved, ...]:
        """Read these tables into the store of `unit`; in their order.

        `told` is called with tables done and tables in all.
        """
        done = []
        for place, name in enumerate(names):
            told(place, len(names))
            done.append(self._table(unit, name))
        told(len(names), len(names))
        return tuple(done)

    def save_journal(self, unit: Writing, journal: Journal) -> tuple[Saved, int]:
        """The journal as far as its chain holds, and apart from it what else can be read.

        Returns:
            What became of it, and the number of the first entry that is missing; 0 for none.
        """
        try:
            columns = shared_columns(self.look, unit, "journal")
        except StoreDamaged:
            return Saved("journal", 0, lost=True), 1
        table = _Table(self.look, "journal", columns, ("n",))
        rows = sorted(row for some in table.readable() for row in some)
        (n, before), whole = self._packed(unit), 0
        rows = [row for row in rows if row[0] > n]
        for number, *fields, mac in rows:
            fits = hmac.compare_digest(journal.code(n + 1, before, Entry(*fields)), bytes(mac))
            if number != n + 1 or not fits:
                break
            n, before, whole = number, bytes(mac), whole + 1
        insert = "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)"
        unit.run_many(f"INSERT INTO journal {insert}", rows[:whole])
        unit.run_many(f"INSERT OR IGNORE INTO salvaged_entry {insert}", rows[whole:])
        cut = n + 1 if table.gaps or whole < len(rows) else 0
        return Saved("journal", len(rows), table.gaps), cut

    def _packed(self, unit: Writing) -> tuple[int, bytes]:
        """Where the entries begin that are not packed into segments; those are a table beside."""
        try:
            if not shared_columns(self.look, unit, "journal_segment"):
                return 0, b""
            last = self.look.row(
                "SELECT last, after FROM journal_segment ORDER BY first DESC LIMIT 1"
            )
        except StoreDamaged:
            return 0, b""
        return (int(last[0]), bytes(last[1])) if last else (0, b"")

    def _table(self, unit: Writing, name: str) -> Saved:
        try:
            columns = shared_columns(self.look, unit, name)
            keys = _keys(self.look, name)
        except StoreDamaged:
            return Saved(name, 0, lost=True)
        if not columns:
            return Saved(name, 0, lost=bool(_keys(unit, name)))
        if not refuses(unit, name, "DELETE"):
            unit.run(f'DELETE FROM "{name}"')
        table = _Table(self.look, name, columns, keys)
        marks = ", ".join("?" * len(columns))
        named = ", ".join(f'"{column}"' for column in columns)
        rows = 0
        for some in table.readable():
            rows += len(some)
            unit.run_many(f'INSERT OR REPLACE INTO "{name}" ({named}) VALUES ({marks})', some)
        return Saved(name, rows, table.gaps)


class _Rows:
    """Rows that were read, as a cursor gives them."""

    def __init__(self, rows: list[Row]) -> None:
        self._rows = rows

    def fetchall(self) -> list[Row]:
        """All of them."""
        return self._rows

    def fetchone(self) -> Row | None:
        """The first, None where there is none."""
        return self._rows[0] if self._rows else None


def tables_of(unit: Reading) -> tuple[str, ...]:
    """What is saved beside the journal: the facts, what arrives, and what is the office's own."""
    return all_tables(unit)


def _keys(unit: Reading, name: str) -> tuple[str, ...]:
    """The columns that a table is ordered by; `rowid` where it has no key of its own."""
    rows = unit.rows(f'PRAGMA table_info("{name}")')
    own = sorted((int(row[5]), str(row[1])) for row in rows if row[5])
    if own:
        return tuple(column for _, column in own)
    return ("rowid",) if rows else ()


class _Table:
    """One table of the damaged file."""

    def __init__(
        self, look: Reading, name: str, columns: tuple[str, ...], keys: tuple[str, ...]
    ) -> None:
        self._look, self._name = look, name
        self._keys = keys
        chosen = ", ".join([*(f'"{k}"' if k != "rowid" else k for k in keys), *_quoted(columns)])
        self._select = f'SELECT {chosen} FROM "{name}"'
        self._key = ", ".join(f'"{k}"' if k != "rowid" else k for k in keys)
        self._marks = ", ".join("?" * len(keys))
        self.gaps = 0

    def readable(self) -> Iterator[list[Row]]:
        """All rows that can be read, some at a time."""
        first, reached, ended = self._run(None, None, back=False)
        yield from first
        if ended:
            return
        last, other, _ = self._run(reached, None, back=True)
        yield from last
        yield from self._between(reached, other)

    def _between(self, low: Key | None, high: Key | None) -> Iterator[list[Row]]:
        """Rows in the gap between two readable ones: probed in the middle of the widest part."""
        dark = [(low, high)]
        failures = 0
        while dark and failures < _PATIENCE:
            dark.sort(key=_width)
            below, above = dark.pop()
            middle = _middle(below, above)
            if middle is None:
                dark.insert(0, (below, above))
                break
            up, reached, ended = self._run(middle, above, back=False)
            down, lowest, began = self._run(below, middle, back=True)
            yield from up
            yield from down
            failures = 0 if up or down else failures + 1
            if not ended:
                dark.append((reached or middle, above))
            if not began:
                dark.append((below, lowest or middle))
        self.gaps += _merged(dark)

    def _run(
        self, low: Key | None, high: Key | None, *, back: bool
    ) -> tuple[list[list[Row]], Key | None, bool]:
        """Read from one end until the other, or until a page fails: rows, last key, whether all."""
        found: list[list[Row]] = []
        last: Key | None = None
        most = AT_ONCE
        while True:
            start, stop = (low, last or high) if back else (last or low, high)
            try:
                rows = self._rows(start, stop, most, back=back)
            except StoreDamaged:
                if most == 1:
                    return found, last, False
                most = 1 if most <= 8 else most // 8
                continue
            if not rows:
                return found, last, True
            last = rows[-1][: len(self._keys)]
            found.append([row[len(self._keys) :] for row in rows])

    def _rows(self, low: Key | None, high: Key | None, most: int, *, back: bool) -> list[Row]:
        where, values = [], []
        for sign, bound in ((">", low), ("<", high)):
            if bound is not None:
                # A half key, such as the middle of two, is compared by its first column.
                key = self._key if len(bound) == len(self._keys) else self._key.split(", ")[0]
                marks = ", ".join("?" * len(bound))
                where.append(f"({key}) {sign} ({marks})")
                values += list(bound)
        order = ", ".join(f"{k} DESC" if back else k for k in self._key.split(", "))
        clause = f" WHERE {' AND '.join(where)}" if where else ""
        return self._look.rows(f"{self._select}{clause} ORDER BY {order} LIMIT {most}", *values)


def _quoted(columns: tuple[str, ...]) -> list[str]:
    return [f'"{column}"' for column in columns]


Gap = tuple[Key | None, Key | None]


def _merged(gaps: list[Gap]) -> int:
    """How many there are, parts that touch counted as one."""
    lows = {low for low, _ in gaps}
    return sum(1 for _, high in gaps if high is None or high not in lows)


def _ends(gap: Gap) -> tuple[int, int, bool]:
    """Both ends as numbers, and whether they stand for text."""
    low, high = gap
    known = (low or high or (0,))[0]
    if isinstance(known, str):
        return _number(low[0] if low else ""), _number(high[0] if high else "~" * _BYTES), True
    return int(low[0]) if low else 0, int(high[0]) if high else 1 << 62, False


def _width(gap: Gap) -> int:
    """How far its ends are apart; none for keys that are neither numbers nor text."""
    try:
        low, high, _ = _ends(gap)
    except (TypeError, ValueError):
        return 0
    return high - low


def _middle(low: Key | None, high: Key | None) -> Key | None:
    """A key between two, by their first columns; None where there is none."""
    if _width((low, high)) < 2:
        return None
    below, above, is_text = _ends((low, high))
    middle = (below + above) // 2
    return (_text(middle) if is_text else middle,)


def _number(text: str) -> int:
    return int.from_bytes(text.encode("latin-1", "replace")[:_BYTES].ljust(_BYTES, b"\0"), "big")


def _text(number: int) -> str:
    """Letters that sort about there; only ASCII, in which SQLite and Python sort alike."""
    return "".join(chr(min(byte, 126)) for byte in number.to_bytes(_BYTES, "big")).rstrip("\0")
