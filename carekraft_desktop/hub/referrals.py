"""What offices ask about referrals: make one, take it back, answer it.

The bytes that came are the message: they are validated once more, against the permission and
the patient's profile too, and kept as they are (REQ-61, REQ-66, REQ-69). The office that
receives it gets a booking like any other.
"""

import secrets
from collections.abc import Callable
from datetime import datetime

from msgspec import UnsetType
from sqlalchemy import Column, Connection, RowMapping, insert, select

from carekraft_desktop.contract.codec import Malformed, decode, encode
from carekraft_desktop.contract.commands import CommandType, ResultStatus
from carekraft_desktop.contract.directory import Entry
from carekraft_desktop.contract.problems import Problem, Slug, problem
from carekraft_desktop.contract.referrals import (
    AcceptReferral,
    CancelCode,
    CancelReferral,
    DeclineReferral,
    ReferralBooking,
    ReferralStatus,
    read_message,
)
from carekraft_desktop.contract.specialties import Specialty
from carekraft_desktop.hub import bookings, far_ends, feed, grants, holds, slots, tables
from carekraft_desktop.hub.feed import Place, Told
from carekraft_desktop.hub.now import seconds
from carekraft_desktop.hub.orders import Order, Refusal
from carekraft_desktop.hub.referred import appointment, people

OPEN = (ReferralStatus.PROPOSED, ReferralStatus.BOOKED, ReferralStatus.RESCHEDULED)


def carry_out(order: Order) -> Place:
    """Do what the command says.

    Raises:
        Refusal: it cannot be done.
    """
    return guarded(order, _ORDERS[order.command.type])


def guarded(order: Order, do: Callable[[Order], Place]) -> Place:
    """Do it; whatever does not go is a refusal."""
    try:
        return do(order)
    except grants.NotCovered as why:
        raise Refusal(problem(why.slug, "The permission does not cover it")) from None
    except bookings.NotThere:
        raise Refusal(problem(Slug.NOT_FOUND, "There is no such booking")) from None
    except slots.SlotUnknown:
        raise Refusal(problem(Slug.NOT_FOUND, "There is no such slot")) from None
    except slots.SlotTaken as error:
        raise Refusal(
            problem(Slug.SLOT_TAKEN, "The slot is not free", alternatives=error.alternatives)
        ) from None


def _create(order: Order) -> Place:
    message, target = checked(order)
    connection = order.connection
    record(order, message, to=target["office_id"], provider_id=target["provider_id"])
    if isinstance(message.slot_id, UnsetType):
        made = row_of(order, message.request_id)
        told = far_ends.items(dict(made))
        theirs = told.setdefault(target["office_id"], [])
        theirs[:0] = people(connection, target["office_id"], message, order.at)
        feed.write_all(connection, told, order.at)
    else:
        book(order, message, to=target["office_id"], provider_id=target["provider_id"])
    return place_of(order)


def checked(order: Order) -> tuple[ReferralBooking, RowMapping]:
    """The message of an order that makes a referral, and with whom; its permission is locked.

    Raises:
        Refusal: it is not of its schema, or there is no such provider, or it was made already.
        NotCovered: the permission does not cover it.
    """
    message = _message(order)
    connection, office_id = order.connection, order.office_id
    target = _target(order, message)
    row = grants.lock(connection, office_id, message.permission_id)
    npi = connection.scalar(
        select(tables.office_number.c.npi).where(tables.office_number.c.office_id == office_id)
    )
    entry = decode(target["body"].encode(), Entry)
    grants.check(
        connection,
        row,
        message,
        office_npi=npi or "",
        groups=_groups(entry, message),
        now=order.at,
    )
    if connection.scalar(
        select(tables.referral.c.id).where(tables.referral.c.id == message.request_id)
    ):
        raise Refusal(problem(Slug.ILLEGAL_TRANSITION, "This request was made already"))
    return message, target


def _message(order: Order) -> ReferralBooking:
    raw = order.command.body
    try:
        message = read_message(b"" if isinstance(raw, UnsetType) else bytes(raw))
    except Malformed:
        raise Refusal(problem(Slug.SCHEMA, "The message is not of its schema")) from None
    if message.request_id != order.command.id:
        raise Refusal(problem(Slug.SCHEMA, "The message is another one's"))
    return message


def _target(order: Order, message: ReferralBooking) -> RowMapping:
    table = tables.directory
    found = (
        order.connection.execute(
            select(table).where(
                table.c.npi == message.to_provider_npi,
                table.c.location_id == message.to_location_id,
                table.c.gone.is_(False),
            )
        )
        .mappings()
        .one_or_none()
    )
    if found is None:
        raise Refusal(problem(Slug.NOT_FOUND, "There is no such provider"))
    return found


def _groups(entry: Entry, message: ReferralBooking) -> list[Specialty]:
    """The groups that count: the named one of an organisation, else the provider's."""
    if isinstance(message.specialty_code, UnsetType):
        return entry.groups
    if len(entry.groups) < 2 or message.specialty_code not in entry.groups:
        raise grants.NotCovered(Slug.PERMISSION_SPECIALTY)
    return [message.specialty_code]


def record(order: Order, message: ReferralBooking, *, to: str, provider_id: str) -> None:
    """Keep a new referral as it came, and write the patient's copy of it.

    `to`: the office that gets it; empty where the office that made it carries it to a partner.
    """
    raw = order.command.body
    slotted = not isinstance(message.slot_id, UnsetType)
    order.connection.execute(
        insert(tables.referral).values(
            office_id=order.office_id,
            id=message.request_id,
            to_office_id=to,
            booking_id=message.request_id if slotted and to else None,
            permission_id=message.permission_id,
            patient_id=message.patient_id,
            provider_id=provider_id,
            status=ReferralStatus.PROPOSED.value,
            message=bytes(raw).decode() if not isinstance(raw, UnsetType) else "",
            start_at=at_second(message.slot_start),
            end_at=at_second(message.slot_end),
            sent_at=seconds(order.at),
            actor=order.command.actor.sub,
        )
    )
    _write_to_patient(order, message)


def book(order: Order, message: ReferralBooking, *, to: str, provider_id: str) -> None:
    """Make the booking at the far end; its slot decides between two who want it.

    Raises:
        SlotTaken, SlotUnknown: it cannot be had.
    """
    slot = slots.find_slot(order.connection, to, str(message.slot_id))
    wanted = (at_second(message.slot_start), at_second(message.slot_end), provider_id)
    if wanted != (slot["start_at"], slot["end_at"], slot["provider_id"]):
        raise slots.SlotUnknown
    before = holds.ended(order.connection, to, order.at)
    before += holds.let_go(order.connection, to, slot["id"], by=order.office_id)
    before += people(order.connection, to, message, order.at)
    bookings.add(
        order.connection,
        to,
        appointment(message, slot, status="proposed", at=order.at),
        patient_id=message.patient_id,
        provider_id=slot["provider_id"],
        slot_id=slot["id"],
        now=order.at,
        before=before,
    )


def _write_to_patient(order: Order, message: ReferralBooking) -> None:
    """The patient's copy of exactly what was sent, with a link that takes it back (REQ-80)."""
    order.connection.execute(
        insert(tables.letter).values(
            office_id=order.office_id,
            request_id=message.request_id,
            patient_id=message.patient_id,
            permission_id=message.permission_id,
            message=encode(message).decode(),
            link=secrets.token_urlsafe(24),
            at=seconds(order.at),
        )
    )


def _cancel(order: Order) -> Place:
    body: CancelReferral = order.body
    row = row_of(order, order.command.id)
    _fresh(order, row)
    if body.cancel_code is CancelCode.TO_OFFICE or row["status"] not in OPEN:
        raise Refusal(illegal(row))
    feed.write_all(
        order.connection, end(order.connection, row, body.cancel_code, order.at), order.at
    )
    return place_of(order)


def end(connection: Connection, row: RowMapping, code: CancelCode, at: datetime) -> Told:
    """End a referral from the side of the office that made it, or of the patient.

    What there is to tell is not in the feeds yet.
    """
    if row["booking_id"] is None:
        return far_ends.change(
            connection, row, status=ReferralStatus.CANCELLED.value, cancel_code=code.value
        )
    case = bookings.load(connection, row["to_office_id"], row["booking_id"], at)
    if case.status not in ("proposed", "pending", "booked"):
        raise Refusal(problem(Slug.ILLEGAL_TRANSITION, "It is too late to cancel"))
    case.ended_by = code.value
    case.cancel(by="pat", reason=None)
    return case.lay_down()


def _accept(order: Order) -> Place:
    body: AcceptReferral = order.body
    row = _received(order)
    if row["status"] != ReferralStatus.PROPOSED:
        raise Refusal(illegal(row))
    if row["booking_id"] is None:
        _give_time(order, row, body)
        return place_of(order)
    case = bookings.load(order.connection, order.office_id, row["booking_id"], order.at)
    if case.status != "proposed":
        raise Refusal(illegal(row))
    case.becomes(status="booked", requested_period=[])
    case.confirm_provider()
    case.settle()
    return place_of(order)


def _give_time(order: Order, row: RowMapping, body: AcceptReferral) -> None:
    """Answer a wish for a part of a day with a slot of one's own."""
    if isinstance(body.slot_id, UnsetType):
        raise Refusal(problem(Slug.INVALID_REQUEST, "Which slot?", errors=["$.body.slot_id"]))
    slot = slots.find_slot(order.connection, order.office_id, body.slot_id)
    message = read_message(row["message"].encode())
    # The referral has its time before the booking asks what is new about it.
    far_ends.change(
        order.connection,
        row,
        booking_id=row["id"],
        start_at=slot["start_at"],
        end_at=slot["end_at"],
    )
    bookings.add(
        order.connection,
        order.office_id,
        appointment(message, slot, status="booked", at=order.at),
        patient_id=row["patient_id"],
        provider_id=slot["provider_id"],
        slot_id=slot["id"],
        now=order.at,
        before=holds.ended(order.connection, order.office_id, order.at),
    )


def _decline(order: Order) -> Place:
    body: DeclineReferral = order.body
    row = _received(order)
    if row["status"] != ReferralStatus.PROPOSED:
        raise Refusal(illegal(row))
    if row["booking_id"] is None:
        told = far_ends.change(
            order.connection,
            row,
            status=ReferralStatus.DECLINED.value,
            decline_code=body.decline_code.value,
        )
        feed.write_all(order.connection, told, order.at)
        return place_of(order)
    case = bookings.load(order.connection, order.office_id, row["booking_id"], order.at)
    case.ended_by = body.decline_code.value
    case.cancel(by="prov", reason=None)
    case.settle()
    return place_of(order)


def row_of(order: Order, id_: str) -> RowMapping:
    """A referral that the office made."""
    return _find(order, tables.referral.c.office_id, id_)


def _received(order: Order) -> RowMapping:
    row = _find(order, tables.referral.c.to_office_id, order.command.id)
    _fresh(order, row)
    return row


def _find(order: Order, office: Column[str], id_: str) -> RowMapping:
    found = (
        order.connection.execute(
            select(tables.referral).where(office == order.office_id, tables.referral.c.id == id_)
        )
        .mappings()
        .one_or_none()
    )
    if found is None:
        raise Refusal(problem(Slug.NOT_FOUND, "There is no such referral"))
    return found


def _fresh(order: Order, row: RowMapping) -> None:
    """What the person saw must still be so."""
    item = feed.one(order.connection, order.office_id, "referral", row["id"])
    if item is None or item["v"] != order.command.if_version:
        current = {"v": item["v"] if item is not None else 0, "status": row["status"]}
        raise Refusal(
            problem(Slug.VERSION_CONFLICT, "The referral changed", current=current),
            ResultStatus.CONFLICT,
        )


def illegal(row: RowMapping) -> Problem:
    """It is not in a state in which that can be done."""
    return problem(
        Slug.ILLEGAL_TRANSITION,
        "The referral's state does not allow it",
        current={"status": row["status"]},
    )


def place_of(order: Order) -> Place:
    """Where the referral now stands in the feed of who asked."""
    item = feed.one(order.connection, order.office_id, "referral", order.command.id)
    if item is None:
        raise Refusal(problem(Slug.NOT_FOUND, "There is no such referral"))
    return Place(item["v"], item["seq"])


def at_second(text: str | UnsetType) -> int | None:
    """A moment of the message, None where it has none."""
    return None if isinstance(text, UnsetType) else seconds(datetime.fromisoformat(text))


_ORDERS: dict[CommandType, Callable[[Order], Place]] = {
    CommandType.REFERRAL_CREATE: _create,
    CommandType.REFERRAL_CANCEL: _cancel,
    CommandType.REFERRAL_ACCEPT: _accept,
    CommandType.REFERRAL_DECLINE: _decline,
}
