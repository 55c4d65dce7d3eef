"""A status as icon and word on its tint; apart from the lists, which the lock page does not need."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPen

from carekraft_desktop.presenters.pieces import Mark
from ui import fonts
from ui.icons import pixmap
from ui.theme import Theme


def chip_width(theme: Theme, mark: Mark) -> float:
    """How wide a status with its icon is."""
    words = QFontMetricsF(theme.font(fonts.SMALL, 600)).horizontalAdvance(mark.word)
    return words + theme.px(14 + 5 + 16) + 1


def paint_chip(
    painter: QPainter, theme: Theme, room: QRectF, mark: Mark, *, mirrored: bool
) -> None:
    """A status as icon and word on its tint."""
    ink = theme.tokens.ink(mark.tone.value)
    font = theme.font(fonts.SMALL, 600)
    width = min(chip_width(theme, mark), room.width())
    chip = QRectF(room.left(), 0, width, theme.px(23))
    chip.moveCenter(QPointF(chip.center().x(), room.center().y()))
    if mirrored:
        chip.moveRight(room.right())
    outlined = theme.tokens.outlined
    painter.setPen(QPen(QColor(ink.bar), 2) if outlined else Qt.PenStyle.NoPen)
    painter.setBrush(QColor(ink.fill))
    edge = 1.0 if outlined else 0.0
    shape = chip.adjusted(edge, edge, -edge, -edge)
    painter.drawRoundedRect(shape, shape.height() / 2, shape.height() / 2)
    size, pad = theme.px(14), theme.px(8)
    device = painter.device()
    ratio = device.devicePixelRatioF() if device is not None else 1.0
    x = chip.right() - pad - size if mirrored else chip.left() + pad
    painter.drawPixmap(
        QPointF(x, chip.center().y() - size / 2), pixmap(mark.picture, ink.text, size, ratio)
    )
    painter.setFont(font)
    painter.setPen(QColor(ink.text))
    words = chip.adjusted(pad, 0, -pad - size - theme.px(5), 0)
    if not mirrored:
        words.translate(size + theme.px(5), 0)
    side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
    shown = QFontMetricsF(font).elidedText(
        mark.word, Qt.TextElideMode.ElideRight, words.width() + 1
    )
    painter.drawText(words, side | Qt.AlignmentFlag.AlignVCenter, shown)
