"""What the page says where access is looked through, and the office's keys are looked after."""

from typing import Final

from carekraft_desktop.domain.attesting import Subject
from carekraft_desktop.presenters.words import Words

TITLE: Final = "Access and keys"
NO_RIGHT: Final = Words(
    "Only a privacy officer or an IT administrator looks after access",
    "Ask one of them; they can do it here.",
)

REVIEW: Final = "Who may do what"
REVIEW_ADVICE: Final = (
    "Once a quarter somebody looks through this list: does everybody still work here, and is "
    "every role still right? What is wrong is put right on the page about people."
)
REVIEW_GO: Final = "I have looked through it"
REVIEW_NEVER: Final = "Nobody has looked through it yet."
REVIEW_LAST: Final = "{name} looked through it on {at}."
DUE: Final = "It is due again."
REVIEW_DONE: Final = "That is on file, with how everybody stands today."
MISSING: Final[dict[Subject, str]] = {
    Subject.TRAINING: "Training missing",
    Subject.POLICY: "Policy missing",
}
REVIEW_HEADS: Final = ("Name", "Roles", "Last signed in", "Confirmed", "")
BELOW: Final[dict[int, str]] = {1: "{}", 2: "last in {}", 3: "{}"}
"""Columns that stand below the name where the list is narrow."""

FIRST: Final = (
    "Nobody sees a patient before they have confirmed training and policy: once a year, and "
    "whenever the policy changes."
)

COPY: Final = "Copying for the practice system"
COPY_MEANS: Final = (
    "What is copied lies on the clipboard for half a minute, where every program on this computer "
    "can read it."
)
COPY_TICK: Final = "Bookings may be copied here"
COPY_ON: Final = "Bookings may be copied from now on; each copy is in the journal."
COPY_OFF: Final = "Nothing is copied here any more."

GLASS: Final = "Emergency access"
GLASS_NONE: Final = "There is none to look into."
GLASS_LINE: Final = "{name}, {at}: {reason}. {seen}."
GLASS_SIGN: Final = "I have looked into it"
GLASS_SIGNED: Final = "That is on file."

PAPER: Final = "The recovery key on paper"
PAPER_ADVICE: Final = (
    "When every password or the computer's keyring is lost, this paper is the only way in. Check "
    "twice a year that you find it and that it is the right one: type it here. Nothing changes."
)
PAPER_FIELD: Final = Words("Recovery key", "The nine groups from the paper")
PAPER_GO: Final = "Check the paper"
PAPER_CHECKING: Final = "Checking ..."
PAPER_RIGHT: Final = "This is the right paper. Put it back where only you find it."
PAPER_NEVER: Final = "Nobody has checked this paper yet."
PAPER_LAST: Final = "{name} checked it on {at}."
PAPER_NEW: Final = "Make a new paper"
PAPER_NEW_ADVICE: Final = (
    "For a paper that was lost, or that somebody has seen. The old one opens nothing then."
)
PAPER_WRITE: Final = (
    "Write these nine groups down or print them, and put the paper away. They are shown only now."
)
PAPER_WRITTEN: Final = "I have it on paper"

KEYS: Final = "New keys for the office"
KEYS_ADVICE: Final = (
    "After somebody left in anger, or when a copy of the office's files may be around: old copies "
    "and old passwords open nothing of what comes after. Everybody goes on working meanwhile, and "
    "nobody's password changes."
)
KEYS_GO: Final = "Give the office new keys"


def seen(number: int) -> str:
    """How much was looked at."""
    if not number:
        return "Nothing was looked at"
    return f"{number} record was looked at" if number == 1 else f"{number} records were looked at"
