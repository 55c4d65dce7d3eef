"""Writes the exchange's OpenAPI document from the contract's own types.

python -m carekraft_desktop.hub.openapi > docs/openapi.json
"""

import sys
from typing import Any

import msgspec

from carekraft_desktop.contract.commands import BODY_OF, Commands, Results
from carekraft_desktop.contract.directory import (
    MOST_DAYS,
    PAGE_ENTRIES,
    DirectoryPage,
    Entry,
    Held,
    HoldRequest,
    OpenTime,
    OpenTimes,
)
from carekraft_desktop.contract.enrolment import (
    ASSERTION_TYPE,
    CLIENT_HEADER,
    Configuration,
    Enrolled,
    EnrolRequest,
    Meta,
    RotateRequest,
    Token,
)
from carekraft_desktop.contract.feed import Acks, Page
from carekraft_desktop.contract.fhir import RESOURCE_OF
from carekraft_desktop.contract.limits import PAGE_ITEMS, WAIT_SECONDS
from carekraft_desktop.contract.marks import Mark
from carekraft_desktop.contract.notices import Notice
from carekraft_desktop.contract.problems import CONTENT_TYPE, PREFIX, STATUS, Problem, Slug
from carekraft_desktop.contract.referrals import Permission, PermissionGrant, Referral, Sealing
from carekraft_desktop.contract.reviews import PublicReview
from carekraft_desktop.contract.workstations import Heard, Heartbeat, SlipSpent, Workstation
from carekraft_desktop.hub.fhir import describing

VERSION = "1.0.0"
ITEM_OF: dict[str, type[msgspec.Struct]] = {
    **RESOURCE_OF,
    "review": PublicReview,
    "mark": Mark,
    "sealing": Sealing,
    "permission": Permission,
    "referral": Referral,
    "workstation": Workstation,
    "bulletin": Notice,
}
"""What each kind of feed item carries."""
TYPES: tuple[Any, ...] = (
    Configuration,
    EnrolRequest,
    Enrolled,
    Token,
    Meta,
    RotateRequest,
    Heard,
    Heartbeat,
    SlipSpent,
    Page,
    Commands,
    Results,
    Acks,
    Problem,
    *ITEM_OF.values(),
    DirectoryPage,
    Entry,
    OpenTimes,
    OpenTime,
    HoldRequest,
    Held,
    PermissionGrant,
    *dict.fromkeys(BODY_OF.values()),
)
REF = "#/components/schemas/{name}"

Json = dict[str, Any]


def document() -> Json:
    """The whole OpenAPI 3.1 document."""
    _, schemas = msgspec.json.schema_components(TYPES, ref_template=REF)
    schemas |= describing.SCHEMAS
    schemas["Item"]["properties"]["data"] = {
        "description": "The resource of the item's kind: "
        + ", ".join(f"{kind}: {body.__name__}" for kind, body in ITEM_OF.items())
        + ". Other kinds carry any JSON object.",
        "anyOf": [
            *({"$ref": REF.format(name=each.__name__)} for each in ITEM_OF.values()),
            {"type": "object"},
        ],
    }
    schemas["Command"]["properties"]["body"] = {
        "description": "What the command's type needs: "
        + ", ".join(f"{kind}: {body.__name__}" for kind, body in BODY_OF.items()),
        "anyOf": [{"$ref": REF.format(name=each.__name__)} for each in _bodies()],
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "CareKraft exchange",
            "version": VERSION,
            "description": "What the workstations of offices sync with. Payloads are FHIR R4 "
            "resources cut to a profile; unknown members are ignored. Generated from "
            "carekraft_desktop/contract by python -m carekraft_desktop.hub.openapi.",
        },
        "security": [{"token": []}],
        "paths": _paths(),
        "components": {
            "schemas": dict(sorted(schemas.items())),
            "securitySchemes": {
                "token": {
                    "type": "oauth2",
                    "description": "SMART Backend Services: private_key_jwt, ES384.",
                    "flows": {"clientCredentials": {"tokenUrl": "/oauth/token", "scopes": {}}},
                }
            },
            "responses": {"Problem": _problem_response()},
            "parameters": {
                "office": {**_path("office"), "description": "The office's id."},
                "client": {
                    "name": CLIENT_HEADER,
                    "in": "header",
                    "description": "The program and its version, e.g. desktop/0.1.0.",
                    "schema": {"type": "string"},
                },
            },
        },
    }


def _bodies() -> list[type[msgspec.Struct]]:
    return list(dict.fromkeys(BODY_OF.values()))


def _paths() -> Json:
    office = "/v1/offices/{office}"
    return {
        "/.well-known/smart-configuration": {
            "get": _operation("configuration", "Where to sign in", answer=Configuration, open_=True)
        },
        "/v1/enroll": {
            "post": _operation(
                "enrol",
                "Trade a one-time code and a public key for a place in an office",
                body=EnrolRequest,
                answer=Enrolled,
                status="201",
                open_=True,
            )
        },
        "/oauth/token": {"post": _token_operation()},
        "/v1/workstation/key": {
            "post": _operation(
                "rotate",
                "Offer the workstation's next key; it counts from the first sign-in with it",
                body=RotateRequest,
                status="204",
                of_office=False,
            )
        },
        "/v1/workstation/word": {
            "post": _operation(
                "word",
                "What the workstation says of itself, signed; the others of its office read it",
                body=Heartbeat,
                status="204",
                of_office=False,
            )
        },
        "/v1/workstation/tries": {
            "post": _operation(
                "tries",
                "A closed workstation says, by a slip signed before, that many passwords did not fit",
                body=SlipSpent,
                status="204",
                open_=True,
            )
        },
        "/v1/meta": {
            "get": _operation("meta", "What the exchange says of itself", answer=Meta, open_=True)
        },
        f"{office}/changes": {
            "get": _operation(
                "changes",
                "The next page of the office's feed; with wait, held back until there is one",
                answer=Page,
                parameters=[
                    _query("cursor", {"type": "string", "maxLength": 200}),
                    _query(
                        "limit",
                        {"type": "integer", "minimum": 1, "maximum": PAGE_ITEMS, "default": 200},
                    ),
                    _query(
                        "wait",
                        {"type": "integer", "minimum": 0, "maximum": WAIT_SECONDS, "default": 0},
                    ),
                    _query("kinds", {"type": "string", "description": "Comma-separated kinds."}),
                ],
            )
        },
        f"{office}/commands": {
            "post": _operation(
                "commands",
                "Do what the office asks; each command has its own result",
                body=Commands,
                answer=Results,
            )
        },
        f"{office}/acks": {
            "post": _operation(
                "acks", "Report progress and what was erased", body=Acks, status="204"
            )
        },
        f"{office}/items/{{kind}}/{{id}}": {
            "get": _operation(
                "item",
                "One item's resource, with its version as a weak ETag",
                answer={"type": "object"},
                parameters=[_path("kind"), _path("id")],
            )
        },
        **_directory_paths(),
        **describing.paths(),
        "/healthz": {"get": _operation("health", "The process answers", open_=True)},
        "/readyz": {"get": _operation("ready", "The database answers", open_=True)},
        "/metrics": {"get": _operation("metrics", "Figures for the operator", open_=True)},
    }


def _directory_paths() -> Json:
    root = "/v1/directory"
    times = f"{root}/providers/{{npi}}/locations/{{location}}/times"
    return {
        f"{root}/providers": {
            "get": _operation(
                "providers",
                "What changed in the directory of providers after a place",
                answer=DirectoryPage,
                of_office=False,
                parameters=[
                    _query("after", {"type": "integer", "minimum": 0, "default": 0}),
                    _query(
                        "limit",
                        {"type": "integer", "minimum": 1, "maximum": PAGE_ENTRIES, "default": 500},
                    ),
                ],
            )
        },
        times: {
            "get": _operation(
                "times",
                "The open times of a provider at a place",
                answer=OpenTimes,
                of_office=False,
                parameters=[
                    _path("npi"),
                    _path("location"),
                    _query("days", {"type": "integer", "minimum": 1, "maximum": MOST_DAYS}),
                ],
            )
        },
        f"{root}/holds": {
            "post": _operation(
                "hold",
                "Keep a slot for a few minutes",
                body=HoldRequest,
                answer=Held,
                status="201",
                of_office=False,
            )
        },
        f"{root}/releases": {
            "post": _operation(
                "release",
                "Let go of a slot that is kept",
                body=HoldRequest,
                status="204",
                of_office=False,
            )
        },
        "/v1/copies/{link}/revocations": {
            "post": _operation(
                "revoke",
                "A patient takes a permission back by the link in the copy of what was sent",
                status="204",
                open_=True,
                parameters=[_path("link")],
            )
        },
    }


def _operation(
    name: str,
    summary: str,
    *,
    body: type | None = None,
    answer: type | Json | None = None,
    status: str = "200",
    parameters: list[Json] | None = None,
    open_: bool = False,
    of_office: bool = True,
) -> Json:
    """One operation; `open_` needs no token, `of_office` has the office in its path."""
    done: Json = {"description": "Done."}
    if answer is not None:
        done["content"] = {"application/json": {"schema": _schema(answer)}}
    operation: Json = {
        "operationId": name,
        "summary": summary,
        "parameters": [{"$ref": "#/components/parameters/client"}, *(parameters or [])],
        "responses": {status: done, "default": {"$ref": "#/components/responses/Problem"}},
    }
    if open_:
        operation["security"] = []
    elif of_office:
        operation["parameters"].insert(0, {"$ref": "#/components/parameters/office"})
    if body is not None:
        operation["requestBody"] = {
            "required": True,
            "content": {"application/json": {"schema": _schema(body)}},
        }
    return operation


def _token_operation() -> Json:
    operation = _operation("token", "Sign in (RFC 7523, 2.2)", answer=Token, open_=True)
    fields: Json = {
        "grant_type": {"const": "client_credentials"},
        "client_assertion_type": {"const": ASSERTION_TYPE},
        "client_assertion": {"type": "string", "maxLength": 4_000},
    }
    operation["requestBody"] = {
        "required": True,
        "content": {
            "application/x-www-form-urlencoded": {
                "schema": {"type": "object", "required": list(fields), "properties": fields}
            }
        },
    }
    return operation


def _problem_response() -> Json:
    kinds = ", ".join(f"{STATUS[slug]} {PREFIX}{slug}" for slug in Slug)
    return {
        "description": f"A problem document (RFC 9457). Kinds: {kinds}.",
        "content": {CONTENT_TYPE: {"schema": _schema(Problem)}},
    }


def _schema(of: type | Json) -> Json:
    return of if isinstance(of, dict) else {"$ref": REF.format(name=of.__name__)}


def _path(name: str) -> Json:
    return {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}


def _query(name: str, schema: Json) -> Json:
    return {"name": name, "in": "query", "schema": schema}


def text() -> str:
    """The document as the committed file has it."""
    return msgspec.json.format(msgspec.json.encode(document()), indent=2).decode() + "\n"


if __name__ == "__main__":
    sys.stdout.write(text())
