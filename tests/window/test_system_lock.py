"""The computer locks or sleeps, and the program hears it: over a real message bus on Linux."""

import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

import pytest

from ui.system_lock import reason

ROOT = Path(__file__).parents[2]
TOOLS = ("dbus-run-session", "dbus-send")

LISTEN = """
import subprocess, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from ui.system_lock import SystemLock

app = QApplication([])
window, system = QWidget(), SystemLock()
said = []

def heard(why):
    said.append(why)
    if len(said) == int(sys.argv[1]):
        app.quit()

system.locked.connect(heard)
system.watch(window)
for bus in ("session", "system"):
    for path, signal, *values in SIGNALS[bus]:
        subprocess.run(
            ["dbus-send", f"--{bus}", "--type=signal", path, signal, *values], check=True
        )
QTimer.singleShot(15000, app.quit)
app.exec()
system.rest()
print(system.heard, ",".join(said))
"""
SAVER = ("/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver.ActiveChanged")


def listen(home: Path, signals: Sequence[tuple[str, ...]], expected: int) -> str:
    """What the program heard of these signals, on buses of its own."""
    script = home / "listen.py"
    script.write_text(
        f"SIGNALS = {{'session': {list(signals)!r}, 'system': []}}\n{LISTEN}", "utf-8"
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"}
    environment["DBUS_SYSTEM_BUS_ADDRESS"] = "unix:path=/nonexistent"
    command = ["dbus-run-session", "--", sys.executable, str(script), str(expected)]
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.strip()


@pytest.mark.skipif(
    not all(shutil.which(tool) for tool in TOOLS), reason=f"needs {' and '.join(TOOLS)}"
)
def test_a_screen_saver_that_comes_on_is_heard_and_one_that_goes_is_not(tmp_path: Path) -> None:
    signals = [
        (*SAVER, "boolean:false"),
        (*SAVER, "boolean:true"),
        ("/org/gnome/ScreenSaver", "org.gnome.ScreenSaver.ActiveChanged", "boolean:true"),
    ]
    assert listen(tmp_path, signals, 2) == "True system,system"


@pytest.mark.parametrize(
    ("message", "wparam", "why"),
    [
        (0x02B1, 0x7, "system"),  # locked
        (0x02B1, 0x8, ""),  # unlocked
        (0x02B1, 0x2, "system"),  # another user at this screen
        (0x02B1, 0x4, "system"),  # a remote session was left
        (0x02B1, 0x1, ""),  # this user came
        (0x0218, 0x4, "sleep"),
        (0x0218, 0x7, ""),  # awake again
        (0x0100, 0x7, ""),  # some key
    ],
)
def test_messages_of_windows_mean_what_they_mean(message: int, wparam: int, why: str) -> None:
    assert reason(message, wparam) == why


LOGIN_MANAGER = """
import os, sys, threading
from jeepney import DBusAddress, MessageType, new_method_return, message_bus, new_signal
from jeepney.io.blocking import open_dbus_connection

PATH = "/org/freedesktop/login1"
bus = open_dbus_connection("SESSION", enable_fds=True)
bus.send_and_get_reply(message_bus.RequestName("org.freedesktop.login1"))
ours, theirs = os.pipe()
print("ready", flush=True)
while True:
    message = bus.receive()
    if message.header.message_type is MessageType.method_call:
        asked = message.body
        bus.send(new_method_return(message, "h", (theirs,)))
        os.close(theirs)
        break
print(asked[0], asked[3], flush=True)
manager = DBusAddress(PATH, interface="org.freedesktop.login1.Manager")
bus.send(new_signal(manager, "PrepareForSleep", "b", (True,)))
print("closed" if os.read(ours, 1) == b"" else "not closed", flush=True)
"""

SLEEPER = """
import os, sys
os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = os.environ["DBUS_SESSION_BUS_ADDRESS"]
import subprocess
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from ui.system_lock import SystemLock

manager = subprocess.Popen([sys.executable, sys.argv[1]], stdout=subprocess.PIPE, text=True)
assert manager.stdout.readline() == "ready\\n"
app = QApplication([])
window, system = QWidget(), SystemLock()

def heard(why):
    print(why, system._delay.held, flush=True)
    QTimer.singleShot(0, app.quit)

system.locked.connect(heard)
system.watch(window)
QTimer.singleShot(15000, app.quit)
app.exec()
system.rest()
print(manager.communicate(timeout=15)[0], end="")
"""


@pytest.mark.req("REQ-06")
@pytest.mark.skipif(
    not all(shutil.which(tool) for tool in TOOLS), reason=f"needs {' and '.join(TOOLS)}"
)
def test_req_06_on_linux_sleep_waits_until_the_office_is_closed(tmp_path: Path) -> None:
    manager, sleeper = tmp_path / "manager.py", tmp_path / "sleeper.py"
    manager.write_text(LOGIN_MANAGER, "utf-8")
    sleeper.write_text(SLEEPER, "utf-8")
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, str(sleeper), str(manager)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    # Held while we close, and let go of right after.
    assert done.stdout.split("\n") == ["sleep True", "sleep delay", "closed", ""]


SWITCHER = """
import os
os.environ["DBUS_SYSTEM_BUS_ADDRESS"] = os.environ["DBUS_SESSION_BUS_ADDRESS"]
from jeepney import DBusAddress, message_bus, new_signal
from jeepney.io.blocking import open_dbus_connection
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QWidget
from ui import sleep_delay
from ui.system_lock import SystemLock

sleep_delay._PATIENCE = 100  # this login manager answers nobody
bus = open_dbus_connection("SESSION")
bus.send_and_get_reply(message_bus.RequestName("org.freedesktop.login1"))
app = QApplication([])
window, system, said = QWidget(), SystemLock(), []
system.locked.connect(said.append)
system.watch(window)
session = DBusAddress(
    "/org/freedesktop/login1/session/_31", interface="org.freedesktop.DBus.Properties"
)
for active in (True, False):
    changed = ("org.freedesktop.login1.Session", {"Active": ("b", active)}, [])
    bus.send(new_signal(session, "PropertiesChanged", "sa{sv}as", changed))
system.locked.connect(lambda _why: QTimer.singleShot(0, app.quit))
QTimer.singleShot(15000, app.quit)
app.exec()
system.rest()
print(said)
"""


@pytest.mark.req("REQ-06")
@pytest.mark.skipif(
    not all(shutil.which(tool) for tool in TOOLS), reason=f"needs {' and '.join(TOOLS)}"
)
def test_req_06_on_linux_another_user_in_front_is_heard(tmp_path: Path) -> None:
    script = tmp_path / "switcher.py"
    script.write_text(SWITCHER, "utf-8")
    done = subprocess.run(
        ["dbus-run-session", "--", sys.executable, str(script)],
        env={**os.environ, "PYTHONPATH": str(ROOT), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip() == "['system']"
