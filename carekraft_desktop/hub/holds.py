"""A slot kept for a few minutes for an office that is about to book it for a patient.

Says which office and which slot, and nothing of whom it is for. It ends by itself.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from carekraft_desktop.contract.referrals import HOLD_SECONDS
from carekraft_desktop.hub import bookings, feed
from carekraft_desktop.hub.bookings import FREE, HELD
from carekraft_desktop.hub.feed import Change
from carekraft_desktop.hub.now import seconds
from carekraft_desktop.hub.tables import hold


def keep(
    connection: Connection, office_id: str, slot_id: str, *, by: str, now: datetime
) -> datetime:
    """Keep a slot of `office_id` for the office `by`, or keep it longer; until when.

    Raises:
        SlotTaken, SlotUnknown: it cannot be had.
    """
    slot = bookings.find_slot(connection, office_id, slot_id)
    changes = ended(connection, office_id, now)
    changes += let_go(connection, office_id, slot_id, by=by)
    taken = bookings.set_slot(connection, office_id, slot_id, HELD, only_from=FREE)
    if not taken or slot["start_at"] <= seconds(now):
        raise bookings.SlotTaken(
            bookings.alternatives(
                connection,
                office_id,
                provider_id=slot["provider_id"],
                near=slot["start_at"],
                now=now,
            )
        )
    until = now + timedelta(seconds=HOLD_SECONDS)
    connection.execute(
        insert(hold).values(
            office_id=office_id, slot_id=slot_id, by_office_id=by, until=seconds(until)
        )
    )
    feed.write(connection, office_id, [*changes, *taken], now)
    return until


def let_go(connection: Connection, office_id: str, slot_id: str, *, by: str) -> list[Change]:
    """Let go of a slot that the office `by` holds; what changed, not yet in the feed."""
    removed = connection.execute(
        delete(hold).where(
            hold.c.office_id == office_id, hold.c.slot_id == slot_id, hold.c.by_office_id == by
        )
    ).rowcount
    if not removed:
        return []
    return bookings.set_slot(connection, office_id, slot_id, FREE, only_from=HELD)


def ended(connection: Connection, office_id: str, now: datetime) -> list[Change]:
    """Let go of what was held for too long; what changed, not yet in the feed."""
    over = (hold.c.office_id == office_id) & (hold.c.until <= seconds(now))
    slots = connection.scalars(
        select(hold.c.slot_id).where(over).order_by(hold.c.slot_id).with_for_update()
    ).all()
    changes: list[Change] = []
    for slot_id in slots:
        changes += bookings.set_slot(connection, office_id, slot_id, FREE, only_from=HELD)
    if slots:
        connection.execute(delete(hold).where(over))
    return changes


def some_ended(connection: Connection, office_id: str, now: datetime) -> bool:
    """Whether `ended` would find something."""
    over = (hold.c.office_id == office_id) & (hold.c.until <= seconds(now))
    return connection.scalar(select(hold.c.slot_id).where(over).limit(1)) is not None
