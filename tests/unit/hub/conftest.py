"""Fixtures of the exchange's tests; each runs on SQLite and on a real PostgreSQL."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.hub_fixture import Hub, start_hub
from tests.postgres import Postgres
from tests.unit.hub.bench import Bench, make_bench


@pytest.fixture(params=["sqlite", "postgresql"])
def server(request: pytest.FixtureRequest) -> Postgres | None:
    """The PostgreSQL to use, None for SQLite."""
    if request.param == "sqlite":
        return None
    running: Postgres = request.getfixturevalue("postgres")
    return running


@pytest.fixture
def bench(tmp_path: Path, server: Postgres | None) -> Iterator[Bench]:
    """An exchange's tables with a small office, and no server."""
    made = make_bench(tmp_path, server)
    yield made
    made.database.close()
    if server is not None:
        server.drop(made.database.url)


@pytest.fixture
def hub(tmp_path: Path, server: Postgres | None) -> Iterator[Hub]:
    """A small office's exchange, its clock standing still at NOON."""
    running = start_hub(tmp_path, server=server)
    yield running
    running.stop()
    if server is not None:
        server.drop(running.database.url)
