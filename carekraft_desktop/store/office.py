"""The office, its providers and their published time."""

import json
from collections.abc import Sequence

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.visits import Hours, Office, Opening, Provider, Schedule, Slot
from carekraft_desktop.store.unit import Reading, Writing


def put_offices(unit: Writing, offices: Sequence[Office], *, force: bool) -> None:
    """Keep the office as it is now; `force` also replaces a newer version."""
    unit.run_many(
        """INSERT INTO office VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET
        version = excluded.version, name = excluded.name, zone = excluded.zone,
        phone = excluded.phone, npi = excluded.npi, zip5 = excluded.zip5 WHERE excluded.version > office.version OR ?""",
        [(o.id, o.version, o.name, o.zone, o.phone, o.npi, o.zip5, force) for o in offices],
    )


def put_providers(unit: Writing, providers: Sequence[Provider], *, force: bool) -> None:
    """Keep providers as they are now."""
    unit.run_many(
        """INSERT INTO provider VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET
        version = excluded.version, name = excluded.name, specialty = excluded.specialty,
        active = excluded.active, hours = excluded.hours
        WHERE excluded.version > provider.version OR ?""",
        [
            (
                p.id,
                p.version,
                p.name,
                p.specialty,
                p.active,
                json.dumps([(h.weekday, h.opens, h.closes) for h in p.hours]),
                force,
            )
            for p in providers
        ],
    )


def put_schedules(unit: Writing, schedules: Sequence[Schedule], *, force: bool) -> None:
    """Keep whose time a slot is."""
    unit.run_many(
        """INSERT INTO schedule VALUES (?, ?, ?) ON CONFLICT(id) DO UPDATE SET
        version = excluded.version, provider_id = excluded.provider_id
        WHERE excluded.version > schedule.version OR ?""",
        [(s.id, s.version, s.provider_id, force) for s in schedules],
    )


def put_slots(unit: Writing, slots: Sequence[Slot], *, force: bool) -> None:
    """Keep published slots as they are now."""
    unit.run_many(
        """INSERT INTO slot VALUES (?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET
        version = excluded.version, schedule_id = excluded.schedule_id,
        start = excluded.start, "end" = excluded."end", free = excluded.free
        WHERE excluded.version > slot.version OR ?""",
        [(s.id, s.version, s.schedule_id, s.start, s.end, int(s.free), int(force)) for s in slots],
    )


def office(unit: Reading) -> Office | None:
    """The office of this workstation, None before it has arrived."""
    row = unit.row("SELECT id, name, zone, phone, version, npi, zip5 FROM office LIMIT 1")
    return None if row is None else Office(*row)


def providers(unit: Reading) -> tuple[Provider, ...]:
    """All providers by name, those who have left included."""
    rows = unit.rows(
        "SELECT id, name, specialty, active, hours, version FROM provider ORDER BY name, id"
    )
    return tuple(
        Provider(id_, name, specialty, bool(active), tuple(Hours(*h) for h in json.loads(hours)), v)
        for id_, name, specialty, active, hours, v in rows
    )


def openings(unit: Reading, provider_id: str, first: Moment, last: Moment) -> tuple[Opening, ...]:
    """Free published slots of a provider that start in [first, last)."""
    rows = unit.rows(
        """SELECT slot.id, provider_id, start, "end" FROM schedule JOIN slot
        ON slot.schedule_id = schedule.id
        WHERE provider_id = ? AND free = 1 AND start >= ? AND start < ? ORDER BY start""",
        provider_id,
        first,
        last,
    )
    return tuple(Opening(*row) for row in rows)
