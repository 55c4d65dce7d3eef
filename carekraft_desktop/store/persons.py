"""Records of one person: who looks like whom, and what somebody has decided about it."""

import json
from collections.abc import Iterable
from typing import NamedTuple

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.visits import Entry
from carekraft_desktop.store import visits
from carekraft_desktop.store.unit import Reading, Writing

_MOST = 50
"""So many records are compared; one telephone number is rarely shared by more."""


class Decision(NamedTuple):
    """What was decided of two records."""

    other: str
    same: bool


def look_alikes(unit: Reading, patient_id: str) -> list[str]:
    """Records with the same telephone number, e-mail or birth date, the person's own left out."""
    rows = unit.rows(
        """SELECT other.id FROM patient AS one JOIN patient AS other ON other.id <> one.id
        AND (other.phone = one.phone AND one.phone <> ''
             OR other.birth_date = one.birth_date AND one.birth_date <> '')
        WHERE one.id = ? LIMIT ?""",
        patient_id,
        _MOST,
    )
    return [id_ for (id_,) in rows]


def decisions(unit: Reading, patient_id: str) -> list[Decision]:
    """Everything that was decided about a record and others."""
    rows = unit.rows(
        """SELECT other, same FROM same_person WHERE one = ?1
        UNION ALL SELECT one, same FROM same_person WHERE other = ?1""",
        patient_id,
    )
    return [Decision(other, bool(same)) for other, same in rows]


def joined(unit: Reading, patient_ids: Iterable[str]) -> dict[str, frozenset[str]]:
    """Which of these records belong to somebody with several, each with all of that person's."""
    people: dict[str, frozenset[str]] = {}
    asked = json.dumps(sorted(set(patient_ids)))
    while True:
        pairs = unit.rows(
            """SELECT one, other FROM same_person WHERE same = 1
            AND (one IN (SELECT value FROM json_each(?1))
                 OR other IN (SELECT value FROM json_each(?1)))""",
            asked,
        )
        before = len(people)
        for one, other in pairs:
            person = people.get(one, frozenset({one})) | people.get(other, frozenset({other}))
            people |= dict.fromkeys(person, person)
        if len(people) == before:
            return people
        asked = json.dumps(sorted(people))


def decide(unit: Writing, one: str, other: str, *, same: bool, staff: str, at: Moment) -> None:
    """Note that two records are one person, or two."""
    first, second = sorted((one, other))
    unit.run(
        """INSERT INTO same_person VALUES (?, ?, ?, ?, ?) ON CONFLICT(one, other) DO UPDATE SET
        same = excluded.same, staff = excluded.staff, at = excluded.at""",
        first,
        second,
        int(same),
        staff,
        at,
    )


def undecide(unit: Writing, one: str, other: str) -> None:
    """As if nobody had decided; a record joined through a third one leaves that one as well."""
    first, second = sorted((one, other))
    if not unit.run("DELETE FROM same_person WHERE one = ? AND other = ?", first, second):
        unit.run("DELETE FROM same_person WHERE same = 1 AND ? IN (one, other)", other)


def visits_of(unit: Reading, patient_ids: list[str]) -> list[Entry]:
    """Every booking of these records, the newest first."""
    ids = [
        id_
        for patient_id in patient_ids
        for (id_,) in unit.rows("SELECT id FROM booking WHERE patient_id = ?", patient_id)
    ]
    return sorted(visits.entries(unit, ids).values(), reverse=True)
