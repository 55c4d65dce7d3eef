"""Incidents and their files: entries are added, and nothing is ever changed or removed (REQ-99)."""

import json
from collections.abc import Collection

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.incidents import Entered, Entry, File, Kind, folded
from carekraft_desktop.store.unit import Reading, Writing


def open_file(unit: Writing, file: File) -> None:
    """Begin the file of an incident."""
    unit.run(
        "INSERT INTO incident VALUES (?, ?, ?, ?, ?, ?, 'presumed-breach', ?, 0, '')",
        file.id,
        file.kind.value,
        file.about,
        file.opened_at,
        file.opened_by,
        file.concerns,
        file.evidence,
    )


def add(
    unit: Writing, incident_id: str, kind: Entered, value: str, *, staff: str, at: Moment
) -> None:
    """Add a line to a file."""
    unit.run(
        "INSERT INTO incident_entry (incident_id, at, staff, kind, value) VALUES (?, ?, ?, ?, ?)",
        incident_id,
        at,
        staff,
        kind.value,
        value,
    )


def close(unit: Writing, incident_id: str, state: str, *, staff: str, at: Moment) -> None:
    """It was brought to an end, with that result."""
    unit.run(
        "UPDATE incident SET state = ?, closed_at = ?, closed_by = ? WHERE id = ?",
        state,
        at,
        staff,
        incident_id,
    )


def files(unit: Reading) -> tuple[File, ...]:
    """All incidents with their files, the newest first."""
    rows = unit.rows(
        """SELECT id, kind, about, opened_at, opened_by, concerns, evidence FROM incident
        ORDER BY opened_at DESC, id"""
    )
    heads = [File(id_, Kind(kind), *rest) for id_, kind, *rest in rows]
    written = _entries(unit, [head.id for head in heads])
    return tuple(folded(head, written.get(head.id, ())) for head in heads)


def file(unit: Reading, incident_id: str) -> File | None:
    """One incident with its file; None where there is none."""
    row = unit.row(
        """SELECT id, kind, about, opened_at, opened_by, concerns, evidence FROM incident
        WHERE id = ?""",
        incident_id,
    )
    if row is None:
        return None
    id_, kind, *rest = row
    entries = _entries(unit, [incident_id]).get(incident_id, ())
    return folded(File(id_, Kind(kind), *rest), entries)


def _entries(unit: Reading, ids: Collection[str]) -> dict[str, list[Entry]]:
    rows = unit.rows(
        """SELECT incident_id, n, at, staff, kind, value FROM incident_entry
        WHERE incident_id IN (SELECT value FROM json_each(?)) ORDER BY n""",
        json.dumps(list(ids)),
    )
    found: dict[str, list[Entry]] = {}
    for incident_id, n, at, staff, kind, value in rows:
        found.setdefault(incident_id, []).append(Entry(n, at, staff, Entered(kind), value))
    return found


def shorter(unit: Reading) -> dict[str, int]:
    """Days that each state's own law allows, as far as the office confirmed some."""
    return dict(unit.rows("SELECT state, days FROM notice_days WHERE days > 0"))


def confirm_days(unit: Writing, state: str, days: int, *, staff: str, at: Moment) -> None:
    """The office has looked up its state's law; 0 for "not shorter"."""
    unit.run(
        """INSERT INTO notice_days VALUES (?, ?, ?, ?) ON CONFLICT(state) DO UPDATE SET
        days = excluded.days, staff = excluded.staff, at = excluded.at""",
        state,
        days,
        staff,
        at,
    )


def residents(unit: Reading, patients: Collection[str]) -> dict[str, int]:
    """How many of these patients live in which state, as far as their address tells."""
    rows = unit.rows(
        """SELECT address FROM patient WHERE id IN (SELECT value FROM json_each(?))""",
        json.dumps(list(patients)),
    )
    found: dict[str, int] = {}
    for (address,) in rows:
        state = str(address).rpartition(",")[2].strip().upper()
        if len(state) == 2 and state.isalpha():
            found[state] = found.get(state, 0) + 1
    return found


def everybody(unit: Reading) -> tuple[str, ...]:
    """Ids of all patients that this workstation holds."""
    return tuple(id_ for (id_,) in unit.rows("SELECT id FROM patient ORDER BY id"))


def names(unit: Reading, ids: Collection[str]) -> dict[str, str]:
    """What those of these patients are called who are here."""
    return dict(
        unit.rows(
            "SELECT id, name FROM patient WHERE id IN (SELECT value FROM json_each(?))",
            json.dumps(list(ids)),
        )
    )


def patients_behind(unit: Reading, ids: Collection[str]) -> set[str]:
    """The patients whom some ids lead to: their own, or those of bookings and referrals."""
    rows = unit.rows(
        """WITH named AS (SELECT value AS id FROM json_each(?))
        SELECT id FROM patient WHERE id IN named
        UNION SELECT patient_id FROM booking WHERE id IN named AND patient_id <> ''
        UNION SELECT patient_id FROM referral WHERE id IN named AND patient_id <> ''""",
        json.dumps(list(ids)),
    )
    return {id_ for (id_,) in rows}
