"""The one place with threads: a worker that does one piece of work after the other.

The worker emits a signal of an object that lives in the Qt thread; so every report arrives
there. A bug in the work is raised again there too, where the exception hook sees it.
"""

import threading
from collections.abc import Callable
from queue import SimpleQueue
from typing import TypeVar

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from carekraft_desktop.presenters.tasks import Outcome, attempt

T = TypeVar("T")
_END = None


class _Home(QObject):
    """Lives in the Qt thread and takes what comes back."""

    arrived = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.arrived.connect(self._run, Qt.ConnectionType.QueuedConnection)

    def _run(self, report: Callable[[], None]) -> None:
        report()


class Worker:
    """Implements `presenters.tasks.Runner` with one thread, begun when it is first needed."""

    def __init__(self, name: str) -> None:
        """`name` is the thread's."""
        self._name = name
        self._home = _Home()
        self._queue: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._thread: threading.Thread | None = None
        self._closed = False

    def submit(self, work: Callable[[], T], report: Callable[[Outcome[T]], None]) -> None:
        """Do `work` in the thread and `report` in this one; nothing after `close`."""
        if self._closed:
            return
        if self._thread is None:
            self._thread = threading.Thread(target=self._serve, name=self._name, daemon=True)
            self._thread.start()
        self._queue.put(lambda: self._do(work, report))

    def _serve(self) -> None:
        while (piece := self._queue.get()) is not _END:
            piece()

    def _do(self, work: Callable[[], T], report: Callable[[Outcome[T]], None]) -> None:
        try:
            outcome = attempt(work)
        except BaseException as bug:  # noqa: BLE001 - raised again below, in the Qt thread
            found = bug
            self._send(lambda: _raise(found))
            return
        self._send(lambda: report(outcome))

    def _send(self, call: Callable[[], None]) -> None:
        if not self._closed:
            self._home.arrived.emit(lambda: None if self._closed else call())

    def close(self, seconds: float) -> bool:
        """End the thread after the piece at hand.

        Args:
            seconds: how long to wait for it at most.

        Returns:
            Whether it ended in time. It is a daemon: the process can end without it.
        """
        self._closed = True
        if self._thread is None:
            return True
        self._queue.put(_END)
        self._thread.join(seconds)
        return not self._thread.is_alive()


def _raise(bug: BaseException) -> None:
    raise bug


class QtTimers:
    """Implements `presenters.tasks.Timers`."""

    def __init__(self, parent: QObject) -> None:
        """Timers end with `parent`."""
        self._parent = parent

    def after(self, seconds: float, call: Callable[[], None]) -> Callable[[], None]:
        """Call once, later."""
        timer = QTimer(self._parent)
        timer.setSingleShot(True)
        live = [True]

        def stop() -> None:
            if live:
                live.clear()
                timer.stop()
                timer.deleteLater()

        def fire() -> None:
            stop()
            call()

        timer.timeout.connect(fire)
        timer.start(max(0, round(seconds * 1000)))
        return stop
