"""Moves the program into its window: look, exception hooks, and the order of the first seconds.

The window is on the screen already. The lock page comes first; only when that is painted
does a worker read the key file, and with it the libraries of the store.
"""

from __future__ import annotations

import gc
import logging
import sys
import threading
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QApplication

from carekraft_desktop.errors import AlreadyRunning
from carekraft_desktop.presenters import wiring
from ui import first, fonts, relaunch
from ui.capture import Capture, shield_of
from ui.icons import icon
from ui.inactivity import Inactivity
from ui.runner import QtTimers, Worker
from ui.system_lock import SystemLock
from ui.theme import Theme
from ui.window import Window

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from types import TracebackType

    from PySide6.QtWidgets import QWidget

    from carekraft_desktop.bootstrap import Program

_log = logging.getLogger(__name__)
_PATIENCE = 5.0
"""Seconds to wait for each worker at the end; whatever is lost is in the outbox."""


class FirstPaint(QObject):
    """Calls once, right after a widget was painted for the first time."""

    def __init__(self, widget: QWidget, then: Callable[[], None]) -> None:
        """Watches `widget`."""
        super().__init__(widget)
        self._then: Callable[[], None] | None = then
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The paint itself goes on; the call comes in the next turn."""
        if event.type() == QEvent.Type.Paint and self._then is not None:
            then, self._then = self._then, None
            watched.removeEventFilter(self)
            QTimer.singleShot(0, then)
        return False


_GOES_ON = frozenset({"closed", "restore", "damaged", "ended"})
"""After these the same process has something left to do: to end, to restore, or to destroy."""


class Hooks:
    """What happens with a bug, in whichever thread."""

    def __init__(self) -> None:
        """Not in place before `set`."""
        self.window: Window | None = None
        self._showing = False
        self._before = sys.excepthook, threading.excepthook

    def set(self) -> None:
        """From now on."""
        sys.excepthook = self._bug
        threading.excepthook = lambda found: self._log(found.exc_value)

    def unset(self) -> None:
        """As before."""
        sys.excepthook, threading.excepthook = self._before

    def _log(self, bug: BaseException | None) -> None:
        if bug is not None:
            _log.error("bug", exc_info=(type(bug), bug, bug.__traceback__))

    def _bug(
        self, kind: type[BaseException], bug: BaseException, trace: TracebackType | None
    ) -> None:
        del kind, trace
        if isinstance(bug, KeyboardInterrupt):
            QApplication.quit()
            return
        self._log(bug)
        if self._showing or self.window is None:
            return
        from carekraft_desktop.presenters.report import report
        from ui.problem import BugBox

        self._showing = True
        box = BugBox(report(bug), self.window)
        box.finished.connect(self._shown)
        box.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        box.open()

    def _shown(self) -> None:
        self._showing = False


def application(argv: Sequence[str]) -> QApplication:
    """The one application, with its name and typeface."""
    made = first.application(argv)
    fonts.load()
    return made


def main(program: Program, *, argv: Sequence[str]) -> int:
    """Show the window with a program that is there already; the exit code."""
    app, window = first.show(argv)
    return run_in(app, window, program, argv)


def run_in(
    app: QApplication,
    window: first.FirstWindow,
    program: Program,
    argv: Sequence[str],
    *,
    fresh: bool = False,
) -> int:
    """Move the program into its window and stay until it is closed; the exit code.

    `fresh`: end when the office is closed, so that a fresh process takes over. Options in `argv`: `--exchange ADDRESS` and `--code CODE` fill in the set-up.
    """
    try:
        program.claim()
    except AlreadyRunning:
        from ui.single import call

        window.close()
        return 0 if call(str(program.folders.home)) else 1
    run = Run(app, window, program, argv, fresh=fresh)
    code = run.go()
    return relaunch.begin_anew(run.closed_by) if code == relaunch.AGAIN else code


class Run:
    """One run of the program, from the first window to the last thread."""

    def __init__(
        self,
        app: QApplication,
        frame: first.FirstWindow,
        program: Program,
        argv: Sequence[str],
        *,
        fresh: bool = False,
    ) -> None:
        """Everything is made; `go` shows it in `frame`. `fresh` as for `run_in`."""
        self._fresh = fresh
        self.closed_by = ""
        """Why the office was closed, once a fresh process is to take over."""
        self._app, self._program, self.frame = app, program, frame
        self._hooks = Hooks()
        self._hooks.set()
        fonts.load()
        self.theme = theme = Theme(app)
        chosen = wiring.preferences(program)
        theme.put_on(chosen.look.value, chosen.scale)
        self._workers = (Worker("sync"), Worker("chores"), Worker("copies"))
        self._inactivity = Inactivity(app)
        capture = Capture(app, shield_of())
        program.capture = lambda: capture.state
        self._system_lock = SystemLock(app)
        self.window = Window(
            program,
            theme,
            sync_runner=self._workers[0],
            chores=self._workers[1],
            copies=self._workers[2],
            timers=QtTimers(app),
            inactivity=self._inactivity,
            suggested_exchange=_option(argv, "--exchange"),
            suggested_code=_option(argv, "--code"),
        )
        frame.setWindowIcon(icon(theme, "stethoscope", "accent_text"))
        self._hooks.window = self.window
        self._today_painted = False

    def go(self) -> int:
        """Until the window is closed."""
        self.begin()
        try:
            return self._app.exec()
        finally:
            self.end()

    def begin(self) -> None:
        """Show the window with its first page."""
        window = self.window
        window.locked_by(relaunch.why_locked())
        window.closed.connect(self._closed)
        FirstPaint(window.stack, self._painted)
        window.shell.watch_open(self._opened)
        set_up = self._program.standing().value == "needs-set-up"
        # First, since the lock page closes every window that is not its own.
        self.frame.hold(window)
        window.begin(set_up=set_up)

    def _painted(self) -> None:
        page = self.window.shell.state.page.value
        first.trace(page)
        from ui.single import Doorbell

        self._bell = Doorbell(str(self._program.folders.home), self._forward, self._app)
        self.window.first_look()
        self._system_lock.locked.connect(self.window.lock)
        self._system_lock.watch(self.frame)

    def _opened(self) -> None:
        # All modules are loaded now; the collector need not look through them ever again.
        gc.freeze()
        frame = self.window.frame
        if frame is not None and not self._today_painted:
            self._today_painted = True
            FirstPaint(frame.today.calendar.viewport(), lambda: first.trace("today"))

    def _closed(self, why: str) -> None:
        if self._fresh and why not in _GOES_ON:
            self.closed_by = why
            self._app.exit(relaunch.AGAIN)

    def _forward(self) -> None:
        window = self.frame
        window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
        window.show()
        window.raise_()
        window.activateWindow()

    def end(self) -> None:
        """Lock, and let go of threads, doorbell and folder."""
        self.window.lock()
        self._inactivity.rest()
        self._system_lock.rest()
        bell = getattr(self, "_bell", None)
        if bell is not None:
            bell.close()
        for worker in self._workers:
            if not worker.close(_PATIENCE):
                _log.warning("worker-still-busy")
        self._program.release()
        self._hooks.unset()


def _option(argv: Sequence[str], name: str) -> str:
    """The value after an option, empty when it is not given."""
    words = list(argv)
    return words[words.index(name) + 1] if name in words[:-1] else ""
