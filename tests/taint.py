"""Canaries: a mark in everything that comes in and must never go out, in every kind of item."""

import itertools
import random
from typing import Any

import msgspec

from carekraft_desktop.contract.feed import Item
from tests import samples
from tests.messages import GUARDIAN

MARK = "TAINT"
_count = itertools.count()


def canary() -> str:
    """A word that no other place has."""
    return f"{MARK}{next(_count):07d}"


KEYS = ("note", "comment", "description", "display", "text", "subject", "message", "valueString")
"""Members that are added everywhere, known to the contract or not."""


def soil(node: Any, *, name: bool = False) -> Any:
    """The same with a canary beside everything, but for names, which are read as names."""
    if isinstance(node, list):
        return [soil(each, name=name) for each in node]
    if not isinstance(node, dict):
        return node
    soiled = {key: soil(value, name=key == "name") for key, value in node.items()}
    if not name:
        for key in KEYS:
            soiled[key] = canary()
        soiled["extension"] = [
            *soiled.get("extension", []),
            {"url": "urn:carekraft:extension:previous-provider", "valueString": canary()},
        ]
        soiled.setdefault("contained", [{"note": canary()}])
    return soiled


def soiled_item(item: Item, **more: Any) -> Item:
    """An item with canaries all over."""
    assert not isinstance(item.data, msgspec.UnsetType)
    body = soil(msgspec.json.decode(item.data)) | more
    return msgspec.structs.replace(item, data=msgspec.Raw(msgspec.json.encode(body)))


def random_person(chance: random.Random, number: int) -> tuple[list[Item], bool]:
    """Everything that arrives of one patient, soiled; and whether it is a minor."""
    minor = chance.random() < 0.25
    year = chance.randint(2012, 2024) if minor else chance.randint(1935, 2005)
    born = f"{year}-{chance.randint(1, 12):02d}-{chance.randint(1, 28):02d}"
    id_, given, family = f"p-{number}", chance.choice(_GIVEN), chance.choice(_FAMILY)
    guardian = {
        "relationship": [{"coding": [{"code": "GUARD"}]}],
        "name": {"family": GUARDIAN.family_name, "given": [GUARDIAN.given_name]},
        "telecom": [{"system": "phone", "value": GUARDIAN.phone}],
    }
    stranger = {
        "relationship": [{"coding": [{"code": "FRND"}]}],
        "name": {"family": canary(), "given": [canary()]},
        "telecom": [{"system": "phone", "value": canary()}],
    }
    patient = soiled_item(
        samples.patient(id_, given=given, family=family, birth_date=born),
        telecom=[
            {"system": "phone", "value": f"312-555-0{chance.randint(100, 199)}", "rank": 1},
            {"system": "email", "value": f"p{number}@example.com"},
            {"system": "fax", "value": canary()},
            {"system": "url", "value": canary()},
            {"system": "phone", "use": "old", "value": canary()},
        ],
        address=[
            {
                "line": [canary(), canary()],
                "city": canary(),
                "state": canary(),
                "country": canary(),
                "postalCode": f"{chance.randrange(10**5):05d}",
            }
        ],
        contact=[stranger, *([guardian] if minor else [])],
        maritalStatus={"text": canary()},
        generalPractitioner=[{"display": canary()}],
        photo=[{"data": canary()}],
    )
    coverage = soiled_item(
        samples.coverage(f"cov-{number}", patient_id=id_),
        payor=[{"display": canary()}],
        subscriberId=canary(),
        **{"class": [{"type": {"text": canary()}, "value": canary(), "name": canary()}]},
    )
    booking = soiled_item(
        samples.booking(f"book-{number}", patient_id=id_),
        identifier=[{"system": "urn:carekraft:booking-number", "value": canary()}],
        reasonCode=[{"text": canary()}],
        serviceType=[{"text": canary()}],
        comment=canary(),
        description=canary(),
    )
    consent = soiled_item(samples.consent(f"con-{number}", patient_id=id_))
    return [patient, consent, coverage, booking], minor


_GIVEN = ("Elif", "María José", "Zoë", "Nguyễn", "O'Neil", "Anne-Marie", "राम", "李")
_FAMILY = ("Demir", "García López", "Van der Berg", "Ó Súilleabháin", "शर्मा", "王", "D'Arcy")
