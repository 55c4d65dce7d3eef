"""The privacy officer's way from page to page, with the keys counted and the words read."""

import contextlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractScrollArea,
    QApplication,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QWidget,
)

from carekraft_desktop.presenters.shell import Page
from tests.officers_week import Stop
from tests.window.reading import texts, words
from tests.window.test_tasks import Hands
from ui.widgets.rows import Rows

CONTROL = Qt.KeyboardModifier.ControlModifier


@dataclass
class Round:
    """The officer's way from page to page."""

    hands: Hands
    stops: list[Stop] = field(default_factory=list)
    read: Counter[str] = field(default_factory=Counter)

    @property
    def page(self) -> QWidget:
        assert self.hands.window.frame is not None
        return self.hands.window.frame.rooms[self.hands.window.shell.state.page].page

    def to(self, page: Page, typed: str) -> None:
        """Through the palette, which opens from everywhere."""
        self.hands.key(Qt.Key.Key_K, CONTROL)
        self.hands.letters(typed)
        self.hands.key(Qt.Key.Key_Return)
        assert self.hands.window.shell.state.page is page
        self.look()

    def look(self) -> None:
        """Read what is on the page now; what has been read there is not read again."""
        QApplication.processEvents()
        self.read |= texts(self.page)

    def look_anew(self) -> None:
        """What went by before a filter was chosen was not read."""
        self.read.clear()
        self.look()

    def scroll_through(self) -> None:
        """To the end of whatever does not fit on the page, by Tab and Page Down."""
        areas = [each for each in self.page.findChildren(QAbstractScrollArea) if each.isVisible()]
        for area in areas:
            if not isinstance(area, (QScrollArea, Rows)):
                continue
            bar = area.verticalScrollBar()
            for _ in range(80):
                if bar.value() >= bar.maximum():
                    break
                self.hands.key(Qt.Key.Key_PageDown if self._scrolls(area) else Qt.Key.Key_Tab)
            else:
                raise AssertionError(area)
        self.look()

    @staticmethod
    def _scrolls(area: QAbstractScrollArea) -> bool:
        """Whether Page Down would reach it, and not a list or a picker inside of it."""
        there = QApplication.focusWidget()
        if isinstance(area, Rows):
            return there is area
        return isinstance(there, (QAbstractButton, QLineEdit)) and area.isAncestorOf(there)

    def tab_to(self, widget: QWidget) -> None:
        """As often as it takes."""
        for _ in range(60):
            if QApplication.focusWidget() is widget:
                return
            self.hands.key(Qt.Key.Key_Tab)
        raise AssertionError(widget)

    def press(self, button: QPushButton) -> None:
        """Go to a button and press it."""
        self.tab_to(button)
        self.hands.key(Qt.Key.Key_Space)
        self.look()

    @contextlib.contextmanager
    def stop(self, name: str, did: str) -> Iterator[None]:
        """Count what one page takes."""
        self.hands.count, self.read = 0, Counter()
        yield
        self.stops.append(Stop(name, did, self.hands.count, words(self.read)))
