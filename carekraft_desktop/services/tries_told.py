"""Where many passwords did not fit lately, for whoever answers for privacy (REQ-26)."""

from carekraft_desktop.domain.staff import Right
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import machines, notices

SHOWN = 86_400
"""Seconds for which it is said above every page."""


def lately(desk: Desk) -> tuple[str, ...]:
    """Names of the workstations, the newest last; empty for this one."""
    if not desk.staff.may(Right.KEEP_INCIDENTS):
        return ()
    with desk.store.read() as unit:
        names = {each.device: each.name for each in machines.others(unit, desk.device)}
        told = notices.tried(unit, desk.now() - SHOWN)
    return tuple(names.get(each.device, "") for each in told)
