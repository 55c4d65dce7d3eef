"""Tells when the computer itself is locked, handed to another user, or goes to sleep (REQ-06).

On Linux the desktop's screen saver and the login manager say so over D-Bus; on Windows the
session and the power manager send messages to a window; on macOS see `mac_lock.py`.
Where nothing can be heard the idle lock remains, and `heard` says that it is all there is.
"""

from __future__ import annotations

import ctypes
import sys
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import SLOT, QAbstractNativeEventFilter, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication

from ui.mac_lock import MacSignals

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBusConnection
    from PySide6.QtWidgets import QWidget

    from ui.sleep_delay import SleepDelay

_SAVERS = (
    ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver"),
    ("org.freedesktop.ScreenSaver", "/ScreenSaver"),
    ("org.gnome.ScreenSaver", "/org/gnome/ScreenSaver"),
)
_LOGIN = "org.freedesktop.login1"
_PROPERTIES = "org.freedesktop.DBus.Properties"
# From winuser.h and wtsapi32.h.
_WM_POWERBROADCAST, _WM_WTSSESSION_CHANGE = 0x0218, 0x02B1
_PBT_APMSUSPEND = 0x0004
_WTS_LOCK, _WTS_DISCONNECTED = 0x7, (0x2, 0x4)


class SystemLock(QObject):
    """One for the program; asleep until `watch`."""

    locked = Signal(str)
    """`system` for a lock or another user, `sleep` before the computer sleeps."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Hears nothing yet."""
        super().__init__(parent)
        self.heard = False
        """Whether the operating system will be heard."""
        self._messages: _WindowsMessages | MacSignals | None = None
        self._delay: SleepDelay | None = None

    def watch(self, window: QWidget) -> None:
        """Begin to listen; `window` takes Windows' messages."""
        if sys.platform.startswith("linux"):
            self.heard = self._watch_buses()
        elif sys.platform == "win32":
            self._messages = _WindowsMessages(self)
            self.heard = self._messages.begin(int(window.winId()))
        elif sys.platform == "darwin":
            self._messages = MacSignals(self.locked.emit)
            self.heard = self._messages.begin()

    def rest(self) -> None:
        """Listen no longer."""
        if self._messages is not None:
            self._messages.end()
            self._messages = None
        if self._delay is not None:
            self._delay.let_go()
            self._delay = None

    # -- Linux --------------------------------------------------------------------------

    def _watch_buses(self) -> bool:
        from PySide6.QtDBus import QDBusConnection

        # The stubs want bytes; what works, and what SLOT gives, is text.
        changed: Any = SLOT("_saver(bool)")
        asleep: Any = SLOT("_sleep(bool)")
        lock: Any = SLOT("_lock()")
        switched: Any = SLOT("_switched(QString,QVariantMap,QStringList)")
        heard = False
        session = QDBusConnection.sessionBus()
        if session.isConnected():
            for name, path in _SAVERS:
                heard |= session.connect("", path, name, "ActiveChanged", self, changed)
        system = QDBusConnection.systemBus()
        if system.isConnected():
            heard |= system.connect(
                _LOGIN,
                "/org/freedesktop/login1",
                f"{_LOGIN}.Manager",
                "PrepareForSleep",
                self,
                asleep,
            )
            heard |= system.connect(_LOGIN, "", f"{_LOGIN}.Session", "Lock", self, lock)
            # Another user at this screen: the session that was in front is no longer active.
            heard |= system.connect(_LOGIN, "", _PROPERTIES, "PropertiesChanged", self, switched)
            self._delay = _delay(system)
        return heard

    @Slot(bool)
    def _saver(self, on: bool) -> None:  # noqa: FBT001 - D-Bus's argument
        if on:
            self.locked.emit("system")

    @Slot(bool)
    def _sleep(self, before: bool) -> None:  # noqa: FBT001 - D-Bus's argument
        if before:
            self.locked.emit("sleep")  # the keys are wiped when this returns
            if self._delay is not None:
                self._delay.let_go()
        elif self._delay is not None:
            self._delay.take()

    @Slot(str, "QVariantMap", "QStringList")
    def _switched(self, interface: str, changed: dict[str, Any], _names: list[str]) -> None:
        if left(interface, changed):
            self.locked.emit("system")

    @Slot()
    def _lock(self) -> None:
        self.locked.emit("system")


def _delay(system: QDBusConnection) -> SleepDelay:
    from ui.sleep_delay import SleepDelay

    delay = SleepDelay(system)
    delay.take()
    return delay


class _WindowsMessages(QAbstractNativeEventFilter):
    """Reads Windows' messages about the session and about power before Qt does."""

    def __init__(self, told: SystemLock) -> None:
        super().__init__()
        self._told, self._window = told, 0

    def begin(self, window: int) -> bool:
        """Ask for the session's messages to `window`; False where Windows will not."""
        self._window = window
        QGuiApplication.instance().installNativeEventFilter(self)  # type: ignore[union-attr]
        this_session = 0
        return bool(_wtsapi().WTSRegisterSessionNotification(window, this_session))

    def end(self) -> None:
        """No longer."""
        application = QGuiApplication.instance()
        if application is not None:
            application.removeNativeEventFilter(self)
        _wtsapi().WTSUnRegisterSessionNotification(self._window)

    def nativeEventFilter(self, kind: Any, message: Any) -> tuple[bool, int]:  # noqa: ANN401 - Qt's
        """Nothing is swallowed."""
        if bytes(kind) == b"windows_generic_MSG":
            said = _Message.from_address(int(message))
            why = reason(said.message, said.wparam)
            if why:
                self._told.locked.emit(why)
        return False, 0


def left(interface: str, changed: dict[str, Any]) -> bool:
    """Whether a change of a session's properties says that another user is in front now."""
    return interface == f"{_LOGIN}.Session" and changed.get("Active") is False


class _Message(ctypes.Structure):
    """The head of winuser.h's MSG."""

    _fields_ = (
        ("window", ctypes.c_void_p),
        ("message", ctypes.c_uint),
        ("wparam", ctypes.c_size_t),
    )


def reason(message: int, wparam: int) -> str:
    """Why a message of Windows means to lock; empty where it does not."""
    if message == _WM_WTSSESSION_CHANGE and wparam in (_WTS_LOCK, *_WTS_DISCONNECTED):
        return "system"
    if message == _WM_POWERBROADCAST and wparam == _PBT_APMSUSPEND:
        return "sleep"
    return ""


def _wtsapi() -> Any:  # noqa: ANN401 - a library of Windows
    return ctypes.WinDLL("wtsapi32")  # type: ignore[attr-defined,unused-ignore]
