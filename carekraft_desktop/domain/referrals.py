"""A referral from draft to appointment: where it stands, its folder, and the lawful steps."""

from enum import StrEnum

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.value import Value

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


class Record(Value, frozen=True):
    """A referral as the exchange has it; changes by the exchange's word only."""

    id: str
    version: int
    sent: bool
    """By this office; otherwise another office made it with us."""
    stage: Stage
    message: bytes
    """What was sent, as it was sent."""
    patient_id: str
    permission_id: str
    provider_npi: str
    location_id: str
    from_npi: str
    from_phone: str
    start: Moment = 0
    """0 while it has no time."""
    end: Moment = 0
    booking_id: str = ""
    """For one that was received: the visit it became."""
    decline_code: str = ""
    cancel_code: str = ""
    sent_at: Moment = 0
    actor: str = ""
    """Staff id of who sent it, for one of ours."""


class Work(Value, frozen=True):
    """What the office itself knows of a referral of its own: the choices, and who made them.

    A draft is nothing but this. After sending it stays for what never leaves the office.
    """

    id: str
    """The request's id; a UUIDv4."""
    patient_id: str
    """Empty once the patient has withdrawn the share."""
    permission_id: str = ""
    referring: str = ""
    """The provider of this office on whose behalf it is."""
    visit_id: str = ""
    """The visit it was begun from."""
    agreed_by: str = ""
    """Who ticked that the patient was asked, as a staff id; empty before."""
    agreed_at: Moment = 0
    provider_npi: str = ""
    location_id: str = ""
    specialty: str = ""
    visit_class: str = "NEW"
    mode: str = "IN_PERSON"
    slot_id: str = ""
    start: Moment = 0
    end: Moment = 0
    wishes: tuple[tuple[str, str], ...] = ()
    earliest_ok: bool = False
    message: bytes = b""
    """Exactly what is about to leave or left; empty in a draft."""
    digest: str = ""
    """SHA-256 of the message as it was shown before sending."""
    made_at: Moment = 0
    touched_at: Moment = 0
    actor: str = ""
    """Staff id of who confirmed it."""
    key: str = ""
    """Of the intention that carries it; empty in a draft."""
    seen_version: int = 0
    """The exchange's version that somebody has looked at; -1 for a refusal that was seen."""


class Referral(Value, frozen=True):
    """One referral of this office as the desk sees it."""

    work: Work
    stage: Stage
    record: Record | None = None
    delivery: Delivery | None = None
    """How far the intention that carries it has come."""
    problem: str = ""
    """Why it did not leave or was not taken: a code."""

    @property
    def id(self) -> str:
        """The request's id."""
        return self.work.id

    @property
    def start(self) -> Moment:
        """When the appointment is, or would be; 0 for a wish."""
        return self.record.start if self.record is not None else self.work.start

    @property
    def end(self) -> Moment:
        """When it ends."""
        return self.record.end if self.record is not None else self.work.end

    @property
    def seen(self) -> bool:
        """Whether somebody has looked at how it stands."""
        if self.record is None:
            return self.work.seen_version < 0
        return self.work.seen_version >= self.record.version

    @property
    def cancel_code(self) -> str:
        """Who ended it, empty while nobody did."""
        return self.record.cancel_code if self.record is not None else ""


def see(
    work: Work, record: Record | None, delivery: Delivery | None = None, problem: str = ""
) -> Referral:
    """Lay record, choices and the way they took over each other: the exchange's word first."""
    if record is not None:
        return Referral(work, record.stage, record, delivery, problem)
    if delivery is None or delivery is Delivery.WITHDRAWN:
        return Referral(work, Stage.DRAFT)
    if delivery in {Delivery.CONFLICT, Delivery.REJECTED, Delivery.EXPIRED}:
        return Referral(work, Stage.REFUSED, None, delivery, problem)
    if delivery is Delivery.VOID:
        return Referral(work, Stage.CANCELLED, None, delivery, problem)
    taken = delivery is Delivery.APPLIED
    return Referral(work, Stage.PROPOSED if taken else Stage.SAVED, None, delivery, problem)


_FOLDER: dict[Stage, Folder] = {
    Stage.DRAFT: Folder.DRAFT,
    Stage.SAVED: Folder.WAITING,
    Stage.REFUSED: Folder.CANCELLED,
    Stage.PROPOSED: Folder.WAITING,
    Stage.BOOKED: Folder.BOOKED,
    Stage.RESCHEDULED: Folder.BOOKED,
    Stage.DECLINED: Folder.DECLINED,
    Stage.CANCELLED: Folder.CANCELLED,
}
_NEWS = frozenset({Stage.RESCHEDULED, Stage.DECLINED, Stage.CANCELLED, Stage.REFUSED})
_OURS = frozenset({"", "FROM_OFFICE"})


def folder(referral: Referral, now: Moment) -> Folder:
    """In which list it belongs; what others decided waits for somebody to see it."""
    news = referral.stage in _NEWS and not referral.seen
    ours = referral.stage is Stage.CANCELLED and referral.cancel_code in _OURS
    if (news and not ours) or overdue(referral, now):
        return Folder.ATTENTION
    return _FOLDER[referral.stage]


def overdue(referral: Referral, now: Moment) -> bool:
    """Whether the other office should have answered by now."""
    if referral.stage is not Stage.PROPOSED:
        return False
    since = referral.record.sent_at if referral.record is not None else referral.work.touched_at
    late = now - since >= OVERDUE_DAYS * DAY
    return late or bool(referral.start and referral.start - now <= OVERDUE_BEFORE)


def draft_expired(work: Work, now: Moment) -> bool:
    """Whether a draft was left alone for too long."""
    return not work.key and now - work.touched_at >= DRAFT_DAYS * DAY
