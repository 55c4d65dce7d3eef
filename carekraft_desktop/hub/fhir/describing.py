"""The facade's part of the OpenAPI document."""

from typing import Any

from carekraft_desktop.hub.fhir.capability import INTERACTIONS, OPERATIONS
from carekraft_desktop.hub.fhir.outcomes import TYPE

Json = dict[str, Any]
_WORDS = {
    "search-type": ("get", "Search {kind}: see /fhir/metadata for the parameters"),
    "create": ("post", "Create a {kind}"),
    "read": ("get", "Read one {kind}"),
    "update": ("put", "Replace a {kind}"),
}
OUTCOME: Json = {
    "description": "An OperationOutcome (FHIR R4).",
    "content": {TYPE: {"schema": {"$ref": "#/components/schemas/OperationOutcome"}}},
}
SCHEMAS: Json = {
    "FhirResource": {
        "type": "object",
        "description": "A FHIR R4 resource as JSON.",
        "required": ["resourceType"],
        "properties": {"resourceType": {"type": "string"}},
    },
    "OperationOutcome": {
        "type": "object",
        "required": ["resourceType", "issue"],
        "properties": {
            "resourceType": {"const": "OperationOutcome"},
            "issue": {"type": "array", "minItems": 1, "items": {"type": "object"}},
        },
    },
}


def paths() -> Json:
    """Every address of the facade."""
    made: Json = {
        "/fhir/metadata": {"get": _operation("metadata", "What the facade can do", open_=True)},
        "/fhir/.well-known/smart-configuration": {
            "get": _operation(
                "smart", "Where a partner signs in", open_=True, kind="application/json"
            )
        },
        "/slots/$bulk-publish": {
            "get": _operation(
                "publish",
                "Where the files of free times are (SMART Scheduling Links)",
                open_=True,
                kind="application/json",
                refusal={"$ref": "#/components/responses/Problem"},
            )
        },
        "/slots/{file}.ndjson": {
            "get": _operation(
                "published",
                "One file of free times, a resource a line",
                open_=True,
                kind="application/fhir+ndjson",
                schema={"type": "string"},
                parameters=[_path("file")],
                refusal={"$ref": "#/components/responses/Problem"},
            )
        },
    }
    for kind, able in INTERACTIONS.items():
        for interaction in able:
            method, words = _WORDS[interaction]
            with_id = interaction in ("read", "update")
            address = f"/fhir/{kind}/{{id}}" if with_id else f"/fhir/{kind}"
            made.setdefault(address, {})[method] = _operation(
                f"{interaction.partition('-')[0]}{kind}",
                words.format(kind=kind),
                parameters=[_path("id")] if with_id else [],
                body=method in ("post", "put"),
                statuses=("200", "201") if interaction == "create" else ("200",),
            )
    for name in OPERATIONS:
        one: Json = {"post": _operation(f"{name}Appointment", f"IHE ${name}", body=True)}
        if name == "find":
            one["get"] = _operation("findAppointmentByQuery", "IHE $find, by query")
        made[f"/fhir/Appointment/${name}"] = one
    return made


def _operation(
    name: str,
    summary: str,
    *,
    open_: bool = False,
    kind: str = TYPE,
    schema: Json | None = None,
    parameters: list[Json] | None = None,
    body: bool = False,
    statuses: tuple[str, ...] = ("200",),
    refusal: Json | None = None,
) -> Json:
    shape = schema or {"$ref": "#/components/schemas/FhirResource"}
    if kind == "application/json":
        shape = {"type": "object"}
    done = {"description": "Done.", "content": {kind: {"schema": shape}}}
    made: Json = {
        "operationId": f"fhir-{name}",
        "summary": summary,
        "parameters": parameters or [],
        "responses": {**dict.fromkeys(statuses, done), "default": refusal or OUTCOME},
    }
    if open_:
        made["security"] = []
    if body:
        content = {TYPE: {"schema": {"$ref": "#/components/schemas/FhirResource"}}}
        made["requestBody"] = {"required": True, "content": content}
    return made


def _path(name: str) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
