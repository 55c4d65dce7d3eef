"""Icons: line drawings painted in whatever colour the look asks for, sharp at every scale.

Lucide, ISC licence, see `resources/icons/LICENSE`.
"""

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QGuiApplication, QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from carekraft_desktop import resources
from ui.theme import Theme


@lru_cache(maxsize=128)
def _drawing(name: str) -> str:
    return resources.text(f"icons/{name}.svg")


@lru_cache(maxsize=512)
def pixmap(name: str, colour: str, size: int, ratio: float) -> QPixmap:
    """The icon as a picture.

    Args:
        name: file name without its ending.
        colour: as `#RRGGBB`.
        size: edge in logical pixels.
        ratio: device pixels for each logical one.
    """
    found = QPixmap(round(size * ratio), round(size * ratio))
    found.fill(Qt.GlobalColor.transparent)
    painter = QPainter(found)
    svg = _drawing(name).replace("currentColor", colour)
    QSvgRenderer(QByteArray(svg.encode())).render(painter, QRectF(found.rect()))
    painter.end()
    found.setDevicePixelRatio(ratio)
    return found


class _Engine(QIconEngine):
    """Paints an icon in the present look's colour."""

    def __init__(self, theme: Theme, name: str, colour: str, on: str) -> None:
        super().__init__()
        self._theme, self._name, self._colour, self._on = theme, name, colour, on

    def _now(self, mode: QIcon.Mode, state: QIcon.State) -> str:
        tokens = self._theme.tokens
        if mode is QIcon.Mode.Disabled:
            return tokens.disabled
        wanted = self._on if state is QIcon.State.On and self._on else self._colour
        found: str = getattr(tokens, wanted)
        return found

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        """Qt asks for it."""
        size = min(rect.width(), rect.height())
        device = painter.device()
        ratio = device.devicePixelRatioF() if device is not None else 1.0
        place = rect.center() - QPoint((size - 1) // 2, (size - 1) // 2)
        if rect.width() > rect.height():
            place.setX(rect.left())
        painter.drawPixmap(place, pixmap(self._name, self._now(mode, state), size, ratio))

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        """At one device pixel for each logical one."""
        return self.scaledPixmap(size, mode, state, 1.0)

    def scaledPixmap(
        self, size: QSize, mode: QIcon.Mode, state: QIcon.State, scale: float
    ) -> QPixmap:
        """`size` is logical since Qt 6.8, so the picture is made `scale` times as large."""
        edge = min(size.width(), size.height())
        found = pixmap(self._name, self._now(mode, state), edge, scale)
        if size.width() <= size.height():
            return found
        # Room after the icon keeps the words of a button at a distance; Qt has no length for it.
        roomy = QPixmap(round(size.width() * scale), round(size.height() * scale))
        roomy.fill(Qt.GlobalColor.transparent)
        roomy.setDevicePixelRatio(scale)
        painter = QPainter(roomy)
        mirrored = QGuiApplication.layoutDirection() == Qt.LayoutDirection.RightToLeft
        painter.drawPixmap(size.width() - edge if mirrored else 0, 0, found)
        painter.end()
        return roomy

    def clone(self) -> QIconEngine:
        """Qt copies icons."""
        return _Engine(self._theme, self._name, self._colour, self._on)


def icon(theme: Theme, name: str, colour: str = "text_2", on: str = "") -> QIcon:
    """An icon that follows the look.

    Args:
        theme: where the colour is asked for, each time it is painted.
        name: file name without its ending.
        colour: a field of `Tokens`.
        on: the field while a button is checked; empty for the same.
    """
    return QIcon(_Engine(theme, name, colour, on))


def hatch(colour: str, ratio: float) -> QPixmap:
    """A tile of diagonal lines; a brush pattern would get denser on finer screens."""
    step = 8
    tile = QPixmap(round(step * ratio), round(step * ratio))
    tile.fill(Qt.GlobalColor.transparent)
    tile.setDevicePixelRatio(ratio)
    painter = QPainter(tile)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QColor(colour))
    for shift in (-step, 0, step):
        painter.drawLine(shift, step, shift + step, 0)
    painter.end()
    return tile
