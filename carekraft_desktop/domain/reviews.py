"""Public reviews, replies to them, and which steps are lawful for whom (REQ-47, 50, 52, 53).

The number of stars is nowhere a condition: praise is answered under the same rules as blame.
"""

from enum import StrEnum

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.staff import Right, Staff
from carekraft_desktop.guardrail.rules import Severity
from carekraft_desktop.value import Value

LONGEST = 600
"""Most characters of a reply (REQ-57)."""
COOLING = 24 * 3600
"""Seconds that a one-person office sleeps on a text which needs a second look (REQ-52)."""
BLOCKS_FOR_TRAINING = 3
BLOCKS_WITHIN = 30 * 24 * 3600
"""So many stopped texts of one person within so many seconds ask for training (REQ-56)."""


class Choice(StrEnum):
    """What can be done about a review, in the order in which it is offered (REQ-47)."""

    NO_REPLY = "no-reply"
    REPORT = "report"
    TEMPLATE = "template"
    OWN = "own"


class Reason(StrEnum):
    """Why the platform is asked to look at a review."""

    OFF_TOPIC = "off-topic"
    ADVERTISING = "advertising"
    INSULT = "insult"
    PRIVATE_DATA = "private-data"
    OTHER_OFFICE = "other-office"


class FalseAlarm(StrEnum):
    """Why a privacy officer lets a stopped text pass all the same."""

    PUBLIC_STAFF = "public-staff"
    OFFICE_POLICY = "office-policy"
    GENERAL_WORDS = "general-words"
    OTHER_MEANING = "other-meaning"


class LiveReply(Value, frozen=True):
    """The reply that the public reads."""

    text: str
    posted_at: Moment
    edited_at: Moment = 0
    """0 if it was never changed."""


class Review(Value, frozen=True):
    """What somebody wrote about the office; never linked to a patient (REQ-51)."""

    id: str
    version: int
    author: str
    """The public display name."""
    rating: int
    text: str
    written_at: Moment
    edited_at: Moment = 0
    reply: LiveReply | None = None
    reported: bool = False


class Stage(StrEnum):
    """Where the office's work on a review stands."""

    NEW = "new"
    DRAFTED = "drafted"
    SUGGESTED = "suggested"
    """Somebody else has to look at it."""
    COOLING = "cooling"
    """A one-person office sleeps on it."""
    ON_ITS_WAY = "on-its-way"
    UNKNOWN = "unknown"
    """Sent, and no answer came: it may or may not be public."""
    BACK = "back"
    """It was not posted; somebody has to read why."""
    ANSWERED = "answered"
    NO_REPLY = "no-reply"


TO_DO = frozenset({Stage.NEW, Stage.DRAFTED, Stage.SUGGESTED, Stage.COOLING, Stage.BACK})
"""Counted beside the page's name."""


class Draft(Value, frozen=True):
    """A reply that is being written; it never leaves the office as such."""

    review_id: str
    text: str
    author: str
    """Staff id; the one who wrote it, not who looks at it."""
    review_version: int
    """The version of the review that was answered."""
    saved_at: Moment
    stage: Stage = Stage.DRAFTED
    """DRAFTED, SUGGESTED or COOLING."""
    severity: Severity = Severity.PASS
    until: Moment = 0
    """For COOLING: when it may be posted."""
    note: str = ""
    """Why it was given back, as a code."""
    held: bool = False
    """It may not be kept: it goes when the editor closes (REQ-54)."""


class Step(StrEnum):
    """What one person may do with a draft now."""

    SUGGEST = "suggest"
    PUBLISH = "publish"
    """One's own, without anybody else."""
    COOL = "cool"
    FINISH = "finish"
    """Post what was slept on, with the password once more."""
    APPROVE = "approve"
    """Somebody else's."""
    GIVE_BACK = "give-back"


class Situation(Value, frozen=True):
    """What the lawful steps depend on; the stars are not among it."""

    severity: Severity
    author: str
    stage: Stage
    until: Moment
    alone: bool
    """Nobody else can sign in here."""
    now: Moment


def steps(who: Staff, at: Situation) -> frozenset[Step]:
    """What `who` may do. A BLOCK has none: edit, or let a privacy officer release it."""
    if at.severity >= Severity.BLOCK:
        return frozenset()
    if who.id != at.author:
        return _of_another(who, at)
    if not who.may(Right.DRAFT_REPLIES):
        return frozenset()
    found: set[Step] = set()
    if not at.alone and at.stage is Stage.DRAFTED:
        found.add(Step.SUGGEST)
    if at.severity <= Severity.REMIND and who.may(Right.PUBLISH_REPLIES):
        found.add(Step.PUBLISH)
    if at.severity is Severity.REVIEW and at.alone and who.may(Right.PUBLISH_REPLIES):
        found |= _alone_in_doubt(at)
    return frozenset(found)


def _alone_in_doubt(at: Situation) -> frozenset[Step]:
    if at.stage is Stage.DRAFTED:
        return frozenset({Step.COOL})
    over = at.stage is Stage.COOLING and at.now >= at.until
    return frozenset({Step.FINISH}) if over else frozenset()


def _of_another(who: Staff, at: Situation) -> frozenset[Step]:
    needed = Right.APPROVE_DOUBTFUL if at.severity is Severity.REVIEW else Right.PUBLISH_REPLIES
    if at.stage is not Stage.SUGGESTED or not who.may(needed):
        return frozenset()
    return frozenset({Step.APPROVE, Step.GIVE_BACK})


class Approval(Value, frozen=True):
    """Under what a text may leave; looked at again just before it does."""

    text_hash: str
    severity: Severity
    """As it was when it was approved."""
    author: str
    approver: str
    """Empty for one's own harmless text."""
    cooled: bool = False
    released: str = ""
    """The reason of the privacy officer who let a stopped text pass."""

    def covers(self, text_hash: str, severity: Severity) -> bool:
        """Whether exactly this text, judged like this now, may be posted."""
        if text_hash != self.text_hash:
            return False
        if severity <= Severity.REMIND:
            return True
        another = bool(self.approver) and self.approver != self.author
        if severity is Severity.REVIEW:
            return self.cooled or another
        return bool(self.released) and another and self.severity is Severity.BLOCK
