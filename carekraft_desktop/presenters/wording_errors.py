"""What is said of each failure, and why the exchange or the office did not do what was wanted."""

from typing import Final

from carekraft_desktop.errors import CareKraftError, Refused, TooManyTries, WeakPassword
from carekraft_desktop.presenters.words import Words

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
