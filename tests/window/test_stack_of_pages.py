"""The pages of the frame: the one in front decides how small the window may be."""

from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.pages import Pages


def test_a_page_behind_makes_the_window_no_higher(theme: Theme, qtbot: QtBot) -> None:
    window, stack = QWidget(), Pages()
    qtbot.addWidget(window)
    QVBoxLayout(window).addWidget(stack)
    for height in (200, 900):
        page = QWidget()
        page.setMinimumSize(100, height)
        stack.addWidget(page)
    window.show()
    QApplication.processEvents()
    assert window.minimumSizeHint().height() < 300
    stack.setCurrentIndex(1)
    stack.updateGeometry()
    QApplication.processEvents()
    assert window.minimumSizeHint().height() >= 900
