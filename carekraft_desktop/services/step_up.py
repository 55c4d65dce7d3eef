"""The proof that somebody has just typed the password again (REQ-19)."""

from dataclasses import dataclass

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.staff import Staff


@dataclass(frozen=True, slots=True)
class StepUp:
    """Somebody has just proved with the password who they are."""

    staff: Staff
    at: Moment
