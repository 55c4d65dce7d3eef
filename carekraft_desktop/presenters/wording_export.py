"""What the page for handing data out says."""

from typing import Final

from carekraft_desktop.domain.exports import Purpose
from carekraft_desktop.presenters.words import Words

TITLE: Final = "Hand data out"
ADVICE: Final = (
    "Bookings as one encrypted file that 7-Zip, WinZip or Keka open with its passphrase. Choose as"
    " little as the purpose needs; what a patient does not share is left out. Who got what is"
    " written in the journal."
)
NO_RIGHT: Final = Words(
    "For the privacy officer",
    "Handing patients' data out as a file is the privacy officer's to do.",
)
PURPOSE: Final[dict[Purpose, str]] = {
    Purpose.PRACTICE_SYSTEM: "For our own practice system",
    Purpose.PAYMENT: "For payment or billing",
    Purpose.LAW: "Because a law or a court asks for it",
    Purpose.AUDIT: "For an audit of this office",
}
WHAT_FOR: Final = "What for"
WHO: Final = "Who gets it"
WHO_HINT: Final = "A person or an organization, as the accounting is to name it"
OUTSIDE: Final = "They are outside this office: write it into each patient's accounting"
WHEN: Final = "Visits from"
UNTIL: Final = "until"
DAY_HINT: Final = "Year-month-day, such as 2026-11-24"
FIELDS: Final = "What is in it"
APPROVED: Final = (
    "The folder may be one that is copied to a cloud, or on a disk that is carried away"
)
GO: Final = "Choose the folder and make the file"
BEGINNING: Final = "Making the file ..."
COUNTED: Final = "{bookings} in this time"
NO_DAY: Final = Words(
    "These are no two days", "Write each as year-month-day, the earlier one first."
)
DONE: Final = "{bookings} of {patients} are in {name}."
SAY: Final = (
    "Tell this passphrase to the recipient another way than the file, by telephone for instance. It"
    " is shown once and kept nowhere."
)
TOLD: Final = "I have passed it on"
FIELD: Final[dict[str, str]] = {
    "number": "Booking number",
    "date": "Day",
    "time": "Time",
    "provider": "Provider",
    "minutes": "Length",
    "name": "Name",
    "phone": "Telephone",
    "email": "E-mail",
    "address": "Address",
    "zip": "Postal code",
    "born": "Date of birth",
    "gender": "Gender",
    "guardian": "Guardian",
    "guardian_phone": "Guardian's telephone",
    "carrier": "Insurance",
    "plan": "Plan",
    "member": "Member number",
    "purpose": "Purpose of the visit",
}
