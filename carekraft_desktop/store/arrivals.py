"""Bookkeeping of the feed: tombstones, quarantine, unknown kinds, receipts, resync."""

import json
from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from carekraft_desktop.domain import Moment
from carekraft_desktop.store.unit import Reading, Writing

OWNED = {
    "office": "office",
    "provider": "provider",
    "schedule": "schedule",
    "slot": "slot",
    "patient": "patient",
    "consent": "consent",
    "coverage": "coverage",
    "booking": "booking",
    "review": "review",
    "mark": "mark",
    "sealing": "sealing",
    "permission": "permission",
    "referral": "referral",
    "workstation": "machine",
    "bulletin": "notice",
}
"""Which table holds each kind of item."""


def buried(unit: Reading, keys: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    """The version at which each of these (kind, id) was removed, for those that were."""
    rows = unit.rows(
        """SELECT kind, id, version FROM tombstone WHERE (kind, id) IN
        (SELECT value ->> 0, value ->> 1 FROM json_each(?))""",
        json.dumps(list(keys)),
    )
    return {(kind, id_): version for kind, id_, version in rows}


def bury(unit: Writing, stones: Sequence[tuple[str, str, int, Moment, str]]) -> None:
    """Note removals as (kind, id, version, at, reason); what was kept aside goes too."""
    unit.run_many(
        """INSERT INTO tombstone VALUES (?, ?, ?, ?, ?) ON CONFLICT(kind, id) DO UPDATE SET
        version = excluded.version, at = excluded.at, reason = excluded.reason""",
        stones,
    )
    keys = [(kind, id_) for kind, id_, *_ in stones]
    unit.run_many("DELETE FROM quarantine WHERE kind = ? AND id = ?", keys)
    unit.run_many("DELETE FROM other WHERE kind = ? AND id = ?", keys)


def unbury(unit: Writing, keys: Sequence[tuple[str, str]]) -> None:
    """They are back, with a newer version."""
    unit.run_many("DELETE FROM tombstone WHERE kind = ? AND id = ?", keys)


def quarantine(
    unit: Writing, rows: Sequence[tuple[str, str, int, Moment, str, str, bytes]]
) -> None:
    """Keep (kind, id, version, at, error, program, body) of what could not be applied."""
    unit.run_many(
        """INSERT INTO quarantine VALUES (?, ?, ?, ?, ?, ?, 0, ?) ON CONFLICT(kind, id)
        DO UPDATE SET version = excluded.version, at = excluded.at, error = excluded.error,
        program = excluded.program, reported = 0, body = excluded.body
        WHERE excluded.version >= quarantine.version""",
        rows,
    )


def release(unit: Writing, keys: Sequence[tuple[str, str]]) -> None:
    """These have been applied after all."""
    unit.run_many("DELETE FROM quarantine WHERE kind = ? AND id = ?", keys)


def quarantined(unit: Reading, *, not_by: str = "") -> list[tuple[str, str, int, str, bytes]]:
    """(kind, id, version, error, body), optionally only those another program version met."""
    return [
        (kind, id_, version, error, bytes(body))
        for kind, id_, version, error, body in unit.rows(
            """SELECT kind, id, version, error, body FROM quarantine WHERE program <> ?
            ORDER BY kind, id""",
            not_by,
        )
    ]


def count_quarantined(unit: Reading) -> int:
    """How many items could not be applied."""
    return int(unit.value("SELECT count(*) FROM quarantine"))


def keep_unknown(unit: Writing, rows: Sequence[tuple[str, str, int, bytes]]) -> None:
    """Keep (kind, id, version, body) of kinds that this program does not know."""
    unit.run_many(
        """INSERT INTO other VALUES (?, ?, ?, ?) ON CONFLICT(kind, id) DO UPDATE SET
        version = excluded.version, body = excluded.body
        WHERE excluded.version > other.version""",
        rows,
    )


class Receipt(NamedTuple):
    """What the exchange is told of a removal."""

    key: str
    kind: str
    id: str
    version: int
    at: Moment
    outcome: str = "deleted"
    """deleted, retained-by-law or partial (REQ-86)."""
    month: str = ""
    """Until which month it is kept at least, e.g. 2036-11."""


def add_receipts(
    unit: Writing, rows: Sequence[tuple[str, str, str, int, Moment, str, str]]
) -> None:
    """Note removals to be reported, in the order of `Receipt`."""
    unit.run_many("INSERT INTO receipt VALUES (?, ?, ?, ?, ?, ?, ?)", rows)


def receipts(unit: Reading, *, most: int) -> list[Receipt]:
    """Removals that the exchange has not confirmed to have been told of."""
    return [
        Receipt(*row)
        for row in unit.rows(
            """SELECT key, kind, id, version, at, outcome, month FROM receipt
            ORDER BY key LIMIT ?""",
            most,
        )
    ]


def patient_of(unit: Reading, kind: str, id_: str) -> str:
    """Whose booking, decision, insurance or referral it is; empty when that is not known."""
    return str(unit.value(f"SELECT patient_id FROM {OWNED[kind]} WHERE id = ?", id_) or "")


def unreported(unit: Reading, *, most: int) -> list[tuple[str, str, int, str]]:
    """(kind, id, version, error) of quarantined items not reported yet."""
    return [
        (kind, id_, version, error)
        for kind, id_, version, error in unit.rows(
            "SELECT kind, id, version, error FROM quarantine WHERE reported = 0 LIMIT ?", most
        )
    ]


def reported(unit: Writing, receipt_keys: Sequence[str], held: Sequence[tuple[str, str]]) -> None:
    """The exchange has been told of these."""
    unit.run_many("DELETE FROM receipt WHERE key = ?", [(key,) for key in receipt_keys])
    unit.run_many("UPDATE quarantine SET reported = 1 WHERE kind = ? AND id = ?", held)


def meet(unit: Writing, keys: Collection[tuple[str, str]]) -> None:
    """During a resync: these still exist."""
    unit.run_many("INSERT OR IGNORE INTO met VALUES (?, ?)", list(keys))


def unmet(unit: Reading, kind: str) -> list[str]:
    """After a resync: ids of this kind that the exchange no longer has."""
    return [
        id_
        for (id_,) in unit.rows(
            f"SELECT id FROM {OWNED[kind]} WHERE id NOT IN (SELECT id FROM met WHERE kind = ?)",
            kind,
        )
    ]


def forget_met(unit: Writing) -> None:
    """The resync is over, or begins."""
    unit.run("DELETE FROM met")


def versions(unit: Reading, kind: str, ids: Sequence[str]) -> dict[str, int]:
    """The versions that the store holds of these, by id."""
    rows = unit.rows(
        f"SELECT id, version FROM {OWNED[kind]} WHERE id IN (SELECT value FROM json_each(?))",
        json.dumps(list(ids)),
    )
    found: dict[str, int] = dict(rows)
    return found


def remove(unit: Writing, kind: str, ids: Sequence[str]) -> None:
    """Remove things that need no further care: offices, providers, schedules, slots."""
    unit.run_many(f"DELETE FROM {OWNED[kind]} WHERE id = ?", [(id_,) for id_ in ids])
