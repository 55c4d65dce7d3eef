"""Paints the day's columns: paper, closed hours, and each visit with its status.

One picture is kept for each column and made anew only when something in it changes; scrolling
and hovering then cost next to nothing.
"""

from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from itertools import accumulate

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
from carekraft_desktop.value import Value
from ui import fonts
from ui.icons import hatch, pixmap
from ui.theme import Theme
from ui.tokens import Ink
from ui.widgets.calendar.geometry import HOUR, Grid, Placed

_BAR = 4
_RADIUS = 5
_NAME = 600
"""Weight of a name."""
_KEPT = 32
"""Pictures of columns kept at most: some days around this one."""


_LATIN_ENDS = "\u0250"
"""Letters before it stand side by side, so their widths can be added."""
_TEXTS = 4096
"""Words cut to a width that are kept at most."""
_KINDS = 512
"""Kinds of blocks that are kept at most, each a picture of some 25 kB."""
_DOTS = "…"


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
        self._kinds: dict[object, _Kind] = {}
        self._papers: dict[object, QPixmap] = {}
        self._faces: dict[tuple[int, bool], _Face] = {}

    def forget(self) -> None:
        """The look has changed, or nothing of the day may stay in memory."""
        for kept in (self._kept, self._kinds, self._faces, self._papers):
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
        kind = self._kind(rect.size(), block, ratio, mirrored=mirrored)
        painter.drawPixmap(rect.topLeft(), kind.shape)
        painter.setPen(kind.ink)
        left, top = rect.left(), rect.top()
        for (words, weight), place in zip(_lines(block, kind.fits), kind.lines, strict=False):
            face = self._face(weight, struck=block.struck and place.first)
            shown = face.cut(words, place.room)
            if shown != words and place.second and not block.pending:
                # The icon says the status; a whole time is worth more than half a word.
                shown = face.cut(words.partition(" · ")[0], place.room)
            x = left + place.x
            if mirrored:
                x = rect.right() - place.x - face.metrics.horizontalAdvance(shown)
            painter.setFont(face.font)
            painter.drawText(QPointF(x, top + place.y + face.ascent), shown)

    def _kind(self, size: QSizeF, block: Block, ratio: float, *, mirrored: bool) -> "_Kind":
        """What blocks of one size and status have in common; a day has few kinds of them."""
        mark = block.mark
        pending = bool(block.pending)
        key = (
            size.width(), size.height(), mark.tone, mark.picture, pending, block.struck, ratio,
            mirrored,
        )  # fmt: skip
        found = self._kinds.get(key)
        if found is None:
            if len(self._kinds) >= _KINDS:
                self._kinds.clear()
            found = self._kinds[key] = self._new_kind(size, block, ratio, mirrored=mirrored)
        return found

    def _new_kind(self, size: QSizeF, block: Block, ratio: float, *, mirrored: bool) -> "_Kind":
        theme, rect = self._theme, QRectF(QPointF(), size)
        ink = theme.tokens.ink(block.mark.tone.value)
        shape = QPixmap((size * ratio).toSize())
        shape.setDevicePixelRatio(ratio)
        shape.fill(Qt.GlobalColor.transparent)
        painter = QPainter(shape)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_shape(painter, rect, block, ink, mirrored=mirrored)
        pad, icon, lead = theme.px(6), theme.px(14), theme.px(_BAR) + theme.px(6)
        line = self._face(_NAME).metrics.height()
        fits = max(1, int((size.height() - theme.px(3)) // line))
        top = theme.px(3) if fits > 1 else max(0.0, (size.height() - line) / 2)
        names = ["cloud-upload"] if block.pending else []
        names.append(block.mark.picture)
        icons = [name for name in names if size.width() > lead + icon * 4] or names[:1]
        if size.width() < lead + icon * 3:
            icons = []
        self._icons(painter, rect, icons, ink, ratio, top + (line - icon) / 2, mirrored=mirrored)
        painter.end()
        taken = sum(icon + theme.px(3) for _ in icons) + theme.px(4)
        lines = tuple(
            _Line(number, lead, top + number * line, max(0, int(size.width() - lead - beside)))
            for number, beside in enumerate((taken, *[pad] * (fits - 1)))
        )
        return _Kind(shape, QColor(ink.text), fits, lines)

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

    def _face(self, weight: int, *, struck: bool = False) -> "_Face":
        """The typeface of names or of what stands below them."""
        found = self._faces.get((weight, struck))
        if found is None:
            size = fonts.BODY if weight == _NAME else fonts.SMALL
            font = self._theme.font(size, weight)
            font.setStrikeOut(struck)
            found = self._faces[(weight, struck)] = _Face(font)
        return found


class _Face:
    """A typeface that knows how wide its letters are, so that few words need to be measured."""

    def __init__(self, font: QFont) -> None:
        self.font, self.metrics = font, QFontMetricsF(font)
        self.ascent = self.metrics.ascent()
        self._dots = self.metrics.horizontalAdvance(_DOTS)
        self._wide: dict[str, float] = {}
        self._cut: dict[tuple[str, int], str] = {}

    def cut(self, words: str, room: int) -> str:
        """Words cut to so many pixels."""
        found = self._cut.get((words, room))
        if found is None:
            if len(self._cut) >= _TEXTS:
                self._cut.clear()
            latin = max(words, default="") < _LATIN_ENDS
            found = self._cut_latin(words, room) if latin else self._measured(words, room)
            self._cut[(words, room)] = found
        return found

    def _measured(self, words: str, room: int) -> str:
        return self.metrics.elidedText(words, Qt.TextElideMode.ElideRight, room)

    def _cut_latin(self, words: str, room: int) -> str:
        """By the widths of single letters, which kerning makes narrower together if anything."""
        wide = self._wide
        try:
            ends = list(accumulate(map(wide.__getitem__, words)))
        except KeyError:
            wide.update((letter, self.metrics.horizontalAdvance(letter)) for letter in set(words))
            return self._cut_latin(words, room)
        if not ends or ends[-1] <= room:
            return words
        return words[: bisect_right(ends, room - self._dots)].rstrip() + _DOTS


class _Line(Value, frozen=True):
    """Where a line of a block begins, from the corner where reading begins, and its room."""

    number: int
    x: float
    y: float
    room: int

    @property
    def first(self) -> bool:
        """The one with the name."""
        return self.number == 0

    @property
    def second(self) -> bool:
        """The one with time and status."""
        return self.number == 1


class _Kind(Value, frozen=True):
    """What all blocks of one size and status share."""

    shape: QPixmap
    """With its icons, without words."""
    ink: QColor
    fits: int
    """How many lines there is room for."""
    lines: tuple[_Line, ...]


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
