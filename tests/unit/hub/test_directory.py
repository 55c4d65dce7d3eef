"""The directory over HTTP: who may read it, page by page, and what a hold says and does."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import msgspec
import pytest
import requests

from carekraft_desktop.contract.codec import decode, encode
from carekraft_desktop.contract.directory import (
    DirectoryPage,
    Entry,
    Held,
    HoldRequest,
    OpenTime,
    OpenTimes,
)
from carekraft_desktop.hub import command, holds, tables
from carekraft_desktop.hub.now import utc_now
from carekraft_desktop.hub.sandbox import world
from carekraft_desktop.hub.sandbox.office import OFFICE_ID
from tests.fakes.clock import FakeClock
from tests.hub_fixture import NOON, Desk, Hub, start_hub
from tests.postgres import Postgres

JSON = {"Content-Type": "application/json"}


@pytest.fixture
def hub(tmp_path: Path, server: Postgres | None) -> Iterator[Hub]:
    """An exchange with a directory."""
    running = start_hub(tmp_path, server=server)
    running.write(lambda c: world.pour(c, NOON, size=world.Size(offices=3, providers=20)))
    yield running
    running.stop()
    if server is not None:
        server.drop(running.database.url)


def ask(desk: Desk, path: str, **params: Any) -> requests.Response:
    return desk.session.get(f"{desk.hub.url}/v1/directory{path}", params=params, timeout=20)


def entries(desk: Desk) -> list[Entry]:
    page = decode(ask(desk, "/providers", limit=100).content, DirectoryPage)
    return [decode(raw, Entry) for raw in page.entries]


def times(desk: Desk, entry: Entry) -> list[OpenTime]:
    path = f"/providers/{entry.npi}/locations/{entry.location_id}/times"
    told = decode(ask(desk, path).content, OpenTimes)
    return [decode(raw, OpenTime) for raw in told.times]


def hold(desk: Desk, entry: Entry, slot_id: str, path: str = "holds") -> requests.Response:
    return desk.session.post(
        f"{desk.hub.url}/v1/directory/{path}",
        data=encode(HoldRequest(entry.npi, entry.location_id, slot_id)),
        headers=JSON,
        timeout=20,
    )


def test_only_who_is_signed_in_reads_the_directory(hub: Hub) -> None:
    answer = requests.get(f"{hub.url}/v1/directory/providers", timeout=20)
    assert answer.status_code == 401
    assert ask(hub.enrol(), "/providers").status_code == 200


def test_the_directory_comes_page_by_page_and_ends(hub: Hub) -> None:
    desk, place, found = hub.enrol(), 0, list[str]()
    while True:
        page = decode(ask(desk, "/providers", after=place, limit=7).content, DirectoryPage)
        found += [decode(raw, Entry).npi for raw in page.entries]
        place = page.place
        if not page.more:
            break
    assert len(set(found)) == len(found) == 20
    later = decode(ask(desk, "/providers", after=place).content, DirectoryPage)
    assert (later.entries, later.more, later.place) == ([], False, place)


@pytest.mark.parametrize(
    "path", ["/providers/1234567893/locations/x/times", "/providers/x/locations/y/times"]
)
def test_who_is_not_in_the_directory_has_no_times(hub: Hub, path: str) -> None:
    assert ask(hub.enrol(), path).status_code == 404


def test_a_held_slot_stays_in_ones_own_list_until_it_is_let_go(hub: Hub) -> None:
    desk = hub.enrol()
    entry = next(each for each in entries(desk) if times(desk, each))
    slot = times(desk, entry)[0].slot_id
    answer = hold(desk, entry, slot)
    assert answer.status_code == 201
    assert decode(answer.content, Held).slot_id == slot
    assert slot in [each.slot_id for each in times(desk, entry)]
    rows = hub.read(lambda c: c.execute(tables.hold.select()).all())
    assert list(rows[0]._mapping) == [
        "office_id",
        "slot_id",
        "by_office_id",
        "until",
    ]
    assert hold(desk, entry, slot, "releases").status_code == 204
    assert hub.read(lambda c: c.execute(tables.hold.select()).all()) == []
    assert hold(desk, entry, slot, "releases").status_code == 204


def test_a_slot_that_is_not_there_or_whose_name_tells_something_is_not_held(hub: Hub) -> None:
    desk = hub.enrol()
    entry = entries(desk)[0]
    assert hold(desk, entry, "nowhere").status_code == 404
    body = f'{{"npi":"{entry.npi}","location_id":"{entry.location_id}","slot_id":"MRI-LUMBAR"}}'
    answer = desk.session.post(
        f"{hub.url}/v1/directory/holds", data=body.encode(), headers=JSON, timeout=20
    )
    assert answer.status_code == 400


def test_a_hold_has_no_room_for_anything_else(hub: Hub) -> None:
    desk = hub.enrol()
    entry = entries(desk)[0]
    whole = encode(HoldRequest(entry.npi, entry.location_id, "s-1"))
    answer = desk.session.post(
        f"{hub.url}/v1/directory/holds",
        data=whole[:-1] + b',"patient":"p-1"}',
        headers=JSON,
        timeout=20,
    )
    assert answer.status_code == 400


def test_a_link_that_nobody_gave_takes_nothing_back(hub: Hub) -> None:
    answer = requests.post(f"{hub.url}/v1/copies/guessed/revocations", timeout=20)
    assert answer.status_code == 404


@pytest.fixture
def here(tmp_path: Path) -> Iterator[Hub]:
    """An exchange on SQLite whose clock is the computer's own."""
    running = start_hub(tmp_path, now=utc_now, office_at=NOON)
    running.write(lambda c: world.pour(c, NOON, size=world.Size(offices=3, providers=20)))
    yield running
    running.stop()


def test_the_operator_fills_the_directory_from_a_file(
    here: Hub, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    desk = here.enrol()
    known = entries(desk)[0]
    moved = msgspec.structs.replace(known, city="Springfield")
    line = encode({"office": "neighbour-1", "provider": "prov-1", "entry": moved})
    file = tmp_path / "directory.jsonl"
    options = ["directory", "put", str(file), "--database", f"sqlite:///{tmp_path}/exchange.db"]
    file.write_bytes(line)
    assert command.main(options) == 0
    told = {each.npi: each.city for each in entries(desk)}
    assert (told[known.npi], len(told)) == ("Springfield", 20)
    file.write_bytes(line.replace(b"Springfield", b"Elsewhere") + b"\n{}")
    assert command.main(options) == 6
    assert "line 2" in capsys.readouterr().err
    assert {each.city for each in entries(desk) if each.npi == known.npi} == {"Springfield"}


def test_signing_in_lets_go_of_what_was_held_too_long(tmp_path: Path) -> None:
    clock = FakeClock(NOON)
    running = start_hub(tmp_path, now=clock.now, office_at=NOON)
    try:
        desk = running.enrol()
        slot = running.read(
            lambda c: c.scalar(
                tables.slot.select()
                .with_only_columns(tables.slot.c.id)
                .where(
                    tables.slot.c.status == "free",
                    tables.slot.c.start_at > NOON.timestamp() + 3_600,
                )
            )
        )
        assert slot is not None
        running.write(lambda c: holds.keep(c, OFFICE_ID, slot, by="another", now=clock.now()))
        clock.advance(seconds=400)
        running.token(desk)
        assert running.read(lambda c: c.execute(tables.hold.select()).all()) == []
    finally:
        running.stop()
