"""What the page of the weekly review says."""

from typing import Final

from carekraft_desktop.domain.weekly import CLOSES, MANY, OPENS, Kind
from carekraft_desktop.presenters.words import Words

TITLE: Final = "Weekly review"
ADVICE: Final = (
    "What stood out in a week: read it, ask where something is not clear, and sign. It takes five"
    " minutes. Most of it has a good reason; that somebody looks is what counts."
)
NO_RIGHT: Final = Words(
    "Only the privacy officer reads the weekly review", "Ask them if you have a question about it."
)
NO_WEEK: Final = Words(
    "No week is over yet", "The first review is ready on the Monday after the first whole week."
)
QUIET: Final = Words("Nothing stood out", "Sign, so that it shows that somebody has looked.")
WEEK: Final = "Week"
SIGN: Final = "I have read this week: sign"
SIGNED: Final = "Signed by {name}, {at}."
OVERDUE: Final = "Overdue since {day}"
OPEN: Final = "Not signed yet"
DONE: Final = "Signed"
HEADS: Final = ("What", "Who", "When", "Times", "About")
COUNT: Final = "{entries} journal entries in this week"
PROGRAM: Final = "The program"
SOMEBODY: Final = "Somebody who is no longer here"
BANNER: Final = Words(
    "A weekly review is overdue",
    "Open it under Settings, Weekly review, or with Ctrl+K: it takes five minutes.",
)
KIND: Final[dict[Kind, Words]] = {
    Kind.BREAK_GLASS: Words(
        "Emergency access", "Somebody opened what their role does not show. Ask why."
    ),
    Kind.SURNAME: Words(
        "Same family name", "Somebody looked at a patient who bears their own family name."
    ),
    Kind.MANY: Words(f"More than {MANY} records in an hour", "Is there a task that explains it?"),
    Kind.AFTER_HOURS: Words(
        "Outside office hours",
        f"Records opened before {OPENS}:00, after {CLOSES}:00 or on a weekend.",
    ),
    Kind.DENIED: Words("Not allowed", "Somebody tried what their role does not allow."),
    Kind.FAILED: Words("Failed sign-ins", "Many in a row may be somebody else's attempt."),
    Kind.TAKEN: Words("Printed, copied, exported", "What left the encrypted store at the desk."),
    Kind.REPLIES: Words(
        "Replies released or taken down", "Each has its own record among the reviews."
    ),
}
"""What is looked for, and how to think of it."""
NONE: Final = "none"
