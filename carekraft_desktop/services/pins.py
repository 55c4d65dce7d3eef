"""One's own PIN: made, changed, given up. Nobody makes one for a colleague."""

from carekraft_desktop.security import pins as rules
from carekraft_desktop.services import step_up
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store import pins


def have(desk: Desk) -> bool:
    """Whether whoever sits here has one."""
    with desk.store.read() as unit:
        return pins.get(unit, desk.staff.id) is not None


def choose(desk: Desk, proof: StepUp | None, pin: str) -> None:
    """Keep a PIN in place of the one before.

    Raises:
        PasswordAgain: the password was not typed just now.
        WeakPin: it is not six digits, or is tried first.
    """
    step_up.require(desk, proof, "access.pin")
    rules.check_new(pin)
    kept = rules.stretched(pin)
    with desk.store.write() as unit:
        pins.put(unit, desk.staff.id, kept.salt, kept.value, desk.now())
        desk.note(unit, "access.pin", detail="chosen")


def give_up(desk: Desk) -> None:
    """Have none any more; the password is what is left."""
    with desk.store.write() as unit:
        pins.drop(unit, desk.staff.id)
        desk.note(unit, "access.pin", detail="given-up")
