"""The proof that somebody has just typed the password again (REQ-19)."""

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.staff import Staff
from carekraft_desktop.errors import PasswordAgain
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.value import Value

FRESH = 5 * 60
"""Seconds for which the proof counts."""


class StepUp(Value, frozen=True):
    """Somebody has just proved with the password who they are."""

    staff: Staff
    at: Moment
    ticks: float | None = None
    """The monotonic clock then: setting the computer's clock back makes no proof fresh again."""


def is_fresh(desk: Desk, proof: StepUp | None) -> bool:
    """Whether whoever sits at this desk typed the password within the last minutes."""
    if proof is None or proof.staff.id != desk.staff.id:
        return False
    passed = 0.0 if proof.ticks is None else desk.clock.monotonic() - proof.ticks
    return 0 <= desk.now() - proof.at <= FRESH and 0 <= passed <= FRESH


def require(desk: Desk, proof: StepUp | None, action: str, about: str = "") -> None:
    """Let the person go on only with a fresh proof of their own; a refusal is journalled.

    Raises:
        PasswordAgain: there is none, it is another person's, or it is too old.
    """
    if not is_fresh(desk, proof):
        with desk.store.write() as unit:
            desk.note(unit, action, about, detail="password", outcome="denied")
        raise PasswordAgain(action)
