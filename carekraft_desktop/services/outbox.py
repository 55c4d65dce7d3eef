"""The outbox view: what is on its way, and what ended otherwise than somebody meant."""

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.intentions import BOOKING, REFERRAL, Intention
from carekraft_desktop.domain.marks import MARK, visit_of
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.domain.visits import Entry
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import outbox, referrals, visits
from carekraft_desktop.value import Value


class Line(Value, frozen=True):
    """One intention with what is needed to recognise its visit."""

    intention: Intention
    name: str
    """Empty when the patient's details are not here (any more)."""
    start: Moment
    """Start of the visit as the exchange knows it, or when the act was made."""
    by_patient: bool = False
    """The act came too late: the patient has cancelled the visit."""
    changed_at: Moment = 0
    """When the change came that was not known when the act was made; 0 for none."""

    @property
    def visit_id(self) -> str:
        """The visit it is about, empty for what is about none."""
        return _visit_id(self.intention)


def lines(desk: Desk) -> tuple[Line, ...]:
    """The open ones in the order they were made, then unread ends."""
    desk.require(Right.SEE_SCHEDULE, "outbox.see")
    with desk.store.read() as unit:
        intentions = outbox.lines(unit)
        entries = visits.entries(unit, {_visit_id(i) for i in intentions})
        changes = visits.changes(unit, entries)
        names = referrals.names(unit, [i.about for i in intentions if i.kind == REFERRAL])
    return tuple(
        _line(i, entries[_visit_id(i)], changes[_visit_id(i)])
        if _visit_id(i) in entries
        else Line(i, names.get(i.about, ""), i.visit_start)
        for i in intentions
    )


def _visit_id(intention: Intention) -> str:
    if intention.kind == MARK:
        return visit_of(intention.about)
    return intention.about if intention.kind == BOOKING else ""


def _line(intention: Intention, entry: Entry, change: visits.Change) -> Line:
    if intention.kind == MARK:
        return Line(intention, entry.name, entry.start)
    newer = change.version > intention.if_version
    changed_at = change.changed_at if newer else 0
    return Line(intention, entry.name, entry.start, change.by_patient, changed_at)


def mark_read(desk: Desk, key: str) -> None:
    """Somebody has seen how it ended."""
    desk.require(Right.ANSWER_BOOKINGS, "outbox.read")
    with desk.store.write() as unit:
        outbox.mark_read(unit, key)


def waiting(desk: Desk) -> int:
    """How many acts have not been confirmed by the exchange."""
    with desk.store.read() as unit:
        return outbox.count(unit)[0]
