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
    COUNT_NEWS = "count-news"
    """Learn how many bookings have come, by kind; of whom they are is not told."""
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
    DISABLE_PEOPLE = "disable-people"
    """Take a colleague's way in away, and give the store another key."""
    REVIEW_ACCESS = "review-access"
    """Look through who may do what, and sign it; look after emergencies (REQ-21, REQ-24)."""
    TAKE_ALONG = "take-along"
    """Print patients' data, or copy it for another program."""
    BREAK_GLASS = "break-glass"
    """See more of a patient than the role allows, in an emergency (REQ-21)."""
    KEEP_PAPERS = "keep-papers"
    """Put policy versions and officials on file."""
    REFER = "refer"
    """Book with another office for a patient, and answer what other offices book here."""
    SEE_ACCOUNTING = "see-accounting"
    BACK_UP = "back-up"
    """Make a backup, say where backups lie, and try one."""
    EXPORT = "export"
    """Hand patients' data out as a file."""
    RESTORE = "restore"
    """Put a backup, or what could be saved, in the store's place."""
    SET_REFERRAL_RULES = "set-referral-rules"
    """Record the agreement with CareKraft without which nothing is referred (REQ-36)."""
    KEEP_RECORDS = "keep-records"
    """Decide how long things are kept, set and release holds, see what is kept (REQ-81..85)."""
    TAKE_REQUESTS = "take-requests"
    """Put down what a patient asks of the office, and how they want to be reached."""
    ANSWER_REQUESTS = "answer-requests"
    """Answer it: hand over, amend, account, deny (REQ-39..45)."""
    REPORT_INCIDENTS = "report-incidents"
    """Say that something went wrong, and do what has to be done first (REQ-99)."""
    KEEP_INCIDENTS = "keep-incidents"
    """Keep the register: assess, tell those concerned, close (REQ-99 to REQ-105)."""
    COUNTERSIGN_INCIDENTS = "countersign-incidents"
    """Agree, as a second person, that an incident was no breach (REQ-100)."""
    RETIRE_WORKSTATION = "retire-workstation"
    """Destroy everything on this workstation, with a certificate of it (REQ-98)."""


_SEES = frozenset(
    {
        Right.SEE_SCHEDULE,
        Right.COUNT_NEWS,
        Right.REVEAL_CONTACT,
        Right.TAKE_ALONG,
        Right.BREAK_GLASS,
        Right.TAKE_REQUESTS,
    }
)
_DRAFTS = frozenset({Right.SEE_REVIEWS, Right.DRAFT_REPLIES, Right.TAKE_DOWN_REPLIES})
_OFFICER = frozenset(
    {
        Right.SEE_JOURNAL,
        Right.APPROVE_DOUBTFUL,
        Right.KEEP_PAPERS,
        Right.ADMIT_PEOPLE,
        Right.DISABLE_PEOPLE,
        Right.REVIEW_ACCESS,
        Right.BACK_UP,
        Right.RESTORE,
        Right.EXPORT,
        Right.KEEP_RECORDS,
        Right.ANSWER_REQUESTS,
        Right.KEEP_INCIDENTS,
        Right.COUNTERSIGN_INCIDENTS,
        Right.RETIRE_WORKSTATION,
    }
)
MATRIX: dict[Role, frozenset[Right]] = {
    Role.FRONT_DESK: _SEES
    | {Right.ANSWER_BOOKINGS, Right.RUN_SYNC, Right.REFER, Right.REPORT_INCIDENTS},
    Role.PROVIDER: _SEES
    | _DRAFTS
    | {
        Right.ANSWER_BOOKINGS,
        Right.RUN_SYNC,
        Right.REVEAL_MEDICAL,
        Right.PUBLISH_REPLIES,
        Right.REFER,
        Right.REPORT_INCIDENTS,
        Right.COUNTERSIGN_INCIDENTS,
    },
    Role.REPLY_AUTHOR: _DRAFTS | {Right.RUN_SYNC, Right.REPORT_INCIDENTS},
    Role.PRIVACY_OFFICER: _SEES
    | _DRAFTS
    | _OFFICER
    | {
        Right.RUN_SYNC,
        Right.REVEAL_MEDICAL,
        Right.PUBLISH_REPLIES,
        Right.SEE_ACCOUNTING,
        Right.SET_REFERRAL_RULES,
        Right.REPORT_INCIDENTS,
    },
    Role.IT_ADMINISTRATOR: frozenset(
        {
            Right.RUN_SYNC,
            Right.ADMIT_PEOPLE,
            Right.DISABLE_PEOPLE,
            Right.BACK_UP,
            Right.RESTORE,
            Right.REPORT_INCIDENTS,
        }
    ),
}


EMERGENCY = frozenset(
    {
        Right.SEE_SCHEDULE,
        Right.COUNT_NEWS,
        Right.REVEAL_CONTACT,
        Right.REVEAL_MEDICAL,
        Right.RUN_SYNC,
    }
)
"""All that may be done in an emergency: looking. Nothing is answered, printed or taken along."""


OF_PATIENTS = frozenset(
    {
        Right.SEE_SCHEDULE,
        Right.REVEAL_CONTACT,
        Right.REVEAL_MEDICAL,
        Right.ANSWER_BOOKINGS,
        Right.TAKE_ALONG,
        Right.REFER,
        Right.SEE_ACCOUNTING,
        Right.EXPORT,
        Right.KEEP_RECORDS,
        Right.TAKE_REQUESTS,
        Right.ANSWER_REQUESTS,
    }
)
"""What shows or touches a patient's data."""


class Staff(Value, frozen=True):
    """One signed-in person."""

    id: str
    """Opaque; travels as the actor of a command."""
    name: str
    """What they type to sign in, e.g. `r.alvarez`."""
    display: str
    """What colleagues read, e.g. `Rosa Alvarez`."""
    roles: frozenset[Role]
    emergency: str = ""
    """Id of the emergency for which this person sees more than the roles allow (REQ-21)."""
    emergency_until: int = 0
    """Moment at which it is over."""
    unconfirmed: bool = False
    """Has to confirm training or policy before any patient is shown (REQ-25)."""

    def may(self, right: Right) -> bool:
        """Whether any of this person's roles carries the right; in an emergency, looking only."""
        if self.emergency:
            return right in EMERGENCY
        if self.unconfirmed and right in OF_PATIENTS:
            return False
        return self.would(right)

    def would(self, right: Right) -> bool:
        """Whether the roles carry the right, whatever stands in its way for now."""
        return any(right in MATRIX[role] for role in self.roles)


class Workstation(Staff, frozen=True):
    """Nobody: what the program does by itself while the screen is covered.

    It has an empty id, like every line of the journal that no person caused.
    """

    def may(self, right: Right) -> bool:
        """It counts what has come, and nothing else."""
        return right is Right.COUNT_NEWS


UNATTENDED = Workstation("", "", "", frozenset())
