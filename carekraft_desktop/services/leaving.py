"""A person leaves the office: one act, then what has to be thought of (REQ-24, REQ-97).

At this workstation it counts at once: the way in is closed, a seat at the open store is lost, PIN
and work in hand go. An old copy of the files, with the old password, opens the old store for
ever; where such a copy may be around the store gets another key (`rotation.py`).
"""

from carekraft_desktop.domain.leaving import Cause, Chore
from carekraft_desktop.domain.staff import Right, Role
from carekraft_desktop.errors import LastOfficer, NoLongerThere
from carekraft_desktop.services import outgoing_notices, step_up, taken_along
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.opening import Opened
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.services.taken_along import LOOK_BACK, Elsewhere
from carekraft_desktop.services.workplace import Surroundings, ring_of
from carekraft_desktop.store import leaving, pins, unfinished
from carekraft_desktop.store.leaving import Leaving, Took
from carekraft_desktop.value import Value, replace


class Farewell(Value, frozen=True):
    """Everything there is to know about one person's leaving."""

    leaving: Leaving
    took: tuple[Took, ...]
    """Printed, exported or copied in the last thirty days, the newest first."""
    elsewhere: tuple[Elsewhere, ...]
    """The same at the office's other workstations, in numbers (REQ-97)."""
    replies: int
    """Begun replies that a colleague takes over."""
    referrals: int


def let_go(
    around: Surroundings, opened: Opened, staff_id: str, cause: Cause, proof: StepUp | None
) -> Farewell:
    """Take a colleague's way in away for good.

    Raises:
        NotPermitted: the role does not allow it, or it is oneself.
        PasswordAgain: the password was not typed just now.
        LastOfficer: nobody would be left who answers for privacy.
        NameNotAllowed: nobody of that id, or the person left before.
        KeyFileDamaged: the key file was altered since the store was opened.
    """
    desk = opened.desk
    desk.require(Right.DISABLE_PEOPLE, "access.disable", staff_id)
    step_up.require(desk, proof, "access.disable", staff_id)
    ring = ring_of(around)
    stay = [p for p in ring.people() if not p.disabled and p.id != staff_id]
    if not any(Role.PRIVACY_OFFICER in person.roles for person in stay):
        raise LastOfficer
    ring.disable_staff(opened.unlocked, staff_id)
    opened.seats.leave(staff_id)
    with opened.store.write() as unit:
        pins.drop(unit, staff_id)
        unfinished.drop(unit, staff_id)
        person = next(
            outgoing_notices.shut_out(desk, unit, each.name)
            for each in ring.people()
            if each.id == staff_id
        )
        leaving.put(
            unit, Leaving(staff_id, desk.now(), desk.staff.id, cause, None, frozenset(), person)
        )
        desk.note(unit, "access.disable", staff_id, detail=cause.value)
    return farewell(desk, staff_id)


def farewell(desk: Desk, staff_id: str) -> Farewell:
    """How a leaving stands.

    Raises:
        NoLongerThere: this person has not left.
    """
    desk.require(Right.DISABLE_PEOPLE, "access.farewell", staff_id)
    with desk.store.read() as unit:
        found = leaving.get(unit, staff_id)
        if found is None:
            raise NoLongerThere
        took = leaving.took(unit, staff_id, desk.now() - LOOK_BACK)
        replies, referrals = leaving.in_hand(unit, staff_id)
        elsewhere = taken_along.elsewhere(unit, desk.device, found.person)
    return Farewell(found, took, elsewhere, replies, referrals)


def tick(desk: Desk, staff_id: str, chore: Chore, *, done: bool) -> Farewell:
    """Something has been seen to, or has not."""
    desk.require(Right.DISABLE_PEOPLE, "access.chore", staff_id)
    with desk.store.write() as unit:
        found = leaving.get(unit, staff_id)
        if found is None:
            raise NoLongerThere
        chores = found.done | {chore} if done else found.done - {chore}
        leaving.put(unit, replace(found, done=chores))
        detail = chore.value if done else f"not-{chore.value}"
        desk.note(unit, "access.chore", staff_id, detail=detail)
    return farewell(desk, staff_id)
