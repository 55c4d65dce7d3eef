"""What the page of terms, agreements and support says."""

from typing import Final

from carekraft_desktop.presenters.words import Words

TITLE: Final = "Terms, agreements and support"
TERMS: Final = "CareKraft's terms and privacy policy"
TERMS_ADVICE: Final = (
    "The version in force, and what each new one changes. Everybody here confirms a new version"
    " once; until somebody has, new bookings wait at the exchange, and nothing is lost."
)
NO_TERMS: Final = "CareKraft has sent no version yet. The one of your contract counts."
IN_FORCE: Final = "In force"
COMES: Final = "From {day}"
BEFORE: Final = "Before"
VERSION: Final = "Version {version}: {title}"
CONFIRM: Final = "I have read this version"
CONFIRMED: Final = "That is on file. What has waited is being received."
MINE: Final = "You have confirmed the newest version."
WAITS: Final = Words(
    "Bookings wait until somebody here has confirmed the newest version",
    "They wait at the exchange. Read what is new below, then confirm it.",
)
WHO: Final = "Confirmed by: {names}"
NOBODY: Final = "Nobody here has confirmed it yet."

AGREEMENTS: Final = "Those who work for the office"
AGREEMENTS_ADVICE: Final = (
    "An IT firm, a host, a shredding service: whoever may come near patients' data signs an"
    " agreement first and keeps to what the office promised."
)
HEADS: Final = ("Who", "What they do", "Agreement until", "Recorded")
NO_END: Final = "No end"
OVER: Final = "Ended"
NAME: Final = Words("Who", "A firm or a person.")
DOES: Final = Words("What they do", "Such as computers, hosting, shredding.")
UNTIL: Final = Words("Agreement until", "Year-month-day; empty for no end.")
RECORD: Final = "Put the agreement on file"
RECORDED: Final = "On file. Earlier records of the same partner stay."
NO_AGREEMENT: Final = "No agreement is on file yet."

TRAINING: Final = "Training record"
TRAINING_ADVICE: Final = (
    "Who has confirmed training, policy and terms, in which version and when. A table for whoever"
    " asks; nothing of a patient is in it."
)
EXPORT: Final = "Save the training record"
EXPORTED: Final = "{count} confirmations saved."

SUPPORT: Final = "For support"
SUPPORT_ADVICE: Final = (
    "Versions, codes and counts, and nothing else: no name, no text that anybody typed. Read it"
    " first; only then can it be saved. CareKraft promises no secrecy for what you write to its"
    " support beyond its policy, so never write a patient's data to it."
)
PREPARE: Final = "Show what support would see"
SAVE: Final = "Save it"
PREPARED: Final = "This is all of it."
SAVED: Final = "Saved. Send it yourself, if you want to."
