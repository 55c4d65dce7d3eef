"""What the journal's page says, and the words for the codes that are in it."""

from typing import Final

from carekraft_desktop.presenters.words import Words

TITLE: Final = "Journal"
ADVICE: Final = (
    "Who did and saw what at this workstation. It holds ids and codes, never what a patient "
    "shared, and nobody can change it."
)
NO_RIGHT: Final = Words(
    "Only the privacy officer reads the journal",
    "Ask them; what you wanted to know is written down here.",
)
NOTHING: Final = Words("Nothing fits", "Choose a longer time, or everybody.")
THE_PROGRAM: Final = "The program"
PROVING: Final = "Looking through the whole journal ..."
EXPORTING: Final = "Writing the copy ..."
WRITTEN: Final = "{done} of {all} entries written ..."
WHOLE: Final = "All {count} entries are as they were written."
WRONG: Final = (
    "Entry {number} was altered, removed or put in. Leave everything as it is, tell whoever is "
    "responsible for security, and take a copy."
)
EXPORTED: Final = "{count} entries written and signed with the key {key}."
EXPORTED_WRONG: Final = "The copy could not be checked; do not rely on it and write it again."
ALL_KINDS: Final = "Everything"
EVERYBODY: Final = "Everybody"
REFUSED_ONLY: Final = "Only what was refused"
PERIOD: Final = ("Today", "7 days", "30 days", "All of it")

SUBJECT: Final[dict[str, str]] = {
    "copy": "Copying",
    "held": "Held records",
    "access": "Coming in",
    "accounting": "Accounting",
    "agreement": "Agreement",
    "alerts": "Alerts",
    "amendment": "Amendment",
    "attest": "Confirmations",
    "authorization": "Authorization",
    "bulletin": "Notices",
    "changes": "Changes",
    "backup": "Backup",
    "day": "Day",
    "decommission": "Out of service",
    "directory": "Directory",
    "disclosure": "Accounting",
    "disposal": "Disposal",
    "emergency": "Emergency access",
    "export": "Export",
    "hold": "Legal hold",
    "inbox": "Inbox",
    "incident": "Incidents",
    "journal": "Journal",
    "kept": "What is kept",
    "keys": "Keys",
    "lost": "Lost computer",
    "mark": "Marks",
    "no-contact": "Not to be contacted",
    "outbox": "Outbox",
    "packet": "Downtime packet",
    "paper": "Paperwork",
    "papers": "Policies",
    "part-2": "Part 2",
    "partner": "Partner",
    "patient": "Patient",
    "posture": "Posture",
    "print": "Print",
    "recovery": "Recovery key",
    "referral": "Referral",
    "reply": "Reply",
    "restore": "Restore",
    "representative": "Representative",
    "request": "Patient's request",
    "retention": "Retention table",
    "review": "Review",
    "rows": "Rows",
    "search": "Search",
    "support": "Support",
    "sync": "Exchange",
    "task": "Task",
    "template": "Template",
    "terms": "Terms",
    "training": "Training record",
    "visit": "Visit",
    "weekly": "Weekly review",
    "wish": "Patient's wish",
    "workstation": "Workstations",
}
"""The word before the dot of an action, in the order of the alphabet."""

_DID: Final[dict[str, str]] = {
    "applied": "confirmed by the exchange",
    "conflict": "not applied, it had changed",
    "rejected": "refused by the exchange",
    "failed": "failed sign-ins before",
    "reveal": "shown in full",
    "seen": "on the screen",
    "erased": "erased",
    "let-in": "a colleague let in",
    "set-up": "set up",
    "key-renewed": "the workstation's key at the exchange replaced",
    "unlock": "unlocked",
    "undo": "taken back",
    "open": "opened",
    "see": "looked at",
    "prove": "proved",
    "direct": "where the copy goes",
    "patients": "whose data it is looked at",
    "export": "copied and signed",
    "stopped": "stopped before it left",
    "expired": "too late to be sent",
    "day-sheet": "day sheet",
    "calls": "call list",
    "cover": "screen locked",
    "lock": "locked completely",
    "return": "back after a lock",
    "switch": "took the desk over",
    "disable": "way in closed for good",
    "renew": "new password and roles",
    "allow-again": "allowed to try again",
    "chore": "seen to, for somebody who left",
    "password": "own password changed",
    "pin": "own PIN",
    "review": "access looked through and signed",
    "rotate": "new keys for the store",
    "drill": "paper checked",
    "paper": "made anew on paper",
    "begin": "begun",
    "end": "ended",
    "sign": "signed",
    "confirm": "confirmed",
    "rule": "rule changed",
    "make": "asked for",
    "made": "made and tried out",
    "behind": "shorter than the exchange remembers",
    "restored": "shorter, since a backup was put back",
    "brought": "brought to its folder",
    "folder": "folder chosen",
    "removed": "removed because of its age",
    "done": "put in place",
    "moved": "brought to this computer",
    "salvaged": "what could be read was saved",
    "not-carried": "a part of the store of before is lost",
    "begun": "begun",
    "not-shown-ours": "not shown to be of this office",
    "entries-lost": "entries of the journal are lost",
    "trial": "tried",
    "job": "sent to a printer",
    "restricted": "put out of sight, kept by law",
    "disposed": "destroyed when its time was over",
    "pack": "old entries packed",
    "give": "handed over",
    "prepare": "gathered to be handed over",
    "take": "put on the register",
    "extend": "extended once",
    "identity": "identity checked",
    "close": "answered",
    "fee": "fee set",
    "set": "set",
    "release": "released",
    "remove": "asked to be removed",
    "deny": "denied",
    "disagree": "statement attached",
    "decide": "decided",
    "pull": "fetched anew",
    "revoke": "taken back",
    "event": "ended by its event",
    "warn": "warning changed",
    "lapse": "ended with the birthday",
    "link": "linked to a patient",
    "suspend": "suspended for an authority",
    "find": "looked for by booking number",
    "list": "list looked at",
    "copies": "copies looked at",
    "step": "a step taken",
    "put-down": "something put down",
    "assess": "factors put down",
    "conclude": "concluded",
    "violation": "a broken rule confirmed",
    "sanction": "what came of it",
    "envelopes": "addresses printed",
    "tell": "CareKraft told",
    "destroy": "destroyed, this computer was reported lost",
    "report": "reported",
    "many-failed": "five passwords in ten minutes did not fit",
    "shut-out": "ended at another workstation",
    "needs-contact": "too long without the exchange",
    "bundle": "shown what support would see",
    "record": "put on file",
}
OUTCOME: Final[dict[str, str]] = {
    "done": "Done",
    "denied": "Not allowed",
    "refused": "Refused",
    "forgotten": "Forgotten",
    "failed": "Failed",
}


def action(code: str) -> str:
    """An action in words; what has none is its own code with spaces."""
    subject, _, did = code.partition(".")
    if code == "incident.drill":
        return f"{SUBJECT[subject]}: practised"
    words = _DID.get(did, did.replace("-", " "))
    return f"{SUBJECT.get(subject, subject)}: {words}" if words else SUBJECT.get(subject, subject)


def outcome(code: str) -> str:
    """How it ended."""
    return OUTCOME.get(code, code)
