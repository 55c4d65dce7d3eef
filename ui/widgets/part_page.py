"""The page that belongs to another page: its title above, and the way back."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QWidget

from ui.theme import Theme
from ui.widgets.parts import button, column, label, line


class PartPage(QWidget):
    """A page within the settings, or within the reviews; what is below the head is its own."""

    left = Signal()
    """Back to the page that it belongs to."""

    def __init__(self, theme: Theme, title: str, back: str = "Back to the settings") -> None:
        """The head is there; `outer` takes what lies below."""
        super().__init__()
        self.setObjectName("page")
        self._theme = theme
        self.back = button(back)
        self.outer = column(self)
        head = QFrame()
        head.setObjectName("header")
        self._across = line(head, gap=8)
        self._across.setContentsMargins(16, 15, 16, 15)
        self._across.addWidget(label(title, "title"))
        self._across.addStretch(1)
        self._across.addWidget(self.back)
        self.outer.addWidget(head)
        self.back.clicked.connect(self.left)

    def in_head(self, *widgets: QWidget) -> None:
        """Before the way back."""
        for widget in widgets:
            self._across.insertWidget(self._across.count() - 1, widget)

    def start_at(self, first: QWidget) -> None:
        """The keyboard goes to `first`, or to the way back while that is not shown."""
        target = first if first.isVisibleTo(self) else self.back
        target.setFocus(Qt.FocusReason.OtherFocusReason)
