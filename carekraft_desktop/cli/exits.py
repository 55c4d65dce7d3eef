"""How a command speaks, and how it reports that it could not do its work."""

import sys

from carekraft_desktop.cli.codes import Exit
from carekraft_desktop.errors import (
    AccessError,
    AlreadyRunning,
    CareKraftError,
    ExchangeError,
    StoreError,
)

_BY_ERROR: tuple[tuple[type[CareKraftError], Exit], ...] = (
    (AlreadyRunning, Exit.RUNNING),
    (AccessError, Exit.ACCESS),
    (StoreError, Exit.STORE),
    (ExchangeError, Exit.EXCHANGE),
    (CareKraftError, Exit.FAILED),
)


def exit_of(failure: CareKraftError) -> Exit:
    """The exit code of a failure."""
    return next(code for kind, code in _BY_ERROR if isinstance(failure, kind))


def failed(failure: CareKraftError) -> Exit:
    """Say what happened and what to do about it; the exit code."""
    from carekraft_desktop.presenters.wording_errors import of_error

    words = of_error(failure)
    complain(f"{words.title}. {words.advice}")
    return exit_of(failure)


def say(text: str) -> None:
    """A line for the person at the terminal."""
    sys.stdout.write(text + "\n")
    sys.stdout.flush()


def complain(text: str) -> None:
    """A line on standard error."""
    sys.stderr.write(f"carekraft-desktop: {text}\n")
