"""Items of a feed for tests: synthetic people, as the exchange would send them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec

from carekraft_desktop.contract.feed import Item

NOON = datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
"""Noon of a Monday in Chicago."""


def item(kind: str, id_: str, data: dict[str, Any], *, v: int = 1, seq: int = 0) -> Item:
    """A `put` of a resource; `seq` 0 lets the fake exchange number it."""
    raw = msgspec.Raw(msgspec.json.encode(data))
    return Item(seq=seq, kind=kind, id=id_, v=v, op="put", at=NOON, data=raw)


def gone(kind: str, id_: str, *, v: int, reason: str = "deleted", seq: int = 0) -> Item:
    """A tombstone."""
    return Item(seq=seq, kind=kind, id=id_, v=v, op="del", at=NOON, reason=reason)


def office(id_: str = "office-1", *, zone: str = "America/Chicago", v: int = 1) -> Item:
    extension = [{"url": "http://hl7.org/fhir/StructureDefinition/timezone", "valueCode": zone}]
    data = {
        "resourceType": "Organization",
        "id": id_,
        "name": "Lakeside Family Practice",
        "extension": extension,
        "telecom": [{"system": "phone", "value": "312-555-0100"}],
    }
    return item("office", id_, data, v=v)


def provider(id_: str = "prov-1", *, name: str = "Dr. Amara Osei", v: int = 1) -> Item:
    data = {
        "resourceType": "PractitionerRole",
        "id": id_,
        "practitioner": {"display": name},
        "specialty": [{"text": "Family medicine"}],
        "availableTime": [
            {
                "daysOfWeek": ["mon", "tue", "wed", "thu", "fri"],
                "availableStartTime": "08:00:00",
                "availableEndTime": "17:00:00",
            }
        ],
    }
    return item("provider", id_, data, v=v)


def schedule(id_: str = "sched-1", *, provider_id: str = "prov-1", v: int = 1) -> Item:
    data = {
        "resourceType": "Schedule",
        "id": id_,
        "actor": [{"reference": f"PractitionerRole/{provider_id}"}],
    }
    return item("schedule", id_, data, v=v)


def slot(
    id_: str = "slot-1",
    *,
    start: datetime = NOON,
    minutes: int = 30,
    status: str = "free",
    schedule_id: str = "sched-1",
    v: int = 1,
) -> Item:
    data = {
        "resourceType": "Slot",
        "id": id_,
        "schedule": {"reference": f"Schedule/{schedule_id}"},
        "status": status,
        "start": start.isoformat(),
        "end": (start + timedelta(minutes=minutes)).isoformat(),
    }
    return item("slot", id_, data, v=v)


GUARDIAN = {
    "relationship": [{"coding": [{"code": "GUARD"}]}],
    "name": {"family": "Demir", "given": ["Ayla"]},
    "telecom": [{"system": "phone", "value": "312-555-0188"}],
}


def patient(
    id_: str = "pat-1",
    *,
    given: str = "Elif",
    family: str = "Demir",
    phone: str = "312-555-0187",
    birth_date: str = "1979-03-12",
    v: int = 1,
    alone: bool = False,
    **more: Any,
) -> Item:
    """Somebody; whoever is not of age comes with a guardian, unless `alone`."""
    if birth_date > "2008-11-23" and not alone:
        more.setdefault("contact", [GUARDIAN])
    data: dict[str, Any] = {
        "resourceType": "Patient",
        "id": id_,
        "name": [{"use": "official", "family": family, "given": [given]}],
        "gender": "female",
        "telecom": [
            {"system": "phone", "value": phone},
            {"system": "email", "value": f"{given}.{family}@example.com".lower()},
        ],
        "birthDate": birth_date,
        "address": [
            {"line": ["12 Example Street"], "city": "Chicago", "state": "IL", "postalCode": "60601"}
        ],
        **more,
    }
    return item("patient", id_, data, v=v)


def consent(
    id_: str = "con-1",
    *,
    patient_id: str = "pat-1",
    withheld: tuple[str, ...] = (),
    withdrawn: tuple[str, ...] = (),
    v: int = 1,
) -> Item:
    classes = ("contact", "demographic", "insurance", "medical")
    shared = [c for c in classes if c not in withheld and c not in withdrawn]

    def coded(names: tuple[str, ...] | list[str]) -> list[dict[str, str]]:
        return [{"system": "urn:carekraft:data-class", "code": name} for name in names]

    exceptions: list[dict[str, Any]] = []
    if withheld:
        exceptions.append({"type": "deny", "class": coded(withheld)})
    if withdrawn:
        exceptions.append(
            {"type": "deny", "class": coded(withdrawn), "period": {"start": "2026-11-20"}}
        )
    data = {
        "resourceType": "Consent",
        "id": id_,
        "status": "active",
        "scope": {"coding": [{"code": "patient-privacy"}]},
        "category": [{"coding": [{"code": "59284-0", "system": "http://loinc.org"}]}],
        "patient": {"reference": f"Patient/{patient_id}"},
        "dateTime": "2026-11-01T12:00:00Z",
        "performer": [{"reference": f"Patient/{patient_id}"}],
        "policyRule": {"text": "CareKraft"},
        "provision": {"type": "permit", "class": coded(shared), "provision": exceptions},
    }
    return item("consent", id_, data, v=v)


def coverage(id_: str = "cov-1", *, patient_id: str = "pat-1", v: int = 1) -> Item:
    data = {
        "resourceType": "Coverage",
        "id": id_,
        "status": "active",
        "beneficiary": {"reference": f"Patient/{patient_id}"},
        "payor": [{"display": "Prairie Mutual"}],
        "subscriberId": "PM-4410-22",
        "class": [{"type": {"coding": [{"code": "plan"}]}, "value": "silver", "name": "Silver 40"}],
    }
    return item("coverage", id_, data, v=v)


def booking(
    id_: str = "book-1",
    *,
    patient_id: str = "pat-1",
    provider_id: str = "prov-1",
    status: str = "proposed",
    start: datetime = NOON,
    minutes: int = 30,
    v: int = 1,
    **more: Any,
) -> Item:
    data: dict[str, Any] = {
        "resourceType": "Appointment",
        "id": id_,
        "status": status,
        "identifier": [{"system": "urn:carekraft:booking-number", "value": "CK-7F3K-2210"}],
        "start": start.isoformat(),
        "end": (start + timedelta(minutes=minutes)).isoformat(),
        "created": "2026-11-22T15:00:00Z",
        "slot": [{"reference": "Slot/slot-1"}],
        "reasonCode": [{"text": "Knee pain after a fall"}],
        "comment": "It hurts on stairs",
        "extension": [
            {
                "url": "urn:carekraft:extension:previous-provider",
                "valueString": "Dr. Ilse Brandt, Orthopedics",
            }
        ],
        "participant": [
            {"actor": {"reference": f"Patient/{patient_id}"}, "status": "accepted"},
            {
                "actor": {"reference": f"PractitionerRole/{provider_id}"},
                "status": "needs-action",
            },
        ],
        **more,
    }
    return item("booking", id_, data, v=v)


def mark(
    kind: str = "claim", *, about: str = "book-1", by: str = "staff-2", v: int = 1, **more: Any
) -> Item:
    """What a colleague at another desk says of a booking; a claim lasts from NOON."""
    data: dict[str, Any] = {
        "id": f"{kind}.{about}",
        "kind": kind,
        "about": about,
        "by": by,
        "name": "Sam Lee",
        "device": "ws-9",
        "workstation": "Front desk 2",
        "at": NOON.isoformat(),
        **more,
    }
    if kind == "claim":
        data.setdefault("until", (NOON + timedelta(minutes=15)).isoformat())
    return item("mark", f"{kind}.{about}", data, v=v)


def whole_office() -> list[Item]:
    """One office with one of everything."""
    return [
        office(),
        provider(),
        schedule(),
        slot(),
        patient(),
        consent(),
        coverage(),
        booking(),
    ]


def review(
    id_: str = "rev-1",
    *,
    text: str = "Waited forty minutes but the doctor was kind.",
    author: str = "MapleFan22",
    rating: int = 3,
    reply: str = "",
    v: int = 1,
    **more: Any,
) -> Item:
    data: dict[str, Any] = {
        "id": id_,
        "rating": rating,
        "text": text,
        "author_alias": author,
        "created": (NOON - timedelta(days=2)).isoformat(),
        **more,
    }
    if reply:
        data["reply"] = {"text": reply, "posted": (NOON - timedelta(days=1)).isoformat()}
    return item("review", id_, data, v=v)
