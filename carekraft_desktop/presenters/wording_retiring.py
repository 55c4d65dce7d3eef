"""What is said when a workstation is taken out of service."""

from typing import Final

from carekraft_desktop.domain.retiring import KeyKind, Obstacle, Told
from carekraft_desktop.presenters.wording import count
from carekraft_desktop.presenters.words import Words

TITLE: Final = "Take this computer out of service"
ADVICE: Final = (
    "Before this computer is sold, given back or thrown away. Everything of the office on it is"
    " destroyed for good, the exchange lets it in no more, and you get a signed certificate."
)
NO_RIGHT: Final = Words(
    "For the privacy officer",
    "What is destroyed here is gone for good, so whoever answers for privacy does it.",
)
LOOKING: Final = "Looking what is only here ..."
FREE: Final = Words(
    "Nothing stands in the way",
    "Everything that was done here has left, no legal hold lies on it, and there is a backup that"
    " was tried out.",
)
IN_THE_WAY: Final = "This has to be seen to first"
GO_THERE: Final = "Go there"
LOOK_AGAIN: Final = "Look again"
WHAT_GOES: Final = "What is destroyed"
GOES: Final = (
    "The wrapped keys of everybody and of the recovery key, and this computer's secret in the keyring.",
    "The store with its journal, and every older store that was put aside.",
    "The downtime packet, the settings, and what was being set up.",
)
GOES_ON: Final = "Each of your other computers has a store of its own and goes on as before."
WHAT_STAYS: Final = "What stays"
BACKUPS_HERE: Final = "Also destroy the backups on this computer ({number})"
ONLY_HERE: Final = (
    "All backups lie on this computer, so they stay on it, and it should not be given away with them."
    " The journal, what patients asked for and what is kept by law are nowhere else, and some of it has"
    " to be kept for six years: choose a folder for backups on another disk first."
)
STAYS_HEADS: Final = ("Backup of", "Lies in", "To be removed by")
NONE_STAYS: Final = "Nothing"
NOBODY_REMOVES: Final = (
    "No program removes these any more: put the day into your calendar. With the recovery key they"
    " bring the office to another computer until then."
)
WORTH_KNOWING: Final = "Worth knowing"
CERTIFICATE: Final = "Choose where the certificate goes"
SUGGESTED: Final = "certificate-of-destruction.jsonl"
KIND_OF_FILE: Final = "Signed certificate (*.jsonl)"
ASK: Final = Words(
    "Destroy everything of the office on this computer?",
    "A last backup is made and looked through, the certificate is saved, the exchange is told, and"
    " then everything goes. It cannot be undone. The certificate goes to {place}, with a PDF of it"
    " beside it.",
)
GO: Final = "Destroy it"
NOT_NOW: Final = "Not now"
BREAK_OFF: Final = "Break off"
OUT_OF_REACH: Final = "The exchange cannot be told now"
UNREACHED: Final = (
    "Nothing was destroyed. Check the network and try again; where there is no exchange any more, you"
    " can go on without it."
)
UNTOLD: Final = "Go on without telling the exchange; the certificate says so"
UNTOLD_ADVICE: Final = (
    "Then have this computer shut out at another one (Something went wrong, a lost computer), or by"
    " CareKraft."
)
PURPOSE: Final = "Everything of the office on this computer is about to be destroyed for good."
BEGINNING: Final = "Making the last backup ..."
DESTROYING: Final = "Destroying ..."
OBSTACLE: Final[dict[Obstacle, Words]] = {
    Obstacle.UNSENT: Words(
        "{number} waiting to be sent", "Connect to the network and wait until the outbox is empty."
    ),
    Obstacle.UNSENT_REFERRALS: Words(
        "{number} about referrals waiting to be sent",
        "Connect to the network and wait, or take the referrals back.",
    ),
    Obstacle.UNREAD: Words(
        "{number} in the outbox that ended otherwise than meant",
        "Look at them: nobody will be told of them any more.",
    ),
    Obstacle.RECEIPTS: Words(
        "{number} of a withdrawn share that CareKraft has not heard of",
        "Connect to the network; it leaves by itself.",
    ),
    Obstacle.HOLDS: Words(
        "{number} in force",
        "What is held lies in this store alone. Release the hold when the matter is over; it counts"
        " until the night after. Or keep this computer until then.",
    ),
    Obstacle.BACKUP: Words(
        "No backup that was tried out would be left",
        "Make one, on another disk or share if this computer's are to go as well. A backup that is"
        " missing its papers, or that this store did not make and try out, does not count.",
    ),
}
_COUNTED: Final[dict[Obstacle, tuple[str, str]]] = {
    Obstacle.UNSENT: ("act", "acts"),
    Obstacle.UNSENT_REFERRALS: ("act", "acts"),
    Obstacle.UNREAD: ("act", "acts"),
    Obstacle.RECEIPTS: ("receipt", "receipts"),
    Obstacle.HOLDS: ("legal hold", "legal holds"),
}
ENDED: Final = Words(
    "This computer is out of service",
    "Everything of the office on it is destroyed. You can close the program and uninstall it.",
)
NOT_ALL: Final = Words(
    "The keys are gone, but not every file",
    "Without the keys nothing that is left can be read.",
)
KEYS_STAY: Final = Words(
    "Nothing could be removed yet",
    "Something holds the files. Nobody can sign in here any more; start the program once more.",
)
NOTE: Final = "There is something left to do"
WHERE_CERTIFICATE: Final = "The certificate lies here: {place}"
CLOSE: Final = "Close the program"
LEFT: Final[dict[str, str]] = {
    "keyring": "The keyring did not answer. What it still holds of this office opens nothing any more;"
    " you can remove the entries named CareKraft Desktop in it by hand.",
    "keys": "The keys could not be removed: start the program once more, and it finishes what is left.",
    "rest": "Some files could not be removed. Start the program once more: it finishes what is left.",
}
NOT_TOLD: Final = (
    "The exchange was not told. Have this computer shut out at another one of the office, or by"
    " CareKraft."
)
PAPER_TITLE: Final = "Certificate of destruction"
PAPER_HEADS: Final = ("What became of it", "What it is", "Id")
PAPER_SAID: Final = (
    "{person} took the workstation {name} out of service on {at} and destroyed everything of the"
    " office on it (45 CFR 164.310(d)(2)). It names no patient.",
    "The file beside this paper says the same, signed; carekraft-desktop audit verify checks it.",
    "{told}",
)
TOLD: Final[dict[Told, str]] = {
    Told.TOLD: "The exchange was told and lets this workstation in no more.",
    Told.NOT_TOLD: "The exchange was not told: it could not be reached.",
    Told.NOT_CONFIRMED: "The exchange was asked to let it in no more; its answer is not known.",
}
KEY: Final[dict[KeyKind, str]] = {
    KeyKind.DATA: "Data key",
    KeyKind.WRAP: "Data key wrapped for a person",
    KeyKind.PAPER: "Data key wrapped for the recovery key",
    KeyKind.DEVICE: "Secret in the keyring",
    KeyKind.EXCHANGE: "Key at the exchange",
}
DESTROYED: Final[dict[str, str]] = {
    "key-file": "Key file",
    "store": "Encrypted store",
    "journal-and-segments": "Journal with its packed segments",
    "anchor": "Anchor",
    "store-put-aside": "Store that was put aside",
    "downtime-packet": "Downtime packet",
    "backup": "Backup on this computer",
}
ROW_KEY: Final = "Key destroyed"
ROW_GONE: Final = "Destroyed"
ROW_STAYS: Final = "Stays until {day}"
REQUESTS: Final = "{number} of patients not answered yet."
INCIDENTS: Final = "{number} not closed yet."
GO_ON: Final = "They are in the backup, and go on where it is brought to."
PEOPLE: Final = "{number} can sign in here, and cannot any more afterwards."


def obstacle(which: Obstacle, number: int) -> Words:
    """What stands in the way, and what to do about it."""
    said = OBSTACLE[which]
    counted = count(number, *_COUNTED[which]) if which in _COUNTED else ""
    return Words(said.title.format(number=counted), said.advice)


def left(codes: tuple[str, ...]) -> tuple[str, ...]:
    """What could not be removed, each thing once."""
    return tuple(dict.fromkeys(LEFT.get(code, LEFT["rest"]) for code in codes))
