"""Records that are held because no guardian is named: out of every list, until one is (REQ-74)."""

import json
from collections.abc import Collection

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.ages import Held
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import Value

WITH_PATIENT = "held-with-patient"
"""The code of what belongs to a held patient: bookings, decisions, insurance."""
CODES = (*(each.value for each in Held), WITH_PATIENT)
_CHOSEN = "IN (SELECT value FROM json_each(?))"


class Record(Value, frozen=True):
    """One patient who is held: nothing but an opaque id and a code."""

    patient_id: str
    why: Held
    at: Moment


def put(unit: Writing, patient_id: str, why: Held, at: Moment, *, whole: bool) -> None:
    """Hold a patient; since when stays, and what is incomplete stays so."""
    unit.run(
        """INSERT INTO held_back VALUES (?, ?, ?, ?) ON CONFLICT(patient_id) DO UPDATE SET
        why = excluded.why, whole = min(whole, excluded.whole)""",
        patient_id,
        why.value,
        at,
        int(whole),
    )


def ids(unit: Reading) -> set[str]:
    """Everybody who is held."""
    return {id_ for (id_,) in unit.rows("SELECT patient_id FROM held_back")}


def every(unit: Reading) -> tuple[Record, ...]:
    """Everybody who is held, the longest first."""
    rows = unit.rows("SELECT patient_id, why, at FROM held_back ORDER BY at, patient_id")
    return tuple(Record(id_, Held(why), at) for id_, why, at in rows)


def let_go(unit: Writing, patient_ids: Collection[str]) -> bool:
    """They are held no longer; whether some of what came has to be told anew."""
    chosen = json.dumps(list(patient_ids))
    incomplete = bool(
        unit.value(
            f"SELECT EXISTS (SELECT 1 FROM held_back WHERE whole = 0 AND patient_id {_CHOSEN})",
            chosen,
        )
    )
    unit.run(f"DELETE FROM held_back WHERE patient_id {_CHOSEN}", chosen)
    return incomplete


def cared_for(unit: Reading, patient_ids: Collection[str]) -> set[str]:
    """Those of whom there is a record of care: they came, whatever is missing now."""
    rows = unit.rows(
        f"""SELECT DISTINCT patient_id FROM booking WHERE patient_id {_CHOSEN}
        AND status IN ('arrived', 'completed')""",
        json.dumps(list(patient_ids)),
    )
    return {id_ for (id_,) in rows}


def there(unit: Reading, patient_ids: Collection[str]) -> tuple[set[str], list[str]]:
    """What is in sight of these: whoever there is something of, and their bookings."""
    chosen = json.dumps(list(patient_ids))
    bookings = unit.rows(f"SELECT id, patient_id FROM booking WHERE patient_id {_CHOSEN}", chosen)
    people = unit.rows(f"SELECT id FROM patient WHERE id {_CHOSEN}", chosen)
    return {whose for _, whose in bookings} | {id_ for (id_,) in people}, [b for b, _ in bookings]


def bodies(unit: Reading) -> list[bytes]:
    """What came of everybody who is held, as it came; patients before their bookings."""
    rows = unit.rows(
        f"""SELECT body FROM quarantine WHERE error {_CHOSEN}
        ORDER BY kind <> 'patient', kind, id""",
        json.dumps(CODES),
    )
    return [bytes(body) for (body,) in rows]


def is_incomplete(unit: Writing) -> None:
    """Something that was held has gone by the office's own rule: it has to be told anew."""
    unit.run("UPDATE held_back SET whole = 0")


def not_met(unit: Writing) -> None:
    """After a resync: whom the exchange no longer has is not held either."""
    unit.run(
        "DELETE FROM held_back WHERE patient_id NOT IN (SELECT id FROM met WHERE kind = 'patient')"
    )


def count_unread(unit: Reading) -> int:
    """How many things of the feed could not be read; what is held could."""
    return int(
        unit.value(f"SELECT count(*) FROM quarantine WHERE NOT error {_CHOSEN}", json.dumps(CODES))
    )
