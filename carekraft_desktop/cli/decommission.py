"""`carekraft-desktop decommission`: take this workstation out of service without a window."""

import sys
from argparse import Namespace

from carekraft_desktop.bootstrap import Program, Standing
from carekraft_desktop.cli import sync
from carekraft_desktop.cli.codes import Exit
from carekraft_desktop.cli.exits import complain, failed, say
from carekraft_desktop.domain.retiring import Obstacle, Outlook, Told
from carekraft_desktop.errors import CareKraftError, NoOffice, StillNeeded
from carekraft_desktop.presenters import wording_retiring as words

CONFIRMED = "destroy"
"""What is typed as proof that it is meant."""


def run(program: Program, chosen: Namespace) -> Exit:
    """Refuse with what to do, or destroy everything; the exit code."""
    try:
        program.claim()
        return _decommission(program, chosen)
    except CareKraftError as failure:
        return failed(failure)
    finally:
        program.release()


def _decommission(program: Program, chosen: Namespace) -> Exit:
    if program.standing() is Standing.NEEDS_SET_UP:
        raise NoOffice
    person = sync.person(program.people(), chosen.user)
    password = sync.secret("Password", piped=chosen.password_stdin)
    code = (
        sync.secret("Workstation code", piped=chosen.password_stdin) if program.needs_code else ""
    )
    program.unlock(person.id, password, code)
    outlook = program.retiring.look()
    _show(outlook, here=chosen.backups_here)
    if outlook.obstacles or chosen.look:
        return Exit.FAILED if outlook.obstacles else Exit.DONE
    return _confirmed(program, chosen, (person.id, password, code))


def _confirmed(program: Program, chosen: Namespace, typed: tuple[str, str, str]) -> Exit:
    if chosen.certificate is None:
        complain("name a file for the certificate with --certificate FILE")
        return Exit.FAILED
    if sync.secret(f"Type {CONFIRMED} to go on", piped=chosen.password_stdin) != CONFIRMED:
        complain("nothing was destroyed")
        return Exit.FAILED
    proof = program.confirm(*typed)
    try:
        settled = program.retiring.settle(
            chosen.certificate.absolute(),
            proof,
            backups_here=chosen.backups_here,
            untold=chosen.untold,
        )
    except StillNeeded as refusal:
        for each in refusal.obstacles:
            complain(_line(Obstacle(each), 1))
        raise
    ended = program.finish_ending()
    if settled.certificate.told is not Told.TOLD:
        complain(words.NOT_TOLD)
    for note in words.left(ended.left):
        complain(note)
    say(words.WHERE_CERTIFICATE.format(place=ended.certificate))
    return Exit.FAILED if set(ended.left) - {"keyring"} else Exit.DONE


def _show(outlook: Outlook, *, here: bool) -> None:
    for obstacle, number in outlook.obstacles:
        complain(_line(obstacle, number))
    for each in words.GOES:
        say(each)
    if here:
        say(words.BACKUPS_HERE.format(number=len(outlook.here)))
    for stays in (*(() if here else outlook.here), *outlook.elsewhere):
        say(f"stays until {stays.until}: {stays.folder}")
    sys.stdout.flush()


def _line(obstacle: Obstacle, number: int) -> str:
    said = words.obstacle(obstacle, number)
    return f"{said.title}. {said.advice}"
