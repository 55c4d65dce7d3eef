"""Each booking as it was last seen at this workstation, and what has changed of it since."""

import json
from collections.abc import Iterable, Sequence

from carekraft_desktop.domain.changes import Change, Field, Snapshot
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.store.unit import Reading, Writing


def get(unit: Reading, ids: Iterable[str]) -> dict[str, Snapshot]:
    """The snapshots that are kept of these bookings, by id."""
    rows = unit.rows(
        "SELECT booking_id, state FROM baseline WHERE booking_id IN (SELECT value FROM json_each(?))",
        json.dumps(list(ids)),
    )
    return {id_: _read(state) for id_, state in rows}


def one(unit: Reading, visit_id: str) -> Snapshot | None:
    """The snapshot of one booking, None where there is none."""
    state = unit.value("SELECT state FROM baseline WHERE booking_id = ?", visit_id)
    return None if state is None else _read(state)


def keep(unit: Writing, rows: Sequence[tuple[str, Snapshot, tuple[Change, ...]]]) -> None:
    """Keep snapshots with what has changed since, as (booking, snapshot, changes)."""
    unit.run_many(
        """INSERT INTO baseline VALUES (?, ?, ?) ON CONFLICT(booking_id) DO UPDATE SET
        state = excluded.state, changed = excluded.changed""",
        [
            (id_, _write(state), json.dumps([list(c) for c in changes]) if changes else "")
            for id_, state, changes in rows
        ],
    )


def move(unit: Writing, visit_id: str, state: Snapshot) -> None:
    """Another snapshot; what has changed since is as it was."""
    unit.run("UPDATE baseline SET state = ? WHERE booking_id = ?", _write(state), visit_id)


def changes(unit: Reading, visit_id: str) -> tuple[Change, ...]:
    """What has changed of one booking."""
    text = unit.value("SELECT changed FROM baseline WHERE booking_id = ?", visit_id)
    return _changes(text or "")


def changed(unit: Reading) -> dict[str, tuple[Change, ...]]:
    """All bookings of which something has changed that nobody has acknowledged."""
    rows = unit.rows("SELECT booking_id, changed FROM baseline WHERE changed <> ''")
    return {id_: _changes(text) for id_, text in rows}


def forget(unit: Writing, ids: str) -> None:
    """Forget these bookings' snapshots; `ids` is a JSON list."""
    unit.run("DELETE FROM baseline WHERE booking_id IN (SELECT value FROM json_each(?))", ids)


def _write(state: Snapshot) -> str:
    return json.dumps(
        [
            state.start,
            state.end,
            state.provider_id,
            state.status,
            dict(state.shares),
            dict(state.prints),
        ]
    )


def _read(text: str) -> Snapshot:
    start, end, provider_id, status, shares, prints = json.loads(text)
    return Snapshot(start, end, provider_id, Status(status), shares, prints)


def _changes(text: str) -> tuple[Change, ...]:
    if not text:
        return ()
    return tuple(Change(Field(name), *more) for name, *more in json.loads(text))
