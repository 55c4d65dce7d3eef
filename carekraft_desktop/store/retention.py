"""The office's retention table and, for each record, what its dates are made of."""

from datetime import UTC, date, datetime, tzinfo
from zoneinfo import ZoneInfo

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.codes import Status
from carekraft_desktop.domain.retention import DEFAULTS, NUMBERS, Table, happened
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import Value

_NUMBERS = ", ".join(NUMBERS)


class Version(Value, frozen=True):
    """The table as somebody confirmed it."""

    at: Moment
    staff: str
    table: Table


def versions(unit: Reading) -> tuple[Version, ...]:
    """Every table that was ever in force, the newest first."""
    rows = unit.rows(f"SELECT at, staff, state, {_NUMBERS} FROM retention_table ORDER BY n DESC")
    return tuple(Version(at, staff, Table(*rest)) for at, staff, *rest in rows)


def table(unit: Reading) -> Table:
    """The numbers in force; the defaults until somebody confirms others."""
    row = unit.row(f"SELECT state, {_NUMBERS} FROM retention_table ORDER BY n DESC LIMIT 1")
    return DEFAULTS if row is None else Table(*row)


def confirm(unit: Writing, version: Version) -> None:
    """From now on these count."""
    unit.run(
        f"""INSERT INTO retention_table (at, staff, state, {_NUMBERS})
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)""",
        version.at,
        version.staff,
        version.table.state,
        *(getattr(version.table, name) for name in NUMBERS),
    )


def zone(unit: Reading) -> tzinfo:
    """Where the office's days begin."""
    name = unit.value("SELECT zone FROM office LIMIT 1")
    return ZoneInfo(str(name)) if name else UTC


class Booked(Value, frozen=True):
    """A booking, as far as its dates need it."""

    id: str
    day: date
    """The day it was for, in the office's zone."""
    came: bool
    """Whether the patient was seen."""
    over: bool
    version: int = 1


class Person(Value, frozen=True):
    """A patient, as far as the dates need it."""

    id: str
    birth: str
    guardian: bool
    visits: tuple[Booked, ...]
    decided: date | None
    """The day of the newest decision about the share."""

    @property
    def last_seen(self) -> date | None:
        """The day of the last visit that happened."""
        return max((each.day for each in self.visits if each.came), default=None)


def person(unit: Reading, patient_id: str, now: Moment, where: tzinfo) -> Person:
    """What the dates of a patient's records are made of; also for one who is not here."""
    row = unit.row("SELECT birth_date, guardian_name FROM patient WHERE id = ?", patient_id)
    birth, guardian = row if row is not None else ("", "")
    decided = unit.value("SELECT max(decided_at) FROM consent WHERE patient_id = ?", patient_id)
    return Person(
        patient_id,
        birth,
        bool(guardian),
        tuple(booked(unit, "patient_id = ?", patient_id, now, where)),
        day_of(decided, where) if decided else None,
    )


def booked(
    unit: Reading, condition: str, value: str | Moment, now: Moment, where: tzinfo
) -> list[Booked]:
    """Bookings for which a condition of ours holds, by their start."""
    rows = unit.rows(
        f'SELECT id, start, "end", status, version FROM booking WHERE {condition} ORDER BY start',
        value,
    )
    return [
        Booked(
            id_,
            day_of(start, where),
            happened(Status(status), over=end <= now),
            end <= now,
            version,
        )
        for id_, start, end, status, version in rows
    ]


def day_of(at: Moment, where: tzinfo) -> date:
    """The office's day of a moment."""
    return datetime.fromtimestamp(at, where).date()


def count(unit: Reading, name: str) -> int:
    """How many rows a table has."""
    return int(unit.value(f"SELECT count(*) FROM {name}"))


def count_bookings(unit: Reading) -> int:
    """How many bookings there are."""
    return count(unit, "booking")


def count_came(unit: Reading, now: Moment) -> int:
    """How many of them happened."""
    return int(
        unit.value(
            """SELECT count(*) FROM booking WHERE status IN ('arrived', 'completed')
            OR status = 'confirmed' AND "end" <= ?""",
            now,
        )
    )


def birth_of(unit: Reading, patient_id: str) -> str:
    """A patient's birth date as it is shared, also of one whose record is kept apart."""
    found = unit.value("SELECT birth_date FROM patient WHERE id = ?", patient_id)
    if found is None:
        found = unit.value("SELECT max(birth) FROM kept WHERE patient_id = ?", patient_id)
    return str(found or "")


def some_patients(unit: Reading, *, most: int) -> list[str]:
    """Patients with a visit, the first by id."""
    rows = unit.rows(
        """SELECT id FROM patient WHERE EXISTS
        (SELECT 1 FROM booking WHERE patient_id = patient.id) ORDER BY id LIMIT ?""",
        most,
    )
    return [id_ for (id_,) in rows]
