"""Notices that came with the feed, and whether this workstation has acted on them."""

from collections.abc import Sequence

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.notices import Notice, NoticeKind
from carekraft_desktop.store.unit import Reading, Writing

_COLUMNS = "id, version, kind, at, device, person, body"


def put(unit: Writing, notices: Sequence[Notice], *, force: bool) -> None:
    """Keep them; a newer version is new again."""
    wins = int(force)
    unit.run_many(
        """INSERT INTO notice VALUES (?, ?, ?, ?, ?, ?, ?, 0) ON CONFLICT(id) DO UPDATE SET
        version = excluded.version, kind = excluded.kind, at = excluded.at,
        device = excluded.device, person = excluded.person, body = excluded.body,
        seen = CASE WHEN excluded.version > notice.version THEN 0 ELSE notice.seen END
        WHERE excluded.version > notice.version OR ?""",
        [(n.id, n.version, n.kind.value, n.at, n.device, n.person, n.body, wins) for n in notices],
    )


def new(unit: Reading, kind: NoticeKind) -> tuple[Notice, ...]:
    """Those of a kind that nobody has acted on, the oldest first."""
    rows = unit.rows(
        f"SELECT {_COLUMNS} FROM notice WHERE kind = ? AND seen = 0 ORDER BY at, id", kind.value
    )
    return tuple(_notice(row) for row in rows)


def all_of(unit: Reading, kind: NoticeKind) -> tuple[Notice, ...]:
    """All of a kind, the oldest first."""
    rows = unit.rows(f"SELECT {_COLUMNS} FROM notice WHERE kind = ? ORDER BY at, id", kind.value)
    return tuple(_notice(row) for row in rows)


def seen(unit: Writing, notice_id: str) -> None:
    """This workstation has acted on it."""
    unit.run("UPDATE notice SET seen = 1 WHERE id = ?", notice_id)


def is_shut_out(unit: Reading, person: str) -> bool:
    """Whether a person may come in nowhere any more."""
    return bool(unit.value("SELECT 1 FROM notice WHERE person = ? AND kind = 'shut-out'", person))


def count_shut_out(unit: Reading) -> int:
    """How many people may come in nowhere any more."""
    return int(unit.value("SELECT count(*) FROM notice WHERE kind = 'shut-out'"))


def tried(unit: Reading, since: Moment) -> tuple[Notice, ...]:
    """Where many passwords did not fit lately."""
    return tuple(each for each in all_of(unit, NoticeKind.TRIES) if each.at >= since)


def _notice(row: tuple[object, ...]) -> Notice:
    id_, version, kind, at, device, person, body = row
    return Notice(
        str(id_),
        int(str(version)),
        NoticeKind(str(kind)),
        int(str(at)),
        str(device),
        str(person),
        str(body),
    )
