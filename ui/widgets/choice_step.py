"""A step that is one of several codes: a picker, and a button that does it."""

from PySide6.QtWidgets import QWidget

from carekraft_desktop.presenters import wording_asked as words
from carekraft_desktop.presenters.asked_state import Choices
from ui.theme import Theme
from ui.widgets.fields import Picker
from ui.widgets.parts import button, column, label, line


class ChoiceStep(QWidget):
    """A step that is one of several codes: a picker, and a button that does it."""

    def __init__(self, theme: Theme, title: str) -> None:
        """Hidden until there are choices."""
        super().__init__()
        self._codes: tuple[str, ...] = ()
        self.picker = Picker(theme, title)
        self.go = button(words.GO)
        self.go.setAccessibleName(title)
        inside = column(self, gap=4)
        inside.addWidget(label(title, "label", wrap=True))
        across = line(gap=8)
        across.addWidget(self.picker, 1)
        across.addWidget(self.go)
        inside.addLayout(across)

    @property
    def code(self) -> str:
        """What is chosen."""
        return self._codes[self.picker.currentIndex()] if self._codes else ""

    def show_choices(self, choices: Choices) -> None:
        """Offer these."""
        self.setVisible(bool(choices.codes))
        if choices.codes != self._codes:
            self._codes = choices.codes
            self.picker.clear()
            self.picker.addItems(list(choices.words))
