"""The keyring's adapter against a real one: GNOME's, on a message bus of its own."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
TOOLS = ("dbus-run-session", "gnome-keyring-daemon")

WORK = """
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.security.vault import KeyringVault, held

def told(work):
    try:
        return work()
    except CareKraftError as failure:
        return failure.code

vault = KeyringVault()
print(told(lambda: vault.backend))
print(told(lambda: vault.keep("store/1", bytes(32))))
print(told(lambda: vault.fetch("store/1")) == bytes(32))
print(told(lambda: vault.keep("store/1", bytes(range(32)))))
print(told(lambda: vault.fetch("store/1")) == bytes(range(32)))
print(told(lambda: held(vault, "store/2")))
print(told(lambda: vault.forget("store/1")))
print(told(lambda: vault.fetch("store/1")))
"""
UNLOCKED = "printf pw | gnome-keyring-daemon --unlock --components=secrets >/dev/null && "
SERVICE = "keyring.backends.SecretService.Keyring"

# Where everything is built and judged, a missing tool is a failure and no excuse.
pytestmark = pytest.mark.skipif(
    not os.environ.get("CI") and not all(shutil.which(tool) for tool in TOOLS),
    reason=f"needs {' and '.join(TOOLS)}",
)


def answers(home: Path, *, before: str = "") -> list[str]:
    """What the adapter says on a bus of its own, after the shell has done `before`."""
    script = home / "work.py"
    script.write_text(WORK, "utf-8")
    run = home / "run"
    run.mkdir(mode=0o700)
    environment = {**os.environ, "XDG_RUNTIME_DIR": str(run), "PYTHONPATH": str(ROOT)}
    for variable in ("DISPLAY", "WAYLAND_DISPLAY", "PYTHON_KEYRING_BACKEND"):
        environment.pop(variable, None)
    command = ["dbus-run-session", "--", "sh", "-c", f'{before}"{sys.executable}" "{script}"']
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=90, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout.split("\n")[:-1]


def test_an_open_keyring_keeps_replaces_and_forgets(home: Path) -> None:
    said = answers(home, before=UNLOCKED)
    assert said == [SERVICE, "None", "True", "None", "True", "keyring-lost", "None", "None"]


def test_a_locked_keyring_that_nobody_answers_refuses(home: Path) -> None:
    said = answers(home)
    refused = "keyring-refused"
    assert said == [SERVICE, refused, "False", refused, "False", refused, refused, refused]
