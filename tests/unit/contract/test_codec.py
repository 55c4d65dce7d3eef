"""Reading is strict and bounded, and says where, never what."""

import json

import pytest

from carekraft_desktop.contract.codec import Malformed, decode, encode
from carekraft_desktop.contract.commands import Command, Commands, CommandType
from carekraft_desktop.contract.enrolment import EnrolRequest
from carekraft_desktop.contract.feed import Item, Page
from carekraft_desktop.contract.fhir import (
    Appointment,
    AppointmentParticipant,
    ContactPoint,
    InstantPeriod,
    Patient,
    Reference,
    Slot,
    target,
)
from carekraft_desktop.contract.limits import PAGE_BYTES
from carekraft_desktop.contract.problems import STATUS, Slug, problem

CANARY = "Zacharias-Canary"


def refused(data: bytes, kind: type) -> str:
    with pytest.raises(Malformed) as caught:
        decode(data, kind)
    return caught.value.reason


def test_too_long_is_refused_before_reading() -> None:
    assert refused(b" " * (PAGE_BYTES + 1), Page) == "too-long"


@pytest.mark.parametrize("opening", [b"[", b'{"a":', b'[{"a":'])
def test_deep_nesting_is_refused_wherever_it_is(opening: bytes) -> None:
    closing = {b"[": b"]", b'{"a":': b"}", b'[{"a":': b"}]"}[opening]
    for depth in (2_000, 600_000):
        deep = opening * depth + b"1" + closing * depth
        page = b'{"epoch":"e","cursor":"","more":false,"head":2,"items":'
        for document in (deep, page + deep + b"}", page + b'[],"new-member":' + deep + b"}"):
            assert refused(document, Page)


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        (Patient, {"resourceType": CANARY, "id": "p"}),
        (Patient, {"resourceType": "Patient", "id": CANARY + "_", "name": [{}]}),
        (Patient, {"resourceType": "Patient", "id": "p", "name": [{}], "gender": CANARY}),
        (Patient, {"resourceType": "Patient", "id": "p", "name": [{}], "birthDate": CANARY}),
        (Patient, {"resourceType": "Patient", "id": "p", "name": [{"use": CANARY}]}),
        (Patient, {"resourceType": "Patient", "id": "p", "name": CANARY}),
        (Patient, {"resourceType": "Patient", "id": "p", "name": [{"text": CANARY * 99}]}),
        (Appointment, {"resourceType": "Appointment", "id": "a", "status": CANARY}),
        (Slot, {"resourceType": "Slot", "id": "s", "start": CANARY}),
        (Item, {"seq": CANARY}),
        (Commands, {"commands": [{"key": CANARY}]}),
    ],
)
def test_a_reason_names_the_place_and_not_the_value(kind: type, data: dict[str, object]) -> None:
    reason = refused(json.dumps(data).encode(), kind)
    assert reason
    assert CANARY not in reason


def test_one_bad_item_spoils_no_page() -> None:
    page = (
        b'{"epoch":"e","cursor":"","more":false,"head":2,"items":['
        b'{"seq":1,"kind":"patient","id":"a","v":1,"op":"put","at":"2026-01-01T00:00:00Z",'
        b'"data":{"resourceType":"Nonsense"}},'
        b'{"seq":2,"kind":"new-kind","id":"b","v":1,"op":"put","at":"2026-01-01T00:00:00Z",'
        b'"data":[1,2]}]}'
    )
    bad, odd = decode(page, Page).items
    assert bad.kind == "patient"
    assert bytes(odd.data) == b"[1,2]"  # type: ignore[arg-type]


@pytest.mark.parametrize("ending", ["\n", "\r", "\u2028", " "])
def test_identifiers_end_where_they_end(ending: str) -> None:
    command = {
        "key": "01939b3c-0000-7000-8000-000000000001",
        "type": "booking.accept",
        "id": "b1",
        "if_version": 1,
        "actor": {"sub": "s", "device": "d"},
        "made_at": "2026-12-01T07:58:40Z",
    }
    assert decode(json.dumps(command).encode(), Command).type is CommandType.ACCEPT
    for name in ("key", "id"):
        spoiled = command | {name: f"{command[name]}{ending}"}
        assert refused(json.dumps(spoiled).encode(), Command)


def appointment(**more: object) -> bytes:
    participant = [{"actor": {"reference": "Patient/p"}, "status": "accepted"}]
    return json.dumps(
        {"resourceType": "Appointment", "id": "a", "participant": participant} | more
    ).encode()


START, END = "2026-12-01T15:00:00Z", "2026-12-01T15:20:00Z"


@pytest.mark.parametrize(
    "more",
    [
        {"status": "proposed"},
        {"status": "cancelled", "cancelationReason": {"text": "x"}},
        {"status": "booked", "start": START, "end": END},
        {"status": "booked", "start": START, "end": START},
    ],
)
def test_an_appointment_that_fhir_allows_is_read(more: dict[str, object]) -> None:
    assert decode(appointment(**more), Appointment).status == more["status"]


@pytest.mark.parametrize(
    "more",
    [
        {"status": "proposed", "start": START},
        {"status": "cancelled", "end": END},
        {"status": "booked"},
        {"status": "pending"},
        {"status": "booked", "start": END, "end": START},
        {"status": "booked", "start": START, "end": END, "cancelationReason": {"text": "x"}},
        {"status": "proposed", "requestedPeriod": [{"start": END, "end": START}]},
    ],
)
def test_an_appointment_that_fhir_forbids_is_refused(more: dict[str, object]) -> None:
    assert refused(appointment(**more), Appointment)


def test_values_come_back_as_they_went() -> None:
    participant = AppointmentParticipant(status="accepted", actor=Reference(reference="Patient/p"))
    value = Appointment(
        resource_type="Appointment", id="a", status="proposed", participant=[participant]
    )
    assert decode(encode(value), Appointment) == value
    assert b"null" not in encode(value)
    assert b"[]" not in encode(value), "FHIR allows no empty array"
    with pytest.raises(ValueError, match="without its system"):
        ContactPoint(value="x")
    assert InstantPeriod.__struct_fields__ == ("start", "end")


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("Patient/p1", "p1"),
        ("Patient/", None),
        ("Patient/p1/_history/2", None),
        ("http://elsewhere/Patient/p1", None),
        ("Slot/p1", None),
        ("#p1", None),
        (None, None),
    ],
)
def test_a_reference_leads_to_the_wanted_type_only(
    reference: str | None, found: str | None
) -> None:
    assert target(Reference(reference=reference), "Patient") == found
    assert target(None, "Patient") is None


def test_every_problem_has_its_status() -> None:
    assert set(STATUS) == set(Slug)
    for slug in Slug:
        made = problem(slug, "Words")
        assert (made.slug, made.status) == (slug, STATUS[slug])


def test_a_code_and_a_key_have_their_form() -> None:
    good = {
        "code": "7F3K-2210-QWXZ",
        "name": "Desk",
        "key": {"kty": "EC", "crv": "P-384", "x": "A" * 64, "y": "B" * 64, "kid": "k"},
        "proof": "x",
    }
    assert decode(json.dumps(good).encode(), EnrolRequest).name == "Desk"
    for spoiled in (
        good | {"code": "short"},
        good | {"code": "x" * 17},
        good | {"key": {"kty": "RSA"}},
        good | {"key": good["key"] | {"x": "A" * 63}},  # type: ignore[operator]
        good | {"key": good["key"] | {"crv": "P-256"}},  # type: ignore[operator]
    ):
        assert refused(json.dumps(spoiled).encode(), EnrolRequest)
