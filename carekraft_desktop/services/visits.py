"""The front desk: see the day, answer bookings. Each act is one transaction and leaves a trace."""

from collections import defaultdict
from collections.abc import Iterable, Sequence

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.acts import Act, Cancel, Decline, Overlap
from carekraft_desktop.domain.changes import Change
from carekraft_desktop.domain.intentions import BOOKING, Delivery, Intention
from carekraft_desktop.domain.marks import NO_MARKS, Marks
from carekraft_desktop.domain.patients import DataClass, Insurance, Patient, Shares
from carekraft_desktop.domain.pending import Seen, project
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.domain.visits import Entry, Opening, Status, Visit, acts_for
from carekraft_desktop.errors import IllegalStep, NoLongerThere, NothingToUndo
from carekraft_desktop.services import changes as changing
from carekraft_desktop.services import marks as marking
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import baselines, marks, outbox, patients, visits
from carekraft_desktop.store import office as offices
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import Value


class Card(Value, frozen=True):
    """Everything the office holds on one visit."""

    visit: Visit
    seen: Seen
    patient: Patient | None
    """None while the details have not arrived, or once they are withdrawn."""
    shares: Shares
    insurance: Insurance | None
    intentions: tuple[Intention, ...]
    """What the office ever asked for about it, in order."""
    changes: tuple[Change, ...] = ()
    """What has changed since somebody here last saw it, until it is acknowledged."""
    marks: Marks = NO_MARKS
    """What colleagues have marked on it."""


def day(desk: Desk, first: Moment, last: Moment) -> tuple[Seen, ...]:
    """Every visit that overlaps [first, last) as the desk sees it, by start.

    A visit that the office is moving shows at its new time, also when that is another day.
    """
    desk.require(Right.SEE_SCHEDULE, "day.see")
    with desk.store.read() as unit:
        entries = {entry.id: entry for entry in visits.between(unit, first, last)}
        intentions = _by_visit(outbox.showing(unit))
        entries |= visits.entries(unit, [id_ for id_ in intentions if id_ not in entries])
    seen = _project(entries.values(), intentions)
    return tuple(sorted((s for s in seen if s.start < last and s.end > first), key=_by_start))


def inbox(desk: Desk) -> tuple[Seen, ...]:
    """Requests that wait for an answer of the office, oldest first."""
    desk.require(Right.SEE_SCHEDULE, "inbox.see")
    with desk.store.read() as unit:
        entries = visits.requested(unit)
        intentions = _by_visit(outbox.showing(unit))
    return tuple(s for s in _project(entries, intentions) if s.status is Status.REQUESTED)


def card(desk: Desk, visit_id: str) -> Card:
    """One visit with all that the patient shared; opening it is journalled (REQ-11).

    Raises:
        NoLongerThere: the visit is gone.
    """
    desk.require(Right.SEE_SCHEDULE, "visit.open", visit_id)
    with desk.store.write() as unit:
        found = _card(unit, desk, visit_id)
        changing.remember(unit, visit_id)
        desk.note(unit, "visit.open", visit_id)
        return found


def same(desk: Desk, card: Card) -> bool:
    """Whether an open card still says all there is; tells nothing new, so nothing is journalled.

    False as well when the visit is gone.
    """
    with desk.store.read() as unit:
        try:
            return _card(unit, desk, card.visit.id) == card
        except NoLongerThere:
            return False


def _card(unit: Reading, desk: Desk, visit_id: str) -> Card:
    visit, seen, intentions = _look(unit, visit_id)
    return Card(
        visit=visit,
        seen=seen,
        patient=patients.get(unit, visit.patient_id),
        shares=patients.shares(unit, visit.patient_id),
        insurance=patients.insurance(unit, visit.patient_id),
        intentions=(*intentions, *marking.intentions(unit, visit_id)),
        marks=marking.laid_over(unit, desk, marks.of_visits(unit, [visit_id]), {visit_id}).get(
            visit_id, NO_MARKS
        ),
        changes=baselines.changes(unit, visit_id),
    )


def reveal(desk: Desk, visit_id: str, data: DataClass) -> None:
    """Journal that one class of a patient's data is about to be shown (REQ-03).

    Raises:
        NotPermitted: the person's role may not see this class.
    """
    right = Right.REVEAL_MEDICAL if data is DataClass.MEDICAL else Right.REVEAL_CONTACT
    desk.require(right, "patient.reveal", visit_id)
    with desk.store.write() as unit:
        desk.note(unit, "patient.reveal", visit_id, detail=data)


def openings(desk: Desk, provider_id: str, first: Moment, last: Moment) -> tuple[Opening, ...]:
    """Free published times of a provider that start in [first, last)."""
    desk.require(Right.SEE_SCHEDULE, "openings.see", provider_id)
    with desk.store.read() as unit:
        return offices.openings(unit, provider_id, first, last)


def accept(desk: Desk, visit_id: str) -> Intention:
    """Confirm a request; from ARRIVED or NO_SHOW, take that mark back."""
    return _act(desk, visit_id, Act.ACCEPT)


def decline(desk: Desk, visit_id: str, reason: Decline) -> Intention:
    """Refuse a request with a coded reason."""
    return _act(desk, visit_id, Act.DECLINE, reason=reason)


def propose(desk: Desk, visit_id: str, to: Opening, *, overlap: Overlap | None = None) -> Intention:
    """Offer the patient another time; `overlap` as for `move`."""
    return _act(desk, visit_id, Act.PROPOSE, to=to, overlap=overlap)


def move(desk: Desk, visit_id: str, to: Opening, *, overlap: Overlap | None = None) -> Intention:
    """Move a confirmed visit.

    Args:
        desk: who moves it.
        visit_id: which one.
        to: where to.
        overlap: why it may stand where another visit is, or outside the hours; goes into the
            journal and never to the exchange.
    """
    return _act(desk, visit_id, Act.MOVE, to=to, overlap=overlap)


def cancel(desk: Desk, visit_id: str, reason: Cancel) -> Intention:
    """Cancel a confirmed or offered visit with a coded reason."""
    return _act(desk, visit_id, Act.CANCEL, reason=reason)


def arrive(desk: Desk, visit_id: str) -> Intention:
    """The patient is here."""
    return _act(desk, visit_id, Act.ARRIVE)


def complete(desk: Desk, visit_id: str) -> Intention:
    """The visit is over."""
    return _act(desk, visit_id, Act.COMPLETE)


def no_show(desk: Desk, visit_id: str) -> Intention:
    """The patient did not come; only from the visit's start on."""
    return _act(desk, visit_id, Act.NO_SHOW)


def undo(desk: Desk, *keys: str) -> None:
    """Take acts back that have not left the office, all of them or none.

    Raises:
        NothingToUndo: one has been sent, or ended already.
    """
    with desk.store.write() as unit:
        for key in keys:
            intention = outbox.get(unit, key)
            if intention is None or intention.delivery is not Delivery.WAITING or intention.tries:
                raise NothingToUndo
            outbox.settle(unit, key, Delivery.WITHDRAWN)
            if intention.kind == BOOKING:
                changing.own(unit, _look_at_state(unit, intention.about)[1])
            desk.note(unit, f"{intention.subject}.undo", intention.about, detail=intention.act)


def accept_all(desk: Desk, visit_ids: Sequence[str]) -> tuple[Intention, ...]:
    """Confirm several requests in one transaction; those that have changed meanwhile stay."""
    desk.require(Right.ANSWER_BOOKINGS, f"visit.{Act.ACCEPT}")
    made: list[Intention] = []
    with desk.store.write() as unit:
        for visit_id in visit_ids:
            try:
                made.append(_put(unit, desk, visit_id, Act.ACCEPT))
            except (IllegalStep, NoLongerThere):
                continue
    return tuple(made)


def _act(
    desk: Desk,
    visit_id: str,
    act: Act,
    *,
    reason: str = "",
    to: Opening | None = None,
    overlap: Overlap | None = None,
) -> Intention:
    desk.require(Right.ANSWER_BOOKINGS, f"visit.{act}", visit_id)
    with desk.store.write() as unit:
        return _put(unit, desk, visit_id, act, reason=reason, to=to, overlap=overlap)


def _put(
    unit: Writing,
    desk: Desk,
    visit_id: str,
    act: Act,
    *,
    reason: str = "",
    to: Opening | None = None,
    overlap: Overlap | None = None,
) -> Intention:
    """One act in the transaction at hand."""
    now = desk.now()
    visit, seen, before = _look_at_state(unit, visit_id)
    if act not in acts_for(seen.status, start=seen.start, now=now):
        raise IllegalStep(act)
    intention = Intention(
        key=desk.ids.new(),
        about=visit_id,
        act=act,
        # What the exchange has confirmed counts, also while the feed has not brought it.
        if_version=max(visit.version, *(i.settled_version for i in before), 0),
        actor=desk.staff.id,
        made_at=now,
        visit_start=visit.start,
        start=to.start if to else None,
        end=to.end if to else None,
        slot_id=to.id if to else "",
        provider_id=to.provider_id if to else "",
        reason=reason,
        next_at=now + desk.undo_seconds,
    )
    outbox.append(unit, intention)
    changing.own(unit, project(visit.entry(), (*before, intention)))
    desk.note(unit, f"visit.{act}", visit_id, detail=overlap or reason)
    return intention


def _look(unit: Reading, visit_id: str) -> tuple[Visit, Seen, tuple[Intention, ...]]:
    visit = visits.get(unit, visit_id)
    entry = visits.entries(unit, [visit_id]).get(visit_id)
    if visit is None or entry is None:
        raise NoLongerThere
    intentions = outbox.about(unit, visit_id)
    return visit, project(entry, intentions), intentions


def _look_at_state(unit: Reading, visit_id: str) -> tuple[Visit, Seen, tuple[Intention, ...]]:
    """The same without the patient's name, which no rule asks for."""
    visit = visits.get(unit, visit_id)
    if visit is None:
        raise NoLongerThere
    intentions = outbox.about(unit, visit_id)
    return visit, project(visit.entry(), intentions), intentions


def _project(entries: Iterable[Entry], intentions: dict[str, list[Intention]]) -> list[Seen]:
    return [project(entry, intentions.get(entry.id, ())) for entry in entries]


def _by_visit(intentions: Iterable[Intention]) -> dict[str, list[Intention]]:
    found: dict[str, list[Intention]] = defaultdict(list)
    for intention in intentions:
        found[intention.about].append(intention)
    return found


def _by_start(seen: Seen) -> tuple[Moment, str]:
    return seen.start, seen.entry.id
