"""What the register of patients' requests says, and the letters that answer them."""

from typing import Final

from carekraft_desktop.domain.asking import Asked, Delay, Denial, Identity, Result
from carekraft_desktop.domain.copying import FeeTold
from carekraft_desktop.presenters.words import Words

TITLE: Final = "What patients ask for"
ADVICE: Final = (
    "Every request of a patient about their own record, with the day by which it has to be"
    " answered. A new one is taken on the patient's card."
)
NO_RIGHT: Final = Words(
    "Your role does not see patients' requests", "Ask the privacy officer if you need to."
)
NONE: Final = Words(
    "Nobody has asked for anything",
    "Take a request on the patient's card, under Privacy.",
)
HEADS: Final = ("Patient", "Asks for", "Answer by", "State")
BELOW: Final[dict[int, str]] = {1: "{}", 2: "by {}"}
"""Columns that stand below the name where the list is narrow."""
BANNER: Final = Words(
    "A patient's request is overdue",
    "Open it under Settings, What patients ask for, or with Ctrl+K.",
)
BANNER_SOON: Final = Words(
    "A patient's request is due within ten days",
    "Open it under Settings, What patients ask for, or with Ctrl+K.",
)

KIND: Final[dict[Asked, str]] = {
    Asked.ACCESS: "Copy of the record",
    Asked.AMENDMENT: "Change of the record",
    Asked.ACCOUNTING: "Who was told what",
    Asked.RESTRICTION: "Not to tell something",
    Asked.CONFIDENTIAL: "Another way to reach",
    Asked.COMPLAINT: "Complaint",
}
DAYS_BY_LAW: Final = "the days are those of the rule"
DAYS_OWN: Final = "the days are the office's own"
IDENTITY: Final[dict[Identity, str]] = {
    Identity.PHOTO: "A photo identity card was shown",
    Identity.DETAILS: "Birth date, address and last visit agreed",
    Identity.SIGNATURE: "The signature on the letter agreed",
    Identity.AUTHORITY: "A representative's papers were shown",
}
DELAY: Final[dict[Delay, str]] = {
    Delay.OFF_SITE: "Part of the record is kept elsewhere",
    Delay.MANY_SYSTEMS: "It has to be gathered from several systems",
    Delay.ADVICE: "We are taking advice on it",
    Delay.OTHERS: "Somebody outside the office has to answer first",
}
DENIAL: Final[dict[Denial, str]] = {
    Denial.NOT_CREATED_HERE: "It was not written here",
    Denial.NOT_IN_RECORD_SET: "It is not part of the record",
    Denial.NOT_ACCESSIBLE: "It is something that you may not inspect",
    Denial.ACCURATE: "It is accurate and complete",
}
RESULT: Final[dict[Result, str]] = {
    Result.HANDED_OVER: "Handed over",
    Result.AMENDED: "Amended",
    Result.CORRECT_AT_SOURCE: "Corrected in CareKraft",
    Result.DENIED: "Denied",
    Result.AGREED: "Agreed",
    Result.NOT_AGREED: "Not agreed",
    Result.ANSWERED: "Answered",
    Result.TAKEN_BACK: "Taken back by the patient",
}
OVERDUE: Final = "Overdue"
SOON: Final = "Due soon"
OPEN: Final = "Open"
GONE: Final = "Somebody who is no longer here"

CAME: Final = "Came"
BY: Final = "Answer by"
EXTENDED: Final = "Extended because"
WHO: Final = "Who asks"
SELF: Final = "The patient"
REPRESENTATIVE: Final = "Somebody who acts for the patient"
MADE_SURE: Final = "Identity"
NOT_YET: Final = "not checked yet"
FEE: Final = "Fee"
GOES_TO: Final = "Goes to"
ASKED: Final = "In the patient's words"
DECISION: Final = "Decision"
WHY_DENIED: Final = "Denied because"
DISAGREEMENT: Final = "Statement of disagreement"
TAKEN_BY: Final = "Taken by"

DO_IDENTITY: Final = "Record how identity was checked"
DO_EXTEND: Final = "Extend once, because"
DO_DENY: Final = "Deny, because"
DO_AMEND: Final = "Amend"
DO_CORRECT: Final = "Correct in CareKraft, and fetch anew"
DO_DISAGREE: Final = "Attach the statement"
STATEMENT: Final = "The patient's statement"
FULL: Final = "With referral bookings"
TO_PAPER: Final = "Hand over on paper"
TO_FILE: Final = "Hand over as an encrypted file ..."
DO_LETTER: Final = "Print the reply letter"
DO_CLOSE: Final = "Close as: {result}"
GO: Final = "Go"

FEE_TITLE: Final = "What the copy costs"
FEE_ADVICE: Final = (
    "Only the work of copying, supplies and postage; never looking for it. The patient is told"
    " before anything is handed over, and may ask for less."
)
FEE_PARTS: Final = ("Copying, $", "Supplies, $", "Postage, $")
FEE_PUT: Final = "Put the fee down"
FEE_TELL: Final = "The patient knows the fee and wants the copy"
FEE_TOLD: Final[dict[FeeTold, str]] = {
    FeeTold.AT_THE_DESK: "Said at the desk",
    FeeTold.BY_PHONE: "Said by telephone",
    FeeTold.IN_WRITING: "Agreed in writing",
}
NO_FEE: Final = "none"
FEE_NOT_TOLD: Final = "{fee}; the patient does not know it yet"
FEE_KNOWN: Final = "{fee}; {how} on {day}"
FIRST: Final = "Before it can be handed over:"
FIRST_IDENTITY: Final = "record how identity was checked"
FIRST_FEE: Final = "tell the patient the fee, and record that they want the copy"

THIRD: Final = "Send the copy to somebody else"
THIRD_ADVICE: Final = (
    "On the patient's signed writing that names who gets it and where it goes, or under an"
    " authorization on file. It is put into the accounting."
)
THIRD_UNDER: Final = "On what"
THIRD_FIELDS: Final = ("Who gets it", "Where it goes", "Signed on (e.g. 2026-03-31)")
THIRD_PUT: Final = "It goes there"
THIRD_BACK: Final = "It goes to the patient after all"
WRITING: Final = "A signed request of the patient"
PAPER: Final = "The authorization for {name}: {what}"
UNDER_WRITING: Final = "Goes to {name}, {address}, as the patient signed on {day}."
UNDER_PAPER: Final = "Goes to {name}, {address}, under the authorization of {day}."

FIND_TITLE: Final = "Somebody who is no longer here"
FIND_ADVICE: Final = (
    "Whoever was erased can still ask who was told what. The booking number that they bring leads"
    " to the paperwork that is left."
)
FIND_NUMBER: Final = "Booking number"
FIND_FOR: Final = "What is asked"
FIND_GO: Final = "Take the request"

UNCLEAR: Final[dict[str, Words]] = {
    "fee": Words("That is no sum", "Type dollars and cents, such as 6.50, below a thousand."),
    "free": Words(
        "This accounting is free",
        "The first in twelve months costs the patient nothing. Leave the fields empty.",
    ),
    "fee-told": Words(
        "The patient does not know the fee",
        "Tell them first, and record that they want the copy at it.",
    ),
    "identity": Words(
        "Nobody has recorded who asks", "Record how identity was checked, then hand it over."
    ),
    "directed": Words(
        "It is not said who gets it and where",
        "The writing has to name both. Without them the copy goes to the patient.",
    ),
    "signed": Words("The day of the signature is missing", "As 2026-03-31, and not after today."),
    "number": Words(
        "Nobody of that number was here",
        "Compare it with the patient's paper: capital letters, digits and dashes.",
    ),
    "number-here": Words(
        "The patient is still here", "Take the request on the patient's card, under Privacy."
    ),
}
"""Why a step of a request cannot be taken, by the refusal's detail."""

DID: Final[dict[str, str]] = {
    "identity": "Recorded. Now it can be handed over.",
    "extend": "Extended once. Print the letter: the patient is told why.",
    "deny": "Denied. The patient may attach a statement, which stays with the record.",
    "amend": "Amended. The request stays linked to the record.",
    "correct": "The patient corrects it in CareKraft; everything is fetched anew.",
    "disagree": "The statement is attached, for good.",
    "close": "Closed.",
    "paper": "Printed. The request is answered.",
    "fee": "Put down. Where there is a fee, the patient is told of it first.",
    "fee-told": "Recorded. Now it can be handed over.",
    "direct": "Put down. It goes there when it is handed over.",
    "to-the-patient": "It goes to the patient.",
    "by-number": "The request is on the register. Record how identity was checked.",
    "file": "The encrypted file is written. Tell the passphrase another way; it is shown once.",
}
PHRASE: Final = "Passphrase: {phrase}"

RECORD_TITLE: Final = "{office}: everything held on {name}"
ACCOUNTING_TITLE: Final = "{office}: who was told what of {name}"
RECORD_HEADS: Final = ("Part", "What", "Value")
ACCOUNTING_HEADS: Final = ("Day", "To whom", "Address", "What", "Why")
NOTHING_TOLD: Final = "Nothing that the rule asks for was told outside the office in six years."
LETTER_TITLE: Final = "{office}: your request of {day}"
LETTER_OPEN: Final = "Dear {name},"
LETTER: Final[dict[str, str]] = {
    "open": "We have your request ({kind}). We answer it by {by}.",
    "extended": (
        "We have your request: {kind}. We need more time for it and answer by {by}. The reason:"
        " {reason}."
    ),
    "handed-over": "You asked for: {kind}. It goes to you together with this letter.",
    "amended": (
        "We have amended your record as you asked. Your request stays linked to it. Tell us whom"
        " else we should inform."
    ),
    "correct-at-source": (
        "What you want changed came to us from CareKraft. Please correct it in your CareKraft"
        " profile; we receive the correction by ourselves."
    ),
    "denied": (
        "We do not change the record. The reason: {reason}. You may write us a statement of"
        " disagreement, which then stays with the record; or ask that your request and this"
        " answer are attached to it. You may complain to us, or to the Secretary of Health and"
        " Human Services."
    ),
    "agreed": "We do as you asked: {kind}. It counts from now on.",
    "not-agreed": "We cannot agree to what you asked: {kind}.",
    "answered": (
        "We have looked into your complaint. Complaining has no effect on your care. You may also"
        " turn to the Secretary of Health and Human Services."
    ),
    "taken-back": "You have taken your request back: {kind}.",
}
LETTER_END: Final = "{official}, privacy official, {office}, {phone}"
FEE_WORDS: Final = "The fee for this is {fee}: {parts}."
FEE_PART: Final = ("copying {fee}", "supplies {fee}", "postage {fee}")
FEE_ASK: Final = (
    "Tell us whether you want it at this fee, or less of it. We hand nothing over before you have"
    " answered."
)
SENT_TO: Final = "As you asked in writing, it goes to {name}, {address}."
GIVEN_TO: Final = "Given to {name}, {address}, at the patient's written request of {day}."
KEEPS: Final = (
    "A provider keeps records of care for a legal period. Deleting them from CareKraft does not"
    " delete the provider's record."
)
"""What a patient is told whose record is kept (REQ-86)."""
