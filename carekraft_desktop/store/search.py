"""Finding a patient by anything one might say on the telephone.

The index holds names without case and accents, the telephone number backwards (so that its
tail is a beginning), and the birth date as one word. A removed patient's words are removed
from it at once.
"""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.finding import Wanted, plain
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.store.unit import Reading, Row, Writing

_JOINTS = dict.fromkeys(map(ord, "'\u2019\u02bc-"))

CONSIDERED = 200
"""So many matches are put in order; somebody with more types on."""


class Hit(NamedTuple):
    """A patient who fits, with the visit that is probably meant."""

    patient_id: str
    name: str
    visit_id: str
    """The next visit to come, or else the last one; empty without any."""
    start: Moment
    status: Status | None
    records: int = 1
    """So many records were joined into this person."""


def index(unit: Writing, patient_ids: Iterable[str]) -> None:
    """Bring the index up to date for these patients; those who are gone leave it."""
    ids = json.dumps(sorted(set(patient_ids)))
    unit.run(
        """DELETE FROM search WHERE rowid IN
        (SELECT n FROM patient WHERE id IN (SELECT value FROM json_each(?)))""",
        ids,
    )
    rows = unit.rows(
        """SELECT n, name, sort_name, phone, birth_date FROM patient
        WHERE id IN (SELECT value FROM json_each(?))""",
        ids,
    )
    unit.run_many(
        "INSERT INTO search(rowid, name, tail, birth) VALUES (?, ?, ?, ?)",
        [words_of(row) for row in rows],
    )


def words_of(row: Row) -> Row:
    """What is kept in the index for (n, name, sort name, phone, birth date)."""
    n, name, sort_name, phone, birth_date = row
    digits = "".join(char for char in phone if char.isdecimal())
    names = plain(f"{name} {sort_name}")
    # O'Neill is found as "o neill" and as "oneill".
    joined = names.translate(_JOINTS)
    words = names if joined == names else f"{names} {joined}"
    return n, words, digits[::-1], birth_date.replace("-", "")


def find(
    unit: Reading, wanted: Wanted, spellings: Sequence[Sequence[str]], now: Moment
) -> list[Hit]:
    """Patients who fit all that is wanted, in the order of their names.

    `spellings` gives for each word of `wanted` the beginnings that count for it.
    """
    if wanted.number:
        return _hits(unit, _by_number(unit, wanted.number), now)
    parts = [_either("name", words) for words in spellings]
    if wanted.tail:
        parts.append(_either("tail", [wanted.tail[::-1]]))
    if wanted.births:
        parts.append(_either("birth", [iso.replace("-", "") for iso in wanted.births]))
    rows = unit.rows(
        "SELECT rowid FROM search WHERE search MATCH ? LIMIT ?", " AND ".join(parts), CONSIDERED
    )
    return _hits(unit, [row[0] for row in rows], now)


def known_words(unit: Reading, *, near: str) -> list[str]:
    """Words of the index whose length is within one of `near`'s."""
    rows = unit.rows(
        """SELECT DISTINCT term FROM search_words WHERE col = 'name'
        AND length(term) BETWEEN ? AND ?""",
        len(near) - 1,
        len(near) + 1,
    )
    return [term for (term,) in rows]


def recent(unit: Reading, staff: str, now: Moment, *, most: int) -> list[Hit]:
    """The patients whose visits this person opened last, newest first."""
    rows = unit.rows(
        """SELECT patient.n, max(journal.n) AS latest FROM journal
        JOIN booking ON booking.id = object JOIN patient ON patient.id = patient_id
        WHERE journal.n > (SELECT coalesce(max(n), 0) - 2000 FROM journal)
        AND action = 'visit.open' AND staff = ? GROUP BY patient.n ORDER BY latest DESC LIMIT ?""",
        staff,
        most,
    )
    order = {n: place for place, (n, _) in enumerate(rows)}
    hits = _hits_by_row(unit, list(order), now)
    return [hits[n] for n in sorted(hits, key=order.__getitem__)]


def of(unit: Reading, patient_ids: Iterable[str], now: Moment) -> list[Hit]:
    """These patients, as if they had been looked for."""
    rows = unit.rows(
        "SELECT n FROM patient WHERE id IN (SELECT value FROM json_each(?))",
        json.dumps(sorted(set(patient_ids))),
    )
    return _hits(unit, [n for (n,) in rows], now)


def _either(column: str, beginnings: Sequence[str]) -> str:
    quoted = ['"' + word.replace('"', '""') + '"*' for word in beginnings]
    return f"{column} : ({' OR '.join(quoted)})"


def _by_number(unit: Reading, number: str) -> list[int]:
    rows = unit.rows(
        """SELECT DISTINCT patient.n FROM booking JOIN patient ON patient.id = patient_id
        WHERE number >= ? AND number < ? LIMIT ?""",
        number,
        number + "\U0010ffff",
        CONSIDERED,
    )
    return [n for (n,) in rows]


def _hits(unit: Reading, numbers: Sequence[int], now: Moment) -> list[Hit]:
    return list(_hits_by_row(unit, numbers, now).values())


def _hits_by_row(unit: Reading, numbers: Sequence[int], now: Moment) -> dict[int, Hit]:
    """By row number, in the order of names."""
    rows = unit.rows(
        """SELECT n, patient.id, patient.name, coalesce(b.id, ''), coalesce(b.start, 0), b.status
        FROM patient LEFT JOIN booking AS b ON b.id = coalesce(
            (SELECT id FROM booking WHERE patient_id = patient.id AND start >= ?1
             AND status <> 'cancelled' ORDER BY start LIMIT 1),
            (SELECT id FROM booking WHERE patient_id = patient.id ORDER BY start DESC LIMIT 1))
        WHERE n IN (SELECT value FROM json_each(?2)) ORDER BY sort_name, n""",
        now,
        json.dumps(list(numbers)),
    )
    return {
        n: Hit(patient_id, name, visit_id, start, Status(status) if status else None)
        for n, patient_id, name, visit_id, start, status in rows
    }
