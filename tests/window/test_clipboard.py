"""A copied booking leaves the clipboard by itself, and no history keeps it."""

import pytest
from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from pytestqt.qtbot import QtBot

from ui.clipboard import NOT_FOR_HISTORIES, Clipboard


@pytest.mark.req("REQ-92")
def test_the_text_goes_with_the_signs_that_histories_heed(qtbot: QtBot) -> None:
    parent = QObject()
    Clipboard(parent).hold("Demir, Elif", 60)
    data = QGuiApplication.clipboard().mimeData()
    assert data.text() == "Demir, Elif"
    for name, content in NOT_FOR_HISTORIES.items():
        assert bytes(data.data(name).data()) == content


@pytest.mark.req("REQ-92")
def test_it_is_taken_away_after_its_time(qtbot: QtBot) -> None:
    parent = QObject()
    Clipboard(parent).hold("Demir, Elif", 0)
    qtbot.waitUntil(lambda: QGuiApplication.clipboard().text() == "")


def test_what_somebody_else_copied_meanwhile_stays(qtbot: QtBot) -> None:
    parent = QObject()
    clipboard = Clipboard(parent)
    clipboard.hold("Demir, Elif", 60)
    QGuiApplication.clipboard().setText("a shopping list")
    clipboard.clear()
    assert QGuiApplication.clipboard().text() == "a shopping list"
