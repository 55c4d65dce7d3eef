"""Payloads held against judges that we did not write.

The generated office passes them, planted faults do not, and HL7's own examples are read or
refused for a reason.
"""

import json
from collections import Counter
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from carekraft_desktop.contract.codec import Malformed, decode, encode
from carekraft_desktop.contract.fhir import RESOURCE_OF, Appointment, target
from carekraft_desktop.hub.sandbox.office import changes, make_office, moment_of
from tests.oracles import judges

Json = dict[str, Any]

TYPES = {kind.__name__: kind for kind in RESOURCE_OF.values()}
DAY = date(2026, 11, 24)


def contract_says(resource: Json) -> str:
    """Empty when the contract's decoder takes it, else its reason."""
    try:
        decode(encode(resource), TYPES[resource["resourceType"]])
    except Malformed as error:
        return error.reason
    return ""


@pytest.fixture(scope="module")
def payloads() -> list[Json]:
    """Every resource of the whole demonstration office."""
    office = make_office(7, moment_of(DAY))
    return [
        json.loads(change.body)
        for change in changes(office)
        if change.body is not None and change.kind in RESOURCE_OF
    ]


# ------------------------------------------------------------------ the generated office


def test_the_generated_office_has_every_resource_and_every_state(payloads: list[Json]) -> None:
    kinds = Counter(payload["resourceType"] for payload in payloads)
    assert set(kinds) == set(TYPES)
    assert kinds["Appointment"] == 3_000
    assert kinds["Patient"] == 2_000
    states = {each["status"] for each in payloads if each["resourceType"] == "Appointment"}
    assert states >= {
        "proposed",
        "pending",
        "booked",
        "arrived",
        "fulfilled",
        "cancelled",
        "noshow",
    }


@pytest.mark.parametrize("judge", [judges.by_rust, judges.by_models])
def test_every_payload_passes_the_validators(
    payloads: list[Json], judge: Callable[[Json], list[str]]
) -> None:
    found = Counter(fault for payload in payloads for fault in judge(payload))
    assert not found


def test_every_payload_passes_the_definitions(payloads: list[Json]) -> None:
    found = Counter(
        fault for payload in payloads for fault in judges.by_definitions(payload, invariants=False)
    )
    assert not found


def test_a_fifth_of_the_payloads_keeps_the_invariants(payloads: list[Json]) -> None:
    found = Counter(fault for payload in payloads[::5] for fault in judges.by_definitions(payload))
    assert not found


def test_every_payload_passes_the_contract(payloads: list[Json]) -> None:
    assert Counter(filter(None, map(contract_says, payloads))) == {}


# ------------------------------------------------------------------ planted faults

SAMPLES: dict[str, Json] = {
    "Appointment": {
        "resourceType": "Appointment",
        "id": "a1",
        "status": "booked",
        "start": "2026-12-01T15:00:00Z",
        "end": "2026-12-01T15:20:00Z",
        "minutesDuration": 20,
        "created": "2026-11-20T10:00:00Z",
        "slot": [{"reference": "Slot/s1"}],
        "participant": [{"actor": {"reference": "Patient/p1"}, "status": "accepted"}],
    },
    "Slot": {
        "resourceType": "Slot",
        "id": "s1",
        "schedule": {"reference": "Schedule/c1"},
        "status": "free",
        "start": "2026-12-01T15:00:00Z",
        "end": "2026-12-01T15:20:00Z",
    },
    "Schedule": {
        "resourceType": "Schedule",
        "id": "c1",
        "actor": [{"reference": "PractitionerRole/r1"}],
        "planningHorizon": {"start": "2026-11-01", "end": "2026-12-01"},
    },
    "Patient": {
        "resourceType": "Patient",
        "id": "p1",
        "name": [{"text": "Test Person"}],
        "gender": "female",
        "birthDate": "1990-02-28",
        "telecom": [{"system": "phone", "value": "+1 312 555 0101"}],
        "contact": [{"name": {"text": "Other Person"}}],
    },
    "Consent": {
        "resourceType": "Consent",
        "id": "k1",
        "status": "active",
        "scope": {"coding": [{"code": "patient-privacy"}]},
        "category": [{"coding": [{"code": "IDSCL"}]}],
        "patient": {"reference": "Patient/p1"},
        "policyRule": {"coding": [{"code": "OPTIN"}]},
        "provision": {"type": "permit"},
    },
    "Coverage": {
        "resourceType": "Coverage",
        "id": "v1",
        "status": "active",
        "beneficiary": {"reference": "Patient/p1"},
        "payor": [{"display": "Prairie Mutual Health"}],
        "class": [{"type": {"text": "plan"}, "value": "Gold"}],
    },
}

GONE = object()
REFUSED = "refused"
"""The contract's decoder refuses the resource."""

IGNORED = "ignored"
"""The desktop does not read that element: it sees the same as without the fault."""
NOBODY = "nobody"
"""The desktop finds neither a patient nor a provider behind the reference."""

# What is wrong, where, with what value, and what the desktop does about it.
FAULTS: list[tuple[str, str, object, str]] = [
    ("Appointment", "status", "confirmed", REFUSED),
    ("Appointment", "start", "2026-12-01T15:00:00", REFUSED),
    ("Appointment", "end", GONE, REFUSED),
    ("Appointment", "participant", [], REFUSED),
    ("Appointment", "participant.0.status", "yes", REFUSED),
    ("Appointment", "participant.0.actor.reference", "Organization/o1", NOBODY),
    ("Appointment", "minutesDuration", 0, REFUSED),
    ("Appointment", "cancelationReason", {"text": "x"}, REFUSED),
    ("Appointment", "slot", {"reference": "Slot/s1"}, REFUSED),
    ("Appointment", "priority", -1, IGNORED),
    ("Slot", "schedule", GONE, REFUSED),
    ("Slot", "status", "open", REFUSED),
    ("Slot", "start", "2026-02-30T15:00:00Z", REFUSED),
    ("Slot", "overbooked", "no", IGNORED),
    ("Schedule", "actor", GONE, REFUSED),
    ("Schedule", "planningHorizon.start", "1st of May", REFUSED),
    ("Schedule", "specialty", [], IGNORED),
    ("Patient", "gender", "f", REFUSED),
    ("Patient", "birthDate", "1990-13-01", REFUSED),
    ("Patient", "telecom.0.system", GONE, REFUSED),
    ("Patient", "id", "p_1", REFUSED),
    ("Patient", "contact.0.gender", "f", IGNORED),
    ("Consent", "category", GONE, REFUSED),
    ("Consent", "provision.type", "allow", REFUSED),
    ("Coverage", "class.0.value", GONE, REFUSED),
]


def plant(resource: Json, place: str, value: object) -> Json:
    """The resource with another value at a place such as `contact.0.name`."""
    planted: Json = json.loads(json.dumps(resource))
    node: Any = planted
    *way, last = [int(each) if each.isdigit() else each for each in place.split(".")]
    for step in way:
        node = node[step]
    if value is GONE:
        del node[last]
    else:
        node[last] = value
    return planted


@pytest.mark.parametrize("kind", SAMPLES)
def test_the_samples_are_sound(kind: str) -> None:
    assert judges.all_of(SAMPLES[kind]) == []
    assert contract_says(SAMPLES[kind]) == ""


@pytest.mark.parametrize(("kind", "place", "value", "desktop"), FAULTS)
def test_a_planted_fault_is_caught(kind: str, place: str, value: object, desktop: str) -> None:
    planted = plant(SAMPLES[kind], place, value)
    assert judges.all_of(planted), "no judge saw it"
    if desktop == REFUSED:
        assert contract_says(planted)
        return
    read = decode(encode(planted), TYPES[kind])
    if desktop == IGNORED:
        assert read == decode(encode(SAMPLES[kind]), TYPES[kind])
    else:
        assert isinstance(read, Appointment)
        actor = read.participant[0].actor
        assert target(actor, "Patient") is None
        assert target(actor, "PractitionerRole") is None


def test_there_are_twenty_five_faults_and_all_judges_are_needed() -> None:
    assert len(FAULTS) == 25
    caught: Counter[str] = Counter()
    alone: Counter[str] = Counter()
    every: dict[str, Callable[[Json], list[str]]] = {
        "models": judges.by_models,
        "rust": judges.by_rust,
        "definitions": judges.by_definitions,
    }
    for kind, place, value, _ in FAULTS:
        planted = plant(SAMPLES[kind], place, value)
        by = [name for name, judge in every.items() if judge(planted)]
        caught.update(by)
        if len(by) == 1:
            alone.update(by)
    assert caught["definitions"] > caught["models"], caught
    assert caught["definitions"] < len(FAULTS), "one judge would do"
    assert alone["definitions"], "the definitions add nothing"


# ------------------------------------------------------------------ HL7's own examples

REFUSED_EXAMPLES = {
    # Asks for a day, not for a time: nothing that a calendar could show.
    ("Appointment", "examplereq"): "Invalid RFC3339 encoded datetime",
    # Patients without a name: an unborn child, a newborn, a pedigree's number. Whoever books
    # through the marketplace has one.
    ("Patient", "infant-fetal"): "Object missing required field `name`",
    ("Patient", "newborn"): "Object missing required field `name`",
    ("Patient", "proband"): "Object missing required field `name`",
}


def official() -> list[Json]:
    """HL7's examples."""
    text = (judges.HERE / "examples.jsonl").read_text(encoding="utf-8")
    return [json.loads(line) for line in text.splitlines()]


def test_there_are_examples_of_each_type() -> None:
    assert Counter(each["resourceType"] for each in official()) == {
        "Appointment": 3,
        "Consent": 12,
        "Coverage": 4,
        "Patient": 22,
        "Schedule": 3,
        "Slot": 4,
    }


@pytest.mark.parametrize(
    "example", official(), ids=lambda each: f"{each['resourceType']}-{each['id']}"
)
def test_an_official_example_is_read_or_refused_with_one_reason(example: Json) -> None:
    assert judges.all_of(example) == [], "a judge raises a false alarm"
    reason = REFUSED_EXAMPLES.get((example["resourceType"], example["id"]), "")
    said = contract_says(example)
    assert said.startswith(reason) if reason else said == ""
