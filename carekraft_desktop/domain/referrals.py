"""A referral from draft to appointment: where it stands, its folder, and the lawful steps."""

from dataclasses import dataclass
from enum import StrEnum

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.intentions import Delivery

DRAFT_DAYS = 14
"""A draft that nobody has touched for so long is removed."""
OVERDUE_DAYS = 2
"""Days after which an office that has not answered is asked about."""
OVERDUE_BEFORE = 24 * 3600
"""Seconds before the wanted time within which no answer is too late an answer."""
DAY = 24 * 3600


class Stage(StrEnum):
    """Where a referral stands, as far as this office knows."""

    DRAFT = "draft"
    """Only here; nothing has left the office."""
    SAVED = "saved"
    """Confirmed at the desk and waiting to leave: a saved request, not an appointment."""
    REFUSED = "refused"
    """It did not leave, or the exchange did not take it; `problem` says why."""
    PROPOSED = "proposed"
    """The other office has it and has not answered."""
    BOOKED = "booked"
    RESCHEDULED = "rescheduled"
    """Booked, at a time that the other office chose."""
    DECLINED = "declined"
    CANCELLED = "cancelled"


class Folder(StrEnum):
    """The lists by which a desk works."""

    ATTENTION = "attention"
    DRAFT = "draft"
    WAITING = "waiting"
    BOOKED = "booked"
    DECLINED = "declined"
    CANCELLED = "cancelled"
    RECEIVED = "received"


class Step(StrEnum):
    """What the desk can do with a referral."""

    EDIT = "edit"
    SEND = "send"
    DISCARD = "discard"
    CANCEL = "cancel"
    AGAIN = "again"
    """Make a new draft like it; what was sent stays as it is."""
    SEEN = "seen"
    """Somebody has read what became of it."""


LIVE = frozenset({Stage.SAVED, Stage.PROPOSED, Stage.BOOKED, Stage.RESCHEDULED})
"""Counts against the number of bookings that a permission allows."""
OPEN = frozenset({Stage.SAVED, Stage.PROPOSED})
"""Not confirmed; ended when the permission ends (REQ-68)."""
AFTER: dict[Stage, frozenset[Step]] = {
    Stage.DRAFT: frozenset({Step.EDIT, Step.SEND, Step.DISCARD}),
    Stage.SAVED: frozenset({Step.CANCEL}),
    Stage.REFUSED: frozenset({Step.AGAIN, Step.SEEN}),
    Stage.PROPOSED: frozenset({Step.CANCEL}),
    Stage.BOOKED: frozenset({Step.CANCEL}),
    Stage.RESCHEDULED: frozenset({Step.CANCEL, Step.SEEN}),
    Stage.DECLINED: frozenset({Step.AGAIN, Step.SEEN}),
    Stage.CANCELLED: frozenset({Step.AGAIN, Step.SEEN}),
}
"""The lawful steps. Nothing that was sent is ever edited: cancel it and book again."""


@dataclass(frozen=True, slots=True)
class Referral:
    """One referral with all that this office knows of it."""

    id: str
    """The request's id; a UUIDv4."""
    stage: Stage
    patient_id: str
    """Empty once the patient has withdrawn the share."""
    permission_id: str
    provider_npi: str = ""
    location_id: str = ""
    version: int = 0
    """The exchange's; 0 while it knows nothing of it."""
    referring: str = ""
    """The provider of this office on whose behalf it is; stays here."""
    visit_id: str = ""
    """The visit it was begun from; stays here."""
    agreed_by: str = ""
    """Who ticked that the patient was asked, as a staff id; empty before."""
    agreed_at: Moment = 0
    specialty: str = ""
    visit_class: str = "NEW"
    mode: str = "IN_PERSON"
    slot_id: str = ""
    start: Moment = 0
    end: Moment = 0
    wishes: tuple[tuple[str, str], ...] = ()
    earliest_ok: bool = False
    message: bytes = b""
    """Exactly what left or is about to, empty in a draft."""
    made_at: Moment = 0
    touched_at: Moment = 0
    sent_at: Moment = 0
    actor: str = ""
    """Staff id of who confirmed it."""
    problem: str = ""
    """Why it did not leave or was not taken: a code."""
    decline_code: str = ""
    cancel_code: str = ""
    seen: bool = False
    key: str = ""
    """Of the intention that carries it."""

    @property
    def sent(self) -> bool:
        """Whether it has left, so that nothing of it can be changed."""
        return self.stage not in {Stage.DRAFT, Stage.REFUSED} or bool(self.sent_at)


@dataclass(frozen=True, slots=True)
class Received:
    """A referral that another office made with this one."""

    id: str
    version: int
    stage: Stage
    from_npi: str
    from_phone: str
    provider_npi: str
    patient_id: str
    booking_id: str
    """Empty while it has no time."""
    start: Moment
    end: Moment
    wishes: tuple[tuple[str, str], ...]
    mode: str
    language: str
    interpreter: bool
    earliest_ok: bool
    message: bytes
    sent_at: Moment


_FOLDER: dict[Stage, Folder] = {
    Stage.DRAFT: Folder.DRAFT,
    Stage.SAVED: Folder.WAITING,
    Stage.REFUSED: Folder.ATTENTION,
    Stage.PROPOSED: Folder.WAITING,
    Stage.BOOKED: Folder.BOOKED,
    Stage.RESCHEDULED: Folder.BOOKED,
    Stage.DECLINED: Folder.DECLINED,
    Stage.CANCELLED: Folder.CANCELLED,
}
_NEWS = frozenset({Stage.RESCHEDULED, Stage.DECLINED, Stage.CANCELLED})
_OURS = frozenset({"", "FROM_OFFICE"})


def folder(referral: Referral, now: Moment) -> Folder:
    """In which list it belongs; what others decided waits for somebody to see it."""
    unseen = referral.stage in _NEWS and not referral.seen
    ours = referral.stage is Stage.CANCELLED and referral.cancel_code in _OURS
    if (unseen and not ours) or overdue(referral, now):
        return Folder.ATTENTION
    return _FOLDER[referral.stage]


def overdue(referral: Referral, now: Moment) -> bool:
    """Whether the other office should have answered by now."""
    if referral.stage is not Stage.PROPOSED:
        return False
    late = now - (referral.sent_at or referral.made_at) >= OVERDUE_DAYS * DAY
    return late or bool(referral.start and referral.start - now <= OVERDUE_BEFORE)


def draft_expired(referral: Referral, now: Moment) -> bool:
    """Whether a draft was left alone for too long."""
    return referral.stage is Stage.DRAFT and now - referral.touched_at >= DRAFT_DAYS * DAY


def stage_after(delivery: Delivery, stage: Stage) -> Stage:
    """Where a saved request stands once its intention has come that far."""
    if stage is not Stage.SAVED:
        return stage
    if delivery in {Delivery.CONFLICT, Delivery.REJECTED, Delivery.EXPIRED}:
        return Stage.REFUSED
    if delivery is Delivery.WITHDRAWN:
        return Stage.DRAFT
    return Stage.PROPOSED if delivery is Delivery.APPLIED else stage
