"""Widgets come and go without a trace: no stray windows, nothing that outlives its page."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.focus import FocusRing


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
