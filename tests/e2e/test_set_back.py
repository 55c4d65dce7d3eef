"""All files of a workstation set back to an earlier day: the exchange's memory tells (REQ-14)."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from carekraft_desktop.domain.incidents import Entered, Kind
from carekraft_desktop.services import visits
from carekraft_desktop.store import incidents, journal
from carekraft_desktop.store.journal import Sieve
from carekraft_desktop.store.unit import Reading
from tests.e2e.seats import Seat
from tests.hub_fixture import Hub


@pytest.fixture
def seat(hub: Hub, tmp_path: Path) -> Iterator[Seat]:
    made = Seat(hub, tmp_path / "seat")
    made.settle()
    yield made
    made.program.lock()
    made.program.wait_until_closed(5)


def close(seat: Seat) -> None:
    """The day is over; the last word has left."""
    seat.program.lock()
    seat.program.wait_until_closed(5)


def a_day(seat: Seat) -> None:
    """Two requests come, are answered and sent."""
    for _ in range(2):
        seat.hub.play("patient/book")
    seat.settle()
    for seen in visits.inbox(seat.opened.desk):
        visits.accept(seat.opened.desk, seen.entry.id)
    seat.settle()


def behind(seat: Seat) -> list[str]:
    """What the journal says of itself."""
    with seat.opened.store.read() as unit:
        found = journal.page(unit, Sieve(), most=1_000)
    return [f"{e.action} {e.detail}" for _, e in found if e.action.startswith("journal.")]


def files_of(unit: Reading) -> list[Kind]:
    return [each.kind for each in incidents.files(unit)]


@pytest.mark.req("REQ-14")
def test_req_14_files_that_were_all_set_back_are_found_at_the_next_contact(
    seat: Seat, tmp_path: Path
) -> None:
    seat.settle()
    close(seat)
    copy = tmp_path / "yesterday"
    shutil.copytree(seat.folder / "office", copy)
    seat.restart()
    a_day(seat)
    with seat.opened.store.read() as unit:
        known = journal.last_code(unit)
    close(seat)
    shutil.rmtree(seat.folder / "office")
    shutil.copytree(copy, seat.folder / "office")
    seat.restart()
    assert known is not None
    seat.settle()
    (found,) = behind(seat)
    here, _, there = found.removeprefix("journal.behind ").partition(" of ")
    assert int(here) < known[0] <= int(there)
    with seat.opened.store.read() as unit:
        (file,) = incidents.files(unit)
        said = file.said(Entered.EVIDENCE)
    assert file.kind is Kind.MALWARE
    assert json.loads(said)["journal_known"] == int(there)
    # Told once, however often the exchange is met.
    seat.clock.advance(seconds=1_300)
    seat.settle()
    assert len(behind(seat)) == 1


@pytest.mark.req("REQ-14")
def test_req_14_an_honest_day_after_the_other_tells_nothing(seat: Seat) -> None:
    for _ in range(3):
        a_day(seat)
        close(seat)
        seat.restart()
        seat.settle()
    assert behind(seat) == []
    with seat.opened.store.read() as unit:
        assert files_of(unit) == []
