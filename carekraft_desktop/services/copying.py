"""Whether a booking may be copied for the practice system: off until the officer turns it on (REQ-92).

What lies on the clipboard can be read by every program that runs on the computer, so somebody who
answers for privacy has to want it.
"""

from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CopyingOff
from carekraft_desktop.services import step_up
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store import facts
from carekraft_desktop.store.facts import Fact

_ON = "yes"


def is_on(desk: Desk) -> bool:
    """Whether it is."""
    with desk.store.read() as unit:
        return bool(facts.get(unit, Fact.COPYING))


def let(desk: Desk, proof: StepUp | None, *, on: bool) -> None:
    """Turn it on or off, for everybody at this workstation; counts at once.

    Raises:
        NotPermitted, PasswordAgain: it stays as it is.
    """
    desk.require(Right.REVIEW_ACCESS, "copy.rule")
    step_up.require(desk, proof, "copy.rule")
    with desk.store.write() as unit:
        facts.put(unit, Fact.COPYING, _ON if on else "")
        desk.note(unit, "copy.rule", detail="on" if on else "off")


def require(desk: Desk, about: str) -> None:
    """Let a copy be made only where it is on; a refusal is journalled.

    Raises:
        CopyingOff: it is not.
    """
    if is_on(desk):
        return
    with desk.store.write() as unit:
        desk.note(unit, "visit.copy", about, detail="off", outcome="denied")
    raise CopyingOff
