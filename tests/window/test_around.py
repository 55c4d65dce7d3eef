"""The place of the pages: scrolled where the screen is too small, and never back and forth."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ui.theme import Theme
from ui.widgets.pages import Around, Pages


class Turning(QWidget):
    """Needs less height where it is narrower than 1000 pixels, as the day beside its pane does."""

    def minimumSizeHint(self) -> QSize:
        return QSize(100, 900 if self.width() >= 1_000 else 200)


def around(qtbot: QtBot, *pages: QWidget) -> Around:
    stack = Pages()
    for page in pages:
        stack.addWidget(page)
    made = Around(stack)
    qtbot.addWidget(made)
    made.resize(1_000, 600)
    made.show()
    QApplication.processEvents()
    return made


def has_bar(made: Around) -> bool:
    return made.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOn


def test_a_page_that_the_bar_itself_makes_shorter_keeps_the_bar(theme: Theme, qtbot: QtBot) -> None:
    made = around(qtbot, Turning())
    assert has_bar(made)
    made.resize(1_000, 650)
    QApplication.processEvents()
    assert has_bar(made)
    made.resize(1_000, 950)
    QApplication.processEvents()
    assert not has_bar(made)


class Wide(QWidget):
    """Wider than there is room for, and exactly as high: each bar makes the other one needed."""

    def minimumSizeHint(self) -> QSize:
        return QSize(1_200 if self.height() < 600 else 1_000, 600)


def test_bars_that_make_each_other_needed_come_once_and_stay(theme: Theme, qtbot: QtBot) -> None:
    made = around(qtbot, Wide())
    made.resize(1_000, 599)
    QApplication.processEvents()
    assert has_bar(made)
    assert made.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOn
    made.resize(1_300, 700)
    QApplication.processEvents()
    assert not has_bar(made)
    assert made.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff


def test_a_page_behind_makes_the_window_no_higher_and_another_page_has_no_bar(
    theme: Theme, qtbot: QtBot
) -> None:
    low, high = QWidget(), QWidget()
    low.setMinimumSize(100, 200)
    high.setMinimumSize(100, 900)
    made = around(qtbot, low, high)
    assert made.height() == 600
    assert not has_bar(made)
    stack = made.widget()
    assert isinstance(stack, Pages)
    stack.setCurrentWidget(high)
    QApplication.processEvents()
    assert has_bar(made)
    stack.setCurrentWidget(low)
    QApplication.processEvents()
    assert not has_bar(made)
