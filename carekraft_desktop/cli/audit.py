"""`carekraft-desktop audit verify`: check an exported journal without the program's store or keys."""

from pathlib import Path

from carekraft_desktop.cli.codes import Exit
from carekraft_desktop.cli.exits import complain, say
from carekraft_desktop.domain import trail
from carekraft_desktop.domain.trail import Flaw
from carekraft_desktop.security.signatures import holds

_WORDS: dict[Flaw, str] = {
    Flaw.NOT_A_JOURNAL: "this is not an exported journal",
    Flaw.UNREADABLE: "line {line} cannot be read",
    Flaw.LINK: "line {line} does not fit the one before it: it was altered, put in or moved",
    Flaw.NUMBER: "an entry is missing before line {line}",
    Flaw.CUT: "the end is missing or does not count what is there (line {line})",
    Flaw.SIGNATURE: "the signature on line {line} is not that of the key in the first line",
    Flaw.MORE: "something was added behind the end, from line {line} on",
}


def verify(file: Path, fingerprint: str) -> Exit:
    """Check `file`, and that its key is the one with `fingerprint` if that is given."""
    try:
        with file.open("rb") as lines:
            report = trail.checked(lines, holds)
    except OSError as failure:
        complain(f"the file cannot be read ({type(failure).__name__})")
        return Exit.FAILED
    if report.flaw is not None:
        say(f"WRONG: {_WORDS[report.flaw].format(line=report.line)}.")
        say(f"{report.entries} entries before it are in order.")
        return Exit.FAILED
    found = trail.fingerprint(report.key)
    if fingerprint and fingerprint.replace("-", "").upper() != found.replace("-", ""):
        say(f"WRONG: it was signed by another key: {found}.")
        return Exit.FAILED
    say(f"{report.entries} entries, each in its place.")
    say(f"Signed by {report.made_by} with the key {found}.")
    if not report.whole:
        say("WRONG: the journal itself was already damaged when this copy was made.")
        return Exit.FAILED
    if not fingerprint:
        say("Compare the key with the one that the office gave you, or give it with --key.")
    return Exit.DONE
