"""The last look at a reply before it leaves: exactly what was approved, and still harmless.

Asked by the outbox in the moment of sending (REQ-49): the text is checked again with the rules
of now and the review of now, and its hash must be that of the text that was approved.
"""

from carekraft_desktop.contract.codec import Malformed, decode
from carekraft_desktop.contract.reviews import ReplyPut
from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.intentions import Intention
from carekraft_desktop.services import judging, papers
from carekraft_desktop.store import register, reviews
from carekraft_desktop.store.unit import Reading

NOT_APPROVED, NOT_SAFE = "reply-not-approved", "reply-not-safe"
REVIEW_GONE, REVIEW_CHANGED = "review-gone", "review-changed"
CLOSED, LOCKED = "editor-closed", "posting-locked"

AUTHOR_LOCKED = "locked-author"
"""The task to look at a person whose reply was taken down; until then they post nothing."""


def problem(unit: Reading, intention: Intention, now: Moment) -> str:
    """Why a reply may not leave, as a code; empty when it may."""
    record = reviews.record(unit, intention.key)
    review = reviews.get(unit, intention.about)
    text = _text(intention)
    if record is None or not text or record.text != text:
        return NOT_APPROVED
    if review is None or review.version > intention.if_version:
        return REVIEW_GONE if review is None else REVIEW_CHANGED
    if papers.missing(unit, now):
        return CLOSED
    if register.is_open(unit, AUTHOR_LOCKED, record.author):
        return LOCKED
    context = judging.public_context(reviews.profile(unit), register.in_force(unit, now), review)
    verdict = judging.allowed(text, context)
    covered = record.approval().covers(verdict.text_hash, verdict.severity)
    return "" if covered else NOT_SAFE


def _text(intention: Intention) -> str:
    """What would be posted; empty when it cannot be read."""
    try:
        return decode(intention.body.encode(), ReplyPut).text
    except Malformed:
        return ""
