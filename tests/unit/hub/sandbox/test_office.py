"""The generated office: the same from the same seed, sound, and as awkward as real ones."""

import json
import re
import unicodedata
from collections import Counter, defaultdict
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from carekraft_desktop.contract.codec import decode
from carekraft_desktop.contract.fhir import DATA_CLASS, PREVIOUS_PROVIDER, Consent
from carekraft_desktop.hub.sandbox.office import Office, Size, changes, make_office, moment_of
from carekraft_desktop.hub.sharing import CLASSES, Shared, Sharing, Withdrawn, sharing_of
from carekraft_desktop.hub.slots import FREE, LIVE, SLOT_OF

Json = dict[str, Any]

DAY = date(2026, 11, 24)
MIDDLE = Size(patients=600, bookings=900)


@pytest.fixture(scope="module")
def office() -> Office:
    return make_office(11, moment_of(DAY))


@pytest.fixture(scope="module")
def items(office: Office) -> dict[str, dict[str, Json]]:
    """Bodies by kind and id."""
    found: dict[str, dict[str, Json]] = defaultdict(dict)
    for change in changes(office):
        if change.body is not None:
            found[change.kind][change.id] = json.loads(change.body)
    return found


def test_a_seed_and_a_day_make_one_office() -> None:
    one, same, other = (
        list(changes(make_office(seed, moment_of(DAY), MIDDLE))) for seed in (3, 3, 4)
    )
    assert one == same
    assert one != other
    assert one != list(changes(make_office(3, moment_of(DAY + timedelta(days=1)), MIDDLE)))


@pytest.mark.parametrize(
    "size",
    [
        Size(),
        Size(patients=0, bookings=0),
        Size(patients=1, bookings=5, providers=1),
        Size(patients=300, bookings=8_000),
    ],
)
def test_an_office_has_the_size_that_was_asked_for(size: Size) -> None:
    office = make_office(1, moment_of(DAY), size)
    assert (len(office.people), len(office.bookings)) == (size.patients, size.bookings)
    assert len(office.providers) >= size.providers
    if size == Size():
        assert len(office.providers) == 4


def test_ids_are_uuids_of_version_seven_and_sorted_by_time(office: Office) -> None:
    shape = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}")
    ids = [person.id for person in office.people]
    assert all(shape.fullmatch(each) for each in ids)
    assert [each[:13] for each in ids] == sorted(each[:13] for each in ids)
    all_ids = [change.id for change in changes(office)]
    assert len(set(all_ids)) == len(all_ids)


def test_slots_and_bookings_agree(office: Office, items: dict[str, dict[str, Json]]) -> None:
    holders: dict[str, list[str]] = defaultdict(list)
    for booking in office.bookings:
        if booking.slot_id is not None and booking.body.status in LIVE:
            holders[booking.slot_id].append(booking.body.status)
    assert all(len(states) == 1 for states in holders.values())
    for id_, slot in items["slot"].items():
        assert slot["status"] == (SLOT_OF[holders[id_][0]] if id_ in holders else FREE)
    for booking in office.bookings:
        if booking.slot_id is not None:
            slot = items["slot"][booking.slot_id]
            assert slot["start"] == booking.start.isoformat().replace("+00:00", "Z")
    coming = [each for each in items["slot"].values() if each["start"] > "2026-11-25"]
    free = [each for each in coming if each["status"] == FREE]
    assert len(free) > len(coming) // 10


def test_nobody_is_seen_during_lunch_or_out_of_hours(office: Office) -> None:
    for booking in office.bookings:
        provider = next(each for each in office.providers if each.id == booking.provider_id)
        start = booking.start.astimezone(office.zone)
        end = booking.end.astimezone(office.zone)
        assert provider.hours[0] <= start.hour < provider.hours[1]
        assert start.hour != 12
        assert end - start == timedelta(minutes=provider.minutes)


def test_hours_are_local_also_when_the_clocks_change() -> None:
    office = make_office(1, moment_of(date(2026, 11, 4)), MIDDLE)  # clocks change on 1 November
    for provider in office.providers:
        local = [
            opening.start.astimezone(office.zone)
            for opening in office.openings
            if opening.provider is provider
        ]
        assert {each.utcoffset() for each in local} == {timedelta(hours=-5), timedelta(hours=-6)}
        assert {min(each.hour for each in local)} == {provider.hours[0]}


def test_today_is_full_and_some_requests_wait(office: Office) -> None:
    today = [
        booking
        for booking in office.bookings
        if booking.start.astimezone(office.zone).date() == DAY
    ]
    states = Counter(booking.body.status for booking in today)
    assert len(today) > 80
    assert states["booked"] > 40
    assert states["fulfilled"] > 10
    assert states["arrived"] > 2
    waiting = [booking for booking in office.bookings if booking.body.status == "proposed"]
    ages = [office.now - datetime.fromisoformat(str(each.body.created)) for each in waiting]
    assert 5 <= len(waiting) <= 60
    assert min(ages) < timedelta(hours=6)
    assert max(ages) > timedelta(days=1)


@pytest.mark.parametrize("day", [date(2026, 11, 22), date(2026, 12, 25), date(2027, 2, 28)])
def test_any_day_may_be_today(day: date) -> None:
    office = make_office(2, moment_of(day), MIDDLE)
    zone = ZoneInfo("America/Chicago")
    today = [each for each in office.bookings if each.start.astimezone(zone).date() == day]
    assert len(today) > 40
    late = make_office(2, datetime(day.year, day.month, day.day, 23, tzinfo=UTC), MIDDLE)
    assert not [
        each for each in late.bookings if each.body.status == "fulfilled" and each.start > late.now
    ]


def unlawful(
    states: Sharing, patient: Json, coverages: list[Json], bookings: list[Json]
) -> set[str]:
    """Classes of which something is there although it is not shared."""
    contacts = patient.get("contact", [])
    there = {
        "contact": bool({"telecom", "address"} & patient.keys())
        or any("telecom" in each for each in contacts),
        "demographic": bool({"gender", "birthDate"} & patient.keys())
        or any("postalCode" in each for each in patient.get("address", [])),
        "insurance": bool(coverages),
        "medical": any(
            {"reasonCode", "comment"} & each.keys()
            or PREVIOUS_PROVIDER in str(each.get("extension"))
            for each in bookings
        ),
    }
    return {name for name in CLASSES if there[name] and not isinstance(states[name], Shared)}


def test_what_is_not_shared_is_not_there(office: Office, items: dict[str, dict[str, Json]]) -> None:
    seen: Counter[tuple[str, type]] = Counter()
    coverages: dict[str, list[Json]] = defaultdict(list)
    bookings: dict[str, list[Json]] = defaultdict(list)
    for body in items["coverage"].values():
        coverages[body["beneficiary"]["reference"]].append(body)
    for body in items["booking"].values():
        bookings[body["participant"][0]["actor"]["reference"]].append(body)
    for body in items["consent"].values():
        states = sharing_of(decode(json.dumps(body).encode(), Consent))
        of = body["patient"]["reference"]
        patient = items["patient"][of.removeprefix("Patient/")]
        assert unlawful(states, patient, coverages[of], bookings[of]) == set()
        seen.update((name, type(states[name])) for name in CLASSES)
    assert all(
        seen[name, kind] > 20 for name in CLASSES for kind in (Shared, Withdrawn, type(None))
    )
    assert sum(map(len, coverages.values())) > 1_000
    assert sum(1 for body in items["booking"].values() if "extension" in body) > 300
    assert len(office.people) == len(items["consent"])


def test_consents_name_the_four_classes(items: dict[str, dict[str, Json]]) -> None:
    for body in items["consent"].values():
        provision = body["provision"]
        inner = provision.get("provision", [])
        named = [
            coding["code"]
            for rule in [provision, *inner]
            for coding in rule.get("class", [])
            if coding["system"] == DATA_CLASS
        ]
        assert sorted(named) == sorted(CLASSES)
        assert all(rule["type"] == "deny" for rule in inner)
        assert provision["type"] == "permit"


def test_children_come_with_a_guardian(office: Office) -> None:
    minors = [person for person in office.people if person.age(DAY) < 18]
    assert len(minors) > 200
    assert sum(1 for person in minors if person.age(DAY) < 13) > 100
    for person in minors:
        (guardian,) = person.full.contact
        assert guardian.relationship[0].coding[0].code == "GUARD"
        assert guardian.name is not None
        assert not person.full.telecom
    assert all(not person.full.contact for person in office.people if person.age(DAY) >= 18)


def test_names_are_awkward(office: Office) -> None:
    names = [str(person.full.name[0].text) for person in office.people]
    scripts = Counter(
        unicodedata.name(letter).split()[0]
        for name in names
        for letter in name[:1] + name[-1:]
        if letter.isalpha()
    )
    assert {"LATIN", "ARABIC", "HEBREW", "CYRILLIC", "CJK"} <= scripts.keys()
    assert max(map(len, names)) in range(55, 61)
    assert any(unicodedata.combining(letter) for name in names for letter in name)
    assert any("Nguyễn" in name for name in names)


def test_no_number_or_address_could_be_somebodys(items: dict[str, dict[str, Json]]) -> None:
    for patient in items["patient"].values():
        points = patient.get("telecom", []) + [
            point for each in patient.get("contact", []) for point in each.get("telecom", [])
        ]
        for point in points:
            if point["system"] == "phone":
                assert re.fullmatch(r"\+1 \d{3} 555 01\d\d", point["value"])
            else:
                assert point["value"].endswith("@example.com")


def test_some_shares_had_ended_and_other_kinds_are_there(office: Office) -> None:
    gone = Counter(change.kind for change in changes(office) if change.body is None)
    assert gone == {"patient": 20, "consent": 20, "coverage": 20, "booking": 20}
    kinds = {change.kind for change in changes(office)}
    assert {"notice", "review"} <= kinds


def test_every_booking_has_a_number(items: dict[str, dict[str, Json]]) -> None:
    numbers = [body["identifier"][0]["value"] for body in items["booking"].values()]
    assert all(re.fullmatch(r"CK-[2-9A-Z]{4}-\d{4}", number) for number in numbers)
    assert len(set(numbers)) == len(numbers)
