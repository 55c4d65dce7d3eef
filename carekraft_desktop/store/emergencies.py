"""The emergencies in which somebody saw more than the role allows, and who has signed them."""

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.emergencies import Reason
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import Value


class Emergency(Value, frozen=True):
    """One of them."""

    id: str
    staff: str
    reason: Reason
    began_at: Moment
    ends_at: Moment
    ended_at: Moment | None
    """When it was ended by hand; None if time did, or it goes on."""
    signed_by: str
    signed_at: Moment | None
    looks: int = 0
    """How many records were looked at meanwhile."""


def begin(unit: Writing, emergency: Emergency) -> None:
    """Note that it has begun."""
    unit.run(
        "INSERT INTO emergency (id, staff, reason, began_at, ends_at) VALUES (?, ?, ?, ?, ?)",
        emergency.id,
        emergency.staff,
        emergency.reason.value,
        emergency.began_at,
        emergency.ends_at,
    )


def end(unit: Writing, id_: str, now: Moment) -> None:
    """Note that it was ended by hand."""
    unit.run("UPDATE emergency SET ended_at = ? WHERE id = ? AND ended_at IS NULL", now, id_)


def sign(unit: Writing, id_: str, by: str, now: Moment) -> bool:
    """Note who has looked into it; False if somebody had before."""
    touched = unit.run(
        "UPDATE emergency SET signed_by = ?, signed_at = ? WHERE id = ? AND signed_at IS NULL",
        by,
        now,
        id_,
    )
    return touched == 1


def unsigned(unit: Reading) -> tuple[Emergency, ...]:
    """Those that nobody has looked into, the oldest first, with how much was seen."""
    rows = unit.rows(
        """SELECT e.id, e.staff, e.reason, e.began_at, e.ends_at, e.ended_at, e.signed_by,
        e.signed_at, (SELECT count(DISTINCT j.object) FROM journal j WHERE j.staff = e.staff
            AND j.object <> '' AND j.object <> e.id AND j.at >= e.began_at
            AND j.at <= coalesce(e.ended_at, e.ends_at) AND j.outcome = 'done')
        FROM emergency e WHERE e.signed_at IS NULL ORDER BY e.began_at"""
    )
    return tuple(Emergency(id_, staff, Reason(reason), *rest) for id_, staff, reason, *rest in rows)


def count_unsigned(unit: Reading) -> int:
    """How many nobody has looked into."""
    return int(unit.value("SELECT count(*) FROM emergency WHERE signed_at IS NULL"))
