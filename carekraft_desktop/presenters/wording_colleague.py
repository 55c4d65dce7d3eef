"""What the page about people says of one colleague: how they stand, a new password, leaving."""

from typing import Final

from carekraft_desktop.domain.attesting import Subject
from carekraft_desktop.domain.leaving import Cause, Chore
from carekraft_desktop.presenters.times import written_date
from carekraft_desktop.presenters.wording import count
from carekraft_desktop.presenters.words import Words
from carekraft_desktop.services.taken_along import Elsewhere

NEVER: Final = "Never"
TRIES: Final = "{count} wrong passwords since then"
LOCKED_OUT: Final = "Locked after too many wrong passwords"
LAST: Final = "Last signed in"
CONFIRMED: Final = "Training and policy"
CONFIRMED_ALL: Final = "Confirmed"
UNCONFIRMED: Final[dict[Subject, str]] = {
    Subject.TRAINING: "Training not confirmed this year",
    Subject.POLICY: "Policy in force not confirmed",
}
ONESELF: Final = "This is you. Your own password and PIN are under Your sign-in, in the settings."

DEED: Final[dict[str, Words]] = {
    "renew": Words("New password or roles", "Your colleague types a new password here"),
    "again": Words("Let them try again", "With the same password"),
    "leave": Words("No longer works here", "Takes their way in away for good"),
}
RENEW: Final = "New password and roles of {name}"
RENEW_ADVICE: Final = (
    "Password and roles are sealed together, so a change of either needs your colleague to choose "
    "a password and type it. What they had begun stays."
)
RENEW_GO: Final = "Keep password and roles"
RENEWED: Final = "{name} signs in with the new password from now on."
MAY_TRY: Final = "{name} may try again."
NOT_NOW: Final = "Not now"

LEAVE: Final = "Why does {name} leave?"
LEAVE_ADVICE: Final = (
    "The way in is closed at once and for good; the name is never given again. You type your own "
    "password once more before it happens."
)
CAUSE: Final[dict[Cause, Words]] = {
    Cause.LEFT: Words("In good order", "Everything was given back"),
    Cause.DISMISSED: Words("Dismissed", "The office also gets new keys, so that no copy opens it"),
    Cause.DEVICE_MISSING: Words(
        "Something has not come back", "A computer or a copy of the data; the office gets new keys"
    ),
}
LEAVING: Final = "Closing the way in ..."
LEFT: Final = "{name} can no longer come in."

FAREWELL: Final = "What is left to think of"
CHORE: Final[dict[Chore, str]] = {
    Chore.KEYS: "Keys and badge are back",
    Chore.PRINTOUTS: "Printouts and notes are back or shredded",
    Chore.COMPUTER: "The account on the office's computers is closed",
    Chore.PORTAL: "Access to the exchange's office portal is taken away",
    Chore.PHONE: "Telephone, tablet and other devices are back",
    Chore.CODES: "Door and alarm codes are changed",
}
TOOK: Final = "Printed, exported or copied in the last 30 days"
TOOK_NOTHING: Final = "Nothing was printed, exported or copied in the last 30 days."
TOOK_MORE: Final = "and {count} more, in the journal"
NOTHING_IN_HAND: Final = "Nothing was left half done."
OTHER_COMPUTERS: Final = (
    "On the office's other computers the sign-in ends by itself, as soon as they hear of it."
)
ROTATE: Final = "Give the office new keys"
ROTATE_ADVICE: Final = (
    "An old copy of the office's files would still open with an old password. With new keys it "
    "opens nothing of what comes after. Everybody goes on working meanwhile; nobody's password "
    "changes."
)
ROTATED: Final = "The office got new keys on {at}; no copy of before opens it."
ROTATING: Final = "New keys: {percent} % of the office is sealed with them ..."
ROTATE_BEGIN: Final = "Making new keys ..."
ROTATE_DONE: Final = "The office has new keys. Old copies open nothing of what comes from now on."


def in_hand(replies: int, referrals: int) -> str:
    """What was begun and not finished."""
    both = (
        count(replies, "begun reply", "begun replies") if replies else "",
        count(referrals, "begun referral", "begun referrals") if referrals else "",
    )
    found = " and ".join(each for each in both if each)
    return f"Still open: {found}. A colleague takes over where they are."


TAKEN: Final[dict[str, tuple[str, str]]] = {
    "printed": ("print", "prints"),
    "exported": ("export", "exports"),
    "copied": ("copy", "copies"),
}


def elsewhere(told: Elsewhere) -> str:
    """What another computer of the office tells of somebody, in numbers."""
    if told.counted is None:
        return f"{told.name}: not told yet; it answers when somebody signs in there"
    if not told.counted:
        return f"{told.name}: nothing"
    parts = ", ".join(count(each.count, *TAKEN[each.how]) for each in told.counted)
    last = max(each.last for each in told.counted)
    return f"{told.name}: {parts}, the last on {written_date(last.isoformat())}"
