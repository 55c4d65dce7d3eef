"""A fresh process after the office was closed, and what macOS says to whoever listens."""

import ctypes
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest
from PySide6.QtWidgets import QApplication

from carekraft_desktop.presenters.shell import Page
from tests.window.test_run import folder, hooks, program
from ui import first, relaunch
from ui.app import Run
from ui.mac_lock import CAN_SLEEP, WILL_SLEEP, MacSignals

__all__ = ["folder", "hooks"]
ROOT = Path(__file__).parents[2]


@pytest.fixture
def run(qapp: QApplication, folder: Path, hooks: None) -> Iterator[Run]:
    (folder / "office").mkdir()
    app, frame = first.show(["carekraft-desktop"])
    made = Run(app, frame, program(folder), (), fresh=True)
    yield made
    made.end()
    frame.close()
    frame.deleteLater()


@pytest.mark.req("REQ-06")
def test_req_06_a_closed_office_ends_the_process_and_a_closed_window_does_not_begin_it_anew(
    run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    ended: list[int] = []
    monkeypatch.setattr(run._app, "exit", ended.append)
    monkeypatch.setenv("CAREKRAFT_LOCKED_BY", "sleep")
    run.begin()
    assert run.window._why == "sleep"
    assert "CAREKRAFT_LOCKED_BY" not in os.environ
    assert run.window.shell.state.page is Page.UNLOCK
    for why in ("closed", "restore", "damaged", "ended"):
        run.window.closed.emit(why)  # the page that comes next belongs to this process
    assert ended == []
    run.window.closed.emit("sleep")
    assert (ended, run.closed_by) == ([relaunch.AGAIN], "sleep")


@pytest.mark.skipif(sys.platform == "win32", reason="a process is not replaced there")
@pytest.mark.req("REQ-06")
def test_req_06_the_process_that_held_the_keys_is_gone_and_the_new_one_knows_why(
    tmp_path: Path,
) -> None:
    script = tmp_path / "twice.py"
    script.write_text(
        """
import sys
secret = bytearray(b"the key of before")
from ui import relaunch
why = relaunch.why_locked()
print(why, sys.argv[1:], flush=True)
if why == "start":
    sys.exit(relaunch.begin_anew("session-over"))
""",
        "utf-8",
    )
    done = subprocess.run(
        [sys.executable, str(script), "--home", "there"],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert done.stdout.splitlines() == [
        "start ['--home', 'there']",
        "session-over ['--home', 'there']",
    ]


class FakeMac(SimpleNamespace):
    """Both libraries: keeps what it is given, and answers like the system."""

    def __init__(self) -> None:
        super().__init__()
        self.calls: list[tuple[object, ...]] = []

    def __getattr__(self, name: str) -> object:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*arguments: object) -> int:
            self.calls.append((name, *arguments))
            return 7

        setattr(self, name, call)
        return call

    def named(self, name: str) -> tuple[object, ...]:
        return next(call for call in self.calls if call[0] == name)


@pytest.mark.req("REQ-06")
def test_req_06_macos_tells_of_the_lock_and_waits_until_the_keys_are_wiped(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    said: list[str] = []
    core, power = FakeMac(), FakeMac()
    monkeypatch.setattr(ctypes.c_void_p, "in_dll", lambda _library, _name: 1, raising=False)
    signals = MacSignals(said.append, core=core, power=power)
    assert signals.begin()
    signals._seen(7, None, None, None, None)
    signals._slept(None, 0, CAN_SLEEP, 40)
    signals._slept(None, 0, WILL_SLEEP, 41)
    assert said == ["system", "sleep"]
    answers = [call for call in power.calls if call[0] == "IOAllowPowerChange"]
    assert [answer[-1] for answer in answers] == [40, 41]
    assert core.named("CFStringCreateWithCString")[2] == b"com.apple.screenIsLocked"
    signals.end()
    assert core.named("CFNotificationCenterRemoveEveryObserver")[1] == 7
