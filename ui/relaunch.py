"""A fresh process after the office was closed (REQ-06).

Closing wipes our own copies of the keys. What Python and its libraries have copied, of keys and of
patients, cannot be reached; it goes with the process that held it. The new one begins at the lock
page and says why.
"""

import os
import sys

from carekraft_desktop import itself

AGAIN = 75
"""How the program ends when it is to begin anew."""
_WHY = "CAREKRAFT_LOCKED_BY"


def command() -> list[str]:
    """What starts this program once more, with the same arguments."""
    if itself.is_bundled():
        return itself.command(*sys.argv[1:])
    return [sys.executable, *sys.orig_argv[1:]]


def begin_anew(why: str) -> int:  # noqa: RET503 - a process that was replaced returns nothing
    """Replace this process; comes back only where another one was begun beside it.

    Args:
        why: a key of `wording.LOCKED_BY`, for the lock page.

    Returns:
        The exit code.
    """
    os.environ[_WHY] = why
    words = command()
    if sys.platform == "win32":
        # There a process cannot be replaced; this one has let go of everything and ends now.
        import subprocess

        subprocess.Popen(words)  # noqa: S603 - our own start
        return 0
    os.execv(words[0], words)  # noqa: S606 - our own start


def why_locked() -> str:
    """Why this process was begun anew; `start` for an ordinary start. Asked once."""
    return os.environ.pop(_WHY, "start")
