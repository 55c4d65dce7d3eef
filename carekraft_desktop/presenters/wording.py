"""Every sentence that a person at the desk reads, in one place.

Codes and values come in, plain English goes out. No other module of the program holds a
sentence for the screen, apart from labels that name a field or a button on it.
"""

from typing import Final

from carekraft_desktop.domain.acts import Act, Cancel, Decline, Overlap
from carekraft_desktop.domain.codes import DataClass, Sharing, Status
from carekraft_desktop.domain.intentions import REVIEW, Delivery, Intention
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.errors import CareKraftError, Refused, TooManyTries, WeakPassword
from carekraft_desktop.value import Value

PROGRAM: Final = "CareKraft"


class Words(Value, frozen=True):
    """What happened, and what to do about it."""

    title: str
    advice: str


ERRORS: Final[dict[str, Words]] = {
    "unexpected": Words(
        "Something could not be done",
        "Try again. If it stays, tell your administrator the word in the report.",
    ),
    "wrong-password": Words(
        "That password does not fit",
        "Check Caps Lock and the keyboard layout, then type it again.",
    ),
    "wrong-recovery-key": Words(
        "That recovery key does not open this office",
        "Compare it with the paper group by group. It may belong to another office.",
    ),
    "wrong-workstation-code": Words(
        "That workstation code does not fit",
        "It is on the sheet that was printed when this computer was set up.",
    ),
    "too-many-tries": Words(
        "Too many tries", "Wait until the time is up, then type the password again."
    ),
    "weak-password": Words(
        "This password is too easy to guess",
        "Take a longer one: four or five unrelated words are easy to keep and hard to guess.",
    ),
    "name-not-allowed": Words(
        "This sign-in name cannot be used",
        "Each person has a name of their own, such as r.alvarez. Shared names like frontdesk"
        " are not possible.",
    ),
    "weak-pin": Words(
        "This PIN is too easy to guess",
        "Take six digits that are no row such as 123456 and do not repeat.",
    ),
    "wrong-pin": Words("That PIN does not fit", "Try it again, or type your password."),
    "pins-used-up": Words(
        "Too many wrong PINs", "The office was locked completely. Type your password to open it."
    ),
    "pin-needs-password": Words(
        "Type your password this time",
        "A PIN works for people who have signed in here since the office was opened.",
    ),
    "password-again": Words(
        "Type your password once more", "What you asked for needs a password typed just now."
    ),
    "covered": Words("The screen is locked", "Unlock it, then try again."),
    "key-file-damaged": Words(
        "The key file of this computer is damaged",
        "Use the recovery key from paper, or restore the file from a backup.",
    ),
    "container-shut": Words(
        "The container does not open.",
        "Check the passphrase, letter by letter. If it is right, the file was damaged on its way:"
        " ask for it again.",
    ),
    "packet-damaged": Words(
        "This is no downtime packet, or it was altered",
        "Take the newest file named downtime.packet; another copy may be whole.",
    ),
    "no-office": Words(
        "There is no office on this computer",
        "Start the program without a command to set one up, or restore one from a backup.",
    ),
    "keyring-missing": Words(
        "This computer has no keyring",
        "Type the workstation code from the set-up sheet as well.",
    ),
    "keyring-refused": Words(
        "The computer's keyring did not answer",
        "Unlock the keyring or sign in to the computer again, then try once more.",
    ),
    "keyring-unsafe": Words(
        "This computer's keyring keeps secrets in the open",
        "So it is not used. Come in with the recovery key from paper; a code on paper then takes"
        " the keyring's place, and nothing is deleted.",
    ),
    "keyring-lost": Words(
        "The computer's keyring no longer knows this workstation",
        "This happens after a reset of the computer's password. Use the recovery key from paper;"
        " nothing has been deleted.",
    ),
    "not-encrypted": Words(
        "The store would not be encrypted",
        "Nothing was opened or written. Ask your administrator to repair the installation.",
    ),
    "store-missing": Words(
        "The office's store is not on this computer",
        "It may have been moved or deleted. Restore it from a backup, or set the computer up"
        " again with a new enrolment code.",
    ),
    "store-damaged": Words(
        "The office's store is damaged",
        "Your password is right. Restore the store from a backup, or set the computer up again:"
        " the bookings come back from the exchange.",
    ),
    "store-rolled-back": Words(
        "The office's store is an older copy",
        "Its last changes are missing, as after a restore or a deleted file. Restore the newest"
        " backup, or set the computer up again: the bookings come back from the exchange.",
    ),
    "store-too-new": Words(
        "The store was written by a newer version",
        "Update CareKraft on this computer. Nothing was changed.",
    ),
    "store-busy": Words("The store was busy", "Nothing was saved. Try again in a moment."),
    "store-read-only": Words(
        "The store cannot be written",
        "Nothing was saved. Ask your administrator about the rights on its folder.",
    ),
    "disk-full": Words(
        "The disk is full",
        "What was there is safe; your last action was not saved. Free some space and try again.",
    ),
    "backup-damaged": Words(
        "This backup is damaged",
        "A part of it is missing or was changed, so it is not used. Nothing here was touched."
        " Choose another backup, an older one may be whole.",
    ),
    "backup-too-new": Words(
        "This backup was made by a newer version",
        "Update CareKraft on this computer, then restore it. Nothing was changed.",
    ),
    "backup-shut": Words(
        "Your password does not open this backup",
        "It was made before you could restore backups, or before your password was renewed."
        " Use the recovery key from paper, the one that was valid when the backup was made.",
    ),
    "backup-missing": Words(
        "There is no backup in this place",
        "Choose the folder of one backup, or the folder in which the backups lie. If they are on"
        " another disk, plug it in first.",
    ),
    "backup-of-another": Words(
        "This backup is of another workstation",
        "Only a backup of this computer's own store can take its place. Nothing was changed.",
    ),
    "folder-missing": Words(
        "The folder for backups cannot be reached",
        "Plug the disk in, or connect the network drive. Until then backups are kept on this"
        " computer and brought there as soon as it is back.",
    ),
    "catch-up-needed": Words(
        "The exchange has to be reached before this can be used",
        "Patients may have taken back what they shared since then, and only the exchange knows."
        " Nothing was changed. Try again when the network is back, and work from the downtime"
        " packet until then.",
    ),
    "nothing-readable": Words(
        "Nothing in this file can be read",
        "Its first page is gone, so nothing can be saved from it. Restore the newest backup.",
    ),
    "broken-off": Words("It was broken off", "Everything is as it was before."),
    "export-unclear": Words(
        "Something is missing",
        "Say who gets it, choose at least one field, and a time of one year at most.",
    ),
    "place-leaves": Words(
        "What is put into this folder does not stay there",
        "It is copied to a cloud, or the disk can be carried away. Choose another folder, or tick"
        " that this one is meant.",
    ),
    "already-running": Words(
        "CareKraft is already open", "Use the window that is open, or close it first."
    ),
    "offline": Words(
        "The exchange cannot be reached",
        "Check the network. What you do now is kept and sent later.",
    ),
    "exchange-unavailable": Words(
        "The exchange is busy", "It asks us to come back later; we do so by ourselves."
    ),
    "exchange-garbled": Words(
        "The exchange's answer made no sense",
        "Something between here and the exchange may have changed it. We try again by ourselves.",
    ),
    "reported-lost": Words(
        "This computer was reported lost",
        "Its keys are being destroyed. If it was found, set it up again with a new code.",
    ),
    "keys-destroyed": Words(
        "This computer was reported lost, and its keys are destroyed",
        "Nothing on it can be opened any more. Bring it to your administrator; it can be set up"
        " again with a new enrolment code, and the bookings come back from the exchange.",
    ),
    "shut-out": Words(
        "This sign-in was taken away",
        "A colleague has ended it for the whole office. Ask your privacy officer.",
    ),
    "needs-contact": Words(
        "This computer has not reached the exchange for 14 days",
        "Connect it to the network and sign in again, or come in with the recovery key.",
    ),
    "signed-out": Words(
        "The exchange no longer knows this workstation",
        "Ask your administrator for a new enrolment code. Your bookings stay readable here.",
    ),
    "code-needed": Words(
        "The exchange lets the lost computer in no more",
        "It was shut out, as it should be. Ask for a fresh enrolment code on the office's CareKraft"
        " page and type it here. Nothing was changed.",
    ),
    "code-refused": Words(
        "The enrolment code was not taken",
        "It may be mistyped, used already or out of date. Ask for a new one on the office's"
        " CareKraft page.",
    ),
    "exchange-refused": Words(
        "The exchange refused this", "Tell your administrator; trying again will not help."
    ),
    "changed-there": Words(
        "The partner had changed it meanwhile",
        "Nothing was cancelled. Look at how it stands now, and cancel again if it should go.",
    ),
    "partner-refused": Words(
        "The partner did not take it", "Call them, or book with somebody else."
    ),
    "partner-unclear": Words(
        "Something about the partner is missing or wrong", "Check what was filled in."
    ),
    "incident-unclear": Words(
        "This cannot be put down like that", "Look at what is marked, and choose again."
    ),
    "incident-open": Words(
        "The incident cannot be closed yet", "Do what is still open first; the page names it."
    ),
    "partner-in-use": Words(
        "Referrals are with this partner", "Cancel those that have not ended first."
    ),
    "held": Words(
        "HELD: a legal hold lies on it",
        "It stays until the privacy officer has released the hold.",
    ),
    "still-needed": Words(
        "Something here is nowhere else",
        "What stands in the way is listed, with what to do about each.",
    ),
    "kept-longer": Words(
        "It is kept longer",
        "Its time is not over. On the day it is, the nightly disposal takes it.",
    ),
    "table-unclear": Words(
        "A number is out of bounds",
        "Use whole numbers within the limits, and two letters for the state.",
    ),
    "request-unclear": Words(
        "Something is missing",
        "Fill in what this step needs: who asks, days as 2026-03-31, a code in capital letters,"
        " or the patient's words.",
    ),
    "not-authorized": Words(
        "No authorization covers this",
        "Ask the patient to sign one that names this recipient, and record it first.",
    ),
    "feed-restarted": Words(
        "The exchange was restored from a backup",
        "All bookings are being fetched again. Nothing you did is lost.",
    ),
    "client-too-old": Words(
        "This version is too old for the exchange",
        "Update CareKraft. Until then you can read, and nothing new arrives.",
    ),
    "not-permitted": Words(
        "Your role does not allow this", "Ask a colleague whose role does, or your administrator."
    ),
    "last-officer": Words(
        "Somebody has to answer for privacy",
        "Make a colleague privacy officer first, then try again.",
    ),
    "not-attested": Words(
        "Something has to be confirmed first",
        "Confirm the training and the policy in force under Your sign-in, in the settings.",
    ),
    "copying-off": Words(
        "Copying for another program is off in this office",
        "Your privacy officer turns it on in the settings, under Access and keys.",
    ),
    "illegal-step": Words(
        "This visit has changed meanwhile",
        "Look at what it says now, then choose again.",
    ),
    "no-longer-there": Words(
        "This visit is no longer here",
        "The patient withdrew what they shared, or the booking was deleted.",
    ),
    "template-unclear": Words(
        "This template cannot be used",
        "Each word in braces has to be one of the fields below, and it must say something.",
    ),
    "nothing-to-undo": Words("Too late to undo", "The answer has already left the office."),
    "editor-closed": Words(
        "Nobody can reply yet",
        "Put the social media policy, the privacy notice and the privacy official on file first.",
    ),
    "posting-locked": Words(
        "You cannot post for now",
        "A reply of yours was taken down. The privacy officer has to look at it first.",
    ),
    "draft-of-another": Words(
        "A colleague is writing here", "Read the draft, or take it over; then it is yours."
    ),
    "reply-not-safe": Words(
        "This text cannot be posted",
        "Change what is marked, take the safe wording, or hand it to somebody who may look at it.",
    ),
    "checker-broken": Words(
        "The checker's files are damaged", "Nothing was checked. Reinstall the program."
    ),
    "file-unreadable": Words(
        "The file cannot be read", "Save it as CSV in UTF-8, or as JSON Lines, and try again."
    ),
    "review-changed": Words(
        "The review has changed", "Read it again, then decide whether your reply still fits."
    ),
    "message-refused": Words(
        "This referral cannot be sent",
        "Something in it does not have the form that is allowed, so nothing was sent.",
    ),
    "referral-refused": Words(
        "The patient's permission does not cover this",
        "Nothing was sent. The referral says what is missing.",
    ),
}
"""By the code of the error; a test holds it against the whole tree."""


def of_error(error: CareKraftError) -> Words:
    """Title and advice for an expected failure."""
    words = ERRORS[error.code]
    if isinstance(error, TooManyTries):
        return Words(words.title, f"Wait {seconds_left(error.seconds)}, then type it again.")
    if isinstance(error, Refused):
        return Words(words.title, PROBLEMS.get(error.problem, words.advice))
    if isinstance(error, WeakPassword):
        return WEAK.get(error.detail, words)
    return words


WEAK: Final[dict[str, Words]] = {
    "too-short": Words(
        "This password is too short",
        "At least 8 characters, or 15 on a computer without a keyring. Four or five unrelated"
        " words are easy to keep.",
    ),
    "too-long": Words("This password is too long", "At most 1,024 characters are taken."),
    "well-known": Words(
        "This password is on every list of known ones",
        "Take one that nobody else would think of: four or five unrelated words.",
    ),
    "own-name": Words("This password is a name", "Take one that says nothing about you."),
    "not-text": Words(
        "This password holds signs that cannot be typed again", "Type it instead of pasting it."
    ),
}
"""Why a new password is not taken (REQ-33), by the error's detail."""


PROBLEMS: Final[dict[str, str]] = {
    "slot-taken": "The time was taken by someone else.",
    "already-marked": "A colleague was first.",
    "version-conflict": "The booking had changed meanwhile.",
    "illegal-transition": "The booking was no longer in a state that allows it.",
    "not-found": "The exchange no longer knows the booking.",
    "gone": "The patient withdrew the booking.",
    "skipped": "An earlier step on the same booking was not applied.",
    "invalid-request": "The exchange did not understand it. Tell your administrator.",
    "not-your-office": "The booking belongs to another office.",
    "key-reused": "The exchange saw its number used for something else. Tell your administrator.",
    "permission-none": "The patient has given no permission for it.",
    "permission-expired": "The patient's permission has run out.",
    "permission-revoked": "The patient has taken the permission back.",
    "permission-wrong-office": "The permission was given to another office.",
    "permission-wrong-target": "The permission does not name this provider.",
    "permission-wrong-specialty": "The permission does not name this specialty.",
    "permission-count-used": "The permission has been used already.",
    "permission-guardian-required": "The patient is a minor; a guardian has to give the permission.",
    "permission-aged-out": "The patient is of age now and has to give the permission in person.",
    "profile-drift": "The patient's details have changed since the message was made.",
    "schema": "The message was not of the form that is allowed.",
}
"""Why the exchange did not apply an act, by the slug of its problem."""

REVIEW_PROBLEMS: Final[dict[str, str]] = {
    "version-conflict": "The review or its reply had changed meanwhile.",
    "illegal-transition": "There is no reply that could be withdrawn.",
    "not-found": "The platform no longer knows the review.",
    "gone": "Its writer has deleted the review.",
}
"""Why the exchange did not take a reply, by the slug of its problem."""

STOPPED: Final[dict[str, str]] = {
    "changed-there": "The partner had changed it meanwhile.",
    "restored": "The office was restored from a backup. Look whether it still has to be done, and"
    " do it again if so.",
    "partner-refused": "The partner does not take it.",
    "partner-gone": "The partner was removed from the settings.",
    "reply-not-approved": "The text is not the one that was approved.",
    "reply-not-safe": "Checked once more, the text may not be posted.",
    "review-gone": "Its writer has deleted the review.",
    "review-changed": "The review was changed meanwhile.",
    "editor-closed": "A policy or an official is no longer on file.",
    "posting-locked": "A reply of its author was taken down; the privacy officer has to look first.",
    "permission-bad-signature": "The permission's signature is not the exchange's.",
    "permission-stale": "Nobody could say whether the permission still holds.",
    "no-agreement": "No agreement with CareKraft is recorded.",
}
"""Why an act was stopped here, in the moment in which it would have left the office."""


def seconds_left(seconds: float) -> str:
    """45 seconds; 3 minutes."""
    whole = max(1, round(seconds))
    if whole < 90:
        return "1 second" if whole == 1 else f"{whole} seconds"
    return f"{-(-whole // 60)} minutes"


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
