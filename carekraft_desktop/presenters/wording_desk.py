"""What the front desk reads of changes, claims, lists and paper; the rest is in `wording.py`."""

from typing import Final

from carekraft_desktop.domain.ages import Gate
from carekraft_desktop.domain.changes import Field
from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.domain.likeness import Point
from carekraft_desktop.domain.marks import CallOutcome
from carekraft_desktop.domain.patients import DataClass, Sharing
from carekraft_desktop.presenters.wording import DATA, count
from carekraft_desktop.presenters.words import Words

FIELD: Final[dict[Field, str]] = {
    Field.TIME: "Time",
    Field.PROVIDER: "Provider",
    Field.STATUS: "Status",
    Field.SHARING: "Sharing",
    Field.NAME: "Name",
    Field.GUARDIAN: "Guardian",
    Field.PHONE: "Telephone",
    Field.EMAIL: "E-mail",
    Field.ADDRESS: "Address",
    Field.POSTAL_CODE: "ZIP code",
    Field.GENDER: "Gender",
    Field.BIRTH_DATE: "Birth date",
    Field.CARRIER: "Insurance carrier",
    Field.PLAN: "Insurance plan",
    Field.MEMBER: "Member number",
    Field.PURPOSE: "Purpose of the visit",
    Field.COMMENT: "Comment",
    Field.PREVIOUS: "Seen before by",
}
STATUS_NEWS: Final[dict[tuple[str, str], str]] = {
    ("offered", "confirmed"): "The patient took the offered time",
    ("confirmed", "requested"): "The patient asks for another time; it has to be accepted anew",
}
CANCELLED_NEWS: Final = "Cancelled by the patient"
NEW_VALUE: Final = "New value, see below"
CHANGED: Final = "Changed since it was last read here"
CHANGES_READ: Final = "Changes read"
GOT_IT: Final = "Got it"
ACCEPT_ROW: Final = "Accept"
_SHARE: Final[dict[str, str]] = {
    Sharing.SHARED.value: "shared",
    Sharing.WITHHELD.value: "withheld",
    Sharing.WITHDRAWN.value: "withdrawn",
    Sharing.NOT_KNOWN.value: "not arrived",
}


def sharing_changed(data: str, before: str, after: str) -> tuple[str, str]:
    """Label and words of another decision: Insurance; shared, now withdrawn."""
    return DATA[DataClass(data)], f"{_SHARE[before]}, now {_SHARE[after]}"


def changed_mark(fields: tuple[str, ...]) -> str:
    """Changed: time, insurance."""
    shown = ", ".join(name.lower() for name in fields[:2])
    more = f" and {len(fields) - 2} more" if len(fields) > 2 else ""
    return f"Changed: {shown}{more}"


def inbox_note(requests: int, changed: int, oldest: str, marked: int) -> str:
    """What waits in the inbox, and how many rows are marked."""
    parts = []
    if requests:
        parts.append(f"{requests} to answer, oldest {oldest}")
    if changed:
        parts.append(f"{changed} changed")
    if marked:
        parts.append(f"{marked} marked, A accepts them together")
    return " · ".join(parts)


def accepted(done: int, wanted: int) -> str:
    """What the toast says after several requests were accepted together."""
    words = count(done, "booking accepted", "bookings accepted")
    left = wanted - done
    return f"{words}, {left} had changed" if left else words


# -- paper ----------------------------------------------------------------------------------

PACKET_ADVICE: Final = (
    "Every hour the rest of today and the next day are sealed in a file that only the recovery key"
    " on paper opens, on any computer with this program: carekraft-desktop packet FILE."
)
PACKET_HINT: Final = "A memory stick or a folder on another computer; empty for this one only."
NO_PRINTER: Final = "No printer is set up on this computer. Nothing was printed."
PACKET_FAILED: Final = "The downtime packet could not be written. {title}."


# -- the patient's card ---------------------------------------------------------------------


def decided_by(day: str, *, guardian: bool) -> str:
    """By the guardian, Sat, Nov 21."""
    if not day:
        return ""
    return f"{'By the guardian' if guardian else 'By the patient'}, {day}"


GATE: Final[dict[Gate, Words]] = {
    Gate.MINOR: Words(
        "Under 18",
        "The guardian decides and is called. The child's own telephone and e-mail are not used.",
    ),
    Gate.NO_GUARDIAN: Words(
        "Under 18, and no guardian is named",
        "Ask who acts for the child before anything is confirmed, and tell your privacy officer.",
    ),
    Gate.AGED_OUT: Words(
        "Of age, and the guardian decided what is shared",
        "The guardian's word ended with the eighteenth birthday. Ask the patient to decide anew"
        " in CareKraft.",
    ),
}
POINT: Final[dict[Point, str]] = {
    Point.NAME: "The same name",
    Point.NAME_ALIKE: "A name that differs by little",
    Point.BIRTH_DATE: "The same birth date",
    Point.PHONE: "The same telephone number",
    Point.EMAIL: "The same e-mail address",
    Point.MEMBER: "The same member number",
    Point.OTHER_BIRTH_DATE: "Another birth date",
    Point.OTHER_GENDER: "Another gender",
    Point.OTHER_MEMBER: "Another member number",
}
AGAINST: Final = frozenset({Point.OTHER_BIRTH_DATE, Point.OTHER_GENDER, Point.OTHER_MEMBER})
LOOKS_ALIKE: Final = "This may be the same person"
JOINED: Final = "Joined: the visits of both are shown here"
RECORDS: Final = "{number} records joined"
JOIN: Final = "Same person"
KEEP_APART: Final = "Two people"
SEPARATE: Final = "Separate again"
DID_JOIN: Final = "Joined. Nothing of either record has changed."
DID_KEEP_APART: Final = "Kept apart; not suggested again"
DID_SEPARATE: Final = "Separated"
NO_VISITS: Final = Words("No visits", "This patient has no booking with the office.")
MEDICAL_ON_VISITS: Final = "Open a visit to see its purpose."


# -- colleagues -----------------------------------------------------------------------------


def on_it(name: str, workstation: str) -> str:
    """Sam Lee, Front desk 2."""
    return f"{name}, {workstation}" if workstation else name


def claimed_by(name: str, workstation: str, since: str) -> str:
    """Who is on this, in a sentence."""
    where = f" at {workstation}" if workstation else ""
    return f"{name}{where} is on this since {since}."


def claimed_by_me(until: str) -> str:
    """The person's own claim."""
    return f"You are on this until {until}. Colleagues see it."


def lost(noun: str, name: str, workstation: str) -> str:
    """Two have met; the exchange kept the other's."""
    where = f" at {workstation}" if workstation else ""
    who = f"{name}{where}" if name else "A colleague"
    return f"{who} was first; your {noun} was not kept."


MINE: Final = "You are on this"
CLAIMED: Final = "Taken: colleagues see that you are on it"
RELEASED: Final = "Let go"
ENTERED: Final = "Marked as entered"
UNENTERED: Final = "No longer marked as entered"


def entered_by(name: str, at: str) -> str:
    """Who entered it, and when."""
    return f"Entered by {name}, {at}"


CHANGED_SINCE_ENTERED: Final = "Changed since it was entered: enter it again"

TOO_LATE_TO_TAKE_BACK: Final = "A mark can be taken back until the end of its day"


# -- the outbox -----------------------------------------------------------------------------

WHAT_TO_DO: Final[dict[Delivery, str]] = {
    Delivery.WAITING: "It leaves by itself as soon as the exchange can be reached. Until then you"
    " can take it back.",
    Delivery.UNKNOWN: "It may have been applied already. The exchange is asked again by itself;"
    " there is nothing to do.",
    Delivery.DEFERRED: "The exchange asked for patience. It is tried again by itself.",
    Delivery.CONFLICT: "Open the visit, look at what it says now, and decide anew.",
    Delivery.REJECTED: "Open the visit and look at what it says now; trying the same again will"
    " not help.",
    Delivery.EXPIRED: "Telephone the patient if they still count on an answer.",
}
"""What somebody does about an act, by how far it has come."""
NOTHING_TO_DO: Final = "There is nothing more to do; mark it as read."


# -- alerts ---------------------------------------------------------------------------------


def alert(new: int, moved: int, cancelled: int, changed: int) -> str:
    """2 new bookings, 1 cancelled; counts and kinds only."""
    parts = [count(new, "new booking", "new bookings")] if new else []
    for number, word in ((moved, "moved"), (cancelled, "cancelled"), (changed, "changed")):
        if number:
            noun = "" if parts else (" booking" if number == 1 else " bookings")
            parts.append(f"{number}{noun} {word}")
    return ", ".join(parts)


KNOCK_NAME: Final = "New request"
KNOCK_WANTS: Final = "{time}, with {provider}"
KNOCK_SPOKEN: Final = "{head}. F8 to answer it."
KNOCK_ACCEPT: Final = "Accept"
KNOCK_TIP: Final = "Accept it here (F8, then A)"
KNOCK_TIPS: Final = {
    "decline": "Decline it here (F8, then D)",
    "propose": "Offer another time (F8, then P)",
    "later": "Leave it in the inbox (Esc)",
}
KNOCK_DECLINE: Final = "Decline ..."
KNOCK_PROPOSE: Final = "Another time ..."
KNOCK_LATER: Final = "Later"
KNOCK_WHY: Final = "Decline it: why? The patient is told the reason."
KNOCK_WHEN: Final = "Offer another time: the free ones nearest to it."
KNOCK_NO_TIME: Final = "No free time is published near it."
KNOCK_ANSWERS: Final = "Answers"
KNOCK_ON_ITS_DAY: Final = "Choose on its day ..."
KNOCK_BACK: Final = "Back"


def knock(age: str) -> str:
    """What has come, and since when it waits."""
    return f"{KNOCK_NAME}, {age}"


def knock_more(behind: int) -> str:
    """How many wait behind the one that is shown."""
    return f"{behind} more behind it" if behind else ""


ALERTS_ADVICE: Final = (
    "A count and a kind only, never a name; not while you look at the day and its inbox."
)
QUIET_ADVICE: Final = "What comes in the quiet hours is told in one sentence when they are over."
TEMPLATE_ADVICE: Final = (
    "Y copies the open visit in this shape. Only what the patient shares is copied; each copy is"
    " written in the journal, and the clipboard clears itself after half a minute. It is off until"
    " your privacy officer turns it on, under Access and keys."
)
TEMPLATE_KEPT: Final = "Template kept"
TEMPLATE_RESTORED: Final = "Back to the shipped template"


# -- lists ----------------------------------------------------------------------------------

COPIED: Final = "Copied for {title}. The clipboard clears itself in {seconds} seconds."
TO_ENTER: Final = "To enter"
TO_CALL: Final = "To call"
SWEEP: Final = "End of day"
TO_ENTER_ADVICE: Final = "Confirmed bookings that your practice system does not have yet."
TO_CALL_ADVICE: Final = "Visits that come up, doubtful insurance, and who did not come."
SWEEP_ADVICE: Final = "Visits of today that nobody has marked. One key for each, Enter when done."
ALL_ENTERED: Final = Words("Everything is entered", "Newly confirmed bookings appear here.")
NOBODY_TO_CALL: Final = Words("Nobody to call", "Reminders for the next days appear here.")
DAY_SWEPT: Final = Words("The day is done", "Every visit of today that has begun is marked.")
NOT_ENTERED: Final = "Not entered"
ENTERED_BEFORE: Final = "Changed since entered"
WHY_CALL: Final[dict[str, str]] = {
    "again": "Call again",
    "upcoming": "Visit coming up",
    "insurance": "Insurance incomplete",
    "no-show": "Did not come",
}
PREFERS: Final[dict[str, str]] = {
    "phone": "Prefers a call",
    "sms": "Prefers a text message",
    "email": "Prefers e-mail",
    "": "No preference",
}
OUTCOME: Final[dict[CallOutcome, str]] = {
    CallOutcome.REACHED: "Reached",
    CallOutcome.NO_ANSWER: "No answer",
    CallOutcome.LEFT_MESSAGE: "Left a message",
    CallOutcome.CALL_BACK: "Wants to be called back",
    CallOutcome.WRONG_NUMBER: "Wrong number",
}
NO_NUMBER: Final = "No telephone number is shared"
GUARDIAN_CALL: Final = "The call goes to the guardian"
HOW_IT_ENDED: Final = "How did the call end? Press its number."
CALL_LOGGED: Final = "Call logged: {outcome}"


def last_call(outcome: str, name: str, at: str) -> str:
    """No answer, Rosa Alvarez, 09:40."""
    return f"{OUTCOME[CallOutcome(outcome)]}, {name}, {at}"


def swept(marked: int, left: int) -> str:
    """What the toast says when the sweep is finished."""
    words = count(marked, "visit marked", "visits marked")
    return f"{words}, {left} left open" if left else f"{words}, none left open"


LET_BE_GO: Final = "Do not contact"
LET_BE_BACK: Final = "May be contacted again"
LET_BE: Final = "This patient is on no list of calls from now on."
LET_BE_OVER: Final = "This patient may be called and reminded again."
LET_BE_NOTE: Final = Words(
    "This patient asked not to be contacted",
    "Nobody calls or reminds them; the lists of calls and the packet leave them out.",
)


def not_given(labels: tuple[str, ...]) -> str:
    """Which of the expected fields did not come; nothing is invented in their place."""
    return f"Not given: {', '.join(label.lower() for label in labels)}."
