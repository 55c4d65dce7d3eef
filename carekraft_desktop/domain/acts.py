"""What the office can do with a booking and mark on it, and the coded reasons it can give.

Apart from the visits themselves, so that what leaves the office can be built without sight
of them.
"""

from enum import StrEnum


class Act(StrEnum):
    """What the office can do with a booking or a public review."""

    ACCEPT = "accept"
    DECLINE = "decline"
    PROPOSE = "propose"
    MOVE = "move"
    CANCEL = "cancel"
    ARRIVE = "arrive"
    COMPLETE = "complete"
    NO_SHOW = "no-show"
    REPLY = "reply"
    REPLY_WITHDRAW = "reply-withdraw"
    REVIEW_REPORT = "review-report"
    CLAIM = "claim"
    """Tell the colleagues that one is on it."""
    RELEASE = "release"
    ENTER = "enter"
    """It stands in the practice system."""
    UNENTER = "unenter"
    CALL = "call"
    """The patient was called."""
    REFER = "refer"
    CANCEL_REFERRAL = "cancel-referral"
    ACCEPT_REFERRAL = "accept-referral"
    DECLINE_REFERRAL = "decline-referral"
    CARRY = "carry-referral"
    """Take the permission at the exchange for a referral that goes to a partner outside it."""
    DELIVER = "deliver-referral"
    """Bring it to the partner."""
    RECALL = "recall-referral"
    """Take it back at the partner."""
    REPORT_ANSWER = "report-answer"
    """Tell the exchange what the partner answered."""
    SHUT_OUT = "shut-out"
    """Tell the office's other workstations that somebody may come in nowhere any more."""
    TELL_TRIES = "tell-tries"
    """Tell them that many passwords did not fit here."""
    TELL_TOOK = "tell-took"
    """Tell them what somebody whose sign-in ended had taken along here."""
    TELL_INCIDENT = "tell-incident"
    """Tell CareKraft that there is an incident, in closed codes."""
    REPORT_LOST = "report-lost"
    """Shut a workstation out, which then destroys its keys."""


class Decline(StrEnum):
    """Why a request cannot be taken; the patient reads a fixed sentence for each."""

    NO_TIME = "no-time"
    NOT_TAKING_PATIENTS = "not-taking-patients"
    OTHER_PROVIDER = "other-provider"
    INSURANCE_NOT_TAKEN = "insurance-not-taken"
    REFERRAL_NEEDED = "referral-needed"
    DUPLICATE = "duplicate"


class Cancel(StrEnum):
    """Why the office cancels a visit."""

    PROVIDER_AWAY = "provider-away"
    OFFICE_CLOSED = "office-closed"
    PATIENT_ASKED = "patient-asked"
    DUPLICATE = "duplicate"


class Overlap(StrEnum):
    """Why a visit is put where another one is, or where nobody works; stays in the office."""

    PATIENT_AGREED = "patient-agreed"
    URGENT = "urgent"
    SHORT_VISIT = "short-visit"
    OTHER_ROOM = "other-room"
    PROVIDER_AGREED = "provider-agreed"


EXPIRES_AT_START = frozenset(
    {
        Act.ACCEPT,
        Act.DECLINE,
        Act.PROPOSE,
        Act.CLAIM,
        Act.RELEASE,
        Act.REFER,
        Act.CARRY,
    }
)
"""What means nothing once the visit's time has come, or a claim's own time is over."""
TO_PARTNER = frozenset({Act.DELIVER, Act.RECALL})
"""What goes to a partner outside the exchange, by a connection of its own."""
ENDS_UNSEEN = frozenset({Act.CLAIM, Act.RELEASE, Act.TELL_TRIES, Act.TELL_TOOK})
"""What nobody needs to be told of when its time was over before it could be sent."""
