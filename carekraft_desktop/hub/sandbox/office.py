"""Makes a whole office from a seed: providers, patients, bookings in every state.

The same seed, size, day and moment give the same office, to the last id.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, insert

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.fhir import (
    TIME_ZONE,
    US_NPI,
    Address,
    ContactPoint,
    Extension,
    Identifier,
    Organization,
)
from carekraft_desktop.hub import feed, tables
from carekraft_desktop.hub.bookings import FREE, LIVE, SLOT_OF, slot_body
from carekraft_desktop.hub.feed import Change
from carekraft_desktop.hub.now import seconds, stamp
from carekraft_desktop.hub.sandbox import colleagues, numbers, words
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.sandbox.diary import (
    Opening,
    Provider,
    make_openings,
    make_providers,
)
from carekraft_desktop.hub.sandbox.people import ADULT, Person, insure, make_person, shown
from carekraft_desktop.hub.sandbox.requests import Booking, make_booking
from carekraft_desktop.hub.sandbox.reviews import TEXTS, past_reviews
from carekraft_desktop.hub.sandbox.sharing import consent
from carekraft_desktop.value import Value

ZONE = "America/Chicago"
OFFICE_ID = "office-81"
OFFICE_NAME = "Lakeview Family Health"
MORNING = time(10, 30)
"""The moment of the day that is shown when only a day is given."""

# Shares of slots that are booked, before scaling to the number of bookings that is wanted.
PAST_FILL, TODAY_FILL, FUTURE_FILL = 0.97, 0.93, 0.62
ENDED = 0.19
"""Share of bookings that were cancelled or missed."""
DOUBLE = 0.004
"""Share of bookings without a slot, at a time that is somebody else's too."""


class Size(Value, frozen=True, kw_only=True):
    """How large an office to make."""

    patients: int = 2_000
    bookings: int = 3_000
    providers: int = 4
    """At least so many; more when the bookings would not fit."""
    weeks_back: int = 4
    weeks_ahead: int = 2


@dataclass(slots=True)
class Office:
    """An office as it is made."""

    id: str
    now: datetime
    zone: ZoneInfo
    days: list[date]
    providers: list[Provider]
    openings: list[Opening]
    people: list[Person] = field(default_factory=list)
    bookings: list[Booking] = field(default_factory=list)
    extras: list[Change] = field(default_factory=list)
    """Items of other kinds, and tombstones of shares that ended."""

    @property
    def today(self) -> date:
        """The office's day."""
        return self.now.astimezone(self.zone).date()


def make_office(
    seed: int, now: datetime, size: Size | None = None, *, office_id: str = OFFICE_ID
) -> Office:
    """Make an office as it stands at `now`."""
    size = size or Size()
    chance = Chance(seed)
    zone = ZoneInfo(ZONE)
    today = now.astimezone(zone).date()
    monday = today - timedelta(days=today.weekday())
    first = monday - timedelta(weeks=size.weeks_back)
    days = [first + timedelta(days=n) for n in range(7 * (size.weeks_back + size.weeks_ahead))]
    founded = datetime.combine(first - timedelta(days=400), time(8), zone)
    providers, openings = _staff(chance, size, days, today=today, zone=zone, founded=founded)
    office = Office(office_id, now, zone, days, providers, openings)
    office.people = _people(chance, size, founded, now, today)
    minors = frozenset(each.id for each in office.people if each.age(today) < ADULT)
    colleagues.sign_up_twice(office.people, minors)
    _book(chance, office, size)
    _extras(chance, office, founded)
    return office


def moment_of(day: date) -> datetime:
    """The moment at which a day is shown when nothing else is said."""
    return datetime.combine(day, MORNING, ZoneInfo(ZONE)).astimezone(UTC)


def pour(connection: Connection, office: Office) -> None:
    """Write an office into an exchange that does not have it yet."""
    connection.execute(
        insert(tables.office).values(office_id=office.id, name=OFFICE_NAME, zone=ZONE)
    )
    connection.execute(
        insert(tables.office_number).values(office_id=office.id, npi=numbers.OFFICE_NPI)
    )
    feed.open_feed(connection, office.id)
    slots = list(_slot_rows(office))
    if slots:
        connection.execute(insert(tables.slot), slots)
    if office.bookings:
        connection.execute(
            insert(tables.booking), [each.row(office.id) for each in office.bookings]
        )
    feed.fill(connection, office.id, list(changes(office)), office.now)


def changes(office: Office) -> Iterator[Change]:
    """Every item of an office, in the order in which the feed gets them."""
    yield Change(kind="office", id=office.id, body=encode(_organization(office)).decode())
    for provider in office.providers:
        yield Change(kind="provider", id=provider.id, body=encode(provider.role()).decode())
        schedule = provider.schedule(office.days[0], office.days[-1])
        yield Change(kind="schedule", id=schedule.id, body=encode(schedule).decode())
    for row in _slot_rows(office):
        body = slot_body(
            row["id"],
            schedule_id=row["schedule_id"],
            status=row["status"],
            start_at=row["start_at"],
            end_at=row["end_at"],
        )
        yield Change(kind="slot", id=row["id"], body=body)
    for person in office.people:
        yield from person_changes(person, office.id)
    for booking in office.bookings:
        yield Change(
            kind="booking",
            id=booking.body.id,
            body=encode(booking.body).decode(),
            subject=booking.person.id,
        )
    yield from office.extras


def person_changes(person: Person, office_id: str) -> Iterator[Change]:
    """The items that a person's share puts into the feed."""
    share = consent(
        person.consent_id,
        patient_id=person.id,
        office_id=office_id,
        sharing=person.sharing,
        at=person.joined,
    )
    of = person.id
    yield Change(kind="patient", id=of, body=encode(shown(person)).decode(), subject=of)
    yield Change(kind="consent", id=share.id, body=encode(share).decode(), subject=of)
    if person.coverage is not None and person.shares("insurance"):
        body = encode(person.coverage).decode()
        yield Change(kind="coverage", id=person.coverage_id, body=body, subject=of)


def _staff(
    chance: Chance,
    size: Size,
    days: list[date],
    *,
    today: date,
    zone: ZoneInfo,
    founded: datetime,
) -> tuple[list[Provider], list[Opening]]:
    """As many providers as are asked for, or as the bookings need."""
    count = size.providers
    while True:
        providers = make_providers(Chance(chance.random()), count, founded)
        openings = [
            opening
            for provider in providers
            for opening in make_openings(chance, provider, days, today=today, zone=zone)
        ]
        if size.bookings * (1 - ENDED) <= 0.93 * len(openings):
            return providers, openings
        count += max(1, count // 4)


def _people(
    chance: Chance, size: Size, founded: datetime, now: datetime, today: date
) -> list[Person]:
    span = (now - founded).total_seconds()
    moments = sorted(
        founded + timedelta(seconds=span * chance.random()) for _ in range(size.patients)
    )
    people = []
    for joined in moments:
        person = make_person(chance, joined=joined, today=today)
        if chance.happens(0.82):
            insure(chance, person)
        people.append(person)
    return people


def _book(chance: Chance, office: Office, size: Size) -> None:
    """Fill the openings; the wanted number of bookings is met exactly."""
    if not office.people:
        return
    pick = _Picker(chance, office)
    live = size.bookings - round(size.bookings * ENDED)
    doubled = round(size.bookings * DOUBLE)
    chosen = _choose(chance, office, live - doubled)
    for opening in chosen:
        office.bookings.append(
            make_booking(chance, office.now, office.zone, opening, pick(opening))
        )
    for _ in range(doubled):
        opening = chance.choice(chosen or office.openings)
        office.bookings.append(
            make_booking(chance, office.now, office.zone, opening, pick(opening), slotted=False)
        )
    for _ in range(size.bookings - len(office.bookings)):
        opening = chance.choice(office.openings)
        office.bookings.append(
            make_booking(chance, office.now, office.zone, opening, pick(opening), ended=True)
        )
    office.bookings.sort(key=lambda booking: (booking.start, booking.body.id))


def _choose(chance: Chance, office: Office, count: int) -> list[Opening]:
    """Which openings are taken: nearly all of the past, most of today, some of what comes."""
    weighted = []
    for opening in office.openings:
        day = opening.start.astimezone(office.zone).date()
        if day == office.today:
            weight = TODAY_FILL * 3  # today is shown first, and must look real
        else:
            weight = PAST_FILL if opening.start < office.now else FUTURE_FILL
        # Weighted sampling without replacement (Efraimidis and Spirakis).
        weighted.append((chance.random() ** (1 / weight**4), opening))
    weighted.sort(key=lambda pair: pair[0], reverse=True)
    return [opening for _, opening in weighted[:count]]


class _Picker:
    """Says who books: everybody once before anybody twice, children with the pediatrician."""

    def __init__(self, chance: Chance, office: Office) -> None:
        self._chance = chance
        today = office.today
        self._minors = [each for each in office.people if each.age(today) < ADULT]
        self._adults = [each for each in office.people if each.age(today) >= ADULT]
        self._waiting: dict[bool, list[Person]] = {True: [], False: []}

    def __call__(self, opening: Opening) -> Person:
        child = opening.provider.specialty == "CKS-02" or self._chance.happens(0.03)
        group = (self._minors if child else self._adults) or self._adults or self._minors
        waiting = self._waiting[child]
        if not waiting:
            waiting.extend(self._chance.sample(group, len(group)))
        return waiting.pop()


def _extras(chance: Chance, office: Office, founded: datetime) -> None:
    """Kinds that older programs do not know, and what is left of shares that ended."""
    for text in words.NOTICES:
        office.extras.append(
            notice(chance, text, office.now - timedelta(days=chance.randint(1, 9)))
        )
    office.extras += colleagues.past_marks(office.bookings, office.now)
    office.extras += past_reviews(chance, office.now, min(len(TEXTS), len(office.people) // 4))
    for _ in range(len(office.people) // 100):
        person_id = chance.new_id(founded + timedelta(days=chance.randint(0, 300)))
        for kind in ("patient", "consent", "coverage", "booking"):
            gone = person_id if kind == "patient" else chance.new_id(founded)
            office.extras.append(Change(kind=kind, id=gone, reason="unshared", subject=person_id))


def notice(chance: Chance, text: str, at: datetime) -> Change:
    """A word from the exchange to all offices."""
    id_ = chance.new_id(at)
    body = encode({"id": id_, "text": text, "created": stamp(at)}).decode()
    return Change(kind="notice", id=id_, body=body)


def _slot_rows(office: Office) -> Iterator[dict[str, Any]]:
    """Slots that can still be booked, and those that bookings refer to."""
    status = {}
    for booking in office.bookings:
        if booking.slot_id is not None:
            if booking.body.status in LIVE:
                status[booking.slot_id] = SLOT_OF[booking.body.status]
            else:
                status.setdefault(booking.slot_id, FREE)
    for opening in office.openings:
        if opening.id in status or opening.start > office.now:
            yield {
                "office_id": office.id,
                "id": opening.id,
                "provider_id": opening.provider.id,
                "schedule_id": opening.provider.schedule_id,
                "start_at": seconds(opening.start),
                "end_at": seconds(opening.end),
                "status": status.get(opening.id, FREE),
            }


def _organization(office: Office) -> Organization:
    return Organization(
        resource_type="Organization",
        id=office.id,
        name=OFFICE_NAME,
        identifier=[Identifier(system=US_NPI, value=numbers.OFFICE_NPI)],
        extension=[Extension(url=TIME_ZONE, value_code=ZONE)],
        telecom=[ContactPoint(system="phone", value="+1 312 555 0100", use="work")],
        address=[
            Address(
                use="work",
                line=["400 Lake Shore Court"],
                city="Chicago",
                state="IL",
                postal_code="60614",
                country="US",
            )
        ],
    )
