"""What colleagues tell each other about a booking: who is on it, whether it is entered, calls."""

from enum import StrEnum

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.value import Value

MARK = "mark"
"""The feed's word for them."""
CLAIM_LASTS = 15 * 60
"""Seconds after which a claim ends by itself."""


class MarkKind(StrEnum):
    """What a mark says; one of each kind for a booking."""

    CLAIM = "claim"
    ENTERED = "entered"
    CALL = "call"


class CallOutcome(StrEnum):
    """How a call ended."""

    REACHED = "reached"
    NO_ANSWER = "no-answer"
    LEFT_MESSAGE = "left-message"
    CALL_BACK = "call-back"
    WRONG_NUMBER = "wrong-number"


KIND_OF: dict[Act, MarkKind] = {
    Act.CLAIM: MarkKind.CLAIM,
    Act.RELEASE: MarkKind.CLAIM,
    Act.ENTER: MarkKind.ENTERED,
    Act.UNENTER: MarkKind.ENTERED,
    Act.CALL: MarkKind.CALL,
}


class Mark(Value, frozen=True):
    """One mark."""

    id: str
    version: int
    kind: MarkKind
    visit_id: str
    staff: str
    name: str
    """Of the colleague."""
    device: str
    workstation: str
    at: Moment
    until: Moment = 0
    """When a claim ends by itself; 0 for never."""
    outcome: str = ""
    """Of a call."""
    visit_version: int = 0
    """The booking's version that was entered."""


class Marks(Value, frozen=True):
    """What is marked on one booking."""

    claim: Mark | None = None
    """Only while it lasts."""
    entered: Mark | None = None
    call: Mark | None = None
    """The newest."""


NO_MARKS = Marks()


def mark_id(kind: MarkKind, visit_id: str) -> str:
    """The id of a booking's mark."""
    return f"{kind}.{visit_id}"


def visit_of(mark_id_: str) -> str:
    """The booking that a mark is about."""
    return mark_id_.partition(".")[2]
