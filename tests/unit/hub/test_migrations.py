"""The exchange's schema by its steps: what they make is what the tables say, on both engines."""

import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, insert, select, text

from carekraft_desktop.hub import feed, migrations, tables
from carekraft_desktop.hub.database import Database, MadeByNewer
from carekraft_desktop.hub.migrations import Standing, standing
from tests.postgres import Postgres


@pytest.fixture
def url(tmp_path: Path, server: Postgres | None) -> str:
    """An empty database."""
    if server is None:
        return f"sqlite:///{tmp_path / 'exchange.db'}"
    return server.url(server.database())


@pytest.fixture
def database(url: str) -> Iterator[Database]:
    made = Database(url)
    yield made
    made.close()


def differences(connection: Connection) -> list[object]:
    """What the tables say beyond what is there; comments are for people who read the code."""
    context = MigrationContext.configure(
        connection, opts={"version_table": migrations.VERSION_TABLE}
    )
    found = compare_metadata(context, tables.metadata)
    return [each for each in found if "comment" not in str(each[0])]


def test_the_steps_make_what_the_tables_say(database: Database) -> None:
    assert database.read(standing) is Standing.EMPTY
    database.create()
    assert database.read(standing) is Standing.CURRENT
    assert database.read(differences) == []


def test_a_missing_step_is_noticed(database: Database) -> None:
    database.write(lambda connection: migrations.upgrade(connection, to="0001"))
    assert database.read(standing) is Standing.BEHIND
    assert database.read(differences) != []


def test_a_database_from_before_the_steps_keeps_everything(database: Database) -> None:
    database.write(lambda connection: migrations.upgrade(connection, to="0001"))

    def as_before(connection: Connection) -> None:
        connection.execute(text(f"DROP TABLE {migrations.VERSION_TABLE}"))
        connection.execute(insert(tables.exchange).values(name="epoch", value="cafe0001"))
        connection.execute(
            text(
                "INSERT INTO letter (office_id, request_id, patient_id, permission_id, message,"
                " link, at) VALUES ('o', 'r', 'p', 'm', '{}', 'l', 1)"
            )
        )

    database.write(as_before)
    assert database.read(standing) is Standing.BEHIND
    database.create()
    assert database.read(feed.current_epoch) == "cafe0001"
    assert database.read(lambda c: c.scalar(select(tables.letter.c.link))) == "l"
    assert database.read(differences) == []


def test_a_database_of_a_newer_version_is_left_alone(database: Database) -> None:
    database.create()
    later = text(f"UPDATE {migrations.VERSION_TABLE} SET version_num = '9999'")
    database.write(lambda connection: connection.execute(later))
    assert database.read(standing) is Standing.AHEAD
    with pytest.raises(MadeByNewer):
        database.create()


def test_processes_that_start_together_make_one_schema(url: str) -> None:
    places = [Database(url) for _ in range(4)]
    failed: list[Exception] = []

    def create(place: Database) -> None:
        try:
            place.create()
        except Exception as error:  # noqa: BLE001 - whatever it is, it is told of below
            failed.append(error)

    threads = [threading.Thread(target=create, args=(place,)) for place in places]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert failed == []
    assert places[0].read(standing) is Standing.CURRENT
    epochs = {place.read(feed.current_epoch) for place in places}
    for place in places:
        place.close()
    assert len(epochs) == 1
