"""Paints the day's columns: paper, closed hours, and each visit with its status.

One picture is kept for each column and made anew only when something in it changes; scrolling
and hovering then cost next to nothing.
"""

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPen,
    QPixmap,
)

from carekraft_desktop.presenters.day import Block, Column
from carekraft_desktop.presenters.moving import Ghost
from ui import fonts
from ui.icons import hatch, pixmap
from ui.theme import Theme
from ui.tokens import Ink
from ui.widgets.calendar.geometry import HOUR, Grid, Placed

_BAR = 4
_RADIUS = 5
_NAME = 600
"""Weight of a name."""
_KEPT = 48
"""Pictures of columns kept at most: some days around this one."""


_LATIN_ENDS = "\u0250"
"""Letters before it stand side by side, so their widths can be added."""
_TEXTS = 4096
"""Words cut to a width that are kept at most."""
_RIGHT = Qt.TextElideMode.ElideRight


class Pile:
    """What one column holds, with its hash worked out once."""

    def __init__(self, placed: Sequence[Placed]) -> None:
        """By start."""
        self.placed = tuple(placed)
        self._hash = hash(self.placed)

    def __hash__(self) -> int:
        """Of what it holds."""
        return self._hash

    def __eq__(self, other: object) -> bool:
        """Whether it holds the same."""
        if self is other:
            return True
        return isinstance(other, Pile) and self.placed == other.placed


class ColumnPainter:
    """Makes and keeps the pictures of columns."""

    def __init__(self, theme: Theme) -> None:
        """For the look that is on whenever it paints."""
        self._theme = theme
        self._kept: OrderedDict[object, QPixmap] = OrderedDict()
        self._shapes: dict[object, QPixmap] = {}
        self._texts: dict[object, str] = {}
        self._letters: dict[object, dict[str, float]] = {}
        self._papers: dict[object, QPixmap] = {}
        self._fonts: dict[object, tuple[QFont, QFontMetricsF]] = {}

    def forget(self) -> None:
        """The look has changed, or nothing of the day may stay in memory."""
        for kept in (
            self._kept,
            self._shapes,
            self._texts,
            self._letters,
            self._fonts,
            self._papers,
        ):
            kept.clear()

    def column(
        self,
        grid: Grid,
        column: Column,
        pile: Pile,
        *,
        ratio: float,
        mirrored: bool,
    ) -> QPixmap:
        """The picture of a whole column, without the head."""
        tokens = self._theme.tokens.name, self._theme.factor
        key = (grid, column.closed, pile, ratio, mirrored, tokens)
        found = self._kept.get(key)
        if found is None:
            found = self._paint(grid, column, pile.placed, ratio, mirrored=mirrored)
            self._kept[key] = found
            if len(self._kept) > _KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(key)
        return found

    def _paint(
        self,
        grid: Grid,
        column: Column,
        placed: Sequence[Placed],
        ratio: float,
        *,
        mirrored: bool,
    ) -> QPixmap:
        picture = QPixmap(self._paper(grid, column, ratio))
        painter = QPainter(picture)
        painter.setRenderHints(
            QPainter.RenderHint.Antialiasing | QPainter.RenderHint.TextAntialiasing
        )
        for each in placed:
            box = grid.box(each)
            x = grid.column - box.x - box.width if mirrored else box.x
            rect = _snapped(x, box.y, box.width, box.height, ratio)
            self._block(painter, rect, each.block, ratio, mirrored=mirrored)
        painter.end()
        return picture

    def _paper(self, grid: Grid, column: Column, ratio: float) -> QPixmap:
        """The picture of an empty column; most columns have the same hours."""
        key = (grid, column.closed, ratio)
        found = self._papers.get(key)
        if found is None:
            found = QPixmap((QSizeF(grid.column, grid.height) * ratio).toSize())
            found.setDevicePixelRatio(ratio)
            found.fill(self._theme.colour("surface"))
            painter = QPainter(found)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw_paper(painter, grid, column, ratio)
            painter.end()
            if len(self._papers) >= _KEPT:
                self._papers.clear()
            self._papers[key] = found
        return found

    def _draw_paper(self, painter: QPainter, grid: Grid, column: Column, ratio: float) -> None:
        theme = self._theme
        tile = QBrush(hatch(theme.tokens.hatch, ratio))
        for first, last in column.closed:
            top, bottom = grid.y(max(first, grid.first)), grid.y(min(last, grid.last))
            if first <= grid.first:
                top = 0.0
            if last >= grid.last:
                bottom = grid.height
            if bottom > top:
                rect = QRectF(0, top, grid.column, bottom - top)
                painter.fillRect(rect, theme.colour("closed"))
                painter.fillRect(rect, tile)
        for minute in range(grid.first, grid.last + 1, HOUR // 2):
            whole = minute % HOUR == 0
            y = _sharp(grid.y(minute), ratio)
            painter.setPen(QPen(theme.colour("grid" if whole else "grid_half"), 1 / ratio))
            painter.drawLine(QPointF(0, y), QPointF(grid.column, y))
        painter.setPen(QPen(theme.colour("grid"), 1 / ratio))
        edge = _sharp(0.0, ratio)
        painter.drawLine(QPointF(edge, 0), QPointF(edge, grid.height))

    def _block(
        self, painter: QPainter, rect: QRectF, block: Block, ratio: float, *, mirrored: bool
    ) -> None:
        theme = self._theme
        ink = theme.tokens.ink(block.mark.tone.value)
        shape = self._shape(rect.size(), block, ink, ratio, mirrored=mirrored)
        painter.drawPixmap(rect.topLeft(), shape)
        pad, icon = theme.px(6), theme.px(14)
        line = self._font(fonts.BODY, 400)[1].height()
        fits = max(1, int((rect.height() - theme.px(3)) // line))
        top = rect.top() + (theme.px(3) if fits > 1 else max(0.0, (rect.height() - line) / 2))
        lead = theme.px(_BAR) + pad
        names = ["cloud-upload"] if block.pending else []
        names.append(block.mark.picture)
        icons = [name for name in names if rect.width() > lead + icon * 4] or names[:1]
        if rect.width() < lead + icon * 3:
            icons = []
        taken = sum(icon + theme.px(3) for _ in icons) + theme.px(4)
        self._icons(painter, rect, icons, ink, ratio, top + (line - icon) / 2, mirrored=mirrored)
        painter.setPen(QColor(ink.text))
        for number, (words, weight) in enumerate(_lines(block, fits)):
            width = rect.width() - lead - (taken if number == 0 else pad)
            if (
                number == 1
                and not block.pending
                and self._elided(words, int(width), fonts.SMALL, weight) != words
            ):
                # The icon says the status; a whole time is worth more than half a word.
                words = words.partition(" · ")[0]
            self._words(
                painter,
                words,
                QRectF(rect.left() + lead, top + number * line, max(width, 1.0), line),
                weight,
                struck=block.struck and number == 0,
                mirrored=mirrored,
                outer=rect,
            )

    def _shape(
        self, size: QSizeF, block: Block, ink: Ink, ratio: float, *, mirrored: bool
    ) -> QPixmap:
        """The picture of an empty block; a day has few kinds of them."""
        key = (size.width(), size.height(), ink, bool(block.pending), block.struck, ratio, mirrored)
        found = self._shapes.get(key)
        if found is None:
            found = QPixmap((size * ratio).toSize())
            found.setDevicePixelRatio(ratio)
            found.fill(Qt.GlobalColor.transparent)
            painter = QPainter(found)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._draw_shape(painter, QRectF(QPointF(), size), block, ink, mirrored=mirrored)
            painter.end()
            self._shapes[key] = found
        return found

    def _draw_shape(
        self, painter: QPainter, rect: QRectF, block: Block, ink: Ink, *, mirrored: bool
    ) -> None:
        theme = self._theme
        radius = theme.px(_RADIUS)
        path = QPainterPath()
        path.addRoundedRect(rect, radius, radius)
        painter.fillPath(path, QColor(ink.fill))
        bar = QRectF(rect)
        bar.setWidth(theme.px(_BAR))
        if mirrored:
            bar.moveRight(rect.right())
        painter.save()
        painter.setClipPath(path)
        painter.fillRect(bar, QColor(ink.bar))
        painter.restore()
        if block.pending or block.struck or theme.tokens.outlined:
            width = 2.0 if theme.tokens.outlined else 1.5
            pen = QPen(QColor(ink.bar), width)
            if block.pending:
                pen.setDashPattern([3.0, 2.2])
            painter.setPen(pen)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            inner = rect.adjusted(width / 2, width / 2, -width / 2, -width / 2)
            painter.drawRoundedRect(inner, radius, radius)

    def ghost(
        self, painter: QPainter, rect: QRectF, ghost: Ghost, *, ratio: float, mirrored: bool
    ) -> None:
        """A visit that is held, with its time; in warning colours where that is not free."""
        theme = self._theme
        tokens = theme.tokens
        warned = bool(ghost.clash)
        fill = QColor(tokens.warn.fill if warned else tokens.soft)
        edge = QColor(tokens.warn.bar if warned else tokens.accent)
        text = QColor(tokens.warn.text if warned else tokens.on_soft)
        line = QFontMetricsF(theme.font(fonts.BODY)).height()
        tall = QRectF(rect)
        tall.setHeight(max(rect.height(), line * (2 if warned else 1) + theme.px(6)))
        radius = theme.px(_RADIUS)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(fill)
        painter.drawRoundedRect(tall, radius, radius)
        pen = QPen(edge, 2.0)
        pen.setDashPattern([3.0, 2.2])
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(tall.adjusted(1, 1, -1, -1), radius, radius)
        pad, icon = theme.px(8), theme.px(14)
        if warned:
            x = tall.left() + pad if mirrored else tall.right() - pad - icon
            y = tall.top() + theme.px(3) + (line - icon) / 2
            painter.drawPixmap(QPointF(x, y), pixmap("triangle-alert", text.name(), icon, ratio))
        painter.setPen(text)
        side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
        for number, (words, size, weight) in enumerate(
            ((ghost.clock, fonts.BODY, _NAME), (ghost.clash, fonts.SMALL, 500))
        ):
            taken = icon + pad if warned and number == 0 else 0
            room = QRectF(tall.left() + pad, 0, tall.width() - 2 * pad - taken, line)
            if mirrored:
                room.moveRight(tall.right() - pad)
            room.moveTop(tall.top() + theme.px(3) + number * line)
            font = theme.font(size, weight)
            painter.setFont(font)
            shown = QFontMetricsF(font).elidedText(words, Qt.TextElideMode.ElideRight, room.width())
            painter.drawText(room, side | Qt.AlignmentFlag.AlignVCenter, shown)

    def _icons(
        self,
        painter: QPainter,
        rect: QRectF,
        names: Sequence[str],
        ink: Ink,
        ratio: float,
        y: float,
        *,
        mirrored: bool,
    ) -> None:
        size, gap = self._theme.px(14), self._theme.px(3)
        for number, name in enumerate(reversed(names), 1):
            shift = number * (size + gap) + self._theme.px(2)
            x = rect.left() + shift - size if mirrored else rect.right() - shift
            painter.drawPixmap(QPointF(x, y), pixmap(name, ink.text, size, ratio))

    def _words(
        self,
        painter: QPainter,
        words: str,
        room: QRectF,
        weight: int,
        *,
        struck: bool,
        mirrored: bool,
        outer: QRectF,
    ) -> None:
        size = fonts.BODY if weight == _NAME else fonts.SMALL
        font, metrics = self._font(size, weight, struck=struck)
        shown = self._elided(words, int(room.width()), size, weight)
        x = room.left()
        if mirrored:
            x = outer.right() - (room.left() - outer.left()) - metrics.horizontalAdvance(shown)
        painter.setFont(font)
        painter.drawText(QPointF(x, room.top() + metrics.ascent()), shown)

    def _font(
        self, size: float, weight: int, *, struck: bool = False
    ) -> tuple[QFont, QFontMetricsF]:
        key = (size, weight, struck)
        found = self._fonts.get(key)
        if found is None:
            font = self._theme.font(size, weight)
            font.setStrikeOut(struck)
            found = self._fonts[key] = (font, QFontMetricsF(font))
        return found

    def _elided(self, words: str, width: int, size: float, weight: int) -> str:
        """Words cut to a width."""
        key = (words, width, size, weight)
        found = self._texts.get(key)
        if found is None:
            if len(self._texts) >= _TEXTS:
                self._texts.clear()
            metrics = self._font(size, weight)[1]
            if (
                max(words, default="") < _LATIN_ENDS
                and self._breadth(words, size, weight, metrics) <= width
            ):
                found = words
            else:
                found = metrics.elidedText(words, _RIGHT, width)
            self._texts[key] = found
        return found

    def _breadth(self, words: str, size: float, weight: int, metrics: QFontMetricsF) -> float:
        """At most how wide Latin words are: letters one by one, without what kerning saves."""
        wide = self._letters.setdefault((size, weight), {})
        for letter in words:
            if letter not in wide:
                wide[letter] = metrics.horizontalAdvance(letter)
        return sum(map(wide.__getitem__, words))


def _lines(block: Block, fits: int) -> list[tuple[str, int]]:
    """What is written in a block that has room for so many lines, and how heavy."""
    time = block.line.partition(" · ")[0]
    if fits == 1:
        extra = block.pending or time
        return [(f"{block.name}  ·  {extra}", _NAME)]
    if fits == 2 and block.pending:
        return [(block.name, _NAME), (f"{time} · {block.pending}", 400)]
    rest = [(block.pending, 500)] if block.pending else []
    return [(block.name, _NAME), (block.line, 400), *rest][:fits]


def _snapped(x: float, y: float, width: float, height: float, ratio: float) -> QRectF:
    """The nearest rectangle whose edges lie between device pixels."""
    left, top = round(x * ratio), round(y * ratio)
    right, bottom = round((x + width) * ratio), round((y + height) * ratio)
    size = QSizeF(max(1, right - left) / ratio, max(1, bottom - top) / ratio)
    return QRectF(QPointF(left / ratio, top / ratio), size)


def _sharp(at: float, ratio: float) -> float:
    """The middle of the device pixel at a place, so that a hairline stays one."""
    return (round(at * ratio) + 0.5) / ratio
