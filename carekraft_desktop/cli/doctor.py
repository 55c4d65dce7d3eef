"""`carekraft-desktop doctor`: check this installation and say what is wrong with it."""

from carekraft_desktop.bootstrap import Program
from carekraft_desktop.cli.codes import Exit
from carekraft_desktop.cli.exits import say
from carekraft_desktop.presenters.findings import checked


def run(program: Program) -> Exit:
    """Print a line for each thing looked at; the exit code says whether all are well."""
    findings = program.examine()
    for finding in findings:
        words = checked(finding.subject, good=finding.good, detail=finding.detail)
        say(f"{'ok  ' if finding.good else 'FAIL'}  {words.title}")
        if not finding.good:
            say(f"      {words.advice}")
    bad = sum(not finding.good for finding in findings)
    say("Everything is in order." if not bad else f"{bad} of {len(findings)} checks failed.")
    return Exit.FAILED if bad else Exit.DONE
