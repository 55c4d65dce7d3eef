"""An office's things as a partner sees them: the feed's resources with versions and its names.

The feed's bodies are FHIR already. Added are `meta` and the partner's own identifiers; a
provider is named as a Practitioner, and the office is a Location, too.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from msgspec import json
from sqlalchemy import RowMapping

from carekraft_desktop.hub.fhir.partners import Names

Json = dict[str, Any]

KIND_OF = {
    "Appointment": "booking",
    "Location": "office",
    "Organization": "office",
    "Patient": "patient",
    "Practitioner": "provider",
    "Schedule": "schedule",
    "Slot": "slot",
}
"""Which items of the feed are shown as which type."""


def body_of(row: RowMapping) -> Json:
    """The body of an item that is there."""
    body: Json = json.decode(row["body"])
    return body


def resource(kind: str, row: RowMapping, names: Names) -> Json:
    """One item of the feed as a resource of type `kind`."""
    body = body_of(row)
    made = _MADE.get(kind, _as_it_is)(body)
    made["meta"] = {"versionId": str(row["v"]), "lastUpdated": row["at"]}
    numbers = [*made.get("identifier", []), *names.get(row["id"], [])]
    if numbers:
        made["identifier"] = numbers
    first = {"resourceType": kind, "id": row["id"], "meta": made.pop("meta")}
    return first | made


def searchset(
    url: str, found: Iterable[Json], *, base: str, then: str = "", notes: Iterable[Json] = ()
) -> Json:
    """Resources as the answer to a search; `then`: the address of what follows."""
    links = [{"relation": "self", "url": url}]
    if then:
        links.append({"relation": "next", "url": then})
    entries = [_entry(each, base, "match") for each in found]
    entries += [{"resource": each, "search": {"mode": "outcome"}} for each in notes]
    bundle: Json = {"resourceType": "Bundle", "type": "searchset", "link": links}
    if entries:
        bundle["entry"] = entries
    return bundle


def role(reference: str) -> str:
    """A reference of the feed as the facade writes it."""
    return reference.replace("PractitionerRole/", "Practitioner/", 1)


def native(reference: str) -> str:
    """A reference of the facade as the feed writes it."""
    return reference.replace("Practitioner/", "PractitionerRole/", 1)


def _entry(body: Mapping[str, Any], base: str, mode: str) -> Json:
    url = f"{base}/{body['resourceType']}/{body['id']}"
    return {"fullUrl": url, "resource": body, "search": {"mode": mode}}


def _as_it_is(body: Json) -> Json:
    return body


def _appointment(body: Json) -> Json:
    for participant in body["participant"]:
        actor = participant.get("actor", {})
        if "reference" in actor:
            actor["reference"] = role(actor["reference"])
    return body


def _schedule(body: Json) -> Json:
    for actor in body["actor"]:
        if "reference" in actor:
            actor["reference"] = role(actor["reference"])
    return body


def _practitioner(body: Json) -> Json:
    """Of a PractitionerRole what belongs to the person."""
    made: Json = {"active": body.get("active", True)}
    if name := body.get("practitioner", {}).get("display"):
        made["name"] = [{"text": name}]
    return made


def _location(body: Json) -> Json:
    """The office as a place."""
    made: Json = {
        "status": "active",
        "name": body["name"],
        "mode": "instance",
        "managingOrganization": {"reference": f"Organization/{body['id']}"},
    }
    if body.get("telecom"):
        made["telecom"] = body["telecom"]
    if body.get("address"):
        made["address"] = body["address"][0]
    return made


_MADE = {
    "Appointment": _appointment,
    "Location": _location,
    "Practitioner": _practitioner,
    "Schedule": _schedule,
}
