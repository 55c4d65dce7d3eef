"""Patients' permissions on the exchange: given, taken back, and asked before a booking.

The exchange is the third place that looks, and the only one that sees every office's use.
"""

from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from carekraft_desktop.contract.codec import decode, encode
from carekraft_desktop.contract.fhir import Patient
from carekraft_desktop.contract.problems import Slug
from carekraft_desktop.contract.referrals import (
    Grantor,
    Permission,
    PermissionGrant,
    ReferralBooking,
    plain_name,
    plain_phone,
    years_of_age,
)
from carekraft_desktop.contract.specialties import SENSITIVE, Specialty
from carekraft_desktop.hub import feed, seals, tables
from carekraft_desktop.hub.far_ends import LIVE
from carekraft_desktop.hub.feed import Change
from carekraft_desktop.hub.now import moment, seconds

OF_AGE = 18


class NotCovered(Exception):
    """The permission does not cover the booking."""

    def __init__(self, slug: Slug) -> None:
        """`slug`: the problem's kind."""
        super().__init__(slug)
        self.slug = slug


def give(connection: Connection, office_id: str, grant: PermissionGrant) -> list[Change]:
    """Record a permission; the items that tell the office, to be put into its feed."""
    sealed = seals.seal(connection, grant)
    connection.execute(
        insert(tables.permission).values(
            office_id=office_id,
            permission_id=grant.permission_id,
            patient_id=grant.patient_id,
            body=encode(grant).decode(),
            sealed=sealed,
            revoked_at=None,
        )
    )
    return [*seals.told(connection, office_id), _item(grant, sealed, None)]


def lock(connection: Connection, office_id: str, permission_id: str) -> RowMapping:
    """The permission's row, locked, so that two bookings cannot both be the last one.

    Raises:
        NotCovered: there is none, or it is another office's.
    """
    table = tables.permission
    row = (
        connection.execute(
            select(table)
            .where(table.c.office_id == office_id, table.c.permission_id == permission_id)
            .with_for_update()
        )
        .mappings()
        .one_or_none()
    )
    if row is not None:
        return row
    elsewhere = connection.scalar(
        select(table.c.office_id).where(table.c.permission_id == permission_id).limit(1)
    )
    raise NotCovered(Slug.PERMISSION_OFFICE if elsewhere else Slug.PERMISSION_NONE)


def check(
    connection: Connection,
    row: RowMapping,
    message: ReferralBooking,
    *,
    office_npi: str,
    groups: list[Specialty],
    now: datetime,
) -> None:
    """Hold a booking against the permission it names; call with the row locked.

    Raises:
        NotCovered: it does not cover it.
    """
    grant = decode(row["body"].encode(), PermissionGrant)
    if grant.patient_id != message.patient_id:
        raise NotCovered(Slug.PERMISSION_NONE)
    if {grant.grantee_office_npi, message.from_office_npi} != {office_npi}:
        raise NotCovered(Slug.PERMISSION_OFFICE)
    if row["revoked_at"] is not None:
        raise NotCovered(Slug.PERMISSION_REVOKED)
    if not _moment(grant.valid_from) <= now < _moment(grant.valid_until):
        raise NotCovered(Slug.PERMISSION_EXPIRED)
    _check_age(connection, row["office_id"], grant, message, now)
    _check_scope(grant, message, set(groups))
    if _used(connection, row) >= grant.max_bookings:
        raise NotCovered(Slug.PERMISSION_USED)
    _check_profile(connection, row["office_id"], grant, message)


def revoke(connection: Connection, row: RowMapping, at: datetime) -> list[Change]:
    """Take a permission back; the item that tells the office."""
    table = tables.permission
    connection.execute(
        update(table)
        .where(
            table.c.office_id == row["office_id"],
            table.c.permission_id == row["permission_id"],
        )
        .values(revoked_at=seconds(at))
    )
    grant = decode(row["body"].encode(), PermissionGrant)
    return [_item(grant, row["sealed"], at)]


def _item(grant: PermissionGrant, sealed: str, revoked_at: datetime | None) -> Change:
    item = Permission(
        id=grant.permission_id,
        grant=sealed,
        revoked_at=revoked_at.strftime("%Y-%m-%dT%H:%M:%SZ") if revoked_at else None,
    )
    return Change(
        kind="permission", id=item.id, body=encode(item).decode(), subject=grant.patient_id
    )


def _check_age(
    connection: Connection,
    office_id: str,
    grant: PermissionGrant,
    message: ReferralBooking,
    now: datetime,
) -> None:
    zone = ZoneInfo(
        connection.execute(
            select(tables.office.c.zone).where(tables.office.c.office_id == office_id)
        ).scalar_one()
    )
    born = datetime.fromisoformat(message.birth_date).date()
    by_guardian = grant.granted_by is Grantor.GUARDIAN
    if years_of_age(born, now.astimezone(zone).date()) >= OF_AGE:
        if by_guardian:
            raise NotCovered(Slug.PERMISSION_AGED_OUT)
    elif not by_guardian or message.guardian != grant.profile.guardian:
        raise NotCovered(Slug.PERMISSION_GUARDIAN)


def _check_scope(grant: PermissionGrant, message: ReferralBooking, groups: set[Specialty]) -> None:
    named = set(grant.specialties)
    if not groups & SENSITIVE <= named:
        raise NotCovered(Slug.PERMISSION_SPECIALTY)
    if message.to_provider_npi not in grant.targets and not groups & named:
        raise NotCovered(Slug.PERMISSION_TARGET if grant.targets else Slug.PERMISSION_SPECIALTY)


def _used(connection: Connection, row: RowMapping) -> int:
    table = tables.referral
    found = connection.scalar(
        select(func.count())
        .select_from(table)
        .where(
            table.c.office_id == row["office_id"],
            table.c.permission_id == row["permission_id"],
            table.c.status.in_([each.value for each in LIVE]),
        )
    )
    return found or 0


def _check_profile(
    connection: Connection, office_id: str, grant: PermissionGrant, message: ReferralBooking
) -> None:
    """What the message says of the patient is what the patient shares with the office."""
    row = feed.one(connection, office_id, "patient", message.patient_id)
    if row is None or row["gone"]:
        raise NotCovered(Slug.PROFILE_DRIFT)
    patient = decode(row["body"].encode(), Patient)
    profile = grant.profile
    name = min(patient.name, key=lambda each: each.use != "official")
    phones = {plain_phone(each.value or "") for each in patient.telecom if each.system == "phone"}
    mails = {each.value for each in patient.telecom if each.system == "email"}
    codes = {each.postal_code for each in patient.address}
    given = plain_name(" ".join(name.given))
    said = (
        (message.family_name, {plain_name(name.family or ""), plain_name(name.text or "")}),
        (message.given_name or given, {given}),
        (message.birth_date, {patient.birth_date}),
        (message.sex_admin or patient.gender, {patient.gender}),
        (message.phone or "", phones | {""}),
        (message.email or "", mails | {""}),
        (message.zip5 or "", {code[:5] for code in codes if code} | {""}),
        (message.contact_pref, {profile.contact_pref}),
        (message.language, {profile.language}),
        (message.interpreter, {profile.interpreter}),
        (message.payer_code or profile.payer_code, {profile.payer_code}),
        (message.plan_code or profile.plan_code, {profile.plan_code}),
    )
    if any(value not in known for value, known in said):
        raise NotCovered(Slug.PROFILE_DRIFT)


def _moment(text: str) -> datetime:
    return moment(seconds(datetime.fromisoformat(text)))
