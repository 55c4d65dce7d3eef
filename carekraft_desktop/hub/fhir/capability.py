"""What the facade can do, as it says itself: the CapabilityStatement, made of what is there."""

from typing import Any

from carekraft_desktop import __version__
from carekraft_desktop.hub.fhir.searching import COMMON, PARAMETERS

Json = dict[str, Any]
SINCE = "2026-11-25"
INTERACTIONS = {
    "Appointment": ("create", "read", "update", "search-type"),
    "AppointmentResponse": ("create",),
    "Location": ("read", "search-type"),
    "Organization": ("read", "search-type"),
    "Patient": ("create", "read", "update", "search-type"),
    "Practitioner": ("read", "search-type"),
    "Schedule": ("create", "read", "search-type"),
    "Slot": ("create", "read", "update", "search-type"),
}
CONDITIONAL = ("Appointment", "Patient", "Schedule", "Slot")
"""Types that can be created only if none of that identifier is there."""
_OPERATION = "https://profiles.ihe.net/ITI/Scheduling/OperationDefinition/appointment-"
OPERATIONS = ("find", "hold", "book")
_TYPES = {
    "_id": "token",
    "_count": "number",
    "_sort": "string",
    "identifier": "token",
    "status": "token",
    "active": "token",
    "start": "date",
    "date": "date",
}
_SERVICE = "http://terminology.hl7.org/CodeSystem/restful-security-service"


def statement(base: str, token_url: str) -> Json:
    """The CapabilityStatement of the facade at `base`."""
    oauth = {
        "url": "http://fhir-registry.smarthealthit.org/StructureDefinition/oauth-uris",
        "extension": [{"url": "token", "valueUri": token_url}],
    }
    return {
        "resourceType": "CapabilityStatement",
        "status": "active",
        "date": SINCE,
        "kind": "instance",
        "software": {"name": "CareKraft exchange", "version": __version__},
        "implementation": {"description": "An office's times and bookings", "url": base},
        "fhirVersion": "4.0.1",
        "format": ["json", "application/fhir+json"],
        "rest": [
            {
                "mode": "server",
                "security": {
                    "extension": [oauth],
                    "service": [{"coding": [{"system": _SERVICE, "code": "SMART-on-FHIR"}]}],
                    "description": "SMART Backend Services: private_key_jwt, ES384.",
                },
                "resource": [_resource(kind) for kind in sorted(INTERACTIONS)],
            }
        ],
    }


def configuration(token_url: str, base: str) -> Json:
    """Where and how a partner's system signs in (SMART App Launch 2.2)."""
    letters = {"create": "c", "read": "r", "update": "u", "search-type": "s"}
    scopes = [
        f"system/{kind}.{''.join(letters[each] for each in INTERACTIONS[kind])}"
        for kind in sorted(INTERACTIONS)
    ]
    return {
        "issuer": base,
        "token_endpoint": token_url,
        "grant_types_supported": ["client_credentials"],
        "token_endpoint_auth_methods_supported": ["private_key_jwt"],
        "token_endpoint_auth_signing_alg_values_supported": ["ES384"],
        "scopes_supported": scopes,
        "code_challenge_methods_supported": ["S256"],
        "capabilities": ["client-confidential-asymmetric", "permission-v2", "permission-v1"],
    }


def _resource(kind: str) -> Json:
    told: Json = {
        "type": kind,
        "interaction": [{"code": code} for code in INTERACTIONS[kind]],
        "versioning": "versioned" if "update" in INTERACTIONS[kind] else "no-version",
    }
    if kind in CONDITIONAL:
        told["conditionalCreate"] = True
    if "search-type" in INTERACTIONS[kind]:
        known = {**COMMON, **PARAMETERS[kind]}
        told["searchParam"] = [
            {"name": name, "type": _TYPES.get(name, "reference")}
            for name in sorted(known)
            if name != "_after"
        ]
    if kind == "Appointment":
        told["operation"] = [
            {"name": name, "definition": f"{_OPERATION}{name}"} for name in OPERATIONS
        ]
    return told
