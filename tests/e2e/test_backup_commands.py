"""The commands for the worst day: what they say, what they do, and how they end."""

import io
from pathlib import Path

import pytest

from carekraft_desktop import __main__
from carekraft_desktop.cli import backups
from carekraft_desktop.cli.codes import Exit
from carekraft_desktop.services import visits
from tests.e2e.clinic import PASSWORD, Clinic, clinic
from tests.fakes.vault import FakeVault

__all__ = ["clinic"]
NEW_PASSWORD = "marble-canyon-violin-58"


@pytest.mark.req("REQ-95")
def test_backup_restore_salvage_and_a_new_computer_from_the_command_line(
    clinic: Clinic,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    def carekraft(*words: str, given: str, home: Path | None = None) -> tuple[Exit, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(given))
        chosen = __main__._parser().parse_args([*words, "--password-stdin"])
        code = backups.run(clinic.fresh_program(home), chosen)
        return code, capsys.readouterr().out

    clinic.program.lock()
    password = f"{PASSWORD}\n"
    code, said = carekraft("backup", given=password)
    assert code is Exit.DONE
    place = Path(said.splitlines()[-1])
    assert place.is_dir()
    assert carekraft("backup", given="wrong\n")[0] is Exit.ACCESS
    clinic.flip(clinic.file, 40)
    code, said = carekraft("restore", given=password)
    assert code is Exit.DONE
    assert "put aside" in said
    code, said = carekraft("salvage", "--paper", given=f"{clinic.paper}\n")
    assert code is Exit.DONE
    assert "whole" in said
    clinic.unlock()
    assert visits.inbox(clinic.opened.desk)
    assert clinic.whole()
    clinic.program.lock()
    clinic.vault = FakeVault()
    new = tmp_path / "new"
    assert carekraft("backup", given=password, home=new)[0] is Exit.ACCESS
    assert carekraft("restore", given=f"{clinic.paper}\n", home=new)[0] is Exit.STORE
    given = f"{clinic.paper}\n{NEW_PASSWORD}\n"
    assert carekraft("restore", str(place), given=given, home=new)[0] is Exit.DONE
    program = clinic.fresh_program(new)
    program.unlock(clinic.rosa, NEW_PASSWORD)
    program.lock()
