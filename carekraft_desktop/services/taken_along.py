"""What somebody took along on paper, in files and by copying: here, and at the other workstations.

Each workstation keeps a journal of its own. When a sign-in ends for the whole office, each tells the
others how often something left there by that person's hand, and on which day last; never what it
was, and nothing of a patient (REQ-97).
"""

import json
from datetime import date

from carekraft_desktop.contract.notices import Taken, TakenKind
from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.notices import NoticeKind, handle
from carekraft_desktop.services import outgoing_notices
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import facts, leaving, machines, notices, retention
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import Value

LOOK_BACK = 30 * 86400
"""Seconds for which is listed what somebody took along on paper or in files."""


class Counted(Value, frozen=True):
    """One way in which something left, at another workstation."""

    how: str
    """printed, exported or copied."""
    count: int
    last: date


class Elsewhere(Value, frozen=True):
    """What another workstation tells of somebody."""

    name: str
    """What the administrator sees it called."""
    counted: tuple[Counted, ...] | None
    """None while it has not answered: nobody has signed in there since."""


def tell(desk: Desk, unit: Writing, staff_id: str, name: str) -> None:
    """Somebody's sign-in was ended elsewhere: tell what they took along here.

    Args:
        desk: of nobody, at this workstation.
        unit: the transaction in which the way in is closed.
        staff_id: the person's id here.
        name: the sign-in name, of which a hash leaves.
    """
    where = retention.zone(unit)
    found: dict[TakenKind, tuple[int, Moment]] = {}
    for each in leaving.took(unit, staff_id, desk.now() - LOOK_BACK):
        count, last = found.get(_how(each.action), (0, 0))
        found[_how(each.action)] = count + 1, max(last, each.at)
    taken = [
        Taken(how, count, retention.day_of(last, where))
        for how, (count, last) in sorted(found.items())
    ]
    outgoing_notices.took(desk, unit, handle(facts.get(unit, Fact.OFFICE_ID), name), taken)


def elsewhere(unit: Reading, device: str, person: str) -> tuple[Elsewhere, ...]:
    """What the other workstations tell of a person, whom they know by a hash."""
    if not person:
        return ()
    told = {
        each.device: each for each in notices.all_of(unit, NoticeKind.TOOK) if each.person == person
    }
    return tuple(
        Elsewhere(
            machine.name,
            _counted(told[machine.device].body) if machine.device in told else None,
        )
        for machine in machines.others(unit, device)
        if machine.lost_at is None or machine.device in told
    )


def _counted(body: str) -> tuple[Counted, ...]:
    return tuple(
        Counted(how, count, date.fromisoformat(last))
        for how, count, last in json.loads(body).get("taken", ())
    )


def _how(action: str) -> TakenKind:
    if action.startswith(("print.", "packet.")):
        return TakenKind.PRINTED
    return TakenKind.COPIED if action == "visit.copy" else TakenKind.EXPORTED
