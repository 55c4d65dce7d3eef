"""What was erased, as salted hashes, so that neither a late sync nor a backup brings it back.

    erasures.note(...)      in the transaction that erases
    erasures.blocked(...)   for what arrives
    services/replay.py      for a store that was put back, before anybody sees a row of it

The salt is the store's own; without it a hash tells nothing of whose it is (REQ-87).
"""

import hashlib
import hmac
import json
from collections.abc import Collection, Iterable
from datetime import date

from carekraft_desktop.domain import Moment
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import Value

SALT = "erasure-salt"
DISPOSED = "disposed"
"""The outcome of a disposal; the others are those of a withdrawn share."""


class Erasure(Value, frozen=True):
    """One thing that is gone, or gone from sight."""

    hash: bytes
    kind: str
    version: int
    """It comes back only with a newer one; 0 while the exchange has not removed it."""
    at: Moment
    outcome: str
    """shred, restrict, partial or disposed."""
    month: str = ""
    """When what is kept of it is due, e.g. 2036-11."""
    complete_on: str = ""
    """The day on which the last backup with it is gone; ISO."""


def salt(unit: Reading) -> str:
    """The store's salt, made together with the table."""
    return str(unit.value("SELECT value FROM meta WHERE name = ?", SALT) or "")


def take_salt(unit: Writing, one: str) -> None:
    """The salt of the store that lived on; for one that is put back from a backup.

    What was erased under another salt is not found any more: take it over first.
    """
    unit.run("INSERT OR REPLACE INTO meta VALUES (?, ?)", SALT, one)


def hashed(unit: Reading, kind: str, id_: str) -> bytes:
    """A thing's hash in this store."""
    return _hash(salt(unit), kind, id_)


def _hash(under: str, kind: str, id_: str) -> bytes:
    return hmac.digest(under.encode(), f"{kind}:{id_}".encode(), hashlib.sha256)


def note(unit: Writing, erasures: Iterable[Erasure]) -> None:
    """Remember these; a newer word about the same thing counts."""
    unit.run_many(
        """INSERT INTO erasure VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT(hash) DO UPDATE SET
        version = max(version, excluded.version), at = excluded.at, outcome = excluded.outcome,
        month = excluded.month, complete_on = excluded.complete_on""",
        [(e.hash, e.kind, e.version, e.at, e.outcome, e.month, e.complete_on) for e in erasures],
    )


def of(unit: Reading, kind: str, id_: str) -> Erasure | None:
    """What is known of one thing, None when it was never erased."""
    row = unit.row("SELECT * FROM erasure WHERE hash = ?", hashed(unit, kind, id_))
    return None if row is None else Erasure(bytes(row[0]), *row[1:])


def blocked(
    unit: Reading, versions: dict[tuple[str, str], int], *, only: Collection[str] = ()
) -> set[tuple[str, str]]:
    """Those of these (kind, id) that must not come back in this version.

    `only`: outcomes that count; all when empty.
    """
    if not versions or not unit.value("SELECT EXISTS (SELECT 1 FROM erasure)"):
        return set()
    under = salt(unit)
    named = {_hash(under, *key): key for key in versions}
    rows = unit.rows(
        """SELECT hash, version, outcome FROM erasure WHERE hex(hash) IN
        (SELECT value FROM json_each(?))""",
        json.dumps([each.hex().upper() for each in named]),
    )
    return {
        named[bytes(each)]
        for each, version, outcome in rows
        if versions[named[bytes(each)]] <= version and (not only or outcome in only)
    }


def any_disposed(unit: Reading) -> bool:
    """Whether any record was ever disposed of."""
    return bool(unit.value("SELECT EXISTS (SELECT 1 FROM erasure WHERE outcome = ?)", DISPOSED))


def versions_of(unit: Reading, kind: str, ids: Iterable[str]) -> list[tuple[str, int]]:
    """Ids and versions of records that are about to go."""
    rows = unit.rows(
        f"SELECT id, version FROM {kind} WHERE id IN (SELECT value FROM json_each(?))",
        json.dumps(list(ids)),
    )
    return [(id_, version) for id_, version in rows]


def versions_of_all(unit: Reading, kind: str) -> dict[str, int]:
    """Every id of a table of records, with its version."""
    found: dict[str, int] = dict(unit.rows(f"SELECT id, version FROM {kind}"))
    return found


def lift_patients(unit: Writing, patient_ids: Iterable[str]) -> None:
    """These are back of their own will: their records may come again in any version.

    Decisions and insurance have ids of their own; which were theirs is not known any more, so
    those of everybody may. They stay only where their patient is.
    """
    hashes = [(hashed(unit, "patient", id_),) for id_ in patient_ids]
    if hashes:
        unit.run_many("UPDATE erasure SET version = 0 WHERE hash = ?", hashes)
        unit.run(
            "UPDATE erasure SET version = 0 WHERE outcome = ? AND kind IN ('consent', 'coverage')",
            DISPOSED,
        )


def name_numbers(unit: Writing, patient_id: str, numbers: Iterable[str]) -> None:
    """Booking numbers that still lead to the paperwork of somebody who was erased."""
    unit.run_many(
        "INSERT OR REPLACE INTO erased_number VALUES (?, ?)",
        [(hashed(unit, "number", number), patient_id) for number in numbers if number],
    )


def by_number(unit: Reading, number: str) -> str:
    """The opaque id behind a booking number of somebody who was erased; empty when unknown."""
    found = unit.value(
        "SELECT patient_id FROM erased_number WHERE hash = ?", hashed(unit, "number", number)
    )
    return str(found or "")


def incomplete(unit: Reading, day: date) -> int:
    """How many erasures still have a backup that holds them."""
    return int(unit.value("SELECT count(*) FROM erasure WHERE complete_on > ?", day.isoformat()))


def every(unit: Reading) -> tuple[Erasure, ...]:
    """All there are, for whoever puts a backup back."""
    return tuple(
        Erasure(bytes(row[0]), *row[1:]) for row in unit.rows("SELECT * FROM erasure ORDER BY at")
    )
