"""The program's picture, painted from the same drawing as in the window."""

import os
from pathlib import Path

EDGE = 1024


def painted(into: Path) -> None:
    """Write it as PNG; PyInstaller makes of it what Windows and macOS want."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from PySide6.QtCore import QByteArray, QRectF, Qt
    from PySide6.QtGui import QColor, QGuiApplication, QImage, QPainter
    from PySide6.QtSvg import QSvgRenderer

    from carekraft_desktop import resources
    from ui.tokens import LIGHT

    app = QGuiApplication.instance() or QGuiApplication([])
    picture = QImage(EDGE, EDGE, QImage.Format.Format_ARGB32)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(LIGHT.accent))
    margin = EDGE / 16
    plate = QRectF(margin, margin, EDGE - 2 * margin, EDGE - 2 * margin)
    painter.drawRoundedRect(plate, EDGE / 5, EDGE / 5)
    drawing = resources.text("icons/stethoscope.svg").replace("currentColor", LIGHT.on_accent)
    inner = plate.adjusted(EDGE / 7, EDGE / 7, -EDGE / 7, -EDGE / 7)
    QSvgRenderer(QByteArray(drawing.encode())).render(painter, inner)
    painter.end()
    into.parent.mkdir(parents=True, exist_ok=True)
    if not picture.save(str(into)):
        message = f"{into.name} could not be written"
        raise OSError(message)
    del app
