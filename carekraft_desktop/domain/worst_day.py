"""What to do first on the worst day, in order, for each kind of thing that goes wrong."""

from enum import StrEnum


class Kind(StrEnum):
    """What went wrong."""

    LOST_MACHINE = "lost-machine"
    """A workstation was lost, stolen, or is not where it should be."""
    PUBLIC_REPLY = "public-reply"
    """A reply told the public something of a patient."""
    MISSENT = "missent"
    """A booking, a paper or a message went to the wrong place."""
    LOOKED = "looked"
    """Somebody looked who had no reason to."""
    MALWARE = "malware"
    """Ransom, or a program that does not belong here."""
    TOLD = "told-by-carekraft"
    """CareKraft tells of an incident on its side."""


class Step(StrEnum):
    """One thing to do. What each says is in the wording; what it means is here."""

    STAY_CALM = "note-the-time"
    REPORT_LOST = "report-lost"
    """Have the machine told at its next contact to destroy its keys."""
    SHUT_OUT = "shut-out"
    """Take the way in of whoever it concerns."""
    NEW_KEYS = "new-keys"
    """Give the office's store another key."""
    POLICE = "police"
    TAKE_DOWN = "take-down"
    KEEP_EVIDENCE = "keep-evidence"
    CALL_BACK = "call-back"
    """Ask whoever got it to send it back or destroy it, in writing."""
    UNPLUG = "unplug"
    """Take the machine off the network, and do not switch it off."""
    DO_NOT_PAY = "do-not-pay"
    SECURITY = "security-official"
    OFFICER = "privacy-officer"
    WHO = "whose-data"
    """Put down whose data it is about."""
    ASSESS = "assess"
    TELL_CAREKRAFT = "tell-carekraft"
    READ_NOTICE = "read-notice"
    ASK_CAREKRAFT = "ask-carekraft"
    """Ask for the list of the people concerned."""
    SILENCE = "no-words"
    """Say nothing in public and nothing to the reviewer."""
    CHANGE_PASSWORDS = "change-passwords"
    LOOK_AT_JOURNAL = "look-at-journal"
    TALK = "talk-to-them"
    """Hear the person before anything is decided."""


_FIRST = (Step.STAY_CALM,)
_LAST = (Step.OFFICER, Step.WHO, Step.ASSESS, Step.TELL_CAREKRAFT)

STEPS: dict[Kind, tuple[Step, ...]] = {
    Kind.LOST_MACHINE: (
        *_FIRST,
        Step.REPORT_LOST,
        Step.CHANGE_PASSWORDS,
        Step.NEW_KEYS,
        Step.POLICE,
        *_LAST,
    ),
    Kind.PUBLIC_REPLY: (*_FIRST, Step.TAKE_DOWN, Step.SILENCE, Step.KEEP_EVIDENCE, *_LAST),
    Kind.MISSENT: (*_FIRST, Step.CALL_BACK, Step.KEEP_EVIDENCE, *_LAST),
    Kind.LOOKED: (*_FIRST, Step.LOOK_AT_JOURNAL, Step.SHUT_OUT, Step.TALK, *_LAST),
    Kind.MALWARE: (
        *_FIRST,
        Step.UNPLUG,
        Step.SECURITY,
        Step.DO_NOT_PAY,
        Step.KEEP_EVIDENCE,
        Step.CHANGE_PASSWORDS,
        *_LAST,
    ),
    Kind.TOLD: (
        *_FIRST,
        Step.READ_NOTICE,
        Step.ASK_CAREKRAFT,
        Step.OFFICER,
        Step.WHO,
        Step.ASSESS,
    ),
}
"""In the order in which they are done."""


def steps_of(kind: Kind) -> tuple[Step, ...]:
    """What is to be done, in order."""
    return STEPS[kind]
