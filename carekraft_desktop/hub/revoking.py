"""A patient takes a permission back: nothing more is booked, and what is not confirmed ends.

A confirmed appointment is not cancelled behind the patient's back: it is theirs to cancel.
Several bookings in several offices may end in one transaction; all of them are locked before
the first counter is taken, so that nobody waits for us who has what we want.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, RowMapping, select

from carekraft_desktop.contract.referrals import CancelCode, ReferralStatus
from carekraft_desktop.hub import bookings, feed, grants, referrals, tables
from carekraft_desktop.hub.bookings import NotThere
from carekraft_desktop.hub.feed import Told
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
    if row["revoked_at"] is None:
        feed.write_all(connection, _end(connection, office_id, [row], at), at)


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


def end_with_share(
    connection: Connection,
    office_id: str,
    patient_id: str,
    at: datetime,
    *,
    also: Iterable[tuple[str, str]] = (),
) -> Told:
    """The patient no longer shares with the office: its permissions are over too.

    What there is to tell is not in the feeds yet. `also`: bookings, by office and id, that the
    transaction is going to change and that are locked together with the permissions' own.
    """
    table = tables.permission
    mine = (table.c.office_id == office_id) & (table.c.patient_id == patient_id)
    ids = connection.scalars(
        select(table.c.permission_id)
        .where(mine, table.c.revoked_at.is_(None))
        .order_by(table.c.permission_id)
    ).all()
    rows = [grants.lock(connection, office_id, permission_id) for permission_id in ids]
    standing = [row for row in rows if row["revoked_at"] is None]
    return _end(connection, office_id, standing, at, also=also)


def _end(
    connection: Connection,
    office_id: str,
    permissions: Sequence[RowMapping],
    at: datetime,
    *,
    also: Iterable[tuple[str, str]] = (),
) -> Told:
    """End permissions that are locked, and what waits for an answer by them."""
    table = tables.referral
    waiting = (
        connection.execute(
            select(table)
            .where(
                table.c.office_id == office_id,
                table.c.permission_id.in_([row["permission_id"] for row in permissions]),
                table.c.status == ReferralStatus.PROPOSED.value,
            )
            .order_by(table.c.to_office_id, table.c.booking_id)
        )
        .mappings()
        .all()
    )
    booked = [(each["to_office_id"], each["booking_id"]) for each in waiting if each["booking_id"]]
    bookings.lock(connection, [*booked, *also])
    told: Told = {}
    for each in waiting:
        try:
            feed.merge(told, referrals.end(connection, each, CancelCode.PERMISSION_REVOKED, at))
        except Refusal:
            continue  # the visit has begun by now
    for row in permissions:
        feed.merge(told, {office_id: grants.revoke(connection, row, at)})
    return told
