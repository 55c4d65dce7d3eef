"""A booking received from the exchange, and the steps that are lawful for the office."""

from typing import NamedTuple

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.codes import Status as Status
from carekraft_desktop.value import Value

AFTER: dict[Status, dict[Act, Status]] = {
    Status.REQUESTED: {
        Act.ACCEPT: Status.CONFIRMED,
        Act.DECLINE: Status.CANCELLED,
        Act.PROPOSE: Status.OFFERED,
    },
    Status.OFFERED: {Act.PROPOSE: Status.OFFERED, Act.CANCEL: Status.CANCELLED},
    Status.CONFIRMED: {
        Act.MOVE: Status.CONFIRMED,
        Act.CANCEL: Status.CANCELLED,
        Act.ARRIVE: Status.ARRIVED,
        Act.NO_SHOW: Status.NO_SHOW,
    },
    Status.ARRIVED: {Act.COMPLETE: Status.COMPLETED, Act.ACCEPT: Status.CONFIRMED},
    Status.NO_SHOW: {Act.ACCEPT: Status.CONFIRMED, Act.ARRIVE: Status.ARRIVED},
    Status.COMPLETED: {},
    Status.CANCELLED: {},
}
"""The lawful steps. From ARRIVED and NO_SHOW, ACCEPT takes the mark back."""


def acts_for(status: Status, *, start: Moment, now: Moment) -> frozenset[Act]:
    """What the office may do at `now` with a visit that starts at `start`.

    A no-show cannot be known before the visit's start; a request whose time has passed can
    only be declined or given another time.
    """
    acts = set(AFTER[status])
    if now < start:
        acts.discard(Act.NO_SHOW)
    elif status is Status.REQUESTED:
        acts.discard(Act.ACCEPT)
    return frozenset(acts)


class Entry(NamedTuple):
    """A visit as a list or calendar shows it: name, time and status only (REQ-03).

    A tuple, because a week of a large office is some thousands of them.
    """

    start: Moment
    id: str
    end: Moment
    provider_id: str
    patient_id: str
    name: str
    """Empty while the patient's details have not arrived."""
    status: Status
    version: int
    requested_at: Moment


class Visit(Value, frozen=True):
    """One booking with all that came with it."""

    id: str
    version: int
    number: str
    """The booking number that the patient can name on the telephone."""
    patient_id: str
    provider_id: str
    slot_id: str
    """Empty when the time is not a published one."""
    start: Moment
    end: Moment
    status: Status
    requested_at: Moment
    cancelled_by: str = ""
    """`patient` or `office` when cancelled."""
    reason: str = ""
    """The coded reason of a cancellation, empty when none was given."""
    offered_start: Moment | None = None
    """The time the office proposed, while that is open."""
    offered_end: Moment | None = None
    purpose: str = ""
    """The patient's own words (medical data)."""
    comment: str = ""
    """The patient's own words (medical data)."""
    previous_providers: tuple[str, ...] = ()
    """Whom the patient saw before (medical data)."""
    changed_at: Moment = 0
    """When the exchange last changed it; 0 when that is not known."""

    def entry(self, name: str = "") -> Entry:
        """The line of it that lists and calendars show; an offer stands where it was offered."""
        offered = self.offered_start is not None and self.status is Status.OFFERED
        return Entry(
            self.offered_start or self.start if offered else self.start,
            self.id,
            self.offered_end or self.end if offered else self.end,
            self.provider_id,
            self.patient_id,
            name,
            self.status,
            self.version,
            self.requested_at,
        )


class Slot(Value, frozen=True):
    """A published stretch of time, as it arrives."""

    id: str
    version: int
    schedule_id: str
    start: Moment
    end: Moment
    free: bool


class Schedule(Value, frozen=True):
    """Ties slots to the provider whose time they are."""

    id: str
    version: int
    provider_id: str


class Opening(Value, frozen=True):
    """A free published slot, or a time of the office's choice."""

    id: str
    """Empty when the time is not a published one."""
    provider_id: str
    start: Moment
    end: Moment


class Hours(Value, frozen=True):
    """One stretch of a provider's week, in the office's local time."""

    weekday: int
    """0 is Monday."""
    opens: int
    """Minutes after midnight."""
    closes: int


class Provider(Value, frozen=True):
    """Someone whose time can be booked."""

    id: str
    name: str
    specialty: str
    active: bool
    hours: tuple[Hours, ...]
    version: int = 1


class Office(Value, frozen=True):
    """The office itself."""

    id: str
    name: str
    zone: str
    """IANA name of its time zone."""
    phone: str = ""
    version: int = 1
    npi: str = ""
    """Its national provider number; empty where it makes no referrals."""
    zip5: str = ""
