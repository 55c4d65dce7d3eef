"""The demonstration's exchange: a process of its own that can be stopped and started again."""

import json
import subprocess
from pathlib import Path
from typing import Any
from urllib.error import URLError
from urllib.request import Request, urlopen

from carekraft_desktop import itself

START_SECONDS = 60.0


class ExchangeProcess:
    """`hub serve --sandbox` over a file, at an address that stays the same."""

    def __init__(self, folder: Path, *, seed: int, per_minute: float) -> None:
        """`per_minute`: how many things the invented patients do in a minute."""
        self._database = folder / "exchange.db"
        self._log = folder / "exchange.log"
        self._seed = seed
        self._per_minute = per_minute
        self._process: subprocess.Popen[str] | None = None
        self._port = 0
        self.url = ""
        self.code = ""

    def start(self) -> None:
        """Start it and wait until it answers.

        Raises:
            RuntimeError: it did not come up; its own words are in the exception.
        """
        command = itself.command("hub", "serve", "--sandbox")
        command += ["--database", f"sqlite:///{self._database}", "--port", str(self._port)]
        command += ["--seed", str(self._seed), "--public", str(self._per_minute)]
        # However we end, our end of the pipe closes and the exchange ends too.
        command += ["--until-input-ends"]
        with self._log.open("a", encoding="utf-8") as log:
            self._process = subprocess.Popen(  # noqa: S603 - our own program
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=log, text=True
            )
        line = self._process.stdout.readline() if self._process.stdout else ""
        if not line:
            self.stop()
            raise RuntimeError(self._log.read_text(encoding="utf-8")[-500:])
        said = json.loads(line)
        self.url, self.code = said["url"], said["code"]
        self._port = int(self.url.rpartition(":")[2])

    def stop(self) -> None:
        """Stop it; a workstation finds nobody at its address."""
        if self._process is not None:
            self._process.terminate()
            self._process.wait(timeout=20)
            for pipe in (self._process.stdin, self._process.stdout):
                if pipe:
                    pipe.close()
            self._process = None

    def new_code(self) -> str:
        """An enrolment code for another workstation."""
        return str(self.patient("codes")["code"])

    def patient(self, act: str, **details: Any) -> dict[str, Any]:  # noqa: ANN401 - JSON
        """Let an invented patient do something, through the sandbox's own door."""
        return self._ask("POST", f"/sandbox/{act}", details)

    def _ask(self, method: str, path: str, body: dict[str, Any]) -> dict[str, Any]:
        request = Request(  # noqa: S310 - loopback
            self.url + path,
            data=json.dumps(body).encode(),
            headers={"Content-Type": "application/json"},
            method=method,
        )
        try:
            with urlopen(request, timeout=20) as answer:  # noqa: S310 - loopback
                found: dict[str, Any] = json.loads(answer.read() or b"{}")
                return found
        except URLError as error:
            raise RuntimeError(path) from error
