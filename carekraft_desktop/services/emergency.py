"""See more of a patient in an emergency: said why, proved who, for an hour, looking only (REQ-21).

What is seen then is journalled like everything else. The privacy officer finds each emergency on
their page until they have signed it; nobody signs their own.
"""

from carekraft_desktop.domain.emergencies import WINDOW, Reason
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import NoLongerThere, NotPermitted
from carekraft_desktop.services import step_up
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store import emergencies
from carekraft_desktop.store.emergencies import Emergency
from carekraft_desktop.value import replace


def begin(desk: Desk, reason: Reason, proof: StepUp | None) -> Desk:
    """The same desk, with the same person seeing more and doing nothing, for an hour.

    Raises:
        NotPermitted: this role has no emergencies.
        PasswordAgain: the password was not typed just now.
    """
    desk.require(Right.BREAK_GLASS, "emergency.begin")
    step_up.require(desk, proof, "emergency.begin")
    now = desk.now()
    made = Emergency(desk.ids.new(), desk.staff.id, reason, now, now + WINDOW, None, "", None)
    with desk.store.write() as unit:
        emergencies.begin(unit, made)
        desk.note(unit, "emergency.begin", made.id, detail=reason.value)
    staff = replace(desk.staff, emergency=made.id, emergency_until=made.ends_at)
    return replace(desk, staff=staff)


def end(desk: Desk) -> Desk:
    """The same desk, with the person as before."""
    if not desk.staff.emergency:
        return desk
    with desk.store.write() as unit:
        emergencies.end(unit, desk.staff.emergency, desk.now())
        desk.note(unit, "emergency.end", desk.staff.emergency)
    staff = replace(desk.staff, emergency="", emergency_until=0)
    return replace(desk, staff=staff)


def unsigned(desk: Desk) -> tuple[Emergency, ...]:
    """Those that nobody has looked into."""
    desk.require(Right.REVIEW_ACCESS, "emergency.see")
    with desk.store.read() as unit:
        return emergencies.unsigned(unit)


def count_unsigned(desk: Desk) -> int:
    """How many wait; 0 for those whom it does not concern."""
    if not desk.staff.may(Right.REVIEW_ACCESS):
        return 0
    with desk.store.read() as unit:
        return emergencies.count_unsigned(unit)


def sign(desk: Desk, emergency_id: str, proof: StepUp | None) -> None:
    """The privacy officer has looked into it.

    Raises:
        NotPermitted: the role does not allow it, or it was one's own.
        PasswordAgain: the password was not typed just now.
        NoLongerThere: somebody has signed it meanwhile.
    """
    desk.require(Right.REVIEW_ACCESS, "emergency.sign", emergency_id)
    step_up.require(desk, proof, "emergency.sign", emergency_id)
    with desk.store.read() as unit:
        found = {each.id: each for each in emergencies.unsigned(unit)}
    if emergency_id not in found:
        raise NoLongerThere
    if found[emergency_id].staff == desk.staff.id and _others(desk):
        with desk.store.write() as unit:
            desk.note(unit, "emergency.sign", emergency_id, outcome="denied")
        raise NotPermitted("one's own")
    with desk.store.write() as unit:
        emergencies.sign(unit, emergency_id, desk.staff.id, desk.now())
        desk.note(unit, "emergency.sign", emergency_id)


def _others(desk: Desk) -> bool:
    """Whether somebody else here could sign; in an office of one officer nobody can."""
    return any(each.id != desk.staff.id and each.may(Right.REVIEW_ACCESS) for each in desk.team)
