"""A real exchange on a loopback port for tests, with the sandbox's levers at hand.

    pytest_plugins = ["tests.hub_fixture"]     # or: from tests.hub_fixture import hub

    def test_something(hub: Hub) -> None:
        desk = hub.enrol()
        desk.get("/changes")
        hub.sandbox.faults.order(Fault(kind=FaultKind.CUT_AFTER, path="/commands"))

It runs on threads of this process that end with the test, so code under test speaks real
HTTP to `hub.url` while the test looks straight into `hub.database`.
"""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, TypeVar

import pytest
import requests
from sqlalchemy import Connection

from carekraft_desktop.contract.codec import decode, encode
from carekraft_desktop.contract.commands import Command, Commands, Result, Results
from carekraft_desktop.contract.enrolment import (
    ASSERTION_TYPE,
    Enrolled,
    EnrolRequest,
    Token,
)
from carekraft_desktop.contract.feed import Item, Page
from carekraft_desktop.exchange import sign_in
from carekraft_desktop.hub import feed, serve
from carekraft_desktop.hub.app import create_app
from carekraft_desktop.hub.database import Database
from carekraft_desktop.hub.exchange import Exchange
from carekraft_desktop.hub.now import Now, Shifted
from carekraft_desktop.hub.sandbox.office import OFFICE_ID, Office, Size, make_office, pour
from carekraft_desktop.hub.sandbox.sandbox import Sandbox
from carekraft_desktop.hub.settings import Settings
from tests.postgres import Postgres

T = TypeVar("T")

NOON = datetime(2026, 11, 24, 16, 30, tzinfo=UTC)
"""Half past ten of a Tuesday in the office, at which these exchanges stand still."""
SMALL = Size(patients=60, bookings=120, providers=2)

_counter = itertools.count(1)


def new_key() -> str:
    """A UUIDv7-shaped key that no other call gives."""
    return f"01939b3c-0000-7000-8000-{next(_counter):012x}"


@dataclass(slots=True)
class Desk:
    """A workstation that signed in, speaking plain requests."""

    hub: "Hub"
    client_id: str
    key: sign_in.PrivateKey
    session: requests.Session

    def get(self, path: str, **named: Any) -> requests.Response:
        """GET something of the own office."""
        return self.session.get(self.hub.office_url + path, timeout=40, **named)

    def post(self, path: str, body: object, **named: Any) -> requests.Response:
        """POST JSON to the own office."""
        data = body if isinstance(body, bytes) else encode(body)
        headers = {"Content-Type": "application/json"} | named.pop("headers", {})
        return self.session.post(
            self.hub.office_url + path, data=data, headers=headers, timeout=40, **named
        )

    def page(self, cursor: str = "", *, limit: int = 200, wait: int = 0) -> Page:
        """One page of the feed."""
        answer = self.get("/changes", params={"cursor": cursor, "limit": limit, "wait": wait})
        assert answer.status_code == 200, answer.text
        return decode(answer.content, Page)

    def everything(self, cursor: str = "", *, limit: int = 1_000) -> tuple[list[Item], str]:
        """All items from `cursor` on, and the cursor behind them."""
        items: list[Item] = []
        while True:
            page = self.page(cursor, limit=limit)
            items += page.items
            cursor = page.cursor
            if not page.more:
                return items, cursor

    def send(self, *commands: Command) -> list[Result]:
        """Deliver commands."""
        answer = self.post("/commands", Commands(commands=list(commands)))
        assert answer.status_code == 200, answer.text
        return decode(answer.content, Results).results


@dataclass(slots=True)
class Hub:
    """A running exchange with its sandbox."""

    url: str
    exchange: Exchange
    sandbox: Sandbox
    office: Office
    folder: Path
    """Where the database file is."""
    _stop: Callable[[], None]
    _sessions: list[requests.Session] = field(default_factory=list)
    _first: Desk | None = None

    @property
    def database(self) -> Database:
        """The exchange's tables."""
        return self.exchange.database

    @property
    def settings(self) -> Settings:
        """The exchange's choices, which may be changed."""
        return self.exchange.settings

    @property
    def office_url(self) -> str:
        """Where the office's own endpoints begin."""
        return f"{self.url}/v1/offices/{OFFICE_ID}"

    def now(self) -> datetime:
        """The exchange's time."""
        return self.exchange.now()

    def read(self, work: Callable[[Connection], T]) -> T:
        """Look into the tables."""
        return self.database.read(work)

    def write(self, work: Callable[[Connection], T]) -> T:
        """Change the tables, and wake who waits."""
        done = self.database.write(work)
        self.exchange.wakeups.tell(OFFICE_ID)
        return done

    def play(self, path: str, /, **body: object) -> dict[str, Any]:
        """Pull one of the sandbox's levers over HTTP, e.g. `play("patient/book")`."""
        answer = requests.post(f"{self.url}/sandbox/{path}", json=body, timeout=20)
        assert answer.status_code == 200, answer.text
        done: dict[str, Any] = answer.json()
        return done

    def session(self) -> requests.Session:
        """A session that is closed with the exchange."""
        session = requests.Session()
        self._sessions.append(session)
        return session

    def enrol(self, name: str = "Front desk") -> Desk:
        """Enrol a workstation and sign it in."""
        session = self.session()
        key = sign_in.new_key()
        enrolled = self.enrol_key(session, key, name)
        desk = Desk(self, enrolled.client_id, key, session)
        session.headers["Authorization"] = f"Bearer {self.token(desk).access_token}"
        return desk

    def enrolled(self) -> Desk:
        """One workstation, the same at every call."""
        if self._first is None:
            self._first = self.enrol()
        return self._first

    def enrol_key(self, session: requests.Session, key: sign_in.PrivateKey, name: str) -> Enrolled:
        """Trade a fresh code for a place."""
        code = self.sandbox.issue_code()
        url = self.settings.enrol_endpoint
        proof = sign_in.proof(key, code=code, enrol_url=url, now=self.now(), jti=new_key())
        wanted = EnrolRequest(code=code, name=name, key=sign_in.public_key(key), proof=proof)
        headers = {"Content-Type": "application/json"}
        answer = session.post(url, data=encode(wanted), headers=headers, timeout=20)
        assert answer.status_code == 201, answer.text
        return decode(answer.content, Enrolled)

    def token(self, desk: Desk) -> Token:
        """A fresh access token for a workstation."""
        assertion = sign_in.assertion(
            desk.key,
            client_id=desk.client_id,
            token_url=self.settings.token_endpoint,
            now=self.now(),
            jti=new_key(),
        )
        answer = self.sign_in(assertion, desk.session)
        assert answer.status_code == 200, answer.text
        return decode(answer.content, Token)

    def sign_in(self, assertion: str, session: requests.Session | None = None) -> requests.Response:
        """Try to sign in with that assertion."""
        form = {
            "grant_type": "client_credentials",
            "client_assertion_type": ASSERTION_TYPE,
            "client_assertion": assertion,
        }
        url = self.settings.token_endpoint
        return (session or self.session()).post(url, data=form, timeout=20)

    def stop(self) -> None:
        """Stop serving; the database file stays."""
        for session in self._sessions:
            session.close()
        self._stop()


@lru_cache(maxsize=8)
def _filled(seed: int, at: datetime, size: Size) -> tuple[Office, bytes]:
    """An office and the file of an exchange that has it; made once, copied for each test."""
    with TemporaryDirectory() as folder:
        path = Path(folder) / "exchange.db"
        database = Database(f"sqlite:///{path}")
        database.create()
        office = make_office(seed, at, size)
        database.write(lambda connection: pour(connection, office))
        database.close()
        return office, path.read_bytes()


def filled_database(
    folder: Path, seed: int, at: datetime, size: Size, server: Postgres | None = None
) -> tuple[Database, Office]:
    """Tables of an exchange with an invented office, with an epoch of their own.

    On `server` where one is given, else as an SQLite file in `folder`.
    """
    if server is not None:
        return _filled_on(server, seed, at, size)
    office, file = _filled(seed, at, size)
    path = folder / "exchange.db"
    path.write_bytes(file)
    database = Database(f"sqlite:///{path}")
    database.write(feed.new_epoch)
    return database, office


def _filled_on(server: Postgres, seed: int, at: datetime, size: Size) -> tuple[Database, Office]:
    """The same on PostgreSQL: poured once, then copied by the server."""
    office = make_office(seed, at, size)
    if (seed, at, size) not in server.templates:
        name = server.database()
        database = Database(server.url(name))
        database.create()
        database.write(lambda connection: pour(connection, office))
        database.close()
        server.templates[seed, at, size] = name
    copy = server.database(like=server.templates[seed, at, size])
    database = Database(server.url(copy))
    database.write(feed.new_epoch)
    return database, office


def start_hub(
    folder: Path,
    *,
    seed: int = 7,
    size: Size = SMALL,
    now: Now = lambda: NOON,
    office_at: datetime | None = None,
    per_minute: float = 0.0,
    server: Postgres | None = None,
) -> Hub:
    """Start an exchange with an invented office; `now` is its clock, the default stands still.

    `server`: the PostgreSQL to keep it on; SQLite in `folder` without one.
    """
    database, office = filled_database(folder, seed, office_at or now(), size, server)
    place = serve.bind("127.0.0.1", 0)
    clock = Shifted(now)
    exchange = Exchange(database, Settings(url=serve.address(place)), now=clock)
    sandbox = Sandbox(exchange, clock, seed=seed, per_minute=per_minute)
    background = serve.Background(create_app(exchange, sandbox), exchange, place)
    return Hub(background.url, exchange, sandbox, office, folder, background.stop)


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    """A small office's exchange, its clock standing still at NOON."""
    running = start_hub(tmp_path)
    yield running
    running.stop()
