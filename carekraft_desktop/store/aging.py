"""Which records may be due, found roughly by SQL; the exact day is the domain's.

Roughly means: never one too few. Two days of slack cover time zones and lengths of months.
"""

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.retention import Table
from carekraft_desktop.store import held
from carekraft_desktop.store.unit import Reading, Writing

DAY = 86_400
SLACK = 2 * DAY
YEAR = 365 * DAY


def bookings(unit: Reading, table: Table, now: Moment, *, after: str, most: int) -> list[str]:
    """Bookings whose visit did not happen and was long ago; `after` an id, for the next ones."""
    rows = unit.rows(
        """SELECT id FROM booking WHERE "end" <= ? AND id > ?
        AND (status IN ('requested', 'offered', 'no-show', 'cancelled') OR patient_id = '')
        ORDER BY id LIMIT ?""",
        now - table.never_came_days * DAY + SLACK,
        after,
        most,
    )
    return [id_ for (id_,) in rows]


def patients(unit: Reading, table: Table, now: Moment, *, after: str, most: int) -> list[str]:
    """Patients without a booking of late, and not seen for the years of the table."""
    rows = unit.rows(
        """SELECT id FROM patient WHERE id > ?1
        AND NOT EXISTS (SELECT 1 FROM booking WHERE patient_id = patient.id AND "end" > ?2)
        AND NOT EXISTS (SELECT 1 FROM booking WHERE patient_id = patient.id AND start > ?3
            AND status IN ('arrived', 'completed', 'confirmed'))
        ORDER BY id LIMIT ?4""",
        after,
        now - table.never_came_days * DAY + SLACK,
        now - table.seen_years * YEAR + SLACK,
        most,
    )
    return [id_ for (id_,) in rows]


def referrals(unit: Reading, table: Table, now: Moment, *, after: str, most: int) -> list[str]:
    """Referrals that were sent long ago."""
    rows = unit.rows(
        "SELECT id FROM referral WHERE sent_at <= ? AND id > ? ORDER BY id LIMIT ?",
        now - table.referral_years * YEAR + SLACK,
        after,
        most,
    )
    return [id_ for (id_,) in rows]


def set_aside(unit: Reading, before: Moment, *, most: int) -> list[tuple[str, str, Moment]]:
    """(kind, id, since when) of what could not be read, and of work nobody came back to."""
    rows = unit.rows(
        """SELECT kind, id, at FROM quarantine WHERE at <= ?1
        UNION ALL SELECT 'unfinished', staff, kept_at FROM unfinished WHERE kept_at <= ?1
        LIMIT ?2""",
        before,
        most,
    )
    return [(kind, id_, at) for kind, id_, at in rows]


def drop_set_aside(unit: Writing, kind: str, id_: str) -> None:
    """Let go of one of them."""
    if kind == "unfinished":
        unit.run("DELETE FROM unfinished WHERE staff = ?", id_)
    else:
        error = str(
            unit.value("SELECT error FROM quarantine WHERE kind = ? AND id = ?", kind, id_) or ""
        )
        unit.run("DELETE FROM quarantine WHERE kind = ? AND id = ?", kind, id_)
        if error in held.CODES:
            held.is_incomplete(unit)
