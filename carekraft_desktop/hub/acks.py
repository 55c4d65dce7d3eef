"""What workstations report back: their place in the feed, and what they erased."""

from datetime import datetime

from sqlalchemy import Connection, delete, insert, select

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.feed import Acks
from carekraft_desktop.hub.now import seconds
from carekraft_desktop.hub.sign_in import Device
from carekraft_desktop.hub.tables import progress, receipt


def keep(connection: Connection, device: Device, told: Acks, at: datetime) -> None:
    """Take down a report; a receipt that is repeated is kept once."""
    connection.execute(delete(progress).where(progress.c.client_id == device.client_id))
    connection.execute(
        insert(progress).values(
            client_id=device.client_id,
            office_id=device.office_id,
            cursor=told.cursor,
            quarantined=encode(told.quarantined).decode(),
            at=seconds(at),
        )
    )
    for erased in told.erased:
        same = (
            (receipt.c.office_id == device.office_id)
            & (receipt.c.client_id == device.client_id)
            & (receipt.c.kind == erased.kind)
            & (receipt.c.id == erased.id)
            & (receipt.c.v == erased.v)
        )
        if connection.scalar(select(receipt.c.key).where(same)) is None:
            connection.execute(
                insert(receipt).values(
                    office_id=device.office_id,
                    client_id=device.client_id,
                    kind=erased.kind,
                    id=erased.id,
                    v=erased.v,
                    key=erased.key,
                    at=seconds(erased.at),
                    outcome=erased.outcome.value,
                    dispose=erased.dispose,
                )
            )
