"""What is said about backups, restores and the worst day; the same words on the command line."""

from typing import Final

from carekraft_desktop.domain.backups import DAY, PROMISED, Freshness, Step, Why
from carekraft_desktop.presenters.wording import count
from carekraft_desktop.presenters.words import Words

TITLE: Final = "Backups and restore"
ADVICE: Final = (
    "A copy of everything this office has here, made twice a day while you work. Each one is"
    " encrypted with a key of its own and tried out before an older one goes. No copy is kept"
    f" longer than {PROMISED // DAY} days, so that what patients take back is gone by then."
)
NO_RIGHT: Final = Words(
    "For the privacy officer and the IT administrator",
    "They look after backups. If something is wrong with the office's data, call one of them.",
)
NONE_YET: Final = Words(
    "There is no backup yet",
    "The first one is made by itself within a minute. You can also make one now.",
)
HEADS: Final = ("Made", "Why", "Holds", "Size", "Goes on", "")
TRIED_MARK: Final = "Tried out"
BEGINNING: Final = "Beginning ..."
NOT_NOW: Final = "Not now"
RESTORE_GO: Final = "Lock and restore"
MAKE: Final = "Make one now"
RESTORE: Final = "Restore this one"
TRY: Final = "Try a restore"
FOLDER: Final = "Choose the folder"
OWN_FOLDER: Final = "Back to this computer's own folder"
BREAK_OFF: Final = "Break off"
NEWEST: Final = "Newest backup"
WHERE: Final = "Where they go"
DRILL: Final = "Restore tried last"
OWN: Final = (
    "On this computer only. If its disk fails, the backups fail with it: choose another disk."
)
KEPT_HERE: Final = "kept on this computer until the folder is back"
WHY: Final[dict[str, str]] = {
    "ending": "The last one",
    Why.DUE: "By itself",
    Why.ASKED: "Asked for",
    Why.MIGRATION: "Before an update",
    Why.ROTATION: "Before new keys",
    Why.PAPER: "With a new recovery key",
}
STEP: Final[dict[Step, str]] = {
    Step.COPY: "Copying",
    Step.CHECK: "Checking every page",
    Step.DELIVER: "Bringing it to the folder",
    Step.UPGRADE: "Bringing it up to date with this version",
    Step.CARRY: "Taking over what is newer here",
    Step.CATCH_UP: "Asking the exchange what has changed since",
    Step.SWAP: "Putting it in place",
    Step.SALVAGE: "Reading what can be read",
}
MADE: Final = "A backup was made and tried out: {patients}, {bookings}."
MADE_HERE: Final = "A backup was made and tried out. It is " + KEPT_HERE + "."
OTHER_PAPER: Final = "opens with the earlier recovery key"
DAMAGED: Final = "{number} here can no longer be used: something in it is missing or was changed."
CHOSEN: Final = "Backups go there from now on."
TRIED: Final = (
    "The restore worked: {patients} and {bookings} in {seconds}, the journal is whole."
    " Nothing here was touched, and it is on record."
)
TRY_ASK: Final = Words(
    "Try whether this backup can be restored",
    "It is read as in an emergency and put aside again; nothing here changes. Your password opens"
    " it, so type it once more.",
)
YOUR_WORD: Final = "Your password"
TYPE_CODE: Final = "Workstation code"
ASK_RESTORE: Final = Words(
    "Restore the office from this backup?",
    "The office is locked while it is done. What you do from now on until then is kept; the store"
    " of now is put aside and not erased.",
)
NEVER: Final = "Never"
PURPOSE_BACKUP: Final = "make a backup"
PURPOSE_FOLDER: Final = "choose where backups go"

BAR: Final[dict[Freshness, Words]] = {
    Freshness.NEVER: Words(
        "There is no backup of this office.", "Open Backups and restore to see why."
    ),
    Freshness.VERY_LATE: Words(
        "The last backup is more than two days old.", "Open Backups and restore to see why."
    ),
}
DRILL_BAR: Final = Words(
    "No restore has been tried for six weeks.",
    "Open Backups and restore and try one; it takes a minute and changes nothing.",
)
FAILED: Final = "No backup could be made: {title}. It is tried again in ten minutes."
LATE: Final = "older than it should be"

# The worst day.
RESCUE: Final[dict[str, Words]] = {
    "store-damaged": Words(
        "The office's store is damaged",
        "Your password is right; a part of the file on this computer cannot be read. So it stays"
        " shut, and nothing is shown that could be wrong.",
    ),
    "store-missing": Words(
        "The office's store is not on this computer",
        "Your password is right; the file is gone. It may have been moved or deleted.",
    ),
    "asked": Words(
        "Restore this office",
        "Choose a backup. The office is locked while it is put in place.",
    ),
}
BACK_AGAIN: Final = Words("The office is in place again", "")
SAFE: Final = (
    "What is safe: every booking that the exchange has confirmed is there and comes back. What"
    " waited to be sent is taken over where it can be read. Nothing is deleted here."
)
FIRST_PAPER: Final = (
    "Patients are waiting? Go on on paper first: the downtime packet holds today and tomorrow."
)
OPTION_RESTORE: Final = Words(
    "Restore the newest backup", "Best, if there is one. Takes a few minutes."
)
OPTION_SALVAGE: Final = Words(
    "Save what can be read",
    "If there is no backup or it is old. Reads the damaged file row by row, fetches the bookings"
    " again from the exchange, and says what could not be saved.",
)
OPTION_PAPER: Final = Words(
    "Go on on paper",
    "Open the downtime packet with the recovery key on any computer with this program. It lies"
    " here: {place}",
)
OTHER_PLACE: Final = "Look in another folder"
BY_PAPER: Final = "Use the recovery key from paper instead"
WITH_WORD: Final = "Use my password instead"
BACK: Final = "Back to the lock page"
TYPE_PAPER: Final = "Recovery key from paper"
RESTORED: Final = "The office was restored from the backup of {at}. Sign in to go on."
SALVAGED: Final = "{rows} were saved and the bookings fetched again. Sign in to go on."
LOOK_OUTBOX: Final = (
    "{number} that waited to be sent could not be followed. They are in the outbox: look whether"
    " they still have to be done."
)
NOT_SIGNED: Final = (
    "Nobody of this office has signed this backup. If you do not know where it comes from, tell"
    " the privacy officer."
)
NOT_SHOWN_OURS: Final = (
    "It could not be shown that this backup is your office's own: nobody in it has signed it, or the"
    " exchange does not know the computer that made it. If you do not know where it comes from, do"
    " not work with it and tell the privacy officer."
)
NOT_WHOLE: Final = "Not all could be read of: {tables}."
NONE_FOUND: Final = "No backup was found here. It may lie on another disk or in another folder."
PARTLY_LOST: Final = "Not taken over from the store of before: {tables}."
NEW_MACHINE: Final = Words(
    "The computer was lost or replaced?",
    "Bring the office back from a backup and the recovery key on paper.",
)


def holds(patients: int, bookings: int) -> str:
    """What a backup holds."""
    return f"{count(patients, 'patient', 'patients')}, {count(bookings, 'booking', 'bookings')}"


def size(number: int) -> str:
    """Bytes, as people say them."""
    if number < 1_000_000:
        return f"{max(1, round(number / 1_000))} kB"
    return f"{number / 1_000_000:.1f} MB"


def progress(step: Step, done: int, whole: int) -> str:
    """How far something is."""
    if whole > 1:
        return f"{STEP[step]}: {100 * min(done, whole) // whole} %"
    return f"{STEP[step]} ..."


def seconds(number: int) -> str:
    """How long something took."""
    if number < 120:
        return count(max(1, number), "second", "seconds")
    return count(round(number / 60), "minute", "minutes")


def tables(names: tuple[str, ...]) -> str:
    """Tables as people would call them; an unknown one by its own name."""
    return ", ".join(TABLE.get(name, name) for name in names)


TABLE: Final[dict[str, str]] = {
    "booking": "bookings (fetched again from the exchange)",
    "patient": "patients (fetched again from the exchange)",
    "outbox": "what waited to be sent",
    "journal": "the journal",
    "meta": "settings of this workstation",
    "store": "everything",
    "ledger": "the accounting of disclosures",
    "reply_record": "records of replies",
    "attestation": "confirmations of training and policy",
    "incident": "incidents",
    "mark": "marks of colleagues (fetched again)",
    "tombstone": "removals (asked for again)",
    "consent": "decisions of patients (fetched again)",
}
