"""Marks that the colleagues of one office put on bookings for each other.

Ids, codes and the names of staff only; a mark holds nothing of a patient, and no patient sees it.
There is one mark of each kind for a booking; its id is the kind and the booking's id.
"""

from datetime import datetime, timedelta
from enum import StrEnum

from msgspec import Struct

from carekraft_desktop.contract.codec import decode
from carekraft_desktop.contract.feed import Version
from carekraft_desktop.contract.limits import Id, ShortText

CLAIM_LASTS = timedelta(minutes=15)
"""A claim that nobody renews ends by itself."""


class MarkKind(StrEnum):
    """What a mark says."""

    CLAIM = "claim"
    """Somebody is on this booking."""
    ENTERED = "entered"
    """It stands in the office's practice system."""
    CALL = "call"
    """Somebody has called the patient; the newest call counts."""


class CallOutcome(StrEnum):
    """How a call ended."""

    REACHED = "reached"
    NO_ANSWER = "no-answer"
    LEFT_MESSAGE = "left-message"
    CALL_BACK = "call-back"
    WRONG_NUMBER = "wrong-number"


class Mark(Struct, frozen=True, omit_defaults=True):
    """One mark as it is in the feed."""

    id: Id
    kind: MarkKind
    about: Id
    """The booking."""
    by: Id
    """Staff id."""
    name: ShortText
    """What colleagues read."""
    device: Id
    """The workstation's id at the exchange."""
    workstation: ShortText
    at: datetime
    until: datetime | None = None
    """When a claim ends by itself."""
    outcome: CallOutcome | None = None
    v: Version | None = None
    """For ENTERED: the booking's version that was entered."""


class MarkBody(Struct, frozen=True, omit_defaults=True):
    """What a command about a mark says."""

    about: Id
    name: ShortText
    outcome: CallOutcome | None = None
    """Needed by `mark.call`."""
    v: Version | None = None


def read_body(text: str) -> MarkBody:
    """A body that this program wrote earlier."""
    return decode(text.encode(), MarkBody)


def mark_id(kind: MarkKind, about: str) -> str:
    """The id of a booking's mark."""
    return f"{kind}.{about}"
