"""Runs one of our scripts as a process of its own and reads what it says and when.

The scripts and the program speak in lines of `word word number`, such as `painted today 512`.
"""

import os
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

COMPILED = {"PYTHONPYCACHEPREFIX": str(ROOT / "bench-output" / "compiled")}
"""An installed program is compiled; some environments forbid Python to keep what it compiles."""

QUIET = {"QT_LOGGING_RULES": "default.warning=false;qt.qpa.*=false"}
"""Offscreen, Qt cannot help saying what it cannot do."""


def first_line(arguments: Sequence[str], start: str, **environment: str) -> float:
    """Seconds from the start of a Python process until it prints a line that begins so.

    The process is ended then.
    """
    began = time.perf_counter()
    with _process(arguments, environment) as process:
        assert process.stdout is not None
        for line in process.stdout:
            if line.startswith(start):
                seconds = time.perf_counter() - began
                process.kill()
                return seconds
    message = f"{arguments}: no line {start!r}"
    raise RuntimeError(message)


def figures(arguments: Sequence[str], **environment: str) -> dict[str, float]:
    """What a process prints until its end, as number by words."""
    found: dict[str, float] = {}
    with _process(arguments, environment) as process:
        assert process.stdout is not None
        for line in process.stdout:
            words, _, number = line.strip().rpartition(" ")
            found[words] = float(number)
    if process.returncode:
        message = f"{arguments} ended with {process.returncode}"
        raise RuntimeError(message)
    return found


def _process(arguments: Sequence[str], environment: dict[str, str]) -> "subprocess.Popen[str]":
    kept = {name: each for name, each in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    return subprocess.Popen(
        [sys.executable, *arguments],
        stdout=subprocess.PIPE,
        text=True,
        env={**kept, **QUIET, **COMPILED, **environment},
    )


def tell(words: str, number: float) -> None:
    """Say it, in a script."""
    sys.stdout.write(f"{words} {number}\n")
    sys.stdout.flush()


def proportional_memory() -> float:
    """Bytes of memory of this process, shared pages counted in part; Linux only."""
    for line in Path("/proc/self/smaps_rollup").read_text(encoding="ascii").splitlines():
        if line.startswith("Pss:"):
            return float(line.split()[1]) * 1024
    raise RuntimeError("no Pss")
