"""Offices cannot see each other: every endpoint is tried with every id of another office.

The endpoints come from the OpenAPI document. A new one is tried without anybody remembering it;
one that takes a body fails this test until somebody says here what it is sent.
"""

import itertools
import json
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
import requests
from msgspec import Raw
from sqlalchemy import select

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.commands import Actor, Command, Commands, CommandType
from carekraft_desktop.exchange import sign_in
from carekraft_desktop.hub import openapi, tables
from carekraft_desktop.hub.fhir.searching import COMMON as SEARCHES
from carekraft_desktop.hub.fhir.searching import PARAMETERS as BY_TYPE
from carekraft_desktop.hub.sandbox.office import OFFICE_ID, make_office, pour
from tests.hub_fixture import NOON, Desk, Hub, new_key, start_hub
from tests.postgres import Postgres
from tests.unit.hub.bench import TINY
from tests.unit.hub.fhir.partner import Partner, register

OTHER = "office-99"
COMMON = {
    "providers": "the directory is the same for every office",
    "times": "open times of the directory's providers are for every office",
    "hold": "a slot of the directory is held for whoever asks",
    "release": "only the office that holds a slot lets go of it",
    "rotate": "it is about the workstation itself, and names no office",
    "word": "a workstation's own signed word; the office comes from its token",
}
"""Endpoints for workstations that are not one office's, and why."""


@dataclass
class Neighbour:
    """The other office's ids, by kind, and everything that must not be told."""

    ids: dict[str, list[str]] = field(default_factory=dict)
    secrets: set[str] = field(default_factory=set)

    def one(self, kind: str) -> str:
        """Some id of that kind."""
        return self.ids[kind][0]


@dataclass
class Attempt:
    """One request that tries to get at the other office."""

    method: str
    path: str
    body: object = None
    query: str = ""


@pytest.fixture
def hub(tmp_path: Path, server: Postgres | None) -> Iterator[Hub]:
    """Two offices with patients in one exchange."""
    running = start_hub(tmp_path, server=server)
    other = make_office(9, NOON, TINY, office_id=OTHER)
    other.name, other.npi = "Harbor Clinic", "1900000823"
    running.write(lambda c: pour(c, other))
    yield running
    running.stop()
    if server is not None:
        server.drop(running.database.url)


@pytest.fixture
def neighbour(hub: Hub) -> Neighbour:
    made = Neighbour()
    rows = hub.read(
        lambda c: c.execute(select(tables.item).where(tables.item.c.office_id == OTHER)).all()
    )
    for row in rows:
        made.ids.setdefault(row.kind, []).append(row.id)
        made.secrets.add(row.id)
        if row.kind == "patient" and row.body:
            made.secrets |= {each["family"] for each in json.loads(row.body)["name"]} - {None}
    # The office's own families must not be taken for the other's.
    own = hub.read(
        lambda c: c.scalars(
            select(tables.item.c.body).where(
                tables.item.c.office_id == OFFICE_ID, tables.item.c.kind == "patient"
            )
        ).all()
    )
    made.secrets -= {each["family"] for body in own if body for each in json.loads(body)["name"]}
    return made


def commands_about(neighbour: Neighbour) -> Iterator[Commands]:
    """Every type of command, about every kind of thing of the other office."""
    body = Raw(
        encode(
            {
                "reason": "no-time",
                "slot": neighbour.one("slot"),
                "start": "2026-11-30T15:00:00Z",
                "end": "2026-11-30T15:20:00Z",
                "provider": neighbour.one("provider"),
                "text": "Thank you.",
                "name": "Pat",
                "workstation": "Desk",
            }
        )
    )
    actor = Actor(sub="staff-1", device="ws-1")
    for kind in CommandType:
        ids = [neighbour.one(each) for each in ("booking", "review", "slot", "patient")]
        yield Commands(
            [
                Command(new_key(), kind, id_, v, actor, NOON, body)
                for id_, v in itertools.product(ids, (0, 1))
            ]
        )


def appointment(neighbour: Neighbour, **more: object) -> dict[str, object]:
    """An Appointment of the other office's patient in its slot."""
    return {
        "resourceType": "Appointment",
        "status": "proposed",
        "slot": [{"reference": f"Slot/{neighbour.one('slot')}"}],
        "participant": [
            {
                "actor": {"reference": f"Patient/{neighbour.one('patient')}"},
                "status": "accepted",
            }
        ],
    } | more


def about(neighbour: Neighbour) -> dict[str, object]:
    """$find, $hold and $book with references to the other office's things."""
    named = [
        ("appointment-reference", f"Appointment/{neighbour.one('booking')}"),
        ("patient-reference", f"Patient/{neighbour.one('patient')}"),
        ("practitioner", f"Practitioner/{neighbour.one('provider')}"),
        ("organization", f"Organization/{OTHER}"),
    ]
    told: list[dict[str, object]] = [
        {"name": name, "valueReference": {"reference": value}} for name, value in named
    ]
    told += [{"name": n, "valueDateTime": v} for n, v in (("start", "2026-11-25"), ("end", "2027"))]
    return {"resourceType": "Parameters", "parameter": told}


Bodies = Callable[[Neighbour], Any]
PARAMETERS = {
    kind: [name for name in (*known, *SEARCHES) if name not in ("_count", "_after", "_sort")]
    for kind, known in BY_TYPE.items()
} | {"Appointment/$find": ["patient-reference", "practitioner", "organization"]}
"""By which parameters a search names something."""
BODIES: dict[str, Bodies] = {
    "commands": lambda n: list(commands_about(n)),
    "acks": lambda n: [
        {
            "cursor": "",
            "erased": [
                {
                    "kind": "patient",
                    "id": n.one("patient"),
                    "v": 1,
                    "key": new_key(),
                    "at": "2026-11-24T16:00:00Z",
                }
            ],
        }
    ],
    "fhir-createAppointment": lambda n: [appointment(n)],
    "fhir-updateAppointment": lambda n: [
        appointment(n, id=id_, status="cancelled") for id_ in n.ids["booking"][:1]
    ],
    "fhir-createAppointmentResponse": lambda n: [
        {
            "resourceType": "AppointmentResponse",
            "appointment": {"reference": f"Appointment/{n.one('booking')}"},
            "participantStatus": "declined",
        }
    ],
    "fhir-createPatient": lambda n: [
        {"resourceType": "Patient", "id": n.one("patient"), "name": [{"family": "Taken"}]}
    ],
    "fhir-updatePatient": lambda n: [
        {"resourceType": "Patient", "id": n.one("patient"), "name": [{"family": "Taken"}]}
    ],
    "fhir-createSchedule": lambda n: [
        {
            "resourceType": "Schedule",
            "actor": [{"reference": f"Practitioner/{n.one('provider')}"}],
        }
    ],
    "fhir-createSlot": lambda n: [slot_of(n)],
    "fhir-updateSlot": lambda n: [slot_of(n) | {"id": id_} for id_ in n.ids["slot"][:1]],
    "fhir-findAppointment": lambda n: [about(n)],
    "fhir-holdAppointment": lambda n: [about(n)],
    "fhir-bookAppointment": lambda n: [about(n)],
}
"""What each endpoint is sent, naming the other office's things."""


def slot_of(neighbour: Neighbour) -> dict[str, object]:
    return {
        "resourceType": "Slot",
        "schedule": {"reference": f"Schedule/{neighbour.one('schedule')}"},
        "status": "busy-unavailable",
        "start": "2026-11-30T15:00:00Z",
        "end": "2026-11-30T15:20:00Z",
    }


def operations() -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Path, method and operation of everything that needs a token."""
    for path, methods in openapi.document()["paths"].items():
        for method, operation in methods.items():
            if operation.get("security") != []:
                yield path, method.upper(), operation


def attempts(neighbour: Neighbour) -> Iterator[Attempt]:
    """Every endpoint with every kind of id of the other office in every place."""
    every_id = {OTHER, *(ids[0] for ids in neighbour.ids.values())}
    for path, method, operation in operations():
        name = operation["operationId"]
        if name in COMMON:
            continue
        bodies = BODIES[name](neighbour) if "requestBody" in operation else [None]
        for address in addresses(path, neighbour, every_id):
            for body in bodies:
                yield Attempt(method, address, fitting(body, path, address))
            if method == "GET":
                yield from searches(address, every_id)


def fitting(body: Any, path: str, address: str) -> Any:
    """A replacement says the id that the address says."""
    if path.endswith("/{id}") and isinstance(body, dict):
        return body | {"id": address.rpartition("/")[2]}
    return body


def searches(address: str, every_id: set[str]) -> Iterator[Attempt]:
    """A search by everything that it can be asked for, with every id."""
    for parameter in PARAMETERS.get(address.removeprefix("/fhir/"), ()):
        for id_ in sorted(every_id):
            yield Attempt("GET", address, query=f"{parameter}={id_}")


def addresses(path: str, neighbour: Neighbour, every_id: set[str]) -> Iterator[str]:
    """The path with the other office's ids, and with one's own office where there is a choice."""
    if "{office}" in path:
        for office in (OTHER, OFFICE_ID):
            yield from addresses(path.replace("{office}", office), neighbour, every_id)
    elif "{kind}" in path:
        for kind, ids in neighbour.ids.items():
            for id_ in ids[:2]:
                yield path.replace("{kind}", kind).replace("{id}", id_)
    elif "{id}" in path:
        for id_ in sorted(every_id):
            yield path.replace("{id}", id_)
    else:
        assert "{" not in path, f"{path}: say here which ids go there"
        yield path


def state_of(hub: Hub) -> list[Any]:
    """Everything that is kept of the other office."""
    found: list[Any] = []
    for table in tables.metadata.sorted_tables:
        if "office_id" in table.c and table.name != "progress":
            query = select(table).where(table.c.office_id == OTHER)
            rows = hub.read(lambda c, query=query: c.execute(query).all())  # type: ignore[misc]
            found.append((table.name, sorted(map(repr, rows))))
    return found


def try_all(hub: Hub, neighbour: Neighbour, session: requests.Session, kind: str) -> dict[int, int]:
    """Make every attempt; how often each status was answered."""
    counted: dict[int, int] = {}
    for attempt in attempts(neighbour):
        body = attempt.body
        data = None if body is None else encode(body)
        url = f"{hub.url}{attempt.path}" + (f"?{attempt.query}" if attempt.query else "")
        headers = {"Content-Type": kind} if data is not None else {}
        answer = session.request(attempt.method, url, data=data, headers=headers, timeout=20)
        assert answer.status_code < 500, (attempt, answer.text)
        asked = attempt.path + attempt.query + (data or b"").decode()
        said = answer.content.decode()
        told = {each for each in neighbour.secrets if each in said and each not in asked}
        assert not told, (attempt, said)
        if OTHER in attempt.path:
            assert answer.status_code in (403, 404), attempt
        counted[answer.status_code] = counted.get(answer.status_code, 0) + 1
    return counted


def test_a_workstation_gets_at_nothing_of_another_office(hub: Hub, neighbour: Neighbour) -> None:
    before = state_of(hub)
    desk: Desk = hub.enrol()
    counted = try_all(hub, neighbour, desk.session, "application/json")
    assert state_of(hub) == before
    assert counted[403] > 100
    # Commands about things of others are answered one by one, and none is applied.
    applied = hub.read(
        lambda c: [
            row.result
            for row in c.execute(select(tables.outcome))
            if json.loads(row.result)["status"] == "applied"
        ]
    )
    assert applied == []


@pytest.mark.parametrize("server", ["sqlite"], indirect=True)
@pytest.mark.parametrize("role", ["publishes", "books"])
def test_a_partner_gets_at_nothing_of_another_office(
    hub: Hub, neighbour: Neighbour, role: str
) -> None:
    before = state_of(hub)
    partner: Partner = register(hub, role=role)
    session = hub.session()
    session.headers["Authorization"] = f"Bearer {partner.sign_in().json()['access_token']}"
    counted = try_all(hub, neighbour, session, "application/fhir+json")
    assert state_of(hub) == before
    assert counted[404] > 50
    # One's own office is not shut by this: the same partner reads its own.
    assert session.get(f"{hub.url}/fhir/Slot", timeout=20).json()["entry"]


def test_another_offices_own_key_opens_its_own_office_only(hub: Hub) -> None:
    """A token's office decides, whatever is claimed in the assertion."""
    desk = hub.enrol()
    stranger = sign_in.new_key()
    assertion = sign_in.assertion(
        stranger,
        client_id=desk.client_id,
        token_url=hub.settings.token_endpoint,
        now=hub.now(),
        jti=new_key(),
    )
    assert hub.sign_in(assertion).status_code == 401


def test_what_is_common_is_still_there() -> None:
    """An exception for an endpoint that is gone would hide the next one of its name."""
    names = {operation["operationId"] for _, _, operation in operations()}
    assert set(COMMON) <= names
    assert set(BODIES) <= names
