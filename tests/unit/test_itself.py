"""How the program starts another of itself."""

import subprocess
import sys

import pytest

from carekraft_desktop import __version__, itself


def test_from_a_checkout_the_command_runs_this_program() -> None:
    said = subprocess.run(
        itself.command("--version"), capture_output=True, text=True, check=True
    ).stdout
    assert said.strip() == __version__


def test_a_bundle_is_its_own_interpreter(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", "/opt/carekraft-desktop")
    assert itself.command("hub", "serve") == ["/opt/carekraft-desktop", "hub", "serve"]
