"""The office's intentions, durable until each has an end that somebody has seen."""

from collections.abc import Sequence

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.intentions import Delivery, Intention
from carekraft_desktop.store.unit import Reading, Row, Writing

_COLUMNS = (
    "key, visit_id, act, if_version, actor, made_at, visit_start, delivery, start, "
    '"end", slot_id, provider_id, reason, tries, next_at, problem, settled_version, read'
)
_OPEN = "('waiting', 'unknown', 'deferred')"


def append(unit: Writing, intention: Intention) -> None:
    """Keep a new intention behind all others."""
    i = intention
    unit.run(
        f"INSERT INTO outbox ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        i.key,
        i.visit_id,
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
    )


def get(unit: Reading, key: str) -> Intention | None:
    """The intention with this key."""
    rows = unit.rows(f"SELECT {_COLUMNS} FROM outbox WHERE key = ?", key)
    return _intentions(rows)[0] if rows else None


def of_visit(unit: Reading, visit_id: str) -> tuple[Intention, ...]:
    """Everything the office ever asked for about one booking, in order."""
    return _intentions(
        unit.rows(f"SELECT {_COLUMNS} FROM outbox WHERE visit_id = ? ORDER BY n", visit_id)
    )


def showing(unit: Reading) -> tuple[Intention, ...]:
    """All intentions that may change what the screen shows, in order."""
    return _intentions(
        unit.rows(
            f"""SELECT {_COLUMNS} FROM outbox WHERE delivery IN {_OPEN} UNION ALL
            SELECT {_COLUMNS} FROM outbox WHERE delivery = 'applied' AND settled_version >
            coalesce((SELECT version FROM booking WHERE booking.id = visit_id), 0)
            ORDER BY key"""
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
    """The first open intention of each booking, if its time has come; at most `most`.

    Only the first of a booking: the next one builds on what becomes of it.
    """
    return _intentions(
        unit.rows(
            f"""SELECT {_COLUMNS} FROM outbox WHERE n IN
            (SELECT min(n) FROM outbox WHERE delivery IN {_OPEN} GROUP BY visit_id)
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

    `version` is the booking's version that includes it; later intentions of the same booking
    now build on that version.
    """
    unit.run(
        """UPDATE outbox SET delivery = ?, problem = ?, settled_version = ?, next_at = ?
        WHERE key = ?""",
        delivery,
        problem,
        version,
        next_at,
        key,
    )
    if version:
        unit.run(
            f"""UPDATE outbox SET if_version = ? WHERE if_version < ? AND delivery IN {_OPEN}
            AND visit_id = (SELECT visit_id FROM outbox WHERE key = ?)""",
            version,
            version,
            key,
        )


def mark_read(unit: Writing, key: str) -> None:
    """Somebody has seen how it ended."""
    unit.run("UPDATE outbox SET read = 1 WHERE key = ?", key)


def send_again_after_restore(unit: Writing) -> int:
    """After the exchange was restored: queue what it confirmed and no longer knows."""
    return unit.run(
        """UPDATE outbox SET delivery = 'waiting', settled_version = 0, next_at = 0,
        if_version = coalesce((SELECT version FROM booking WHERE booking.id = visit_id),
        if_version) WHERE delivery = 'applied' AND settled_version >
        coalesce((SELECT version FROM booking WHERE booking.id = visit_id), settled_version)"""
    )


def _intentions(rows: list[Row]) -> tuple[Intention, ...]:
    return tuple(
        Intention(
            key,
            visit_id,
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
        )
        for (
            key,
            visit_id,
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
        ) in rows
    )
