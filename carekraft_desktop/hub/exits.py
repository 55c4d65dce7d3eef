"""The exit codes of `carekraft-desktop hub`, and how it says what went wrong."""

import sys

OK, USAGE, NO_DATABASE, NO_PORT, NOT_FOUND, REFUSED = 0, 2, 3, 4, 5, 6

TOLD = """\
exit codes:
  0  done, or stopped by SIGTERM or SIGINT
  2  the command line is not understood
  3  the database cannot be opened, or was made by a newer version
  4  the address cannot be listened on
  5  there is no such office, code, workstation or partner
  6  refused; the text says why
"""


def fail(code: int, message: str) -> int:
    """Say why on standard error; the code."""
    sys.stderr.write(f"carekraft-desktop hub: {message}\n")
    return code
