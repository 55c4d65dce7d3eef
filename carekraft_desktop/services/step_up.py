"""The proof that somebody has just typed the password again (REQ-19)."""

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.staff import Staff
from carekraft_desktop.value import Value


class StepUp(Value, frozen=True):
    """Somebody has just proved with the password who they are."""

    staff: Staff
    at: Moment
