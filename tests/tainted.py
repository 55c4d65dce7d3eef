"""An exchange full of canaries: every member of everything that an office receives has one."""

import random
from typing import Any

import msgspec
from sqlalchemy import select, update

from carekraft_desktop.contract.referrals import (
    Grantor,
    Guardian,
    PermissionGrant,
    Relation,
    SharedProfile,
)
from carekraft_desktop.contract.specialties import Specialty
from carekraft_desktop.hub import feed, grants, tables
from carekraft_desktop.hub.feed import Change
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from tests.hub_fixture import NOON, Hub
from tests.messages import GUARDIAN
from tests.taint import MARK, canary, random_person, soil

HOSTILE = ("MRI-LUMBAR", "chemo-slot", "hiv-followup", "slotForCOLONOSCOPY", f"{MARK}-loc")
"""Identifiers that tell something, of slots and places."""


def taint(hub: Hub, people: int, *, seed: int = 20_261_126) -> None:
    """Soil what is there already, and add `people` patients (`p-0` on) who permit a referral."""
    hub.write(_soil_items)
    hub.write(lambda c: _add_people(c, people, seed))
    hub.write(_soil_directory)


def _soil_items(c: Any) -> None:
    item = tables.item
    kinds = ("office", "provider", "schedule", "slot", "booking", "coverage", "review", "mark")
    found = c.execute(
        select(item.c.kind, item.c.id, item.c.body).where(
            item.c.office_id == OFFICE_ID, item.c.gone.is_(False), item.c.kind.in_(kinds)
        )
    ).all()
    for kind, id_, body in found:
        told = msgspec.json.decode(body)
        if not isinstance(told, dict) or "resourceType" not in told:
            continue  # ours, not FHIR: a closed form has no place for more
        c.execute(
            update(item)
            .where(item.c.office_id == OFFICE_ID, item.c.kind == kind, item.c.id == id_)
            .values(body=msgspec.json.encode(soil(told)).decode())
        )


def _add_people(c: Any, people: int, seed: int) -> None:
    chance = random.Random(seed)
    npi = c.scalar(
        select(tables.office_number.c.npi).where(tables.office_number.c.office_id == OFFICE_ID)
    )
    changes: list[Change] = []
    given: dict[tuple[str, str], Change] = {}
    for number in range(people):
        items, minor = random_person(chance, number)
        changes += [
            Change(
                kind=each.kind, id=each.id, body=bytes(each.data).decode(), subject=f"p-{number}"
            )
            for each in items
            if not isinstance(each.data, msgspec.UnsetType)
        ]
        grant = _grant(number, npi, minor=minor)
        given |= {(each.kind, each.id): each for each in grants.give(c, OFFICE_ID, grant)}
    feed.fill(c, OFFICE_ID, changes, NOON)
    feed.fill(c, OFFICE_ID, list(given.values()), NOON)


def _grant(number: int, npi: str, *, minor: bool) -> PermissionGrant:
    guardian = Guardian(
        GUARDIAN.given_name, GUARDIAN.family_name, GUARDIAN.phone, Relation(GUARDIAN.relation)
    )
    return PermissionGrant(
        permission_id=f"perm-{number}",
        patient_id=f"p-{number}",
        grantee_office_npi=npi,
        purpose="APPOINTMENT_BOOKING",
        specialties=list(Specialty),
        share_contact=True,
        share_demographic=True,
        share_insurance=number % 3 == 0,
        max_bookings=2,
        valid_from="2026-11-01T00:00:00Z",
        valid_until="2027-01-15T00:00:00Z",
        granted_by=Grantor.GUARDIAN if minor else Grantor.SELF,
        representative_id="rep-1" if minor else msgspec.UNSET,
        profile=SharedProfile(payer_code="PRAIRIE", guardian=guardian if minor else msgspec.UNSET),
    )


def _soil_directory(c: Any) -> None:
    entries = c.execute(select(tables.directory.c.npi, tables.directory.c.body)).all()
    for number, (npi, body) in enumerate(entries):
        told = msgspec.json.decode(body)
        told |= {"name": f"Dr. {canary()}", "line": canary(), "note": canary(), "display": canary()}
        values: dict[str, str] = {}
        if number % 50 == 7:
            # An identifier that means something: the whole entry is refused.
            values["location_id"] = f"{HOSTILE[number % len(HOSTILE)]}-{number}"
            told["location_id"] = values["location_id"]
        c.execute(
            update(tables.directory)
            .where(tables.directory.c.npi == npi)
            .values(body=msgspec.json.encode(told).decode(), **values)
        )
    slots = c.execute(select(tables.slot.c.office_id, tables.slot.c.id)).all()
    for number, (office_id, id_) in enumerate(slots):
        if number % 20 == 3 and office_id != OFFICE_ID:
            c.execute(
                update(tables.slot)
                .where(tables.slot.c.office_id == office_id, tables.slot.c.id == id_)
                .values(id=f"{HOSTILE[number % 4]}-{number}")
            )
