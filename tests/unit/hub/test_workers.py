"""`hub serve --workers`: several processes on one port, watched, counted together, ended together."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
import requests

from carekraft_desktop.exchange.gateway import ExchangeGateway, enrol
from carekraft_desktop.hub import command, operating, workers
from carekraft_desktop.hub.database import Database
from carekraft_desktop.hub.now import steady, utc_now
from carekraft_desktop.machine import SystemClock, SystemIds
from tests.postgres import Postgres
from tests.unit.hub.test_command import ROOT

pytestmark = pytest.mark.skipif(not workers.POSSIBLE, reason="this system has no such signals")


@contextmanager
def crew(url: str, count: int = 2, *more: str) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The command with workers, and its address."""
    arguments = ["hub", "serve", "--database", url, "--workers", str(count)]
    process = subprocess.Popen(
        [sys.executable, "-m", "carekraft_desktop", *arguments, "--connections", "3", *more],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    with process:
        try:
            assert process.stdout is not None
            said: dict[str, Any] = json.loads(process.stdout.readline())
            assert said["workers"] == count
            yield said["url"], process
        finally:
            process.kill()


def children(process: "subprocess.Popen[str]") -> set[int]:
    """The workers, by the system's own list."""
    listed = Path(f"/proc/{process.pid}/task/{process.pid}/children")
    return {int(each) for each in listed.read_text().split()}


def ask(url: str, path: str = "/v1/meta") -> requests.Response:
    """Over a connection of its own, which any worker may take."""
    return requests.get(url + path, timeout=20)


def eventually(true: Any, seconds: float = 20.0) -> None:
    until = steady() + seconds
    while not true():
        assert steady() < until, "it did not happen"
        subprocess.run(["sleep", "0.05"], check=True)


def counted(url: str) -> float:
    """Requests for /v1/meta, as /metrics has them."""
    lines = ask(url, "/metrics").text.splitlines()
    wanted = 'carekraft_requests_total{route="/v1/meta",status="200"}'
    return next(float(line.rpartition(" ")[2]) for line in lines if line.startswith(wanted))


def test_workers_share_a_port_and_their_figures_are_one_and_a_poll_ends_with_them(
    postgres: Postgres,
) -> None:
    url = postgres.url(postgres.database())
    with crew(url) as (address, process), ThreadPoolExecutor(1) as pool:
        assert len(children(process)) == 2
        epochs = {ask(address).json()["epoch"] for _ in range(40)}
        assert len(epochs) == 1
        # Told after its answer was sent: a moment later than the client knows.
        eventually(lambda: counted(address) == 40)
        gateway = signed_in(url, address)
        page = gateway.changes("", limit=10, wait=0)
        assert page is not None
        waiting = pool.submit(gateway.changes, page.cursor, limit=10, wait=25)
        eventually(lambda: waiting.running() and _under_way(address) >= 2)
        began = steady()
        process.send_signal(signal.SIGTERM)
        empty = waiting.result(20)
        assert empty is not None
        assert not empty.items
        assert process.wait(20) == 0
        assert steady() - began < 15
        gateway.close()
        assert process.stderr is not None
        assert process.stderr.read() == ""


def test_a_worker_that_dies_is_replaced_and_all_end_with_their_parent(postgres: Postgres) -> None:
    with crew(postgres.url(postgres.database()), 2, "--log", "json") as (address, process):
        dead = min(children(process))
        os.kill(dead, signal.SIGKILL)
        eventually(lambda: len(children(process) - {dead}) == 2)
        eventually(lambda: all(_answers(address) for _ in range(6)))
        orphans = children(process)
        process.kill()
        process.wait(20)
        eventually(lambda: not any(_runs(each) for each in orphans))
        assert process.stderr is not None
        said = process.stderr.read()
        assert "Traceback" not in said
        told = json.loads(said.splitlines()[0])
        assert (told["event"], told["code"], told["worker"]) == ("a worker ended", -9, dead)


def signed_in(url: str, address: str) -> ExchangeGateway:
    """A workstation of a new office."""
    database = Database(url, pool=1)
    named = {"name": "Clinic", "zone": "America/Chicago", "phone": ""}
    database.write(lambda c: operating.add_office(c, "o-1", at=utc_now(), **named))
    code = database.write(lambda c: operating.issue_code(c, "o-1", utc_now()))
    database.close()
    clock, ids = SystemClock(), SystemIds()
    _, device = enrol(address, code=code, name="Desk", clock=clock, ids=ids)
    return ExchangeGateway(address, device, clock=clock, ids=ids)


def _under_way(address: str) -> float:
    lines = ask(address, "/metrics").text.splitlines()
    return sum(
        float(line.rpartition(" ")[2])
        for line in lines
        if line.startswith("carekraft_requests_under_way")
    )


@pytest.mark.parametrize(
    "arguments",
    [
        ["--workers", "2"],
        ["--workers", "2", "--database", "sqlite:////tmp/x.db"],
        ["--workers", "2", "--sandbox", "--database", "postgresql+psycopg://h/x"],
        ["--workers", "0"],
        ["--workers", "65"],
    ],
)
def test_what_workers_cannot_do_is_refused(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["serve", *arguments]) == 2
    assert "worker" in capsys.readouterr().err


def test_a_database_that_is_not_there_ends_all(capsys: pytest.CaptureFixture[str]) -> None:
    url = "postgresql+psycopg://nobody@127.0.0.1:9/x"
    assert command.main(["serve", "--workers", "2", "--database", url]) == 3
    assert "cannot be opened" in capsys.readouterr().err


def _answers(address: str) -> bool:
    with suppress(requests.RequestException):
        return ask(address).ok
    return False


def _runs(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
