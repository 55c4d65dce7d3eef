"""What a partner sees and does over FHIR, and what it neither sees nor can do."""

import json
from typing import Any

import pytest
import requests

from carekraft_desktop.hub.fhir.capability import INTERACTIONS
from carekraft_desktop.hub.sandbox import world
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from carekraft_desktop.hub.slots import BUSY, FREE, HELD
from tests.hub_fixture import NOON, Hub
from tests.oracles import judges
from tests.unit.hub.fhir.partner import Json, Partner

PATIENT: Json = {
    "resourceType": "Patient",
    "identifier": [{"system": "urn:oid:1.2.3", "value": "MRN-1"}],
    "name": [{"family": "Ortega", "given": ["Luz"]}],
    "gender": "female",
    "birthDate": "1980-02-03",
    "telecom": [{"system": "phone", "value": "312-555-0142"}],
    "maritalStatus": {"text": "Married"},
}


def judged(resource: Json) -> list[str]:
    """What any of the validators finds in a resource, and in a Bundle's resources."""
    if resource["resourceType"] != "Bundle":
        return judges.all_of(resource)
    faults = judges.by_models(resource) + judges.by_rust(resource)
    for entry in resource.get("entry", []):
        faults += judges.all_of(entry["resource"])
    return faults


def free_slot(partner: Partner) -> Json:
    """Some slot that can be had."""
    return partner.found("Slot", status="free", start="ge2026-11-25", _count="1")[0]


def visit(partner: Partner, patient: str, slot: str, status: str = "proposed") -> Json:
    """An Appointment to create."""
    return {
        "resourceType": "Appointment",
        "identifier": [{"system": "urn:oid:1.2.4", "value": f"APT-{slot[-6:]}"}],
        "status": status,
        "slot": [{"reference": f"Slot/{slot}"}],
        "reasonCode": [{"text": "Annual check"}],
        "participant": [
            {"actor": {"reference": f"Patient/{patient}"}, "status": "accepted"},
        ],
    }


def test_everything_that_is_told_passes_four_validators(system: Partner) -> None:
    patient = system.create(PATIENT)
    slot = free_slot(system)
    made = system.create(visit(system, patient["id"], slot["id"], "booked"))
    told = [system.get("metadata"), patient, slot, made]
    for kind, able in INTERACTIONS.items():
        if "search-type" in able:
            bundle = system.get(kind, _count="5")
            assert bundle["entry"], kind
            told += [bundle, system.get(f"{kind}/{bundle['entry'][0]['resource']['id']}")]
    told.append(system.ask("GET", "Slot/nothing").json())
    told.append(proposals(system, patient["id"]))
    assert {each["resourceType"] for each in told} >= {"Bundle", "OperationOutcome", "Location"}
    for each in told:
        assert judged(each) == [], each["resourceType"]


def test_slots_are_searched_by_schedule_status_and_time_page_by_page(system: Partner) -> None:
    day = {"status": "free", "start": "2026-11-27"}
    whole = system.found("Slot", **day, _count="200")
    assert whole
    assert {each["status"] for each in whole} == {"free"}
    starts = [each["start"] for each in whole]
    assert starts == sorted(starts)
    schedule = whole[0]["schedule"]["reference"]
    of_one = [each for each in whole if each["schedule"]["reference"] == schedule]
    query = day | {"schedule": schedule, "_count": "3"}
    told: list[str] = []
    bundle = system.get("Slot", **query)
    while True:
        assert len(bundle.get("entry", [])) <= 3
        told += [each["resource"]["id"] for each in bundle.get("entry", [])]
        following = [link["url"] for link in bundle["link"] if link["relation"] == "next"]
        if not following:
            break
        bundle = system.ask("GET", following[0]).json()
    assert told == [each["id"] for each in of_one]
    last = system.found("Slot", **day, _sort="-start", _count="1")[0]
    assert last["start"] == starts[-1]


@pytest.mark.parametrize(
    ("path", "params"),
    [
        ("Slot", {"service-type": "124"}),
        ("Slot", {"start": "tomorrow"}),
        ("Slot", {"start": "ge2026-13-40"}),
        ("Slot", {"_count": "0"}),
        ("Slot", {"_sort": "status"}),
        ("Slot", {"_after": "here"}),
        ("Patient", {"name": "Ortega"}),
    ],
)
def test_a_search_that_is_not_understood_is_refused(
    system: Partner, path: str, params: dict[str, str]
) -> None:
    answer = system.ask("GET", path, params=params)
    assert answer.status_code == 400
    assert answer.headers["Content-Type"] == "application/fhir+json"
    assert answer.json()["issue"][0]["severity"] == "error"


def test_a_booking_of_the_offices_system_is_confirmed_moved_and_cancelled(
    hub: Hub, system: Partner
) -> None:
    desk = hub.enrol()
    _, cursor = desk.everything()
    patient = system.create(PATIENT)
    assert "maritalStatus" not in patient
    first, second = system.found("Slot", status="free", start="ge2026-11-25", _count="2")
    made = system.create(visit(system, patient["id"], first["id"], "booked"))
    assert system.get(f"Slot/{first['id']}")["status"] == BUSY
    taken = system.ask("POST", "Appointment", visit(system, patient["id"], first["id"], "booked"))
    assert taken.status_code == 409

    moved = made | {"slot": [{"reference": f"Slot/{second['id']}"}]}
    answer = system.ask("PUT", f"Appointment/{made['id']}", moved)
    assert answer.status_code == 200, answer.text
    assert answer.json()["start"] == second["start"]
    assert system.get(f"Slot/{first['id']}")["status"] == FREE

    stale = {"If-Match": f'W/"{made["meta"]["versionId"]}"'}
    ended = answer.json() | {"status": "cancelled"}
    assert system.ask("PUT", f"Appointment/{made['id']}", ended, headers=stale).status_code == 412
    assert system.ask("PUT", f"Appointment/{made['id']}", ended).json()["status"] == "cancelled"
    assert system.get(f"Slot/{second['id']}")["status"] == FREE

    items, _ = desk.everything(cursor)
    newest = {(each.kind, each.id): each for each in items}
    body = json.loads(bytes(newest["booking", made["id"]].data))  # type: ignore[arg-type]
    assert (body["status"], body["reasonCode"]) == ("cancelled", [{"text": "Annual check"}])
    assert ("patient", patient["id"]) in newest
    assert [kind for kind, _ in newest].count("consent") == 1


def test_a_portal_asks_and_the_office_answers(hub: Hub, portal: Partner) -> None:
    patient = portal.create(PATIENT)
    slot = free_slot(portal)
    booked = portal.ask("POST", "Appointment", visit(portal, patient["id"], slot["id"], "booked"))
    assert booked.status_code == 422
    made = portal.create(visit(portal, patient["id"], slot["id"]))
    assert portal.get(f"Slot/{slot['id']}")["status"] == HELD
    accepted = portal.ask("PUT", f"Appointment/{made['id']}", made | {"status": "booked"})
    assert accepted.status_code == 403
    for path, body in (
        ("Slot", slot),
        ("Schedule", {"resourceType": "Schedule", "actor": []}),
        (
            "AppointmentResponse",
            {
                "resourceType": "AppointmentResponse",
                "appointment": {"reference": f"Appointment/{made['id']}"},
                "participantStatus": "accepted",
            },
        ),
    ):
        assert portal.ask("POST", path, body).status_code == 403, path


def test_a_partner_sees_its_own_patients_and_bookings_only(
    hub: Hub, system: Partner, portal: Partner
) -> None:
    patient = system.create(PATIENT)
    made = system.create(visit(system, patient["id"], free_slot(system)["id"], "booked"))
    items, _ = hub.enrol().everything()
    of_market = {each.kind: each.id for each in items if each.op == "put"}
    for kind, id_ in (
        ("Patient", patient["id"]),
        ("Appointment", made["id"]),
        ("Patient", of_market["patient"]),
        ("Appointment", of_market["booking"]),
    ):
        assert portal.ask("GET", f"{kind}/{id_}").status_code == 404
        assert portal.ask(
            "PUT", f"{kind}/{id_}", {"resourceType": kind, "id": id_}
        ).status_code in (
            404,
            422,
        )
        assert portal.found(kind, _id=id_) == []
    assert portal.found("Patient", identifier="urn:oid:1.2.3|MRN-1") == []
    body = visit(portal, patient["id"], free_slot(portal)["id"])
    assert portal.ask("POST", "Appointment", body).status_code == 422
    other = portal.create(PATIENT)
    assert other["id"] != patient["id"], "numbers are each partner's own"


def test_the_same_slot_sent_twice_is_one(hub: Hub, system: Partner) -> None:
    provider = system.found("Practitioner")[0]
    schedule = system.create(
        {
            "resourceType": "Schedule",
            "actor": [{"reference": f"Practitioner/{provider['id']}"}],
            "planningHorizon": {"start": "2026-12-01", "end": "2026-12-02"},
        }
    )
    slot = {
        "resourceType": "Slot",
        "schedule": {"reference": f"Schedule/{schedule['id']}"},
        "status": "free",
        "start": "2026-12-01T15:00:00Z",
        "end": "2026-12-01T15:30:00Z",
    }
    made = system.create(slot)
    again = system.ask("POST", "Slot", slot)
    assert (again.status_code, again.json()["id"]) == (200, made["id"])
    closed = system.ask("PUT", f"Slot/{made['id']}", made | {"status": "busy-unavailable"})
    assert closed.json()["status"] == "busy-unavailable"
    moved = made | {"start": "2026-12-01T16:00:00Z", "end": "2026-12-01T16:30:00Z"}
    assert system.ask("PUT", f"Slot/{made['id']}", moved).status_code == 422
    reopened = system.ask("PUT", f"Slot/{made['id']}", made)
    assert reopened.json()["status"] == "free"
    patient = system.create(PATIENT)
    system.create(visit(system, patient["id"], made["id"], "booked"))
    assert system.ask("PUT", f"Slot/{made['id']}", made).status_code == 409


# ------------------------------------------------------------------ IHE Scheduling


def parameters(**named: str) -> Json:
    """A Parameters resource; underscores in names stand for hyphens."""
    told = []
    for name, value in named.items():
        key = name.replace("_", "-")
        if key.endswith("reference"):
            told.append({"name": key, "valueReference": {"reference": value}})
        else:
            told.append({"name": key, "valueDateTime": value})
    return {"resourceType": "Parameters", "parameter": told}


def proposals(partner: Partner, patient: str) -> Json:
    """What $find proposes."""
    asked = parameters(start="2026-11-25", end="2026-11-30", patient_reference=f"Patient/{patient}")
    answer = partner.ask("POST", "Appointment/$find", asked)
    assert answer.status_code == 200, answer.text
    found: Json = answer.json()
    return found


def test_find_hold_and_book_lead_to_one_appointment(hub: Hub, portal: Partner) -> None:
    patient = portal.create(PATIENT)
    found = proposals(portal, patient["id"])
    assert {each["resource"]["status"] for each in found["entry"]} == {"proposed"}
    chosen = found["entry"][0]["resource"]
    wanted = parameters(appointment_reference=f"Appointment/{chosen['id']}")
    held = portal.ask("POST", "Appointment/$hold", wanted).json()
    assert judged(held) == []
    assert [each["resource"]["status"] for each in held["entry"]] == ["pending"]
    slot = chosen["slot"][0]["reference"]
    assert portal.get(slot)["status"] == HELD
    booked = portal.ask("POST", "Appointment/$book", wanted)
    assert booked.status_code == 200, booked.text
    (entry,) = booked.json()["entry"]
    made = entry["resource"]
    assert (made["resourceType"], made["status"]) == ("Appointment", "proposed")
    assert made["slot"] == chosen["slot"]
    assert judged(booked.json()) == []
    again = portal.ask("POST", "Appointment/$book", wanted)
    assert again.status_code == 409
    assert again.json()["resourceType"] == "OperationOutcome"
    assert portal.found("Appointment", patient=f"Patient/{patient['id']}") == [made]


def test_a_held_slot_is_nobody_elses_until_the_hold_ends(
    hub: Hub, portal: Partner, system: Partner
) -> None:
    patients = [each.create(PATIENT)["id"] for each in (portal, system)]
    found = [
        proposals(each, patient)["entry"][0]["resource"]
        for each, patient in zip((portal, system), patients, strict=True)
    ]
    assert found[0]["slot"] == found[1]["slot"]
    assert found[0]["id"] != found[1]["id"]
    own, theirs = (parameters(appointment_reference=f"Appointment/{each['id']}") for each in found)
    assert portal.ask("POST", "Appointment/$hold", own).status_code == 200
    assert system.ask("POST", "Appointment/$book", theirs).status_code == 409
    assert system.ask("POST", "Appointment/$hold", own).status_code == 404
    assert portal.ask("POST", "Appointment/$book", own).status_code == 200


def test_find_asks_by_query_too_and_refuses_what_makes_no_sense(portal: Partner) -> None:
    provider = portal.found("Practitioner")[0]["id"]
    query = {"start": "2026-11-25", "end": "2026-11-27", "practitioner": f"Practitioner/{provider}"}
    found = portal.found("Appointment/$find", **query, _count="4")
    assert len(found) == 4
    assert {each["participant"][0]["actor"]["reference"] for each in found} == {
        f"Practitioner/{provider}"
    }
    assert portal.found("Appointment/$find", **query, specialty="urn:x|CKS-99") == []
    for bad in (
        {"start": "2026-11-25"},
        query | {"practitioner": "Patient/x"},
        query | {"_count": "many"},
        query | {"patient-reference": "Patient/nobody"},
    ):
        assert portal.ask("GET", "Appointment/$find", params=bad).status_code in (400, 422)
    without = parameters(appointment_reference=f"Appointment/{found[0]['id']}")
    assert portal.ask("POST", "Appointment/$book", without).status_code == 422


# ------------------------------------------------------------------ who may come in


def test_scopes_narrow_what_a_token_allows(system: Partner) -> None:
    given = system.sign_in("system/Slot.rs system/Patient.read system/Coverage.rs").json()
    assert given["scope"] == "system/Patient.rs system/Slot.rs"
    system.token = given["access_token"]
    assert system.ask("GET", "Slot").status_code == 200
    assert system.ask("GET", "Schedule").status_code == 403
    assert system.ask("POST", "Patient", PATIENT).status_code == 403
    refused = system.sign_in("system/Coverage.rs")
    assert (refused.status_code, refused.json()["error"]) == (400, "invalid_scope")


def test_workstations_and_partners_keep_to_their_own_doors(hub: Hub, system: Partner) -> None:
    desk = hub.enrol()
    assert desk.session.get(f"{hub.url}/fhir/Slot", timeout=20).status_code == 403
    system.get("Slot")
    bearer = {"Authorization": f"Bearer {system.token}"}
    for path in (f"/v1/offices/{OFFICE_ID}/changes", "/v1/directory/providers"):
        assert requests.get(hub.url + path, headers=bearer, timeout=20).status_code == 403
    assert requests.get(f"{hub.url}/fhir/Slot", timeout=20).status_code == 401
    revoked = {"client_id": system.client_id}
    hub.play("revoke", **revoked)
    assert system.ask("GET", "Slot").status_code == 401


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"notAnElement": True}, 422),
        ({"name": []}, 422),
        ({"name": "Luz"}, 422),
        ({"gender": "f"}, 422),
        ({"birthDate": "03.02.1980"}, 422),
        ({"identifier": [{"system": "urn:x"}]}, 422),
        ({"resourceType": "Person"}, 400),
    ],
)
def test_a_patient_that_cannot_be_used_is_refused_with_a_reason(
    system: Partner, change: dict[str, Any], status: int
) -> None:
    answer = system.ask("POST", "Patient", PATIENT | change)
    assert answer.status_code == status
    assert "Luz" not in answer.text
    assert "1980" not in answer.text


# ------------------------------------------------------------------ for everybody


def test_free_times_are_published_without_a_sign_in_and_without_a_patient(hub: Hub) -> None:
    hub.settings.booking_url = "https://carekraft.example.com/book"
    hub.write(lambda c: world.pour(c, NOON, size=world.Size(offices=3, providers=20)))
    answer = requests.get(f"{hub.url}/slots/$bulk-publish", timeout=20)
    assert answer.headers["Cache-Control"].startswith("public")
    manifest = answer.json()
    assert manifest["request"] == f"{hub.url}/slots/$bulk-publish"
    told: dict[str, list[Json]] = {}
    for output in manifest["output"]:
        lines = requests.get(output["url"], timeout=20).text.splitlines()
        told.setdefault(output["type"], []).extend(json.loads(line) for line in lines)
    assert set(told) == {"Location", "Schedule", "Slot"}
    ids = {kind: {each["id"] for each in found} for kind, found in told.items()}
    assert len(ids["Slot"]) == len(told["Slot"]) > 50
    for schedule in told["Schedule"]:
        assert schedule["actor"][0]["reference"].removeprefix("Location/") in ids["Location"]
    for slot in told["Slot"]:
        assert slot["schedule"]["reference"].removeprefix("Schedule/") in ids["Schedule"]
        assert slot["status"] == "free"
        assert slot["extension"][0]["valueUrl"].startswith("https://carekraft.example.com/book/")
    for each in [*told["Location"], *told["Schedule"][:10], *told["Slot"][:20]]:
        assert judged(each) == []
    assert "Patient" not in json.dumps(told)
    for name in ("patients-1", "slots-x", "slots-99999999"):
        answer = requests.get(f"{hub.url}/slots/{name}.ndjson", timeout=20)
        assert answer.status_code == 404
    assert requests.get(f"{hub.url}/slots/slots-999.ndjson", timeout=20).text == ""
