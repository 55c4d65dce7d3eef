"""The keys of the page, shown over it until any key or click."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ui.keys import EVERYWHERE, KEYS
from ui.theme import Theme
from ui.widgets.parts import card, column, label, scrolled


class KeysSheet(QWidget):
    """Lies over the window."""

    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget, where: str) -> None:
        """For one page."""
        super().__init__(parent)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setProperty("ownFocus", "yes")
        self.setProperty("overlay", "yes")
        self.setAccessibleName("Keys")
        frame, inside = card(26)
        inside.setSpacing(12)
        inside.addWidget(label("Keys", "title"))
        grid = QGridLayout()
        grid.setHorizontalSpacing(26)
        grid.setVerticalSpacing(6)
        for place, column_ in ((where, 0), (EVERYWHERE, 2)):
            grid.addWidget(label(place, "label"), 0, column_, 1, 2)
            shown = [key for key in KEYS if key.where == place]
            for row, key in enumerate(shown, 1):
                grid.addWidget(
                    label((" or " if key.name else ", ").join(key.keys), "strong"), row, column_
                )
                grid.addWidget(label(key.words, "value"), row, column_ + 1)
        inside.addLayout(grid)
        inside.addWidget(label("Esc closes this", "quiet"))
        middle = QWidget()
        column(middle, margin=8).addWidget(frame, 0, Qt.AlignmentFlag.AlignCenter)
        self._area = scrolled(middle, "Keys")
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        column(self).addWidget(self._area)
        self.setGeometry(parent.rect())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page shines through a little."""
        del event
        painter = QPainter(self)
        veil = self._theme.colour("window")
        veil.setAlpha(225)
        painter.fillRect(self.rect(), veil)
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Any key; arrows and pages scroll where the window is too small for all of them."""
        down, across = self._area.verticalScrollBar(), self._area.horizontalScrollBar()
        bar, step = {
            Qt.Key.Key_Down.value: (down, down.singleStep()),
            Qt.Key.Key_Up.value: (down, -down.singleStep()),
            Qt.Key.Key_PageDown.value: (down, down.pageStep()),
            Qt.Key.Key_PageUp.value: (down, -down.pageStep()),
            Qt.Key.Key_Right.value: (across, across.singleStep()),
            Qt.Key.Key_Left.value: (across, -across.singleStep()),
        }.get(event.key(), (down, 0))
        if step and bar.maximum():
            bar.setValue(bar.value() + step)
        else:
            self.closed.emit()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Any click."""
        del event
        self.closed.emit()
