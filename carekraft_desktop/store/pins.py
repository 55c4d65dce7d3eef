"""The PINs by which people come back behind the cover, stretched."""

from carekraft_desktop.domain import Moment
from carekraft_desktop.store.unit import Reading, Writing


def put(unit: Writing, staff: str, salt: bytes, value: bytes, now: Moment) -> None:
    """Keep a person's PIN in place of the one before."""
    unit.run(
        "INSERT INTO pin VALUES (?, ?, ?, ?) ON CONFLICT(staff) DO UPDATE SET"
        " salt = excluded.salt, value = excluded.value, made_at = excluded.made_at",
        staff,
        salt,
        value,
        now,
    )


def get(unit: Reading, staff: str) -> tuple[bytes, bytes] | None:
    """Salt and stretched value; None for somebody without a PIN."""
    row = unit.row("SELECT salt, value FROM pin WHERE staff = ?", staff)
    return (bytes(row[0]), bytes(row[1])) if row is not None else None


def drop(unit: Writing, staff: str) -> None:
    """Keep it no longer."""
    unit.run("DELETE FROM pin WHERE staff = ?", staff)


def holders(unit: Reading) -> frozenset[str]:
    """Everybody who has one."""
    return frozenset(staff for (staff,) in unit.rows("SELECT staff FROM pin"))
