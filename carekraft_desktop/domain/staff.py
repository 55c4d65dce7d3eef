"""The people of the office, their roles, and what each role may do (REQ-02, matrix A.5)."""

from dataclasses import dataclass
from enum import StrEnum


class Role(StrEnum):
    """A hat; one person may wear several."""

    FRONT_DESK = "front-desk"
    PROVIDER = "provider"
    REPLY_AUTHOR = "reply-author"
    PRIVACY_OFFICER = "privacy-officer"
    IT_ADMINISTRATOR = "it-administrator"


class Right(StrEnum):
    """Something that can be asked of the program below its screens."""

    SEE_SCHEDULE = "see-schedule"
    ANSWER_BOOKINGS = "answer-bookings"
    REVEAL_CONTACT = "reveal-contact"
    REVEAL_MEDICAL = "reveal-medical"
    RUN_SYNC = "run-sync"
    REFER = "refer"
    """Book with another office for a patient, and answer what other offices book here."""
    SEE_ACCOUNTING = "see-accounting"
    SET_REFERRAL_RULES = "set-referral-rules"
    """Record the agreement with CareKraft without which nothing is referred (REQ-36)."""


_SEES = frozenset({Right.SEE_SCHEDULE, Right.REVEAL_CONTACT})
MATRIX: dict[Role, frozenset[Right]] = {
    Role.FRONT_DESK: _SEES | {Right.ANSWER_BOOKINGS, Right.RUN_SYNC, Right.REFER},
    Role.PROVIDER: _SEES
    | {Right.ANSWER_BOOKINGS, Right.RUN_SYNC, Right.REVEAL_MEDICAL, Right.REFER},
    Role.REPLY_AUTHOR: frozenset(),
    Role.PRIVACY_OFFICER: _SEES
    | {
        Right.RUN_SYNC,
        Right.REVEAL_MEDICAL,
        Right.SEE_ACCOUNTING,
        Right.SET_REFERRAL_RULES,
    },
    Role.IT_ADMINISTRATOR: frozenset({Right.RUN_SYNC}),
}


@dataclass(frozen=True, slots=True)
class Staff:
    """One signed-in person."""

    id: str
    """Opaque; travels as the actor of a command."""
    name: str
    """What they type to sign in, e.g. `r.alvarez`."""
    display: str
    """What colleagues read, e.g. `Rosa Alvarez`."""
    roles: frozenset[Role]

    def may(self, right: Right) -> bool:
        """Whether any of this person's roles carries the right."""
        return any(right in MATRIX[role] for role in self.roles)
