"""Tells when nobody has touched the program for a while (REQ-04), and counts people only (REQ-05).

A key that something lies on, a pointer that rests while the window moves below it, and events
that the program sends itself are no sign of a person.
"""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QApplication

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.TabletPress,
    }
)


class Inactivity(QObject):
    """One event filter and one timer for the whole program."""

    passed = Signal()
    touched = Signal()
    """Somebody is there."""

    def __init__(self, application: QApplication) -> None:
        """Asleep until `watch`."""
        super().__init__(application)
        self._application = application
        self._pointer = QPointF()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)  # a coarse one may be 5 % late
        self._timer.timeout.connect(self.passed)

    def watch(self, minutes: float) -> None:
        """Begin to count; again with another length any time."""
        self._application.installEventFilter(self)
        self._timer.start(round(minutes * 60_000))

    def rest(self) -> None:
        """Stop counting."""
        self._application.removeEventFilter(self)
        self._timer.stop()

    @property
    def watching(self) -> bool:
        """Whether it counts."""
        return self._timer.isActive()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Every touch begins the count anew; nothing is swallowed."""
        del watched
        if event.type() in _TOUCHES and self._timer.isActive() and self._is_a_persons(event):
            self._timer.start()
            self.touched.emit()
        return False

    def _is_a_persons(self, event: QEvent) -> bool:
        if not event.spontaneous():
            return False
        if isinstance(event, QKeyEvent):
            return not event.isAutoRepeat()
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            before, self._pointer = self._pointer, event.globalPosition()
            return self._pointer != before
        return True
