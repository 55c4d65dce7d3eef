"""Every key of the program, in one table: the shortcuts and the F1 sheet are made from it."""

from carekraft_desktop.value import Value

EVERYWHERE, TODAY, OUTBOX = "Everywhere", "Today", "Outbox"
LISTS, PERSON, REVIEWS, REFERRALS = "Lists", "Patient", "Reviews", "Referrals"


class Key(Value, frozen=True):
    """One key and what it does."""

    keys: tuple[str, ...]
    """As `QKeySequence` writes them; more than one does the same."""
    words: str
    where: str
    name: str
    """By which the code finds it; empty when a list or the day itself takes the key."""


KEYS: tuple[Key, ...] = (
    Key(("Ctrl+1",), "Today", EVERYWHERE, "today"),
    Key(("Ctrl+2",), "Lists", EVERYWHERE, "lists"),
    Key(("Ctrl+3",), "Referrals", EVERYWHERE, "referrals"),
    Key(("Ctrl+4",), "Reviews", EVERYWHERE, "reviews"),
    Key(("Ctrl+5",), "Outbox", EVERYWHERE, "outbox"),
    Key(("Ctrl+6",), "Settings", EVERYWHERE, "settings"),
    Key(("Ctrl+L",), "Lock", EVERYWHERE, "lock"),
    Key(("Ctrl+Shift+L",), "Hand the desk to a colleague", EVERYWHERE, "switch"),
    Key(("Ctrl+K", "/"), "Find a patient, a day or an action", EVERYWHERE, "find"),
    Key(("F8",), "Answer what has just come, by A, D or P", EVERYWHERE, "knock"),
    Key(("F5",), "Talk to the exchange now", EVERYWHERE, "sync"),
    Key(("F1",), "These keys", EVERYWHERE, "keys"),
    Key(("A",), "Accept, or take a mark back", TODAY, "accept"),
    Key(("Space", "Ctrl+A"), "Mark a request, or all; then A accepts them together", TODAY, ""),
    Key(("T",), "Take it, so that colleagues see who is on it, or let go", TODAY, "claim"),
    Key(("Ctrl+P",), "Print the day sheet", TODAY, "print"),
    Key(("O",), "The patient's card; Ctrl+Enter among what was found", TODAY, "person"),
    Key(("Y",), "Copy for your practice system", TODAY, "copy"),
    Key(("B",), "Entered in your practice system, or not", TODAY, "entered"),
    Key(("R",), "Changes have been read", TODAY, "changes"),
    Key(("D",), "Decline, then a number for the reason", TODAY, "decline"),
    Key(("P",), "Propose another time", TODAY, "propose"),
    Key(("M",), "Move", TODAY, "move"),
    Key(("C",), "Cancel, then a number for the reason", TODAY, "cancel"),
    Key(("V",), "Arrived", TODAY, "arrive"),
    Key(("E",), "Completed", TODAY, "complete"),
    Key(("N",), "No-show", TODAY, "no-show"),
    Key(("F",), "Refer: book elsewhere for the patient", TODAY, "refer"),
    Key(("Z", "Ctrl+Z"), "Undo", TODAY, "undo"),
    Key(("Esc",), "Back", TODAY, "close"),
    Key(("W",), "Day or week", TODAY, "week"),
    Key(("Alt+0",), "The day of all providers", TODAY, "everyone"),
    Key(("Alt+1 to Alt+9",), "The week of one provider", TODAY, ""),
    Key(("G",), "Go to a day", TODAY, "jump"),
    Key(("PgUp",), "Day or week before", TODAY, "before"),
    Key(("PgDown",), "Day or week after", TODAY, "after"),
    Key(("Home",), "Back to today", TODAY, "home"),
    Key(("I",), "To the inbox", TODAY, "inbox"),
    Key(("K",), "To the calendar", TODAY, "calendar"),
    Key(("X",), "Show or hide cancelled visits", TODAY, "cancelled"),
    Key(("Arrows", "Enter"), "Walk through the day, open a visit", TODAY, ""),
    Key(("Shift+Arrows", "Enter"), "Move the visit by five minutes or a column", TODAY, ""),
    Key(("Z", "Ctrl+Z"), "Take the act back", OUTBOX, "undo"),
    Key(("R",), "Mark as read", OUTBOX, "read"),
    Key(("Enter",), "Open the visit", OUTBOX, ""),
    Key(("1 to 9",), "Take the choice with this number", REVIEWS, ""),
    Key(("Enter",), "To the choices of the review", REVIEWS, ""),
    Key(("Ctrl+Return", "Ctrl+Enter"), "Publish, or hand on for approval", REVIEWS, "send"),
    Key(
        ("Ctrl+Shift+Return", "Ctrl+Shift+Enter"),
        "Hand on what you could publish",
        REVIEWS,
        "send-also",
    ),
    Key(("Alt+S",), "Take the safe wording", REVIEWS, "safer"),
    Key(("Z",), "Take back what has not left", REVIEWS, "undo"),
    Key(("Esc",), "Keep the draft and close, or back", REVIEWS, "close"),
    Key(("Alt+1",), "What to enter in your practice system", LISTS, "enter"),
    Key(("Alt+2",), "Whom to call", LISTS, "call-list"),
    Key(("Alt+3",), "What is left of the day", LISTS, "sweep"),
    Key(("Y",), "Copy for your practice system", LISTS, "copy"),
    Key(("B",), "Entered in your practice system", LISTS, "entered"),
    Key(("P",), "Call, then a number for how it ended", LISTS, "call"),
    Key(("Ctrl+P",), "Print the list of calls", LISTS, "print"),
    Key(("V",), "Came", LISTS, "came"),
    Key(("N",), "Did not come", LISTS, "missed"),
    Key(("E",), "Completed", LISTS, "over"),
    Key(("Z", "Ctrl+Z"), "Undo", LISTS, "undo"),
    Key(("Esc",), "Back", LISTS, "close"),
    Key(("Enter",), "Open the visit", PERSON, ""),
    Key(("F",), "Refer: book elsewhere for the patient", PERSON, ""),
    Key(("Esc",), "Back to the day", PERSON, ""),
    Key(("Enter",), "Open the visit; in the end of day, finish", LISTS, ""),
    Key(("N",), "New referral", REFERRALS, "new-referral"),
    Key(("Enter",), "Go on with a draft, take a choice", REFERRALS, ""),
    Key(("1 to 9",), "Take a choice by its number", REFERRALS, ""),
    Key(("S",), "Favorite, or no longer", REFERRALS, ""),
    Key(("Ctrl+Return",), "Send", REFERRALS, "send-referral"),
    Key(("B",), "Book again", REFERRALS, "again-referral"),
    Key(("C",), "Cancel at the other office", REFERRALS, "cancel-referral"),
    Key(("R",), "Seen", REFERRALS, "seen-referral"),
    Key(("Del",), "Throw a draft away", REFERRALS, "discard-referral"),
    Key(("A",), "Accept what another office booked", REFERRALS, "accept-referral"),
    Key(("D",), "Decline, then a number for the reason", REFERRALS, "decline-referral"),
    Key(("Z", "Ctrl+Z"), "Take a saved request back", REFERRALS, "undo-referral"),
    Key(("Esc",), "Back", REFERRALS, "close-referral"),
)


def first_keys() -> dict[str, str]:
    """The first key of every action, by name, for lists of actions."""
    return {key.name: key.keys[0] for key in reversed(KEYS) if key.name}


def keys_of(where: str) -> dict[str, tuple[str, ...]]:
    """The keys of a page by name."""
    return {key.name: key.keys for key in KEYS if key.where == where and key.name}
