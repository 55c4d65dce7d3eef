"""The sentences of the day, the palette and the frame; `wording_<page>.py` has those of each page.

Codes and values come in, plain English goes out. No other module of the program holds a
sentence for the screen, apart from labels that name a field or a button on it.
"""

from typing import Final

from carekraft_desktop.domain.acts import Act, Cancel, Decline, Overlap
from carekraft_desktop.domain.codes import DataClass, Sharing, Status
from carekraft_desktop.domain.intentions import REVIEW, Delivery, Intention
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.presenters.wording_errors import ERRORS, PROBLEMS, REVIEW_PROBLEMS, STOPPED
from carekraft_desktop.presenters.words import Words

PROGRAM: Final = "CareKraft"

# -- visits ---------------------------------------------------------------------------------

STATUS: Final[dict[Status, str]] = {
    Status.REQUESTED: "To be answered",
    Status.OFFERED: "New time offered",
    Status.CONFIRMED: "Confirmed",
    Status.ARRIVED: "Arrived",
    Status.COMPLETED: "Completed",
    Status.NO_SHOW: "No-show",
    Status.CANCELLED: "Cancelled",
}
LATE: Final = "Late"
NOT_MARKED: Final = "Arrival not marked"
TIME_PASSED: Final = "Time has passed"

ACT: Final[dict[Act, str]] = {
    Act.ACCEPT: "Accept",
    Act.DECLINE: "Decline",
    Act.PROPOSE: "Propose another time",
    Act.MOVE: "Move",
    Act.CANCEL: "Cancel visit",
    Act.ARRIVE: "Mark arrived",
    Act.COMPLETE: "Complete",
    Act.NO_SHOW: "No-show",
    Act.REPLY: "Reply",
    Act.REPLY_WITHDRAW: "Withdraw the reply",
    Act.REVIEW_REPORT: "Report to the platform",
    Act.CLAIM: "Take it",
    Act.RELEASE: "Let go",
    Act.ENTER: "Mark as entered",
    Act.UNENTER: "Not entered",
    Act.CALL: "Log a call",
    Act.REFER: "Book the referral",
    Act.CANCEL_REFERRAL: "Cancel the referral",
    Act.ACCEPT_REFERRAL: "Accept the referral",
    Act.DECLINE_REFERRAL: "Decline the referral",
    Act.CARRY: "Book the referral",
    Act.DELIVER: "Bring it to the partner",
    Act.RECALL: "Take it back at the partner",
    Act.REPORT_ANSWER: "Report the answer",
    Act.SHUT_OUT: "Shut out everywhere",
    Act.TELL_TRIES: "Tell of failed sign-ins",
    Act.TELL_TOOK: "Tell what was taken along",
    Act.TELL_INCIDENT: "Tell CareKraft",
    Act.REPORT_LOST: "Report lost",
}
"""As a button says it."""

TAKE_BACK: Final = "Take the mark back"
"""ACCEPT on a visit that is marked arrived or no-show."""

_DID: Final[dict[Act, str]] = {
    Act.ACCEPT: "Booking accepted",
    Act.DECLINE: "Booking declined",
    Act.PROPOSE: "Another time proposed",
    Act.MOVE: "Visit moved",
    Act.CANCEL: "Visit cancelled",
    Act.ARRIVE: "Marked as arrived",
    Act.COMPLETE: "Marked as completed",
    Act.NO_SHOW: "Marked as no-show",
    Act.REPLY: "Reply approved",
    Act.REPLY_WITHDRAW: "Reply withdrawn",
    Act.REVIEW_REPORT: "Review reported",
    Act.CLAIM: "Taken",
    Act.RELEASE: "Let go",
    Act.ENTER: "Marked as entered",
    Act.UNENTER: "No longer marked as entered",
    Act.CALL: "Call logged",
    Act.REFER: "Referral saved",
    Act.CANCEL_REFERRAL: "Referral cancelled",
    Act.ACCEPT_REFERRAL: "Referral accepted",
    Act.DECLINE_REFERRAL: "Referral declined",
    Act.CARRY: "Referral saved",
    Act.DELIVER: "Brought to the partner",
    Act.RECALL: "Taken back at the partner",
    Act.REPORT_ANSWER: "Answer reported",
    Act.SHUT_OUT: "Shut out everywhere",
    Act.TELL_TRIES: "Failed sign-ins told",
    Act.TELL_TOOK: "Taken along told",
    Act.TELL_INCIDENT: "CareKraft told",
    Act.REPORT_LOST: "Reported lost",
}

NOUN: Final[dict[Act, str]] = {
    Act.ACCEPT: "Accept",
    Act.DECLINE: "Decline",
    Act.PROPOSE: "New time",
    Act.MOVE: "Move",
    Act.CANCEL: "Cancellation",
    Act.ARRIVE: "Arrived",
    Act.COMPLETE: "Completed",
    Act.NO_SHOW: "No-show",
    Act.REPLY: "Review reply",
    Act.REPLY_WITHDRAW: "Withdrawal of a reply",
    Act.REVIEW_REPORT: "Report of a review",
    Act.CLAIM: "Claim",
    Act.RELEASE: "Letting go",
    Act.ENTER: "Entered mark",
    Act.UNENTER: "Taking back of the entered mark",
    Act.CALL: "Call",
    Act.REFER: "Referral",
    Act.CANCEL_REFERRAL: "Cancellation of a referral",
    Act.ACCEPT_REFERRAL: "Answer to a referral",
    Act.DECLINE_REFERRAL: "Refusal of a referral",
    Act.CARRY: "Referral",
    Act.DELIVER: "Delivery to a partner",
    Act.RECALL: "Cancellation at a partner",
    Act.REPORT_ANSWER: "Answer of a partner",
    Act.SHUT_OUT: "Shutting somebody out",
    Act.TELL_TRIES: "Failed sign-ins",
    Act.TELL_TOOK: "What was taken along",
    Act.TELL_INCIDENT: "Word to CareKraft of an incident",
    Act.REPORT_LOST: "Report of a lost computer",
}
"""As a list of acts names it, and as "your ... was not applied" does."""

DECLINE: Final[dict[Decline, str]] = {
    Decline.NO_TIME: "No time free",
    Decline.NOT_TAKING_PATIENTS: "Not taking new patients",
    Decline.OTHER_PROVIDER: "Another provider is the right one",
    Decline.INSURANCE_NOT_TAKEN: "Insurance not taken here",
    Decline.REFERRAL_NEEDED: "A referral is needed first",
    Decline.DUPLICATE: "Booked twice",
}

CANCEL: Final[dict[Cancel, str]] = {
    Cancel.PROVIDER_AWAY: "Provider is away",
    Cancel.OFFICE_CLOSED: "Office is closed",
    Cancel.PATIENT_ASKED: "Patient asked by telephone",
    Cancel.DUPLICATE: "Booked twice",
}

OVERLAP: Final[dict[Overlap, str]] = {
    Overlap.PATIENT_AGREED: "Patient knows and agrees",
    Overlap.URGENT: "Urgent",
    Overlap.SHORT_VISIT: "One of the two is short",
    Overlap.OTHER_ROOM: "Another room or colleague",
    Overlap.PROVIDER_AGREED: "Provider agrees",
}
TIME_IS_PAST: Final = "This time has passed"
CLOSED_THEN: Final = "Outside working hours"
OTHER_TIME: Final = "Other time"
OTHER_TIME_HINT: Final = "14:30, or dec 3 14:30"
NO_SUCH_TIME: Final = "Not a time. Try 14:30, 2:30 pm or dec 3 14:30."
OVERLAP_ADVICE: Final = (
    "{clash}. Choose why it goes there all the same, or press its number. The reason stays in"
    " the office's journal."
)


def overlaps(number: int, stretch: str) -> str:
    """What is against a time, without a name; `stretch` is the one visit's time."""
    return f"Overlaps {stretch}" if number == 1 else f"Overlaps {number} visits"


NAME_MISSING: Final = "Name not arrived yet"
UNDONE: Final = "Taken back. Nothing was sent."
NOTHING_SELECTED: Final = Words(
    "No visit chosen", "Choose one in the day or in the inbox to see it here."
)
INBOX_EMPTY: Final = Words("Nothing to answer", "New bookings appear here by themselves.")
NO_PROVIDERS: Final = Words(
    "No providers yet",
    "The first synchronization brings the office's providers and bookings. It has not finished.",
)
NO_SCHEDULE: Final = Words(
    "Your role sees no patients",
    "The day and the inbox are for the front desk and the providers. Settings are open to you.",
)
DAY_EMPTY: Final = "No visits on this day"
WEEK_EMPTY: Final = "No visits in this week"
OTHER_PROVIDER: Final = "Other provider"
NO_SUCH_DAY: Final = "Not a day. Try 12/3, dec 3, tomorrow or +2w."
JUMP_HINT: Final = "12/3, dec 3, tomorrow, +2w"
NO_OPENINGS: Final = Words(
    "No free times", "This provider has published none in the next two weeks. Choose another."
)
OUTBOX_EMPTY: Final = Words("Nothing is waiting", "Everything you did has reached the exchange.")


def did(act: Act, status: Status) -> str:
    """What the toast says after an act on a visit that stood at `status`."""
    if act is Act.ACCEPT and status is not Status.REQUESTED:
        return "Mark taken back"
    return _DID[act]


def button(act: Act, status: Status) -> str:
    """What the button of an act says on a visit that stands at `status`."""
    if act is Act.ACCEPT and status is not Status.REQUESTED:
        return TAKE_BACK
    if act is Act.PROPOSE:
        return "Other time"
    return ACT[act]


DELIVERY: Final[dict[Delivery, str]] = {
    Delivery.WAITING: "Waiting to send",
    Delivery.UNKNOWN: "Sent, no answer yet",
    Delivery.DEFERRED: "Exchange busy, trying again",
    Delivery.APPLIED: "Applied",
    Delivery.CONFLICT: "Not applied: changed meanwhile",
    Delivery.REJECTED: "Not applied: refused",
    Delivery.EXPIRED: "Not sent: time had passed",
    Delivery.WITHDRAWN: "Taken back",
    Delivery.VOID: "Dropped: patient withdrew",
}


def why_not(intention: Intention) -> str:
    """Why an act was not applied, in a sentence; empty when that is not known."""
    known = REVIEW_PROBLEMS if intention.kind == REVIEW else PROBLEMS
    return known.get(intention.problem) or STOPPED.get(intention.problem, "")


def ended(intention: Intention, *, by_patient: bool = False, at: str = "") -> str:
    """How an act that did not come through ended, in one sentence.

    Args:
        intention: the act.
        by_patient: whether the patient has cancelled the visit meanwhile.
        at: when the booking changed, as in "at 14:30"; empty when not known.
    """
    noun = NOUN[intention.act]
    why = why_not(intention)
    match intention.delivery:
        case Delivery.CONFLICT if by_patient:
            when = f" {at}" if at else ""
            return f"The patient cancelled this visit{when}; your {noun} was not applied."
        case Delivery.CONFLICT:
            when = f" Its last change was {at}." if at else ""
            return f"{why or PROBLEMS['version-conflict']}{when} Your {noun} was not applied."
        case Delivery.REJECTED:
            return f"{why or 'The exchange refused it.'} Your {noun} was not applied."
        case Delivery.EXPIRED:
            return f"The visit's time came before your {noun} could be sent."
        case Delivery.VOID:
            return f"The patient withdrew what they shared; your {noun} was not sent."
        case _:
            return f"{noun}: {DELIVERY[intention.delivery]}."


# -- sharing --------------------------------------------------------------------------------

DATA: Final[dict[DataClass, str]] = {
    DataClass.CONTACT: "Contact",
    DataClass.DEMOGRAPHIC: "About the person",
    DataClass.INSURANCE: "Insurance",
    DataClass.MEDICAL: "Medical",
}
UNVERIFIED: Final = "As the patient stated it, not verified"
OWN_WORDS: Final = "In the patient's own words"
NOTHING_GIVEN: Final = "Shared, nothing filled in"
GUARDIAN: Final = "Guardian decides for the patient"


def sharing(decision: Sharing, decided: str) -> str:
    """What the patient decided for a class; `decided` is the day, empty when not known."""
    match decision:
        case Sharing.SHARED:
            return "Shared"
        case Sharing.WITHHELD:
            return "Withheld"
        case Sharing.WITHDRAWN:
            return f"Withdrawn since {decided}" if decided else "Withdrawn"
        case Sharing.NOT_KNOWN:
            return "Not arrived"


SHARING_ADVICE: Final[dict[Sharing, str]] = {
    Sharing.SHARED: "",
    Sharing.WITHHELD: "The patient chose not to share this with the office.",
    Sharing.WITHDRAWN: "It is out of use here; what the law keeps, only the privacy officer sees.",
    Sharing.NOT_KNOWN: "The patient's decision has not arrived yet.",
}

GENDER: Final[dict[str, str]] = {
    "male": "Male",
    "female": "Female",
    "other": "Other",
    "unknown": "Gender not stated",
}

ROLE: Final[dict[Role, Words]] = {
    Role.FRONT_DESK: Words("Front desk", "Sees the day and answers bookings"),
    Role.PROVIDER: Words("Provider", "The same, and medical data"),
    Role.REPLY_AUTHOR: Words("Reply author", "Answers reviews; sees no patients"),
    Role.PRIVACY_OFFICER: Words("Privacy officer", "Reads everything; answers no bookings"),
    Role.IT_ADMINISTRATOR: Words("IT administrator", "Keeps the program running; sees no patients"),
}


# -- the palette ----------------------------------------------------------------------------

ACTIONS: Final[dict[str, str]] = {
    "today": "Go to Today",
    "outbox": "Go to Outbox",
    "reviews": "Go to Reviews",
    "check": "Check replies that are already out",
    "papers": "Policies and officials",
    "referrals": "Go to Referrals",
    "new-referral": "New referral",
    "settings": "Go to Settings",
    "lists": "Go to Lists",
    "journal": "Open the journal",
    "people": "People who may sign in here",
    "partners": "Partners outside the exchange",
    "week-review": "The weekly review",
    "incidents": "Something went wrong: what to do first",
    "terms": "Terms, agreements and support",
    "posture": "How this installation stands",
    "kept": "What is kept, and how long",
    "asked": "What patients ask for",
    "own": "Your sign-in: PIN, password, emergency access",
    "access": "Access and keys",
    "backups": "Backups and restore",
    "export": "Hand data out as an encrypted file",
    "retire": "Take this computer out of service",
    "copy": "Copy for your practice system",
    "entered": "Mark as entered in your practice system",
    "claim": "Take the visit, or let it go",
    "person": "Open the patient's card",
    "print": "Print the day sheet",
    "lock": "Lock",
    "switch": "Hand the desk to a colleague",
    "sync": "Sync now",
    "before": "Previous day or week",
    "after": "Next day or week",
    "home": "Back to today",
    "week": "Day or week",
    "everyone": "All providers",
    "inbox": "Go to the booking inbox",
    "cancelled": "Show or hide cancelled visits",
    "undo": "Undo the last act",
    "keys": "Keys of this page",
}
"""By the name that `ui/keys.py` gives the shortcut as well."""

PALETTE_HINT: Final = "Find a patient, go to a day, or do something"
GROUP_PATIENTS: Final = "Patients"
GROUP_RECENT: Final = "Opened last"
GROUP_DAY: Final = "Go to day"
GROUP_ACTIONS: Final = "Actions"
MORE_FIT: Final = "More people fit. Type more to narrow down."
NOBODY_FITS: Final = "No patient fits what you typed."
NOTHING_FITS: Final = "Nothing fits what you typed."


# -- the exchange ---------------------------------------------------------------------------


def count(number: int, one: str, many: str) -> str:
    """1 booking; 3 bookings."""
    return f"{number} {one if number == 1 else many}"


def waiting(number: int) -> str:
    """, 3 waiting; nothing for none."""
    return f", {number} waiting" if number else ""


LINK: Final[dict[str, str]] = {
    "never": "Not connected yet",
    "connecting": "Connecting",
    "up-to-date": "Up to date at {at}",
    "receiving": "Receiving bookings",
    "refused": "Refused by the exchange",
    "offline": "Offline since {at}",
    "busy": "Exchange busy, as of {at}",
    "signed-out": "Signed out by the exchange",
    "too-old": "Too old for the exchange",
    "garbled": "Exchange answers wrongly, as of {at}",
    "stopped": "Stopped",
    "terms": "New terms to confirm, as of {at}",
    "paused": "Working offline since {at}",
}
"""By the value of the link, for the line that is always visible; `{at}` is the last contact."""

LINK_WITHOUT_TIME: Final[dict[str, str]] = {
    "up-to-date": "Up to date",
    "offline": "Offline",
    "busy": "Exchange busy",
    "garbled": "Exchange answers wrongly",
    "terms": "New terms to confirm",
    "paused": "Working offline",
}

LINK_ADVICE: Final[dict[str, Words]] = {
    "terms": Words(
        "CareKraft has new terms: bookings wait until somebody here has confirmed them",
        "Read and confirm them under Settings, Terms, agreements and support. Nothing is lost:"
        " what has come since waits at the exchange.",
    ),
    "signed-out": ERRORS["signed-out"],
    "too-old": ERRORS["client-too-old"],
    "garbled": ERRORS["exchange-garbled"],
    "refused": ERRORS["exchange-refused"],
    "stopped": Words(
        "Synchronization has stopped",
        "Nothing arrives and nothing is sent. Lock and unlock to start it again.",
    ),
}

OFFLINE_STEPS: Final[tuple[tuple[int, Words], ...]] = (
    (
        120 * 60,
        Words(
            "Offline for {age}",
            "New bookings and cancellations are missing here. Telephone patients before you"
            " rely on this day, and tell your administrator.",
        ),
    ),
    (
        30 * 60,
        Words(
            "Offline for {age}",
            "Patients may have booked or cancelled meanwhile. Check the network; what you do is"
            " kept and sent later.",
        ),
    ),
    (
        5 * 60,
        Words(
            "Offline for {age}",
            "You can go on working. What you do is kept and sent when the connection is back.",
        ),
    ),
)
"""From how many seconds without contact which words stand in the bar, longest first."""

NO_OLD_NEWS: Final = Words(
    "Not connected yet", "No bookings have arrived so far. Check the network."
)


def receiving(done: int, head: int) -> str:
    """While a long first synchronization runs."""
    return f"Receiving bookings: {done:,} of {head:,}" if head else "Receiving bookings"


def quarantined(number: int) -> Words:
    """When records could not be read."""
    return Words(
        f"{count(number, 'record', 'records')} of the exchange could not be read",
        "They are kept aside and tried again after an update. Tell your administrator.",
    )


# -- set-up, unlock, settings ---------------------------------------------------------------

PASSWORD_LEAST: Final = 8
"""Characters; the services hold the rule, this is for the hint while typing."""


def password_hint(password: str, again: str) -> str:
    """What is still missing from a new password, empty when it can be tried."""
    missing = PASSWORD_LEAST - len(password)
    if not password:
        return f"At least {PASSWORD_LEAST} characters. A few unrelated words are best."
    if missing > 0:
        return f"{count(missing, 'more character', 'more characters')} to go"
    if len(set(password)) < 5:
        return "Use more than a few different characters"
    if again != password:
        return "Type it a second time, the same" if not again else "The two do not match"
    return ""


UNLOCKING: Final = "Opening the store"
LOCKED_BY: Final[dict[str, str]] = {
    "start": "",
    "person": "Locked. Type your password to go on.",
    "switch": "Who is at the desk now?",
    "long-idle": "Locked completely because nobody used it for half an hour.",
    "session-over": "Locked completely after twelve hours, as every day.",
    "shut-out": "Locked: a colleague has ended this sign-in for the whole office.",
    "lost": "Locked: this computer was reported lost, and its keys are destroyed.",
    "pins": "Locked completely after three wrong PINs.",
    "closed": "",
    "idle": "Locked because nobody used it for a while.",
    "system": "Locked together with the computer.",
    "sleep": "Locked before the computer went to sleep.",
    "damaged": "Closed because the store on this computer is damaged.",
    "restore": "Closed because a backup is to be restored.",
    "restored": "The office was put in place. Sign in to go on.",
    "ended": "Closed for good: this computer is being taken out of service.",
    "journal": "Locked because what is shown could not be written into the journal. Make room on the"
    " disk, then type your password.",
}
