"""Things side by side that go on in the next row where there is no more room."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem


class Flow(QLayout):
    """At any size of text everything is whole, and the page never grows wider than the window."""

    def __init__(self, *, gap: int = 8, columns: int = 0) -> None:
        """Empty.

        Args:
            gap: logical pixels between two things, across and down.
            columns: as a table of equal columns, so many at most; 0 for each as wide as it is.
        """
        super().__init__()
        self._columns = columns
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(gap)

    # -- what Qt asks of a layout -------------------------------------------------------

    def addItem(self, item: QLayoutItem) -> None:
        """At the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """One of them; None behind the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Away with one; None behind the last."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It takes the room that it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the higher."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Of all rows."""
        places = self._places(QRect(0, 0, width, 0))
        return max((place.bottom() + 1 for _, place in places), default=0)

    def setGeometry(self, rect: QRect) -> None:
        """Put everything in its place."""
        super().setGeometry(rect)
        for item, place in self._places(rect):
            item.setGeometry(place)

    def sizeHint(self) -> QSize:
        """All in one row, or in as many columns as there are at most."""
        shown = self._shown()
        if not shown:
            return QSize(0, 0)
        across = min(len(shown), self._columns) if self._columns else len(shown)
        widths = [item.sizeHint().width() for item in shown]
        width = max(widths) * across if self._columns else sum(widths)
        width += self.spacing() * (across - 1)
        return QSize(width, self.heightForWidth(width))

    def minimumSize(self) -> QSize:
        """One below the other."""
        least = QSize(0, 0)
        for item in self._shown():
            least = least.expandedTo(
                item.minimumSize().expandedTo(QSize(item.sizeHint().width(), 0))
            )
        return least

    # -- where everything goes ----------------------------------------------------------

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _places(self, room: QRect) -> list[tuple[QLayoutItem, QRect]]:
        shown, gap = self._shown(), self.spacing()
        width = self._even_width(shown, room.width())
        found: list[tuple[QLayoutItem, QRect]] = []
        row: list[tuple[QLayoutItem, QSize]] = []
        top, filled = room.top(), 0
        for item in shown:
            hint = item.sizeHint()
            size = QSize(width or min(hint.width(), room.width()), hint.height())
            if row and filled + gap + size.width() > room.width():
                top = self._close(row, room, top, found)
                row, filled = [], 0
            filled += size.width() + (gap if row else 0)
            row.append((item, size))
        if row:
            self._close(row, room, top, found)
        return found

    def _even_width(self, shown: list[QLayoutItem], room: int) -> int:
        """Of each column; 0 where everything is as wide as it is."""
        if not self._columns or not shown:
            return 0
        gap, widest = self.spacing(), max(item.sizeHint().width() for item in shown)
        fit = max(1, min(self._columns, (room + gap) // (widest + gap)))
        return (room - gap * (fit - 1)) // fit

    def _close(
        self,
        row: list[tuple[QLayoutItem, QSize]],
        room: QRect,
        top: int,
        found: list[tuple[QLayoutItem, QRect]],
    ) -> int:
        """Place a row that is full; where the next one begins."""
        height = max(size.height() for _, size in row)
        x = room.left()
        parent = self.parentWidget()
        mirrored = parent is not None and parent.isRightToLeft()
        for item, size in row:
            left = room.right() + room.left() - x - size.width() + 1 if mirrored else x
            down = top + (height - size.height()) // 2
            found.append((item, QRect(QPoint(left, down), size)))
            x += size.width() + self.spacing()
        return top + height + self.spacing()
