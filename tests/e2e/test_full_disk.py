"""A disk that is really full: said in words, nothing half, and work goes on once there is room."""

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from carekraft_desktop.domain.visits import Status
from carekraft_desktop.errors import DiskFull
from carekraft_desktop.services import visits
from carekraft_desktop.services.sync import Link
from tests.e2e.seats import Seat
from tests.hub_fixture import Hub


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of 16 MB, where one may be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    if sys.platform != "linux" or os.geteuid() != 0:
        pytest.skip("mounting a small disk needs root on Linux")
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=16m", "tmpfs", str(place)], capture_output=True
    )
    if mounted.returncode:
        pytest.skip("this machine does not let us mount a small disk")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], check=True)


def fill(place: Path) -> Path:
    """Take all that is left."""
    ballast = place / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for size in (1 << 16, 1 << 12, 1):
            try:
                while True:
                    file.write(b"x" * size)
            except OSError:
                continue
    return ballast


@pytest.mark.req("REQ-15")
def test_a_full_disk_is_said_and_nothing_is_half(small_disk: Path, hub: Hub) -> None:
    for _ in range(2):
        hub.play("patient/book")
    seat = Seat(hub, small_disk / "seat")
    seat.settle()
    booking = seat.request()
    known = seat.all_visits()
    ballast = fill(small_disk)
    with pytest.raises(DiskFull):
        for _ in range(200):
            visits.card(seat.opened.desk, booking)
    hub.play("patient/book")
    cycle = seat.cycle()
    assert (cycle.state.link, cycle.state.error) == (Link.STOPPED, "disk-full")
    assert seat.all_visits() == known
    ballast.unlink()
    assert visits.accept(seat.opened.desk, booking)
    seat.settle()
    assert seat.all_visits()[booking][0] is Status.CONFIRMED
    assert len(seat.all_visits()) == len(known) + 1
    with seat.opened.desk.store.read() as unit:
        assert seat.opened.desk.journal.first_wrong(unit) is None
    seat.program.lock()
