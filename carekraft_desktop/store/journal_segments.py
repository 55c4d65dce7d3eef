"""Packed stretches of the journal: entries as JSON, compressed, each with its chain code."""

import base64
import json
import zlib
from datetime import date

from carekraft_desktop.domain import Moment
from carekraft_desktop.store.unit import Reading, Row, Writing
from carekraft_desktop.value import Value

_COLUMNS = "first, last, from_at, until_at, before, after, digest, packed, mac"


class Segment(Value, frozen=True):
    """One stretch; `packed` is None when its time was over."""

    first: int
    last: int
    from_at: Moment
    until_at: Moment
    before: bytes
    """The chain code before its first entry."""
    after: bytes
    """The chain code of its last entry."""
    digest: bytes
    """SHA-256 of what was packed."""
    packed: bytes | None
    mac: bytes
    """Binds all of the above but the content to the journal's key."""


def put(unit: Writing, segment: Segment) -> None:
    """Keep a segment, and let its entries out of the journal."""
    unit.run(
        f"INSERT INTO journal_segment ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        segment.first,
        segment.last,
        segment.from_at,
        segment.until_at,
        segment.before,
        segment.after,
        segment.digest,
        segment.packed,
        segment.mac,
    )
    unit.run("DELETE FROM journal WHERE n <= ?", segment.last)


def every(unit: Reading) -> tuple[Segment, ...]:
    """All segments in their order; none in a store of before there were any."""
    if not unit.value("SELECT 1 FROM sqlite_master WHERE name = 'journal_segment'"):
        return ()
    rows = unit.rows(f"SELECT {_COLUMNS} FROM journal_segment ORDER BY first")
    return tuple(map(_segment, rows))


def end(unit: Reading) -> tuple[int, bytes] | None:
    """Number and code of the last entry that is packed; None for none."""
    found = every(unit)
    return (found[-1].last, found[-1].after) if found else None


def full(unit: Reading, day: date) -> tuple[Segment, ...]:
    """Those with content whose six years are over by a day."""
    rows = unit.rows(
        f"""SELECT {_COLUMNS} FROM journal_segment WHERE packed IS NOT NULL
        AND date(until_at, 'unixepoch', '+6 years') <= ? ORDER BY first""",
        day.isoformat(),
    )
    return tuple(map(_segment, rows))


def holding(unit: Reading, n: int) -> Segment | None:
    """The segment with content that holds the next entry behind number `n`."""
    row = unit.row(
        f"""SELECT {_COLUMNS} FROM journal_segment WHERE last > ? AND packed IS NOT NULL
        ORDER BY first LIMIT 1""",
        n,
    )
    return None if row is None else _segment(row)


def pack(rows: list[Row]) -> bytes:
    """Entries with their numbers and codes, compressed."""
    plain = [[*row[:-1], base64.b64encode(bytes(row[-1])).decode()] for row in rows]
    return zlib.compress(json.dumps(plain, ensure_ascii=False).encode())


def unpack(packed: bytes) -> list[Row]:
    """The entries of a segment as the journal had them."""
    return [(*row[:-1], base64.b64decode(row[-1])) for row in json.loads(zlib.decompress(packed))]


def _segment(row: Row) -> Segment:
    first, last, from_at, until_at, before, after, digest, packed, mac = row
    content = None if packed is None else bytes(packed)
    return Segment(
        first,
        last,
        from_at,
        until_at,
        bytes(before),
        bytes(after),
        bytes(digest),
        content,
        bytes(mac),
    )
