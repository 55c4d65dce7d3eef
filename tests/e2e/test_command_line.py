"""The commands, as a person types them: what they say and how they end."""

import json
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from carekraft_desktop.bootstrap import Program
from carekraft_desktop.claim import Claim
from carekraft_desktop.config import Folders, private_folder
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.services.access import SetUp
from tests.e2e.seats import PASSWORD, Seat
from tests.fakes.vault import FakeVault, Trouble
from tests.hub_fixture import Hub, start_hub

ROOT = Path(__file__).parents[2]


def carekraft(*words: str, given: str = "", home: Path | None = None) -> tuple[int, str, str]:
    """Run the program; its exit code, what it said and what it complained about."""
    command = [sys.executable, "-m", "carekraft_desktop"]
    if home is not None:
        command += ["--home", str(home)]
    done = subprocess.run(
        [*command, *words],
        input=given,
        capture_output=True,
        text=True,
        timeout=90,
        cwd=ROOT,
        env={**os.environ, "PYTHON_KEYRING_BACKEND": "keyring.backends.fail.Keyring"},
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def paper_seat(tmp_path: Path, living_hub: Hub) -> tuple[Path, str]:
    """A workstation without a keyring, ended; its folder and what opens it."""
    from carekraft_desktop.machine import SystemClock

    vault = FakeVault()
    vault.trouble = Trouble.MISSING
    clock = SystemClock()
    seat = Seat(living_hub, tmp_path / "seat", vault=vault, clock=clock)  # type: ignore[arg-type]
    code = seat.opened.workstation_code
    seat.program.lock()
    return tmp_path / "seat", f"{PASSWORD}\n{code}\n"


@pytest.fixture
def living_hub(tmp_path: Path) -> Iterator[Hub]:
    """An exchange whose clock runs."""
    from carekraft_desktop.hub.now import utc_now

    hub = start_hub(tmp_path, now=utc_now)
    yield hub
    hub.stop()


def test_help_names_every_command_and_exit_code() -> None:
    code, said, _ = carekraft("--help")
    assert code == 0
    for word in ("sync", "doctor", "demo", "hub", "exit codes", "  6  "):
        assert word in said


def test_an_unknown_command_is_a_usage_error() -> None:
    code, _, complained = carekraft("dance")
    assert code == 2
    assert "dance" in complained


def test_sync_receives_the_office_and_says_so(paper_seat: tuple[Path, str]) -> None:
    home, secrets = paper_seat
    code, said, complained = carekraft("sync", "--password-stdin", given=secrets, home=home)
    assert (code, complained) == (0, "")
    assert "Up to date at" in said


def test_sync_with_a_wrong_password_says_what_to_do(paper_seat: tuple[Path, str]) -> None:
    home, secrets = paper_seat
    wrong = "wrong-password-entirely\n" + secrets.partition("\n")[2]
    code, _, complained = carekraft("sync", "--password-stdin", given=wrong, home=home)
    assert code == 3
    assert "password" in complained.lower()


def test_sync_without_an_exchange_ends_with_its_own_code(
    paper_seat: tuple[Path, str], living_hub: Hub
) -> None:
    home, secrets = paper_seat
    living_hub.stop()
    code, said, _ = carekraft("sync", "--password-stdin", given=secrets, home=home)
    assert code == 5
    assert "Offline" in said


def test_sync_before_set_up_says_so(tmp_path: Path) -> None:
    code, _, complained = carekraft("sync", home=tmp_path / "new")
    assert code == 3
    assert "not set up" in complained


def test_a_second_program_on_the_same_folder_is_refused(paper_seat: tuple[Path, str]) -> None:
    home, secrets = paper_seat
    claim = Claim(home / "program.lock")
    code, _, complained = carekraft("sync", "--password-stdin", given=secrets, home=home)
    claim.release()
    assert code == 6
    assert complained


def test_doctor_finds_everything_in_order(paper_seat: tuple[Path, str]) -> None:
    code, said, _ = carekraft("doctor", home=paper_seat[0])
    assert code == 0, said
    assert said.count("ok  ") == 8
    assert "Everything is in order" in said


@pytest.mark.req("REQ-29", "REQ-10")
def test_doctor_reports_how_the_installation_stands_with_and_without_a_password(
    paper_seat: tuple[Path, str],
) -> None:
    home, secrets = paper_seat
    code, outside, _ = carekraft("doctor", "--report", home=home)
    assert code == 0, outside
    assert "SQLCipher" in outside
    assert "Not asserted" in outside
    assert "--user" in outside
    assert "Last backup" not in outside
    given = ("doctor", "--report", "--user", "r.alvarez", "--password-stdin")
    code, _, complained = carekraft(*given, home=home, given=secrets)
    assert (code, bool(complained)) == (1, True), "the front desk does not read it"
    code, _, complained = carekraft(*given, home=home, given="wrong\nwrong\n")
    assert (code, bool(complained)) == (3, True)


@pytest.mark.req("REQ-29", "REQ-38")
def test_doctor_reports_what_the_store_tells_to_the_administrator(
    tmp_path: Path, living_hub: Hub
) -> None:
    from carekraft_desktop.machine import SystemClock, SystemIds

    vault, home = FakeVault(), private_folder(tmp_path / "office")
    vault.trouble = Trouble.MISSING
    program = Program(Folders(home), clock=SystemClock(), ids=SystemIds(), vault=vault)
    opened = program.set_up(
        SetUp(
            exchange=living_hub.url,
            code=living_hub.sandbox.issue_code(),
            workstation="Server room",
            name="a.osei",
            display="Ada Osei",
            roles=frozenset({Role.IT_ADMINISTRATOR}),
            password=PASSWORD,
        )
    )
    secrets = f"{PASSWORD}\n{opened.workstation_code}\n"
    program.lock()
    given = ("doctor", "--report", "--user", "a.osei", "--password-stdin")
    code, whole, complained = carekraft(*given, home=home, given=secrets)
    assert code == 0, complained
    assert "Last backup: Not recorded" in whole
    assert f"Network destinations: {living_hub.url.partition('//')[2]}" in whole
    assert "Osei" not in whole


def test_the_support_bundle_is_shown_whole_and_saved_where_that_is_asked_for(
    paper_seat: tuple[Path, str], tmp_path: Path
) -> None:
    home, secrets = paper_seat
    status, said, complained = carekraft("support-bundle", home=home)
    assert status == 0, complained
    assert "counts" not in json.loads(said)
    place = tmp_path / "support.json"
    given = ("support-bundle", "--save", str(place), "--user", "r.alvarez", "--password-stdin")
    status, said, complained = carekraft(*given, home=home, given=secrets)
    assert status == 0, complained
    assert json.loads(said) == json.loads(place.read_text("ascii"))
    assert "counts" in json.loads(said)
    assert "r.alvarez" not in said


def test_doctor_gives_a_reason_for_each_failure(
    paper_seat: tuple[Path, str], living_hub: Hub
) -> None:
    home, _ = paper_seat
    living_hub.stop()
    (home / "office" / "office.store").write_bytes(b"SQLite format 3\x00" + bytes(4080))
    (home / "office" / "office.keys").write_bytes(b"{")
    for old in (home / "office").glob("office.keys*prev*"):
        old.unlink()
    code, said, _ = carekraft("doctor", home=home)
    assert code == 1
    assert said.count("FAIL") >= 3
    assert "3 of 8" in said or "4 of 8" in said


def test_hub_serve_says_where_it_is_and_ends_when_asked() -> None:
    command = [sys.executable, "-m", "carekraft_desktop", "hub", "serve", "--sandbox"]
    command += ["--patients", "20", "--bookings", "30"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT)
    assert process.stdout is not None
    said = json.loads(process.stdout.readline())
    assert said["ready"] is True
    assert said["url"].startswith("http://127.0.0.1:")
    process.send_signal(signal.SIGTERM)
    assert process.wait(timeout=20) == 0
    process.stdout.close()


def test_hub_complains_about_a_database_it_cannot_open(tmp_path: Path) -> None:
    code, _, complained = carekraft(
        "hub", "serve", "--database", f"sqlite:///{tmp_path}/no/such/folder.db"
    )
    assert code == 3
    assert complained


@pytest.mark.slow
@pytest.mark.timeout(420)  # it waits for undo to pass and for other offices to answer
def test_the_demonstration_walks_through_by_itself(tmp_path: Path) -> None:
    pictures = tmp_path / "pictures"
    command = [sys.executable, "-m", "carekraft_desktop", "demo", "--pictures", str(pictures)]
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    done = subprocess.run(
        command, capture_output=True, text=True, timeout=400, cwd=ROOT, env=environment
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for words in ("Enrolled", "Went offline", "Came back online", "received both bookings"):
        assert words in done.stdout
    assert len(list(pictures.glob("*.png"))) >= 12
    assert all(picture.stat().st_size > 5_000 for picture in pictures.glob("*.png"))
