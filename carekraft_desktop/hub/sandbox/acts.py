"""What patients do with their bookings and their share; each one transaction.

Patients ask no permission of versions: what they cancel is cancelled, what they withdraw is
gone at once.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from msgspec.structs import replace
from sqlalchemy import Connection, RowMapping, delete, func, select

from carekraft_desktop.contract.codec import decode, encode
from carekraft_desktop.contract.fhir import (
    PREVIOUS_PROVIDER,
    Appointment,
    Consent,
    Patient,
    PractitionerRole,
)
from carekraft_desktop.hub import bookings, feed, revoking, slots, tables
from carekraft_desktop.hub.bookings import Case, NotThere
from carekraft_desktop.hub.feed import Change
from carekraft_desktop.hub.now import moment, seconds, stamp
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.sandbox.diary import Opening, Provider
from carekraft_desktop.hub.sandbox.office import person_changes
from carekraft_desktop.hub.sandbox.people import (
    Person,
    insure,
    make_person,
    without_contact,
    without_demographic,
)
from carekraft_desktop.hub.sandbox.requests import appointment
from carekraft_desktop.hub.sharing import (
    CLASSES,
    Shared,
    Sharing,
    Withdrawn,
    consent,
    sharing_of,
)
from carekraft_desktop.hub.slots import FREE, LIVE


class NotPossible(Exception):
    """The patient cannot do that now."""


def book(
    connection: Connection,
    chance: Chance,
    office_id: str,
    now: datetime,
    *,
    patient_id: str | None = None,
    slot_id: str | None = None,
    newcomer: Person | None = None,
) -> str:
    """A patient, known or new, asks for a slot; the new booking's id.

    `newcomer` is somebody in particular who books for the first time.

    Raises:
        NotPossible: nothing is free, or the patient does not share with the office.
        SlotTaken, SlotUnknown: the named slot cannot be had.
    """
    slot = (
        slots.find_slot(connection, office_id, slot_id)
        if slot_id is not None
        else _any_free(connection, chance, office_id, now)
    )
    before: list[Change] = []
    if newcomer is not None:
        person = newcomer
        before.extend(person_changes(person, office_id))
    elif patient_id is None:
        person = make_person(
            chance, joined=now, today=now.date(), minor=_sees_children(connection, office_id, slot)
        )
        if chance.happens(0.8):
            insure(chance, person)
        before.extend(person_changes(person, office_id))
    else:
        person = _known(connection, office_id, patient_id, now)
    opening = Opening(
        slot["id"],
        _provider(connection, office_id, slot),
        moment(slot["start_at"]),
        moment(slot["end_at"]),
    )
    body = appointment(chance, person, opening, slot_id=slot["id"], status="proposed", made=now)
    bookings.add(
        connection,
        office_id,
        body,
        patient_id=person.id,
        provider_id=slot["provider_id"],
        slot_id=slot["id"],
        now=now,
        before=before,
    )
    return body.id


def cancel(connection: Connection, office_id: str, booking_id: str, now: datetime) -> None:
    """The patient is not coming; this holds whatever the office does at the same time."""
    case = bookings.load(connection, office_id, booking_id, now)
    if case.status not in ("proposed", "pending", "booked"):
        raise NotPossible
    case.cancel(by="pat", reason=None)
    case.settle()


def move(
    connection: Connection,
    chance: Chance,
    office_id: str,
    booking_id: str,
    now: datetime,
    *,
    slot_id: str | None = None,
) -> None:
    """The patient asks for another time; the office has to accept it anew."""
    case = bookings.load(connection, office_id, booking_id, now)
    if case.status not in ("proposed", "booked"):
        raise NotPossible
    slot = (
        slots.find_slot(connection, office_id, slot_id)
        if slot_id is not None
        else _any_free(connection, chance, office_id, now, provider_id=case.provider_id)
    )
    case.give_time(
        start=moment(slot["start_at"]),
        end=moment(slot["end_at"]),
        slot_id=slot["id"],
        provider_id=slot["provider_id"],
    )
    case.becomes(status="proposed")
    case.settle()


def agree(connection: Connection, office_id: str, booking_id: str, now: datetime) -> None:
    """The patient takes the time that the office proposed."""
    case = _offered(connection, office_id, booking_id, now)
    period = case.body.requested_period[0]
    minutes = int((period.end - period.start).total_seconds() // 60)
    case.becomes(
        start=period.start,
        end=period.end,
        minutes_duration=max(1, minutes),
        requested_period=[],
        status="booked",
    )
    case.confirm_provider()
    case.settle()


def refuse(connection: Connection, office_id: str, booking_id: str, now: datetime) -> None:
    """The patient does not take the time that the office proposed."""
    case = _offered(connection, office_id, booking_id, now)
    case.cancel(by="pat", reason=None)
    case.settle()


def unshare_class(
    connection: Connection, office_id: str, patient_id: str, name: str, now: datetime
) -> None:
    """The patient withdraws one class of data: what was sent of it is emptied."""
    if name not in CLASSES:
        raise NotPossible
    share = _share(connection, office_id, patient_id)
    sharing = sharing_of(share)
    if not isinstance(sharing[name], Shared):
        raise NotPossible
    sharing[name] = Withdrawn(stamp(now))
    told = consent(share.id, patient_id=patient_id, office_id=office_id, sharing=sharing, at=now)
    changes = [
        Change(kind="consent", id=share.id, body=encode(told).decode(), subject=patient_id),
        *_EMPTIED[name](connection, office_id, patient_id),
    ]
    feed.write(connection, office_id, changes, now)


def unshare(connection: Connection, office_id: str, patient_id: str, now: datetime) -> None:
    """The patient withdraws the whole share: every body is emptied, every slot let go."""
    _share(connection, office_id, patient_id)
    booking = tables.booking
    mine = (booking.c.office_id == office_id) & (booking.c.patient_id == patient_id)
    own = [(office_id, id_) for id_ in connection.scalars(select(booking.c.id).where(mine))]
    told = revoking.end_with_share(connection, office_id, patient_id, now, also=own)
    held = connection.execute(
        select(booking.c.slot_id)
        .where(mine, booking.c.status.in_(LIVE))
        .where(booking.c.slot_id.is_not(None))
        .order_by(booking.c.slot_id)
    ).scalars()
    let_go = [str(each) for each in held]
    connection.execute(delete(booking).where(mine))
    changes: list[Change] = []
    for slot_id in let_go:
        changes.extend(slots.set_slot(connection, office_id, slot_id, FREE))
    for kind, id_ in _items_of(connection, office_id, patient_id):
        changes.append(Change(kind=kind, id=id_, reason="unshared", subject=patient_id))
    feed.merge(told, {office_id: changes})
    feed.write_all(connection, told, now)


def _without_contact(connection: Connection, office_id: str, patient_id: str) -> list[Change]:
    return _patient_as(connection, office_id, patient_id, without_contact)


def _without_demographic(connection: Connection, office_id: str, patient_id: str) -> list[Change]:
    return _patient_as(connection, office_id, patient_id, without_demographic)


def _patient_as(
    connection: Connection,
    office_id: str,
    patient_id: str,
    change: Callable[[Patient], Patient],
) -> list[Change]:
    row = feed.one(connection, office_id, "patient", patient_id)
    if row is None or row["gone"]:
        return []
    patient = change(decode(row["body"].encode(), Patient))
    return [
        Change(
            kind="patient",
            id=patient_id,
            body=encode(patient).decode(),
            subject=patient_id,
        )
    ]


def _without_insurance(connection: Connection, office_id: str, patient_id: str) -> list[Change]:
    return [
        Change(kind=kind, id=id_, reason="unshared", subject=patient_id)
        for kind, id_ in _items_of(connection, office_id, patient_id)
        if kind == "coverage"
    ]


def _without_medical(connection: Connection, office_id: str, patient_id: str) -> list[Change]:
    changes = []
    for kind, id_ in _items_of(connection, office_id, patient_id):
        row = feed.one(connection, office_id, kind, id_) if kind == "booking" else None
        if row is None:
            continue
        body = decode(row["body"].encode(), Appointment)
        emptied = replace(
            body,
            reason_code=[],
            comment=None,
            extension=[each for each in body.extension if each.url != PREVIOUS_PROVIDER],
        )
        if emptied != body:
            changes.append(
                Change(
                    kind="booking",
                    id=id_,
                    body=encode(emptied).decode(),
                    subject=patient_id,
                )
            )
    return changes


_EMPTIED: dict[str, Callable[[Connection, str, str], list[Change]]] = {
    "contact": _without_contact,
    "demographic": _without_demographic,
    "insurance": _without_insurance,
    "medical": _without_medical,
}


def _items_of(connection: Connection, office_id: str, patient_id: str) -> list[tuple[str, str]]:
    """What is still there of a patient, bookings before the patient."""
    item = tables.item
    rows = connection.execute(
        select(item.c.kind, item.c.id)
        .where(item.c.office_id == office_id, item.c.subject == patient_id)
        .where(item.c.gone.is_(False))
        .order_by(item.c.kind, item.c.id)
    ).all()
    return [(kind, id_) for kind, id_ in rows]


def _share(connection: Connection, office_id: str, patient_id: str) -> Consent:
    for kind, id_ in _items_of(connection, office_id, patient_id):
        if kind == "consent":
            row = feed.one(connection, office_id, kind, id_)
            if row is not None and row["body"] is not None:
                return decode(row["body"].encode(), Consent)
    raise NotThere(gone=False)


def _offered(connection: Connection, office_id: str, booking_id: str, now: datetime) -> Case:
    case = bookings.load(connection, office_id, booking_id, now)
    if case.status != "pending" or not case.body.requested_period:
        raise NotPossible
    return case


def _any_free(
    connection: Connection,
    chance: Chance,
    office_id: str,
    now: datetime,
    *,
    provider_id: str | None = None,
) -> RowMapping:
    """A free slot that begins in an hour or later."""
    slot = tables.slot
    free = (
        (slot.c.office_id == office_id)
        & (slot.c.status == FREE)
        & (slot.c.start_at > seconds(now + timedelta(hours=1)))
    )
    if provider_id is not None:
        free &= slot.c.provider_id == provider_id
    count = connection.scalar(select(func.count()).select_from(slot).where(free)) or 0
    if count == 0:
        raise NotPossible
    # Soon is wanted more than late.
    place = int(count * chance.random() ** 2)
    ordered = select(slot).where(free).order_by(slot.c.start_at, slot.c.id)
    return connection.execute(ordered.offset(place).limit(1)).mappings().one()


def _role(connection: Connection, office_id: str, provider_id: str) -> PractitionerRole:
    row = feed.one(connection, office_id, "provider", provider_id)
    if row is None or row["gone"]:
        raise NotPossible
    return decode(row["body"].encode(), PractitionerRole)


def _provider(connection: Connection, office_id: str, slot: RowMapping) -> Provider:
    role = _role(connection, office_id, slot["provider_id"])
    coding = role.specialty[0].coding[0]
    return Provider(
        id=role.id,
        schedule_id=slot["schedule_id"],
        name=role.practitioner.display or "",
        specialty=coding.code or "",
        specialty_name=coding.display or "",
        minutes=(slot["end_at"] - slot["start_at"]) // 60,
        hours=(0, 24),
        days=(),
    )


def _sees_children(connection: Connection, office_id: str, slot: RowMapping) -> bool:
    return _provider(connection, office_id, slot).specialty == "CKS-02"


def _known(connection: Connection, office_id: str, patient_id: str, now: datetime) -> Person:
    """A patient who already shares with the office, as far as a booking needs."""
    row = feed.one(connection, office_id, "patient", patient_id)
    if row is None or row["gone"]:
        raise NotThere(gone=row is not None)
    sharing: Sharing = sharing_of(_share(connection, office_id, patient_id))
    return Person(
        id=patient_id,
        consent_id="",
        coverage_id="",
        joined=now,
        born=now.date(),
        full=decode(row["body"].encode(), Patient),
        coverage=None,
        sharing=sharing,
    )
