"""What the page about the people of the office says."""

from typing import Final

from carekraft_desktop.presenters.words import Words

TITLE: Final = "People"
ADVICE: Final = (
    "Who may sign in at this workstation, and in which role. Each person has a name and a password "
    "of their own; whoever shares one cannot show later who did what."
)
BELOW: Final[dict[int, str]] = {1: "{}", 2: "{}", 3: "last in {}"}
"""Columns that stand below the name where the list is narrow."""
NO_RIGHT: Final = Words(
    "Only a privacy officer or an IT administrator lets colleagues in",
    "Ask one of them; they can do it here.",
)
NEW: Final = "Let a colleague in"
NEW_ADVICE: Final = "Let your colleague choose the password and type it; nobody else needs it."
DISPLAY: Final = Words("Name", "What colleagues read, such as Kofi Boateng")
NAME: Final = Words("Sign-in name", "Short, such as k.boateng; it stays taken for good")
PASSWORD: Final = Words("Password", "At least 8 characters; several words are best")
LENGTH_ALONE: Final = "At least 15 characters, since this computer has no keyring to help"
AGAIN: Final = Words("The same password again", "")
CODE: Final = Words("Workstation code", "From the paper that was made at set-up")
NO_NAME: Final = "Fill in both names."
NO_ROLE: Final = "Choose at least one role."
NOT_THE_SAME: Final = "The two passwords are not the same."
BUSY: Final = "Making a key for them ..."
DONE: Final = "{name} can sign in from the next unlock on."
DISABLED: Final = "Has left"
WAITING: Final = "Needs a new password"
ACTIVE: Final = "Can sign in"
