"""A text of the office under a heading, set apart from what surrounds it."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame

from ui.widgets.parts import column, label


class Texts(QFrame):
    """A text of the office under a heading, as the public page or the safe wording."""

    def __init__(self, name: str) -> None:
        """`name` for screen readers."""
        super().__init__()
        self.setObjectName("quote")
        self._title = label("", "strong", wrap=True)
        self._text = label("", "value", wrap=True)
        self._text.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.setAccessibleName(name)
        inside = column(self, margin=12, gap=4)
        inside.addWidget(self._title)
        inside.addWidget(self._text)

    def show_text(self, title: str, text: str) -> None:
        """These words; hidden without any."""
        self._title.setText(title)
        self._text.setText(text)
        self.setVisible(bool(text))
