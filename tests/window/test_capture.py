"""Every top-level window is left out of pictures of the screen where the system offers it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QDialog, QWidget
from pytestqt.qtbot import QtBot

from ui.capture import Capture, NoShield, shield_of


class FakeShield:
    """Windows' marks, by handle; may refuse."""

    offered = True

    def __init__(self) -> None:
        self.marks: set[int] = set()
        self.refuses = False

    def exclude(self, handle: int) -> bool:
        if not self.refuses:
            self.marks.add(handle)
        return handle in self.marks


@pytest.mark.req("REQ-93")
def test_windows_dialogs_and_tools_are_marked_and_the_mark_is_read_back(
    qtbot: QtBot, qapp: QApplication
) -> None:
    shield, early = FakeShield(), QWidget()
    qtbot.addWidget(early)
    early.show()
    capture = Capture(qapp, shield)
    window, dialog = QWidget(), QDialog(early)
    menu = QWidget(early, Qt.WindowType.Tool)
    child = QWidget(window)
    for each in (window, dialog, menu):
        qtbot.addWidget(each)
        each.show()
    child.show()
    seen = [w for w in qapp.topLevelWidgets() if w.isVisible()]
    assert {int(w.winId()) for w in seen} <= shield.marks
    assert len(shield.marks) == 4
    assert capture.state == "excluded"
    shield.refuses = True
    late = QDialog(early)
    qtbot.addWidget(late)
    late.show()
    assert capture.state == "partly"
    qapp.removeEventFilter(capture)
    capture.deleteLater()


@pytest.mark.req("REQ-93")
def test_where_the_system_offers_nothing_that_is_what_is_told(
    qtbot: QtBot, qapp: QApplication
) -> None:
    for platform in ("linux", "darwin"):
        assert not shield_of(platform).offered
    assert shield_of("win32").offered
    capture = Capture(qapp, NoShield())
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    assert capture.state == "not-prevented"
    capture.deleteLater()
