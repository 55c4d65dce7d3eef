"""One process for one data folder."""

import subprocess
import sys
from pathlib import Path

import pytest

from carekraft_desktop.claim import Claim
from carekraft_desktop.errors import AlreadyRunning, StoreReadOnly

HOLD = """
import sys
from pathlib import Path
from carekraft_desktop.claim import Claim
claim = Claim(Path(sys.argv[1]))
print("held", flush=True)
sys.stdin.readline()
"""


def test_a_folder_is_held_once_and_can_be_had_again(tmp_path: Path) -> None:
    first = Claim(tmp_path / "lock")
    with pytest.raises(AlreadyRunning):
        Claim(tmp_path / "lock")
    first.release()
    first.release()
    Claim(tmp_path / "lock").release()


def test_a_process_that_was_killed_holds_nothing(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[2],
    )
    assert process.stdout is not None
    assert process.stdout.readline() == "held\n"
    with pytest.raises(AlreadyRunning):
        Claim(path)
    process.kill()
    process.communicate()
    Claim(path).release()


def test_a_folder_that_is_not_there_is_said(tmp_path: Path) -> None:
    with pytest.raises(StoreReadOnly):
        Claim(tmp_path / "nowhere" / "lock")
