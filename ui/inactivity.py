"""Tells when nobody has touched the program for a while (REQ-04)."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
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

    def __init__(self, application: QApplication) -> None:
        """Asleep until `watch`."""
        super().__init__(application)
        self._application = application
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
        if event.type() in _TOUCHES and self._timer.isActive():
            self._timer.start()
        return False
