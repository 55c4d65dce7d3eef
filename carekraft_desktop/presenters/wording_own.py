"""What the page says where everybody looks after their own way in."""

from typing import Final

from carekraft_desktop.domain.attesting import Subject
from carekraft_desktop.domain.emergencies import Reason
from carekraft_desktop.presenters.words import Words

TITLE: Final = "Your sign-in"

CONFIRM_TITLE: Final = "What you confirm once a year"
CONFIRM_ALL: Final = (
    "You have confirmed everything. You are asked again in a year, or when it changes."
)
CONFIRM_BARS: Final = "Patients are shown once you have confirmed this."
CONFIRM: Final[dict[Subject, Words]] = {
    Subject.TRAINING: Words(
        "I have had this year's training",
        "On privacy and on working safely with this program, as your office gives it.",
    ),
    Subject.POLICY: Words(
        "I have read the office's policy",
        "The version in force; your privacy officer has it.",
    ),
    Subject.TERMS: Words(
        "I have read CareKraft's terms and privacy policy",
        "The newest version, under Terms, agreements and support in the settings.",
    ),
}
CONFIRMED: Final = "That is on file."

WORD_TITLE: Final = "Your password"
WORD_ADVICE: Final = (
    "Change it when somebody may have seen it. It does not grow old by itself, and it needs no "
    "special signs: several words are best."
)
WORD_OLD: Final = "Password of now"
WORD_NEW: Final = Words("New password", "At least 8 characters; several words are best")
WORD_AGAIN: Final = "The new password again"
WORD_GO: Final = "Change the password"
WORD_CHANGING: Final = "Changing it ..."
WORD_CHANGED: Final = "From now on you sign in with the new password."
WORD_DIFFERS: Final = "The two new passwords are not the same."

GLASS_TITLE: Final = "Emergency access"
GLASS_ADVICE: Final = (
    "In an emergency you may look at everything of a patient for an hour, without changing, "
    "printing or copying anything. Your privacy officer is told, and sees what you looked at."
)
GLASS_GO: Final = "Look in an emergency"
GLASS_END: Final = "End it now"
GLASS_ON: Final = "Emergency access until {at}"
GLASS_ON_ADVICE: Final = (
    "You may look at everything and change nothing. Your privacy officer sees what you look at."
)
GLASS_OVER: Final = "The emergency access is over."
REASON: Final[dict[Reason, str]] = {
    Reason.PATIENT_IN_DANGER: "A patient is in danger",
    Reason.CALL_FROM_HOSPITAL: "A hospital or an ambulance asks",
    Reason.NOBODY_ELSE_HERE: "Nobody who may look is here or can be reached",
    Reason.DISASTER: "A disaster, or the office is being evacuated",
}
