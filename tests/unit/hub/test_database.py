"""Transactions: writers of several processes take turns, and a stuck database is a clear answer."""

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from sqlalchemy import Connection, select, update
from sqlalchemy.exc import DBAPIError, IntegrityError

from carekraft_desktop.contract.commands import CommandType, ResultStatus
from carekraft_desktop.hub import database, tables
from carekraft_desktop.hub.database import Busy, Database
from tests.hub_fixture import Hub
from tests.unit.hub.bench import Bench, make_bench, make_command


@contextmanager
def held(path: Path) -> Iterator[None]:
    """Another process holds the database."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        yield
        other.execute("ROLLBACK")


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Give up on a held database within moments."""
    monkeypatch.setattr(database, "BUSY_MILLISECONDS", 1)
    monkeypatch.setattr(database, "TRIES", 2)


def test_writers_of_two_processes_never_have_to_begin_again(tmp_path: Path) -> None:
    bench = make_bench(tmp_path)
    places = [bench.database, Database(bench.database.url)]
    begun: list[int] = []

    def work(connection: Connection) -> None:
        begun.append(1)
        last = connection.execute(select(tables.feed.c.last_seq)).scalar_one()
        connection.execute(update(tables.feed).values(last_seq=last + 1))

    def write(place: Database) -> None:
        for _ in range(40):
            place.write(work)

    before = bench.read(lambda connection: connection.scalar(select(tables.feed.c.last_seq)))
    threads = [threading.Thread(target=write, args=(place,)) for place in places]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    after = bench.read(lambda connection: connection.scalar(select(tables.feed.c.last_seq)))
    for place in places:
        place.close()
    assert (before or 0) + 80 == after
    assert len(begun) == 80, "a transaction failed and had to be run again"


@pytest.mark.usefixtures("impatient")
def test_a_held_database_is_busy_and_then_works_again(tmp_path: Path) -> None:
    bench = make_bench(tmp_path)
    booking = bench.book()
    with held(tmp_path / "exchange.db"):
        with pytest.raises(Busy):
            bench.write(
                lambda connection: connection.execute(update(tables.feed).values(min_seq=0))
            )
        command = make_command(CommandType.ACCEPT, booking, 1)
        result = bench.send(command)[0]
        assert result.status is ResultStatus.DEFERRED
        follower = make_command(CommandType.ARRIVE, booking, 2, after=command.key)
        assert [each.status for each in bench.send(command, follower)] == [
            ResultStatus.DEFERRED
        ] * 2
    assert bench.send(command)[0].status is ResultStatus.APPLIED
    bench.database.close()


def test_mistakes_are_not_repeated(bench: Bench) -> None:
    tries: list[int] = []

    def work(connection: Connection) -> None:
        tries.append(1)
        for _ in range(2):
            connection.execute(tables.exchange.insert().values(name="twice", value="x"))

    with pytest.raises(IntegrityError):
        bench.write(work)
    assert len(tries) == 1
    assert (
        bench.read(
            lambda connection: connection.execute(
                select(tables.exchange).where(tables.exchange.c.name == "twice")
            ).all()
        )
        == []
    )


class Postgres(Exception):
    """An error as PostgreSQL's drivers raise it."""

    def __init__(self, sqlstate: str) -> None:
        super().__init__()
        self.sqlstate = sqlstate


@pytest.mark.parametrize(("state", "tries"), [("40001", 3), ("40P01", 3), ("23505", 1)])
def test_serialisation_failures_are_run_again(bench: Bench, state: str, tries: int) -> None:
    seen: list[int] = []

    def work(_connection: Connection) -> str:
        seen.append(1)
        if len(seen) < 3:
            statement = "x"
            raise DBAPIError(statement, None, Postgres(state))
        return "done"

    if tries == 3:
        assert bench.write(work) == "done"
    else:
        with pytest.raises(DBAPIError):
            bench.write(work)
    assert len(seen) == tries


def test_a_database_in_memory_is_refused() -> None:
    for url in ("sqlite://", "sqlite:///:memory:"):
        with pytest.raises(ValueError, match="file"):
            Database(url)


def test_a_busy_exchange_asks_for_patience(hub: Hub, monkeypatch: pytest.MonkeyPatch) -> None:
    desk = hub.enrol()

    def busy(*_: object) -> None:
        raise Busy

    monkeypatch.setattr(hub.database, "write", busy)
    answer = desk.post("/acks", b'{"cursor":""}')
    assert (answer.status_code, answer.headers["Retry-After"]) == (503, "1")
    assert answer.json()["type"] == "urn:carekraft:problem:unavailable"
