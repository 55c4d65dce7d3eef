"""Patients who let the office book for them, and who change their minds."""

from datetime import date, datetime, timedelta

from msgspec import UNSET
from sqlalchemy import Connection, func, select

from carekraft_desktop.contract.codec import decode
from carekraft_desktop.contract.fhir import Coverage, Patient
from carekraft_desktop.contract.referrals import (
    ContactPreference,
    Grantor,
    Guardian,
    Language,
    PermissionGrant,
    Relation,
    SharedProfile,
    plain_name,
    plain_phone,
    years_of_age,
)
from carekraft_desktop.contract.specialties import SENSITIVE, Specialty
from carekraft_desktop.hub import feed, grants, revoking, tables
from carekraft_desktop.hub.feed import Change
from carekraft_desktop.hub.sandbox.acts import NotPossible
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.sandbox.places import PAYERS

SPOKEN = {Language.ENGLISH: 78.0, Language.SPANISH: 15.0, Language.POLISH: 4.0, Language.SIGN: 3.0}


def permit(
    connection: Connection,
    chance: Chance,
    office_id: str,
    patient_id: str,
    now: datetime,
    *,
    specialties: list[Specialty] | None = None,
    targets: list[str] | None = None,
    bookings: int = 1,
) -> str:
    """The patient, or who acts for them, lets the office book once; the permission's id.

    Raises:
        NotPossible: the patient shares too little for an appointment to be made.
    """
    grant = make(
        connection,
        chance,
        office_id,
        patient_id,
        now,
        specialties=specialties,
        targets=targets,
        bookings=bookings,
    )
    feed.write(connection, office_id, grants.give(connection, office_id, grant), now)
    return grant.permission_id


def make(
    connection: Connection,
    chance: Chance,
    office_id: str,
    patient_id: str,
    now: datetime,
    *,
    specialties: list[Specialty] | None = None,
    targets: list[str] | None = None,
    bookings: int = 1,
) -> PermissionGrant:
    """What the patient says, not recorded yet."""
    row = feed.one(connection, office_id, "patient", patient_id)
    npi = connection.scalar(
        select(tables.office_number.c.npi).where(tables.office_number.c.office_id == office_id)
    )
    if row is None or row["gone"] or npi is None:
        raise NotPossible
    patient = decode(row["body"].encode(), Patient)
    if not patient.birth_date or len(patient.birth_date) < 10:
        raise NotPossible
    minor = years_of_age(date.fromisoformat(patient.birth_date), now.date()) < 18
    guardian = _guardian(patient) if minor else None
    if minor and guardian is None:
        raise NotPossible
    if specialties is None and targets is None:
        specialties = _wish(chance)
    payer = _payer(connection, office_id, patient_id)
    begin = now - timedelta(days=chance.randint(0, 20))
    return PermissionGrant(
        permission_id=chance.new_id(now),
        patient_id=patient_id,
        grantee_office_npi=npi,
        purpose="APPOINTMENT_BOOKING",
        targets=targets or [],
        specialties=specialties or [],
        share_contact=True,
        share_demographic=True,
        share_insurance=payer is not None,
        max_bookings=bookings,
        valid_from=_written(begin),
        valid_until=_written(begin + timedelta(days=chance.choice((60, 75, 90)))),
        granted_by=Grantor.GUARDIAN if minor else Grantor.SELF,
        representative_id=chance.new_id(now) if minor else UNSET,
        profile=SharedProfile(
            contact_pref=chance.choice(list(ContactPreference)),
            language=chance.weighted(SPOKEN),
            interpreter=chance.happens(0.06),
            payer_code=payer or UNSET,
            guardian=guardian or UNSET,
        ),
    )


def pour(connection: Connection, office_id: str, now: datetime, *, seed: int, most: int) -> int:
    """Let some of the office's patients give a permission; how many did."""
    chance = Chance(f"permits {seed}")
    item = tables.item
    ids = list(
        connection.scalars(
            select(item.c.id)
            .where(item.c.office_id == office_id, item.c.kind == "patient")
            .where(item.c.gone.is_(False))
            .order_by(item.c.id)
        )
    )
    changes: list[Change] = []
    given = 0
    for patient_id in chance.sample(ids, len(ids)):
        if given >= most:
            break
        try:
            grant = make(connection, chance, office_id, patient_id, now)
        except NotPossible:
            continue
        changes += grants.give(connection, office_id, grant)
        given += 1
    # The key is told once: nothing of this is in the feed yet.
    keys = {change.id: change for change in changes if change.kind == "sealing"}
    told = [*keys.values(), *(each for each in changes if each.kind != "sealing")]
    feed.fill(connection, office_id, told, now)
    return given


def revoke_one(connection: Connection, chance: Chance, office_id: str, now: datetime) -> str:
    """Some patient takes a permission back."""
    table = tables.permission
    wanted = (table.c.office_id == office_id) & table.c.revoked_at.is_(None)
    count = connection.scalar(select(func.count()).select_from(table).where(wanted)) or 0
    if not count:
        raise NotPossible
    ordered = select(table.c.permission_id).where(wanted).order_by(table.c.permission_id)
    found: str = connection.execute(ordered.offset(chance.randrange(count)).limit(1)).scalar_one()
    revoking.revoke(connection, office_id, found, now)
    return found


def _wish(chance: Chance) -> list[Specialty]:
    """What the patient would like an appointment for, in coarse groups."""
    common = [each for each in Specialty if each not in SENSITIVE]
    wish = chance.sample(common, chance.randint(2, 5))
    if chance.happens(0.15):
        wish.append(chance.choice(sorted(SENSITIVE)))
    return wish


def _payer(connection: Connection, office_id: str, patient_id: str) -> str | None:
    item = tables.item
    body = connection.scalar(
        select(item.c.body)
        .where(item.c.office_id == office_id, item.c.subject == patient_id)
        .where(item.c.kind == "coverage", item.c.gone.is_(False))
    )
    if body is None:
        return None
    return PAYERS.get(decode(body.encode(), Coverage).payor[0].display or "")


def _guardian(patient: Patient) -> Guardian | None:
    for contact in patient.contact:
        name = contact.name
        phone = next((each.value for each in contact.telecom if each.value), None)
        if name is None or not name.family or not name.given or phone is None:
            continue
        return Guardian(
            given_name=plain_name(" ".join(name.given)),
            family_name=plain_name(name.family),
            phone=plain_phone(phone),
            relation=Relation.PARENT,
        )
    return None


def _written(at: datetime) -> str:
    return at.strftime("%Y-%m-%dT%H:%M:%SZ")
