"""Many invented offices: the same seed gives the same day, however fast and by however many threads."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from carekraft_desktop.hub import command, tables
from carekraft_desktop.hub.database import Database
from carekraft_desktop.hub.sandbox import crowd
from carekraft_desktop.hub.sandbox.crowd import Inhabited
from carekraft_desktop.hub.sandbox.office import Size
from tests.hub_fixture import NOON
from tests.unit.hub.bench import Bench

TINY = Size(patients=8, bookings=10, providers=1, weeks_back=1, weeks_ahead=1)
OFFICES = 5


@pytest.fixture
def places(tmp_path: Path) -> Iterator[list[Database]]:
    """Two exchanges with the same invented offices."""
    made = []
    for name in "ab":
        database = Database(f"sqlite:///{tmp_path / name}.db")
        database.create()
        crowd.fill(database, OFFICES, seed=3, at=NOON, size=TINY)
        made.append(database)
    yield made
    for database in made:
        database.close()


def items(database: Database) -> list[Any]:
    """Every item of every office, to the last byte."""
    table = tables.item
    query = select(table).order_by(table.c.office_id, table.c.seq)
    return database.read(lambda c: [tuple(row) for row in c.execute(query)])


def events(database: Database, seed: int = 3) -> list[crowd.Event]:
    ids = database.read(crowd.offices)
    return list(crowd.day(ids, seed=seed, on=NOON.date(), acts=12))


def test_a_day_that_is_played_again_ends_in_the_same_feeds(places: list[Database]) -> None:
    first, second = places
    assert items(first) == items(second)
    assert events(first) == events(second) != events(first, seed=4)
    quick = crowd.play(first, events(first), seed=3, threads=4)
    paced = crowd.play(second, events(second), seed=3, speed=100_000.0, threads=1)
    assert quick.acts == paced.acts
    assert items(first) == items(second)
    assert quick.acts["book"] > 10
    assert sum(quick.acts.values()) == len(events(first))


def test_offices_that_are_there_are_left_as_they_are(places: list[Database]) -> None:
    before = items(places[0])
    assert crowd.fill(places[0], OFFICES, seed=9, at=NOON, size=TINY) == 0
    assert items(places[0]) == before
    assert crowd.fill(places[0], OFFICES + 1, seed=9, at=NOON, size=TINY) == 1


def test_a_day_has_its_noon_and_its_night(places: list[Database]) -> None:
    hours = Counter(event.at.hour for event in events(places[0]) * 1)
    assert sum(hours[hour] for hour in range(7, 18)) > sum(hours.values()) * 0.7
    moments = [event.at for event in events(places[0])]
    assert moments == sorted(moments)


def test_nobody_invented_moves_in_where_somebody_real_lives(bench: Bench) -> None:
    with pytest.raises(Inhabited):
        crowd.fill(bench.database, 1, seed=1, at=NOON)


def test_the_command_fills_and_plays(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    database = ("--database", f"sqlite:///{tmp_path / 'x.db'}")
    small = ("--offices", "2", "--patients", "6", "--bookings", "6")
    assert command.main(["public", "fill", *small, *database]) == 0
    assert "2 offices made" in capsys.readouterr().out
    assert command.main(["public", "play", "--speed", "0", "--acts", "5", *database]) == 0
    assert "in 2 offices" in capsys.readouterr().out
    named = ("--name", "Harbor Clinic", "--zone", "America/New_York")
    assert command.main(["office", "add", "real", *named, *database]) == 0
    assert command.main(["public", "fill", *small, *database]) == 6
