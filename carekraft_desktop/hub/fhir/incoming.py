"""What partners send: FHIR resources read strictly, and cut to the profile of the contract.

An element that FHIR R4 does not have is a mistake and refused. One that it has, and the contract
does not, is left out: an office is not told more than a booking needs.
"""

from typing import Any, TypeVar

from msgspec import json
from starlette.requests import Request

from carekraft_desktop.contract.codec import Malformed, decode
from carekraft_desktop.contract.problems import Problem, Slug
from carekraft_desktop.hub import reading
from carekraft_desktop.hub.fhir.outcomes import TYPE
from carekraft_desktop.hub.problems import Refused, refuse

T = TypeVar("T")
Json = dict[str, Any]
MOST = 64 * 1024
_ALWAYS = "resourceType id meta implicitRules language text contained extension modifierExtension"
ELEMENTS = {
    "Patient": "identifier active name telecom gender birthDate deceasedBoolean deceasedDateTime "
    "address maritalStatus multipleBirthBoolean multipleBirthInteger photo contact communication "
    "generalPractitioner managingOrganization link",
    "Schedule": "identifier active serviceCategory serviceType specialty actor planningHorizon "
    "comment",
    "Slot": "identifier serviceCategory serviceType specialty appointmentType schedule status "
    "start end overbooked comment",
    "Appointment": "identifier status cancelationReason serviceCategory serviceType specialty "
    "appointmentType reasonCode reasonReference priority description supportingInformation start "
    "end minutesDuration slot created comment patientInstruction basedOn participant "
    "requestedPeriod",
    "AppointmentResponse": "identifier appointment start end participantType actor "
    "participantStatus comment",
    "Parameters": "parameter",
}
"""Every element of each type in FHIR R4 (4.0.1)."""


async def resource(request: Request, kind: str) -> Json:
    """The body, which must be a resource of that type.

    Raises:
        Refused: it is not, or has elements that FHIR does not know.
    """
    given = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    accepted = given if given in (TYPE, "application/json") else TYPE
    data = await reading.body(request, content_type=accepted, most=MOST)
    if b"\\u0000" in data:
        raise refuse(Slug.INVALID_REQUEST, "The body holds a NUL character")
    try:
        body = decode(data, dict[str, Any], most=MOST)
    except Malformed:
        raise refuse(Slug.INVALID_REQUEST, "The body is no JSON object") from None
    if body.get("resourceType") != kind:
        raise refuse(Slug.INVALID_REQUEST, f"The body is no {kind}", "resourceType")
    known = {*_ALWAYS.split(), *ELEMENTS[kind].split()}
    strange = [name for name in body if name.removeprefix("_") not in known]
    if strange:
        raise unprocessable("FHIR R4 has no such element", *(name[:60] for name in strange[:5]))
    return body


def read(body: Json, kind: type[T], **replaced: object) -> T:
    """The body as a value of the contract, some elements replaced.

    Raises:
        Refused: something that the contract needs is missing or wrong.
    """
    try:
        return decode(json.encode(body | replaced), kind, most=2 * MOST)
    except Malformed as error:
        raise unprocessable("The resource cannot be used", error.reason[:200]) from None


def identifiers(body: Json) -> list[tuple[str, str]]:
    """The numbers that the partner gave it.

    Raises:
        Refused: one is not a system and a value.
    """
    found = []
    given = body.get("identifier", [])
    for each in given if isinstance(given, list) else [given]:
        system = each.get("system") if isinstance(each, dict) else None
        value = each.get("value") if isinstance(each, dict) else None
        if not isinstance(value, str) or not isinstance(system, str | None) or not value:
            raise unprocessable("An identifier needs a value", "$.identifier")
        if len(value) > 200 or len(system or "") > 300:
            raise unprocessable("An identifier is too long", "$.identifier")
        found.append((system or "", value))
    return list(dict.fromkeys(found))[:10]


def target(value: object, kind: str, where: str) -> str:
    """The id behind a reference to that type.

    Raises:
        Refused: it is not one.
    """
    text = value.get("reference") if isinstance(value, dict) else None
    parts = text.split("/") if isinstance(text, str) else []
    if len(parts) < 2 or parts[-2] != kind or not reading.is_id(parts[-1]):
        raise unprocessable("A reference to one " + kind + " is needed here", where)
    return parts[-1]


def unprocessable(title: str, *places: str) -> Refused:
    """A 422: FHIR's answer to a resource that breaks rules."""
    return Refused(
        Problem(
            type=f"urn:carekraft:problem:{Slug.SCHEMA}",
            title=title,
            status=422,
            errors=list(places),
        )
    )


def conflict(title: str) -> Refused:
    """A 409: what is there now does not allow it."""
    return refuse(Slug.ILLEGAL_TRANSITION, title)


def forbidden(title: str) -> Refused:
    """A 403: the scopes do not allow it."""
    return refuse(Slug.SCOPE_MISSING, title)
