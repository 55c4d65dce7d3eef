"""Bookings as the exchange last described them, and the calendar made of them."""

import json
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.visits import Entry, Status, Visit
from carekraft_desktop.store.outbox import ABOUT_BOOKING
from carekraft_desktop.store.unit import Reading, Row, Writing

_LONGEST = 24 * 3600
_ENTRY = 'start, id, "end", provider_id, patient_id, name, status, version, requested_at'
_STATUS = {status.value: status for status in Status}


def put(unit: Writing, visits: Sequence[Visit], *, force: bool) -> None:
    """Keep bookings as they are now; `force` also replaces a newer version."""
    ids = json.dumps([v.id for v in visits])
    wins = int(force)
    _clear_calendar(unit, ids)
    unit.run_many(
        """INSERT INTO booking VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        ON CONFLICT(id) DO UPDATE SET version = excluded.version, number = excluded.number,
        patient_id = excluded.patient_id, provider_id = excluded.provider_id,
        slot_id = excluded.slot_id, start = excluded.start, "end" = excluded."end",
        status = excluded.status, requested_at = excluded.requested_at,
        cancelled_by = excluded.cancelled_by, reason = excluded.reason,
        offered_start = excluded.offered_start, offered_end = excluded.offered_end,
        purpose = excluded.purpose, comment = excluded.comment, previous = excluded.previous,
        changed_at = excluded.changed_at
        WHERE excluded.version > booking.version OR ?""",
        [
            (
                v.id,
                v.version,
                v.number,
                v.patient_id,
                v.provider_id,
                v.slot_id,
                v.start,
                v.end,
                str(v.status),  # the driver takes its time with whatever is not quite a str
                v.requested_at,
                v.cancelled_by,
                v.reason,
                v.offered_start,
                v.offered_end,
                v.purpose,
                v.comment,
                json.dumps(v.previous_providers) if v.previous_providers else "[]",
                v.changed_at,
                wins,
            )
            for v in visits
        ],
    )
    unit.run(
        f"""INSERT INTO calendar ({_ENTRY})
        SELECT held_start, booking.id, held_end, provider_id, patient_id, coalesce(name, ''),
        status, booking.version, requested_at FROM booking LEFT JOIN patient
        ON patient.id = booking.patient_id
        WHERE booking.id IN (SELECT value FROM json_each(?))""",
        ids,
    )


def remove(unit: Writing, ids: Sequence[str]) -> None:
    """Remove bookings that the exchange has removed, and what was still to be said of them."""
    chosen = json.dumps(list(ids))
    _clear_calendar(unit, chosen)
    unit.run("DELETE FROM booking WHERE id IN (SELECT value FROM json_each(?))", chosen)
    for table in ("baseline", "mark"):
        unit.run(
            f"DELETE FROM {table} WHERE booking_id IN (SELECT value FROM json_each(?))", chosen
        )
    unit.run(
        f"""UPDATE outbox SET delivery = 'void' WHERE {ABOUT_BOOKING} IN
        (SELECT value FROM json_each(?)) AND delivery IN ('waiting', 'unknown', 'deferred')""",
        chosen,
    )


def _clear_calendar(unit: Writing, ids: str) -> None:
    unit.run(
        """DELETE FROM calendar WHERE (start, id) IN
        (SELECT held_start, id FROM booking WHERE id IN (SELECT value FROM json_each(?)))""",
        ids,
    )


def between(unit: Reading, first: Moment, last: Moment) -> list[Entry]:
    """Every visit that overlaps [first, last), by start; cancelled ones included."""
    return _entries(
        unit.rows(
            f"""SELECT {_ENTRY} FROM calendar
            WHERE start >= ? AND start < ? AND "end" > ?""",
            first - _LONGEST,
            last,
            first,
        )
    )


def requested(unit: Reading) -> list[Entry]:
    """Every request that the exchange says is open, oldest first."""
    return _entries(
        unit.rows(
            """SELECT start, booking.id, "end", provider_id, patient_id, coalesce(name, ''),
            status, booking.version, requested_at FROM booking
            INDEXED BY booking_requested LEFT JOIN patient ON patient.id = patient_id
            WHERE status = 'requested' ORDER BY requested_at, booking.id"""
        )
    )


def entries(unit: Reading, ids: Iterable[str]) -> dict[str, Entry]:
    """The entries of these bookings, by id; those that are gone are missing."""
    rows = unit.rows(
        """SELECT held_start, booking.id, held_end, provider_id, patient_id, coalesce(name, ''),
        status, booking.version, requested_at FROM booking LEFT JOIN patient ON patient.id = patient_id
        WHERE booking.id IN (SELECT value FROM json_each(?))""",
        json.dumps(list(ids)),
    )
    return {entry.id: entry for entry in _entries(rows)}


def open_ids(unit: Reading, ids: Iterable[str], patient_ids: Iterable[str]) -> list[str]:
    """Those of these bookings, and of these patients' bookings, that are still to come off."""
    rows = unit.rows(
        """SELECT id FROM booking WHERE (id IN (SELECT value FROM json_each(?))
        OR patient_id IN (SELECT value FROM json_each(?)))
        AND status IN ('requested', 'offered', 'confirmed')""",
        json.dumps(list(ids)),
        json.dumps(list(patient_ids)),
    )
    return [id_ for (id_,) in rows]


def newest_change(unit: Reading) -> Moment:
    """When the newest change of any booking was recorded; 0 without any."""
    return int(unit.value("SELECT max(changed_at) FROM booking INDEXED BY booking_changed") or 0)


def changed_at(unit: Reading, moment: Moment, most: int) -> dict[str, int]:
    """Bookings whose last change is of exactly this second, with their versions; at most so many."""
    rows = unit.rows(
        "SELECT id, version FROM booking INDEXED BY booking_changed WHERE changed_at = ? LIMIT ?",
        moment,
        most,
    )
    return dict(rows)


def requested_since(unit: Reading, since: Moment) -> set[str]:
    """Requests that came or were renewed at a moment or after it."""
    rows = unit.rows(
        """SELECT id FROM booking INDEXED BY booking_requested
        WHERE status = 'requested' AND changed_at >= ?""",
        since,
    )
    return {id_ for (id_,) in rows}


class Change(NamedTuple):
    """The last change of a booking."""

    version: int
    changed_at: Moment
    """0 when that is not known."""
    by_patient: bool
    """It was the patient's cancellation."""


def changes(unit: Reading, ids: Iterable[str]) -> dict[str, Change]:
    """The last change of each of these bookings, by id; those that are gone are missing."""
    rows = unit.rows(
        """SELECT id, version, changed_at, status = 'cancelled' AND cancelled_by = 'patient'
        FROM booking WHERE id IN (SELECT value FROM json_each(?))""",
        json.dumps(list(ids)),
    )
    return {id_: Change(version, at, bool(patient)) for id_, version, at, patient in rows}


def get(unit: Reading, visit_id: str) -> Visit | None:
    """One booking with all that came with it, None when it is gone."""
    row = unit.row(
        """SELECT id, version, number, patient_id, provider_id, slot_id, start, "end", status,
        requested_at, cancelled_by, reason, offered_start, offered_end, purpose, comment,
        previous, changed_at FROM booking WHERE id = ?""",
        visit_id,
    )
    if row is None:
        return None
    visit_id, version, number, patient_id, provider_id, slot_id, start, end, status, *more = row
    requested_at, by, reason, offered_start, offered_end, purpose, comment, previous, at = more
    return Visit(
        id=visit_id,
        version=version,
        number=number,
        patient_id=patient_id,
        provider_id=provider_id,
        slot_id=slot_id,
        start=start,
        end=end,
        status=Status(status),
        requested_at=requested_at,
        cancelled_by=by,
        reason=reason,
        offered_start=offered_start,
        offered_end=offered_end,
        purpose=purpose,
        comment=comment,
        previous_providers=tuple(json.loads(previous)),
        changed_at=at,
    )


def has_number(unit: Reading, number: str) -> bool:
    """Whether some booking that is here carries this number."""
    return bool(unit.value("SELECT EXISTS (SELECT 1 FROM booking WHERE number = ?)", number))


def _entries(rows: list[Row]) -> list[Entry]:
    # Taken apart by hand and without `Entry`'s own constructor: a week is thousands of them.
    status, make = _STATUS, tuple.__new__
    return [
        make(Entry, (start, id_, end, provider, patient, name, status[mark], version, requested))
        for start, id_, end, provider, patient, name, mark, version, requested in rows
    ]
