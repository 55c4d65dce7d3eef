"""Who did and saw what: append-only, each entry authenticated together with the one before.

Entries hold ids and codes, never a patient's data (REQ-13). The chain's key is derived from
the data key, so that someone who can only write to the file cannot forge an entry.
"""

import hashlib
import hmac
from collections.abc import Callable

from carekraft_desktop.domain import Moment
from carekraft_desktop.store import journal_segments
from carekraft_desktop.store.journal_segments import Segment
from carekraft_desktop.store.unit import Reading, Row, Writing
from carekraft_desktop.value import Value, replace

NEWEST = 500
"""Entries among which one looks for what somebody did just now."""


class Entry(Value, frozen=True):
    """One line of the journal."""

    at: Moment
    staff: str
    """Staff id, empty for what the program did by itself."""
    device: str
    action: str
    """A code such as `visit.accept` or `patient.reveal`."""
    object: str = ""
    """Opaque id of what it was about."""
    detail: str = ""
    """A code: a data class, a reason, a count."""
    outcome: str = "done"


class Sieve(Value, frozen=True):
    """Which entries are wanted; empty and 0 for all."""

    since: Moment = 0
    until: Moment = 0
    staff: str = ""
    subject: str = ""
    """The word before the dot of the action, such as `visit`."""
    about: str = ""
    """Beginning of the id that it was about."""
    refused: bool = False
    """Only what was denied or refused."""


def page(unit: Reading, sieve: Sieve, *, before: int = 0, most: int) -> list[tuple[int, Entry]]:
    """Entries with their numbers, the newest first, below number `before` if one is given."""
    where, values = _where(sieve)
    if before:
        where.append("n < ?")
        values.append(before)
    rows = unit.rows(
        "SELECT n, at, staff, device, action, object, detail, outcome FROM journal "
        f"WHERE {' AND '.join(where) or '1'} ORDER BY n DESC LIMIT ?",
        *values,
        most,
    )
    return [(n, Entry(*fields)) for n, *fields in rows]


def after(unit: Reading, n: int, *, most: int) -> list[tuple[int, Entry]]:
    """The next entries behind number `n`, in their order; packed ones first."""
    segment = journal_segments.holding(unit, n)
    if segment is not None and segment.packed is not None:
        packed = [row for row in journal_segments.unpack(segment.packed) if row[0] > n]
        return [(number, Entry(*fields)) for number, *fields, _ in packed[:most]]
    rows = unit.rows(
        "SELECT n, at, staff, device, action, object, detail, outcome FROM journal "
        "WHERE n > ? ORDER BY n LIMIT ?",
        n,
        most,
    )
    return [(number, Entry(*fields)) for number, *fields in rows]


def lately(unit: Reading, action: str, staff: str, *, since: Moment) -> str | None:
    """Detail of a person's last entry of one action, if it is among the newest; None if not."""
    found: str | None = unit.value(
        """SELECT detail FROM journal WHERE n > (SELECT max(n) FROM journal) - ?
        AND action = ? AND staff = ? AND at >= ? ORDER BY n DESC LIMIT 1""",
        NEWEST,
        action,
        staff,
        since,
    )
    return found


def did_since(unit: Reading, staff: str, action: str, since: Moment) -> bool:
    """Whether this person has done this since then."""
    return bool(
        unit.value(
            "SELECT EXISTS (SELECT 1 FROM journal WHERE staff = ? AND action = ? AND at >= ?"
            " AND outcome = 'done')",
            staff,
            action,
            since,
        )
    )


def last_code(unit: Reading) -> tuple[int, bytes] | None:
    """Number and code of the last entry; None for an empty journal."""
    last = unit.row("SELECT n, mac FROM journal ORDER BY n DESC LIMIT 1")
    return (int(last[0]), bytes(last[1])) if last else None


def code_of(unit: Reading, n: int) -> bytes | None:
    """The chain's code at entry `n`; None where there is no such entry."""
    found = unit.row("SELECT mac FROM journal WHERE n = ?", n)
    return bytes(found[0]) if found else None


def staff_in(unit: Reading) -> tuple[str, ...]:
    """Ids of everybody who ever did something here."""
    return tuple(
        id_ for (id_,) in unit.rows("SELECT DISTINCT staff FROM journal WHERE staff <> ''")
    )


def _where(sieve: Sieve) -> tuple[list[str], list[object]]:
    wanted: list[tuple[str, object]] = [
        ("at >= ?", sieve.since),
        ("at < ?", sieve.until),
        ("staff = ?", sieve.staff),
        ("substr(action, 1, instr(action, '.') - 1) = ?", sieve.subject),
    ]
    chosen: list[tuple[str, tuple[object, ...]]] = [
        (words, (value,)) for words, value in wanted if value
    ]
    if sieve.about:
        plain = "".join(c for c in sieve.about if c not in "*?[]")
        # Rows that were painted are many to an entry; their ids stand in its detail.
        chosen.append((_ABOUT, (plain, plain)))
    where = [words for words, _ in chosen]
    if sieve.refused:
        where.append("outcome IN ('denied', 'refused')")
    return where, [value for _, values in chosen for value in values]


_ABOUT = """(object GLOB ? || '*'
    OR action = 'rows.seen' AND (' ' || detail) GLOB '* ' || ? || '*')"""


class Journal:
    """Writes and proves the chain."""

    def __init__(self, key: bytes, noted: Callable[[], int] = lambda: 0) -> None:
        """Make it.

        Args:
            key: for the authentication codes, derived from the data key.
            noted: how many entries were noted outside the store.
        """
        self._key, self._noted = key, noted

    def of_copy(self) -> "Journal":
        """For a copy of the store, of which nothing is noted outside."""
        return Journal(self._key)

    def append(self, unit: Writing, entry: Entry) -> None:
        """Add an entry in the transaction of what it records; both are kept, or neither."""
        last = unit.row("SELECT n, mac FROM journal ORDER BY n DESC LIMIT 1")
        last = last or journal_segments.end(unit)
        n, before = (last[0] + 1, bytes(last[1])) if last else (1, b"")
        unit.run(
            "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            n,
            entry.at,
            entry.staff,
            entry.device,
            entry.action,
            entry.object,
            entry.detail,
            entry.outcome,
            self.code(n, before, entry),
        )

    def first_wrong(self, unit: Reading) -> int | None:
        """The number of the first entry that was altered, removed or put in; None if all fit.

        Ask before anything else is read in `unit`, so that no later entry is noted already.
        """
        noted = self._noted()
        before, expected = b"", 1
        for segment in journal_segments.every(unit):
            fits = segment.first == expected and segment.before == before
            if not fits or not hmac.compare_digest(self._seal(segment), segment.mac):
                return expected
            if segment.packed is not None:
                if hashlib.sha256(segment.packed).digest() != segment.digest:
                    return expected
                wrong = self._run(journal_segments.unpack(segment.packed), expected, before)
                if isinstance(wrong, int):
                    return wrong
            before, expected = segment.after, segment.last + 1
        found = self._run(
            unit.rows(
                "SELECT n, at, staff, device, action, object, detail, outcome, mac FROM journal "
                "WHERE n >= ? ORDER BY n",
                expected,
            ),
            expected,
            before,
        )
        if isinstance(found, int):
            return found
        expected, _ = found
        # A tail that was cut off leaves a chain that fits: only the note outside tells.
        return expected if expected <= noted else None

    def _run(self, rows: list[Row], expected: int, before: bytes) -> int | tuple[int, bytes]:
        """Follow the chain: the first wrong number, or where it goes on and with which code."""
        for n, *fields, mac in rows:
            code = self.code(expected, before, Entry(*fields))
            if n != expected or not hmac.compare_digest(code, bytes(mac)):
                return expected
            before = bytes(mac)
            expected += 1
        return expected, before

    def pack(self, unit: Writing, *, before: Moment, most: int, least: int) -> Segment | None:
        """Pack the oldest entries into a segment.

        Args:
            unit: the transaction.
            before: only entries older than this.
            most: so many go into one segment.
            least: with fewer than these nothing is done, and None is returned.
        """
        rows = unit.rows(
            """SELECT n, at, staff, device, action, object, detail, outcome, mac FROM journal
            WHERE n > (SELECT coalesce(max(last), 0) FROM journal_segment)
            AND n < (SELECT coalesce(min(n), 9223372036854775807) FROM journal WHERE at >= ?)
            ORDER BY n LIMIT ?""",
            before,
            most,
        )
        if len(rows) < least:
            return None
        earlier = unit.value("SELECT after FROM journal_segment ORDER BY first DESC LIMIT 1")
        packed = journal_segments.pack(rows)
        segment = Segment(
            first=rows[0][0],
            last=rows[-1][0],
            from_at=min(row[1] for row in rows),
            until_at=max(row[1] for row in rows),
            before=bytes(earlier or b""),
            after=bytes(rows[-1][-1]),
            digest=hashlib.sha256(packed).digest(),
            packed=packed,
            mac=b"",
        )
        sealed = replace(segment, mac=self._seal(segment))
        journal_segments.put(unit, sealed)
        return sealed

    @staticmethod
    def empty(unit: Writing, segment: Segment) -> None:
        """Destroy what a segment holds; its ends stay, and prove what comes after."""
        unit.run("UPDATE journal_segment SET packed = NULL WHERE first = ?", segment.first)

    def _seal(self, segment: Segment) -> bytes:
        ends = f"{segment.first} {segment.last} {segment.from_at} {segment.until_at}"
        text = b"segment " + ends.encode() + segment.before + segment.after + segment.digest
        return hmac.digest(self._key, text, hashlib.sha256)

    def code(self, n: int, before: bytes, entry: Entry) -> bytes:
        """The authentication code of entry `n` behind the one with code `before`."""
        fields = (
            n,
            entry.at,
            entry.staff,
            entry.device,
            entry.action,
            entry.object,
            entry.detail,
            entry.outcome,
        )
        # Each field with its length, so that no two different entries read alike.
        text = b"".join(b"%d:%b," % (len(part), part) for part in (str(f).encode() for f in fields))
        return hmac.digest(self._key, before + text, hashlib.sha256)
