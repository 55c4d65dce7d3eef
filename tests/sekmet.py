"""A FHIR server that we did not write, as a partner outside the exchange would run one."""

import contextlib
import json
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import msgspec
import pytest
import requests

from carekraft_desktop.exchange import sign_in
from carekraft_desktop.hub.now import steady

CLIENT = "carekraft-office-1"


def free_port() -> int:
    """A port that nobody uses just now."""
    with socket.socket() as place:
        place.bind(("127.0.0.1", 0))
        port: int = place.getsockname()[1]
        return port


class Sekmet:
    """One server with an empty store in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self._folder = folder
        self._port = free_port()
        self.base = f"http://127.0.0.1:{self._port}/fhir"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self, key: sign_in.PrivateKey) -> None:
        """Begin to serve whoever holds this key."""
        client = {
            "client_id": CLIENT,
            "jwks": {"keys": [msgspec.to_builtins(sign_in.public_key(key))]},
            "scopes": "system/*.*",
        }
        config = self._folder / "settings.yaml"  # YAML reads JSON
        settings = {
            "base_url": self.base,
            "host": "127.0.0.1",
            "port": self._port,
            "data_dir": str(self._folder / "data"),
            "server_auth": {"types": ["smart"], "smart_clients": [client]},
            "simulator": {"enabled": False},
        }
        config.write_text(json.dumps(settings), encoding="utf-8")
        self.resume()

    def restart_as(self, base: str) -> None:
        """Serve under another name of the same place."""
        self.stop()
        config = self._folder / "settings.yaml"
        settings = json.loads(config.read_text("utf-8")) | {"base_url": base}
        config.write_text(json.dumps(settings), encoding="utf-8")
        self.resume()

    def resume(self) -> None:
        """Serve again, with what was there."""
        program = [sys.executable, "-c", "from sekmet.cli import app; app()"]
        self._process = subprocess.Popen(
            [*program, "serve", "--config", str(self._folder / "settings.yaml")],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = steady() + 60
        while self._process.poll() is None and steady() < until:
            with contextlib.suppress(requests.RequestException):
                if requests.get(f"{self.base}/metadata", timeout=5).ok:
                    return
            time.sleep(0.05)
        pytest.fail("sekmet did not start")

    def pause(self) -> None:
        """Be away; what is there stays there."""
        self.stop()

    def stop(self) -> None:
        """End it."""
        process, self._process = self._process, None
        if process is None:
            return
        process.send_signal(signal.SIGTERM)
        try:
            process.wait(15)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
