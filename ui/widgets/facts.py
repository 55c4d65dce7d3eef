"""Names with their values, one below the other; to be read, never to be changed."""

from math import ceil

from PySide6.QtCore import QPointF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QTextLayout, QTextOption
from PySide6.QtWidgets import QGridLayout, QLabel, QSizePolicy, QWidget

from ui.theme import Theme
from ui.widgets.parts import column, empty_layout, label


class Facts(QWidget):
    """Shows pairs of words."""

    def __init__(self, theme: Theme, *, names: int = 104) -> None:
        """`names`: width of the first column at 100 %."""
        super().__init__()
        self._theme, self._names = theme, names
        self._shown: tuple[tuple[tuple[str, str], ...], tuple[str, ...]] | None = None
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(10)
        self._grid.setVerticalSpacing(4)
        self._grid.setColumnStretch(1, 1)
        column(self).addLayout(self._grid)
        theme.changed.connect(self._widen)

    def show_facts(self, facts: tuple[tuple[str, str], ...], raw: tuple[str, ...] = ()) -> None:
        """Hold these; a value that is written otherwise in `raw` has that as its tip."""
        self.setVisible(bool(facts))
        if (facts, raw) == self._shown:
            return
        self._shown = facts, raw
        empty_layout(self._grid)
        self._widen()
        for row, (name, value) in enumerate(facts):
            first, second = label(name, "quiet", wrap=True), Whole(value)
            second.setAccessibleName(f"{name}: {value}")
            if raw and raw[row] != value:
                second.setToolTip(raw[row])
            self._grid.addWidget(first, row, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(second, row, 1)

    def _widen(self) -> None:
        self._grid.setColumnMinimumWidth(0, self._theme.px(self._names))


class Whole(QLabel):
    """A value that is shown whole: it wraps between words, and inside one that is too long.

    A plain label wraps between words only, and cuts an id or an address at its edge.
    """

    def __init__(self, value: str) -> None:
        """Show this value."""
        super().__init__(value)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setObjectName("value")
        policy = QSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """So high that every line of it is seen."""
        return self._laid_out(width)[1]

    def line_widths(self) -> list[float]:
        """How much of the width each line needs."""
        laid, _ = self._laid_out(self.width())
        return [laid.lineAt(n).naturalTextWidth() for n in range(laid.lineCount())]

    def sizeHint(self) -> QSize:
        """One line, if there is room for it."""
        size = self.fontMetrics().size(0, self.text())
        return QSize(size.width(), self.heightForWidth(max(size.width() + 1, 1)))

    def minimumSizeHint(self) -> QSize:
        """As narrow as the column makes it."""
        return QSize(0, self.fontMetrics().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Every line of it."""
        del event
        painter = QPainter(self)
        painter.setPen(self.palette().color(self.foregroundRole()))
        self._laid_out(self.width())[0].draw(painter, QPointF(0, 0))

    def _laid_out(self, width: int) -> tuple[QTextLayout, int]:
        """The lines in this width, and how high they are together."""
        metrics = self.fontMetrics()
        layout = QTextLayout(self.text(), self.font())
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        layout.setTextOption(option)
        layout.beginLayout()
        height, ascent, spacing = 0, metrics.ascent(), metrics.lineSpacing()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(max(width, 1))
            # On whole pixels, like the label beside it, so that both stand on one line.
            line.setPosition(QPointF(0, height + ascent - line.ascent()))
            height += max(spacing, ceil(line.height()))
        layout.endLayout()
        return layout, height
