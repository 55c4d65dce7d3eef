"""The window itself, on the screen before anything of the program is imported.

It holds nothing and knows nothing. The program moves in as soon as its modules are loaded,
some hundred milliseconds later.
"""

from __future__ import annotations

import builtins
import os
import sys

# PySide6 replaces `__import__` for its optional features, which makes every later import a
# fifth slower and larger; we use none of them, so the original is put back.
_import = builtins.__import__
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget  # noqa: E402

builtins.__import__ = _import

from typing import TYPE_CHECKING  # noqa: E402

from PySide6.QtCore import QElapsedTimer, QEventLoop  # noqa: E402
from PySide6.QtGui import QCloseEvent, QGuiApplication, QPainter, QPaintEvent  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from carekraft_desktop.bootstrap import Program

SIZE = (1440, 900)
TRACE = "CAREKRAFT_TRACE_START"
NAME = "CareKraft"
_TURNS = 50
_since = QElapsedTimer()
_since.start()


class FirstWindow(QWidget):
    """An empty window into which the program moves."""

    def __init__(self) -> None:
        """As large as the screen allows, up to the usual size."""
        super().__init__()
        self.setWindowTitle(NAME)
        self.painted = False
        self._inside: QWidget | None = None
        self.resize(*SIZE)
        screen = QGuiApplication.primaryScreen()
        if screen is not None:
            self.resize(self.size().boundedTo(screen.availableSize()))

    def hold(self, inside: QWidget) -> None:
        """Show `inside` from edge to edge."""
        self._inside = inside
        edge = QVBoxLayout(self)
        edge.setContentsMargins(0, 0, 0, 0)
        edge.addWidget(inside)
        self.setMinimumSize(inside.minimumSize())
        inside.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The system's own window colour, for the moment until the program is there."""
        del event
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.palette().window())
        painter.end()
        self.painted = True

    def closeEvent(self, event: QCloseEvent) -> None:
        """What is inside closes first; it locks."""
        if self._inside is not None:
            self._inside.close()
        super().closeEvent(event)


def application(argv: Sequence[str]) -> QApplication:
    """The one application, with its name."""
    found = QApplication.instance()
    made = found if isinstance(found, QApplication) else QApplication(list(argv))
    made.setApplicationName(NAME)
    made.setApplicationDisplayName(NAME)
    made.setDesktopFileName("carekraft-desktop")
    return made


def show(argv: Sequence[str]) -> tuple[QApplication, FirstWindow]:
    """Put an empty window on the screen and come back once it has been painted."""
    app = application(argv)
    window = FirstWindow()
    window.show()
    for _ in range(_TURNS):
        app.processEvents(QEventLoop.ProcessEventsFlag.AllEvents, 20)
        if window.painted:
            break
    trace("window")
    return app, window


def main(start: Callable[[], Program], *, argv: Sequence[str]) -> int:
    """Show the window, then load the program into it; the exit code.

    `start` makes the program; its failures are the caller's to tell.
    """
    app, window = show(argv)
    from ui.app import run_in

    return run_in(app, window, start(), argv, fresh=True)


def trace(page: str) -> None:
    """Tell a benchmark what has been painted, and when."""
    if os.environ.get(TRACE):
        sys.stdout.write(f"painted {page} {_since.elapsed()}\n")
        sys.stdout.flush()
