"""The other offices: some hundred providers in a directory, with times of their own.

pour(connection, now)          # after the sandbox's own office
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert, select

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.directory import Entry
from carekraft_desktop.contract.fhir import (
    TIME_ZONE,
    US_NPI,
    CodeableConcept,
    Coding,
    Extension,
    Identifier,
    Organization,
    Period,
    PractitionerRole,
    Reference,
    Schedule,
)
from carekraft_desktop.contract.referrals import Language, Mode
from carekraft_desktop.contract.specialties import SENSITIVE, Specialty
from carekraft_desktop.hub import directory, feed, tables
from carekraft_desktop.hub.bookings import FREE, slot_body
from carekraft_desktop.hub.feed import Change
from carekraft_desktop.hub.now import moment, seconds
from carekraft_desktop.hub.sandbox import names, words
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.sandbox.numbers import npi
from carekraft_desktop.hub.sandbox.places import PAYERS, PLACES, Place
from carekraft_desktop.value import Value

FIRST_STEM, FIRST_OFFICE_STEM = 20_000_000, 80_000_000
NEIGHBOURS = "neighbour"
"""How the ids of the other offices begin."""
DAYS_AHEAD = 21


class Size(Value, frozen=True):
    """How large a world."""

    offices: int = 40
    providers: int = 320


@dataclass(slots=True)
class _Neighbour:
    id: str
    place: Place
    changes: list[Change]
    slots: list[dict[str, object]]


def pour(connection: Connection, now: datetime, *, seed: int = 1, size: Size | None = None) -> None:
    """Write the other offices and the directory, unless they are there."""
    if connection.scalar(select(tables.directory.c.npi).limit(1)) is not None:
        return
    size = size or Size()
    chance = Chance(f"world {seed}")
    neighbours = [_office(connection, chance, n) for n in range(size.offices)]
    entries = []
    for number in range(size.providers):
        neighbour = neighbours[number % len(neighbours)]
        entry, provider_id = _provider(chance, neighbour, number, now)
        entries.append((entry, neighbour.id, provider_id))
    for neighbour in neighbours:
        if neighbour.slots:
            connection.execute(insert(tables.slot), neighbour.slots)
        feed.fill(connection, neighbour.id, neighbour.changes, now)
    directory.put(connection, entries)


def neighbour_id(number: int) -> str:
    """The id of another office."""
    return f"{NEIGHBOURS}-{number + 1}"


def _office(connection: Connection, chance: Chance, number: int) -> _Neighbour:
    office_id, place = neighbour_id(number), PLACES[number % len(PLACES)]
    name = f"{chance.choice(words.STREETS)} Offices, {place.city}"
    connection.execute(
        insert(tables.office).values(office_id=office_id, name=name, zone=place.zone)
    )
    number_of = npi(FIRST_OFFICE_STEM + number)
    connection.execute(insert(tables.office_number).values(office_id=office_id, npi=number_of))
    feed.open_feed(connection, office_id)
    body = Organization(
        resource_type="Organization",
        id=office_id,
        name=name,
        identifier=[Identifier(system=US_NPI, value=number_of)],
        extension=[Extension(url=TIME_ZONE, value_code=place.zone)],
    )
    change = Change(kind="office", id=office_id, body=encode(body).decode())
    return _Neighbour(office_id, place, [change], [])


def _provider(
    chance: Chance, neighbour: _Neighbour, number: int, now: datetime
) -> tuple[Entry, str]:
    groups = list(Specialty)
    # Every group in turn, so that each has somebody; the telling ones as well.
    group = groups[number % len(groups)]
    organisation = number % 16 == 15
    wanted = [group]
    if organisation:
        others = [each for each in groups if each is not group and each not in SENSITIVE]
        wanted += chance.sample(others, 2)
    person = names.person_name(chance, names.family_pool(chance), female=chance.happens(0.5))
    shown = f"{neighbour.place.city} Specialty Group" if organisation else f"Dr. {person.text}"
    provider_id, schedule_id = chance.new_id(now), chance.new_id(now)
    neighbour.changes += _staff(provider_id, schedule_id, shown, group, now)
    _open_times(chance, neighbour, provider_id, schedule_id, now)
    place = neighbour.place
    entry = Entry(
        npi=npi(FIRST_STEM + number),
        location_id=f"loc-{number:05d}",
        seq=0,
        name=shown[:200],
        groups=wanted,
        line=f"{chance.randint(12, 9_800)} {chance.choice(words.STREETS)}",
        city=place.city,
        state=place.state,
        zip5=place.zip5,
        latitude=round(place.latitude + chance.uniform(-0.03, 0.03), 4),
        longitude=round(place.longitude + chance.uniform(-0.03, 0.03), 4),
        zone=place.zone,
        phone=f"+1312555{chance.randint(100, 199):04d}",
        plans=sorted({"SELF_PAY", *chance.sample(sorted(PAYERS.values()), chance.randint(1, 4))}),
        languages=[Language.ENGLISH, *chance.sample([Language.SPANISH, Language.POLISH], 1)],
        modes=[Mode.IN_PERSON, *([Mode.VIDEO] if chance.happens(0.5) else [])],
        new_patients=chance.happens(0.85),
        wants_sex=chance.happens(0.1),
    )
    return entry, provider_id


def _staff(
    provider_id: str, schedule_id: str, name: str, group: Specialty, now: datetime
) -> list[Change]:
    role = PractitionerRole(
        resource_type="PractitionerRole",
        id=provider_id,
        practitioner=Reference(reference=f"Practitioner/p-{provider_id}", display=name[:200]),
        specialty=[CodeableConcept(coding=[Coding(system=words.SPECIALTY, code=group)])],
    )
    last = (now + timedelta(days=DAYS_AHEAD)).date()
    schedule = Schedule(
        resource_type="Schedule",
        id=schedule_id,
        actor=[Reference(reference=f"PractitionerRole/{provider_id}")],
        planning_horizon=Period(start=now.date().isoformat(), end=last.isoformat()),
    )
    return [
        Change(kind="provider", id=provider_id, body=encode(role).decode()),
        Change(kind="schedule", id=schedule_id, body=encode(schedule).decode()),
    ]


def _open_times(
    chance: Chance, neighbour: _Neighbour, provider_id: str, schedule_id: str, now: datetime
) -> None:
    """A handful of free times; one provider in eight has none."""
    if chance.happens(0.125):
        return
    zone = ZoneInfo(neighbour.place.zone)
    taken: set[int] = set()
    for _ in range(chance.randint(2, 9)):
        day = now.astimezone(zone) + timedelta(days=chance.randint(1, DAYS_AHEAD - 1))
        if day.weekday() > 4:
            continue
        start = day.replace(
            hour=chance.randint(8, 16), minute=chance.choice((0, 30)), second=0, microsecond=0
        )
        at = seconds(start)
        if at in taken:
            continue
        taken.add(at)
        slot_id = chance.new_id(moment(at))
        row = {
            "provider_id": provider_id,
            "schedule_id": schedule_id,
            "start_at": at,
            "end_at": at + chance.choice((1_200, 1_800, 2_700)),
            "status": FREE,
        }
        neighbour.slots.append({"office_id": neighbour.id, "id": slot_id, **row})
        body = slot_body(
            slot_id,
            schedule_id=schedule_id,
            status=FREE,
            start_at=at,
            end_at=int(str(row["end_at"])),
        )
        neighbour.changes.append(Change(kind="slot", id=slot_id, body=body))
