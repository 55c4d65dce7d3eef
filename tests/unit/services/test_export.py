"""Bookings go out encrypted, with the least, to a named recipient, and it is accounted for."""

import csv
import io
from pathlib import Path, PurePath

import pytest

from carekraft_desktop.domain.exports import MINIMAL, Purpose, Wish
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.errors import (
    DiskFull,
    ExportUnclear,
    NotPermitted,
    PasswordAgain,
    PlaceLeaves,
)
from carekraft_desktop.security import container
from carekraft_desktop.security.places import Leaves, leaves
from carekraft_desktop.services import export
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.value import replace
from tests import samples
from tests.desks import ROSA, Workstation
from tests.fakes.gateway import FakeGateway

OFFICER = Staff("staff-9", "a.osei", "Amara Osei", frozenset({Role.PRIVACY_OFFICER}))
NOON = int(samples.NOON.timestamp())
DAY = 86_400


@pytest.fixture
def officer(seat: Workstation, exchange: FakeGateway) -> Desk:
    """Two patients; the second shares nothing but the booking."""
    exchange.put(
        samples.patient("pat-1", given="Elif", family="Demir", phone="312-555-0187"),
        samples.consent("con-1", patient_id="pat-1"),
        samples.booking("one", patient_id="pat-1"),
        samples.patient("pat-2", given="=Ann", family="Hill", phone="312-555-0142"),
        samples.booking("two", patient_id="pat-2"),
    )
    seat.cycle()
    return replace(seat.desk, staff=OFFICER)


def wish(**more: object) -> Wish:
    base = Wish(
        purpose=Purpose.AUDIT,
        recipient="Lakeside Audits",
        outside=False,
        first=NOON - 2 * DAY,
        last=NOON + 30 * DAY,
    )
    return replace(base, **more)


def proof(desk: Desk) -> StepUp:
    return StepUp(desk.staff, desk.now(), desk.clock.monotonic())


def table(made: export.Exported) -> list[list[str]]:
    parts = container.opened(made.file.read_bytes(), made.passphrase)
    assert [part.name for part in parts] == ["bookings.csv", "read-me.txt"]
    return list(csv.reader(io.StringIO(parts[0].content.decode("utf-8-sig"))))


@pytest.mark.req("REQ-90")
def test_without_a_choice_nobodys_name_is_in_it(officer: Desk, tmp_path: Path) -> None:
    made = export.export(officer, wish(), tmp_path, proof(officer), {})
    head, *rows = table(made)
    assert tuple(head) == MINIMAL
    assert len(rows) == made.bookings == 2
    assert made.patients == 2
    assert "Demir" not in str(rows)
    assert [path.name for path in tmp_path.iterdir() if path.suffix == ".zip"] == [made.file.name]
    assert b"Demir" not in made.file.read_bytes()
    with officer.store.read() as unit:
        journal = unit.rows("SELECT detail, outcome FROM journal WHERE action = 'export.made'")
        assert unit.rows("SELECT * FROM ledger") == []
    assert journal == [("audit:2:number,date,time,provider", "done")]


@pytest.mark.req("REQ-90", "REQ-78")
def test_to_somebody_outside_each_patients_accounting_has_it(officer: Desk, tmp_path: Path) -> None:
    asked = wish(outside=True, purpose=Purpose.PAYMENT, fields=(*MINIMAL, "name", "phone"))
    made = export.export(officer, asked, tmp_path, proof(officer), {})
    _, *rows = table(made)
    by_name = {row[4]: row[5] for row in rows}
    assert by_name["Elif Demir"] == "312-555-0187"
    with officer.store.read() as unit:
        ledger = unit.rows("SELECT patient_id, recipient, what, purpose, actor FROM ledger")
    assert sorted(ledger) == [
        (each, "Lakeside Audits", "export", "payment", OFFICER.id) for each in ("pat-1", "pat-2")
    ]


@pytest.mark.req("REQ-90")
def test_no_value_is_taken_for_a_formula(officer: Desk, tmp_path: Path) -> None:
    made = export.export(officer, wish(fields=("name",)), tmp_path, proof(officer), {})
    assert ["'=Ann Hill"] in table(made)


@pytest.mark.req("REQ-90", "REQ-19")
def test_it_needs_the_right_the_password_and_an_answer_to_every_question(
    officer: Desk, tmp_path: Path
) -> None:
    with pytest.raises(PasswordAgain):
        export.export(officer, wish(), tmp_path, None, {})
    rosa = replace(officer, staff=ROSA)
    with pytest.raises(NotPermitted):
        export.export(rosa, wish(), tmp_path, proof(rosa), {})
    for flawed in (
        wish(recipient="  "),
        wish(fields=()),
        wish(fields=("diagnosis",)),
        wish(last=NOON - 3 * DAY),
        wish(first=NOON - 400 * DAY),
    ):
        with pytest.raises(ExportUnclear):
            export.export(officer, flawed, tmp_path, proof(officer), {})
    assert not [path for path in tmp_path.iterdir() if path.name.startswith("carekraft")]


@pytest.mark.req("REQ-90")
def test_a_folder_that_goes_to_a_cloud_is_refused_unless_it_is_meant(
    officer: Desk, tmp_path: Path
) -> None:
    cloud = tmp_path / "OneDrive - Lakeside"
    cloud.mkdir()
    with pytest.raises(PlaceLeaves):
        export.export(officer, wish(), cloud, proof(officer), {})
    made = export.export(officer, wish(approved=True), cloud, proof(officer), {})
    assert made.file.parent == cloud
    with officer.store.read() as unit:
        noted = unit.rows("SELECT detail FROM journal WHERE action = 'export.approved'")
    assert noted == [("cloud",)]


@pytest.mark.req("REQ-90")
def test_a_full_disk_leaves_no_part_of_it_and_the_journal_says_so(
    officer: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    place = tmp_path / "out"
    place.mkdir()

    def full(*_: object) -> None:
        raise OSError(28, "full")

    with monkeypatch.context() as during:
        during.setattr("carekraft_desktop.services.export.os.fsync", full)
        with pytest.raises(DiskFull):
            export.export(officer, wish(), place, proof(officer), {})
    assert not list(place.iterdir())
    with officer.store.read() as unit:
        outcomes = unit.rows("SELECT outcome FROM journal WHERE action = 'export.made' ORDER BY n")
    assert outcomes == [("done",), ("failed",)]


@pytest.mark.req("REQ-90")
@pytest.mark.parametrize(
    ("place", "environment", "found"),
    [
        ("/people/rosa/Documents", {}, None),
        ("/people/rosa/Dropbox/office", {}, Leaves.CLOUD),
        ("/people/rosa/Dropbox (Personal)", {}, Leaves.CLOUD),
        ("/Users/rosa/Library/Mobile Documents/com~apple~CloudDocs", {}, Leaves.CLOUD),
        ("/people/rosa/Library/CloudStorage/GoogleDrive-rosa@example.com", {}, Leaves.CLOUD),
        ("/people/rosa/work/sub", {"OneDriveCommercial": "/people/rosa/work"}, Leaves.CLOUD),
        ("/media/rosa/STICK", {}, Leaves.REMOVABLE),
        ("/run/media/rosa/STICK/a", {}, Leaves.REMOVABLE),
        ("/people/rosa/boxes", {}, None),
    ],
)
def test_places_from_which_files_go_on_are_known(
    place: str, environment: dict[str, str], found: Leaves | None
) -> None:
    assert leaves(Path(place), environment) is found


@pytest.mark.req("REQ-90")
def test_what_windows_says_of_a_stick_is_believed() -> None:
    def stick(_: PurePath) -> int:
        return 2

    assert leaves(Path("/data"), {}, drive=stick) is Leaves.REMOVABLE
