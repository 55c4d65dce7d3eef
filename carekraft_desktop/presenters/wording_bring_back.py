"""What is said when a backup brings an office to a computer that has none."""

from typing import Final

from carekraft_desktop.presenters.words import Words

LINK: Final = "Bring an office back from a backup"
LINK_ADVICE: Final = "The computer was lost or replaced? A backup and the recovery key are enough."
STEPS: Final = ("1  Backup and paper", "2  Who you are", "3  In place")
HEADS: Final = (
    Words(
        "Bring the office back",
        "From a backup and the recovery key on paper. Nothing of it is shown before the exchange has"
        " said what patients have taken back since.",
    ),
    Words(
        "Who are you?",
        "Choose a new password for this computer. Everybody else signs in as before, or waits for a"
        " new password where this computer has no keyring.",
    ),
    Words("The office is on this computer", ""),
)
PLACE: Final = "Where the backup lies"
PLACE_HINT: Final = "A folder named carekraft-..., a file in it, or the folder they lie in"
CHOOSE: Final = "Choose the folder"
PAPER: Final = "Recovery key from paper"
PAPER_HINT: Final = "The nine groups"
LOOKING: Final = "Opening the backup"
FOUND: Final = "Backup of {at}: {holds}."
WHO: Final = "Your name"
NEW_WORD: Final = "New password"
AGAIN: Final = "New password, again"
LONG: Final = "The lost computer had no keyring, so the password needs at least 15 characters."
HAS_CODE: Final = "The lost computer was shut out at the exchange"
CODE_ADVICE: Final = (
    "Then this computer needs a fresh enrolment code from the office's CareKraft page. A computer"
    " that is lost should be shut out in any case: it signs in with the same key."
)
CODE: Final = "Fresh enrolment code"
CODE_HINT: Final = "It works once"
NAME: Final = "Name of this computer"
NAME_HINT: Final = "Such as Front desk 1"
BACK: Final = "Back"
GO: Final = ("Continue", "Bring it back", "Go on")
TAKE_BACK: Final = "Remove it again"
TAKING_BACK: Final = "Removing it"
ENTERING: Final = "Opening the office"
BREAK_OFF: Final = "Break off"
CATCH_UP: Final = Words(
    "The exchange has to be reached first",
    "Patients may have taken back what they shared since the backup, and only the exchange knows."
    " Nothing was changed. Try again when the network is back, and work from the downtime packet until"
    " then.",
)
OTHER_OFFICE: Final = Words(
    "The enrolment code is of another office",
    "The backup belongs to one office and the code to another. Nothing was changed.",
)
MISSING: Final[dict[str, str]] = {
    "place": "where the backup lies",
    "paper": "the recovery key",
    "person": "your name",
    "password": "a new password",
    "code": "the enrolment code",
    "name": "a name for this computer",
}
