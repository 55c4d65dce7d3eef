"""A theme for each test of the window, and Qt kept clean between them."""

import os
from collections.abc import Iterator

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")  # before Qt looks for a screen

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ui import fonts
from ui.theme import Theme


@pytest.fixture
def theme(qapp: QApplication, qtbot: QtBot) -> Iterator[Theme]:
    """The light look at 100 %."""
    del qtbot
    fonts.load()
    found = Theme(qapp)
    found.put_on("light", 100)
    yield found
    found.setParent(None)
    found.deleteLater()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
