"""Silence is a requirement: a test fails on what it leaves behind or says unasked.

Each test gets a home folder of its own, no network but loopback, and is failed for an
unexpected log line at WARNING or above, for a thread that goes on, and for a Qt timer or
thread that goes on.
"""

import logging
import os
import re
import socket
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

pytest_plugins = ["pytester", "tests.desks", "tests.postgres", "tests.hub_fixture"]

# A busy machine is no bug, so no deadline; what failed is printed so that it can be repeated.
settings.register_profile("house", deadline=None, print_blob=True)
settings.register_profile("deep", settings.get_profile("house"), max_examples=3000)
settings.load_profile("house")  # --hypothesis-profile=deep for a long search

LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost", "0.0.0.0", "::", ""})  # noqa: S104
GRACE = 5.0  # seconds that a thread which is already ending may still take

type_of_expected = Callable[[str], None]


# ------------------------------------------------------------------ a home of its own


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh home folder, so that no test sees the person's own files or another test's."""
    place = tmp_path_factory.mktemp("home")
    folders = {
        "HOME": "",
        "USERPROFILE": "",
        "LOCALAPPDATA": "AppData/Local",
        "APPDATA": "AppData/Roaming",
        "XDG_DATA_HOME": ".local/share",
        "XDG_CONFIG_HOME": ".config",
        "XDG_STATE_HOME": ".local/state",
        "XDG_CACHE_HOME": ".cache",
    }
    for variable, folder in folders.items():
        monkeypatch.setenv(variable, str(place / folder))
    monkeypatch.delenv("CAREKRAFT_HOME", raising=False)
    return place


# ------------------------------------------------------------------ no network but loopback


class NetworkForbidden(AssertionError):
    """A test tried to leave this computer."""


def _is_near(address: Any) -> bool:
    """Whether a socket address stays on this computer."""
    if isinstance(address, (str, bytes)):  # a Unix socket's path
        return True
    host = address[0]
    return host in LOOPBACK or (isinstance(host, str) and host.startswith("127."))


@pytest.fixture(autouse=True)
def no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Refuse to connect to, or look up, anything but this computer."""

    def guard(name: str) -> None:
        real = getattr(socket.socket, name)

        def guarded(self: socket.socket, address: Any) -> Any:
            if self.family != socket.AF_UNIX and not _is_near(address):
                message = f"a test tried to reach {address!r}"
                raise NetworkForbidden(message)
            return real(self, address)

        monkeypatch.setattr(socket.socket, name, guarded)

    guard("connect")
    guard("connect_ex")
    real_lookup = socket.getaddrinfo

    def lookup(host: Any, *arguments: Any, **named: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if name is not None and not _is_near((name,)):
            message = f"a test tried to look up {name!r}"
            raise NetworkForbidden(message)
        return real_lookup(host, *arguments, **named)

    monkeypatch.setattr(socket, "getaddrinfo", lookup)


# ------------------------------------------------------------------ no unexpected log line


class _Listener(logging.Handler):
    """Collects what is said at WARNING or above."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.heard: list[str] = []
        self.expected: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.heard.append(f"{record.levelname} {record.name}: {record.getMessage()}")

    def verdict(self) -> str:
        """What is wrong with what was heard; empty when nothing is."""
        surprises = [
            line
            for line in self.heard
            if not any(re.search(pattern, line) for pattern in self.expected)
        ]
        silent = [
            pattern
            for pattern in self.expected
            if not any(re.search(pattern, line) for line in self.heard)
        ]
        told = [f"unexpected log line: {line}" for line in surprises]
        told += [f"this log line was expected and never came: {pattern}" for pattern in silent]
        return "\n".join(told)


@pytest.fixture(autouse=True)
def log_listener(request: pytest.FixtureRequest) -> Iterator[_Listener]:
    """Fail the test that logs a warning nobody named with `expected_log`."""
    listener = _Listener()
    root = logging.getLogger()
    root.addHandler(listener)
    yield listener
    root.removeHandler(listener)
    if request.node.get_closest_marker("logs") is None and (verdict := listener.verdict()):
        pytest.fail(verdict, pytrace=False)


@pytest.fixture(autouse=True)
def log_of_the_exchange() -> Iterator[None]:
    """Undo what a test that serves makes of the exchange's log: it would hide later warnings."""
    names = ("carekraft_desktop.hub", "carekraft_desktop.hub.requests")
    before = [(each, each.level, each.propagate, each.handlers[:])
              for each in map(logging.getLogger, names)]  # fmt: skip
    yield
    for each, level, propagate, handlers in before:
        each.setLevel(level)
        each.propagate = propagate
        each.handlers[:] = handlers


@pytest.fixture
def expected_log(log_listener: _Listener) -> Callable[[str], None]:
    """Call with a regular expression: such a line may come, and has to come."""
    return log_listener.expected.append


# ------------------------------------------------------------------ no thread left behind


def _is_ours(thread: threading.Thread) -> bool:
    """Daemons without a name belong to libraries; all others have somebody to end them."""
    return not thread.daemon or not re.match(r"Thread-\d+|Dummy-\d+", thread.name)


@pytest.fixture(autouse=True)
def no_leaked_threads() -> Iterator[None]:
    """Fail the test after which a thread goes on."""
    before = set(threading.enumerate())
    yield
    left = [each for each in threading.enumerate() if each not in before and _is_ours(each)]
    for thread in left:
        thread.join(GRACE)
    if still := [thread.name for thread in left if thread.is_alive()]:
        pytest.fail(f"threads go on after the test: {', '.join(still)}", pytrace=False)


@pytest.fixture(autouse=True)
def no_leaked_qt(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """In tests with a window, fail on a timer or thread of Qt that goes on."""
    if not {"qapp", "qtbot"} & set(request.fixturenames):
        yield
        return
    from PySide6.QtCore import QThread, QTimer
    from shiboken6 import isValid

    timers: list[QTimer] = []
    threads: list[QThread] = []
    start_timer, start_thread = QTimer.start, QThread.start

    def timer_started(self: QTimer, *arguments: Any) -> None:
        timers.append(self)
        start_timer(self, *arguments)

    def thread_started(self: QThread, *arguments: Any) -> None:
        threads.append(self)
        start_thread(self, *arguments)

    monkeypatch.setattr(QTimer, "start", timer_started)
    monkeypatch.setattr(QThread, "start", thread_started)
    request.getfixturevalue("qapp")
    if "qtbot" in request.fixturenames:
        request.getfixturevalue("qtbot")  # ours is asked last, so it is torn down first
    yield
    left = [
        f"timer of {type(each.parent()).__name__}"
        for each in timers
        if isValid(each) and each.isActive()
    ]
    left += ["thread" for each in threads if isValid(each) and not each.wait(int(GRACE * 1000))]
    if left:
        pytest.fail(f"Qt goes on after the test: {', '.join(left)}", pytrace=False)


@pytest.fixture
def qtbot(qapp: Any, request: pytest.FixtureRequest) -> "QtBot":
    """Pytest-qt's, which also keeps what it was given alive until the test has been torn down.

    Pytest-qt itself keeps no reference: a page that the test's function alone held may be taken
    apart by the garbage collector while its children are being painted.
    """
    from pytestqt.qtbot import QtBot

    class Keeping(QtBot):
        def addWidget(self, widget: Any, **more: Any) -> None:
            _widgets.append(widget)
            super().addWidget(widget, **more)

        add_widget = addWidget

    del qapp
    return Keeping(request)


_widgets: list[Any] = []


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Begin with the longest: a worker that meets one at the very end keeps all others waiting.

    Each worker first gets a stretch of the list; so the long ones are spread over the beginnings
    of these stretches. Among themselves, and all others, they stay in the order chance gave them.
    """
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    long = [each for each in items if each.get_closest_marker("slow")]
    short = [each for each in items if not each.get_closest_marker("slow")]
    stretches: list[pytest.Item] = []
    for number in range(workers):
        mine = long[number::workers]
        room = max(0, len(items) // workers - len(mine))
        size = room if number < workers - 1 else len(short)
        stretches += [*mine, *short[:size]]
        del short[:size]
    items[:] = stretches


@pytest.hookimpl(wrapper=True)
def pytest_runtest_teardown() -> Iterator[None]:
    """Outside all others: pytest-qt has closed the widgets, and here they end in order."""
    yield
    if _widgets:
        from PySide6.QtCore import QCoreApplication, QEvent

        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        _widgets.clear()
