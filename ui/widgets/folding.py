"""Where a list is too narrow for its columns, some of them stand below the first, in two lines."""

from collections.abc import Mapping

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter

from carekraft_desktop.presenters.pieces import Row
from ui import fonts
from ui.theme import Theme

BETWEEN = " · "


class Fold:
    """Which columns stand below, each with the words around it, and from which width on."""

    def __init__(self, width: int = 0, below: Mapping[int, str] | None = None) -> None:
        """`width` at 100 % below which it folds; `below`: words with `{}` for the cell's own."""
        self.width, self._below = width, dict(below or {})
        self.on = False

    def fits(self, room: float) -> bool:
        """Look at the room there is, at 100 %; whether that changes how the list stands."""
        was, self.on = self.on, room < self.width
        return was is not self.on

    @property
    def gone(self) -> set[int]:
        """Columns that have no place of their own now."""
        return set(self._below) if self.on else set()

    def below(self, row: Row) -> str:
        """The second line of a row; empty while there is one line only."""
        if not self.on:
            return ""
        said = ((words, row.cells[column].spoken) for column, words in self._below.items())
        return BETWEEN.join(words.format(each) for words, each in said if each)

    @staticmethod
    def paint(
        painter: QPainter,
        theme: Theme,
        room: QRectF,
        lines: tuple[str, str],
        side: Qt.AlignmentFlag,
    ) -> None:
        """Both lines; the pen is that of the first, and the font as well."""
        half = room.height() / 2
        above = QRectF(room.left(), room.top() + theme.px(4), room.width(), half - theme.px(4))
        under = QRectF(room.left(), room.top() + half, room.width(), half - theme.px(4))
        font = painter.font()
        for text, place, quiet in ((lines[0], above, False), (lines[1], under, True)):
            if quiet:
                font = theme.font(fonts.SMALL, 400)
                painter.setFont(font)
            shown = QFontMetricsF(font).elidedText(text, Qt.TextElideMode.ElideRight, place.width())
            painter.drawText(place, side | Qt.AlignmentFlag.AlignVCenter, shown)
