"""An exchange's tables with a small office and some others around it, for referrals."""

import contextlib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from uuid import UUID

from msgspec import Raw, json
from sqlalchemy import select

from carekraft_desktop.contract.codec import decode, encode
from carekraft_desktop.contract.commands import Actor, Command, CommandType, Result
from carekraft_desktop.contract.directory import Entry
from carekraft_desktop.contract.fhir import Patient
from carekraft_desktop.contract.referrals import (
    PermissionGrant,
    Referral,
    plain_name,
    plain_phone,
    years_of_age,
)
from carekraft_desktop.contract.specialties import SENSITIVE, Specialty
from carekraft_desktop.domain.payload import (
    Choice,
    GuardianCopy,
    Profile,
    Sender,
    Time,
    build,
)
from carekraft_desktop.hub import commands, feed, tables
from carekraft_desktop.hub.sandbox import permits, world
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.sandbox.numbers import OFFICE_NPI
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from carekraft_desktop.value import replace
from tests.hub_fixture import NOON, filled_database, new_key
from tests.postgres import Postgres
from tests.unit.hub.bench import TINY, Bench

SENDER = Sender(OFFICE_NPI, "+13125550100")
SMALL_WORLD = world.Size(offices=3, providers=42)


@dataclass(slots=True)
class Far(Bench):
    """A bench with neighbours."""

    requests: int = 0

    def grants(self) -> list[PermissionGrant]:
        """Every permission."""
        table = tables.permission
        bodies = self.read(lambda connection: connection.scalars(select(table.c.body)).all())
        return [decode(body.encode(), PermissionGrant) for body in bodies]

    def patient(self, *, minor: bool = False) -> Patient:
        """A patient who shares enough."""
        item = tables.item
        bodies = self.read(
            lambda connection: connection.scalars(
                select(item.c.body).where(
                    item.c.office_id == OFFICE_ID,
                    item.c.kind == "patient",
                    item.c.gone.is_(False),
                )
            ).all()
        )
        for body in bodies:
            patient = decode(body.encode(), Patient)
            if not patient.birth_date or len(patient.birth_date) < 10:
                continue
            born = datetime.fromisoformat(patient.birth_date).date()
            if (years_of_age(born, self.at.date()) < 18) is minor:
                if minor and not any(each.telecom for each in patient.contact):
                    continue
                return patient
        raise AssertionError

    def entry(self, **wanted: Any) -> Entry:
        """A provider of the directory who has a free time, unless told otherwise."""
        table = tables.directory
        bodies = self.read(lambda connection: connection.scalars(select(table.c.body)).all())
        for body in bodies:
            entry = decode(body.encode(), Entry)
            fits = all(getattr(entry, name) == value for name, value in wanted.items())
            if fits and self.times(entry):
                return entry
        raise AssertionError

    def other_group(self, entry: Entry) -> Specialty:
        """A group, telling nothing, of somebody else who has a free time."""
        for group in Specialty:
            if group not in SENSITIVE and group not in entry.groups:
                with contextlib.suppress(AssertionError):
                    self.entry(groups=[group])
                    return group
        raise AssertionError

    def times(self, entry: Entry) -> list[Time]:
        """Free times of a provider."""
        row = self.behind(entry)
        slot = tables.slot
        rows = self.read(
            lambda connection: connection.execute(
                select(slot)
                .where(
                    slot.c.office_id == row.office_id,
                    slot.c.provider_id == row.provider_id,
                    slot.c.status == "free",
                )
                .order_by(slot.c.start_at)
            ).all()
        )
        return [Time(each.id, each.start_at, each.end_at) for each in rows]

    def behind(self, entry: Entry) -> Any:
        """The office and provider behind an entry."""
        table = tables.directory
        return self.read(
            lambda connection: connection.execute(
                select(table).where(table.c.npi == entry.npi)
            ).one()
        )

    def permit(self, patient: Patient, entry: Entry, *, bookings: int = 1) -> PermissionGrant:
        """The patient allows bookings with that provider's groups."""
        permission_id = self.write(
            lambda connection: permits.permit(
                connection,
                Chance(self.requests),
                OFFICE_ID,
                patient.id,
                self.at,
                specialties=list(entry.groups),
                targets=[entry.npi],
                bookings=bookings,
            )
        )
        return next(each for each in self.grants() if each.permission_id == permission_id)

    def message(self, grant: PermissionGrant, entry: Entry, **changes: Any) -> bytes:
        """A message that everybody would take, but for the `changes` of its parts."""
        self.requests += 1
        request = str(UUID(int=self.requests << 96 | 4 << 76 | 8 << 60))
        choice = Choice(
            permission_id=grant.permission_id,
            provider_npi=entry.npi,
            location_id=entry.location_id,
            visit_class="NEW",
            mode="IN_PERSON",
            time=self.times(entry)[0],
            specialty=entry.groups[0] if len(entry.groups) > 1 else "",
        )
        parts: dict[str, Any] = {
            "request_id": request,
            "created_at": int(self.at.timestamp()),
            "sender": SENDER,
            "choice": choice,
            "profile": self.profile(grant),
        }
        for name, value in changes.items():
            if name in parts:
                parts[name] = value
            else:
                where = "choice" if hasattr(choice, name) else "profile"
                parts[where] = replace(parts[where], **{name: value})
        return build(**parts).data

    def profile(self, grant: PermissionGrant) -> Profile:
        """What the patient shares."""
        row = self.read(
            lambda connection: feed.one(connection, OFFICE_ID, "patient", grant.patient_id)
        )
        assert row is not None
        patient = decode(row["body"].encode(), Patient)
        name, shared = patient.name[0], grant.profile
        guardian = json.decode(json.encode(shared.guardian)) if shared.guardian else None
        return Profile(
            patient_id=patient.id,
            given_name=plain_name(" ".join(name.given)),
            family_name=plain_name(name.family or ""),
            birth_date=patient.birth_date or "",
            phone=next((plain_phone(each.value or "") for each in patient.telecom), ""),
            contact_pref=shared.contact_pref,
            language=shared.language,
            interpreter=shared.interpreter,
            payer_code=shared.payer_code or "",
            guardian=GuardianCopy(**guardian) if guardian else None,
        )

    def order(
        self,
        kind: CommandType,
        request: str,
        body: object,
        *,
        v: int = 0,
        office: str = OFFICE_ID,
        client: str = "ws-1",
    ) -> Result:
        """Send one command about a referral."""
        raw = body if isinstance(body, bytes) else encode(body)
        command = Command(
            key=new_key(),
            type=kind,
            id=request,
            if_version=v,
            actor=Actor(sub="staff-1", device=client),
            made_at=self.at,
            body=Raw(raw),
        )
        return commands.apply_all(
            self.database, self.now, office_id=office, client_id=client, commands=[command]
        )[0]

    def create(self, data: bytes, *, office: str = OFFICE_ID, client: str = "ws-1") -> Result:
        """Send a message."""
        request = json.decode(data)["request_id"]
        return self.order(CommandType.REFERRAL_CREATE, request, data, office=office, client=client)

    def told(self, request: str, office: str = OFFICE_ID) -> tuple[Referral, int]:
        """A referral in an office's feed, with its version."""
        row = self.read(lambda connection: feed.one(connection, office, "referral", request))
        assert row is not None
        return decode(row["body"].encode(), Referral), row["v"]

    def whole(self) -> tuple[PermissionGrant, Entry]:
        """A patient's permission for a provider with free times."""
        entry = self.entry(wants_sex=False)
        return self.permit(self.patient(), entry), entry


def make_far(folder: Path, server: Postgres | None = None) -> Far:
    """A small office with neighbours."""
    database, office = filled_database(folder, 5, NOON, TINY, server)
    far = Far(database, office)
    far.write(lambda connection: world.pour(connection, NOON, size=SMALL_WORLD))
    return far
