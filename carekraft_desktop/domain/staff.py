"""The people of the office, their roles, and what each role may do (REQ-02, matrix A.5)."""

from enum import StrEnum

from carekraft_desktop.value import Value


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
    SEE_JOURNAL = "see-journal"
    """Read and export who did and saw what."""
    SEE_REVIEWS = "see-reviews"
    DRAFT_REPLIES = "draft-replies"
    PUBLISH_REPLIES = "publish-replies"
    """One's own harmless reply, or a colleague's."""
    APPROVE_DOUBTFUL = "approve-doubtful"
    """A colleague's reply that nothing proves harmless, or one that was stopped by mistake."""
    TAKE_DOWN_REPLIES = "take-down-replies"
    ADMIT_PEOPLE = "admit-people"
    """Let a colleague sign in at this workstation."""
    KEEP_PAPERS = "keep-papers"
    """Put policy versions and officials on file."""
    REFER = "refer"
    """Book with another office for a patient, and answer what other offices book here."""
    SEE_ACCOUNTING = "see-accounting"
    SET_REFERRAL_RULES = "set-referral-rules"
    """Record the agreement with CareKraft without which nothing is referred (REQ-36)."""


_SEES = frozenset({Right.SEE_SCHEDULE, Right.REVEAL_CONTACT})
_DRAFTS = frozenset({Right.SEE_REVIEWS, Right.DRAFT_REPLIES, Right.TAKE_DOWN_REPLIES})
_OFFICER = frozenset(
    {Right.SEE_JOURNAL, Right.APPROVE_DOUBTFUL, Right.KEEP_PAPERS, Right.ADMIT_PEOPLE}
)
MATRIX: dict[Role, frozenset[Right]] = {
    Role.FRONT_DESK: _SEES | {Right.ANSWER_BOOKINGS, Right.RUN_SYNC, Right.REFER},
    Role.PROVIDER: _SEES
    | _DRAFTS
    | {
        Right.ANSWER_BOOKINGS,
        Right.RUN_SYNC,
        Right.REVEAL_MEDICAL,
        Right.PUBLISH_REPLIES,
        Right.REFER,
    },
    Role.REPLY_AUTHOR: _DRAFTS | {Right.RUN_SYNC},
    Role.PRIVACY_OFFICER: _SEES
    | _DRAFTS
    | _OFFICER
    | {
        Right.RUN_SYNC,
        Right.REVEAL_MEDICAL,
        Right.PUBLISH_REPLIES,
        Right.SEE_ACCOUNTING,
        Right.SET_REFERRAL_RULES,
    },
    Role.IT_ADMINISTRATOR: frozenset({Right.RUN_SYNC, Right.ADMIT_PEOPLE}),
}


class Staff(Value, frozen=True):
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
