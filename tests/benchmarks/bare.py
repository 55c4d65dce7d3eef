"""The limits of receiving and storing: the same rows written by a few bare statements.

No version check beyond SQLite's own, no journal, no erasure, no search: what is left is the
price of decoding the JSON and of putting the rows into the tables with their indexes.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

import msgspec
from msgspec import Struct, field

Rows = dict[str, list[tuple[Any, ...]]]


class _Name(Struct, gc=False):
    family: str = ""
    given: list[str] = []


class _Text(Struct, gc=False):
    text: str = ""
    value: str = ""
    display: str = ""
    reference: str = ""
    url: str = ""
    value_string: str = field(name="valueString", default="")
    code: str = ""


class _Part(Struct, gc=False):
    actor: _Text


class _Address(Struct, gc=False):
    line: list[str] = []
    city: str = ""
    state: str = ""
    postal_code: str = field(name="postalCode", default="")


class _Rule(Struct, gc=False):
    class_: list[_Text] = field(name="class", default=[])
    provision: list["_Rule"] = []


class _Patient(Struct, rename="camel", gc=False):
    id: str
    name: list[_Name] = []
    telecom: list[_Text] = []
    gender: str = ""
    birth_date: str = ""
    address: list[_Address] = []


class _Consent(Struct, rename="camel", gc=False):
    id: str
    patient: _Text
    provision: _Rule
    date_time: str = ""


class _Booking(Struct, rename="camel", gc=False):
    id: str
    status: str
    start: str
    end: str
    created: str = ""
    identifier: list[_Text] = []
    participant: list[_Part] = []
    slot: list[_Text] = []
    reason_code: list[_Text] = []
    comment: str = ""
    extension: list[_Text] = []


class _Item(Struct, gc=False):
    kind: str
    id: str
    v: int
    data: msgspec.Raw


class _Page(Struct, gc=False):
    items: list[_Item]


_SHAPES: dict[str, type[Any]] = {"patient": _Patient, "consent": _Consent, "booking": _Booking}
_KINDS = {kind: msgspec.json.Decoder(shape) for kind, shape in _SHAPES.items()}
_PAGE = msgspec.json.Decoder(_Page)
_STATUS = {"booked": "confirmed", "fulfilled": "completed"}


def read(page: bytes) -> Rows:
    """The rows of a page, decoded as narrowly as can be."""
    rows: Rows = {"patient": [], "consent": [], "booking": []}
    for item in _PAGE.decode(page).items:
        if item.kind in _KINDS:
            rows[item.kind].append(_row(item.kind, item.v, _KINDS[item.kind].decode(item.data)))
    return rows


def row(kind: str, version: int, body: bytes) -> tuple[Any, ...]:
    """The row of one item."""
    return _row(kind, version, _KINDS[kind].decode(body))


def _row(kind: str, version: int, body: Any) -> tuple[Any, ...]:
    if kind == "patient":
        name, home = body.name[0], body.address[0]
        given = " ".join(name.given)
        address = f"{home.line[0]}, {home.city}, {home.state}"
        phone, email = (point.value for point in body.telecom)
        return (
            *(body.id, version, f"{given} {name.family}", f"{name.family}, {given}", phone),
            *(email, address, home.postal_code, body.gender, body.birth_date, "", ""),
        )
    if kind == "consent":
        said = {coding.code: "shared" for coding in body.provision.class_}
        names = ("contact", "demographic", "insurance", "medical")
        classes = [said.get(name, "withheld") for name in names]
        patient = body.patient.reference[8:]
        return (body.id, version, patient, *classes, _moment(body.date_time), 0)
    patient, provider = (part.actor.reference.partition("/")[2] for part in body.participant)
    return (
        *(body.id, version, body.identifier[0].value, patient, provider),
        *(body.slot[0].reference[5:], _moment(body.start), _moment(body.end)),
        *(_STATUS[body.status], _moment(body.created), "", "", None, None),
        *(body.reason_code[0].text, body.comment, "[]"),
    )


def _moment(text: str) -> int:
    return int(datetime.fromisoformat(text).timestamp())


def _upsert(table: str, columns: Sequence[str]) -> str:
    names = ", ".join(f'"{name}"' for name in columns)
    marks = ", ".join("?" * len(columns))
    sets = ", ".join(f'"{name}" = excluded."{name}"' for name in columns if name != "id")
    return (
        f"INSERT INTO {table} ({names}) VALUES ({marks}) ON CONFLICT(id) DO UPDATE SET {sets} "
        f"WHERE excluded.version > {table}.version"
    )


COLUMNS = {
    "patient": (
        *("id", "version", "name", "sort_name", "phone", "email", "address", "postal_code"),
        *("gender", "birth_date", "guardian_name", "guardian_phone"),
    ),
    "consent": (
        *("id", "version", "patient_id", "contact", "demographic", "insurance", "medical"),
        *("decided_at", "by_guardian"),
    ),
    "booking": (
        *("id", "version", "number", "patient_id", "provider_id", "slot_id", "start", "end"),
        *("status", "requested_at", "cancelled_by", "reason", "offered_start", "offered_end"),
        *("purpose", "comment", "previous"),
    ),
}
_UPSERTS = {table: _upsert(table, columns) for table, columns in COLUMNS.items()}


def write(connection: Any, rows: Rows) -> None:
    """One transaction; the calendar's table is filled from the names at hand."""
    connection.execute("BEGIN IMMEDIATE")
    for table, some in rows.items():
        connection.executemany(_UPSERTS[table], some)
    names = {row[0]: row[2] for row in rows["patient"]}
    connection.executemany(
        "INSERT OR REPLACE INTO calendar VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (b[6], b[0], b[7], b[4], b[3], names.get(b[3], ""), b[8], b[1], b[9])
            for b in rows["booking"]
        ],
    )
    connection.execute("COMMIT")


def thousands(rows: Iterable[tuple[str, tuple[Any, ...]]], size: int = 1_000) -> list[Rows]:
    """Rows by kind, cut into transactions of `size`."""
    found: list[Rows] = []
    for number, (kind, row) in enumerate(rows):
        if number % size == 0:
            found.append({"patient": [], "consent": [], "booking": []})
        found[-1][kind].append(row)
    return found
