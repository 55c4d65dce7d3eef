"""Widgets come and go without a trace: no stray windows, nothing that outlives its page."""

import gc
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QObject, QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from tests import staged
from ui.theme import Theme
from ui.widgets.focus import FocusRing


class Watcher(QObject):
    """Notes every widget that shows itself as a window of its own."""

    def __init__(self) -> None:
        super().__init__()
        self.windows: list[str] = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self.windows.append(type(watched).__name__)
        return False


@pytest.mark.parametrize("name", sorted(staged.SCENES))
def test_building_a_page_flashes_no_window(qapp: QApplication, qtbot: QtBot, name: str) -> None:
    theme = Theme(qapp)
    theme.put_on("light", 100)
    watcher = Watcher()
    qapp.installEventFilter(watcher)
    page = staged.SCENES[name](theme)
    qapp.removeEventFilter(watcher)
    qtbot.addWidget(page)
    assert watcher.windows == []


@pytest.mark.parametrize("name", sorted(staged.SCENES))
def test_a_page_that_is_gone_does_not_answer_a_change_of_the_look(
    qapp: QApplication, name: str
) -> None:
    theme = Theme(qapp)
    theme.put_on("light", 100)
    make: Callable[[Theme], QWidget] = staged.SCENES[name]
    page = make(theme)
    page.deleteLater()
    del page
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()
    theme.put_on("dark", 150)
    theme.put_on("light", 100)


def test_the_ring_follows_a_field_that_is_pushed_down(qapp: QApplication, qtbot: QtBot) -> None:
    theme = Theme(qapp)
    theme.put_on("light", 100)
    window = QWidget()
    qtbot.addWidget(window)
    rows = QVBoxLayout(window)
    above = QLabel("A row that comes later")
    above.hide()
    field = QLineEdit()
    holder = QWidget()
    QVBoxLayout(holder).addWidget(field)
    rows.addWidget(above)
    rows.addWidget(holder)
    rows.addStretch(1)
    ring = FocusRing(theme, window)
    window.resize(300, 300)
    window.show()
    window.activateWindow()
    qtbot.waitUntil(lambda: QApplication.activeWindow() is window)
    field.setFocus()
    qtbot.keyClick(field, Qt.Key.Key_Left)
    qtbot.waitUntil(ring.isVisible)
    before = ring.geometry()
    above.show()
    qtbot.waitUntil(lambda: ring.y() > before.y())
    assert ring.geometry().contains(
        QRect(field.mapTo(window, field.rect().topLeft()), field.size())
    )
