"""Whom the office should call: visits that come up, doubtful insurance, who did not come.

Each with the patient's own preference. The number itself is covered until somebody calls, and
that look is journalled like every other (REQ-03).
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from enum import StrEnum
from typing import NamedTuple

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.ages import is_minor
from carekraft_desktop.domain.marks import NO_MARKS, CallOutcome, Mark
from carekraft_desktop.domain.patients import DataClass, Insurance, Patient, Sharing
from carekraft_desktop.domain.pending import Seen, project
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.errors import NoLongerThere
from carekraft_desktop.services import marks as marking
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import marks, no_contact, outbox, patients, visits
from carekraft_desktop.store.unit import Reading

_DAY = 86_400
AHEAD = 3 * _DAY
"""Seconds before a visit from which on the patient is reminded."""
LOOK = 7 * _DAY
"""Seconds ahead in which insurance is looked at, and back in which a no-show is followed up."""


class Why(StrEnum):
    """Why somebody is on the list."""

    AGAIN = "again"
    """An earlier call did not reach the patient."""
    UPCOMING = "upcoming"
    INSURANCE = "insurance"
    """Shared, and without plan or member number."""
    NO_SHOW = "no-show"


class ToCall(NamedTuple):
    """One line of the list."""

    seen: Seen
    why: tuple[Why, ...]
    prefers: str
    """phone, sms or email; empty when the patient named none."""
    reachable: bool
    """Whether a telephone number is shared."""
    guardian: bool
    """The call goes to the guardian."""
    last: Mark | None
    """The last call about this visit."""


def to_call(desk: Desk) -> tuple[ToCall, ...]:
    """Everybody on the list: visits to come by their start, then who did not come, newest first."""
    desk.require(Right.SEE_SCHEDULE, "calls.see")
    now = desk.now()
    with desk.store.read() as unit:
        entries = [e for e in visits.between(unit, now - LOOK, now + LOOK) if e.patient_id]
        ids = [entry.id for entry in entries]
        shown = marking.laid_over(unit, desk, marks.of_visits(unit, ids), set(ids))
        asked = outbox.showing_by_visit(unit)
        found = [
            line
            for entry in entries
            if (seen := project(entry, asked.get(entry.id, ()))).status in _CALLED
            and (line := _line(unit, seen, shown.get(entry.id, NO_MARKS).call, now))
        ]
    return tuple(sorted(found, key=_order))


def _order(line: ToCall) -> tuple[bool, Moment, str]:
    missed = line.seen.status is Status.NO_SHOW
    return missed, -line.seen.start if missed else line.seen.start, line.seen.entry.id


def number(desk: Desk, visit_id: str) -> str:
    """The number to dial, the guardian's for a child; journalled as looked at.

    Raises:
        NoLongerThere: the visit or the patient is gone.
    """
    desk.require(Right.REVEAL_CONTACT, "patient.reveal", visit_id)
    with desk.store.write() as unit:
        visit = visits.get(unit, visit_id)
        patient = patients.get(unit, visit.patient_id) if visit is not None else None
        if patient is None:
            raise NoLongerThere
        desk.note(unit, "patient.reveal", visit_id, detail=DataClass.CONTACT)
    return dialled(patient, desk.now())


def _line(unit: Reading, seen: Seen, last: Mark | None, now: Moment) -> ToCall | None:
    entry = seen.entry
    if last is not None and last.outcome in _SETTLED:
        return None
    patient = patients.get(unit, entry.patient_id)
    if patient is None or no_contact.is_marked(unit, entry.patient_id):
        return None
    shares = patients.shares(unit, entry.patient_id)
    open_ = shares.contact is Sharing.SHARED
    insured = patients.insurance(unit, entry.patient_id)
    doubtful = shares.insurance is Sharing.SHARED and _doubtful(insured)
    why = tuple(_why(seen, last, now, doubtful=doubtful))
    if not why:
        return None
    return ToCall(
        seen,
        why,
        patient.prefers,
        open_ and bool(dialled(patient, now)),
        patient.guardian is not None,
        last,
    )


_CALLED = frozenset({Status.CONFIRMED, Status.NO_SHOW})
_SETTLED = frozenset({CallOutcome.REACHED, CallOutcome.LEFT_MESSAGE, CallOutcome.WRONG_NUMBER})


def _why(seen: Seen, last: Mark | None, now: Moment, *, doubtful: bool) -> Iterable[Why]:
    ahead = seen.start - now
    if seen.status is Status.NO_SHOW and ahead < 0:
        yield Why.NO_SHOW
    if seen.status is not Status.CONFIRMED or ahead <= 0:
        return
    if last is not None:
        yield Why.AGAIN
    if ahead <= AHEAD:
        yield Why.UPCOMING
    if doubtful:
        yield Why.INSURANCE


def _doubtful(insurance: Insurance | None) -> bool:
    return insurance is None or not (insurance.plan and insurance.member_id)


def dialled(patient: Patient, now: Moment) -> str:
    """The number that the office calls: the guardian's where there is one (REQ-71)."""
    guardian = patient.guardian
    if guardian is not None and guardian.phone:
        return guardian.phone
    today = datetime.fromtimestamp(now, UTC).date()
    return "" if is_minor(patient.birth_date, today) else patient.phone
