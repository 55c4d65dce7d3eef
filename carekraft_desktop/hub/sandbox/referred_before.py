"""Referrals of the days before: what the office has sent, and what other offices send to it.

They are made the way every referral is made, by a message under a permission, so that nothing in
the office's folders is there that could not have come about.
"""

from datetime import datetime, timedelta
from uuid import UUID

from msgspec import UNSET, Raw
from sqlalchemy import Connection, RowMapping, select

from carekraft_desktop.contract.codec import Malformed, decode, encode
from carekraft_desktop.contract.commands import Actor, Command, CommandType
from carekraft_desktop.contract.directory import Entry
from carekraft_desktop.contract.fhir import Patient
from carekraft_desktop.contract.referrals import (
    DeclineCode,
    Mode,
    PermissionGrant,
    ReferralBooking,
    VisitClass,
    is_name,
    plain_name,
    plain_phone,
    read_message,
)
from carekraft_desktop.hub import feed, grants, referrals, tables
from carekraft_desktop.hub.feed import Change
from carekraft_desktop.hub.now import moment, seconds
from carekraft_desktop.hub.orders import Order, Refusal
from carekraft_desktop.hub.sandbox import answers, permits
from carekraft_desktop.hub.sandbox.acts import NotPossible
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.sandbox.colleagues import COLLEAGUES
from carekraft_desktop.hub.sandbox.numbers import npi
from carekraft_desktop.hub.sandbox.people import make_person
from carekraft_desktop.hub.sandbox.world import FIRST_STEM, NEIGHBOURS
from carekraft_desktop.hub.slots import FREE, SlotTaken, SlotUnknown
from carekraft_desktop.value import Value

ANSWERS = ("", "accept", "accept", "decline", "", "accept", "move", "cancel", "accept", "")
"""What became of what the office sent, the oldest first; nothing is: no answer yet."""
RECEIVED = ("", "", "accept", "accept")
"""What the office has said so far to what came from others, the newest first."""
_OUR_STEM = FIRST_STEM + 9_000_000


class _Wish(Value, frozen=True):
    """Whom a referral is with, and when."""

    npi: str
    location_id: str
    mode: Mode
    slot: RowMapping


def pour(connection: Connection, office_id: str, now: datetime, *, seed: int) -> int:
    """Send and answer the referrals of the last days; how many there are."""
    chance = Chance(f"referred {seed}")
    sent = 0
    for number, patient_id in enumerate(_somebody(connection, chance, office_id)):
        if sent == len(ANSWERS):
            break
        at = now - timedelta(days=len(ANSWERS) - sent, minutes=37 * (number % 11))
        try:
            made = _send(connection, chance, office_id, patient_id, at)
        except (NotPossible, Refusal):
            continue
        _answer(connection, chance, made, ANSWERS[sent], at + timedelta(hours=5))
        sent += 1
    for number, how in enumerate(RECEIVED):
        at = now - timedelta(hours=3 + 7 * number)
        _answer(connection, chance, receive(connection, chance, office_id, at), how, at)
    return sent


def receive(connection: Connection, chance: Chance, office_id: str, at: datetime) -> str:
    """Another office refers somebody to this one; the referral's id.

    Raises:
        NotPossible: there is no other office, or no time left here.
    """
    there = _another(connection, chance)
    slot = _time(connection, chance, office_id, at)
    person = make_person(chance, joined=at - timedelta(days=90), today=at.date(), minor=False)
    body = encode(person.full).decode()
    change = Change(kind="patient", id=person.id, body=body, subject=person.id)
    feed.write(connection, there, [change], at)
    number = npi(_OUR_STEM + sum(slot["provider_id"].encode()))
    grant = permits.make(connection, chance, there, person.id, at, targets=[number])
    feed.write(connection, there, grants.give(connection, there, grant), at)
    wish = _Wish(number, f"loc-{office_id}", Mode.IN_PERSON, slot)
    message = _message(connection, chance, there, grant, wish, at)
    order = _order(connection, there, message, at)
    referrals.record(order, message, to=office_id, provider_id=slot["provider_id"])
    try:
        referrals.book(order, message, to=office_id, provider_id=slot["provider_id"])
    except (SlotTaken, SlotUnknown):
        raise NotPossible from None
    return message.request_id


def _send(
    connection: Connection, chance: Chance, office_id: str, patient_id: str, at: datetime
) -> str:
    found, slot = _provider(connection, chance, at)
    entry = decode(found["body"].encode(), Entry)
    grant = permits.make(connection, chance, office_id, patient_id, at, specialties=entry.groups)
    feed.write(connection, office_id, grants.give(connection, office_id, grant), at)
    wish = _Wish(entry.npi, entry.location_id, entry.modes[0], slot)
    message = _message(connection, chance, office_id, grant, wish, at)
    referrals.carry_out(_order(connection, office_id, message, at))
    return message.request_id


def _answer(
    connection: Connection, chance: Chance, request_id: str, how: str, at: datetime
) -> None:
    if how:
        code = chance.choice([DeclineCode.NO_CAPACITY, DeclineCode.PLAN_NOT_TAKEN])
        if how == "cancel":  # what is cancelled was booked before
            answers.answer(connection, request_id, "accept", at - timedelta(hours=1))
        answers.answer(connection, request_id, how, at, code=code)


def _message(
    connection: Connection,
    chance: Chance,
    office_id: str,
    grant: PermissionGrant,
    wish: _Wish,
    at: datetime,
) -> ReferralBooking:
    """What the patient's own profile says, and what was picked.

    Raises:
        NotPossible: the profile says too little for a message.
    """
    row = feed.one(connection, office_id, "patient", grant.patient_id)
    patient = decode(row["body"].encode() if row else b"", Patient)
    name = patient.name[0]
    given, family = plain_name(" ".join(name.given)), plain_name(name.family or "")
    of_guardian = grant.profile.guardian is not UNSET
    phone = next((plain_phone(e.value or "") for e in patient.telecom if e.system == "phone"), "")
    if not is_name(family) or (given and not is_name(given)) or not patient.birth_date:
        raise NotPossible
    made = ReferralBooking(
        schema="ck-ref-1",
        request_id=str(UUID(int=chance.getrandbits(128), version=4)),
        created_at=_written(at),
        from_office_npi=grant.grantee_office_npi,
        from_office_phone="+13125550142",
        permission_id=grant.permission_id,
        to_provider_npi=wish.npi,
        to_location_id=wish.location_id,
        visit_class=VisitClass.NEW,
        mode=wish.mode,
        slot_id=wish.slot["id"],
        slot_start=_written(moment(wish.slot["start_at"])),
        slot_end=_written(moment(wish.slot["end_at"])),
        earliest_ok=chance.happens(0.5),
        patient_id=grant.patient_id,
        given_name=given or UNSET,
        family_name=family,
        birth_date=patient.birth_date,
        phone=UNSET if of_guardian else phone or UNSET,
        contact_pref=grant.profile.contact_pref,
        language=grant.profile.language,
        interpreter=grant.profile.interpreter,
        payer_code=grant.profile.payer_code,
        plan_code=grant.profile.plan_code,
        guardian=grant.profile.guardian,
    )
    try:
        return read_message(encode(made))
    except Malformed:
        raise NotPossible from None


def _order(connection: Connection, office_id: str, message: ReferralBooking, at: datetime) -> Order:
    who = COLLEAGUES[len(message.family_name) % len(COLLEAGUES)]
    command = Command(
        key=message.request_id,
        type=CommandType.REFERRAL_CREATE,
        id=message.request_id,
        if_version=0,
        actor=Actor(sub=who.staff, device=who.device),
        made_at=at,
        body=Raw(encode(message)),
    )
    return Order(connection, at, office_id, who.device, command, None)


def _somebody(connection: Connection, chance: Chance, office_id: str) -> list[str]:
    """Patients of the office, in the order in which they are asked."""
    item = tables.item
    wanted = (item.c.office_id == office_id) & (item.c.kind == "patient") & item.c.gone.is_(False)
    ids = connection.scalars(select(item.c.id).where(wanted).order_by(item.c.id)).all()
    return chance.sample(list(ids), min(len(ids), 8 * len(ANSWERS)))


def _provider(
    connection: Connection, chance: Chance, at: datetime
) -> tuple[RowMapping, RowMapping]:
    """Somebody in the directory who treats one group of illness and has a free time."""
    table, slot = tables.directory, tables.slot
    rows = (
        connection.execute(select(table).where(table.c.gone.is_(False)).order_by(table.c.npi))
        .mappings()
        .all()
    )
    for row in chance.sample(list(rows), min(len(rows), 40)):
        if len(decode(row["body"].encode(), Entry).groups) > 1:
            continue
        free = (
            connection.execute(
                select(slot)
                .where(slot.c.office_id == row["office_id"], slot.c.status == FREE)
                .where(slot.c.provider_id == row["provider_id"])
                .where(slot.c.start_at > seconds(at) + 14 * 86_400)
                .order_by(slot.c.start_at)
            )
            .mappings()
            .first()
        )
        if free is not None:
            return row, free
    raise NotPossible


def _another(connection: Connection, chance: Chance) -> str:
    office = tables.office
    ids = connection.scalars(
        select(office.c.office_id)
        .where(office.c.office_id.startswith(NEIGHBOURS))
        .order_by(office.c.office_id)
    ).all()
    if not ids:
        raise NotPossible
    found: str = chance.choice(list(ids))
    return found


def _time(connection: Connection, chance: Chance, office_id: str, at: datetime) -> RowMapping:
    """A free time of the office's in the days to come."""
    slot = tables.slot
    rows = (
        connection.execute(
            select(slot)
            .where(slot.c.office_id == office_id, slot.c.status == FREE)
            .where(slot.c.start_at > seconds(at) + 2 * 86_400)
            .order_by(slot.c.start_at)
            .limit(60)
        )
        .mappings()
        .all()
    )
    if not rows:
        raise NotPossible
    return chance.choice(list(rows))


def _written(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
