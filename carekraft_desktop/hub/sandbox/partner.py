"""A partner outside the exchange: a small FHIR server of an invented hospital.

It stands beside the exchange and shares nothing with it. Whoever signs in under its one client
name is let in; its own desk books what comes after a little while. As much of FHIR as a referral
needs, and no more.
"""

import base64
import binascii
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from carekraft_desktop.contract.codec import Malformed, decode, encode
from carekraft_desktop.hub import reading
from carekraft_desktop.hub.now import stamp
from carekraft_desktop.hub.sandbox.chance import Chance

if TYPE_CHECKING:
    from carekraft_desktop.hub.sandbox.sandbox import Sandbox

ROOT = "/sandbox/partner/fhir"
CLIENT = "lakeview-family-health"
"""What this partner calls the office."""
FHIR = "application/fhir+json"
SMALL = 64 * 1024
BOOKS_AFTER = timedelta(seconds=20)
Resource = dict[str, Any]


class PartnerRoutes:
    """Routes under /sandbox/partner/."""

    def __init__(self, sandbox: "Sandbox", *, seed: int) -> None:
        """It keeps the exchange's time."""
        self._sandbox = sandbox
        self._chance = Chance(f"partner {seed}")
        self._tokens: set[str] = set()
        self._kept: dict[str, tuple[Resource, datetime]] = {}

    def routes(self) -> list[BaseRoute]:
        """Every route."""
        return [
            Route(f"{ROOT}/metadata", self.metadata, methods=["GET"]),
            Route(f"{ROOT}/.well-known/smart-configuration", self.place, methods=["GET"]),
            Route(f"{ROOT}/token", self.token, methods=["POST"]),
            Route(f"{ROOT}/Schedule", self.schedules, methods=["GET"]),
            Route(f"{ROOT}/Slot", self.slots, methods=["GET"]),
            Route(f"{ROOT}/Appointment", self.search, methods=["GET"]),
            Route(f"{ROOT}/Appointment", self.create, methods=["POST"]),
            Route(f"{ROOT}/Appointment/{{id}}", self.one, methods=["GET"]),
            Route(f"{ROOT}/Appointment/{{id}}", self.change, methods=["PUT"]),
        ]

    async def metadata(self, _request: Request) -> Response:
        """What it is."""
        return _fhir({"resourceType": "CapabilityStatement", "fhirVersion": "4.0.1"})

    async def place(self, _request: Request) -> Response:
        """Where tokens are given."""
        url = self._sandbox.exchange.settings.url.rstrip("/")
        return _fhir({"token_endpoint": f"{url}{ROOT}/token"})

    async def token(self, request: Request) -> Response:
        """A token for its client; an invented partner does not prove the signature."""
        form = await reading.form(request, most=SMALL)
        if _issuer(form.get("client_assertion", "")) != CLIENT:
            return _fhir({"error": "invalid_client"}, 401)
        given = self._chance.new_id(self._now())
        self._tokens.add(given)
        return _fhir({"access_token": given, "token_type": "bearer", "expires_in": 300})

    async def schedules(self, request: Request) -> Response:
        """The calendar of a provider, by number."""
        _, _, npi = request.query_params.get("identifier", "").rpartition("|")
        found = [{"resourceType": "Schedule", "id": npi}] if npi.isdigit() else []
        return self._let_in(request, _bundle(found))

    async def slots(self, request: Request) -> Response:
        """Two free times on each of the next working days."""
        _, _, npi = request.query_params.get("schedule", "").rpartition("/")
        taken = {
            slot.get("reference")
            for each, _ in self._kept.values()
            if each["status"] != "cancelled"
            for slot in each.get("slot", [])
        }
        found: list[Resource] = []
        day = self._now().replace(hour=15, minute=0, second=0, microsecond=0)
        while len(found) < 10:
            day += timedelta(days=1)
            for hours in (0, 3) if day.weekday() < 5 else ():
                start = day + timedelta(hours=hours)
                slot = {
                    "resourceType": "Slot",
                    "id": f"{npi}-{int(start.timestamp())}",
                    "status": "free",
                    "start": stamp(start),
                    "end": stamp(start + timedelta(minutes=30)),
                }
                found += [slot] if f"Slot/{slot['id']}" not in taken else []
        return self._let_in(request, _bundle(found))

    async def search(self, request: Request) -> Response:
        """What was asked for, by its number."""
        _, _, number = request.query_params.get("identifier", "").rpartition("|")
        return self._let_in(request, _bundle([each for each in self._all() if _has(each, number)]))

    async def create(self, request: Request) -> Response:
        """One more, unless it is there already."""
        resource = await _read(request)
        _, _, number = request.headers.get("if-none-exist", "").rpartition("|")
        known = next((each for each in self._all() if number and _has(each, number)), None)
        if not self._knows(request) or resource is None:
            return _fhir({"resourceType": "OperationOutcome"}, 400 if resource is None else 401)
        if known is not None:
            return _fhir(known)
        id_ = self._chance.new_id(self._now())
        made = resource | {"id": id_, "meta": {"versionId": "1"}}
        self._kept[id_] = (made, self._now())
        return _fhir(made, 201)

    async def one(self, request: Request) -> Response:
        """How one stands."""
        found = next((e for e in self._all() if e["id"] == request.path_params["id"]), None)
        missing = _fhir({"resourceType": "OperationOutcome"}, 404)
        return self._let_in(request, _fhir(found) if found is not None else missing)

    async def change(self, request: Request) -> Response:
        """Change one as it was seen."""
        resource = await _read(request)
        found = next((e for e in self._all() if e["id"] == request.path_params["id"]), None)
        if found is None or resource is None:
            return _fhir({"resourceType": "OperationOutcome"}, 404)
        if request.headers.get("if-match") != f'W/"{found["meta"]["versionId"]}"':
            return self._let_in(request, _fhir({"resourceType": "OperationOutcome"}, 412))
        if not self._knows(request):
            return _fhir({"resourceType": "OperationOutcome"}, 401)
        return _fhir(self._put(resource | {"id": found["id"]}, found))

    def _put(self, resource: Resource, before: Resource) -> Resource:
        version = str(int(before["meta"]["versionId"]) + 1)
        made = resource | {"meta": {"versionId": version}}
        self._kept[before["id"]] = (made, self._now())
        return made

    def _all(self) -> list[Resource]:
        """All appointments; what has waited long enough is booked by the partner's desk."""
        for resource, since in list(self._kept.values()):
            if resource["status"] == "proposed" and self._now() - since >= BOOKS_AFTER:
                timed = resource if "start" in resource else resource | self._some_time()
                self._put(timed | {"status": "booked"}, resource)
        return [resource for resource, _ in self._kept.values()]

    def _some_time(self) -> Resource:
        start = self._now().replace(hour=16, minute=0, second=0, microsecond=0) + timedelta(days=7)
        return {"start": stamp(start), "end": stamp(start + timedelta(minutes=30))}

    def _knows(self, request: Request) -> bool:
        return request.headers.get("authorization", "").removeprefix("Bearer ") in self._tokens

    def _let_in(self, request: Request, response: Response) -> Response:
        refused = _fhir({"resourceType": "OperationOutcome"}, 401)
        return response if self._knows(request) else refused

    def _now(self) -> datetime:
        return self._sandbox.exchange.now()


async def _read(request: Request) -> Resource | None:
    data = await reading.body(request, content_type=FHIR, most=SMALL)
    try:
        resource: Resource = decode(data, dict)
    except Malformed:
        return None
    return resource if resource.get("resourceType") == "Appointment" else None


def _issuer(assertion: str) -> str:
    """Who says it is them."""
    parts = assertion.split(".")
    if len(parts) != 3:
        return ""
    try:
        claims = base64.urlsafe_b64decode(parts[1] + "=" * (-len(parts[1]) % 4))
        return str(decode(claims, dict).get("iss", ""))
    except (binascii.Error, ValueError, Malformed):
        return ""


def _has(resource: Resource, number: str) -> bool:
    return any(each.get("value") == number for each in resource.get("identifier", []))


def _bundle(found: list[Resource]) -> Response:
    entries = [{"resource": each} for each in found]
    return _fhir({"resourceType": "Bundle", "type": "searchset", "entry": entries})


def _fhir(value: Resource, status: int = 200) -> Response:
    return Response(encode(value), status, media_type=FHIR)
