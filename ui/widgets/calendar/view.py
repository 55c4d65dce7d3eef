"""The day by provider, painted: scrolls, is walked by arrow keys, and tells what was chosen."""

from math import ceil, floor

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QFrame, QToolTip, QWidget

from carekraft_desktop.presenters.day import Column
from carekraft_desktop.presenters.moving import Ghost
from carekraft_desktop.presenters.today_state import TodayState
from ui import fonts
from ui.theme import Theme
from ui.widgets.banner import announce
from ui.widgets.calendar import accessible
from ui.widgets.calendar.geometry import HOUR, Grid, Placed, place, step
from ui.widgets.calendar.painter import ColumnPainter, Pile
from ui.widgets.calendar.sight import Sight, Span

_HOUR, _AXIS, _HEAD, _NARROWEST = 88, 60, 52, 132
_NARROWEST_DAY = 112
"""Of a week: so that six days stand beside the pane."""
_SMOOTH = QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing

_ARROWS = {
    Qt.Key.Key_Up.value: (0, -1),
    Qt.Key.Key_Down.value: (0, 1),
    Qt.Key.Key_Left.value: (-1, 0),
    Qt.Key.Key_Right.value: (1, 0),
}
"""Columns across and visits down."""


def _name_of(state: TodayState) -> str:
    """What a screen reader calls the calendar."""
    return f"Week of {state.providers[state.who]}" if state.week else "Day by provider"


class Calendar(QAbstractScrollArea):
    """One column for each provider, one block for each visit."""

    opened = Signal(str)
    """A visit was clicked or Enter pressed on it."""
    stepped = Signal(int)
    """So many days on or back."""
    homed = Signal()
    """Back to today."""
    dragged = Signal(str, int, float)
    """A visit is held over a column, its beginning at a minute of the day."""
    nudged = Signal(str, int, int)
    """A visit is moved by so many columns and steps."""
    dropped = Signal()
    """What is held is let go."""
    painted = Signal(str, tuple)
    """"day", and the visits that were just painted where one sees them, where they are others."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Empty until `show_day`."""
        super().__init__(parent)
        self._theme = theme
        self._painter = ColumnPainter(theme)
        self._state: TodayState | None = None
        self._hover = ""
        self._by_key = False
        self._scrolled_to: object = None
        self._looked_at = False
        """Whether the day was painted: from then on its place is the person's own."""
        self._measured: Grid | None = None
        self._below: tuple[object, QPixmap] | None = None
        self._above: tuple[object, QPixmap] | None = None
        self._piles: tuple[Pile, ...] = ()
        self._numbers: dict[str, int] = {}
        self._pressed: tuple[Placed, QPoint] | None = None
        self._dragging = False
        self._asked: tuple[int, ...] = ()
        self._sight = Sight()
        """Visits that have not come into sight yet."""
        self._grip = 0.0
        """Minutes from the held visit's beginning to where it is held."""
        self.placed: tuple[Placed, ...] = ()
        self.here = ""
        """The visit under the arrow keys."""
        self.selected = ""
        """The visit that is open in the pane."""
        self.setObjectName("day")
        self.setProperty("dayList", "yes")
        self.setProperty("ownFocus", "yes")
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("Day by provider")
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.viewport().setMouseTracking(True)
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        theme.changed.connect(self._restyle)
        accessible.install()

    # -- filling ------------------------------------------------------------------------

    def show_day(self, state: TodayState) -> None:
        """Look like the state."""
        before = self._state
        self._state = state
        same = before is not None and before.blocks == state.blocks
        if not same or len(self._piles) != len(state.columns):
            self._arrange(state)
        self.selected = state.selected
        ids = self._numbers
        if self.here not in ids:
            self.here = state.selected if state.selected in ids else ""
        if before is None or before.selected != state.selected:
            self.here = state.selected if state.selected in ids else self.here
        self.setAccessibleName(_name_of(state))
        self._measure()
        self._scroll_for(state, before)
        self._follow_ghost(state, before)
        self.viewport().update()

    def _arrange(self, state: TodayState) -> None:
        """Find each visit's place, and what each column holds."""
        self.placed = place(state.blocks)
        self._numbers = {each.block.visit_id: n for n, each in enumerate(self.placed)}
        piles: list[list[Placed]] = [[] for _ in state.columns]
        for each in self.placed:
            piles[each.block.column].append(each)
        self._piles = tuple(Pile(pile) for pile in piles)

    def forget(self) -> None:
        """Let go of everything that was painted."""
        self._painter.forget()
        self._state, self.placed, self.here, self.selected = None, (), "", ""
        self._piles, self._numbers, self._measured = (), {}, None
        self._below = self._above = None
        self._looked_at = False
        self._asked, self._sight = (), Sight()
        self._pressed, self._dragging = None, False
        QToolTip.hideText()

    def _scroll_for(self, state: TodayState, before: TodayState | None) -> None:
        """A new day begins a little before now or the first visit; a chosen visit is in sight."""
        day = state.columns[0].day if state.columns else state.day
        key = (day, state.week, state.first, state.last, self._theme.factor)
        fresh = key != self._scrolled_to and bool(state.columns)
        if fresh:
            self._scrolled_to = key
            at = state.now if state.now is not None else self._first_visit(state)
            y = self._grid().y(at) - self.viewport().height() / 3
            self.verticalScrollBar().setValue(round(y))
        # Who was found elsewhere is chosen before their day is here, so a new day looks as well.
        if state.selected and (fresh or before is None or before.selected != state.selected):
            self._reach(state.selected)

    def _follow_ghost(self, state: TodayState, before: TodayState | None) -> None:
        """Keep what is moved by keys in sight; stop a drag that was called off."""
        had = before.ghost if before is not None else None
        if state.ghost is None:
            if had is not None:
                self._dragging, self._pressed = False, None
            return
        if state.ghost == had:
            return
        announce(self, state.ghost.spoken)
        if not self._dragging:
            self._uncover(self._ghost_rect(state.ghost).toAlignedRect())

    def _first_visit(self, state: TodayState) -> int:
        starts = [block.start for block in state.blocks]
        opening = [last for column in state.columns for first, last in column.closed if first == 0]
        return min(starts, default=min(opening, default=state.first))

    def _restyle(self) -> None:
        self._painter.forget()
        self._measure()
        self.viewport().update()

    # -- measuring ----------------------------------------------------------------------

    def _grid(self) -> Grid:
        """The measures that are in force; made anew by `_measure` only."""
        if self._measured is None:
            self._measured = self._new_grid()
        return self._measured

    def _new_grid(self) -> Grid:
        theme, state = self._theme, self._state
        return Grid(
            first=state.first if state else 480,
            last=state.last if state else 1080,
            columns=len(state.columns) if state else 0,
            hour=float(theme.px(_HOUR)),
            axis=float(self._axis()),
            head=float(theme.px(_HEAD)),
            width=float(self.viewport().width()),
            narrowest=float(theme.px(_NARROWEST_DAY if state and state.week else _NARROWEST)),
        )

    def _axis(self) -> int:
        widest = "00:00" if self._state is None or not self._state.hours else self._state.hours[-1]
        text = QFontMetricsF(self._theme.font(fonts.SMALL, 500)).horizontalAdvance(widest)
        return max(self._theme.px(_AXIS), round(text) + self._theme.px(22))

    def _measure(self) -> None:
        """State, look or size have changed."""
        self._measured = self._below = self._above = None
        grid = self._grid()
        size = self.viewport().size()
        bar = self.verticalScrollBar()
        bar.setPageStep(max(1, size.height() - round(grid.head)))
        bar.setRange(0, max(0, round(grid.height + grid.head) - size.height()))
        bar.setSingleStep(round(grid.hour / 4))
        across = self.horizontalScrollBar()
        across.setPageStep(size.width())
        across.setRange(0, max(0, round(grid.axis + grid.breadth) - size.width()))
        across.setSingleStep(round(grid.column / 2) or 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Columns share the new width."""
        super().resizeEvent(event)
        self._measure()
        if self._state is not None and not self._looked_at:
            # It was shown before it had its size: begin the day anew.
            self._scrolled_to = None
            self._scroll_for(self._state, None)

    def minimumSizeHint(self) -> QSize:
        """Two hours and a column."""
        theme = self._theme
        return QSize(
            theme.px(_AXIS + _NARROWEST), theme.px(_HEAD + 2 * _HOUR if theme.factor < 1.5 else 130)
        )

    def _mirrored(self) -> bool:
        return self.isRightToLeft()

    def _column_x(self, grid: Grid, number: int) -> float:
        """Left edge of a column in the viewport."""
        scrolled = self.horizontalScrollBar().value()
        if self._mirrored():
            # Qt turns the bar round: its start is at the right.
            return self.viewport().width() - grid.axis - grid.column * (number + 1) + scrolled
        return grid.axis + grid.column * number - scrolled

    def block_rect(self, number: int) -> QRect:
        """Where a visit is in the viewport, also when it is scrolled out of sight."""
        grid, each = self._grid(), self.placed[number]
        box = grid.box(each)
        x = grid.column - box.x - box.width if self._mirrored() else box.x
        left = self._column_x(grid, each.block.column) + x
        top = grid.head + box.y - self.verticalScrollBar().value()
        return QRectF(left, top, box.width, box.height).toAlignedRect()

    def screen_rect(self, number: int) -> QRect:
        """The same on the screen."""
        rect = self.block_rect(number)
        return QRect(self.viewport().mapToGlobal(rect.topLeft()), rect.size())

    def _number(self, visit_id: str) -> int | None:
        return self._numbers.get(visit_id)

    def _reach(self, visit_id: str) -> None:
        """Scroll until a visit is in sight."""
        number = self._number(visit_id)
        if number is None:
            return
        self._uncover(self.block_rect(number))

    def _uncover(self, rect: QRect) -> None:
        """Scroll until a part of the viewport's paper is in sight."""
        grid = self._grid()
        down, across = self.verticalScrollBar(), self.horizontalScrollBar()
        air = self._theme.px(12)
        if rect.top() < grid.head + air:
            down.setValue(round(down.value() + rect.top() - grid.head - air))
        elif rect.bottom() > self.viewport().height() - air:
            down.setValue(down.value() + rect.bottom() - self.viewport().height() + air)
        sign = -1 if self._mirrored() else 1
        if rect.left() < grid.axis:
            across.setValue(round(across.value() + sign * (rect.left() - grid.axis - air)))
        elif rect.right() > self.viewport().width():
            across.setValue(across.value() + sign * (rect.right() - self.viewport().width() + air))

    def _at(self, point: QPoint) -> Placed | None:
        grid = self._grid()
        if point.y() < grid.head:
            return None
        for number, each in reversed(list(enumerate(self.placed))):
            if self.block_rect(number).contains(point):
                return each
        return None

    # -- painting -----------------------------------------------------------------------

    def paintEvent(self, event: QPaintEvent) -> None:
        """Two ready pictures, what scrolls and what stays, and over them what moves."""
        del event
        self._looked_at = True
        painter = QPainter(self.viewport())
        # Sides are chosen by hand here, and numbers read from the left in every script.
        painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        state = self._state
        if state is None or not state.columns:
            painter.fillRect(self.viewport().rect(), self._theme.colour("surface"))
        else:
            grid = self._grid()
            paper = self._paper(grid, state)
            top = round(grid.head) - self.verticalScrollBar().value() - self._air()
            end = top + floor(paper.deviceIndependentSize().height())
            if end < self.viewport().height():
                below = self.viewport().rect().adjusted(0, end, 0, 0)
                painter.fillRect(below, self._theme.colour("surface"))
            painter.drawPixmap(0, top, paper)
            painter.setRenderHints(_SMOOTH)
            self._paint_marks(painter)
            if state.ghost is not None:
                self._paint_ghost(painter, state.ghost)
            self._paint_now(painter, grid, state)
            painter.drawPixmap(0, 0, self._head(grid, state))
            self._tell(grid)
        painter.end()

    def _tell(self, grid: Grid) -> None:
        """Which visits have come into sight; each once until the day or the view is another."""
        up, across = self.verticalScrollBar().value(), self.horizontalScrollBar().value()
        view = self.viewport().size()
        asked = (id(self.placed), across, view.width(), view.height())
        if asked != self._asked:
            self._asked = asked
            self._sight = Sight(self._within(view.width(), up))
        keys = self._sight.come(up + round(grid.head), up + view.height())
        if keys:
            self.painted.emit("day", keys)

    def _within(self, width: int, up: int) -> list[Span]:
        """Each visit that is not off to a side, as if nothing were scrolled."""
        grid, found = self._grid(), list[Span]()
        for number, pile in enumerate(self._piles):
            left = self._column_x(grid, number)
            if left >= 0 and left + grid.column <= width:
                head = grid.head
                for each in pile.placed:
                    top, bottom = grid.span(each.block)
                    found.append((floor(head + top), ceil(head + bottom) - 1, each.block.visit_id))
            elif left < width and left + grid.column > 0:
                rects = (
                    (each, self.block_rect(self._numbers[each.block.visit_id]))
                    for each in pile.placed
                )
                found += [
                    (rect.top() + up, rect.bottom() + up, each.block.visit_id)
                    for each, rect in rects
                    if rect.right() >= 0 and rect.left() < width
                ]
        return found

    def _air(self) -> int:
        """Room above the paper's first line, for the upper half of its label."""
        return self._theme.px(20)

    def _paper(self, grid: Grid, state: TodayState) -> QPixmap:
        """All that scrolls up and down: columns and hours."""
        across = self.horizontalScrollBar().value()
        if self._below is None or self._below[0] != across:
            air = self._air()
            picture = self._blank(self.viewport().width(), grid.height + 2 * air)
            painter = QPainter(picture)
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
            painter.translate(0, air)
            self._paint_columns(painter, grid, state)
            self._paint_axis(painter, grid, state)
            painter.end()
            self._below = (across, picture)
        return self._below[1]

    def _head(self, grid: Grid, state: TodayState) -> QPixmap:
        """The strip with the providers, which stays."""
        across = self.horizontalScrollBar().value()
        if self._above is None or self._above[0] != across:
            picture = self._blank(self.viewport().width(), grid.head)
            painter = QPainter(picture)
            painter.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
            painter.setRenderHints(_SMOOTH)
            self._paint_heads(painter, grid, state)
            painter.end()
            self._above = (across, picture)
        return self._above[1]

    def _blank(self, width: float, height: float) -> QPixmap:
        """An empty picture of the surface's colour, sharp on this screen."""
        ratio = self.viewport().devicePixelRatioF()
        picture = QPixmap(ceil(width * ratio), ceil(height * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(self._theme.colour("surface"))
        return picture

    def _paint_columns(self, painter: QPainter, grid: Grid, state: TodayState) -> None:
        ratio = self.viewport().devicePixelRatioF()
        for number, column in enumerate(state.columns):
            x = self._column_x(grid, number)
            if x > self.viewport().width() or x + grid.column < 0:
                continue
            picture = self._painter.column(
                grid, column, self._piles[number], ratio=ratio, mirrored=self._mirrored()
            )
            painter.drawPixmap(QPointF(x, 0), picture)

    def _paint_marks(self, painter: QPainter) -> None:
        """Hover, the open visit and the arrow keys' visit."""
        radius = self._theme.px(5)
        hover, focused = self._number(self._hover), None
        if hover is not None and self._hover != self.selected:
            ink = QColor(self._theme.tokens.text)
            ink.setAlpha(16)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(ink)
            painter.drawRoundedRect(QRectF(self.block_rect(hover)), radius, radius)
        if self.hasFocus() and self._by_key:
            focused = self._number(self.here)
        for number in {self._number(self.selected), focused} - {None}:
            rect = QRectF(self.block_rect(number or 0))
            colour = self._theme.colour("focus" if number == focused else "accent")
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(colour, 2.5 if number == focused else 2.0))
            painter.drawRoundedRect(rect.adjusted(-1, -1, 1, 1), radius + 1, radius + 1)

    def _ghost_rect(self, ghost: Ghost) -> QRectF:
        grid = self._grid()
        top, bottom = self._y(grid, ghost.start), self._y(grid, ghost.end)
        x, air = self._column_x(grid, ghost.column), self._theme.px(3)
        return QRectF(x + air, top + 1, grid.column - 2 * air, max(bottom - top - 2, 4.0))

    def _paint_ghost(self, painter: QPainter, ghost: Ghost) -> None:
        """The held visit with its time; in the warning look where something is against it."""
        number = self._number(ghost.visit_id)
        if number is not None:
            veil = self._theme.colour("surface")
            # Still to be read where contrast was asked for.
            veil.setAlpha(90 if self._theme.tokens.outlined else 150)
            painter.fillRect(QRectF(self.block_rect(number)), veil)
        ratio = self.viewport().devicePixelRatioF()
        rect = self._ghost_rect(ghost)
        self._painter.ghost(painter, rect, ghost, ratio=ratio, mirrored=self._mirrored())

    def _paint_axis(self, painter: QPainter, grid: Grid, state: TodayState) -> None:
        left = self.viewport().width() - grid.axis if self._mirrored() else 0.0
        air = self._air()
        room = QRectF(left, -air, grid.axis, grid.height + 2 * air)
        painter.fillRect(room, self._theme.colour("surface"))
        painter.setFont(self._theme.font(fonts.SMALL, 500))
        painter.setPen(self._theme.colour("text_3"))
        line = self._theme.px(20)
        for number, label in enumerate(state.hours):
            y = grid.y(state.first + number * HOUR)
            rect = QRectF(left, y - line / 2, grid.axis - self._theme.px(10), line)
            if self._mirrored():
                rect.moveLeft(left + self._theme.px(10))
            side = Qt.AlignmentFlag.AlignLeft if self._mirrored() else Qt.AlignmentFlag.AlignRight
            painter.drawText(rect, side | Qt.AlignmentFlag.AlignVCenter, label)

    def _paint_now(self, painter: QPainter, grid: Grid, state: TodayState) -> None:
        if state.now is None or not state.first <= state.now <= state.last:
            return
        width = self.viewport().width()
        y = self._y(grid, state.now)
        colour = self._theme.colour("now")
        font = self._theme.font(fonts.SMALL, 600)
        chip = QRectF(0, 0, grid.axis - self._theme.px(8), self._theme.px(19))
        chip.moveCenter(QPointF(grid.axis / 2, y))
        end = QPointF(width, y)
        start = QPointF(grid.axis - self._theme.px(4), y)
        if self._mirrored():
            chip.moveCenter(QPointF(width - grid.axis / 2, y))
            start, end = QPointF(width - grid.axis + self._theme.px(4), y), QPointF(0, y)
        if state.now_column is not None:
            x = self._column_x(grid, state.now_column)
            start, end = QPointF(x, y), QPointF(x + grid.column, y)
        painter.setPen(QPen(colour, 1.5))
        painter.drawLine(start, end)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(colour)
        painter.drawRoundedRect(chip, self._theme.px(4), self._theme.px(4))
        painter.setPen(self._theme.colour("on_now"))
        painter.setFont(font)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, state.clock)

    def _paint_heads(self, painter: QPainter, grid: Grid, state: TodayState) -> None:
        width = self.viewport().width()
        for number, column in enumerate(state.columns):
            x = self._column_x(grid, number)
            if x < width and x + grid.column > 0:
                self._paint_head(painter, grid, column, x)
        left = width - grid.axis if self._mirrored() else 0.0
        painter.fillRect(QRectF(left, 0, grid.axis, grid.head - 1), self._theme.colour("surface"))
        outlined = self._theme.tokens.outlined
        painter.setPen(QPen(self._theme.colour("border"), 2.0 if outlined else 1.0))
        painter.drawLine(QPointF(0, grid.head - 0.5), QPointF(width, grid.head - 0.5))

    def _paint_head(self, painter: QPainter, grid: Grid, column: Column, x: float) -> None:
        pad = self._theme.px(8)
        room = QRectF(x + pad, 0, grid.column - 2 * pad, grid.head)
        if column.is_today:
            painter.fillRect(QRectF(x, 0, grid.column, grid.head), self._theme.colour("soft"))
            mark = QRectF(x, grid.head - self._theme.px(4), grid.column, self._theme.px(4))
            painter.fillRect(mark, self._theme.colour("accent"))
        side = Qt.AlignmentFlag.AlignRight if self._mirrored() else Qt.AlignmentFlag.AlignLeft
        for words, size, weight, colour, top, bottom in (
            (column.name, fonts.BODY, 600, "on_soft" if column.is_today else "text", 8, 26),
            (column.subtitle, fonts.SMALL, 400, "on_soft" if column.is_today else "text_3", 26, 44),
        ):
            font = self._theme.font(size, weight)
            painter.setFont(font)
            painter.setPen(self._theme.colour(colour))
            shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            line = QRectF(room)
            line.setTop(self._theme.px(top))
            line.setBottom(self._theme.px(bottom))
            painter.drawText(line, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _y(self, grid: Grid, minute: float) -> float:
        return grid.head + grid.y(minute) - self.verticalScrollBar().value()

    # -- gestures -----------------------------------------------------------------------

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """What is under the pointer, and where a held visit would stand."""
        if self._pressed is not None and event.buttons() & Qt.MouseButton.LeftButton:
            self._drag(event.position().toPoint())
            return
        found = self._at(event.position().toPoint())
        hover = found.block.visit_id if found is not None else ""
        if hover != self._hover:
            self._hover = hover
            shape = Qt.CursorShape.PointingHandCursor if hover else Qt.CursorShape.ArrowCursor
            self.viewport().setCursor(shape)
            self.viewport().update()

    def leaveEvent(self, event: QEvent) -> None:
        """Nothing is under the pointer."""
        super().leaveEvent(event)
        self._hover = ""
        self.viewport().update()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Holds a visit: let go at once it is opened, pulled away it is moved."""
        self._by_key = False
        point = event.position().toPoint()
        found = self._at(point)
        if event.button() == Qt.MouseButton.LeftButton and found is not None:
            self._pressed = (found, point)
            self._grip = self._minute_at(self._grid(), point.y()) - found.block.start
            self.here = found.block.visit_id
            self.viewport().update()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Opens the visit, or lets it go where it is held."""
        if event.button() != Qt.MouseButton.LeftButton or self._pressed is None:
            return
        pressed, self._pressed = self._pressed[0], None
        if self._dragging:
            self._dragging = False
            self.viewport().setCursor(Qt.CursorShape.ArrowCursor)
            self.dropped.emit()
        else:
            self.opened.emit(pressed.block.visit_id)

    def _drag(self, point: QPoint) -> None:
        if self._pressed is None:
            return
        held, since = self._pressed
        far = (point - since).manhattanLength() >= QApplication.startDragDistance()
        if not self._dragging and not (far and held.block.movable):
            return
        if not self._dragging:
            self._dragging = True
            self.viewport().setCursor(Qt.CursorShape.ClosedHandCursor)
        self._scroll_at_edge(point)
        grid = self._grid()
        at = self._minute_at(grid, point.y()) - self._grip
        self.dragged.emit(held.block.visit_id, self._column_at(grid, point.x()), at)

    def _minute_at(self, grid: Grid, y: float) -> float:
        """The minute of the day at a height of the viewport."""
        paper = y - grid.head + self.verticalScrollBar().value()
        return grid.first + (paper - grid.hour / 12) / grid.hour * HOUR

    def _column_at(self, grid: Grid, x: float) -> int:
        """The column at, or nearest to, a place across the viewport."""
        count = grid.columns
        inside = [n for n in range(count) if self._column_x(grid, n) <= x]
        if self._mirrored():
            return min(inside, default=count - 1)
        return max(inside, default=0)

    def _scroll_at_edge(self, point: QPoint) -> None:
        bar, edge = self.verticalScrollBar(), self._theme.px(24)
        if point.y() > self.viewport().height() - edge:
            bar.setValue(bar.value() + bar.singleStep())
        elif point.y() < self._grid().head + edge:
            bar.setValue(bar.value() - bar.singleStep())

    def viewportEvent(self, event: QEvent) -> bool:
        """Tooltips are made only when asked for."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            found = self._at(event.pos())
            if found is not None:
                QToolTip.showText(event.globalPos(), found.block.spoken, self.viewport())
            else:
                QToolTip.hideText()
            return True
        return super().viewportEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk, Enter opens, Page Up and Down change the day, Home is today."""
        self._by_key = True
        arrow = _ARROWS.get(event.key())
        if arrow is not None:
            across, down = arrow
            across = -across if self._mirrored() else across
            if event.modifiers() & Qt.KeyboardModifier.ShiftModifier:
                self.nudged.emit(self.here or self.selected, across, down)
            else:
                self._walk(across, down)
            return
        match event.key():
            case Qt.Key.Key_PageUp:
                self.stepped.emit(-1)
            case Qt.Key.Key_PageDown:
                self.stepped.emit(1)
            case Qt.Key.Key_Home:
                self.homed.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter if self._state and self._state.ghost:
                self.dropped.emit()
            case Qt.Key.Key_Return | Qt.Key.Key_Enter | Qt.Key.Key_Space if self.here:
                self.opened.emit(self.here)
            case _:
                event.ignore()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """By Tab, the ring is shown on the first visit or on the last one looked at."""
        super().focusInEvent(event)
        reasons = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        self._by_key = event.reason() in (*reasons, Qt.FocusReason.ShortcutFocusReason)
        if self._by_key and not self.here and self.placed:
            self.here = step(self.placed, "", across=0, down=0)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _walk(self, across: int, down: int) -> None:
        self.here = step(self.placed, self.here, across=across, down=down)
        self._reach(self.here)
        self.viewport().update()
        number = self._number(self.here)
        if number is not None and QAccessible.isActive():
            event = QAccessibleEvent(self, QAccessible.Event.Focus)
            event.setChild(number)
            QAccessible.updateAccessibility(event)
