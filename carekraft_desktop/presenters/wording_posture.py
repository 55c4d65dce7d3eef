"""What the page about how this installation stands says; the same words on the command line."""

from collections.abc import Callable
from typing import Final

from carekraft_desktop.domain.staff import Role
from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters.words import Words

TITLE: Final = "How this installation stands"
ADVICE: Final = (
    "For a risk analysis, an audit or an insurer. It holds nothing of a patient and no colleague's"
    " name, and it claims nothing that this program cannot show."
)
NO_RIGHT: Final = Words(
    "For the privacy officer and the IT administrator", "Ask one of them; they can show it to you."
)
COPY: Final = "Copy as text"
COPIED: Final = "Copied. It holds no patient's data."
LOOKING: Final = "Looking ..."
HEADS: Final = ("What", "How it stands", "")
LOCKED: Final = "What the store tells needs somebody to sign in: add --user NAME."
SUBJECT: Final[dict[str, str]] = {
    "version": "Program",
    "system": "Operating system",
    "cipher": "Encryption of what is stored",
    "derivation": "Cost of guessing a password",
    "fips": "FIPS 140 validation",
    "keyring": "Second factor",
    "idle": "Locks when nobody touches it",
    "people": "Who may sign in",
    "capture": "Pictures of the screen",
    "spool": "Printing",
    "backup-place": "Where backups lie",
    "destinations": "Network destinations",
    "backup": "Last backup",
    "restore-drill": "Last trial of a restore",
    "paper-drill": "Last trial of the recovery paper",
    "access-review": "Last look at who may sign in",
    "rotation": "Keys changed last",
    "journal-proof": "Journal proved last",
    "weekly-review": "Last weekly review",
    "papers": "Policies and officials on file",
    "retention": "How long records are kept",
    "holds": "Legal holds in force",
    "requests": "Requests of patients, open",
    "requests-overdue": "Requests of patients, overdue",
    "incidents": "Open incidents",
    "quarantine": "Data that could not be read",
    "agreement": "Agreement with CareKraft (BAA)",
    "contact": "Exchange heard last",
}
"""What a line is about, in the order of the page."""
NOT_RECORDED: Final = "Not recorded"
_VALUE: Final[dict[tuple[str, str], str]] = {
    ("fips", "not-asserted"): "Not asserted: this build cannot report it",
    ("keyring", "workstation-code"): "A workstation code on paper; this computer has no keyring",
    ("people", "not-set-up"): "This workstation is not set up yet",
    ("capture", "not-prevented"): "Not prevented: this system offers nothing that holds",
    ("capture", "excluded"): "Windows are left out of them; that deters and is no protection",
    ("capture", "partly"): "Some windows could not be left out of them",
    ("spool", "system"): "Files of the print queue are the operating system's",
    ("backup-place", "own"): "On this computer only, and gone with it",
    ("backup-place", "missing"): "The chosen folder cannot be reached now",
    ("backup-place", "empty"): "In the chosen folder there is none of this office",
    ("backup-place", "same-disk"): "In the chosen folder, which is on the disk of the store",
    (
        "backup-place",
        "elsewhere",
    ): "On another disk or share, as far as the operating system tells",
    ("backup-place", "not-set-up"): "This workstation is not set up yet",
    ("retention", "defaults"): "Not confirmed: the program's own numbers count, which are no law",
    ("holds", "0"): "None",
    ("requests", "0"): "None",
    ("requests-overdue", "0"): "None",
    ("agreement", "no"): "Not recorded; nothing is referred without it",
    ("papers", "0"): "All there",
    ("incidents", "0"): "None",
    ("quarantine", "0"): "None",
    ("destinations", "none"): "None yet",
    ("weekly-review", "overdue"): "Overdue",
}
_AT: Final = "{at}"
_LATE: Final = "{at}; it is time to do it again"
_FAILED: Final = "{at}, and it failed"


def value(subject: str, code: str, at: str) -> str:
    """How something stands; `at` is the moment in words, empty where there is none."""
    known = _VALUE.get((subject, code))
    if known is not None:
        return f"{known}; the last was {at}" if at else known
    if code == "not-recorded":
        return NOT_RECORDED
    if subject == "retention":
        return _confirmed(code, at)
    if at:
        return {"late": _LATE, "failed": _FAILED}.get(code, _AT).format(at=at)
    spoken = _SPOKEN.get(subject)
    return spoken(code) if spoken is not None else code


def _confirmed(code: str, at: str) -> str:
    by = "somebody who has left" if code == "left" else f"the {wording.ROLE[Role(code)].title}"
    return f"Confirmed {at} by {by}"


def _minutes(code: str) -> str:
    return f"after {wording.count(int(code), 'minute', 'minutes')}"


def _papers(code: str) -> str:
    return f"{wording.count(int(code), 'paper is', 'papers are')} missing"


def _incidents(code: str) -> str:
    return wording.count(int(code), "incident", "incidents")


def _holds(code: str) -> str:
    return wording.count(int(code), "hold", "holds")


def _requests(code: str) -> str:
    return wording.count(int(code), "request", "requests")


def _items(code: str) -> str:
    return f"{wording.count(int(code), 'item', 'items')} set aside"


def _keyring(code: str) -> str:
    return f"The keyring of this computer ({code.rpartition('.')[0] or code})"


def roles(code: str) -> str:
    """Two at the front desk, one privacy officer: how many in each role."""
    found = []
    for part in code.split():
        role, _, number = part.partition(":")
        found.append(f"{wording.ROLE[Role(role)].title}: {number}")
    return ", ".join(found) or "Nobody"


_SPOKEN: Final[dict[str, Callable[[str], str]]] = {
    "idle": _minutes,
    "people": roles,
    "papers": _papers,
    "incidents": _incidents,
    "quarantine": _items,
    "keyring": _keyring,
    "holds": _holds,
    "requests": _requests,
    "requests-overdue": _requests,
}
