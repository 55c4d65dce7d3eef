"""The palette over the page: one box, and below it people, days and actions."""

from collections.abc import Callable

from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters.palette import PalettePresenter, PaletteRow, PaletteState
from ui import fonts
from ui.icons import pixmap
from ui.theme import Theme
from ui.widgets.banner import announce
from ui.widgets.chip import chip_width, paint_chip
from ui.widgets.parts import NoteBox, Picture, card, column, label, line
from ui.widgets.rows import row_height

_ROW = Qt.ItemDataRole.UserRole
_WIDTH, _TALLEST, _PAGE = 640, 13, 8
"""Width at 100 %, rows seen at once, rows that Page Down passes over."""
type_of_index = QModelIndex | QPersistentModelIndex


class _Box(QLineEdit):
    """Takes letters; arrows and Enter go to the list below."""

    stepped = Signal(int)
    taken = Signal()
    carded = Signal()
    """Ctrl+Enter: the patient's card."""
    closed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up, Down, Page Up, Page Down, Enter, Esc; the rest is typing."""
        steps = {
            Qt.Key.Key_Down.value: 1,
            Qt.Key.Key_Up.value: -1,
            Qt.Key.Key_PageDown.value: _PAGE,
            Qt.Key.Key_PageUp.value: -_PAGE,
        }
        if event.key() in steps:
            self.stepped.emit(steps[event.key()])
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
            (self.carded if control else self.taken).emit()
        elif event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:  # noqa: FBT001 - Qt's signature
        """Tab stays: behind the palette is a page that one has not left yet."""
        del forward
        return True


class _Painter(QStyledItemDelegate):
    """Paints a heading or a row."""

    def __init__(self, theme: Theme, view: QWidget, told: Callable[[str], None]) -> None:
        super().__init__(view)
        self._theme, self._told = theme, told

    def sizeHint(self, option: QStyleOptionViewItem, index: type_of_index) -> QSize:
        """A heading is a little lower than a row."""
        del option
        theme = self._theme
        heading = index.data(_ROW) is None
        return QSize(theme.px(120), theme.px(28) if heading else row_height(theme))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: type_of_index) -> None:
        """Icon, words, and at the end what tells them apart."""
        row: PaletteRow | None = index.data(_ROW)
        theme, rect = self._theme, QRect(option.rect)
        mirrored = option.direction == Qt.LayoutDirection.RightToLeft
        painter.save()
        # Sides are chosen by hand here, and numbers read from the left in every script.
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pad = theme.px(10)
        room = QRectF(rect.adjusted(pad, 0, -pad, 0))
        if row is None:
            words = str(index.data(Qt.ItemDataRole.DisplayRole))
            self._words(painter, words, room, "text_3", 12, 600, mirrored=mirrored)
        else:
            chosen = bool(option.state & QStyle.StateFlag.State_Selected)
            hover = bool(option.state & QStyle.StateFlag.State_MouseOver)
            self._row(painter, row, room, chosen=chosen, hover=hover, mirrored=mirrored)
            if row.patient:
                self._told(row.patient)
        painter.restore()

    def _row(
        self,
        painter: QPainter,
        row: PaletteRow,
        room: QRectF,
        *,
        chosen: bool,
        hover: bool,
        mirrored: bool,
    ) -> None:
        theme, pad = self._theme, self._theme.px(10)
        if chosen or hover:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("soft" if chosen else "hover"))
            shape = room.adjusted(2 - pad, 1, pad - 2, -1)
            painter.drawRoundedRect(shape, theme.px(6), theme.px(6))
            if chosen and theme.tokens.outlined:
                painter.setPen(theme.colour("focus"))
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.drawRoundedRect(shape, theme.px(6), theme.px(6))
        size = theme.px(16)
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        ink = theme.tokens.on_soft if chosen else theme.tokens.text_3
        x = room.right() - size if mirrored else room.left()
        painter.drawPixmap(
            QRectF(x, room.center().y() - size / 2, size, size).topLeft(),
            pixmap(row.icon, ink, size, ratio),
        )
        room = _cut(room, size + pad, mirrored=mirrored)
        room = self._end(painter, row, room, chosen=chosen, mirrored=mirrored)
        colour = "on_soft" if chosen else "text"
        self._words(painter, row.text, room, colour, fonts.BODY, 500, mirrored=mirrored)

    def _end(
        self, painter: QPainter, row: PaletteRow, room: QRectF, *, chosen: bool, mirrored: bool
    ) -> QRectF:
        """The status, the time or the shortcut; gives back the room that is left."""
        theme, gap = self._theme, self._theme.px(12)
        if row.mark is not None:
            # One width for all, so that the times before it stand in a column.
            width = min(max(chip_width(theme, row.mark), theme.px(140)), room.width() / 3)
            place = _last(room, width, mirrored=mirrored)
            paint_chip(painter, theme, place, row.mark, mirrored=mirrored)
            room = _cut(room, width + gap, mirrored=not mirrored)
        words = row.detail or row.keys
        if words:
            metrics = QFontMetricsF(theme.font(fonts.SMALL))
            width = min(metrics.horizontalAdvance(words) + 2, room.width() / 2)
            place = _last(room, width, mirrored=mirrored)
            colour = "on_soft" if chosen else "text_3"
            self._words(painter, words, place, colour, fonts.SMALL, 400, mirrored=mirrored)
            room = _cut(room, width + gap, mirrored=not mirrored)
        return room

    def _words(
        self,
        painter: QPainter,
        words: str,
        room: QRectF,
        colour: str,
        size: float,
        weight: int,
        *,
        mirrored: bool,
    ) -> None:
        font = self._theme.font(size, weight)
        painter.setFont(font)
        painter.setPen(self._theme.colour(colour))
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)


def _cut(room: QRectF, width: float, *, mirrored: bool) -> QRectF:
    """Without its beginning."""
    return room.adjusted(0, 0, -width, 0) if mirrored else room.adjusted(width, 0, 0, 0)


def _last(room: QRectF, width: float, *, mirrored: bool) -> QRectF:
    """Only its end."""
    left = room.left() if mirrored else room.right() - width
    return QRectF(left, room.top(), width, room.height())


class Palette(QWidget):
    """Lies over the frame; made when it opens and gone when it closes."""

    def __init__(self, theme: Theme, parent: QWidget, presenter: PalettePresenter) -> None:
        """Empty until `show_state`."""
        super().__init__(parent)
        self._theme, self._presenter, self._over = theme, presenter, parent
        self._state: PaletteState | None = None
        self.setProperty("overlay", "yes")
        self.setAccessibleName("Find and do")
        self.box = _Box()
        self.box.setObjectName("palette")
        self.box.setPlaceholderText(wording.PALETTE_HINT)
        self.box.setAccessibleName(wording.PALETTE_HINT)
        # What somebody looks for is a name: no input method or history may keep it.
        self.box.setInputMethodHints(
            Qt.InputMethodHint.ImhSensitiveData | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self.box.setProperty("ownFocus", "yes")
        self.list = QListWidget()
        self.list.setAccessibleName("Found")
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.list.setMouseTracking(True)
        self.list.setItemDelegate(_Painter(theme, self.list, presenter.painted))
        self.list.itemClicked.connect(self._clicked)
        self._problem = NoteBox(theme)
        self._note = label("", "quiet", wrap=True)
        self._build()
        self.box.textChanged.connect(presenter.type)
        self.box.stepped.connect(presenter.step)
        self.box.taken.connect(presenter.take)
        self.box.carded.connect(presenter.take_card)
        self.box.closed.connect(presenter.close)
        parent.installEventFilter(self)
        self.setGeometry(parent.rect())

    def _build(self) -> None:
        self._card, inside = card(10)
        inside.setSpacing(8)
        head = line(gap=8)
        head.addWidget(Picture(self._theme, "search", "text_3", 18))
        head.addWidget(self.box, 1)
        inside.addLayout(head)
        inside.addWidget(self._problem)
        inside.addWidget(self.list)
        inside.addWidget(self._note)
        outer = column(self)
        outer.addWidget(self._card, 0, Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Cover the frame whatever size it has."""
        if watched is self._over and event.type() == QEvent.Type.Resize:
            self.setGeometry(self._over.rect())
        return False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In the upper middle, where there is room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        theme = self._theme
        air = theme.px(12)
        top = min(theme.px(72), max(air, self.height() // 10))
        outer = self.layout()
        if outer is not None:
            outer.setContentsMargins(air, top, air, air)
        self._card.setFixedWidth(min(theme.px(_WIDTH), self.width() - 2 * air))
        rows = [self.list.sizeHintForRow(n) for n in range(self.list.count())]
        wanted = sum(rows) + 4
        room = self.height() - top - air - theme.px(110)
        tallest = min(_TALLEST * row_height(theme), max(room, 2 * row_height(theme)))
        self.list.setFixedHeight(min(wanted, tallest))

    def start(self) -> None:
        """The keyboard comes to the box."""
        self.box.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def forget(self) -> None:
        """Let go of everything that was found or typed."""
        self._state = None
        self.list.clear()
        self.box.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.box.setText("")  # takes the history along, which `clear` does not
        self._note.clear()

    def show_state(self, state: PaletteState) -> None:
        """Look like the state."""
        before, self._state = self._state, state
        if before is None or before.rows != state.rows:
            self._fill(state)
        self._problem.show_problem(state.problem)
        self._note.setText(state.note)
        self._note.setVisible(bool(state.note))
        self.list.setVisible(bool(state.rows))
        self._choose(state)
        self._fit()

    def _fill(self, state: PaletteState) -> None:
        self.list.clear()
        heading = ""
        for number, row in enumerate(state.rows):
            if row.group != heading:
                heading = row.group
                head = QListWidgetItem(heading)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                self.list.addItem(head)
            item = QListWidgetItem(row.text)
            item.setData(_ROW, row)
            item.setData(_ROW + 1, number)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, row.spoken)
            self.list.addItem(item)

    def _choose(self, state: PaletteState) -> None:
        for place in range(self.list.count()):
            item = self.list.item(place)
            if state.at >= 0 and item.data(_ROW + 1) == state.at:
                if self.list.currentRow() != place:
                    self.list.setCurrentRow(place)
                    announce(self.box, state.rows[state.at].spoken)
                if state.at == 0:
                    self.list.scrollToTop()
                return
        self.list.setCurrentRow(-1)
        self.list.clearSelection()

    def _clicked(self, item: QListWidgetItem) -> None:
        number = item.data(_ROW + 1)
        if isinstance(number, int):
            self._presenter.take(number)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page shines through."""
        del event
        painter = QPainter(self)
        veil = self._theme.colour("window")
        veil.setAlpha(190)
        painter.fillRect(self.rect(), veil)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click beside it closes it."""
        if not self._card.geometry().contains(event.position().toPoint()):
            self._presenter.close()
