"""`carekraft-desktop sync`: unlock, exchange everything that waits in both directions, lock."""

import getpass
import sys
from argparse import Namespace

from carekraft_desktop.bootstrap import Program, Standing
from carekraft_desktop.cli.codes import Exit
from carekraft_desktop.cli.exits import complain, failed, say
from carekraft_desktop.errors import CareKraftError, WrongPassword
from carekraft_desktop.presenters.banner import banner
from carekraft_desktop.presenters.times import OfficeTime
from carekraft_desktop.security.people import Person
from carekraft_desktop.services.office import office
from carekraft_desktop.services.opening import Opened
from carekraft_desktop.services.sync import Link, SyncState


def run(program: Program, chosen: Namespace) -> Exit:
    """Sync until both sides agree; the exit code."""
    if program.standing() is Standing.NEEDS_SET_UP:
        complain("this workstation is not set up yet; start the program without a command")
        return Exit.ACCESS
    try:
        program.claim()
        opened = unlocked(program, chosen)
        state = _until_settled(opened)
        place = office(opened.desk)
    except CareKraftError as failure:
        return failed(failure)
    finally:
        program.release()
    when = OfficeTime.of(place.zone if place else "UTC")
    now = int(program.clock.now().timestamp())
    say(banner(state, when=when, now=now).mark.word)
    return Exit.DONE if state.link is Link.UP_TO_DATE else Exit.EXCHANGE


def unlocked(program: Program, chosen: Namespace) -> Opened:
    """Sign in with what is typed or piped."""
    who = person(program.people(), chosen.user)
    password = secret("Password", piped=chosen.password_stdin)
    code = ""
    if program.needs_code:
        code = secret("Workstation code", piped=chosen.password_stdin)
    return program.unlock(who.id, password, code)


def person(people: tuple[Person, ...], name: str | None) -> Person:
    """Whom a command is for: the one of that name, or the only one there is.

    Raises:
        WrongPassword: nobody of that name, or several and none named.
    """
    found = [p for p in people if name in {None, p.name}]
    if len(found) != 1:
        raise WrongPassword("name")
    return found[0]


def secret(label: str, *, piped: bool) -> str:
    """What a person types without its being seen, or pipes in on a line of its own."""
    if piped:
        return sys.stdin.readline().rstrip("\n")
    return getpass.getpass(f"{label}: ")


def _until_settled(opened: Opened) -> SyncState:
    """Cycle until nothing moves any more, or the exchange cannot be reached."""
    while True:
        cycle = opened.sync.cycle(wait=0)
        if cycle.state.receiving is not None:
            applied, announced = cycle.state.receiving
            say(f"received {applied} of {announced}")
        elif cycle.state.link not in {Link.UP_TO_DATE, Link.CONNECTING} or cycle.pause > 0:
            return cycle.state
