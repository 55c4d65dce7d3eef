"""What the self-check says, in words."""

from typing import Final

from carekraft_desktop.presenters.wording_errors import ERRORS
from carekraft_desktop.presenters.words import Words

_GOOD: Final[dict[str, str]] = {
    "folder": "The data folder can be written.",
    "space": "There is space on the disk: {detail} free.",
    "cipher": "What is stored is encrypted: {detail}.",
    "time-zones": "Time zones are known.",
    "keyring": "The keyring answers: {detail}.",
    "keys": "The key file is readable; people who can sign in: {detail}.",
    "store": "The store is there and is not readable from outside.",
    "exchange": "The exchange answers; its clock differs by {detail}.",
}
_NOT_SET_UP: Final[dict[str, str]] = {
    "keys": "This workstation is not set up yet, so there are no keys.",
    "store": "This workstation is not set up yet, so there is no store.",
    "exchange": "This workstation is not set up yet, so no exchange is known.",
    "keyring": "There is no keyring; the workstation code on paper takes its place.",
}
_BAD: Final[dict[str, Words]] = {
    "folder": Words(
        "The data folder cannot be written.",
        "Check the rights of the folder, or choose another one with --home.",
    ),
    "space": Words(
        "Less than 1 GB is free on the disk.", "Make room before the store cannot grow any more."
    ),
    "cipher": Words(
        "The database library does not encrypt.",
        "Install the program again from its package; nothing is stored meanwhile.",
    ),
    "time-zones": Words(
        "The table of time zones is missing.", "Install the program again from its package."
    ),
    "keyring": Words(
        "The keyring of this computer does not answer.",
        "Unlock it or sign in to the computer again; the recovery key opens the office too.",
    ),
    "keys": Words(
        "The keys of this workstation are not whole.",
        "Use the recovery key from paper on the unlock page.",
    ),
    "store": Words(
        "The store is missing or damaged.",
        "Do not delete anything. Restore the newest backup, or set this workstation up again.",
    ),
    "exchange": Words(
        "The exchange does not answer as it should.",
        "Check the network. You can go on working; what you do is kept and sent later.",
    ),
}
_CLOCK: Final = Words(
    "The clock of this computer is more than two minutes off.",
    "Set the computer's clock; appointments would show at the wrong time.",
)


def checked(subject: str, *, good: bool, detail: str) -> Words:
    """The words for one finding; `detail` is a code or a figure."""
    if good:
        if detail in {"not-set-up", "workstation-code"}:
            return Words(_NOT_SET_UP[subject], "")
        return Words(_GOOD[subject].format(detail=detail), "")
    if (subject, detail) == ("exchange", "clock"):
        return _CLOCK
    known = ERRORS.get(detail)
    words = _BAD[subject]
    return Words(f"{words.title} {known.title}.", known.advice) if known else words
