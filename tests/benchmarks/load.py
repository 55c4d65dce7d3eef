"""`python3 dev.py load`: what polls, pages and bookings cost an exchange on a real PostgreSQL.

Everything runs on this machine, over loopback, a fixed number of requests each. The result is
CPU for each request, of the exchange's processes and of PostgreSQL's, and its ratio to a server
that does the least (`stub.py`), in the same run. Rates by the clock depend on how busy the
machine is and on the clients, which use the same cores.
"""

import argparse
import hashlib
import http.client
import itertools
import json
import os
import secrets
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from urllib.parse import urlsplit

from sqlalchemy import Connection, insert, select

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.commands import Actor, Command, Commands, CommandType
from carekraft_desktop.hub import feed, tables
from carekraft_desktop.hub.database import Database
from carekraft_desktop.hub.now import seconds, utc_now
from carekraft_desktop.hub.sandbox import acts, crowd
from carekraft_desktop.hub.sandbox.acts import NotPossible
from carekraft_desktop.hub.sandbox.chance import Chance
from carekraft_desktop.hub.sandbox.office import Size
from tests.postgres import Postgres, programs

CLIENTS = 8
ROUNDS = 3
POLLS, PAGES, BOOKINGS = 800, 120, 160
SMALL = Size(patients=60, bookings=90, providers=2, weeks_back=1, weeks_ahead=2)
OUTPUT = Path("bench-output/load.json")
TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


@dataclass(frozen=True)
class Row:
    """One kind of request in one setting: medians of the rounds."""

    what: str
    offices: int
    workers: int
    rate: float
    """Requests a second by the clock."""
    api: float
    """CPU seconds of the exchange's processes for one."""
    postgres: float
    """CPU seconds of PostgreSQL for one."""
    ratio: float
    """Requests a CPU second of ours to those of the least server; nan where it has none."""
    middle: float
    """Milliseconds to the answer, median."""
    late: float
    """The same, 99 of 100."""


@dataclass(frozen=True)
class Ask:
    """One request."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes | None = None


def cpu_of(root: int) -> float:
    """CPU seconds of a process and of all that it started."""
    children: dict[int, list[int]] = {}
    used: dict[int, float] = {}
    for path in Path("/proc").iterdir():
        if not path.name.isdigit():
            continue
        try:
            fields = (path / "stat").read_text().rpartition(")")[2].split()
        except OSError:
            continue
        children.setdefault(int(fields[1]), []).append(int(path.name))
        # Own time and that of children that have ended.
        used[int(path.name)] = sum(map(int, fields[11:15])) / TICKS
    total, left = 0.0, [root]
    while left:
        pid = left.pop()
        total += used.get(pid, 0.0)
        left += children.get(pid, [])
    return total


@contextmanager
def serving(*command: str) -> Iterator[tuple[str, int]]:
    """A server in a process of its own: its address and process id."""
    with subprocess.Popen(
        [sys.executable, "-m", *command], stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            yield json.loads(process.stdout.readline())["url"], process.pid
        finally:
            process.terminate()
            process.wait(30)


def send(url: str, asks: Sequence[Ask]) -> tuple[float, list[float]]:
    """Send requests from some clients side by side; seconds in all, milliseconds of each."""
    where = urlsplit(url)

    def client(mine: Sequence[Ask]) -> list[float]:
        connection = http.client.HTTPConnection(str(where.hostname), where.port, timeout=30)
        took = []
        for ask in mine:
            began = time.perf_counter()
            connection.request(ask.method, ask.path, body=ask.body, headers=ask.headers)
            answer = connection.getresponse()
            answer.read()
            took.append((time.perf_counter() - began) * 1_000)
            assert answer.status == 200, answer.status
        connection.close()
        return took

    began = time.perf_counter()
    with ThreadPoolExecutor(CLIENTS) as pool:
        done = [pool.submit(client, asks[n::CLIENTS]) for n in range(CLIENTS)]
        each = [took for result in done for took in result.result()]
    return time.perf_counter() - began, each


class World:
    """A filled exchange on PostgreSQL, and one signed-in workstation for each office."""

    def __init__(self, server: Postgres) -> None:
        self.server = server
        self.url = server.url(server.database())
        self.database = Database(self.url, pool=4)
        self.database.create()
        self.tokens: dict[str, str] = {}
        self._at = utc_now()
        self._chance = Chance("load")
        self._keys = itertools.count(1)
        self.postmaster = server._process.pid if server._process else 0

    def grow(self, offices: int) -> list[str]:
        """Have so many offices; their ids."""
        crowd.fill(self.database, offices, seed=1, at=self._at, size=SMALL)
        ids = [crowd.office_id(n) for n in range(1, offices + 1)]
        missing = [each for each in ids if each not in self.tokens]

        def sign_in(connection: Connection) -> None:
            for id_ in missing:
                self.tokens[id_] = secrets.token_urlsafe(32)
                client = f"ws-{id_}"
                row = {"client_id": client, "office_id": id_, "name": "Load", "jwk": "{}"}
                connection.execute(
                    insert(tables.device).values(**row, enrolled_at=seconds(self._at))
                )
                connection.execute(
                    insert(tables.token).values(
                        token_hash=hashlib.sha256(self.tokens[id_].encode()).hexdigest(),
                        client_id=client,
                        expires_at=seconds(self._at) + 86_400,
                    )
                )

        self.database.write(sign_in)
        return ids

    def headers(self, office: str) -> dict[str, str]:
        """Of a workstation of that office."""
        return {"Authorization": f"Bearer {self.tokens[office]}"}

    def polls(self, offices: Sequence[str], count: int) -> list[Ask]:
        """Asking when nothing has changed."""
        epoch = self.database.read(feed.current_epoch)
        heads = self.database.read(lambda c: feed.heads(c, offices))
        asks = []
        for office in itertools.islice(itertools.cycle(offices), count):
            cursor = feed.make_cursor(epoch, heads[office])
            path = f"/v1/offices/{office}/changes?limit=500&wait=0&cursor={cursor}"
            asks.append(Ask("GET", path, self.headers(office)))
        return asks

    def pages(self, offices: Sequence[str], count: int) -> list[Ask]:
        """Pages of five hundred items."""
        return [
            Ask("GET", f"/v1/offices/{office}/changes?limit=500", self.headers(office))
            for office in itertools.islice(itertools.cycle(offices), count)
        ]

    def bookings(self, offices: Sequence[str], count: int) -> list[Ask]:
        """Answers to requests that patients have just made."""
        asks = []
        for office in itertools.islice(itertools.cycle(offices), count):
            booking = self._request(office)
            command = Command(
                f"01939b3c-0000-7000-8000-{next(self._keys):012x}",
                CommandType.ACCEPT,
                booking,
                1,
                Actor("staff", "ws"),
                self._at,
            )
            headers = self.headers(office) | {"Content-Type": "application/json"}
            body = encode(Commands([command]))
            asks.append(Ask("POST", f"/v1/offices/{office}/commands", headers, body))
        return asks

    def _request(self, office: str) -> str:
        """A patient asks for some free time; where none is left, one is given back first."""
        try:
            return self._book(office)
        except NotPossible:
            self.database.write(lambda c: self._free_some(c, office))
            return self._book(office)

    def _book(self, office: str) -> str:
        return self.database.write(lambda c: acts.book(c, self._chance, office, self._at))

    def _free_some(self, connection: Connection, office: str) -> None:
        booking = tables.booking
        wanted = (booking.c.office_id == office) & (booking.c.start_at > seconds(self._at))
        ids = connection.scalars(
            select(booking.c.id).where(wanted, booking.c.status.in_(("booked", "proposed")))
        ).all()
        for id_ in ids[:40]:
            acts.cancel(connection, office, id_, self._at)


def measure(
    world: World, offices: Sequence[str], workers: int, stub: tuple[str, int]
) -> Iterator[Row]:
    """All kinds of requests in one setting; ours and the least server's in turn."""
    command = ["carekraft_desktop", "hub", "serve", "--database", world.url]
    options = ["--workers", str(workers), "--connections", str(max(4, 24 // workers))]
    with serving(*command, *options) as ours:
        kinds: list[tuple[str, Callable[[], list[Ask]], str]] = [
            ("idle poll", lambda: world.polls(offices, POLLS), "/poll/"),
            ("page of 500 items", lambda: world.pages(offices, PAGES), "/page/"),
            ("booking answered", lambda: world.bookings(offices, BOOKINGS), ""),
        ]
        send(ours[0], world.polls(offices, 60))
        for what, make, limit in kinds:
            rounds = []
            for _ in range(ROUNDS):
                asks = make()
                bare = [Ask("GET", limit + ask.path.split("/")[3], {}) for ask in asks]
                least = _costs(world, stub, bare) if limit else None
                mine = _costs(world, ours, asks)
                rounds.append((mine, least))
            yield _row(what, len(offices), workers, rounds)


@dataclass(frozen=True)
class Costs:
    """Of one round."""

    rate: float
    api: float
    postgres: float
    times: list[float]


def _costs(world: World, server: tuple[str, int], asks: list[Ask]) -> Costs:
    url, pid = server
    api, postgres = cpu_of(pid), cpu_of(world.postmaster)
    took, times = send(url, asks)
    count = len(asks)
    return Costs(
        count / took,
        (cpu_of(pid) - api) / count,
        (cpu_of(world.postmaster) - postgres) / count,
        times,
    )


def _row(what: str, offices: int, workers: int, rounds: list[tuple[Costs, Costs | None]]) -> Row:
    ratios = [least.api / mine.api for mine, least in rounds if least and mine.api]
    times = sorted(took for mine, _ in rounds for took in mine.times)
    return Row(
        what,
        offices,
        workers,
        statistics.median(mine.rate for mine, _ in rounds),
        statistics.median(mine.api for mine, _ in rounds),
        statistics.median(mine.postgres for mine, _ in rounds),
        statistics.median(ratios) if ratios else float("nan"),
        statistics.median(times),
        times[int(len(times) * 0.99)],
    )


def line(row: Row) -> str:
    """One row for people."""
    ratio = f"{row.ratio:.2f}x the least server" if row.ratio == row.ratio else "no limit beside it"
    return (
        f"{row.offices:5} offices, {row.workers} workers  {row.what:18} "
        f"{row.api * 1e3:6.2f} ms API + {row.postgres * 1e3:5.2f} ms PostgreSQL; {ratio}; "
        f"{row.rate:6.0f}/s here, {row.middle:.0f} ms (p99 {row.late:.0f})"
    )


def main(argv: Sequence[str] | None = None) -> int:
    """Measure and print; figures go into a file, too."""
    parser = argparse.ArgumentParser(
        prog="dev.py load", description=(__doc__ or "").split("\n\n")[1]
    )
    parser.add_argument("--offices", default="10,100,1000", metavar="N,N", help="[%(default)s]")
    parser.add_argument("--workers", default="1,2,4", metavar="N,N", help="[%(default)s]")
    parser.add_argument("--json", type=Path, default=OUTPUT, metavar="FILE")
    chosen = parser.parse_args(argv)
    found = programs()
    if found is None or not Path("/proc").exists():
        print("It needs a PostgreSQL server's programs and Linux's /proc.", file=sys.stderr)
        return 3
    sizes = [int(word) for word in chosen.offices.split(",")]
    counts = [int(word) for word in chosen.workers.split(",")]
    server = Postgres.make(found)
    rows: list[Row] = []
    try:
        server.start()
        world = World(server)
        address = world.url.replace("+psycopg", "")
        with serving("tests.benchmarks.stub", address) as stub:
            for size in sizes:
                offices = world.grow(size)
                # How it grows with offices is asked of one worker, with workers of one size.
                for workers in counts if size == sizes[len(sizes) // 2] else counts[:1]:
                    for row in measure(world, offices, workers, stub):
                        print(line(row), flush=True)
                        rows.append(row)
        world.database.close()
    finally:
        server.remove()
    chosen.json.parent.mkdir(parents=True, exist_ok=True)
    chosen.json.write_text(json.dumps([asdict(row) for row in rows], indent=1) + "\n")
    print(f"\nFigures are in {chosen.json}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
