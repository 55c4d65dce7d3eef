"""The office's copy of the directory, and what is remembered for each referring provider."""

import json
import math
import re
from collections.abc import Sequence

from carekraft_desktop.contract.specialties import Specialty
from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.directory import Entry, Found, Slot, Times, Wanted, miles
from carekraft_desktop.domain.finding import plain
from carekraft_desktop.store.unit import Reading, Row, Writing
from carekraft_desktop.value import replace

_COLUMNS = (
    "d.npi, d.location_id, d.name, d.groups, d.line, d.city, d.state, d.zip5, d.latitude, "
    "d.longitude, d.zone, d.phone, d.plans, d.languages, d.modes, d.new_patients, d.wants_sex"
)
_WORD = re.compile(r"\w+")
MILES_PER_DEGREE = 69.0
MOST_LOOKED_AT = 2_000
"""Entries that one look goes through, the nearest of them."""
_FLAT = "({0}.latitude - ?) * ({0}.latitude - ?) + ({0}.longitude - ?) * ({0}.longitude - ?) * ?"
"""The square of the distance in degrees, as on a flat map: enough to put the nearest first."""
_CIRCLES = (5.0, 20.0, 80.0, 320.0)
"""Miles around the office in which to look first."""


def put(unit: Writing, entries: Sequence[Entry], gone: Sequence[tuple[str, str]] = ()) -> None:
    """Keep entries as they are now, and let go of those that are no longer there."""
    for npi, location_id in (*(entry.key for entry in entries), *gone):
        _remove(unit, npi, location_id)
    for entry in entries:
        _add(unit, entry)


def get(unit: Reading, npi: str, location_id: str) -> Entry | None:
    """One entry."""
    row = unit.row(
        f"SELECT {_COLUMNS} FROM directory d WHERE npi = ? AND location_id = ?", npi, location_id
    )
    return None if row is None else _entry(row)


def by_npi(unit: Reading, npi: str) -> tuple[Entry, ...]:
    """Everywhere a provider can be booked."""
    rows = unit.rows(f"SELECT {_COLUMNS} FROM directory d WHERE npi = ? ORDER BY n", npi)
    return tuple(_entry(row) for row in rows)


def of_numbers(unit: Reading, npis: Sequence[str]) -> dict[tuple[str, str], Entry]:
    """Everywhere these providers can be booked, by number and location."""
    rows = unit.rows(
        f"SELECT {_COLUMNS} FROM directory d WHERE npi IN (SELECT value FROM json_each(?))",
        json.dumps(list(npis)),
    )
    return {entry.key: entry for entry in map(_entry, rows)}


def count(unit: Reading) -> int:
    """How many entries there are."""
    return int(unit.value("SELECT count(*) FROM directory"))


def place_of(unit: Reading, zip5: str) -> tuple[float, float] | None:
    """Where a postal code is, by the entries that have it; None when none has."""
    row = unit.row("SELECT avg(latitude), avg(longitude) FROM directory WHERE zip5 = ?", zip5)
    return None if row is None or row[0] is None else (float(row[0]), float(row[1]))


def find(unit: Reading, wanted: Wanted, *, most: int) -> list[Found]:
    """Who fits, nearest first.

    Looked for in a circle that grows until enough are found, so that a search for a group
    costs the same in a directory of any size.
    """
    if wanted.words or wanted.near is None:
        return _within(unit, wanted, most)
    for miles_around in _CIRCLES:
        if wanted.within and miles_around >= wanted.within:
            break
        found = _within(unit, replace(wanted, within=miles_around), most)
        if len(found) >= most:
            return found
    return _within(unit, wanted, most)


def _within(unit: Reading, wanted: Wanted, most: int) -> list[Found]:
    source, conditions, values = _source(wanted)
    where = " AND ".join(conditions) or "1"
    order = ""
    if wanted.near is not None:
        order = f"ORDER BY {_FLAT.format('g' if source.startswith('directory_group') else 'd')}"
        latitude, longitude = wanted.near
        values += [latitude, latitude, longitude, longitude, _narrow(latitude) ** 2]
    rows = unit.rows(
        f"SELECT {_COLUMNS} FROM {source} WHERE {where} {order} LIMIT ?", *values, MOST_LOOKED_AT
    )
    entries = {entry.key: entry for entry in map(_entry, rows) if _allowed(entry, wanted)}
    if _groups(wanted) and not wanted.words:
        for npi in wanted.named:
            entries |= {entry.key: entry for entry in by_npi(unit, npi)}
    found = [_found(entry, wanted) for entry in entries.values()]
    if wanted.within:
        found = [each for each in found if each.miles is not None and each.miles <= wanted.within]
    return sorted(found, key=_nearest_first)[:most]


def _groups(wanted: Wanted) -> set[Specialty]:
    return {wanted.group} if wanted.group is not None else set(wanted.allowed)


def _source(wanted: Wanted) -> tuple[str, list[str], list[str | float | int]]:
    """Which tables are looked through, and what must be so, with its values."""
    conditions, values = _conditions(wanted)
    words = " ".join(f'"{word}"*' for word in _WORD.findall(plain(wanted.words)))
    groups = sorted(group.value for group in _groups(wanted))
    if not words and groups:
        conditions.insert(0, "g.code IN (SELECT value FROM json_each(?))")
        values.insert(0, json.dumps(groups))
        return "directory_group g JOIN directory d ON d.n = g.n", conditions, values
    if not words:
        return "directory d", conditions, values
    conditions.insert(0, "directory_words MATCH ?")
    values.insert(0, words)
    if groups or wanted.named:
        # Here, and not among the rows that were looked at: there may be many more.
        of_group = " OR ".join("instr(d.groups, ?) > 0" for _ in groups) or "0"
        named = "" if wanted.group is not None else "d.npi IN (SELECT value FROM json_each(?)) OR "
        conditions.append(f"({named}{of_group})")
        values += [json.dumps(sorted(wanted.named))] if named else []
        values += [f"|{code}|" for code in groups]
    return "directory_words JOIN directory d ON d.n = directory_words.rowid", conditions, values


def keep_times(unit: Writing, npi: str, location_id: str, times: Times) -> None:
    """Remember the open times that were looked at, and when."""
    unit.run(
        "INSERT OR REPLACE INTO directory_times VALUES (?, ?, ?, ?)",
        npi,
        location_id,
        times.at,
        json.dumps([(slot.id, slot.start, slot.end) for slot in times.slots]),
    )


def times(unit: Reading, npi: str, location_id: str) -> Times | None:
    """The open times as they were when they were looked at last."""
    row = unit.row(
        "SELECT at, times FROM directory_times WHERE npi = ? AND location_id = ?",
        npi,
        location_id,
    )
    if row is None:
        return None
    return Times(row[0], tuple(Slot(*each) for each in json.loads(row[1])))


def mark(
    unit: Writing, referring: str, npi: str, location_id: str, at: Moment, *, on: bool
) -> None:
    """Make somebody a favourite of a referring provider, or no longer."""
    if on:
        unit.run(
            "INSERT OR REPLACE INTO favourite VALUES (?, ?, ?, ?)", referring, npi, location_id, at
        )
    else:
        unit.run(
            "DELETE FROM favourite WHERE referring = ? AND npi = ? AND location_id = ?",
            referring,
            npi,
            location_id,
        )


def favourites(unit: Reading, referring: str) -> tuple[Entry, ...]:
    """A referring provider's favourites, the ones used most first."""
    rows = unit.rows(
        f"""SELECT {_COLUMNS} FROM favourite f JOIN directory d USING (npi, location_id)
        WHERE f.referring = ? ORDER BY (SELECT count(*) FROM referral_work w
        WHERE w.referring = f.referring AND w.provider_npi = f.npi AND w.key <> '') DESC, d.name""",
        referring,
    )
    return tuple(_entry(row) for row in rows)


def recents(unit: Reading, referring: str, *, most: int = 8) -> tuple[Entry, ...]:
    """Whom a referring provider's patients were booked with last."""
    rows = unit.rows(
        f"""SELECT {_COLUMNS} FROM (SELECT provider_npi, location_id, max(touched_at) AS last
        FROM referral_work WHERE referring = ? AND key <> '' GROUP BY 1, 2) r
        JOIN directory d ON d.npi = r.provider_npi AND d.location_id = r.location_id
        ORDER BY r.last DESC LIMIT ?""",
        referring,
        most,
    )
    return tuple(_entry(row) for row in rows)


def _allowed(entry: Entry, wanted: Wanted) -> bool:
    if not (wanted.allowed or wanted.named):
        return True
    return entry.npi in wanted.named or bool(wanted.allowed & set(entry.groups))


def _conditions(wanted: Wanted) -> tuple[list[str], list[str | float | int]]:
    conditions: list[str] = []
    values: list[str | float | int] = []
    if wanted.plan:
        conditions.append("instr(d.plans, ?) > 0")
        values.append(f"|{wanted.plan}|")
    if wanted.language:
        conditions.append("instr(d.languages, ?) > 0")
        values.append(f"|{wanted.language}|")
    if wanted.new_patients:
        conditions.append("d.new_patients = 1")
    if wanted.near is not None and wanted.within:
        latitude, longitude = wanted.near
        up = wanted.within / MILES_PER_DEGREE
        aside = up / _narrow(latitude)
        grouped = wanted.group is not None or wanted.allowed
        column = "g" if grouped and not wanted.words else "d"
        conditions += [f"{column}.latitude BETWEEN ? AND ?", f"{column}.longitude BETWEEN ? AND ?"]
        values += [latitude - up, latitude + up, longitude - aside, longitude + aside]
    return conditions, values


def _narrow(latitude: float) -> float:
    """How much shorter a degree of longitude is there than one of latitude."""
    return max(0.1, math.cos(math.radians(latitude)))


def _found(entry: Entry, wanted: Wanted) -> Found:
    if wanted.near is None:
        return Found(entry, None)
    return Found(entry, miles(wanted.near, (entry.latitude, entry.longitude)))


def _nearest_first(found: Found) -> tuple[float, str]:
    return found.miles if found.miles is not None else 0.0, found.entry.name


def _remove(unit: Writing, npi: str, location_id: str) -> None:
    row = unit.row(
        """DELETE FROM directory WHERE npi = ? AND location_id = ?
        RETURNING n, latitude, longitude, groups""",
        npi,
        location_id,
    )
    if row is None:
        return
    n, latitude, longitude, groups = row
    unit.run("DELETE FROM directory_words WHERE rowid = ?", n)
    unit.run_many(
        "DELETE FROM directory_group WHERE code = ? AND latitude = ? AND longitude = ? AND n = ?",
        [(code, latitude, longitude, n) for code in _unpacked(groups)],
    )


def _add(unit: Writing, e: Entry) -> None:
    n = unit.value(
        """INSERT INTO directory VALUES
        (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING n""",
        e.npi,
        e.location_id,
        e.name,
        _packed([group.value for group in e.groups]),
        e.line,
        e.city,
        e.state,
        e.zip5,
        e.latitude,
        e.longitude,
        e.zone,
        e.phone,
        _packed(e.plans),
        _packed(e.languages),
        _packed(e.modes),
        int(e.new_patients),
        int(e.wants_sex),
    )
    unit.run(
        "INSERT INTO directory_words(rowid, words) VALUES (?, ?)",
        n,
        plain(f"{e.name} {e.city} {e.npi}"),
    )
    unit.run_many(
        "INSERT INTO directory_group VALUES (?, ?, ?, ?)",
        [(group.value, e.latitude, e.longitude, n) for group in e.groups],
    )


def _packed(words: Sequence[str]) -> str:
    """Words between bars, so that each can be found whole."""
    return f"|{'|'.join(words)}|"


def _unpacked(text: str) -> tuple[str, ...]:
    return tuple(word for word in text.split("|") if word)


def _entry(row: Row) -> Entry:
    npi, location_id, name, groups, line, city, state, zip5, *more = row
    latitude, longitude, zone, phone, plans, languages, modes, new, sex = more
    return Entry(
        npi=npi,
        location_id=location_id,
        name=name,
        groups=tuple(Specialty(code) for code in _unpacked(groups)),
        line=line,
        city=city,
        state=state,
        zip5=zip5,
        latitude=latitude,
        longitude=longitude,
        zone=zone,
        phone=phone,
        plans=_unpacked(plans),
        languages=_unpacked(languages),
        modes=_unpacked(modes),
        new_patients=bool(new),
        wants_sex=bool(sex),
    )
