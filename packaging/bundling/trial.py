"""Tries the finished folder as somebody would who has just installed it, away from the checkout.

The demonstration walks through every page of the program in it, over a real exchange.
"""

import json
import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

from bundling.told import version

PATIENCE = 300.0
"""Seconds for one step."""
PAGES = 20
"""Pictures that a whole walk takes at the least."""
_DRAFT = {"id": "1", "reviewer": "anon", "review": "Fine.", "reply": "We saw you on Tuesday."}


class Failed(Exception):
    """The folder does not do what it is for; the text says what."""


def trial(program: Path, say: Callable[[str], None]) -> None:
    """Run the program in it.

    Args:
        program: the file that is started.
        say: told before each step.

    Raises:
        Failed: a step went wrong.
    """
    with tempfile.TemporaryDirectory(prefix="trial-") as folder:
        away = Path(folder)
        say("trying it: version")
        _expect(_ran(program, away, "--version").strip() == version(), "another version")
        say("trying it: is everything in order on a new computer?")
        said = _ran(program, away, "--home", str(away / "home"), "doctor")
        _expect("Everything is in order." in said, said)
        say("trying it: a reply that discloses is stopped")
        said = _ran(program, away, "check-replies", told=json.dumps(_DRAFT))
        _expect(json.loads(said)["severity"] == "block", "the reply was not stopped")
        say("trying it: the demonstration office, all pages (a minute or two)")
        _ran(program, away, "demo", "--pictures", str(away / "pictures"))
        pictures = list((away / "pictures").glob("*.png"))
        _expect(len(pictures) >= PAGES, f"only {len(pictures)} pages were painted")


def _expect(right: bool, why: str) -> None:  # noqa: FBT001 - reads like a sentence
    if not right:
        raise Failed(why)


def _ran(program: Path, away: Path, *words: str, told: str = "") -> str:
    """What it printed, from a folder and with an environment that know nothing of the checkout."""
    kept = {
        "HOME",
        "USERPROFILE",
        "SYSTEMROOT",
        "TEMP",
        "TMP",
        "TMPDIR",
        "LANG",
        "APPDATA",
        "LOCALAPPDATA",
    }
    environment = {name: value for name, value in os.environ.items() if name.upper() in kept}
    environment |= {"QT_QPA_PLATFORM": "offscreen", "HOME": str(away), "PATH": os.defpath}
    done = subprocess.run(
        [str(program), *words],
        cwd=away,
        env=environment,
        input=told,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=PATIENCE,
        check=False,
    )
    if done.returncode:
        tail = "\n".join((done.stdout + done.stderr).splitlines()[-12:])
        raise Failed(f"{' '.join(words[:1])} ended with {done.returncode}:\n{tail}")
    return done.stdout
