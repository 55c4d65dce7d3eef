"""`carekraft-desktop backup`, `restore` and `salvage`: the worst day without a window."""

import sys
from argparse import Namespace
from collections.abc import Callable
from pathlib import Path

from carekraft_desktop.bootstrap import Program, Standing
from carekraft_desktop.cli import sync
from carekraft_desktop.cli.codes import Exit
from carekraft_desktop.cli.exits import complain, failed, say
from carekraft_desktop.domain.backups import Step
from carekraft_desktop.errors import BackupMissing, CareKraftError, NoOffice
from carekraft_desktop.presenters import wording_backup as words
from carekraft_desktop.presenters.wording import count
from carekraft_desktop.services.new_machine import Answers
from carekraft_desktop.services.proving import ByPaper, ByPassword, Way


def run(program: Program, chosen: Namespace) -> Exit:
    """Do what was asked; the exit code."""
    command: Callable[[Program, Namespace], Exit] = {
        "backup": _backup,
        "restore": _restore,
        "salvage": _salvage,
    }[chosen.command]
    try:
        program.claim()
        return command(program, chosen)
    except CareKraftError as failure:
        return failed(failure)
    finally:
        program.release()


def _backup(program: Program, chosen: Namespace) -> Exit:
    _office(program)
    person = sync.person(program.people(), chosen.user)
    password = sync.secret("Password", piped=chosen.password_stdin)
    code = _code(program, chosen)
    program.unlock(person.id, password, code)
    made = program.backups.make(program.confirm(person.id, password, code), _told())
    say(
        words.MADE.format(
            patients=count(made.backup.patients, "patient", "patients"),
            bookings=count(made.backup.bookings, "booking", "bookings"),
        )
    )
    say(made.backup.place)
    if made.trouble:
        complain(words.MADE_HERE)
        return Exit.FAILED
    return Exit.DONE


def _restore(program: Program, chosen: Namespace) -> Exit:
    if program.standing() is Standing.NEEDS_SET_UP:
        return _move_in(program, chosen)
    place = chosen.place or _newest(program)
    done = program.backups.restore(place, _way(program, chosen), _told())
    say(f"{done.backup.place}")
    if not done.ours:
        complain(words.NOT_SIGNED)
    if done.carried.failed:
        say(words.PARTLY_LOST.format(tables=words.tables(done.carried.failed)))
    if done.to_look_at:
        say(words.LOOK_OUTBOX.format(number=count(done.to_look_at, "act", "acts")))
    say(f"The store of before was put aside: {done.aside}")
    return Exit.DONE


def _move_in(program: Program, chosen: Namespace) -> Exit:
    """On a computer without an office: backup and paper."""
    if chosen.place is None:
        raise BackupMissing("none named")
    paper = sync.secret("Recovery key from paper", piped=chosen.password_stdin)
    inside = program.backups.look_into(chosen.place, paper)
    person = sync.person(inside.people, chosen.user)
    password = sync.secret("A new password", piped=chosen.password_stdin)
    program.backups.check_password(inside, person.id, password)
    answers = Answers(paper, person.id, chosen.code or "", chosen.workstation or "Restored desk")
    moved = program.move_in(chosen.place, answers, _told())
    if not moved.ours:
        complain(words.NOT_SHOWN_OURS)
    opened = program.recover(paper, person.id, password)
    if opened.workstation_code:
        say(f"Workstation code, to be written down now: {opened.workstation_code}")
    say("The office is on this computer.")
    return Exit.DONE


def _salvage(program: Program, chosen: Namespace) -> Exit:
    _office(program)
    done = program.backups.salvage(_way(program, chosen), _told())
    for table in done.tables:
        if table.rows or not table.whole:
            state = "whole" if table.whole else "not all could be read"
            say(f"{table.table:<18}{count(table.rows, 'row', 'rows'):>14}  {state}")
    if done.journal_from:
        say(
            f"The journal's chain holds up to entry {done.journal_from - 1}; it goes on from there."
        )
    return Exit.FAILED if done.not_whole else Exit.DONE


def _way(program: Program, chosen: Namespace) -> Way:
    if chosen.paper:
        return ByPaper(sync.secret("Recovery key from paper", piped=chosen.password_stdin))
    person = sync.person(program.people(), chosen.user)
    password = sync.secret("Password", piped=chosen.password_stdin)
    return ByPassword(person.id, password, _code(program, chosen))


def _code(program: Program, chosen: Namespace) -> str:
    if not program.needs_code:
        return ""
    return sync.secret("Workstation code", piped=chosen.password_stdin)


def _newest(program: Program) -> Path:
    found = program.backups.shelf().backups
    if not found:
        raise BackupMissing("none")
    return Path(found[0].place)


def _office(program: Program) -> None:
    if program.standing() is Standing.NEEDS_SET_UP:
        raise NoOffice


def _told() -> Callable[[Step, int, int], None]:
    """Says each step once, and how far it is where somebody looks on."""
    last: list[Step] = []
    watched = sys.stderr.isatty()

    def told(step: Step, done: int, whole: int) -> None:
        if watched:
            sys.stderr.write(f"\r{words.progress(step, done, whole):<70}")
            sys.stderr.flush()
        elif not last or last[-1] is not step:
            last.append(step)
            sys.stderr.write(f"{words.STEP[step]}\n")

    return told
