"""Who has left, who saw to it, and what is still to be done about it."""

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.leaving import Cause, Chore
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import Value


class Leaving(Value, frozen=True):
    """One person's leaving."""

    staff: str
    at: Moment
    by: str
    """Staff id of whoever did it."""
    cause: Cause
    rotated_at: Moment | None
    """When the store got another key after it; None if it did not."""
    done: frozenset[Chore]
    person: str = ""
    """The hash by which the other workstations know them; empty for those of before there was one."""


class Took(Value, frozen=True):
    """Something that left the program by this person's hand."""

    at: Moment
    action: str
    detail: str


def put(unit: Writing, leaving: Leaving) -> None:
    """Note it, or what has changed of it."""
    unit.run(
        "INSERT INTO leaving VALUES (?, ?, ?, ?, ?, ?, ?) ON CONFLICT(staff) DO UPDATE SET"
        " rotated_at = excluded.rotated_at, done = excluded.done",
        leaving.staff,
        leaving.at,
        leaving.by,
        leaving.cause.value,
        leaving.rotated_at,
        " ".join(sorted(leaving.done)),
        leaving.person,
    )


def get(unit: Reading, staff: str) -> Leaving | None:
    """One; None for somebody who is still there."""
    row = unit.row(
        "SELECT staff, at, by, cause, rotated_at, done, person FROM leaving WHERE staff = ?", staff
    )
    if row is None:
        return None
    id_, at, by, cause, rotated, done, person = row
    chores = frozenset(Chore(each) for each in done.split())
    return Leaving(id_, at, by, Cause(cause), rotated, chores, person)


def rotated(unit: Writing, now: Moment) -> None:
    """The store has got another key: nobody who left before has the one in use."""
    unit.run("UPDATE leaving SET rotated_at = ? WHERE rotated_at IS NULL", now)


def took(unit: Reading, staff: str, since: Moment) -> tuple[Took, ...]:
    """What this person printed, exported or copied, the newest first."""
    rows = unit.rows(
        "SELECT at, action, detail FROM journal WHERE staff = ? AND at >= ? AND outcome = 'done'"
        " AND (action LIKE 'print.%' OR action LIKE '%.export' OR action = 'visit.copy'"
        " OR action = 'packet.write') ORDER BY n DESC LIMIT 200",
        staff,
        since,
    )
    return tuple(Took(*row) for row in rows)


def in_hand(unit: Reading, staff: str) -> tuple[int, int]:
    """How many replies and referrals this person had begun; a colleague takes them over."""
    replies = unit.value("SELECT count(*) FROM reply_draft WHERE author = ?", staff)
    referrals = unit.value("SELECT count(*) FROM referral_work WHERE actor = ? AND key = ''", staff)
    return int(replies), int(referrals)
