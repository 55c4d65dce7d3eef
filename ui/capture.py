"""Keeps the program's windows out of pictures of the screen, where the system offers that (REQ-93).

On Windows every top-level window, dialogs and menus too, is marked WDA_EXCLUDEFROMCAPTURE and the
mark is read back. Microsoft calls that no security guarantee; macOS from version 15 on ignores its
like, and Linux has none. So it deters, it does not protect, and how it stands is told as it is.
"""

import ctypes
import sys
from typing import Protocol

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QApplication, QWidget

EXCLUDED = 0x11
"""WDA_EXCLUDEFROMCAPTURE: winuser.h, from Windows 10 version 2004 on."""


class Shield(Protocol):
    """What the operating system offers."""

    @property
    def offered(self) -> bool:
        """Whether it offers anything."""
        ...

    def exclude(self, handle: int) -> bool:
        """Mark a window; whether the mark is there when it is read back."""
        ...


class NoShield:
    """macOS and Linux: nothing that holds."""

    offered = False

    def exclude(self, handle: int) -> bool:
        """Nothing is marked."""
        del handle
        return False


class WindowsShield:
    """Windows' display affinity."""

    offered = True

    def exclude(self, handle: int) -> bool:
        """Mark a window and read the mark back."""
        user32 = ctypes.WinDLL("user32")  # type: ignore[attr-defined, unused-ignore]
        user32.SetWindowDisplayAffinity(ctypes.c_void_p(handle), EXCLUDED)
        found = ctypes.c_uint32(0)
        user32.GetWindowDisplayAffinity(ctypes.c_void_p(handle), ctypes.byref(found))
        return found.value == EXCLUDED


def shield_of(platform: str = sys.platform) -> Shield:
    """What this system offers."""
    return WindowsShield() if platform == "win32" else NoShield()


class Capture(QObject):
    """Marks each window in the moment in which it is shown."""

    def __init__(self, application: QApplication, shield: Shield) -> None:
        """For every window of the program, from now on."""
        super().__init__(application)
        self._shield = shield
        self._failed = 0
        self._marked = 0
        if shield.offered:
            application.installEventFilter(self)
            for window in application.topLevelWidgets():
                if window.isVisible():
                    self._mark(window)

    @property
    def state(self) -> str:
        """`excluded`, `partly` or `not-prevented`, for the report of how things stand."""
        if not self._shield.offered or not self._marked:
            return "not-prevented"
        return "partly" if self._failed else "excluded"

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A window is about to be seen."""
        if event.type() is QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            self._mark(watched)
        return False

    def _mark(self, window: QWidget) -> None:
        marked = self._shield.exclude(int(window.winId()))
        self._marked += marked
        self._failed += not marked
