"""The office's intentions, durable until each has an end that somebody has seen."""

import json
from collections.abc import Collection, Sequence

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.intentions import Delivery, Intention
from carekraft_desktop.store.arrivals import OWNED
from carekraft_desktop.store.unit import Reading, Row, Writing
from carekraft_desktop.value import Value

_COLUMNS = (
    "key, about, act, if_version, actor, made_at, visit_start, delivery, start, "
    '"end", slot_id, provider_id, reason, tries, next_at, problem, settled_version, read, kind, body'
)
_MARKS = ", ".join("?" * len(_COLUMNS.split(",")))
ABOUT_BOOKING = "iif(kind = 'mark', substr(about, instr(about, '.') + 1), about)"
"""The booking that a row is about, also where it is about a mark on one."""
_OPEN = "('waiting', 'unknown', 'deferred')"
_OPEN_ONES = f"outbox INDEXED BY outbox_open WHERE delivery IN {_OPEN}"
_AHEAD = "outbox INDEXED BY outbox_ahead WHERE ahead = 1"
_ELSEWHERE = "outbox INDEXED BY outbox_elsewhere WHERE kind NOT IN ('booking', 'mark')"
"""Left to itself, SQLite reads all of them in the order of their keys."""


def _version_of(table: str) -> str:
    """SQL for the version in which the store holds what a row is about, or knows it is gone."""
    return f"""max(coalesce((SELECT version FROM {table} t WHERE t.id = about), 0),
    coalesce((SELECT version FROM tombstone s WHERE s.kind = '{table}' AND s.id = about), 0))"""


def append(unit: Writing, intention: Intention) -> None:
    """Keep a new intention behind all others."""
    i = intention
    unit.run(
        f"INSERT INTO outbox ({_COLUMNS}) VALUES ({_MARKS})",
        i.key,
        i.about,
        i.act,
        i.if_version,
        i.actor,
        i.made_at,
        i.visit_start,
        i.delivery,
        i.start,
        i.end,
        i.slot_id,
        i.provider_id,
        i.reason,
        i.tries,
        i.next_at,
        i.problem,
        i.settled_version,
        i.read,
        i.kind,
        i.body,
    )


def get(unit: Reading, key: str) -> Intention | None:
    """The intention with this key."""
    rows = unit.rows(f"SELECT {_COLUMNS} FROM outbox WHERE key = ?", key)
    return _intentions(rows)[0] if rows else None


def about(unit: Reading, id_: str) -> tuple[Intention, ...]:
    """Everything the office ever asked for about one thing, in order."""
    return _intentions(unit.rows(f"SELECT {_COLUMNS} FROM outbox WHERE about = ? ORDER BY n", id_))


class Standing(Value, frozen=True):
    """How far an act has come."""

    delivery: Delivery
    problem: str


def standing(unit: Reading, acts: Collection[Act]) -> dict[str, dict[Act, Standing]]:
    """How the newest of each of these acts stands, by what it is about; acts about no visit."""
    found: dict[str, dict[Act, Standing]] = {}
    for about_, act, delivery, problem in unit.rows(
        f"""SELECT about, act, delivery, problem FROM {_ELSEWHERE}
        AND act IN (SELECT value FROM json_each(?)) ORDER BY n""",
        json.dumps(list(acts)),
    ):
        found.setdefault(about_, {})[Act(act)] = Standing(Delivery(delivery), problem)
    return found


def open_about(unit: Reading) -> frozenset[str]:
    """Everything about which an act has not been settled yet."""
    rows = unit.rows(f"SELECT DISTINCT about FROM outbox WHERE delivery IN {_OPEN}")
    return frozenset(id_ for (id_,) in rows)


def last_of(unit: Reading, acts: Collection[Act]) -> dict[str, Intention]:
    """The newest intention of these acts about each thing; acts about no visit."""
    rows = unit.rows(
        f"""SELECT {_COLUMNS} FROM outbox WHERE n IN (SELECT max(n) FROM {_ELSEWHERE}
        AND act IN (SELECT value FROM json_each(?)) GROUP BY about)""",
        json.dumps(sorted(acts)),
    )
    return {found.about: found for found in _intentions(rows)}


def showing(unit: Reading) -> tuple[Intention, ...]:
    """All intentions that may change how a visit looks on the screen, in order."""
    return _intentions(
        unit.rows(
            f"""SELECT {_COLUMNS} FROM {_OPEN_ONES} AND kind = 'booking'
            UNION ALL SELECT {_COLUMNS} FROM {_AHEAD} AND delivery = 'applied'
            AND kind = 'booking' AND settled_version >
            coalesce((SELECT version FROM booking WHERE booking.id = about), 0)
            ORDER BY key"""
        )
    )


def showing_by_visit(unit: Reading) -> dict[str, list[Intention]]:
    """The same by booking."""
    found: dict[str, list[Intention]] = {}
    for intention in showing(unit):
        found.setdefault(intention.about, []).append(intention)
    return found


def marks_showing(unit: Reading) -> tuple[Intention, ...]:
    """All intentions about marks that the feed has not brought, in order."""
    return _intentions(
        unit.rows(
            f"""SELECT {_COLUMNS} FROM {_OPEN_ONES} AND kind = 'mark'
            UNION ALL SELECT {_COLUMNS} FROM {_AHEAD} AND delivery = 'applied'
            AND kind = 'mark' AND settled_version > {_version_of("mark")} ORDER BY key"""
        )
    )


def lines(unit: Reading) -> tuple[Intention, ...]:
    """What the outbox view lists: the open ones in order, then the unread ends."""
    return _intentions(
        unit.rows(f"SELECT {_COLUMNS} FROM outbox WHERE delivery IN {_OPEN} ORDER BY n")
        + unit.rows(
            f"""SELECT {_COLUMNS} FROM outbox WHERE read = 0
            AND delivery IN ('conflict', 'rejected', 'expired') ORDER BY n"""
        )
    )


def count(unit: Reading) -> tuple[int, int]:
    """How many are open, and how many ended otherwise than meant and are unread."""
    waiting = unit.value(f"SELECT count(*) FROM outbox WHERE delivery IN {_OPEN}")
    unread = unit.value(
        """SELECT count(*) FROM outbox WHERE read = 0
        AND delivery IN ('conflict', 'rejected', 'expired')"""
    )
    return int(waiting), int(unread)


def due(unit: Reading, now: Moment, *, most: int) -> tuple[Intention, ...]:
    """The first open intention about each thing, if its time has come; at most `most`.

    Only the first: the next one builds on what becomes of it.
    """
    return _intentions(
        unit.rows(
            f"""SELECT {_COLUMNS} FROM outbox WHERE n IN
            (SELECT min(n) FROM outbox WHERE delivery IN {_OPEN} GROUP BY about)
            AND next_at <= ? ORDER BY n LIMIT ?""",
            now,
            most,
        )
    )


def next_due(unit: Reading) -> Moment | None:
    """When the next open intention may be sent, None when nothing is open."""
    found: Moment | None = unit.value(f"SELECT min(next_at) FROM outbox WHERE delivery IN {_OPEN}")
    return found


def mark_sent(unit: Writing, keys: Sequence[str]) -> None:
    """From here on it is not known whether they were applied, until an answer comes."""
    unit.run_many(
        "UPDATE outbox SET delivery = 'unknown', tries = tries + 1 WHERE key = ?",
        [(key,) for key in keys],
    )


def settle(
    unit: Writing,
    key: str,
    delivery: Delivery,
    *,
    problem: str = "",
    version: int = 0,
    next_at: Moment = 0,
) -> None:
    """Note what became of an intention.

    `version` is the version of the thing that includes it; later intentions about the same thing
    now build on that version.
    """
    unit.run(
        """UPDATE outbox SET delivery = ?, problem = ?, settled_version = ?, next_at = ?,
        ahead = (? AND kind IN ('booking', 'mark')) WHERE key = ?""",
        delivery,
        problem,
        version,
        next_at,
        delivery is Delivery.APPLIED and version > 0,
        key,
    )
    if version:
        unit.run(
            f"""UPDATE outbox SET if_version = ? WHERE if_version < ? AND delivery IN {_OPEN}
            AND about = (SELECT about FROM outbox WHERE key = ?)""",
            version,
            version,
            key,
        )


def catch_up(unit: Writing) -> None:
    """Bookings or marks have come: what the feed shows by itself need not be added any more."""
    for kind in ("booking", "mark"):
        unit.run(
            f"""UPDATE outbox SET ahead = 0 WHERE ahead = 1 AND kind = ?
            AND settled_version <= {_version_of(kind)}""",
            kind,
        )


def mark_read(unit: Writing, key: str) -> None:
    """Somebody has seen how it ended."""
    unit.run("UPDATE outbox SET read = 1 WHERE key = ?", key)


def put_off(unit: Writing, key: str, until: Moment) -> None:
    """Not before this moment."""
    unit.run("UPDATE outbox SET next_at = ? WHERE key = ?", until, key)


def send_again_after_restore(unit: Writing) -> int:
    """After the exchange was restored: queue what it confirmed and no longer knows.

    A referral that is not there any more is made anew, and looked at anew by its gate.
    """
    again = unit.run(
        """UPDATE outbox SET delivery = 'waiting', settled_version = 0, next_at = 0, tries = 0
        WHERE delivery = 'applied' AND act IN ('refer', 'carry-referral') AND body <> ''
        AND about NOT IN (SELECT id FROM referral)
        AND about NOT IN (SELECT id FROM tombstone WHERE kind = 'referral')"""
    )
    return again + sum(
        unit.run(
            f"""UPDATE outbox SET delivery = 'waiting', settled_version = 0, next_at = 0,
            if_version = coalesce((SELECT version FROM {table} t WHERE t.id = about), if_version)
            WHERE delivery = 'applied' AND kind = ? AND settled_version >
            coalesce((SELECT version FROM {table} t WHERE t.id = about), settled_version)""",
            kind,
        )
        for kind, table in OWNED.items()
    )


def _intentions(rows: list[Row]) -> tuple[Intention, ...]:
    return tuple(
        Intention(
            key,
            about,
            Act(act),
            if_version,
            actor,
            made_at,
            visit_start,
            Delivery(delivery),
            start,
            end,
            slot_id,
            provider_id,
            reason,
            tries,
            next_at,
            problem,
            settled_version,
            bool(read),
            kind,
            body,
        )
        for (
            key,
            about,
            act,
            if_version,
            actor,
            made_at,
            visit_start,
            delivery,
            start,
            end,
            slot_id,
            provider_id,
            reason,
            tries,
            next_at,
            problem,
            settled_version,
            read,
            kind,
            body,
        ) in rows
    )


def void(unit: Writing, key: str) -> None:
    """It must not be sent any more, and nobody meant it to fail: its body goes with it."""
    unit.run("UPDATE outbox SET delivery = 'void', body = '' WHERE key = ?", key)
