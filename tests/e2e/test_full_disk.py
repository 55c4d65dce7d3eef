"""A disk that is really full: said in words, nothing half, and work goes on once there is room."""

import itertools
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from carekraft_desktop.domain.patients import DataClass
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.errors import CareKraftError, DiskFull, StoreError
from carekraft_desktop.presenters import wording_errors
from carekraft_desktop.services import (
    find,
    handover,
    journal,
    looks,
    marks,
    paper,
    papers,
    partners,
    persons,
    posture,
    referrals,
    visits,
)
from carekraft_desktop.services.sync import Link
from carekraft_desktop.store.register import Paper
from carekraft_desktop.store.unit import Reading
from carekraft_desktop.value import replace
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
def _writes(seat: Seat, booking: str) -> dict[str, Callable[[], object]]:
    """Everything that a person at this desk can do and that is written, one of each kind."""
    desk = replace(seat.opened.desk, staff=replace(seat.opened.desk.staff, roles=frozenset(Role)))
    with desk.store.read() as unit:
        patient = str(unit.value("SELECT patient_id FROM booking WHERE id = ?", booking))
    wish = partners.Wish("", "Lakeside", "https://fhir.example.com", "office", ())
    return {
        "open a visit": lambda: visits.card(desk, booking),
        "reveal": lambda: visits.reveal(desk, booking, DataClass.CONTACT),
        "accept": lambda: visits.accept(desk, booking),
        "claim": lambda: marks.claim(desk, booking),
        "open a patient": lambda: persons.card(desk, patient),
        "search": lambda: find.find(desk, f"{next(_letters)}{next(_letters)}"),
        "rows on the screen": lambda: looks.seen(desk, {"inbox": [booking]}),
        "print the day": lambda: paper.day(desk, 0, 1, "today"),
        "read the journal": lambda: journal.opened(desk),
        "prove the journal": lambda: journal.proof(desk),
        "how it stands": lambda: posture.inside(desk),
        "record the agreement": lambda: referrals.record_agreement(desk, on=True),
        "keep papers": lambda: papers.put(desk, {Paper.PRIVACY_OFFICIAL: f"A. Osei {booking}"}),
        "keep a partner": lambda: partners.keep(desk, wish),
        "choose a template": lambda: handover.choose(desk, "plain"),
    }


_letters = itertools.cycle("abcdefghijklmnopqrstuvwxyz")
_OWN_WORDS = frozenset({"keep a partner", "choose a template"})
"""Refused for their own reason too, since what they need is not here; never half done."""


@pytest.mark.req("REQ-15")
def test_at_every_write_a_full_disk_is_said_and_leaves_nothing_half(
    small_disk: Path, hub: Hub
) -> None:
    for _ in range(2):
        hub.play("patient/book")
    seat = Seat(hub, small_disk / "seat")
    seat.settle()
    booking = seat.request()
    acts = _writes(seat, booking)
    store = seat.opened.desk.store
    ballast = fill(small_disk)
    with pytest.raises(DiskFull):
        for _ in range(400):
            visits.card(seat.opened.desk, booking)
    with store.read() as unit:
        before = _counts(unit)
    for name, act in acts.items():
        with pytest.raises(CareKraftError) as refused:
            act()
        assert isinstance(refused.value, StoreError) or name in _OWN_WORDS, name
        with store.read() as unit:
            assert _counts(unit) == before, name
    ballast.unlink()
    for name, act in acts.items():
        if name not in _OWN_WORDS:
            act()
    with store.read() as unit:
        assert seat.opened.desk.journal.first_wrong(unit) is None
    seat.program.lock()


@pytest.mark.logs
def test_a_disk_that_can_only_be_read_is_said_and_changes_nothing(
    small_disk: Path, hub: Hub
) -> None:
    seat = Seat(hub, small_disk / "seat")
    seat.settle()
    seat.program.lock()
    files = {path: path.read_bytes() for path in seat.folder.rglob("*") if path.is_file()}
    _remount(small_disk, "ro")
    try:
        with pytest.raises(CareKraftError) as refused:
            seat.restart()
        assert refused.value.code in wording_errors.ERRORS
    finally:
        _remount(small_disk, "rw")
    assert {path: path.read_bytes() for path in files} == files
    seat.restart()
    seat.program.lock()


def _counts(unit: Reading) -> dict[str, int]:
    tables = [
        name
        for (name,) in unit.rows(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '%\\_%' ESCAPE '\\'"
        )
    ]
    return {name: int(unit.value(f'SELECT count(*) FROM "{name}"')) for name in tables}


def _remount(place: Path, how: str) -> None:
    done = subprocess.run(["mount", "-o", f"remount,{how}", str(place)], capture_output=True)
    if done.returncode:
        pytest.skip("this machine does not let us change a mount")


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
