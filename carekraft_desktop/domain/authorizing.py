"""A patient's authorization to disclose, and what makes one invalid (45 CFR 164.508(b), (c)).

It is its own object. A permission to book with another office is never one, whatever it says
(REQ-42, REQ-70).
"""

from datetime import date
from enum import StrEnum

from carekraft_desktop.domain import Moment
from carekraft_desktop.value import Value


class Flaw(StrEnum):
    """Why an authorization does not count."""

    MISSING = "missing"
    INCOMPLETE = "incomplete"
    """One of the elements of 164.508(c)(1) or a statement of (c)(2) is not there."""
    EXPIRED = "expired"
    REVOKED = "revoked"
    NOT_YET = "not-yet"
    WRONG_PATIENT = "wrong-patient"
    WRONG_RECIPIENT = "wrong-recipient"
    NO_AUTHORITY = "no-authority"
    """A representative signed whose authority did not reach that far."""


class Authorization(Value, frozen=True):
    """What was signed, element by element."""

    id: str
    patient_id: str
    description: str
    """What may be disclosed, specifically."""
    discloser: str
    recipient: str
    purpose: str
    expires_on: str
    """ISO date; empty when an event ends it."""
    expires_event: str
    event_on: str
    """ISO date on which the event came; empty while it has not."""
    signed_on: str
    representative_id: str
    """Who signed for the patient; empty when the patient did."""
    says_revocation: bool
    says_redisclosure: bool
    revoked_at: Moment
    """0 while it has not been taken back."""
    made_at: Moment
    made_by: str


def incomplete(one: Authorization) -> bool:
    """Whether an element that the rule names is missing."""
    texts = (one.description, one.discloser, one.recipient, one.purpose, one.signed_on)
    ends = bool(one.expires_on) != bool(one.expires_event)
    return not (
        all(text.strip() for text in texts)
        and ends
        and one.says_revocation
        and one.says_redisclosure
    )


def flaw(one: Authorization | None, patient_id: str, recipient: str, today: date) -> Flaw | None:
    """The first reason why it does not cover a disclosure, None when it does."""
    if one is None:
        return Flaw.MISSING
    checks = (
        (one.patient_id != patient_id, Flaw.WRONG_PATIENT),
        (incomplete(one), Flaw.INCOMPLETE),
        (one.revoked_at > 0, Flaw.REVOKED),
        (one.signed_on > today.isoformat(), Flaw.NOT_YET),
        (bool(one.expires_on) and one.expires_on < today.isoformat(), Flaw.EXPIRED),
        (bool(one.event_on) and one.event_on <= today.isoformat(), Flaw.EXPIRED),
        (_plain(one.recipient) != _plain(recipient), Flaw.WRONG_RECIPIENT),
    )
    return next((found for wrong, found in checks if wrong), None)


def _plain(name: str) -> str:
    return " ".join(name.split()).casefold()
