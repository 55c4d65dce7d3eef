"""`hub serve` from the command line: what it prints, and how it ends."""

import contextlib
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests

from carekraft_desktop.hub import command

RUN = "import sys; from carekraft_desktop.hub.command import main; sys.exit(main(sys.argv[1:]))"
ROOT = Path(__file__).parents[3]


@contextlib.contextmanager
def serving(*arguments: str) -> Iterator[tuple[dict[str, Any], subprocess.Popen[str]]]:
    """The command in a process of its own, and its ready line."""
    process = subprocess.Popen(
        [sys.executable, "-c", RUN, "serve", *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    )
    with process:
        try:
            assert process.stdout is not None
            yield json.loads(process.stdout.readline()), process
        finally:
            process.kill()


def test_it_ends_with_whoever_started_it() -> None:
    command = [sys.executable, "-c", RUN, "serve", "--until-input-ends"]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with subprocess.Popen(command, text=True, cwd=ROOT, **pipes) as process:  # type: ignore[call-overload]
        assert json.loads(process.stdout.readline())["ready"] is True
        process.stdin.close()
        assert process.wait(20) == 0


def test_it_says_where_it_listens_and_stops_on_a_signal(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'x.db'}"
    small = ("--sandbox", "--patients", "20", "--bookings", "30", "--today", "2026-11-24")
    with serving("--database", url, *small) as (line, process):
        assert line["ready"] is True
        assert line["office"] == "office-81"
        assert len(line["code"]) == 14
        epoch = requests.get(f"{line['url']}/v1/meta", timeout=20).json()["epoch"]
        assert requests.post(f"{line['url']}/sandbox/codes", timeout=20).ok
        process.send_signal(signal.SIGTERM)
        assert process.wait(20) == 0
        assert process.stderr is not None
        assert process.stderr.read() == ""
    # The same database, without the sandbox.
    with serving("--database", url) as (line, process):
        assert "code" not in line
        assert requests.get(f"{line['url']}/v1/meta", timeout=20).json()["epoch"] == epoch
        assert requests.post(f"{line['url']}/sandbox/codes", timeout=20).status_code == 404
        process.send_signal(signal.SIGINT)
        assert process.wait(20) == 0


def test_help_is_help(capsys: pytest.CaptureFixture[str]) -> None:
    assert command.main(["serve", "--help"]) == 0
    text = capsys.readouterr().out
    assert "exit codes" in text
    assert "--sandbox" in text


@pytest.mark.parametrize(
    "arguments",
    [
        [],
        ["dance"],
        ["serve", "--port", "70000"],
        ["serve", "--port", "x"],
        ["serve", "--today", "tomorrow"],
        ["serve", "--patients", "-1", "--sandbox"],
        ["serve", "--public", "5"],
    ],
)
def test_a_command_line_that_makes_no_sense_ends_with_two(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(arguments) == 2
    assert capsys.readouterr().err


@pytest.mark.parametrize(
    "url", ["nonsense", "sqlite://", "nosuch://x/y", "sqlite:////nowhere/at/all/x.db"]
)
def test_a_database_that_cannot_be_opened_ends_with_three(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert command.main(["serve", "--database", url]) == 3
    assert "database" in capsys.readouterr().err


def test_a_port_that_is_in_use_ends_with_four(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        place.listen()
        port = str(place.getsockname()[1])
        url = f"sqlite:///{tmp_path / 'x.db'}"
        assert command.main(["serve", "--database", url, "--port", port]) == 4
    assert port in capsys.readouterr().err
