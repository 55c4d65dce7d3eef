"""What is said before, on and after paper."""

from typing import Final

from carekraft_desktop.presenters.wording import count

TITLE: Final = "Print"
GO: Final = "Choose the printer"
NO: Final = "Not now"
ADVICE: Final = "Fetch the paper at once, keep it covered, and shred it tonight."
NO_FILES: Final = (
    "That printer only writes a file or sends a fax, so nothing was printed. What is to leave as a"
    " file goes out encrypted: Settings, Hand data out."
)


def how_much(pages: int, patients: int) -> str:
    """What is about to be printed."""
    return f"{count(pages, 'page', 'pages')} with {count(patients, 'patient', 'patients')}"


def printed_by(name: str, at: str) -> str:
    """Who printed it and when, on paper that goes to the patient."""
    return f"Printed by {name}, {at}."


def footer(name: str, at: str, job: str) -> str:
    """Who printed it and when, on every page."""
    return f"Printed by {name}, {at}, job {job}. Holds patients' data: keep it covered, shred it tonight."
