"""The weeks of the journal, and who has signed which."""

import json
from collections.abc import Collection

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.weekly import LOOKED_AT, Event
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import Value


class Signature(Value, frozen=True):
    """Somebody has read a week."""

    week: Moment
    signed_by: str
    """Staff id."""
    signed_at: Moment
    findings: int
    through: int
    """Number of the last journal entry that was read."""


def first_entry(unit: Reading) -> Moment | None:
    """When the journal begins; None while it is empty."""
    found: Moment | None = unit.value("SELECT at FROM journal ORDER BY n LIMIT 1")
    return found


def events(unit: Reading, start: Moment, end: Moment) -> list[Event]:
    """The entries of a stretch of time, in their order."""
    rows = unit.rows(
        """SELECT n, at, staff, action, object, detail, outcome FROM journal
        WHERE at >= ? AND at < ? AND action <> 'rows.seen' ORDER BY n""",
        start,
        end,
    )
    return [Event(*row) for row in rows]


def relatives(unit: Reading, family_name: str, start: Moment, end: Moment) -> frozenset[str]:
    """Of what was looked at meanwhile, ids whose patient bears this family name."""
    actions = ", ".join(f"'{action}'" for action in sorted(LOOKED_AT))
    rows = unit.rows(
        f"""SELECT DISTINCT j.object FROM journal j
        LEFT JOIN booking b ON b.id = j.object
        JOIN patient p ON p.id = coalesce(b.patient_id, j.object)
        WHERE j.at >= ? AND j.at < ? AND j.action IN ({actions})
        AND lower(substr(p.sort_name, 1, instr(p.sort_name || ',', ',') - 1)) = lower(?)""",
        start,
        end,
        family_name,
    )
    return frozenset(id_ for (id_,) in rows)


def signatures(unit: Reading) -> dict[Moment, Signature]:
    """All signatures by week."""
    rows = unit.rows("SELECT week, signed_by, signed_at, findings, through FROM weekly_review")
    return {row[0]: Signature(*row) for row in rows}


def sign(unit: Writing, signature: Signature) -> None:
    """Keep a signature; a week is signed once."""
    unit.run(
        "INSERT INTO weekly_review VALUES (?, ?, ?, ?, ?)",
        signature.week,
        signature.signed_by,
        signature.signed_at,
        signature.findings,
        signature.through,
    )


def names(unit: Reading, ids: Collection[str]) -> dict[str, str]:
    """Names of patients by their own or their booking's id; only of those who are still here."""
    rows = unit.rows(
        """SELECT w.value, p.name FROM json_each(?) w LEFT JOIN booking b ON b.id = w.value
        JOIN patient p ON p.id = coalesce(b.patient_id, w.value)""",
        json.dumps(sorted(ids)),
    )
    return dict(rows)
