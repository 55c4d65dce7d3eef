"""What somebody was doing when the screen was covered, until they have it back."""

from carekraft_desktop.domain import Moment
from carekraft_desktop.store.unit import Reading, Writing


def put(unit: Writing, staff: str, content: str, now: Moment) -> None:
    """Keep it in place of what was kept before."""
    unit.run(
        "INSERT INTO unfinished VALUES (?, ?, ?) ON CONFLICT(staff) DO UPDATE SET"
        " kept_at = excluded.kept_at, content = excluded.content",
        staff,
        now,
        content,
    )


def get(unit: Reading, staff: str) -> str:
    """What is kept; empty for nothing."""
    return str(unit.value("SELECT content FROM unfinished WHERE staff = ?", staff) or "")


def drop(unit: Writing, staff: str) -> None:
    """They have it back, or it is of no use any more."""
    unit.run("DELETE FROM unfinished WHERE staff = ?", staff)


def drop_older(unit: Writing, than: Moment) -> None:
    """What nobody came back for goes; a patient withdraws more than once in that time."""
    unit.run("DELETE FROM unfinished WHERE kept_at < ?", than)
