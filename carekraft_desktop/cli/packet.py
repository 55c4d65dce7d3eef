"""`carekraft-desktop packet`: read a downtime packet with the recovery key from paper.

Works on any computer with this program, without the office's store or anybody's password. The
visits go to standard output and nowhere else.
"""

import argparse
import json
import sys

from carekraft_desktop.cli.codes import Exit
from carekraft_desktop.cli.exits import complain, failed, say
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording
from carekraft_desktop.security import packet
from carekraft_desktop.security.recovery import RecoveryKey


def run(chosen: argparse.Namespace) -> Exit:
    """Print what is in the file; the recovery key is the first line of standard input."""
    if sys.stdin.isatty():
        complain("Type the recovery key from paper, then Enter:")
    typed = sys.stdin.readline()
    try:
        file = chosen.file.read_bytes()
    except OSError:
        complain("the file cannot be read")
        return Exit.USAGE
    try:
        paper = RecoveryKey.typed(typed.strip())
        try:
            head, *lines = json.loads(packet.opened(file, paper))
        finally:
            paper.wipe()
    except CareKraftError as failure:
        return failed(failure)
    say(f"{head[0]}, as of {head[1]}")
    say("")
    for start, minutes, name, provider, status, number, booking in lines:
        say(
            f"{start}  {minutes:>3} min  {name}  |  {provider}  |  {status}  |  {number}  |  {booking}"
        )
    say("")
    say(wording.count(len(lines), "visit", "visits"))
    return Exit.DONE
