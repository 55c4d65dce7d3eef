"""The program in its window, from the first paint to the close."""

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from carekraft_desktop.bootstrap import Program
from carekraft_desktop.config import Folders, private_folder
from carekraft_desktop.errors import AlreadyRunning
from carekraft_desktop.presenters.shell import Page
from tests.fakes.clock import FakeClock
from tests.fakes.vault import FakeVault
from ui import first
from ui.app import Run, run_in


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return private_folder(tmp_path / "home")


def program(folder: Path) -> Program:
    return Program(Folders(folder), clock=FakeClock(), vault=FakeVault())


@pytest.fixture
def hooks() -> Iterator[None]:
    """What a run changes in the interpreter is put back."""
    before = sys.excepthook
    yield
    sys.excepthook = before


@pytest.mark.parametrize(("set_up", "page"), [(False, Page.UNLOCK), (True, Page.SET_UP)])
def test_the_window_stays_when_the_program_moves_in(
    qapp: QApplication, qtbot: QtBot, folder: Path, hooks: None, page: Page, *, set_up: bool
) -> None:
    if not set_up:
        (folder / "office").mkdir()
    app, frame = first.show(["carekraft-desktop"])
    assert frame.painted
    run = Run(app, frame, program(folder), ())
    run.begin()
    try:
        assert frame.isVisible()
        assert run.window.isVisible()
        assert run.window.window() is frame
        assert run.window.shell.state.page is page
        assert frame.windowTitle().startswith("CareKraft · ")
        visible = [each for each in qapp.topLevelWidgets() if each.isVisible()]
        assert visible == [frame]
    finally:
        run.end()
        frame.close()
        frame.deleteLater()


def test_a_second_start_does_not_open_another_window(
    qapp: QApplication, folder: Path, hooks: None
) -> None:
    running = program(folder)
    running.claim()
    app, frame = first.show(["carekraft-desktop"])
    assert run_in(app, frame, program(folder), ()) == 1
    assert not frame.isVisible()
    with pytest.raises(AlreadyRunning):
        program(folder).claim()
    running.release()
    frame.deleteLater()
