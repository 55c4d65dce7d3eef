"""Alerts and the badge, through the operating system; where there is no tray, a blinking window.

Everything shown here is a count and a kind. There is no way in for a name.
"""

from collections.abc import Callable

from PySide6.QtCore import QObject
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QSystemTrayIcon, QWidget

from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters.alerts import Alert
from ui.icons import icon
from ui.theme import Theme

_SHOWN = 10_000
"""Milliseconds; systems have the last word."""


class Alerts(QObject):
    """The tray icon, its messages, and the number on the program's own icon."""

    def __init__(self, theme: Theme, window: QWidget, raise_: Callable[[], None]) -> None:
        """`raise_` brings the window to the front when an alert is clicked."""
        super().__init__(window)
        self._window = window
        self._tray: QSystemTrayIcon | None = None
        self._badge = -1
        self.told: list[str] = []
        """What was told since the program began, the newest last; for whoever wants to know."""
        if QSystemTrayIcon.isSystemTrayAvailable():
            self._tray = QSystemTrayIcon(icon(theme, "stethoscope", "accent_text"), self)
            self._tray.setToolTip(wording.PROGRAM)
            self._tray.messageClicked.connect(raise_)
            self._tray.activated.connect(lambda _reason: raise_())

    def watch(self, *, on: bool) -> None:
        """The icon is there while alerts are wanted."""
        if self._tray is not None:
            self._tray.setVisible(on)

    def tell(self, alert: Alert) -> None:
        """Show it; the taskbar blinks in any case."""
        self.told.append(alert.words)
        if self._tray is not None and self._tray.isVisible():
            self._tray.showMessage(
                wording.PROGRAM, alert.words, QSystemTrayIcon.MessageIcon.NoIcon, _SHOWN
            )
        QApplication.alert(self._window.window())
        if alert.sound:
            QApplication.beep()

    def badge(self, number: int) -> None:
        """How much waits, on the dock or taskbar where the system has such a place."""
        if number != self._badge:
            self._badge = number
            application = QGuiApplication.instance()
            if isinstance(application, QGuiApplication):
                application.setBadgeNumber(number)
