"""A patient takes a permission back: nothing more is booked, and what is not confirmed ends.

A confirmed appointment is not cancelled behind the patient's back: it is theirs to cancel.
"""

from datetime import datetime

from sqlalchemy import Connection, select

from carekraft_desktop.contract.referrals import CancelCode, ReferralStatus
from carekraft_desktop.hub import feed, grants, referrals, tables
from carekraft_desktop.hub.bookings import NotThere
from carekraft_desktop.hub.orders import Refusal


def revoke(connection: Connection, office_id: str, permission_id: str, at: datetime) -> None:
    """Take it back; doing so twice changes nothing.

    Raises:
        NotThere: there is no such permission.
    """
    try:
        row = grants.lock(connection, office_id, permission_id)
    except grants.NotCovered:
        raise NotThere(gone=False) from None
    if row["revoked_at"] is not None:
        return
    told = grants.revoke(connection, row, at)
    table = tables.referral
    waiting = (
        connection.execute(
            select(table)
            .where(
                table.c.office_id == office_id,
                table.c.permission_id == permission_id,
                table.c.status == ReferralStatus.PROPOSED.value,
            )
            .order_by(table.c.booking_id)
        )
        .mappings()
        .all()
    )
    for each in waiting:
        try:
            referrals.end(connection, each, CancelCode.PERMISSION_REVOKED, at)
        except Refusal:
            continue  # the visit has begun by now
    feed.write(connection, office_id, told, at)


def by_link(connection: Connection, link: str, at: datetime) -> None:
    """The link in the patient's copy was followed and confirmed.

    Raises:
        NotThere: there is no such link.
    """
    letter = tables.letter
    found = connection.execute(
        select(letter.c.office_id, letter.c.permission_id).where(letter.c.link == link)
    ).one_or_none()
    if found is None:
        raise NotThere(gone=False)
    revoke(connection, found.office_id, found.permission_id, at)


def end_with_share(connection: Connection, office_id: str, patient_id: str, at: datetime) -> None:
    """The patient no longer shares with the office: its permissions are over too."""
    table = tables.permission
    mine = (table.c.office_id == office_id) & (table.c.patient_id == patient_id)
    ids = connection.scalars(
        select(table.c.permission_id).where(mine, table.c.revoked_at.is_(None))
    ).all()
    for permission_id in ids:
        revoke(connection, office_id, permission_id, at)
