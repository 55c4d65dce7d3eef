"""Names with their values, one below the other; to be read, never to be changed."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.parts import column, empty_layout, label


class Facts(QWidget):
    """Shows pairs of words."""

    def __init__(self, theme: Theme, *, names: int = 104) -> None:
        """`names`: width of the first column at 100 %."""
        super().__init__()
        self._theme, self._names = theme, names
        self._shown: tuple[tuple[str, str], ...] | None = None
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        column(self).addLayout(self._grid)
        theme.changed.connect(self._widen)

    def show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        """Hold these."""
        self.setVisible(bool(facts))
        if facts == self._shown:
            return
        self._shown = facts
        empty_layout(self._grid)
        self._widen()
        for row, (name, value) in enumerate(facts):
            first, second = label(name, "quiet", wrap=True), label(value, "value", wrap=True)
            second.setAccessibleName(f"{name}: {value}")
            second.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
            self._grid.addWidget(first, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(second, row, 1, Qt.AlignmentFlag.AlignTop)

    def _widen(self) -> None:
        self._grid.setColumnMinimumWidth(0, self._theme.px(self._names))
