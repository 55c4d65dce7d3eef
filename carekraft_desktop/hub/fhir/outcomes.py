"""Refusals as FHIR has them: an OperationOutcome in place of a problem document."""

from msgspec import json
from starlette.responses import Response

from carekraft_desktop.hub.problems import Refused

TYPE = "application/fhir+json"
CODES = {
    400: "invalid",
    401: "login",
    403: "forbidden",
    404: "not-found",
    405: "not-supported",
    409: "conflict",
    410: "deleted",
    412: "conflict",
    413: "too-long",
    415: "not-supported",
    422: "processing",
    426: "not-supported",
    429: "throttled",
    503: "transient",
}
"""FHIR's issue type by the status."""


def outcome(severity: str, code: str, text: str) -> dict[str, object]:
    """An OperationOutcome with one issue."""
    issue = {"severity": severity, "code": code, "diagnostics": text}
    return {"resourceType": "OperationOutcome", "issue": [issue]}


def answer(refused: Refused) -> Response:
    """The response for a refusal."""
    document = refused.document
    text = ": ".join([document.title, *document.errors])
    body = outcome("error", CODES.get(document.status, "exception"), text)
    headers = {"Content-Type": TYPE} | refused.headers
    return Response(json.encode(body), document.status, headers)
