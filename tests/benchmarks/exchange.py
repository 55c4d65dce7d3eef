"""The reference exchange as a process of its own, its feed filled before the first request.

Run as a module it serves; `running` starts that and ends it.
"""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from carekraft_desktop.contract.enrolment import Enrolled
from carekraft_desktop.exchange.gateway import Device, ExchangeGateway, enrol
from carekraft_desktop.machine import SystemIds
from tests.benchmarks import feed
from tests.benchmarks.sample import NOON
from tests.fakes.clock import FakeClock

OFFICE = "office-1"


@dataclass(frozen=True, slots=True)
class Exchange:
    """A running one."""

    url: str
    enrolled: Enrolled
    device: Device

    def gateway(self) -> ExchangeGateway:
        """The workstation's side, not signed in yet."""
        return ExchangeGateway(self.url, self.device, clock=FakeClock(NOON), ids=SystemIds())


@contextmanager
def running(folder: Path, bookings: int) -> Iterator[Exchange]:
    """An exchange with so many bookings in its feed, and one workstation enrolled."""
    command = [sys.executable, "-m", "tests.benchmarks.exchange", str(folder), str(bookings)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        try:
            said = json.loads(process.stdout.readline() if process.stdout else "")
            enrolled, device = enrol(
                said["url"], code=said["code"], name="Bench", clock=FakeClock(NOON), ids=SystemIds()
            )
            yield Exchange(said["url"], enrolled, device)
        finally:
            process.terminate()


def serve(folder: Path, bookings: int) -> None:
    """Fill and serve until a signal comes; says where, and a code to enrol with."""
    from sqlalchemy import Connection, insert

    from carekraft_desktop.hub import enrol as hub_enrol
    from carekraft_desktop.hub import feed as hub_feed
    from carekraft_desktop.hub import serve as serving
    from carekraft_desktop.hub import tables
    from carekraft_desktop.hub.app import create_app
    from carekraft_desktop.hub.database import Database
    from carekraft_desktop.hub.exchange import Exchange as Hub
    from carekraft_desktop.hub.settings import Settings

    def fill(connection: Connection, items: Sequence[hub_feed.Change]) -> None:
        hub_feed.fill(connection, OFFICE, items, NOON)

    database = Database(f"sqlite:///{folder / 'exchange.db'}")
    database.create()

    def begin(connection: Connection) -> str:
        connection.execute(
            insert(tables.office).values(office_id=OFFICE, name="Lakeside", zone="UTC")
        )
        hub_feed.open_feed(connection, OFFICE)
        return hub_enrol.issue(connection, OFFICE, NOON)

    code = database.write(begin)
    changes = (
        hub_feed.Change(kind=item.kind, id=item.id, body=bytes(item.data).decode())  # type: ignore[arg-type]
        for items in (feed.office(), feed.people(bookings))
        for item in items
    )
    while batch := list(islice(changes, 20_000)):
        database.write(partial(fill, items=batch))
    place = serving.bind("127.0.0.1", 0)
    settings = Settings(url=serving.address(place), page_bytes=3 * 1024 * 1024)
    hub = Hub(database, settings, now=lambda: NOON)

    def ready() -> None:
        sys.stdout.write(json.dumps({"url": settings.url, "code": code}) + "\n")
        sys.stdout.flush()

    serving.run(serving.Server(ReadyPages(create_app(hub)), hub, ready=ready), place)


class ReadyPages:
    """Answers a page of the feed that was asked for before from memory: only we are measured."""

    def __init__(self, app: ASGIApp) -> None:
        """`app`: the whole exchange, compression included."""
        self._app = app
        self._kept: dict[bytes, list[Message]] = {}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        query = scope.get("query_string", b"")
        if b"cursor=" not in query:
            await self._app(scope, receive, send)
            return
        if query not in self._kept:
            said: list[Message] = []

            async def keep(message: Message) -> None:
                said.append(message)

            await self._app(scope, receive, keep)
            if said[0]["status"] == 200:
                self._kept[query] = said
            for message in said:
                await send(message)
            return
        for message in self._kept[query]:
            await send(message)


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]))
