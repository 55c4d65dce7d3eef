"""Legal holds: what must not be destroyed, whatever else says that it should (REQ-83).

Other parts of the program ask here before they remove anything: `on` for a patient,
`on_backups` for whole copies. A hold that was released still counts until the next disposal has
passed over it, so that nothing disappears in the same run as the release.
"""

from enum import StrEnum

from carekraft_desktop.domain import Moment
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import Value

_COLUMNS = (
    "id, scope, about, first_day, last_day, matter, set_at, set_by, released_at, released_by, "
    "passed_at"
)
_LIVE = "passed_at = 0"


class Scope(StrEnum):
    """What a hold lies on."""

    PATIENT = "patient"
    DATES = "dates"
    """Every patient with a visit in a stretch of days."""
    PERSON = "person"
    """Every patient whose record a colleague opened or answered, or whom a provider sees."""
    ALL = "all"


class Hold(Value, frozen=True):
    """One hold; who set it, for which matter."""

    id: str
    scope: Scope
    about: str
    """Patient, staff or provider id; empty for dates and all."""
    first_day: str
    """ISO dates, both included; empty but for dates."""
    last_day: str
    matter: str
    """A code the office gives the matter; never a name."""
    set_at: Moment
    set_by: str
    released_at: Moment = 0
    released_by: str = ""
    passed_at: Moment = 0
    """When a disposal passed over the release; from then on it counts no more."""


def put(unit: Writing, hold: Hold) -> None:
    """Set it."""
    unit.run(
        f"INSERT INTO legal_hold ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, 0, '', 0)",
        hold.id,
        hold.scope.value,
        hold.about,
        hold.first_day,
        hold.last_day,
        hold.matter,
        hold.set_at,
        hold.set_by,
    )


def keep(unit: Writing, hold: Hold) -> None:
    """Take a hold over as it is, also one that is released; for a store that was put back."""
    marks = ", ".join("?" * len(_COLUMNS.split(",")))
    unit.run(
        f"""INSERT INTO legal_hold ({_COLUMNS}) VALUES ({marks}) ON CONFLICT(id) DO UPDATE SET
        released_at = excluded.released_at, released_by = excluded.released_by,
        passed_at = excluded.passed_at""",
        hold.id,
        hold.scope.value,
        hold.about,
        hold.first_day,
        hold.last_day,
        hold.matter,
        hold.set_at,
        hold.set_by,
        hold.released_at,
        hold.released_by,
        hold.passed_at,
    )


def release(unit: Writing, hold_id: str, by: str, at: Moment) -> int:
    """Release it; how many that were."""
    return unit.run(
        "UPDATE legal_hold SET released_at = ?, released_by = ? WHERE id = ? AND released_at = 0",
        at,
        by,
        hold_id,
    )


def pass_over(unit: Writing, at: Moment) -> int:
    """A disposal has ended: what was released before it counts no more."""
    return unit.run(
        "UPDATE legal_hold SET passed_at = ?1 WHERE passed_at = 0 AND released_at > 0", at
    )


def every(unit: Reading) -> tuple[Hold, ...]:
    """All holds there ever were, the newest first."""
    rows = unit.rows(f"SELECT {_COLUMNS} FROM legal_hold ORDER BY set_at DESC, id DESC")
    return tuple(Hold(id_, Scope(scope), *rest) for id_, scope, *rest in rows)


def any_live(unit: Reading) -> bool:
    """Whether any hold counts."""
    return bool(unit.value(f"SELECT EXISTS (SELECT 1 FROM legal_hold WHERE {_LIVE})"))


on_backups = any_live
"""Whether copies of the whole store must stay: a hold on anybody lies on each of them."""
on_paper = any_live
"""Whether journal and paperwork must stay."""


def on(unit: Reading, patient_id: str) -> bool:
    """Whether a hold lies on a patient's records."""
    return any(_covers(unit, hold, patient_id) for hold in every(unit) if hold.passed_at == 0)


def _covers(unit: Reading, hold: Hold, patient_id: str) -> bool:
    if hold.scope is Scope.ALL:
        return True
    if hold.scope is Scope.PATIENT:
        return hold.about == patient_id
    if hold.scope is Scope.DATES:
        return bool(
            unit.value(
                """SELECT EXISTS (SELECT 1 FROM booking WHERE patient_id = ?1
                AND date(start, 'unixepoch') BETWEEN date(?2, '-1 day') AND date(?3, '+1 day'))
                OR EXISTS
                (SELECT 1 FROM kept WHERE patient_id = ?1 AND start_day BETWEEN ?2 AND ?3)""",
                patient_id,
                hold.first_day,
                hold.last_day,
            )
        )
    return _concerns(unit, hold.about, patient_id)


def _concerns(unit: Reading, person: str, patient_id: str) -> bool:
    """Whether a provider sees the patient, or somebody at a desk had to do with them."""
    return bool(
        unit.value(
            """SELECT EXISTS (SELECT 1 FROM booking WHERE patient_id = ?1 AND provider_id = ?2)
            OR EXISTS (SELECT 1 FROM kept WHERE patient_id = ?1 AND kind = 'booking'
                AND body ->> 'provider_id' = ?2)
            OR EXISTS (SELECT 1 FROM journal WHERE staff = ?2 AND object = ?1)
            OR EXISTS (SELECT 1 FROM journal WHERE staff = ?2 AND object IN
                (SELECT id FROM booking WHERE patient_id = ?1
                UNION SELECT id FROM kept WHERE patient_id = ?1))""",
            patient_id,
            person,
        )
    )
