"""What is said where one chooses whose data an incident is about."""

from typing import Final

from carekraft_desktop.presenters.words import Words

TITLE: Final = "Whose data it is about"
ADVICE: Final = (
    "Look for them by name, birth date or booking number, or let the entries of the journal say it."
    " Only ids are kept, which mean nothing elsewhere; how many there are goes into the notices."
)
FIND: Final = Words("Look for", "Name, birth date or booking number; Enter looks.")
FOUND: Final = "Found"
FOUND_HEADS: Final = ("Patient", "Born", "")
CHOSEN: Final = "On the list"
CHOSEN_HEADS: Final = ("Patient", "Born", "")
ADD: Final = "Add"
OFF: Final = "Take off"
COVERED: Final = "••••••••"
COVERED_SPOKEN: Final = "covered"
NOT_SHARED: Final = "not shared"
REVEAL: Final = "Show the birth date of the chosen one"
FROM_JOURNAL: Final = "Add whom the entries of the journal name"
NOBODY: Final = "Nobody fits. Type another part of the name, the birth date, or the booking number."
NONE: Final = "Nobody is on the list yet."
GONE: Final = "Somebody who is no longer here"
ADDED: Final = "{count} added from the journal."
NOTHING_NEW: Final = "These entries name nobody who is not on the list."
COUNT: Final = "{count} on the list; the notices count {individuals}."
LINK_FIRST: Final = Words(
    "No entries of the journal are linked",
    "Put the first and the last down under What is known, such as 120-188.",
)
