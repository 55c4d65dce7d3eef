"""The addresses of the facade: sign-in and scopes first, then one function for each request."""

from collections.abc import Awaitable, Callable
from datetime import datetime
from typing import Any, TypeVar
from urllib.parse import parse_qsl, urlencode

from msgspec import json
from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from carekraft_desktop.contract.problems import Slug, problem
from carekraft_desktop.hub import asking, reading, steps
from carekraft_desktop.hub.bookings import NotThere
from carekraft_desktop.hub.exchange import Exchange
from carekraft_desktop.hub.fhir import (
    appointments,
    capability,
    incoming,
    operations,
    outcomes,
    partners,
    publishing,
    searching,
    shown,
    writing,
)
from carekraft_desktop.hub.problems import Refused, refuse
from carekraft_desktop.hub.scopes import allows
from carekraft_desktop.hub.sign_in import Device
from carekraft_desktop.hub.slots import SlotTaken, SlotUnknown

T = TypeVar("T")
Json = dict[str, Any]
Work = Callable[[Connection, Device, datetime], T]
Endpoint = Callable[[Request], Awaitable[Response]]


class FhirRoutes:
    """The endpoints under /fhir, and the public ones under /slots."""

    def __init__(self, exchange: Exchange) -> None:
        """They belong to that exchange."""
        self._exchange = exchange
        self._base = f"{exchange.settings.url}/fhir"

    def all(self) -> list[BaseRoute]:
        """Every route, for Starlette."""
        routes: list[BaseRoute] = [
            Route("/fhir/metadata", self.metadata, methods=["GET"]),
            Route("/fhir/.well-known/smart-configuration", self.configuration, methods=["GET"]),
            Route("/fhir/Appointment/$find", self.find, methods=["GET", "POST"]),
            Route("/fhir/Appointment/$hold", self.hold, methods=["POST"]),
            Route("/fhir/Appointment/$book", self.book, methods=["POST"]),
            Route("/slots/$bulk-publish", self.manifest, methods=["GET"]),
            Route("/slots/{file}.ndjson", self.published, methods=["GET"]),
        ]
        for kind, able in capability.INTERACTIONS.items():
            if "search-type" in able:
                routes.append(Route(f"/fhir/{kind}", self._search(kind), methods=["GET"]))
            if "create" in able:
                routes.append(Route(f"/fhir/{kind}", self._create(kind), methods=["POST"]))
            if "read" in able:
                routes.append(Route(f"/fhir/{kind}/{{id}}", self._read(kind), methods=["GET"]))
            if "update" in able:
                routes.append(Route(f"/fhir/{kind}/{{id}}", self._update(kind), methods=["PUT"]))
        return routes

    # ------------------------------------------------------------------ what it is

    async def metadata(self, _request: Request) -> Response:
        """What the facade can do."""
        return _fhir(capability.statement(self._base, self._exchange.settings.token_endpoint))

    async def configuration(self, _request: Request) -> Response:
        """Where to sign in."""
        return asking.as_json(
            capability.configuration(self._exchange.settings.token_endpoint, self._base)
        )

    # ------------------------------------------------------------------ read and search

    def _read(self, kind: str) -> Endpoint:
        async def read(request: Request) -> Response:
            id_ = _id(request)

            def work(connection: Connection, partner: Device, _at: datetime) -> Json:
                return self._one(connection, partner, kind, id_)

            return _versioned(await self._look(request, kind, "r", work))

        return read

    def _search(self, kind: str) -> Endpoint:
        async def search(request: Request) -> Response:
            asked = request.query_params.multi_items()

            def work(connection: Connection, partner: Device, _at: datetime) -> Json:
                rows, place = searching.search(connection, partner, kind, asked)
                found = self._shown(connection, partner, kind, rows)
                then = ""
                if place:
                    kept = [pair for pair in asked if pair[0] != "_after"]
                    then = f"{self._base}/{kind}?{urlencode([*kept, ('_after', place)])}"
                url = f"{self._base}/{kind}?{urlencode(asked)}"
                return shown.searchset(url, found, base=self._base, then=then)

            return _fhir(await self._look(request, kind, "s", work))

        return search

    # ------------------------------------------------------------------ create and update

    def _create(self, kind: str) -> Endpoint:
        async def create(request: Request) -> Response:
            body = await incoming.resource(request, kind)
            once = request.headers.get("if-none-exist", "")

            def work(connection: Connection, partner: Device, at: datetime) -> tuple[Json, bool]:
                there = _already(connection, partner, kind, once)
                if there:
                    return self._one(connection, partner, kind, there), False
                if kind == "AppointmentResponse":
                    return _respond(connection, partner, body, at), True
                id_, new = _make(connection, partner, kind, body, at)
                return self._one(connection, partner, kind, id_), new

            made, new = await self._change(request, kind, "c", work)
            headers = {"Location": f"{self._base}/{kind}/{made['id']}"}
            return _versioned(made, status=201 if new else 200, headers=headers)

        return create

    def _update(self, kind: str) -> Endpoint:
        async def update(request: Request) -> Response:
            id_ = _id(request)
            body = await incoming.resource(request, kind)
            if body.get("id") != id_:
                raise refuse(Slug.INVALID_REQUEST, "The body has another id", "id")
            expected = request.headers.get("if-match", "")

            def work(connection: Connection, partner: Device, at: datetime) -> Json:
                before = self._one(connection, partner, kind, id_)
                if expected and expected != _tag(before):
                    current = {"v": int(before["meta"]["versionId"])}
                    raise Refused(problem(Slug.VERSION_CONFLICT, "It has changed", current=current))
                _edit(connection, partner, kind, id_, body, at)
                return self._one(connection, partner, kind, id_)

            return _versioned(await self._change(request, kind, "u", work))

        return update

    # ------------------------------------------------------------------ IHE Scheduling

    async def find(self, request: Request) -> Response:
        """Propose appointments."""
        asked = await _asked(request)

        def work(connection: Connection, partner: Device, at: datetime) -> Json:
            found = operations.find(connection, partner, asked, at)
            told = [operations.as_appointment(p, status="proposed", at=at) for p in found]
            return self._bundle(request, told)

        return _fhir(await self._change(request, "Appointment", "s", work))

    async def hold(self, request: Request) -> Response:
        """Keep a proposed appointment for some minutes."""
        asked = await _asked(request)

        def work(connection: Connection, partner: Device, at: datetime) -> Json:
            kept = operations.hold(connection, partner, asked, at)
            return self._bundle(request, [operations.as_appointment(kept, status="pending", at=at)])

        return _fhir(await self._change(request, "Appointment", "c", work))

    async def book(self, request: Request) -> Response:
        """Make an appointment of a proposed one."""
        asked = await _asked(request)

        def work(connection: Connection, partner: Device, at: datetime) -> Json:
            id_ = operations.book(connection, partner, asked, at)
            return self._bundle(request, [self._one(connection, partner, "Appointment", id_)])

        return _fhir(await self._change(request, "Appointment", "c", work))

    # ------------------------------------------------------------------ for everybody

    async def manifest(self, _request: Request) -> Response:
        """Where the files of free times are."""
        root, at = f"{self._exchange.settings.url}/slots", self._exchange.now()
        told = await self._exchange.read(lambda c: publishing.manifest(c, root, at))
        return _public(json.encode(told), "application/json")

    async def published(self, request: Request) -> Response:
        """One file of free times."""
        name, _, number = request.path_params["file"].rpartition("-")
        kind = {f"{each.lower()}s": each for each in publishing.KINDS}.get(name)
        if kind is None or not number.isascii() or not number.isdigit() or len(number) > 6:
            raise refuse(Slug.NOT_FOUND, "There is no such file")
        at, link = self._exchange.now(), self._exchange.settings.booking_url
        told = await self._exchange.read(
            lambda c: b"".join(publishing.lines(c, kind, int(number), at, booking_url=link))
        )
        return _public(told, "application/fhir+ndjson")

    # ------------------------------------------------------------------ within

    async def _look(self, request: Request, kind: str, letter: str, work: Work[T]) -> T:
        _, found = await self._asked_of(self._exchange.database.read, request, kind, letter, work)
        return found

    async def _change(self, request: Request, kind: str, letter: str, work: Work[T]) -> T:
        write = self._exchange.database.write
        office_id, done = await self._asked_of(write, request, kind, letter, work)
        self._exchange.wakeups.tell(office_id)
        return done

    async def _asked_of(
        self,
        run: Callable[[Callable[[Connection], tuple[str, T]]], tuple[str, T]],
        request: Request,
        kind: str,
        letter: str,
        work: Work[T],
    ) -> tuple[str, T]:
        """Do it for the partner whose token this is, if its scopes allow it; its office, too."""
        at = self._exchange.now()

        def checked(connection: Connection) -> tuple[str, T]:
            partner = asking.anybody(connection, request, at)
            if not allows(partner.scopes, kind, letter):
                raise refuse(Slug.SCOPE_MISSING, f"The token does not allow this with {kind}")
            return partner.office_id, work(connection, partner, at)

        try:
            return await self._exchange.run(lambda: run(checked))
        except NotThere as missing:
            slug = Slug.GONE if missing.gone else Slug.NOT_FOUND
            raise refuse(slug, f"There is no such {kind}") from None
        except SlotUnknown:
            raise refuse(Slug.NOT_FOUND, "There is no such Slot") from None
        except SlotTaken:
            raise refuse(Slug.SLOT_TAKEN, "The Slot is not free") from None
        except steps.IllegalStep:
            raise incoming.conflict("The Appointment's status does not allow it") from None

    def _one(self, connection: Connection, partner: Device, kind: str, id_: str) -> Json:
        row = searching.one(connection, partner, kind, id_)
        if row is None or row["gone"]:
            raise NotThere(gone=row is not None)
        return self._shown(connection, partner, kind, [row])[0]

    @staticmethod
    def _shown(connection: Connection, partner: Device, kind: str, rows: list[Any]) -> list[Json]:
        names = partners.names(connection, partner, kind, [row["id"] for row in rows])
        return [shown.resource(kind, row, names) for row in rows]

    def _bundle(self, request: Request, found: list[Json]) -> Json:
        url = f"{self._exchange.settings.url}{request.url.path}"
        return shown.searchset(url, found, base=self._base)


def _make(
    connection: Connection, partner: Device, kind: str, body: Json, at: datetime
) -> tuple[str, bool]:
    """Create something; its id, and whether it is new."""
    if kind == "Slot":
        return writing.slot(connection, partner, body, at)
    made = {
        "Patient": writing.patient,
        "Schedule": writing.schedule,
        "Appointment": appointments.make,
    }
    return made[kind](connection, partner, body, at), True


def _edit(
    connection: Connection, partner: Device, kind: str, id_: str, body: Json, at: datetime
) -> None:
    if kind == "Patient":
        writing.patient(connection, partner, body, at, id_=id_)
    elif kind == "Slot":
        writing.slot_status(connection, partner, id_, body, at)
    else:
        case = appointments.load(connection, partner, id_, at)
        appointments.change(connection, partner, case, body)


def _respond(connection: Connection, partner: Device, body: Json, at: datetime) -> Json:
    """A practitioner's answer to a request."""
    id_ = incoming.target(body.get("appointment"), "Appointment", "$.appointment")
    case = appointments.load(connection, partner, id_, at)
    appointments.respond(connection, partner, case, body.get("participantStatus"))
    kept = ("appointment", "actor", "participantStatus")
    told = {name: body[name] for name in kept if name in body}
    return {"resourceType": "AppointmentResponse", "id": f"{id_}-{case.v}", **told}


def _already(connection: Connection, partner: Device, kind: str, once: str) -> str:
    """The id of what is there already, for a conditional create; empty when nothing is."""
    if not once or kind not in capability.CONDITIONAL:
        return ""
    asked = parse_qsl(once, keep_blank_values=True)
    if not asked or any(name != "identifier" for name, _ in asked):
        raise refuse(Slug.INVALID_REQUEST, "Only an identifier is understood", "If-None-Exist")
    rows, _ = searching.search(connection, partner, kind, [*asked, ("_count", "2")])
    if len(rows) > 1:
        raise Refused(problem(Slug.VERSION_CONFLICT, "More than one is there"))
    return str(rows[0]["id"]) if rows else ""


async def _asked(request: Request) -> list[tuple[str, Any]]:
    if request.method == "GET":
        return list(request.query_params.multi_items())
    return operations.parameters(await incoming.resource(request, "Parameters"))


def _id(request: Request) -> str:
    id_: str = request.path_params["id"]
    if not reading.is_id(id_):
        raise refuse(Slug.NOT_FOUND, "There is nothing of that id")
    return id_


def _tag(body: Json) -> str:
    return f'W/"{body["meta"]["versionId"]}"'


def _versioned(body: Json, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    more = {"ETag": _tag(body)} if "meta" in body else {}
    return _fhir(body, status=status, headers=more | (headers or {}))


def _fhir(body: Json, *, status: int = 200, headers: dict[str, str] | None = None) -> Response:
    kept = {"Content-Type": outcomes.TYPE, "Cache-Control": "no-store"}
    return Response(json.encode(body), status, kept | (headers or {}))


def _public(data: bytes, kind: str) -> Response:
    fresh = f"public, max-age={publishing.FRESH_SECONDS}"
    return Response(data, headers={"Content-Type": kind, "Cache-Control": fresh})
