"""The guards of conftest.py do fail a test; a guard that never fires guards nothing."""

import re
from pathlib import Path

import pytest

CONFTEST = Path(__file__).parents[1] / "conftest.py"

FAULTY = {
    "log_line": "import logging\n\ndef test_it():\n    logging.getLogger('x').warning('surprise')\n",
    "log_that_never_came": "def test_it(expected_log):\n    expected_log('never said')\n",
    "network": (
        "import socket\n\ndef test_it():\n"
        "    with socket.socket() as it:\n        it.connect(('192.0.2.1', 9))\n"
    ),
    "look_up": "import socket\n\ndef test_it():\n    socket.getaddrinfo('example.org', 443)\n",
    "thread": (
        "import threading, time\n\ndef test_it():\n"
        "    threading.Thread(target=time.sleep, args=(1.5,), name='left').start()\n"
    ),
    "qt_timer": (
        "from PySide6.QtCore import QTimer\n\nkept = []\n\ndef test_it(qapp):\n"
        "    it = QTimer()\n    kept.append(it)\n    it.start(100000)\n"
    ),
    "warning": "import warnings\n\ndef test_it():\n    warnings.warn('careful')\n",
}

FINE = {
    "expected_log": (
        "import logging\n\ndef test_it(expected_log):\n    expected_log('code-1')\n"
        "    logging.getLogger('x').warning('code-1')\n"
    ),
    "loopback": (
        "import socket\n\ndef test_it():\n"
        "    with socket.create_server(('127.0.0.1', 0)) as server:\n"
        "        socket.create_connection(server.getsockname()).close()\n"
    ),
    "ended_thread": (
        "import threading\n\ndef test_it():\n"
        "    it = threading.Thread(target=int)\n    it.start()\n    it.join()\n"
    ),
    "stopped_timer": (
        "from PySide6.QtCore import QTimer\n\ndef test_it(qapp):\n"
        "    it = QTimer()\n    it.start(100000)\n    it.stop()\n"
    ),
    "own_home": "from pathlib import Path\n\ndef test_it(home):\n    assert Path.home() == home\n",
}


def test_each_guard_fires_and_none_cries_wolf(pytester: pytest.Pytester) -> None:
    source = CONFTEST.read_text("utf-8").replace("GRACE = 5.0", "GRACE = 0.1")
    source = re.sub(r"^pytest_plugins = .*$", "", source, flags=re.MULTILINE)  # not found there
    pytester.makeconftest(source)
    pytester.makepyprojecttoml(
        "[tool.pytest]\nfilterwarnings = ['error']\nqt_api = 'pyside6'\n"
        "markers = ['logs: may log']\n"
    )
    pytester.makepyfile(**{f"test_faulty_{name}": text for name, text in FAULTY.items()})
    pytester.makepyfile(**{f"test_fine_{name}": text for name, text in FINE.items()})
    result = pytester.runpytest_subprocess("-p", "no:randomly", "-p", "no:cacheprovider", "-rA")
    told = result.stdout.str()
    for name in FINE:
        assert f"PASSED test_fine_{name}.py" in told
        assert f"ERROR test_fine_{name}.py" not in told
    for name in FAULTY:
        bad = (f"FAILED test_faulty_{name}.py", f"ERROR test_faulty_{name}.py")
        assert any(each in told for each in bad), f"the guard against {name} slept"
