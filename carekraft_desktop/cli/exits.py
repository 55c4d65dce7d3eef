"""Exit codes, and the one way in which a command reports that it could not do its work."""

import sys
from enum import IntEnum

from carekraft_desktop.errors import (
    AccessError,
    AlreadyRunning,
    CareKraftError,
    ExchangeError,
    StoreError,
)


class Exit(IntEnum):
    """What a script may rely on."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    ACCESS = 3
    STORE = 4
    EXCHANGE = 5
    RUNNING = 6


_BY_ERROR: tuple[tuple[type[CareKraftError], Exit], ...] = (
    (AlreadyRunning, Exit.RUNNING),
    (AccessError, Exit.ACCESS),
    (StoreError, Exit.STORE),
    (ExchangeError, Exit.EXCHANGE),
    (CareKraftError, Exit.FAILED),
)

EPILOG = """\
exit codes:
  0  done
  1  something was found or failed; the text says what
  2  the command line is not understood
  3  nobody could be let in
  4  the store cannot be used
  5  the exchange was not reached or did not agree
  6  the program is already running on this folder
"""


def exit_of(failure: CareKraftError) -> Exit:
    """The exit code of a failure."""
    return next(code for kind, code in _BY_ERROR if isinstance(failure, kind))


def say(text: str) -> None:
    """A line for the person at the terminal."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """A line on standard error."""
    sys.stderr.write(f"carekraft-desktop: {text}\n")
