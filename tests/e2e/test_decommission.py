"""A workstation is taken out of service: refused, certified, destroyed, and finished if cut short."""

import io
import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from carekraft_desktop import __main__
from carekraft_desktop.__main__ import main
from carekraft_desktop.bootstrap import Standing
from carekraft_desktop.cli import decommission
from carekraft_desktop.cli.codes import Exit
from carekraft_desktop.domain.retiring import Obstacle, Told
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.errors import (
    NotPermitted,
    Offline,
    PasswordAgain,
    StillNeeded,
    StoreReadOnly,
)
from carekraft_desktop.services import admitting, holds, retiring
from carekraft_desktop.services.admitting import Newcomer
from carekraft_desktop.services.new_machine import Answers
from carekraft_desktop.services.retiring import Settled, Wish
from carekraft_desktop.store.holds import Scope
from tests.e2e.clinic import PASSWORD, Clinic, clinic

__all__ = ["clinic"]
COLLEAGUES = "harbor-copper-quill-77"


@pytest.fixture
def disk(clinic: Clinic, tmp_path: Path) -> Path:
    """Another disk, to which backups go; one is there."""
    found = tmp_path / "disk"
    found.mkdir()
    clinic.program.keep_backup_folder(str(found))
    clinic.back_up(found)
    clinic.sync()
    return found


def settle(clinic: Clinic, place: Path, *, here: bool = True, untold: bool = False) -> Settled:
    return clinic.program.retiring.settle(place, clinic.proof(), backups_here=here, untold=untold)


def obstacles(clinic: Clinic) -> dict[Obstacle, int]:
    return dict(clinic.program.retiring.look().obstacles)


def files(clinic: Clinic) -> set[str]:
    """What is left of the program's folder, but for its log and its lock."""
    every = (p for p in clinic.home.rglob("*") if p.is_file())
    return {p.name for p in every if p.parent.name != "logs" and p.name != "program.lock"}


@pytest.mark.req("REQ-98", "REQ-11")
def test_everything_is_destroyed_and_certified_before_and_the_exchange_knows(
    clinic: Clinic, disk: Path, tmp_path: Path
) -> None:
    device, place = clinic.opened.desk.device, tmp_path / "certificate.jsonl"
    store_id = clinic.rows("SELECT value FROM meta WHERE name = 'store_id'")[0][0]
    names = clinic.rows("SELECT name, phone FROM patient")
    assert obstacles(clinic) == {}
    begun = clinic.program.folders.copies / ".carekraft-making.part"
    done = settle(clinic, place)
    begun.mkdir()
    (begun / "office.store").write_bytes(b"of a backup that was cut short")
    assert clinic.office.exists(), "nothing is destroyed before the certificate is saved"
    said = [json.loads(line) for line in place.read_text("utf-8").splitlines()]
    assert main(["audit", "verify", str(place)]) == 0
    ended = clinic.program.finish_ending()
    assert (ended.certificate, ended.left) == (str(place), ())
    assert done.certificate.told is Told.TOLD
    assert not clinic.office.exists()
    assert not clinic.vault.kept
    assert files(clinic) == set()
    assert clinic.program.standing() is Standing.NEEDS_SET_UP
    by = {(each["action"].removeprefix("decommission."), each["object"]) for each in said[1:-1]}
    kinds = {each["detail"] for each in said[1:-1] if each["action"] == "decommission.key"}
    assert kinds == {"data-key", "wrap", "paper", "device-secret", "exchange-key"}
    assert {("person", clinic.rosa), ("workstation", device), ("destroyed", "store")} <= by
    assert ("key", f"{store_id}/generation-1") in by
    stays = [each for each in said[1:-1] if each["action"] == "decommission.stays"]
    assert len(stays) == 2, "the backup of before and the last one"
    assert all(each["detail"].endswith(str(disk)) for each in stays)
    for name in {str(value) for row in names for value in row if value}:
        assert name not in place.read_text("utf-8")
    revoked = clinic.hub.write(
        lambda c: c.exec_driver_sql("SELECT client_id FROM device WHERE revoked_at > 0").all()
    )
    assert (device,) in [tuple(row) for row in revoked]


@pytest.mark.req("REQ-98")
def test_the_last_backup_brings_the_office_back_with_the_line_of_its_end(
    clinic: Clinic, disk: Path, tmp_path: Path
) -> None:
    settle(clinic, tmp_path / "certificate.jsonl")
    clinic.program.finish_ending()
    program = clinic.fresh_program(tmp_path / "new")
    code = clinic.hub.sandbox.issue_code()
    answers = Answers(clinic.paper, clinic.rosa, code, "Desk 2")
    moved = program.backups.move_in(disk, answers)
    assert moved.backup.why == "ending"
    assert moved.ours
    opened = program.recover(clinic.paper, clinic.rosa, "marble-canyon-violin-58")
    with opened.store.read() as look:
        assert look.rows("SELECT 1 FROM journal WHERE action = 'decommission.begun'")
    program.lock()


@pytest.mark.req("REQ-98", "REQ-02", "REQ-19")
def test_it_needs_the_officer_and_the_password_once_more(
    clinic: Clinic, disk: Path, tmp_path: Path
) -> None:
    around = clinic.program.around
    with pytest.raises(PasswordAgain):
        clinic.program.retiring.settle(tmp_path / "c.jsonl", None, backups_here=True, untold=False)
    newcomer = Newcomer("k.boateng", "Kofi", frozenset({Role.IT_ADMINISTRATOR}), COLLEAGUES)
    kofi = admitting.let_in(around, clinic.opened, newcomer, proof=clinic.proof())
    clinic.program.lock()
    opened = clinic.program.unlock(kofi.id, COLLEAGUES)
    proof = clinic.program.confirm(kofi.id, COLLEAGUES)
    with pytest.raises(NotPermitted):
        retiring.settle(around, opened, str(disk), Wish(tmp_path / "c.jsonl", False), proof)
    with opened.store.read() as look:
        denied = look.rows("SELECT outcome FROM journal WHERE action = 'decommission'")
    assert denied == [("denied",), ("denied",)]
    assert not (tmp_path / "c.jsonl").exists()


@pytest.mark.req("REQ-98", "REQ-83")
def test_it_is_refused_while_something_would_be_lost_with_it(
    clinic: Clinic, tmp_path: Path
) -> None:
    place = tmp_path / "certificate.jsonl"
    assert obstacles(clinic) == {Obstacle.BACKUP: 1}
    clinic.accept_one()
    hold = holds.put(clinic.opened.desk, holds.Wish(Scope.ALL, "M-2026-01"), clinic.proof())
    made = clinic.back_up()
    assert obstacles(clinic) == {Obstacle.UNSENT: 1, Obstacle.HOLDS: 1}
    with pytest.raises(StillNeeded) as refusal:
        settle(clinic, place, here=False)
    assert refusal.value.obstacles == ("unsent", "holds")
    clinic.sync()
    holds.release(clinic.opened.desk, hold.id, clinic.proof())
    # What was released counts until a night has passed over it.
    assert obstacles(clinic) == {Obstacle.HOLDS: 1}
    with clinic.opened.store.write() as unit:
        unit.run("UPDATE legal_hold SET passed_at = 1")
    # The only copies lie on this computer: they cannot go with it.
    with pytest.raises(StillNeeded) as refusal:
        settle(clinic, place, here=True)
    assert refusal.value.obstacles == ("backup",)
    # And one that was put there by somebody else is none.
    manifest = Path(made.backup.place) / "manifest.json"
    manifest.unlink()
    assert obstacles(clinic) == {Obstacle.BACKUP: 1}
    assert not place.exists()
    assert not clinic.program.folders.ending.exists()
    assert clinic.whole()
    failed = clinic.rows("SELECT detail, outcome FROM journal WHERE action = 'decommission'")
    assert failed == [("still-needed", "failed")] * 2


@pytest.mark.req("REQ-98")
def test_where_it_cannot_be_certified_or_told_everything_stays_as_it_was(
    clinic: Clinic, disk: Path, tmp_path: Path
) -> None:
    with pytest.raises(StoreReadOnly):
        settle(clinic, tmp_path / "nowhere" / "certificate.jsonl")
    place = tmp_path / "certificate.jsonl"
    clinic.hub.stop()
    with pytest.raises(Offline):
        settle(clinic, place)
    assert not place.exists()
    assert not clinic.program.folders.ending.exists()
    assert clinic.whole()
    done = settle(clinic, place, untold=True, here=False)
    assert done.certificate.told is Told.NOT_TOLD
    own = clinic.program.folders.copies
    kept = {path.name for path in own.iterdir()}
    clinic.program.finish_ending()
    assert {path.name for path in own.iterdir()} == kept
    assert not clinic.office.exists()


@pytest.mark.req("REQ-98")
def test_a_certificate_whose_place_is_gone_is_kept_beside_the_data(
    clinic: Clinic, disk: Path, tmp_path: Path
) -> None:
    stick = tmp_path / "stick"
    stick.mkdir()
    settle(clinic, stick / "certificate.jsonl")
    (stick / "certificate.jsonl").unlink()
    stick.rmdir()
    ended = clinic.program.finish_ending()
    assert Path(ended.certificate).parent == clinic.home
    assert main(["audit", "verify", ended.certificate]) == 0


@pytest.mark.req("REQ-98")
def test_a_decision_that_cannot_be_read_destroys_nothing(clinic: Clinic) -> None:
    clinic.program.lock()
    clinic.program.folders.ending.write_bytes(b"{")
    program = clinic.fresh_program()
    program.claim()
    assert not program.folders.ending.exists()
    program.unlock(clinic.rosa, PASSWORD)
    program.release()


@pytest.mark.req("REQ-98")
def test_an_office_that_is_set_up_afterwards_is_not_touched_by_what_was_left(
    clinic: Clinic, disk: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from carekraft_desktop.services import destroying

    def stuck(*_: object) -> None:
        raise PermissionError

    settle(clinic, tmp_path / "certificate.jsonl")
    with monkeypatch.context() as held:
        held.setattr(destroying, "_backups", stuck)
        assert clinic.program.finish_ending().left == ("backups",)
    again = Clinic(clinic.hub, clinic.home)
    program = again.fresh_program()
    again.program.lock()
    program.claim()
    assert not program.folders.ending.exists()
    program.unlock(again.rosa, PASSWORD)
    program.release()


@pytest.mark.req("REQ-98")
def test_the_command_says_what_stands_in_the_way_and_ends_it_once_that_is_confirmed(
    clinic: Clinic,
    disk: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def carekraft(*words: str, given: str) -> tuple[Exit, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(given))
        chosen = __main__._parser().parse_args(["decommission", *words, "--password-stdin"])
        code = decommission.run(clinic.fresh_program(), chosen)
        said = capsys.readouterr()
        return code, said.out + said.err

    place = tmp_path / "certificate.jsonl"
    clinic.accept_one()
    clinic.program.lock()
    code, said = carekraft("--certificate", str(place), given=f"{PASSWORD}\ndestroy\n")
    assert code is Exit.FAILED
    assert "1 act waiting to be sent" in said
    clinic.unlock()
    clinic.sync()
    clinic.program.lock()
    assert carekraft("--look", given=f"{PASSWORD}\n")[0] is Exit.DONE
    words = ("--backups-here", "--certificate", str(place))
    assert carekraft(*words, given=f"{PASSWORD}\nno\n")[0] is Exit.FAILED
    assert not place.exists()
    code, said = carekraft(*words, given=f"{PASSWORD}\ndestroy\n")
    assert code is Exit.DONE
    assert str(place) in said
    assert files(clinic) == set()
    assert carekraft("--look", given="")[0] is Exit.ACCESS


WORKER = """
import os, signal, sys
from pathlib import Path
from carekraft_desktop.bootstrap import Program
from carekraft_desktop.config import Folders
from carekraft_desktop.machine import SystemIds
from carekraft_desktop.security import keyfile
from carekraft_desktop.security.keys import KeyRing
from carekraft_desktop.services import destroying
from tests.cheap import CHEAP
from tests.e2e.seats import PASSWORD
from tests.fakes.clock import FakeClock
from tests.fakes.vault import FakeVault
from tests.hub_fixture import NOON

KeyRing.load.__func__.__kwdefaults__["floor"] = CHEAP
home, secrets, person, place, at = sys.argv[1:]
vault = FakeVault()
vault.kept.update(eval(secrets))
clock = FakeClock(NOON)
clock.advance(days=1)
program = Program(Folders(Path(home)), clock=clock, ids=SystemIds(), vault=vault)

def dying(part, name):
    done = getattr(part, name)
    def before(*given):
        if name == at.removesuffix("!"):
            if at.endswith("!"):
                done(*given)
            os.kill(os.getpid(), signal.SIGKILL)
        return done(*given)
    setattr(part, name, before)

for name in ("decide", "save", "_keys", "_keyring", "_rest", "_backups", "_tree"):
    dying(destroying, name)
program.unlock(person, PASSWORD)
program.retiring.settle(Path(place), program.confirm(person, PASSWORD), backups_here=True, untold=False)
program.finish_ending()
"""


@pytest.mark.skipif(os.name != "posix", reason="there is no SIGKILL to send")
@pytest.mark.req("REQ-98")
@pytest.mark.parametrize("at", ["decide", "decide!", "_keys!", "_tree"])
def test_killed_at_any_moment_it_is_whole_or_finished_at_the_next_start(
    clinic: Clinic, disk: Path, tmp_path: Path, at: str
) -> None:
    place = tmp_path / "certificate.jsonl"
    clinic.program.lock()
    process = subprocess.run(
        [
            *(sys.executable, "-c", WORKER, str(clinic.home), repr(clinic.vault.kept)),
            *(clinic.rosa, str(place), at),
        ],
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert process.returncode == -signal.SIGKILL, process.stderr
    clinic.clock.advance(days=1)
    clinic.program = clinic.fresh_program()
    clinic.program.claim()
    if at == "decide":
        assert not place.exists()
        clinic.opened = clinic.program.unlock(clinic.rosa, PASSWORD)
        assert clinic.whole()
    else:
        assert clinic.program.standing() is Standing.NEEDS_SET_UP
        assert files(clinic) == set()
        # The process that was killed last had a keyring of its own.
        assert bool(clinic.vault.kept) is (at == "_tree")
        assert main(["audit", "verify", str(place)]) == 0
        assert list(disk.iterdir())
    clinic.program.release()
