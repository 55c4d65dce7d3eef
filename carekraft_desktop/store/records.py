"""Everything in the store that is about one patient, table by table, as names and values.

One list says which tables those are and how their rows are found. What is kept after a share was
withdrawn, and what a patient gets who asks for everything, are both made from it; a test walks
the schema, so that no new table with a patient in it is forgotten.
"""

import base64
import json
from collections.abc import Iterator

from carekraft_desktop.store.unit import Reading

Record = dict[str, str | int | None]

_OF_BOOKINGS = "booking_id IN (SELECT id FROM booking WHERE patient_id = ?)"
WHERE: dict[str, str] = {
    "patient": "id = ?",
    "consent": "patient_id = ?",
    "coverage": "patient_id = ?",
    "booking": "patient_id = ?",
    "mark": _OF_BOOKINGS,
    "permission": "patient_id = ?",
    "referral": "patient_id = ?",
    "referral_work": "patient_id = ?",
    "ledger": "patient_id = ?",
    "kept": "patient_id = ?",
    "patient_request": "patient_id = ?",
    "amendment": "request_id IN (SELECT id FROM patient_request WHERE patient_id = ?)",
    "authorization": "patient_id = ?",
    "representative": "patient_id = ?",
    "wish": "patient_id = ?",
    "no_contact": "patient_id = ?",
    "outside": "patient_id = ?",
}
"""How the rows about a patient are found in each table."""

LEFT_OUT: dict[str, str] = {
    "calendar": "a copy of bookings in the order of time",
    "baseline": "fingerprints of bookings, without values",
    "held_back": "codes of records that nobody sees before a guardian is named",
    "erased_number": "hashes of numbers of people who are gone from here",
    "copy_given": "what the patient has been given already",
    "suspension": "asked for by an authority that forbids to tell (45 CFR 164.528(a)(2))",
}
"""Tables with a patient in them that are not handed out, each with the reason."""


def of(unit: Reading, table: str, patient_id: str) -> tuple[Record, ...]:
    """The rows of one table about a patient."""
    return tuple(_rows(unit, table, WHERE[table], patient_id))


def everything(unit: Reading, patient_id: str) -> dict[str, tuple[Record, ...]]:
    """All rows about a patient, by table; tables without any are left out."""
    found = {table: of(unit, table, patient_id) for table in WHERE}
    return {table: rows for table, rows in found.items() if rows}


def one(unit: Reading, table: str, id_: str) -> Record | None:
    """One row by its id."""
    return next(_rows(unit, table, "id = ?", id_), None)


def written(record: Record) -> str:
    """A record as it is kept."""
    return json.dumps(record, ensure_ascii=False, sort_keys=True)


def read(text: str) -> Record:
    """A record that was kept."""
    found: Record = json.loads(text)
    return found


def _rows(unit: Reading, table: str, where: str, value: str) -> Iterator[Record]:
    names = [name for (name,) in unit.rows(f"SELECT name FROM pragma_table_info('{table}')")]
    columns = ", ".join(f'"{name}"' for name in names)
    for row in unit.rows(f"SELECT {columns} FROM {table} WHERE {where} ORDER BY 1", value):
        yield {name: _plain(each) for name, each in zip(names, row, strict=True)}


def _plain(value: str | float | bytes | None) -> str | int | None:
    if isinstance(value, bytes):
        try:
            return value.decode()
        except UnicodeDecodeError:
            return base64.b64encode(value).decode()
    return int(value) if isinstance(value, float) else value
