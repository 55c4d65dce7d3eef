"""What a patient may ask of the office, and by when it has to be answered (D.5).

Federal days: access 30 and once 30 more (45 CFR 164.524(b)), amendment and accounting 60 and once
30 more (164.526(b), 164.528(c)). For the other kinds no rule names a day; those are the office's.
"""

from datetime import date, timedelta
from enum import StrEnum

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.copying import FREE, Directed, Fee
from carekraft_desktop.value import Value

ALERT_DAYS = 10
"""Days before the day on which the office is reminded."""
FREE_MONTHS = 12
"""One accounting in so many months is free (164.528(c)(2))."""
BACK_YEARS = 6
"""How far back an accounting goes (164.528(a)(1))."""


class Asked(StrEnum):
    """The kinds of request."""

    ACCESS = "access"
    AMENDMENT = "amendment"
    ACCOUNTING = "accounting"
    RESTRICTION = "restriction"
    CONFIDENTIAL = "confidential"
    COMPLAINT = "complaint"


DAYS: dict[Asked, tuple[int, int]] = {
    Asked.ACCESS: (30, 30),
    Asked.AMENDMENT: (60, 30),
    Asked.ACCOUNTING: (60, 30),
    Asked.RESTRICTION: (30, 0),
    Asked.CONFIDENTIAL: (10, 0),
    Asked.COMPLAINT: (30, 0),
}
"""Days to answer, and days of the one extension."""
BY_LAW = frozenset({Asked.ACCESS, Asked.AMENDMENT, Asked.ACCOUNTING})
"""Kinds whose days are the rule's and not the office's own."""


class Delay(StrEnum):
    """Why it takes longer; the patient is told in writing."""

    OFF_SITE = "off-site"
    MANY_SYSTEMS = "many-systems"
    ADVICE = "advice"
    OTHERS = "others"
    """Somebody outside the office has to answer first."""


class Identity(StrEnum):
    """How the office made sure who asks (164.514(h))."""

    PHOTO = "photo"
    DETAILS = "details"
    """Birth date, address and last visit agreed."""
    SIGNATURE = "signature"
    AUTHORITY = "authority"
    """A representative's papers."""


class Denial(StrEnum):
    """The only four reasons for which an amendment may be denied (164.526(a)(2))."""

    NOT_CREATED_HERE = "not-created-here"
    NOT_IN_RECORD_SET = "not-in-record-set"
    NOT_ACCESSIBLE = "not-accessible"
    ACCURATE = "accurate"


class Result(StrEnum):
    """How a request ended."""

    HANDED_OVER = "handed-over"
    AMENDED = "amended"
    CORRECT_AT_SOURCE = "correct-at-source"
    """The patient corrects it in CareKraft; the office receives it anew."""
    DENIED = "denied"
    AGREED = "agreed"
    NOT_AGREED = "not-agreed"
    ANSWERED = "answered"
    TAKEN_BACK = "taken-back"


RESULTS: dict[Asked, tuple[Result, ...]] = {
    Asked.ACCESS: (Result.HANDED_OVER, Result.TAKEN_BACK),
    Asked.AMENDMENT: (
        Result.AMENDED,
        Result.CORRECT_AT_SOURCE,
        Result.DENIED,
        Result.TAKEN_BACK,
    ),
    Asked.ACCOUNTING: (Result.HANDED_OVER, Result.TAKEN_BACK),
    Asked.RESTRICTION: (Result.AGREED, Result.NOT_AGREED, Result.TAKEN_BACK),
    Asked.CONFIDENTIAL: (Result.AGREED, Result.TAKEN_BACK),
    Asked.COMPLAINT: (Result.ANSWERED, Result.TAKEN_BACK),
}
"""A request to be reached another way cannot be refused by a provider (164.522(b)(1)(i))."""


AFTER_ERASURE = (Asked.ACCOUNTING, Asked.ACCESS)
"""What can be answered of somebody who was erased: who was told what, and what paperwork is left."""


class Urgency(StrEnum):
    """How close the day is."""

    NONE = "none"
    SOON = "soon"
    OVERDUE = "overdue"


class Request(Value, frozen=True):
    """One request on the register."""

    id: str
    patient_id: str
    kind: Asked
    received_on: date
    due_on: date
    extended_to: date | None
    reason: Delay | None
    identity: Identity | None
    by_representative: str
    """Id of the representative who asks; empty when the patient does."""
    open: bool
    outcome: Result | None
    made_by: str
    closed_on: date | None
    fee: Fee = FREE
    to: Directed | None = None
    """To whom the copy goes; None for whoever asks."""

    @property
    def day(self) -> date:
        """By when it has to be answered as things stand."""
        return self.extended_to or self.due_on

    def urgency(self, today: date) -> Urgency:
        """How close that is."""
        if not self.open:
            return Urgency.NONE
        if today > self.day:
            return Urgency.OVERDUE
        near = today >= self.day - timedelta(days=ALERT_DAYS)
        return Urgency.SOON if near else Urgency.NONE

    @property
    def may_extend(self) -> bool:
        """Whether the one extension is still there."""
        return self.open and self.extended_to is None and DAYS[self.kind][1] > 0


def due(kind: Asked, received: date) -> date:
    """By when a request that came on a day has to be answered."""
    return received + timedelta(days=DAYS[kind][0])


def extended(request: Request) -> date:
    """The day that the one extension gives."""
    return request.due_on + timedelta(days=DAYS[request.kind][1])


class Step(Value, frozen=True):
    """What somebody did with a request."""

    at: Moment
    staff: str
    what: str
    code: str
