"""Somebody's sign-in was ended at another workstation of the office: it ends here as well (REQ-24).

The exchange carries a hash of the sign-in name, nothing else. Where the person sits at the desk the
office is locked at once; the way in is closed for good as soon as a colleague is there.
"""

from carekraft_desktop.domain.notices import handle
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.errors import ShutOut
from carekraft_desktop.services import taken_along
from carekraft_desktop.services.opening import Opened
from carekraft_desktop.services.workplace import Surroundings, ring_of
from carekraft_desktop.store import facts, notices, pins, unfinished
from carekraft_desktop.store.facts import Fact
from carekraft_desktop.store.unit import Reading


def shut_out_here(unit: Reading, name: str) -> bool:
    """Whether a person of this sign-in name may come in nowhere any more."""
    return notices.is_shut_out(unit, handle(facts.get(unit, Fact.OFFICE_ID), name))


def is_over(opened: Opened) -> bool:
    """Whether whoever sits at this desk has lost the way in meanwhile."""
    with opened.store.read() as unit:
        return shut_out_here(unit, opened.desk.staff.name)


def refuse(opened: Opened, name: str) -> None:
    """Let somebody go on only while nobody has ended their sign-in.

    Raises:
        ShutOut: somebody has; it is journalled.
    """
    with opened.store.read() as unit:
        gone = shut_out_here(unit, name)
    if gone:
        with opened.store.write() as unit:
            opened.desk.note(unit, "access.shut-out", outcome="denied")
        raise ShutOut


def settle(around: Surroundings, opened: Opened) -> tuple[str, ...]:
    """Close the way in of everybody whose sign-in was ended elsewhere; their ids.

    Whoever sits here is not among them: that is `is_over`. The last one who answers for privacy
    keeps the way in, so that somebody can still look after this workstation.
    """
    with opened.store.read() as unit:
        if not notices.count_shut_out(unit):
            return ()
        ring = ring_of(around)
        there = [person for person in ring.people() if not person.disabled]
        gone = [
            person
            for person in there
            if person.id != opened.unlocked.staff.id and shut_out_here(unit, person.name)
        ]
    closed: list[str] = []
    for person in gone:
        stay = [each for each in there if each.id not in {person.id, *closed}]
        if not any(Role.PRIVACY_OFFICER in each.roles for each in stay):
            continue
        ring.disable_staff(opened.unlocked, person.id)
        opened.seats.leave(person.id)
        with opened.store.write() as unit:
            pins.drop(unit, person.id)
            unfinished.drop(unit, person.id)
            opened.unattended.note(unit, "access.disable", person.id, detail="elsewhere")
            taken_along.tell(opened.unattended, unit, person.id, person.name)
        closed.append(person.id)
    return tuple(closed)
