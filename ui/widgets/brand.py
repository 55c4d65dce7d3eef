"""The program's mark, and the card in the middle that set-up and unlock share."""

from collections.abc import Sequence

from PySide6.QtWidgets import QSizePolicy, QWidget

from carekraft_desktop.presenters import wording
from ui.theme import Theme
from ui.widgets.parts import Picture, card, column, label, line, scrolled


def brand(theme: Theme) -> QWidget:
    """Picture and name."""
    found = QWidget()
    across = line(found, gap=8)
    across.addWidget(Picture(theme, "stethoscope", "accent_text", 22))
    across.addWidget(label(wording.PROGRAM, "brand"))
    across.addStretch(1)
    return found


class CentredCard(QWidget):
    """A card of fixed width in the middle of the window, scrolling when it does not fit."""

    def __init__(self, theme: Theme, name: str, width: int) -> None:
        """`width` at 100 %."""
        super().__init__()
        self.setObjectName("page")
        self._theme, self._width = theme, width
        self._frame, self.inside = card(28)
        self.inside.setSpacing(14)
        self._frame.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        around = QWidget()
        # A line with stretches, not an alignment: so the card is asked for its height at its
        # own width, and long words get all their lines.
        across = line(gap=0)
        across.addStretch(1)
        across.addWidget(self._frame)
        across.addStretch(1)
        down = column(around, margin=24)
        down.addStretch(2)
        down.addLayout(across)
        down.addStretch(3)
        column(self).addWidget(scrolled(around, name))
        theme.changed.connect(self._resize)
        self._resize()

    def lay_out(
        self, steps: Sequence[QWidget], middle: Sequence[QWidget], foot: Sequence[QWidget]
    ) -> None:
        """A way in steps: the brand, which step it is, what is asked, and the buttons.

        The first of `foot` takes the room that the buttons leave.
        """
        above, below = line(gap=20), line(gap=10)
        for each in steps:
            above.addWidget(each)
        above.addStretch(1)
        self.inside.addWidget(brand(self._theme))
        self.inside.addLayout(above)
        for each in middle:
            self.inside.addWidget(each)
        for at, each in enumerate(foot):
            below.addWidget(each, 0 if at else 1)
        self.inside.addLayout(below)

    def _resize(self) -> None:
        self._frame.setFixedWidth(self._theme.px(self._width))
