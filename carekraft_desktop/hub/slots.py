"""The slots of an office: who has them, and which are free near a time.

Between two who want the same slot the database decides: an update that matches for one only.
"""

from datetime import datetime

from sqlalchemy import Connection, RowMapping, select, update

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.fhir import Reference, Slot
from carekraft_desktop.hub import tables
from carekraft_desktop.hub.feed import Change
from carekraft_desktop.hub.now import moment, seconds

FREE, HELD, BUSY = "free", "busy-tentative", "busy"
SLOT_OF = {
    "proposed": HELD,
    "pending": HELD,
    "booked": BUSY,
    "arrived": BUSY,
    "fulfilled": BUSY,
    "cancelled": FREE,
    "noshow": FREE,
}
"""What a booking's slot is while the booking has that status."""
LIVE = tuple(status for status, held in SLOT_OF.items() if held != FREE)
ALTERNATIVES = 3


class SlotUnknown(Exception):
    """There is no such slot in this office."""


class SlotTaken(Exception):
    """The slot is not free; `alternatives` are."""

    def __init__(self, alternatives: list[dict[str, object]]) -> None:
        """`alternatives`: up to three free slots, as {"id", "start", "end"}."""
        super().__init__()
        self.alternatives = alternatives


def find_slot(connection: Connection, office_id: str, slot_id: str) -> RowMapping:
    """A slot's row.

    Raises:
        SlotUnknown: the office has no such slot.
    """
    row = (
        connection.execute(
            select(tables.slot).where(
                tables.slot.c.office_id == office_id, tables.slot.c.id == slot_id
            )
        )
        .mappings()
        .one_or_none()
    )
    if row is None:
        raise SlotUnknown
    return row


def set_slot(
    connection: Connection,
    office_id: str,
    slot_id: str,
    status: str,
    *,
    only_from: str | None = None,
) -> list[Change]:
    """Give a slot another status; the change for the feed, none when nothing was changed.

    `only_from` makes the database decide between two who want the same slot: the update
    matches for one of them only.
    """
    wanted = update(tables.slot).where(
        tables.slot.c.office_id == office_id,
        tables.slot.c.id == slot_id,
        tables.slot.c.status != status,
    )
    if only_from is not None:
        wanted = wanted.where(tables.slot.c.status == only_from)
    row = connection.execute(
        wanted.values(status=status).returning(
            tables.slot.c.schedule_id, tables.slot.c.start_at, tables.slot.c.end_at
        )
    ).one_or_none()
    if row is None:
        return []
    schedule_id, start_at, end_at = row
    body = slot_body(
        slot_id, schedule_id=schedule_id, status=status, start_at=start_at, end_at=end_at
    )
    return [Change(kind="slot", id=slot_id, body=body)]


def slot_body(slot_id: str, *, schedule_id: str, status: str, start_at: int, end_at: int) -> str:
    """The JSON of a slot."""
    return encode(
        Slot(
            resource_type="Slot",
            id=slot_id,
            schedule=Reference(reference=f"Schedule/{schedule_id}"),
            status=status,  # type: ignore[arg-type] # one of SLOT_OF's values
            start=moment(start_at),
            end=moment(end_at),
        )
    ).decode()


def alternatives(
    connection: Connection, office_id: str, *, provider_id: str, near: int, now: datetime
) -> list[dict[str, object]]:
    """Up to three free slots of a provider, nearest to the wanted time first."""
    slot = tables.slot
    free = select(slot.c.id, slot.c.start_at, slot.c.end_at).where(
        slot.c.office_id == office_id,
        slot.c.provider_id == provider_id,
        slot.c.status == FREE,
        slot.c.start_at >= seconds(now),
    )
    after = connection.execute(
        free.where(slot.c.start_at >= near).order_by(slot.c.start_at).limit(ALTERNATIVES)
    ).all()
    before = connection.execute(
        free.where(slot.c.start_at < near).order_by(slot.c.start_at.desc()).limit(ALTERNATIVES)
    ).all()
    nearest = sorted([*after, *before], key=lambda row: abs(row.start_at - near))
    return [
        {"id": row.id, "start": moment(row.start_at), "end": moment(row.end_at)}
        for row in nearest[:ALTERNATIVES]
    ]
