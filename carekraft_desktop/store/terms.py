"""Versions of the terms, under which version each record came, and agreements with partners."""

import json
from collections.abc import Iterable
from datetime import date

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.notices import NoticeKind
from carekraft_desktop.domain.terms import Terms
from carekraft_desktop.store import notices
from carekraft_desktop.store.unit import Reading, Writing


def versions(unit: Reading) -> tuple[Terms, ...]:
    """All versions, in the order in which they were heard."""
    found: list[Terms] = []
    for notice in notices.all_of(unit, NoticeKind.TERMS):
        said = json.loads(notice.body)
        if said["version"] and said["day"]:
            found.append(
                Terms(
                    said["version"],
                    said["title"],
                    date.fromisoformat(said["day"]),
                    notice.at,
                    tuple(said["lines"]),
                )
            )
    return tuple(found)


def came(unit: Writing, kind: str, ids: Iterable[str], version: str) -> None:
    """These records came, or came anew, under a version."""
    unit.run_many(
        """INSERT INTO came_under VALUES (?, ?, ?) ON CONFLICT(kind, id) DO UPDATE SET
        version = excluded.version""",
        [(kind, id_, version) for id_ in ids],
    )


def under(unit: Reading, kind: str, id_: str) -> str:
    """The version under which a record came; empty where none was known."""
    found = unit.value("SELECT version FROM came_under WHERE kind = ? AND id = ?", kind, id_)
    return str(found or "")


def put_agreement(
    unit: Writing, name: str, does: str, until: str, *, staff: str, at: Moment
) -> None:
    """An agreement with somebody who works for the office was recorded."""
    unit.run(
        "INSERT INTO partner_agreement (name, does, until, staff, at) VALUES (?, ?, ?, ?, ?)",
        name,
        does,
        until,
        staff,
        at,
    )


def agreements(unit: Reading) -> list[tuple[str, str, str, str, Moment]]:
    """The newest record of each partner: name, what they do, until when, by whom, when."""
    return [
        (name, does, until, staff, int(at))
        for name, does, until, staff, at in unit.rows(
            """SELECT name, does, until, staff, at FROM partner_agreement WHERE n IN
            (SELECT max(n) FROM partner_agreement GROUP BY lower(name)) ORDER BY name"""
        )
    ]
