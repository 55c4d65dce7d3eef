"""A script: what any PySide6 program pays for a page like the day's, with no code of ours.

As many widgets of the same kinds as the day's page has, in layouts, under one style sheet, with a list
of rows and a canvas of 430 boxes with their texts, and a filter on the application's events.
"""

import builtins
import gc
import importlib
import sys

_import = builtins.__import__
from PySide6.QtWidgets import (  # noqa: E402
    QAbstractScrollArea,
    QApplication,
    QComboBox,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLineEdit,
    QListWidget,
    QPushButton,
    QSplitter,
    QTableView,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

builtins.__import__ = _import  # what PySide6 puts there costs 20 MiB; the program undoes it too

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer  # noqa: E402
from PySide6.QtGui import (  # noqa: E402
    QPainter,
    QPaintEvent,
    QStandardItem,
    QStandardItemModel,
)

SHEET = "\n".join(
    f"QFrame#k{n}, QLabel#k{n} {{ background: #f{n % 10}f0f{n % 10}; border: 1px solid #d0d0d0; }}"
    f' QPushButton#k{n}[tone="x"]:hover {{ padding: 6px 12px; border-radius: 6px; }}'
    for n in range(60)
)
BOXES, COLUMNS = 430, 40
PACKAGES = (
    "sqlalchemy",
    "sqlalchemy.dialects.sqlite",
    "sqlcipher3.dbapi2",
    "requests",
    "keyring",
    "cryptography.hazmat.primitives.hpke",
    "msgspec",
)
"""What a program of this kind imports besides Qt, once it is painted."""


class Canvas(QAbstractScrollArea):
    """Boxes with two lines of text in columns; says when it was painted first."""

    painted = False

    def paintEvent(self, event: QPaintEvent) -> None:
        """All of them."""
        painter = QPainter(self.viewport())
        painter.fillRect(event.rect(), 0xFFFFFF)
        for n in range(BOXES):
            box = QRect(n % COLUMNS * 90, n // COLUMNS * 48, 84, 44)
            painter.fillRect(box, 0xD8EEEC)
            painter.drawText(box, Qt.AlignmentFlag.AlignTop, f"Patient number {n}")
            painter.drawText(box, Qt.AlignmentFlag.AlignBottom, "09:30")
        painter.end()
        if not self.painted:
            self.painted = True
            QTimer.singleShot(0, self.told)

    def told(self) -> None:
        """Painted."""
        sys.stdout.write("painted plain 0\n")
        sys.stdout.flush()
        for name in PACKAGES:
            importlib.import_module(name)
        from tests.benchmarks.scripts import proportional_memory, tell

        gc.collect()
        gc.freeze()
        tell("pss", proportional_memory())
        QApplication.quit()


class Watch(QObject):
    """Sees every event, as whatever counts a person's own input must."""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let it pass."""
        del watched
        return event.type() == QEvent.Type.None_


def _some(parent: QWidget, group: int) -> QFrame:
    frame = QFrame(parent)
    frame.setObjectName(f"k{group}")
    inside = QVBoxLayout(frame)
    for n in range(5):
        line = QWidget()
        across = QHBoxLayout(line)
        across.addWidget(QLabel(f"Label {n}"))
        across.addWidget(QPushButton(f"Button {n}"))
        if n % 2:
            across.addWidget(QToolButton())
        inside.addWidget(line)
    return frame


def _page() -> QWidget:
    page = QWidget()
    across = QHBoxLayout(page)
    side, halves = QWidget(), QSplitter()
    down = QVBoxLayout(side)
    for group in range(9):
        down.addWidget(_some(side, group))
    for _ in range(2):
        down.addWidget(QComboBox())
        down.addWidget(QLineEdit())
    down.addWidget(QListWidget())
    table, rows = QTableView(), QStandardItemModel(12, 6)
    for row in range(12):
        for place in range(6):
            rows.setItem(row, place, QStandardItem(f"Cell {row} {place}"))
    table.setModel(rows)
    halves.addWidget(Canvas())
    halves.addWidget(table)
    across.addWidget(side)
    across.addWidget(halves, 1)
    return page


app = QApplication(sys.argv)
app.setStyleSheet(SHEET)
watch = Watch()
app.installEventFilter(watch)
window = _page()
window.resize(1440, 900)
window.show()
sys.exit(app.exec())
