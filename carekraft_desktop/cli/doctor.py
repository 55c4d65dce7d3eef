"""`carekraft-desktop doctor`: check this installation and say what is wrong with it."""

from argparse import Namespace

from carekraft_desktop.bootstrap import Program
from carekraft_desktop.cli.codes import Exit
from carekraft_desktop.cli.exits import failed, say
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording_posture
from carekraft_desktop.presenters.findings import checked
from carekraft_desktop.presenters.posture import text
from carekraft_desktop.presenters.times import OfficeTime


def run(program: Program, chosen: Namespace) -> Exit:
    """Print a line for each thing looked at; the exit code says whether all are well."""
    if chosen.report:
        return report(program, chosen)
    findings = program.examine()
    for finding in findings:
        words = checked(finding.subject, good=finding.good, detail=finding.detail)
        say(f"{'ok  ' if finding.good else 'FAIL'}  {words.title}")
        if not finding.good:
            say(f"      {words.advice}")
    bad = sum(not finding.good for finding in findings)
    say("Everything is in order." if not bad else f"{bad} of {len(findings)} checks failed.")
    return Exit.FAILED if bad else Exit.DONE


def report(program: Program, chosen: Namespace) -> Exit:
    """Say how this installation stands (REQ-29); with a name, also what the store tells."""
    from carekraft_desktop.cli.sync import unlocked
    from carekraft_desktop.services import posture
    from carekraft_desktop.services.office import office

    lines, zone = program.stands(), "UTC"
    if chosen.user:
        try:
            program.claim()
            opened = unlocked(program, chosen)
            lines += posture.inside(opened.desk)
            place = office(opened.desk)
            zone = place.zone if place is not None else zone
        except CareKraftError as failure:
            return failed(failure)
        finally:
            program.release()
    say(wording_posture.TITLE)
    for line in text(lines, OfficeTime.of(zone)):
        say(line)
    if not chosen.user:
        say(wording_posture.LOCKED)
    return Exit.DONE
