"""One table for all lists: values in, chosen keys out.

The delegate asks the model once for each cell, which is several times less than Qt's own does.
"""

from collections.abc import Sequence

from PySide6.QtCore import (
    QAbstractTableModel,
    QEvent,
    QItemSelectionModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFocusEvent,
    QFontMetricsF,
    QKeyEvent,
    QKeySequence,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from carekraft_desktop.presenters.pieces import Cell, Row
from ui import fonts
from ui.icons import pixmap
from ui.theme import Theme
from ui.widgets.chip import paint_chip
from ui.widgets.folding import Fold

CELL = Qt.ItemDataRole.UserRole
MARKED = CELL + 1
BELOW = CELL + 2
"""The second line of a row whose list is too narrow for its columns."""
type_of_index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()
_STEP = 80
"""So much narrower, at 100 %, the next column is left out."""


class RowsModel(QAbstractTableModel):
    """Rows of values under their heads."""

    def __init__(self, heads: Sequence[str], parent: QWidget | None = None) -> None:
        """Empty until `show_rows`."""
        super().__init__(parent)
        self._heads = tuple(heads)
        self.fold = Fold()
        self.rows: tuple[Row, ...] = ()

    def show_rows(self, rows: tuple[Row, ...]) -> None:
        """Hold these rows; the same keys in the same order keep selection and place."""
        if [row.key for row in rows] == [row.key for row in self.rows]:
            changed, self.rows = rows != self.rows, rows
            if changed and rows:
                last = self.index(len(rows) - 1, len(self._heads) - 1)
                self.dataChanged.emit(self.index(0, 0), last)
            return
        self.beginResetModel()
        self.rows = rows
        self.endResetModel()

    def rowCount(self, parent: type_of_index = _NOWHERE) -> int:
        """Of the list itself; rows have none below them."""
        return 0 if parent.isValid() else len(self.rows)

    def columnCount(self, parent: type_of_index = _NOWHERE) -> int:
        """As many as there are heads."""
        return 0 if parent.isValid() else len(self._heads)

    def data(self, index: type_of_index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """A whole cell for the delegate; words for everyone else."""
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        cell = row.cells[index.column()]
        found: object = None
        match role:
            case CELL.value:
                found = cell
            case Qt.ItemDataRole.DisplayRole:
                found = cell.spoken
            case Qt.ItemDataRole.ToolTipRole:
                found = cell.tip or self._whole(row, index.column())
            case Qt.ItemDataRole.AccessibleTextRole:
                found = self._spoken(row, index.column())
            case int(own) if own == BELOW:
                found = self.fold.below(row) if index.column() == 0 else ""
            case int(own) if own == MARKED:
                found = row.marked
        return found

    def _whole(self, row: Row, column: int) -> str:
        below = self.fold.below(row) if column == 0 else ""
        return f"{row.cells[column].spoken}\n{below}" if below else row.cells[column].spoken

    def _spoken(self, row: Row, column: int) -> str:
        head, cell = self._heads[column], row.cells[column]
        words = f"{head}: {cell.spoken}" if head else cell.spoken
        if column == 0 and self.fold.on:
            words = f"{words}, {self.fold.below(row)}"
        return f"{words}, marked" if row.marked and column == 0 else words

    def headerData(
        self,
        section: int,
        orientation: Qt.Orientation,
        role: int = Qt.ItemDataRole.DisplayRole,
    ) -> object:
        """The heads."""
        across = orientation == Qt.Orientation.Horizontal
        if across and role == Qt.ItemDataRole.DisplayRole and section < len(self._heads):
            return self._heads[section]
        if across and role == Qt.ItemDataRole.TextAlignmentRole:
            return Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
        return None


class RowsDelegate(QStyledItemDelegate):
    """Paints one cell."""

    def __init__(self, theme: Theme, parent: QTableView) -> None:
        """In the look that is on."""
        super().__init__(parent)
        self._theme, self._view = theme, parent

    def _focus(self, painter: QPainter, rect: QRect, index: type_of_index) -> None:
        """One ring around the whole row, drawn cell by cell."""
        painter.setPen(QPen(self._theme.colour("focus"), 2))
        top, bottom = rect.top() + 1, rect.bottom()
        painter.drawLine(rect.left(), top, rect.right() + 1, top)
        painter.drawLine(rect.left(), bottom, rect.right() + 1, bottom)
        ends = (0, index.model().columnCount() - 1)
        mirrored = self._view.isRightToLeft()
        if index.column() == ends[1 if mirrored else 0]:
            painter.drawLine(rect.left() + 1, top, rect.left() + 1, bottom)
        if index.column() == ends[0 if mirrored else 1]:
            painter.drawLine(rect.right(), top, rect.right(), bottom)

    def _tick(self, painter: QPainter, room: QRectF, *, mirrored: bool) -> QRectF:
        """A tick before the words of a marked row; what is left of the room."""
        size = self._theme.px(16)
        x = room.right() - size if mirrored else room.left()
        picture = pixmap(
            "check", self._theme.tokens.accent_text, size, self._view.devicePixelRatioF()
        )
        painter.drawPixmap(int(x), int(room.center().y() - size / 2), picture)
        pad = size + self._theme.px(6)
        return room.adjusted(0, 0, -pad, 0) if mirrored else room.adjusted(pad, 0, 0, 0)

    def _button(self, painter: QPainter, room: QRectF, words: str, *, mirrored: bool) -> None:
        theme = self._theme
        font = theme.font(fonts.SMALL, 600)
        metrics = QFontMetricsF(font)
        width = min(room.width(), metrics.horizontalAdvance(words) + theme.px(20))
        frame = QRectF(room.left(), room.center().y() - theme.px(12), width, theme.px(24))
        if not mirrored:
            frame.moveRight(room.right())
        painter.setPen(QPen(theme.colour("control"), 1))
        painter.setBrush(theme.colour("surface"))
        painter.drawRoundedRect(frame, theme.px(5), theme.px(5))
        painter.setFont(font)
        painter.setPen(theme.colour("text"))
        shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, frame.width())
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, shown)

    def sizeHint(self, option: QStyleOptionViewItem, index: type_of_index) -> QSize:
        """Every row is as high as the next."""
        del option, index
        return QSize(self._theme.px(80), self._view.verticalHeader().defaultSectionSize())

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: type_of_index) -> None:
        """Background, words or mark, hairline."""
        cell: Cell = index.data(CELL)
        theme = self._theme
        rect: QRect = option.rect
        state = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        hovered = bool(state & QStyle.StateFlag.State_MouseOver)
        painter.save()
        # Sides are chosen by hand here, and numbers read from the left in every script.
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill = "soft" if chosen else "hover" if hovered else "surface"
        painter.fillRect(rect, theme.colour(fill))
        painter.setPen(QPen(theme.colour("grid_half"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        view = self._view
        if view.hasFocus() and index.row() == view.currentIndex().row():
            self._focus(painter, rect, index)
        pad = theme.px(10)
        room = QRectF(rect.adjusted(pad, 0, -pad, 0))
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        if index.data(MARKED) and index.column() == 0:
            room = self._tick(painter, room, mirrored=mirrored)
        if cell.action:
            self._button(painter, room, cell.action, mirrored=mirrored)
        elif cell.mark is not None:
            paint_chip(painter, theme, room, cell.mark, mirrored=mirrored)
        else:
            font = theme.font(fonts.BODY, 600 if cell.strong else 400)
            painter.setFont(font)
            ink = "on_soft" if chosen else "text_2" if cell.quiet else "text"
            painter.setPen(theme.colour(ink))
            side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
            below = index.data(BELOW)
            if below:
                Fold.paint(painter, theme, room, (cell.text, below), side)
                painter.restore()
                return
            shown = QFontMetricsF(font).elidedText(
                cell.text, Qt.TextElideMode.ElideRight, room.width()
            )
            painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)
        painter.restore()


def row_height(theme: Theme, *, folded: bool = False) -> int:
    """Of every row of every list; two lines need more."""
    return theme.px(54 if folded else 36)


class Rows(QTableView):
    """A list of which one row is chosen."""

    chosen = Signal(str)
    """Key of the row that became current by mouse or keyboard."""
    marked = Signal(str)
    """Key of the row to be marked or unmarked: Space."""
    all_marked = Signal()
    """Ctrl+A."""
    acted = Signal(str)
    """Key of the row whose own button was pressed."""
    opened = Signal(str)
    """Key of the row on which Enter was pressed or that was clicked twice."""
    painted = Signal(str, tuple)
    """`patients`, and the keys of the rows that were just painted, where they are others."""

    def __init__(
        self,
        theme: Theme,
        heads: Sequence[str],
        *,
        name: str,
        weights: Sequence[float],
        narrow: int = 0,
        first_to_go: Sequence[int] = (),
        patients: str = "",
        fold: Fold | None = None,
        parent: QWidget | None = None,
    ) -> None:
        """Empty until `show_rows`.

        Args:
            theme: the look that is on.
            heads: a word for each column.
            name: what a screen reader calls the list.
            weights: how the columns share the width.
            narrow: width at 100 % below which some columns are left out; 0 for never.
            first_to_go: which ones, one after the other; the last where nothing is said.
            patients: what the journal calls this list, where its rows are about patients.
            fold: which columns go below the first where the list is narrow.
            parent: where it lies.
        """
        super().__init__(parent)
        self.patients = patients
        self._told: tuple[str, ...] = ()
        self._theme = theme
        self._weights, self._narrow = tuple(weights), narrow
        self._first_to_go = tuple(first_to_go) or (len(weights) - 1,)
        self._filling = False
        self.rows = RowsModel(heads, self)
        self.rows.fold = fold or Fold()
        self.setModel(self.rows)
        self.setItemDelegate(RowsDelegate(theme, self))
        self.setAccessibleName(name)
        self.setProperty("ownFocus", "yes")
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(10)
        self.horizontalHeader().setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setCornerButtonEnabled(False)
        self.doubleClicked.connect(self._doubled)
        theme.changed.connect(self._restyle)
        self._restyle()

    def show_rows(self, rows: tuple[Row, ...], chosen: str) -> None:
        """Hold these rows, one of them chosen."""
        self._filling = True
        place = self.currentIndex().row()
        self.rows.show_rows(rows)
        keys = [row.key for row in rows]
        if chosen in keys:
            index = self.rows.index(keys.index(chosen), 0)
            flags = QItemSelectionModel.SelectionFlag
            self.selectionModel().setCurrentIndex(index, flags.ClearAndSelect | flags.Rows)
            self.scrollTo(index)
        else:
            self.selectionModel().clearSelection()
            if rows and place >= 0 and self.hasFocus():
                # The keyboard stays where it was, on the row that took the place.
                index = self.rows.index(min(place, len(rows) - 1), 0)
                self.selectionModel().setCurrentIndex(
                    index, QItemSelectionModel.SelectionFlag.NoUpdate
                )
        self._filling = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint, and tell which rows somebody can see now."""
        super().paintEvent(event)
        if not self.patients:
            return
        shown = self.rows.rows
        first, last = self.rowAt(0), self.rowAt(self.viewport().height() - 1)
        end = len(shown) if last < 0 else last + 1
        keys = tuple(row.key for row in shown[max(first, 0) : end]) if first >= 0 else ()
        if keys and keys != self._told:
            self._told = keys
            self.painted.emit(self.patients, keys)

    def currentChanged(self, current: type_of_index, previous: type_of_index) -> None:
        """Only what a person does is told; the ring is around whole rows, Qt knows of cells."""
        super().currentChanged(current, previous)
        for row in {current.row(), previous.row()} - {-1}:
            self.viewport().update(
                0, self.rowViewportPosition(row), self.viewport().width(), self.rowHeight(row)
            )
        if not self._filling and current.isValid():
            self.chosen.emit(self.rows.rows[current.row()].key)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on the row that is current already chooses it again; on its button it acts."""
        index = self.indexAt(event.position().toPoint())
        if index.isValid() and self.rows.rows[index.row()].cells[index.column()].action:
            self.acted.emit(self.rows.rows[index.row()].key)
            return
        if index.isValid() and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.marked.emit(self.rows.rows[index.row()].key)
            return
        super().mousePressEvent(event)
        index = self.currentIndex()
        if index.isValid() and not self._filling:
            self.chosen.emit(self.rows.rows[index.row()].key)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens; letters are left to the page's keys."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._doubled(self.currentIndex())
        elif event.matches(QKeySequence.StandardKey.SelectAll):
            self.all_marked.emit()
        elif event.key() == Qt.Key.Key_Space:
            self._mark()
        elif event.text() and event.text().isprintable():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _mark(self) -> None:
        """Mark the row and go on to the next, so that a run of rows is a run of keys."""
        index = self.currentIndex()
        if not index.isValid():
            return
        self.marked.emit(self.rows.rows[index.row()].key)
        below = self.rows.index(index.row() + 1, index.column())
        if below.isValid():
            self.setCurrentIndex(below)

    @property
    def current(self) -> str:
        """Key of the row that the keyboard is on, empty for none."""
        index = self.currentIndex()
        return self.rows.rows[index.row()].key if index.isValid() else ""

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Passing through with Tab chooses nothing: that would open somebody's visit."""
        was, asked = self._filling, event.reason() == Qt.FocusReason.ShortcutFocusReason
        self._filling = was or not asked
        super().focusInEvent(event)
        self._filling = was

    def _doubled(self, index: QModelIndex) -> None:
        if index.isValid() and not self.rows.rows[index.row()].cells[index.column()].action:
            if not self.selectionModel().isSelected(index):
                self.chosen.emit(self.rows.rows[index.row()].key)
            self.opened.emit(self.rows.rows[index.row()].key)

    def _restyle(self) -> None:
        folded = self.rows.fold.on
        self.verticalHeader().setDefaultSectionSize(row_height(self._theme, folded=folded))
        self._share()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the new width by weight."""
        super().resizeEvent(event)
        self._share()

    def _share(self) -> None:
        width = self.viewport().width()
        room = width / self._theme.factor
        if self.rows.fold.fits(room):
            folded = self.rows.fold.on
            self.verticalHeader().setDefaultSectionSize(row_height(self._theme, folded=folded))
        below = self.rows.fold.gone
        gone = below | {
            column
            for number, column in enumerate(self._first_to_go)
            if room < self._narrow - number * _STEP
        }
        shown = {n: weight for n, weight in enumerate(self._weights) if n not in gone}
        shown[0] += sum(self._weights[n] for n in below)
        whole = sum(shown.values())
        for column in range(len(self._weights)):
            self.setColumnHidden(column, column in gone)
        for column, weight in shown.items():
            self.horizontalHeader().resizeSection(column, int(width * weight / whole))

    def event(self, event: QEvent) -> bool:
        """A change of direction or font shares the width anew."""
        done = super().event(event)
        if event.type() in (QEvent.Type.LayoutDirectionChange, QEvent.Type.FontChange):
            self._share()
        return done
