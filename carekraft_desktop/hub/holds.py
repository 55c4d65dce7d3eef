"""A slot kept for a few minutes for an office that is about to book it for a patient.

Says which office and which slot, and nothing of whom it is for. It ends by itself.
"""

from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select

from carekraft_desktop.contract.referrals import HOLD_SECONDS
from carekraft_desktop.hub import feed, slots
from carekraft_desktop.hub.feed import Change
from carekraft_desktop.hub.now import seconds
from carekraft_desktop.hub.slots import FREE, HELD
from carekraft_desktop.hub.tables import device, hold


def keep(
    connection: Connection, office_id: str, slot_id: str, *, by: str, now: datetime
) -> datetime:
    """Keep a slot of `office_id` for the office `by`, or keep it longer; until when.

    Raises:
        SlotTaken, SlotUnknown: it cannot be had.
    """
    slot = slots.find_slot(connection, office_id, slot_id)
    changes = ended(connection, office_id, now)
    changes += let_go(connection, office_id, slot_id, by=by)
    taken = slots.set_slot(connection, office_id, slot_id, HELD, only_from=FREE)
    if not taken or slot["start_at"] <= seconds(now):
        raise slots.SlotTaken(
            slots.alternatives(
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
    return slots.set_slot(connection, office_id, slot_id, FREE, only_from=HELD)


def ended(connection: Connection, office_id: str, now: datetime) -> list[Change]:
    """Let go of what was held for too long; what changed, not yet in the feed."""
    over = (hold.c.office_id == office_id) & (hold.c.until <= seconds(now))
    over_now = connection.scalars(
        select(hold.c.slot_id).where(over).order_by(hold.c.slot_id).with_for_update()
    ).all()
    changes: list[Change] = []
    for slot_id in over_now:
        changes += slots.set_slot(connection, office_id, slot_id, FREE, only_from=HELD)
    if over_now:
        connection.execute(delete(hold).where(over))
    return changes


def some_ended(connection: Connection, office_id: str, now: datetime) -> bool:
    """Whether `ended` would find something."""
    over = (hold.c.office_id == office_id) & (hold.c.until <= seconds(now))
    return connection.scalar(select(hold.c.slot_id).where(over).limit(1)) is not None


def sweep(connection: Connection, client_id: str, now: datetime) -> None:
    """Let go of what was held for too long in the office of a workstation that signs in.

    So an office's own day does not show a slot as held for longer than it has it so.
    """
    office_id = connection.scalar(select(device.c.office_id).where(device.c.client_id == client_id))
    if office_id is not None and some_ended(connection, office_id, now):
        feed.write(connection, office_id, ended(connection, office_id, now), now)
