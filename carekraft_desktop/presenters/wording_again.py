"""What the program says when it asks for a password once more, by what it is for."""

from typing import Final

TITLE: Final = "Your password, please"
WHO: Final = "{name}, type your password once more."
WORD: Final = "Password"
CODE: Final = "Workstation code"
GO: Final = "Go on"
CHECKING: Final = "Checking ..."
BACK: Final = "Not now"
HOW_LONG: Final = "It counts for five minutes."

WHY: Final[dict[str, str]] = {
    "export": "A copy of the journal is about to leave the program.",
    "print": "A list of more than 20 patients is about to be printed.",
    "let-in": "A colleague is about to be let in.",
    "people": "Who may come in here is about to change.",
    "pin": "Choosing a PIN needs your password, so that nobody does it in your name.",
    "emergency": "In an emergency more of a patient is shown than your role allows.",
    "referral": "The first referral of the day is about to leave the office.",
    "rules": "A rule of the office is about to change.",
    "sign": "You are about to sign something that stays on file.",
    "hand-out": "Patients' data is about to leave the program as an encrypted file.",
    "backup": "A copy of everything here is about to be made, or to go to another place.",
    "kept": "How long records are kept is about to change.",
    "dispose": "Records that are due are about to be destroyed.",
    "hold": "A legal hold is about to be set or released.",
    "hand-over": "A patient's record is about to be handed over.",
    "incident": "How an incident ends is about to be put down for good.",
    "lost": "A computer of the office is about to be shut out for good.",
    "recovery": "The recovery key opens everything; only you may check or renew it.",
}
