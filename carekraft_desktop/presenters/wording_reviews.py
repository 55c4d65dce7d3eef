"""Every sentence about reviews, replies, policies on file and the audit of old replies."""

from typing import Final

from carekraft_desktop.domain.reviews import Choice, FalseAlarm, Reason, Stage, Step
from carekraft_desktop.guardrail.rules import Severity
from carekraft_desktop.presenters.wording import count
from carekraft_desktop.presenters.words import Words

STARS: Final = "★★★★★☆☆☆☆☆"

STAGE: Final[dict[Stage, str]] = {
    Stage.NEW: "Not answered",
    Stage.DRAFTED: "Draft",
    Stage.SUGGESTED: "To approve",
    Stage.COOLING: "Sleeping on it",
    Stage.ON_ITS_WAY: "On its way",
    Stage.UNKNOWN: "Sent, not known yet",
    Stage.BACK: "Not posted",
    Stage.ANSWERED: "Answered",
    Stage.NO_REPLY: "No reply",
}
DOUBTFUL: Final = "Tells something"
REPORTED: Final = "Reported"

CHOICE: Final[dict[Choice, Words]] = {
    Choice.NO_REPLY: Words("No reply", "Often the best answer. It comes up again if it changes."),
    Choice.REPORT: Words("Report to the platform", "If it breaks the platform's rules."),
    Choice.TEMPLATE: Words("Use a safe reply", "Ready wording that tells nothing about anybody."),
    Choice.OWN: Words("Write a reply", "Checked as you type, on this computer only."),
}
REASON: Final[dict[Reason, str]] = {
    Reason.OFF_TOPIC: "It is about something else",
    Reason.ADVERTISING: "It is advertising",
    Reason.INSULT: "It insults somebody",
    Reason.PRIVATE_DATA: "It shows private data",
    Reason.OTHER_OFFICE: "It names another office",
}
FALSE_ALARM: Final[dict[FalseAlarm, str]] = {
    FalseAlarm.PUBLIC_STAFF: "The name is on our public staff list",
    FalseAlarm.OFFICE_POLICY: "It states a policy for everybody",
    FalseAlarm.GENERAL_WORDS: "The words are about nobody in particular",
    FalseAlarm.OTHER_MEANING: "The marked word has another meaning here",
}
GIVE_BACK: Final[dict[str, str]] = {
    "tells": "It tells too much",
    "tone": "The tone should be calmer",
    "facts": "Something in it is not right",
    "short": "Shorter would be better",
}

# -- the inbox ------------------------------------------------------------------------------

FILTER: Final[dict[str, str]] = {
    "to-do": "To do",
    "all": "All reviews",
    "second": "Waits for a second person",
    "officer": "For the privacy officer",
    "on-its-way": "On their way",
    "answered": "Answered",
    "left": "Left without reply",
}
RATING: Final = ("All stars", "5 stars", "4 stars", "3 stars", "2 stars", "1 star")
NO_RIGHT: Final = Words(
    "Your role does not see reviews",
    "Reply authors, providers and privacy officers do. Ask whoever gives the roles.",
)
EMPTY: Final[dict[str, Words]] = {
    "to-do": Words("Nothing to do", "New reviews appear here by themselves."),
    "all": Words("No reviews yet", "They appear here when somebody writes one."),
    "officer": Words(
        "Nothing for the privacy officer", "No reply waits for approval, and none tells too much."
    ),
}
EMPTY_FILTER: Final = Words("No review fits", "Choose another filter.")
NOTHING_SELECTED: Final = Words("Choose a review", "It opens here, with what can be done about it.")
GONE: Final = Words(
    "Its writer has deleted this review",
    "Nothing was posted, and your draft went with it.",
)


def stars(rating: int) -> str:
    """Three of five as stars."""
    return STARS[5 - rating : 10 - rating]


def spoken_stars(rating: int) -> str:
    """For screen readers."""
    return f"{rating} of 5 stars"


def inbox_note(to_do: int, second: int, doubtful: int) -> str:
    """What waits, beside the page's title."""
    parts = [f"{to_do} to do"] if to_do else []
    parts += (
        [f"{count(second, 'reply waits', 'replies wait')} for a second person"] if second else []
    )
    parts += [f"{count(doubtful, 'public reply', 'public replies')} to look at"] if doubtful else []
    return ", ".join(parts)


# -- one review -----------------------------------------------------------------------------

LEFT: Final = "Left without a reply. It comes up again if its writer changes it."
REPORTED_NOTE: Final = "Reported to the platform."
PUBLIC: Final = "The public reads"
SUGGESTED_TEXT: Final = "Suggested reply"
DRAFT_TEXT: Final = "Draft"
SENT_TEXT: Final[dict[Stage, str]] = {
    Stage.ON_ITS_WAY: "Reply to be posted",
    Stage.UNKNOWN: "Reply that was sent",
    Stage.BACK: "Reply that was not posted",
}
LEAVING_TEXT: Final = "This reply will be withdrawn."
REPORTING: Final = "Why should the platform look at it?"
GIVING_BACK: Final = "What should the author change?"
DOUBTFUL_NOTE: Final = Words(
    "Today's rules would stop this reply",
    "It is public. Change it, withdraw it, or take it down if it tells something of a person.",
)
UNKNOWN_NOTE: Final = Words(
    "It is not known yet whether the reply is public",
    "It was sent and no answer came. The program asks again by itself and never posts twice.",
)
TAKE_DOWN_NOTE: Final = Words(
    "Taking down opens an incident",
    "The reply goes at once, what stood there is kept as evidence, the accounting of disclosures"
    " gets a line, and its author posts nothing until the privacy officer has looked.",
)
INCIDENT: Final = Words(
    "An incident is open for this review",
    "It is presumed a breach until the privacy officer has assessed it.",
)
MAY_BE_PUBLIC: Final = "It had been sent before, so look whether it is public."

OFFER: Final[dict[str, str]] = {
    "read": "I have read this",
    "stranger": "It tells a stranger nothing about anybody",
    "publish": "Publish",
    "give-back": "Give back to the author",
    "go-on": "Go on writing",
    "take-over": "Take the draft over",
    "discard": "Throw the draft away",
    "take-back": "Take it back",
    "text-back": "Make it a draft again",
    "change": "Change the reply",
    "withdraw": "Withdraw the reply",
    "take-down": "Take down and open an incident",
    "take-down-now": "Take it down now",
    "let-stand": "It may stand",
    "answer": "Answer it after all",
    "papers": "Put them on file",
    "back": "Back",
}


UNDONE: Final = "Taken back. Nothing was sent."


def leaves_in(seconds: int) -> str:
    """The countdown of a reply that can still be taken back."""
    if seconds <= 0:
        return "It is being sent."
    minutes, rest = divmod(seconds, 60)
    left = f"{minutes} min {rest:02} s" if minutes else f"{rest} s"
    return f"It leaves in {left}. Until then it can be taken back."


def not_posted(why: str, *, tried: bool) -> Words:
    """Why a reply was not posted; `tried` if it had left the office at least once."""
    advice = MAY_BE_PUBLIC if tried else "Nothing was posted."
    return Words(why or "The exchange did not take the reply.", advice)


def by(name: str) -> str:
    """Whose text it is."""
    return f"by {name}" if name else "by a colleague who has left"


def cooling_until(at: str) -> str:
    """When a one-person office may post a doubtful text."""
    return f"Nobody else can look at it, so it can be posted {at}, with your password."


# -- before and while writing ---------------------------------------------------------------

ENTRY: Final = Words(
    "Before you write",
    "Anybody will read this. It must not tell who was here, when, why, or what it cost: not"
    " even if the review says so, not even with thanks. Speak of the office, offer the telephone,"
    " stop.",
)
ENTRY_READ: Final = "I understand: nothing about anybody"

VERDICT: Final[dict[Severity, str]] = {
    Severity.PASS: "Nothing found that tells of a person",
    Severity.REMIND: "May be posted; mind the note",
    Severity.REVIEW: "A second person has to look at it",
    Severity.BLOCK: "Cannot be posted like this",
}
EMPTY_TEXT: Final = "Write, or take a safe reply"
TOO_LONG: Final = "Too long for a public reply"
BROKEN: Final = Words(
    "The checker's files are damaged",
    "Nothing can be checked, so nothing can be posted. Reinstall the program; your draft is kept.",
)
STEP: Final[dict[Step, str]] = {
    Step.SUGGEST: "Hand on for approval",
    Step.PUBLISH: "Publish",
    Step.COOL: "Sleep on it for a day",
    Step.FINISH: "Publish with my password",
}
DID_STEP: Final[dict[Step, str]] = {
    Step.SUGGEST: "Handed on. A colleague can approve it.",
    Step.PUBLISH: "Reply approved. It leaves in two minutes.",
    Step.COOL: "Kept until tomorrow.",
    Step.FINISH: "Reply approved. It leaves in two minutes.",
}
APPROVED: Final = "Reply approved. It leaves in two minutes."
GIVEN_BACK: Final = "Given back to its author."
NOBODY_MAY: Final = "Nobody here may approve it. A privacy officer has to sign in."
SAVED: Final = "Draft kept on this computer"
NOT_KEPT: Final = "Kept only while this editor is open"
KEPT: Final = "Draft kept."
FORGOTTEN: Final = "The stopped text was not kept."
CLOSING: Final = Words(
    "Closing forgets this text",
    "It tells something of a person, so it is not kept. Take the safe wording, or let it go.",
)
SAFER: Final = "Safe wording"
TO_CHANGE: Final = "What to change, and why"
INSTEAD: Final = "Instead: "
USE_SAFER: Final = "Use the safe wording"
CHOOSE_TEMPLATE: Final = "Choose a safe reply"
CHOICE_TEMPLATE: Final = "Safe replies"
CLOSE: Final = "Close"
FORGET: Final = "Forget it and close"
CANNOT: Final = "Cannot be posted"
PREVIEW: Final = "As the public would read it"
CHANGED_WHILE: Final = Words(
    "The review was changed while you write",
    "Read it again above. Your draft is kept.",
)
PASTED_SHORT: Final = "Only the first 5,000 characters were pasted."
CLOSE_FIRST: Final = "Close the reply first (Esc). It is kept."
RETURNED: Final = "Given back: "


def response_from(office: str) -> str:
    """As the platform heads a reply."""
    return f"Response from {office}" if office else "Response from the office"


def left(number: int) -> str:
    """How many characters are left."""
    if number >= 0:
        return f"{number} characters left"
    return f"{-number} characters too many"


# -- release --------------------------------------------------------------------------------

RELEASE: Final = Words(
    "Release as a false alarm",
    "Only a privacy officer other than the author can do this, here and now, with the password."
    " It is recorded and looked at in the weekly review.",
)
RELEASE_BUTTON: Final = "Ask a privacy officer to release it"
RELEASE_NOW: Final = "Release and publish"
WHO: Final = "Privacy officer"
WHY: Final = "Why it is a false alarm"
TYPE_THEIRS: Final = "Password of the one who releases"
TYPE_OWN: Final = "Your password, once more"
CODE: Final = "Workstation code"
CONFIRM: Final = Words(
    "Slept on it?",
    "A day has passed. Read the text once more as a stranger; then confirm with your password.",
)
CHECKING: Final = "Checking the password"

# -- papers ---------------------------------------------------------------------------------

PAPERS_TITLE: Final = "Policies and officials"
PAPERS_ADVICE: Final = (
    "Without the first three nobody replies in public: each one missing was a finding of the"
    " regulator. Earlier versions stay on file."
)
PAPERS_ONLY_OFFICER: Final = "Only a privacy officer can change these."
PAPERS_KEPT: Final = "On file."
PAPER: Final[dict[str, Words]] = {
    "social-media-policy": Words("Social media policy, version", "Such as 3, or 2026-01"),
    "privacy-notice": Words("Notice of privacy practices, version", "Such as 5, or 2026-02"),
    "privacy-official": Words("Privacy official", "The person's name"),
    "security-official": Words("Security official", "The person's name"),
    "contact-name": Words(
        "Whom readers may ask for", "On the public page, such as an office manager"
    ),
    "contact-page": Words("Public contact page", "The only link that a reply may hold"),
}
PAPERS_MISSING: Final = "Still missing: "

# -- tasks ----------------------------------------------------------------------------------

TASK: Final[dict[str, str]] = {
    "live-reply": "A public reply would be stopped today",
    "training": "Three stopped texts in 30 days: training for",
    "locked-author": "A reply was taken down; posting is locked for",
}
TASK_DONE: Final = "Dealt with"

# -- the audit of old replies ---------------------------------------------------------------

AUDIT_SHORT: Final = "Check old replies"
AUDIT_TITLE: Final = "Check replies that are already out"
AUDIT_ADVICE: Final = (
    "Choose an export of your replies: CSV with the columns id, reviewer, review and reply, or"
    " JSON Lines with the same names. It is read on this computer only; nothing is sent and"
    " nothing is kept."
)
AUDIT_CHOOSE: Final = "Choose a file"
AUDIT_PRINT: Final = "Save the report"
AUDIT_CANCEL: Final = "Stop"
AUDIT_EMPTY: Final = Words("No reply found in the file", "Is there a column named reply?")
AUDIT_NONE: Final = Words("Nothing checked yet", "Ten years of replies take about a minute.")
AUDIT_SAVED: Final = "Report saved."
AUDIT_NOT_SAVED: Final = "The report could not be written there. Choose another place."
AUDIT_VERDICT: Final[dict[str, str]] = {
    "block": "Tells something",
    "warn": "Needs a look",
    "ok": "Nothing found",
}
LABEL: Final[dict[str, str]] = {
    "confirms_relationship": "Says that somebody was a patient",
    "visit_detail": "Visit or appointment",
    "condition_treatment": "Health or treatment",
    "identifier": "Names or points to a person",
    "billing_insurance": "Money or insurance",
    "third_party": "Another person",
    "staff_or_care_opinion_on_patient": "Opinion on the writer",
    "record_reference": "Records",
    "retaliatory": "Pressure or threat",
    "invites_public_disclosure": "Asks for private data",
}


AUDIT_UNREAD: Final = "Could not be read"


def report_title(name: str, day: str) -> str:
    """Over the printed report."""
    return f"Replies in {name}, checked on {day}"


def audit_progress(done: int, total: int) -> str:
    """How far it is."""
    return f"{done:,} of {total:,} replies"


def audit_result(block: int, warn: int, ok: int, unread: int) -> str:
    """What was found."""
    words = (
        f"{count(block, 'reply tells', 'replies tell')} something, "
        f"{count(warn, 'needs', 'need')} a look, "
        f"in {ok} nothing was found."
    )
    return f"{words} {count(unread, 'line was', 'lines were')} not readable." if unread else words
