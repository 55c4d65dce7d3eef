"""What the page of what is kept, and how long, says."""

from typing import Final

from carekraft_desktop.domain.retention import BACKUP_DAYS, PAPER_YEARS, Kept
from carekraft_desktop.presenters.words import Words

TITLE: Final = "What is kept, and how long"
ADVICE: Final = (
    "Each record has a class, a day on which its time began, and a day on which it is due. Once a"
    " night what is due is destroyed, with a record of it. Nothing goes earlier, and nothing goes"
    " while a hold lies on it."
)
NO_RIGHT: Final = Words(
    "Only the privacy officer decides what is kept", "Ask them if you have a question about it."
)

TABLE: Final = "The office's numbers"
DEFAULTS: Final = (
    "These are defaults of the program, not law. States differ, and differ for children: look up"
    " the rule of your state, change what differs, and confirm."
)
CONFIRMED: Final = (
    "Confirmed by {name}, {at}. Look at it again when the rule of your state changes."
)
STATE: Final = "State"
STATE_HINT: Final = "Two letters, e.g. IL"
NUMBER: Final[dict[str, str]] = {
    "never_came_days": "Visit that never happened: days after its day",
    "seen_years": "Patient who was seen: years after the last visit",
    "minor_years": "Children: years after the 18th birthday, if later",
    "referral_years": "Referral of somebody not seen here: years",
    "draft_days": "Drafts and what was set aside: days",
}
CONFIRM: Final = "Confirm these numbers"
DID_CONFIRM: Final = "The numbers are in force; every date follows them."
DID_SHORTEN: Final = (
    "The numbers are in force. Some were shortened: what is due by them goes in the next night."
)
FIXED: Final = (
    f"Paperwork, permissions and the journal: {PAPER_YEARS} years, which is federal law and cannot"
    f" be shortened. Backups: {BACKUP_DAYS} days."
)

CLASSES: Final = "What there is"
CLASS: Final[dict[Kept, str]] = {
    Kept.NEVER_CAME: "Bookings whose visit never happened",
    Kept.SEEN: "Bookings of patients who were seen",
    Kept.REFERRAL: "Referrals",
    Kept.PERMISSION: "Permissions and their endings",
    Kept.PAPER: "Paperwork and accounting",
    Kept.DRAFT: "Drafts and what was set aside",
    Kept.BACKUP: "Backups",
}

DUE: Final = "Due with the next disposal"
DUE_HEADS: Final = ("What", "Class", "Since", "Due", "Hold")
ALIKE: Final = "{what}: {count}"
NOTHING_DUE: Final = Words("Nothing is due", "The program looks again tonight.")
DISPOSE: Final = "Dispose of it now"
DISPOSED: Final = "{count} destroyed, {held} kept by a hold."
MORE: Final = "The first {shown} of {count} are listed. "
LAST: Final = "Last disposal: {at}, {by}: {count} destroyed, {held} kept by a hold."
NEVER: Final = "There was no disposal yet."
INCOMPLETE: Final = (
    "Of {count} things that were erased a backup may still hold a copy; the last such backup is"
    f" gone {BACKUP_DAYS} days after each."
)
NIGHTLY: Final = "the program by itself"

HOLDS: Final = "Legal holds"
HOLD_ADVICE: Final = (
    "A hold beats every disposal, every withdrawn share and the rotation of backups. Set it as"
    " soon as you expect a dispute. A hold on one patient is set on the patient's card."
)
HOLD_HEADS: Final = ("Matter", "Lies on", "Set", "Released by", "State")
NO_HOLDS: Final = Words("There is no hold", "Set one below, or on a patient's card.")
HELD: Final = "HELD"
FREE: Final = "no hold"
NOT_RELEASED: Final = "not yet"
SCOPE: Final[dict[str, str]] = {
    "all": "Everything",
    "dates": "Patients with a visit between two days",
    "person": "Patients of a provider or colleague",
    "patient": "One patient",
}
BETWEEN: Final = "Visits from {first} to {last}"
OF_PERSON: Final = "Patients of {name}"
MATTER: Final = "Code of the matter"
MATTER_HINT: Final = "Capital letters, digits, hyphens; no name, e.g. M-2026-04"
FIRST: Final = "First day"
LAST_DAY: Final = "Last day"
DAY_HINT: Final = "e.g. 2026-03-31"
SET: Final = "Set the hold"
RELEASE: Final = "Release the chosen hold"
DID_SET: Final = "The hold is set."
DID_RELEASE: Final = (
    "Released. What is due goes at the earliest with the disposal after the next one."
)
RELEASED: Final = "Released {at}"
WAITS: Final = "Until a disposal passed"
COUNTS: Final = "In force"

RESTRICTED: Final = "Withdrawn, and kept by law"
RESTRICTED_ADVICE: Final = (
    "These patients withdrew their share. A provider keeps records of care for a legal period, so"
    " their records are out of every list, search, call, print and referral, and here only."
)
RESTRICTED_HEADS: Final = ("Patient", "Records", "Due", "Hold")
NO_NAME: Final = "A referral only"
NOBODY: Final = Words("Nobody", "Whoever was never seen here is erased when they withdraw.")
OPEN: Final = "Open"
KIND: Final[dict[str, str]] = {
    "patient": "Patient",
    "consent": "What was shared",
    "coverage": "Insurance",
    "booking": "Booking",
    "referral": "Referral",
    "permission": "Permission",
    "ledger": "Accounting",
    "journal": "Journal entries",
}
OTHER_KIND: Final = "Paperwork"
KEPT_PIECE: Final = "{kind}, due {due}"
