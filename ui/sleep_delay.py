"""Asks Linux' login manager to wait with sleep until the office is closed (REQ-06).

Such a delay lock is a file descriptor; closing it lets the computer sleep. The manager waits five
seconds at most, which is many times what closing takes.
"""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from PySide6.QtDBus import QDBusConnection, QDBusMessage, QDBusUnixFileDescriptor

if TYPE_CHECKING:
    from PySide6.QtDBus import QDBus

_log = logging.getLogger(__name__)
_LOGIN = "org.freedesktop.login1"
_PATIENCE = 2000  # milliseconds


class SleepDelay:
    """Held while an office may be open, let go of once it is closed."""

    def __init__(self, bus: QDBusConnection) -> None:
        """`bus`: where the login manager is."""
        self._bus = bus
        self._held: QDBusUnixFileDescriptor | None = None

    @property
    def held(self) -> bool:
        """Whether sleep waits for us."""
        return self._held is not None

    def take(self) -> None:
        """From now on sleep waits; nothing happens where the manager will not."""
        if self.held:
            return
        call = QDBusMessage.createMethodCall(
            _LOGIN, "/org/freedesktop/login1", f"{_LOGIN}.Manager", "Inhibit"
        )
        call.setArguments(["sleep", "CareKraft", "The office is closed first", "delay"])
        answer = self._bus.call(call, _block(), _PATIENCE)
        found = answer.arguments()
        if found and isinstance(found[0], QDBusUnixFileDescriptor) and found[0].isValid():
            self._held = found[0]
        else:
            _log.info("no-sleep-delay")

    def let_go(self) -> None:
        """The computer may sleep."""
        if self._held is not None:
            self._held.setFileDescriptor(-1)
            self._held = None


def _block() -> QDBus.CallMode:
    from PySide6.QtDBus import QDBus

    return QDBus.CallMode.Block
