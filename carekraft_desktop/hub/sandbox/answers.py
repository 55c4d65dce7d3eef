"""The other offices answer the referrals that reach them, as offices do: mostly yes, in a while."""

from datetime import datetime

from sqlalchemy import Connection, RowMapping, func, select

from carekraft_desktop.contract.referrals import DeclineCode, ReferralStatus
from carekraft_desktop.hub import bookings, far_ends, feed, tables
from carekraft_desktop.hub.now import moment, seconds
from carekraft_desktop.hub.referred import appointment
from carekraft_desktop.hub.sandbox.acts import NotPossible
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.sandbox.world import NEIGHBOURS
from carekraft_desktop.hub.slots import FREE


def answer_one(connection: Connection, chance: Chance, now: datetime) -> str:
    """Some other office answers some request; how."""
    table = tables.referral
    wanted = (table.c.status == ReferralStatus.PROPOSED.value) & table.c.to_office_id.startswith(
        NEIGHBOURS
    )
    count = connection.scalar(select(func.count()).select_from(table).where(wanted)) or 0
    if not count:
        raise NotPossible
    ordered = select(table.c.id).where(wanted).order_by(table.c.sent_at, table.c.id)
    found: str = connection.execute(ordered.offset(chance.randrange(count)).limit(1)).scalar_one()
    how = chance.weighted({"accept": 78.0, "decline": 14.0, "move": 8.0})
    code = chance.choice(list(DeclineCode))
    return answer(connection, found, how, now, code=code)


def answer(
    connection: Connection,
    request_id: str,
    how: str,
    now: datetime,
    *,
    code: DeclineCode = DeclineCode.NO_CAPACITY,
) -> str:
    """The office that received a request answers it.

    `how`: accept, decline, cancel or move; also arrived, fulfilled and noshow, which must never
    be told back.

    Raises:
        NotPossible: it cannot be answered so now.
    """
    table = tables.referral
    row = connection.execute(select(table).where(table.c.id == request_id)).mappings().one_or_none()
    if row is None or not row["to_office_id"]:
        raise NotPossible
    if row["booking_id"] is None:
        return _answer_wish(connection, dict(row), how, now, code)
    case = bookings.load(connection, row["to_office_id"], row["booking_id"], now)
    if how == "accept" and case.status == "proposed":
        case.becomes(status="booked", requested_period=[])
        case.confirm_provider()
    elif how == "decline" and case.status == "proposed":
        case.ended_by = code.value
        case.cancel(by="prov", reason=None)
    elif how == "cancel" and case.status == "booked":
        case.cancel(by="prov", reason=None)
    elif how == "move" and case.status in ("proposed", "booked"):
        slot = _free(connection, row["to_office_id"], case.provider_id, now)
        case.give_time(
            start=moment(slot["start_at"]),
            end=moment(slot["end_at"]),
            slot_id=slot["id"],
            provider_id=case.provider_id,
        )
        case.becomes(status="booked")
    elif how in ("arrived", "noshow", "fulfilled") and case.status in ("booked", "arrived"):
        case.becomes(status=how)
        case.marked_at = seconds(now)
    else:
        raise NotPossible
    case.settle()
    return how


def _answer_wish(
    connection: Connection, row: dict[str, str], how: str, now: datetime, code: DeclineCode
) -> str:
    """A wish for parts of days gets a time, or a refusal."""
    table = tables.referral
    there = connection.execute(select(table).where(table.c.id == row["id"])).mappings().one()
    if how == "decline":
        told = far_ends.change(
            connection, there, status=ReferralStatus.DECLINED.value, decline_code=code.value
        )
        feed.write_all(connection, told, now)
        return how
    slot = _free(connection, there["to_office_id"], there["provider_id"], now)
    far_ends.change(
        connection,
        there,
        booking_id=there["id"],
        start_at=slot["start_at"],
        end_at=slot["end_at"],
    )
    message = far_ends.message_of(there)
    bookings.add(
        connection,
        there["to_office_id"],
        appointment(message, slot, status="booked", at=now),
        patient_id=there["patient_id"],
        provider_id=slot["provider_id"],
        slot_id=slot["id"],
        now=now,
    )
    return "accept"


def _free(connection: Connection, office_id: str, provider_id: str, now: datetime) -> RowMapping:
    slot = tables.slot
    row = (
        connection.execute(
            select(slot)
            .where(
                slot.c.office_id == office_id,
                slot.c.provider_id == provider_id,
                slot.c.status == FREE,
                slot.c.start_at > seconds(now),
            )
            .order_by(slot.c.start_at)
            .limit(1)
        )
        .mappings()
        .one_or_none()
    )
    if row is None:
        raise NotPossible
    return row
