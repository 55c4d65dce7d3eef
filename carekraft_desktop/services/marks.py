"""Colleagues at several desks: who is on a booking, what is entered, who was called.

A mark shows at once where it is made, also without a network. When two claims meet, the exchange
keeps the first, and the other person is told.
"""

from collections.abc import Iterable, Sequence

from carekraft_desktop.contract import marks as wire
from carekraft_desktop.contract.codec import encode
from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.intentions import Intention
from carekraft_desktop.domain.marks import (
    CLAIM_LASTS,
    KIND_OF,
    MARK,
    CallOutcome,
    Mark,
    MarkKind,
    Marks,
    mark_id,
    visit_of,
)
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import NoLongerThere
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import marks, outbox, visits
from carekraft_desktop.store.unit import Reading

_TAKES_AWAY = frozenset({Act.RELEASE, Act.UNENTER})


def of_visits(desk: Desk, visit_ids: Iterable[str]) -> dict[str, Marks]:
    """What is marked on these bookings; those without a mark are missing."""
    desk.require(Right.SEE_SCHEDULE, "marks.see")
    wanted = list(visit_ids)
    with desk.store.read() as unit:
        return laid_over(unit, desk, marks.of_visits(unit, wanted), set(wanted))


def laid_over(
    unit: Reading, desk: Desk, held: Sequence[Mark], wanted: set[str]
) -> dict[str, Marks]:
    """Marks as they are kept, with those laid over that this desk has made and not sent yet."""
    now = desk.now()
    found = {mark.id: mark for mark in held}
    for intention in outbox.marks_showing(unit):
        if visit_of(intention.about) not in wanted:
            continue
        if intention.act in _TAKES_AWAY:
            found.pop(intention.about, None)
        elif not _stands_against(found.get(intention.about), intention, now, desk):
            found[intention.about] = _of(intention, desk)
    shown: dict[str, dict[str, Mark]] = {}
    for mark in found.values():
        if mark.kind is not MarkKind.CLAIM or mark.until > now:
            shown.setdefault(mark.visit_id, {})[mark.kind.value] = mark
    return {visit_id: Marks(**each) for visit_id, each in shown.items()}


def intentions(unit: Reading, visit_id: str) -> tuple[Intention, ...]:
    """Every mark that was ever asked for on a booking, by kind and in order."""
    return tuple(each for kind in MarkKind for each in outbox.about(unit, mark_id(kind, visit_id)))


def claim(desk: Desk, visit_id: str) -> Intention:
    """Tell the colleagues that this person is on the booking; ends by itself."""
    return _mark(desk, visit_id, Act.CLAIM)


def release(desk: Desk, visit_id: str) -> Intention:
    """This person is no longer on it."""
    return _mark(desk, visit_id, Act.RELEASE)


def enter(desk: Desk, visit_id: str) -> Intention:
    """The booking stands in the practice system now."""
    return _mark(desk, visit_id, Act.ENTER)


def unenter(desk: Desk, visit_id: str) -> Intention:
    """It does not, after all."""
    return _mark(desk, visit_id, Act.UNENTER)


def call(desk: Desk, visit_id: str, outcome: CallOutcome) -> Intention:
    """This person called the patient about the booking, and how that ended."""
    return _mark(desk, visit_id, Act.CALL, outcome)


def _mark(desk: Desk, visit_id: str, act: Act, outcome: CallOutcome | None = None) -> Intention:
    desk.require(Right.ANSWER_BOOKINGS, f"mark.{act}", visit_id)
    now, staff = desk.now(), desk.staff
    with desk.store.write() as unit:
        visit = visits.get(unit, visit_id)
        if visit is None:
            raise NoLongerThere
        body = wire.MarkBody(
            about=visit_id,
            name=staff.display[:200],
            outcome=wire.CallOutcome(outcome.value) if outcome is not None else None,
            v=visit.version if act is Act.ENTER else None,
        )
        lasting = act in {Act.CLAIM, Act.RELEASE}
        intention = Intention(
            key=desk.ids.new(),
            about=mark_id(KIND_OF[act], visit_id),
            act=act,
            if_version=0,
            actor=staff.id,
            made_at=now,
            visit_start=now + CLAIM_LASTS if lasting else 0,
            # A claim that waits is of no use to anybody; it is taken back by letting go.
            next_at=now if lasting else now + desk.undo_seconds,
            kind=MARK,
            body=encode(body).decode(),
        )
        outbox.append(unit, intention)
        desk.note(unit, f"mark.{act}", visit_id, detail=outcome or "")
    return intention


def _of(intention: Intention, desk: Desk) -> Mark:
    """The mark that an intention of this desk will make."""
    body = wire.read_body(intention.body)
    kind = KIND_OF[intention.act]
    return Mark(
        id=intention.about,
        version=0,
        kind=kind,
        visit_id=visit_of(intention.about),
        staff=intention.actor,
        name=body.name,
        device=desk.device,
        workstation="",
        at=intention.made_at,
        until=intention.visit_start if kind is MarkKind.CLAIM else 0,
        outcome=body.outcome or "",
        visit_version=body.v or 0,
    )


def _stands_against(held: Mark | None, intention: Intention, now: Moment, desk: Desk) -> bool:
    """Whether a colleague's mark is known to have been first."""
    if held is None or held.kind is MarkKind.CALL:
        return False
    own = (held.staff, held.device) == (intention.actor, desk.device)
    return not own and (held.kind is MarkKind.ENTERED or held.until > now)
