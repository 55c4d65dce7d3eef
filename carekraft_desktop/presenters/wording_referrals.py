"""Every sentence about referrals that a person at the desk reads."""

from typing import Final

from carekraft_desktop.contract.referrals import DeclineCode, Language, Mode, PartOfDay, VisitClass
from carekraft_desktop.contract.specialties import Specialty
from carekraft_desktop.domain.permissions import Refusal
from carekraft_desktop.domain.referrals import Folder, Stage
from carekraft_desktop.presenters.words import Words

TITLE: Final = "Referrals"
ACCOUNTING: Final = "Disclosures"

FOLDER: Final[dict[Folder, str]] = {
    Folder.ATTENTION: "Needs attention",
    Folder.DRAFT: "Drafts",
    Folder.WAITING: "Waiting",
    Folder.BOOKED: "Booked",
    Folder.DECLINED: "Declined",
    Folder.CANCELLED: "Cancelled",
    Folder.RECEIVED: "From other offices",
}
EMPTY: Final[dict[Folder, Words]] = {
    Folder.ATTENTION: Words(
        "Nothing needs attention", "What others decline, move or do not answer comes here."
    ),
    Folder.DRAFT: Words(
        "No drafts", "Begin a referral with N, or with F on a visit of the patient."
    ),
    Folder.WAITING: Words("Nothing is waiting", "Requests stay here until they are answered."),
    Folder.BOOKED: Words("No booked referrals", "Confirmed appointments appear here."),
    Folder.DECLINED: Words("Nothing was declined", "Refusals of other offices are kept here."),
    Folder.CANCELLED: Words("Nothing was cancelled", "Cancelled requests are kept here."),
    Folder.RECEIVED: Words(
        "No office has sent a patient", "What other offices book here appears by itself."
    ),
}
ACCOUNTING_EMPTY: Final = Words(
    "Nothing was disclosed", "Each referral that leaves is listed here."
)

STAGE: Final[dict[Stage, str]] = {
    Stage.DRAFT: "Draft",
    Stage.SAVED: "Saved request",
    Stage.REFUSED: "Not sent",
    Stage.PROPOSED: "Waits for an answer",
    Stage.BOOKED: "Booked",
    Stage.RESCHEDULED: "Booked, time changed",
    Stage.DECLINED: "Declined",
    Stage.CANCELLED: "Cancelled",
}
ARRIVED: Final = "To be answered"
OVERDUE: Final = "Overdue"
CANCELLING: Final = "Cancellation on its way"

STAGE_ADVICE: Final[dict[Stage, str]] = {
    Stage.DRAFT: "Nothing has left the office.",
    Stage.SAVED: "A saved request, not an appointment: it leaves as soon as the exchange can be"
    " reached and has said that the permission still holds.",
    Stage.REFUSED: "Nothing was booked.",
    Stage.PROPOSED: "The other office has the request. The time is not confirmed yet.",
    Stage.BOOKED: "The other office has confirmed the appointment.",
    Stage.RESCHEDULED: "The other office has confirmed the appointment for another time.",
    Stage.DECLINED: "The other office does not take it.",
    Stage.CANCELLED: "There is no appointment.",
}
OVERDUE_ADVICE: Final = (
    "The other office should have answered by now. Call it: booking details only."
)

REFUSAL: Final[dict[Refusal, Words]] = {
    Refusal.NONE: Words(
        "The patient has not allowed it",
        "Ask the patient to give your office a booking permission in CareKraft.",
    ),
    Refusal.EXPIRED: Words(
        "The permission has run out", "Ask the patient for a new one in CareKraft."
    ),
    Refusal.REVOKED: Words(
        "The patient took the permission back", "Nothing more may be booked with it."
    ),
    Refusal.WRONG_OFFICE: Words(
        "The permission is for another office", "The patient has to name your office."
    ),
    Refusal.WRONG_TARGET: Words(
        "The permission does not name this provider",
        "Choose somebody it names, or ask the patient to add this provider.",
    ),
    Refusal.WRONG_SPECIALTY: Words(
        "The permission does not name this specialty",
        "Choose another provider, or ask the patient to add the specialty by name.",
    ),
    Refusal.COUNT_USED: Words(
        "The permission has been used", "Ask the patient for another one in CareKraft."
    ),
    Refusal.BAD_SIGNATURE: Words(
        "The permission cannot be trusted",
        "Its signature is not the exchange's. Tell your administrator; nothing can be booked.",
    ),
    Refusal.STALE: Words(
        "Waits for the exchange",
        "Whether the permission still holds has not been heard for 15 minutes.",
    ),
    Refusal.GUARDIAN_REQUIRED: Words(
        "A guardian has to allow it",
        "The patient is under 18. A guardian gives the permission in CareKraft. What a minor may"
        " arrange alone cannot be booked here: use your office's own process.",
    ),
    Refusal.AGED_OUT: Words(
        "The patient is of age now",
        "A guardian's permission ended with the 18th birthday. The patient has to give a new one.",
    ),
    Refusal.PROFILE_DRIFT: Words(
        "The patient's details have changed", "Look at the message once more before sending."
    ),
    Refusal.SCHEMA: Words(
        "Something a booking needs is missing",
        "The patient does not share it, or it does not have the form that is allowed: birth date,"
        " names, the office's telephone.",
    ),
    Refusal.NO_BAA: Words(
        "Referrals are switched off",
        "The privacy officer has to record the agreement with CareKraft first.",
    ),
}
"""Why a referral may not be made, for the person at the desk (REQ-66)."""

PROBLEM: Final[dict[str, Words]] = {
    "slot-taken": Words("The time was taken by someone else", "Nothing was booked. Book again."),
    "not-found": Words(
        "The other office no longer offers this", "Nothing was booked. Choose another time."
    ),
    "version-conflict": Words(
        "It had changed meanwhile", "Look at how it stands now, then decide anew."
    ),
    "": Words("It was too late", "The wanted time came before the request could leave."),
}

DECLINED: Final[dict[str, str]] = {
    DeclineCode.NO_CAPACITY: "No time free",
    DeclineCode.PLAN_NOT_TAKEN: "The plan is not taken",
    DeclineCode.NOT_TAKING_NEW: "Not taking new patients",
    DeclineCode.WRONG_SPECIALTY: "Wrong specialty",
    DeclineCode.UNREACHABLE: "The patient could not be reached",
    DeclineCode.OTHER: "Another reason",
}
CANCELLED: Final[dict[str, str]] = {
    "PATIENT": "The patient cancelled",
    "FROM_OFFICE": "Cancelled by this office",
    "TO_OFFICE": "Cancelled by the other office",
    "PERMISSION_REVOKED": "The permission ended",
}
SPECIALTY: Final[dict[Specialty, str]] = {
    Specialty.FAMILY: "Family medicine",
    Specialty.PEDIATRICS: "Pediatrics",
    Specialty.INTERNAL: "Internal medicine",
    Specialty.GERIATRICS: "Geriatrics",
    Specialty.CARDIOLOGY: "Cardiology",
    Specialty.PULMONARY: "Lung care",
    Specialty.DERMATOLOGY: "Dermatology",
    Specialty.GASTROENTEROLOGY: "Gastroenterology",
    Specialty.ORTHOPEDICS: "Orthopedics",
    Specialty.RHEUMATOLOGY: "Rheumatology",
    Specialty.ENDOCRINOLOGY: "Endocrinology",
    Specialty.NEPHROLOGY: "Kidney care",
    Specialty.NEUROLOGY: "Neurology",
    Specialty.ALLERGY: "Allergy and immunology",
    Specialty.EAR_NOSE_THROAT: "Ear, nose and throat",
    Specialty.OPHTHALMOLOGY: "Eye medicine",
    Specialty.OPTOMETRY: "Optometry",
    Specialty.UROLOGY: "Urology",
    Specialty.GENERAL_SURGERY: "General surgery",
    Specialty.VASCULAR_SURGERY: "Vascular surgery",
    Specialty.PLASTIC_SURGERY: "Plastic surgery",
    Specialty.NEUROSURGERY: "Neurosurgery",
    Specialty.HAND_SURGERY: "Hand surgery",
    Specialty.PODIATRY: "Foot care",
    Specialty.REHABILITATION: "Rehabilitation",
    Specialty.PHYSICAL_THERAPY: "Physical therapy",
    Specialty.OCCUPATIONAL_THERAPY: "Occupational therapy",
    Specialty.SPEECH_AND_HEARING: "Speech and hearing",
    Specialty.SPORTS: "Sports medicine",
    Specialty.CHIROPRACTIC: "Chiropractic",
    Specialty.DENTISTRY: "Dentistry",
    Specialty.ORAL_SURGERY: "Oral surgery",
    Specialty.ORTHODONTICS: "Orthodontics",
    Specialty.NUTRITION: "Nutrition",
    Specialty.SLEEP: "Sleep medicine",
    Specialty.OCCUPATIONAL_HEALTH: "Occupational health",
    Specialty.TRAVEL: "Travel health",
    Specialty.IMAGING: "Imaging",
    Specialty.BEHAVIORAL: "Behavioral health",
    Specialty.OBSTETRICS_GYNECOLOGY: "Obstetrics and gynecology",
    Specialty.GENETICS: "Genetics",
    Specialty.PAIN: "Pain care",
}
LANGUAGE: Final[dict[str, str]] = {
    Language.ENGLISH: "English",
    Language.SPANISH: "Spanish",
    Language.CHINESE: "Chinese",
    Language.VIETNAMESE: "Vietnamese",
    Language.KOREAN: "Korean",
    Language.RUSSIAN: "Russian",
    Language.ARABIC: "Arabic",
    Language.TAGALOG: "Tagalog",
    Language.POLISH: "Polish",
    Language.FRENCH: "French",
    Language.HAITIAN: "Haitian Creole",
    Language.PORTUGUESE: "Portuguese",
    Language.HINDI: "Hindi",
    Language.URDU: "Urdu",
    Language.SIGN: "American Sign Language",
}
MODE: Final[dict[str, str]] = {
    Mode.IN_PERSON: "In person",
    Mode.VIDEO: "By video",
    Mode.PHONE: "By telephone",
}
VISIT_CLASS: Final[dict[str, str]] = {
    VisitClass.NEW: "First visit there",
    VisitClass.RETURNING: "Has been there before",
}
PART: Final[dict[str, str]] = {
    PartOfDay.MORNING: "morning",
    PartOfDay.AFTERNOON: "afternoon",
    PartOfDay.EVENING: "evening",
}
FIELD: Final[dict[str, str]] = {
    "schema": "Form",
    "request_id": "Request",
    "created_at": "Made at",
    "from_office_npi": "Sending office's number",
    "from_office_phone": "Sending office's telephone",
    "permission_id": "Permission",
    "to_provider_npi": "Provider's number",
    "to_location_id": "Place",
    "specialty_code": "Specialty",
    "visit_class": "First visit",
    "mode": "How",
    "slot_id": "Slot",
    "slot_start": "From",
    "slot_end": "To",
    "earliest_ok": "Earlier would suit",
    "patient_id": "Patient's number",
    "given_name": "Given name",
    "family_name": "Family name",
    "birth_date": "Born",
    "sex_admin": "Sex, administrative",
    "phone": "Telephone",
    "email": "E-mail",
    "zip5": "ZIP code",
    "contact_pref": "Wants to be reached by",
    "language": "Language",
    "interpreter": "Interpreter",
    "payer_code": "Payer",
    "plan_code": "Plan",
    "guardian.given_name": "Guardian's given name",
    "guardian.family_name": "Guardian's family name",
    "guardian.phone": "Guardian's telephone",
    "guardian.relation": "Guardian is",
}
"""What each member of the message is called beside its value."""

AGREEMENT: Final = Words(
    "No agreement with CareKraft is recorded",
    "Until the privacy officer records it, nothing can be referred.",
)
RECORD_AGREEMENT: Final = "Record the agreement"

STEPS: Final = ("Patient", "Agreement", "Provider", "Time", "Check and send")
WHO: Final = Words("For whom?", "Patients who have given your office a booking permission.")
NOBODY: Final = Words(
    "No patient waits for a referral",
    "Patients give a booking permission in CareKraft; then they appear here.",
)
AGREE: Final = Words(
    "Ask the patient",
    "The permission allows one booking. Ask for this one, in person or on the telephone.",
)
AGREE_TICK: Final = "The patient agrees to this booking now"
AGREE_SAY: Final = (
    "“We would book an appointment for you. Your name, birth date, contact and insurance plan"
    " go to that office, nothing about your health. You get a copy and can take it back.”"
)
SENSITIVE: Final = "Anyone who sees this booking learns the specialty. Make sure the patient knows."
FIND: Final = Words("With whom?", "Your copy of the directory; what you type stays here.")
SEARCH_HINT: Final = "Name, town or provider number"
ALLOWED: Final = "What the patient allows"
ON: Final = "Continue"
ANY_SPECIALTY: Final = "Any specialty"
ANY_PLAN: Final = "Any plan"
ANY_LANGUAGE: Final = "Any language"
NO_NEW: Final = "no new patients"
NEW_ONLY: Final = "Takes new patients"
DISTANCES: Final = (
    (0, "Any distance"),
    (5, "Within 5 miles"),
    (15, "Within 15 miles"),
    (50, "Within 50 miles"),
)
NOBODY_FITS: Final = Words("Nobody fits", "Widen the distance, or leave a choice out.")
WRONG_NUMBER: Final = Words(
    "This is not a provider's number", "Its last digit does not fit the others. Check for a slip."
)
NO_DIRECTORY: Final = Words(
    "The directory has not arrived yet", "It is fetched as soon as the exchange can be reached."
)
FETCHING: Final = "The directory is being fetched ..."
FAVOURITES: Final = "Favorites"
RECENTS: Final = "Booked last"
FOUND: Final = "In the directory"
TIMES: Final = Words("When?", "Times that the other office has published.")
ASKING: Final = "Asking for open times ..."
NO_TIMES: Final = Words(
    "No open times",
    "Name up to three parts of days that would suit, or call the office.",
)
OFFLINE_TIMES: Final = Words(
    "Open times could not be asked for",
    "Those below are from earlier, and are checked when the request leaves.",
)
WISHES: Final = "Would suit the patient"
CALL: Final = "Call the office instead"
SCRIPT_TITLE: Final = Words(
    "Call the office", "Booking details only: nothing about health, not even why."
)
CHECK: Final = Words(
    "Check what will leave",
    "Exactly this goes to the other office through the exchange, and nothing else. The patient"
    " gets the same copy.",
)
RESIDUAL: Final = (
    "Whoever sees the booking learns one thing that cannot be left out: that this patient is"
    " booked with this provider."
)
SEND: Final = "Send"
SAVE: Final = "Save the request"
HELD_BUT_TAKEN: Final = Words("This time was just taken", "Choose another one.")
NOT_HELD: Final = "No network: the time is not kept. It is checked when the request leaves."
SENT: Final = "Saved. It leaves in a few seconds; Z takes it back."
TAKEN_BACK: Final = "Taken back. It is a draft again; nothing was sent."
DISCARDED: Final = "Draft thrown away."
CANCEL_SAVED: Final = "Cancellation saved. It leaves at once."
ANSWERED: Final = "Answer saved. It leaves in a few seconds."
NO_PATIENT_OF_VISIT: Final = "This visit has no patient to refer."
DECLINE_ASK: Final = Words("Why not?", "The other office reads a fixed sentence.")


def field(name: str) -> str:
    """What a member of the message is called; windows are numbered."""
    if name.startswith("windows."):
        _, number, part = name.split(".")
        return f"Would suit {number}, {'day' if part == 'date' else 'part of the day'}"
    return FIELD[name]


def miles(distance: float | None) -> str:
    """3.2 mi; empty where it is not known."""
    if distance is None:
        return ""
    return f"{distance:.1f} mi" if distance < 10 else f"{distance:.0f} mi"


def bytes_note(number: int, digest: str) -> str:
    """How many bytes leave, and their fingerprint."""
    return f"{number} bytes, fingerprint {digest[:8]} {digest[8:16]}"


def kept_until(clock: str) -> str:
    """A slot is kept for this office."""
    return f"Kept for you until {clock}."


def times_as_of(when: str) -> str:
    """The age of open times."""
    return f"Open times as of {when}."


def directory_as_of(when: str, number: int) -> str:
    """The age of the directory's copy."""
    count = f"{number} shown" if number != 1 else "1 shown"
    return f"{count}. Directory as of {when}."


def script(office: str, phone: str) -> tuple[str, ...]:
    """What to say on the telephone: booking details only."""
    return (
        f"Call {phone or 'the number in your own records'}.",
        f"“This is {office}. A patient of ours would like an appointment with you and has asked"
        " us to arrange it. Which times are open?”",
        "Give name, birth date and telephone. If they ask why: “The patient will tell you.”",
        "Then make the booking here from their open times, or leave it as a draft.",
    )
