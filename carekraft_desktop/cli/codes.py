"""The exit codes; apart, because the parser needs their words and nothing else."""

from enum import IntEnum


class Exit(IntEnum):
    """What a script may rely on."""

    DONE = 0
    FAILED = 1
    USAGE = 2
    ACCESS = 3
    STORE = 4
    EXCHANGE = 5
    RUNNING = 6


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
