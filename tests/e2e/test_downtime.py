"""The packet for a dead computer, from a real seat to another machine's terminal."""

import io
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from carekraft_desktop import __main__ as program
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.errors import StoreReadOnly
from carekraft_desktop.services import paper, visits
from carekraft_desktop.services.workplace import keys_in
from tests.e2e.seats import Seat
from tests.hub_fixture import Hub, start_hub


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Hub]:
    running = start_hub(tmp_path)
    yield running
    running.stop()


@pytest.fixture
def seat(hub: Hub, tmp_path: Path) -> Iterator[Seat]:
    made = Seat(hub, tmp_path / "home")
    made.settle()
    yield made
    made.program.lock()


def write(seat: Seat, *folders: Path) -> int:
    return paper.write_packet(seat.opened.desk, keys_in(seat.program.folders.office), folders)


def test_the_packet_is_read_on_another_computer_with_the_paper(
    seat: Seat, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    stick = tmp_path / "stick"
    count = write(seat, seat.program.folders.downtime, stick)
    assert count > 3
    monkeypatch.setattr(sys, "stdin", io.StringIO(seat.opened.recovery_key + "\n"))
    assert program.main(["packet", str(stick / paper.PACKET)]) == 0
    shown = capsys.readouterr().out
    now = seat.opened.desk.now()
    live = [
        seen
        for seen in visits.day(seat.opened.desk, now, now + 3600)
        if seen.status in {Status.CONFIRMED, Status.ARRIVED} and seen.entry.name
    ]
    assert live
    assert all(seen.entry.name in shown for seen in live)
    assert f"{count} visits" in shown


def test_nothing_of_a_patient_can_be_read_without_the_paper(seat: Seat, tmp_path: Path) -> None:
    write(seat, tmp_path / "stick")
    content = (tmp_path / "stick" / paper.PACKET).read_bytes()
    names = {s.entry.name for s in visits.inbox(seat.opened.desk)} | {"555-0", " 555 0"}
    assert not any(name.encode() in content for name in names if name)


def test_a_wrong_key_says_so_and_shows_nothing(seat: Seat, tmp_path: Path) -> None:
    write(seat, tmp_path / "stick")
    done = subprocess.run(
        [sys.executable, "-m", "carekraft_desktop", "packet", tmp_path / "stick" / paper.PACKET],
        input="7KQ2-M4XD\n",
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stdout) == (3, "")
    assert "recovery key does not open" in done.stderr


def test_a_folder_that_cannot_be_written_keeps_the_others(seat: Seat, tmp_path: Path) -> None:
    (tmp_path / "taken").write_text("a file where a folder should be")
    with pytest.raises(StoreReadOnly):
        write(seat, tmp_path / "taken", tmp_path / "good")
    assert (tmp_path / "good" / paper.PACKET).exists()


def test_each_packet_is_journalled_with_its_number_of_visits(seat: Seat, tmp_path: Path) -> None:
    count = write(seat, tmp_path / "stick")
    with seat.opened.desk.store.read() as unit:
        rows = unit.rows("SELECT detail FROM journal WHERE action = 'packet.write'")
    assert rows == [(str(count),)]
