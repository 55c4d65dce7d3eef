"""Hears on macOS that the screen is locked or that the computer goes to sleep (REQ-06).

Two C interfaces of the system, without an Objective-C bridge: the distributed notification centre
of Core Foundation tells of the lock, IOKit of sleep. IOKit waits for our answer, so that the keys
are wiped before the computer sleeps. Called on the main thread, whose run loop Qt drives.
"""

from __future__ import annotations

import ctypes
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

_FRAMEWORKS = "/System/Library/Frameworks"
_LOCKED = b"com.apple.screenIsLocked"
_UTF8 = 0x08000100  # kCFStringEncodingUTF8
_AT_ONCE = 4  # CFNotificationSuspensionBehaviorDeliverImmediately
# From IOKit/IOMessage.h.
CAN_SLEEP, WILL_SLEEP = 0xE0000270, 0xE0000280
_SEEN = ctypes.CFUNCTYPE(None, *[ctypes.c_void_p] * 5)
_POWER = ctypes.CFUNCTYPE(None, ctypes.c_void_p, ctypes.c_uint32, ctypes.c_uint32, ctypes.c_void_p)


class MacSignals:
    """Listens from `begin` to `end`."""

    def __init__(
        self,
        told: Callable[[str], None],
        *,
        core: Any = None,  # noqa: ANN401 - a library of macOS
        power: Any = None,  # noqa: ANN401 - a library of macOS
    ) -> None:
        """`told` gets `system` or `sleep`; the libraries are the system's unless given."""
        self._told = told
        self._core = core if core is not None else _library("CoreFoundation")
        self._power = power if power is not None else _library("IOKit")
        # Kept, since the system calls them as long as we listen.
        self._seen, self._slept = _SEEN(self._locked), _POWER(self._sleeps)
        self._root = 0
        self._centre = 0

    def begin(self) -> bool:
        """Whether the system will tell us of both."""
        return self._listen_to_lock() and self._listen_to_power()

    def end(self) -> None:
        """Listen no longer."""
        if self._centre:
            self._core.CFNotificationCenterRemoveEveryObserver(self._centre, id(self))
            self._centre = 0

    def _listen_to_lock(self) -> bool:
        core = self._core
        core.CFNotificationCenterGetDistributedCenter.restype = ctypes.c_void_p
        core.CFStringCreateWithCString.restype = ctypes.c_void_p
        core.CFStringCreateWithCString.argtypes = (
            ctypes.c_void_p,
            ctypes.c_char_p,
            ctypes.c_uint32,
        )
        core.CFNotificationCenterAddObserver.argtypes = (
            ctypes.c_void_p,
            ctypes.c_void_p,
            _SEEN,
            ctypes.c_void_p,
            ctypes.c_void_p,
            ctypes.c_long,
        )
        core.CFNotificationCenterRemoveEveryObserver.argtypes = (ctypes.c_void_p, ctypes.c_void_p)
        self._centre = core.CFNotificationCenterGetDistributedCenter() or 0
        if not self._centre:
            return False
        name = core.CFStringCreateWithCString(None, _LOCKED, _UTF8)
        core.CFNotificationCenterAddObserver(
            self._centre, id(self), self._seen, name, None, _AT_ONCE
        )
        return True

    def _listen_to_power(self) -> bool:
        core, power = self._core, self._power
        port, notifier = ctypes.c_void_p(), ctypes.c_uint32()
        power.IORegisterForSystemPower.restype = ctypes.c_uint32
        power.IORegisterForSystemPower.argtypes = (
            ctypes.c_void_p,
            ctypes.c_void_p,
            _POWER,
            ctypes.c_void_p,
        )
        power.IONotificationPortGetRunLoopSource.restype = ctypes.c_void_p
        power.IONotificationPortGetRunLoopSource.argtypes = (ctypes.c_void_p,)
        power.IOAllowPowerChange.argtypes = (ctypes.c_uint32, ctypes.c_long)
        core.CFRunLoopGetMain.restype = ctypes.c_void_p
        core.CFRunLoopAddSource.argtypes = (ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)
        self._root = power.IORegisterForSystemPower(
            None, ctypes.byref(port), self._slept, ctypes.byref(notifier)
        )
        if not self._root:
            return False
        source = power.IONotificationPortGetRunLoopSource(port)
        modes = ctypes.c_void_p.in_dll(core, "kCFRunLoopCommonModes")
        core.CFRunLoopAddSource(core.CFRunLoopGetMain(), source, modes)
        return True

    def _locked(self, *_said: object) -> None:
        self._told("system")

    def _sleeps(self, _mine: object, _service: int, message: int, answer: int | None) -> None:
        if message == WILL_SLEEP:
            self._told("sleep")  # done when this returns; only then may the computer sleep
        if message in (CAN_SLEEP, WILL_SLEEP):
            self._power.IOAllowPowerChange(self._root, answer or 0)


def _library(name: str) -> Any:  # noqa: ANN401 - a library of macOS
    return ctypes.CDLL(f"{_FRAMEWORKS}/{name}.framework/{name}")
