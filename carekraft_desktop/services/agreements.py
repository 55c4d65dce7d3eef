"""Agreements with those who work for the office and may come near its data, such as an IT firm.

They are bound to the same care as the office (45 CFR 164.502(e); the policy's clause on partners).
"""

from datetime import UTC, date, datetime

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import PartnerUnclear
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import terms
from carekraft_desktop.value import Value

LONGEST = 120


class Agreement(Value, frozen=True):
    """One partner of the office, as it was recorded last."""

    name: str
    does: str
    until: date | None
    """None where it has no end."""
    by: str
    """Staff id."""
    at: Moment
    over: bool
    """Its end has come."""


def listed(desk: Desk) -> tuple[Agreement, ...]:
    """All partners, by name."""
    desk.require(Right.KEEP_PAPERS, "agreement.list")
    today = datetime.fromtimestamp(desk.now(), UTC).date()
    with desk.store.read() as unit:
        rows = terms.agreements(unit)
    found: list[Agreement] = []
    for name, does, end, staff, at in rows:
        until = date.fromisoformat(end) if end else None
        over = until is not None and until < today
        found.append(Agreement(name, does, until, staff, at, over))
    return tuple(found)


def record(desk: Desk, name: str, does: str, until: str) -> None:
    """Put an agreement on file; a newer record of the same partner takes its place, and both stay.

    Raises:
        PartnerUnclear: name or work is missing, or the day is none.
    """
    desk.require(Right.KEEP_PAPERS, "agreement.record")
    name, does, until = (" ".join(each.split())[:LONGEST] for each in (name, does, until))
    if not name or not does:
        raise PartnerUnclear("name")
    try:
        end = date.fromisoformat(until).isoformat() if until else ""
    except ValueError:
        raise PartnerUnclear("day") from None
    with desk.store.write() as unit:
        terms.put_agreement(unit, name, does, end, staff=desk.staff.id, at=desk.now())
        desk.note(unit, "agreement.record", detail="with-end" if end else "no-end")
