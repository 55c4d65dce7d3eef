"""Post a reply: one's own, a colleague's, or one that a privacy officer lets pass (REQ-50, 52).

Whatever a screen said, the checker is asked here, and once more in the moment of sending.
"""

import json

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.intentions import REVIEW, Intention
from carekraft_desktop.domain.reviews import Draft, FalseAlarm, Review, Stage, Step
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import NotPermitted, NotSafe, PostingLocked, ReviewChanged
from carekraft_desktop.guardrail.checker import Verdict
from carekraft_desktop.guardrail.rules import Severity
from carekraft_desktop.services import judging, papers
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.replies import (
    codes,
    context_of,
    labels,
    must,
    nothing_on_its_way,
    own,
    review_at,
)
from carekraft_desktop.services.reply_gate import AUTHOR_LOCKED
from carekraft_desktop.services.reviews import version_of
from carekraft_desktop.services.step_up import StepUp
from carekraft_desktop.store import outbox, register, reply_records, reviews
from carekraft_desktop.store.reply_records import Record
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import replace

FRESH = 300
"""Seconds for which a password that was typed once more counts (REQ-19)."""


def publish(
    desk: Desk, review_id: str, text: str, *, acknowledged: Moment, proof: StepUp | None = None
) -> Intention:
    """Post one's own text: harmless, or slept on for a day and confirmed with the password.

    Args:
        desk: who posts.
        review_id: below which review.
        text: exactly what the public shall read.
        acknowledged: when the entry reminder was put away.
        proof: the password once more, for what was slept on.

    Raises:
        NotSafe: this text may not be posted, or not by this person alone.
        ReviewChanged: the review is not the one that was answered.
    """
    desk.require(Right.DRAFT_REPLIES, "reply.publish", review_id)
    with desk.store.write() as unit:
        review = review_at(unit, review_id)
        verdict = judging.allowed(text, context_of(unit, review, desk.now()))
        draft = own(desk, unit, review)
        cooled = draft.stage is Stage.COOLING and draft.text == text
        if cooled and verdict.severity is Severity.REVIEW:
            must(desk, draft, verdict.severity, Step.FINISH)
            _fresh(desk, proof, desk.staff.id)
        else:
            must(desk, replace(draft, stage=Stage.DRAFTED), verdict.severity, Step.PUBLISH)
        return _post(
            desk,
            unit,
            review,
            replace(draft, text=text),
            verdict,
            acknowledged=acknowledged,
            cooled=cooled,
        )


def approve(desk: Desk, review_id: str, text: str, *, acknowledged: Moment) -> Intention:
    """Post a colleague's text, exactly as it was read.

    Raises:
        ReviewChanged: the draft or the review changed meanwhile.
        NotSafe: it was stopped, or this role may not approve it.
    """
    desk.require(Right.PUBLISH_REPLIES, "reply.approve", review_id)
    with desk.store.write() as unit:
        review = review_at(unit, review_id)
        draft = reviews.draft(unit, review_id)
        if draft is None or draft.text != text:
            raise ReviewChanged
        verdict = judging.allowed(text, context_of(unit, review, desk.now()))
        must(desk, draft, verdict.severity, Step.APPROVE)
        return _post(
            desk, unit, review, draft, verdict, approver=desk.staff.id, acknowledged=acknowledged
        )


def release(
    desk: Desk,
    review_id: str,
    text: str,
    *,
    proof: StepUp,
    why: FalseAlarm,
    acknowledged: Moment,
) -> Intention:
    """Post a stopped text that another person, a privacy officer, calls a false alarm (REQ-50).

    Raises:
        NotPermitted: the one who released it is the author, or no privacy officer.
        NotSafe: it is too long, empty, or could not be checked at all.
    """
    desk.require(Right.DRAFT_REPLIES, "reply.release", review_id)
    officer = proof.staff
    if officer.id == desk.staff.id or not officer.may(Right.APPROVE_DOUBTFUL):
        with desk.store.write() as unit:
            desk.note(unit, "reply.release", review_id, outcome="denied")
        raise NotPermitted(Right.APPROVE_DOUBTFUL)
    _fresh(desk, proof, officer.id)
    with desk.store.write() as unit:
        review = review_at(unit, review_id)
        verdict = judging.allowed(text, context_of(unit, review, desk.now()))
        if verdict.severity < Severity.BLOCK or any(
            f.category == "CHECK" for f in verdict.findings
        ):
            raise NotSafe
        draft = own(desk, unit, review)
        return _post(
            desk,
            unit,
            review,
            replace(draft, text=text),
            verdict,
            approver=officer.id,
            acknowledged=acknowledged,
            released=why,
        )


def _fresh(desk: Desk, proof: StepUp | None, staff_id: str) -> None:
    if proof is None or proof.staff.id != staff_id or desk.now() - proof.at > FRESH:
        raise NotPermitted(Right.PUBLISH_REPLIES)


def _post(
    desk: Desk,
    unit: Writing,
    review: Review,
    draft: Draft,
    verdict: Verdict,
    *,
    acknowledged: Moment,
    approver: str = "",
    cooled: bool = False,
    released: str = "",
) -> Intention:
    """Queue exactly this text, with the record that the last look compares it with."""
    now = desk.now()
    papers.require(unit, now)
    if register.is_open(unit, AUTHOR_LOCKED, draft.author):
        raise PostingLocked
    if draft.review_version < review.version and not _only_ours(unit, review, draft):
        raise ReviewChanged
    nothing_on_its_way(unit, review.id)
    intention = Intention(
        key=desk.ids.new(),
        about=review.id,
        act=Act.REPLY,
        if_version=version_of(unit, review),
        actor=desk.staff.id,
        made_at=now,
        visit_start=0,
        next_at=now + desk.posting_seconds,
        kind=REVIEW,
        body=json.dumps({"text": draft.text}),
    )
    outbox.append(unit, intention)
    reply_records.add_record(
        unit,
        Record(
            key=intention.key,
            review_id=review.id,
            what="put",
            at=now,
            author=draft.author,
            approver=approver,
            text=draft.text,
            hash=verdict.text_hash,
            checker=judging.version(),
            severity=verdict.severity,
            labels=labels(verdict),
            acknowledged=acknowledged,
            cooled=cooled,
            released=released,
        ),
    )
    reviews.drop_draft(unit, review.id)
    reviews.reopen(unit, review.id)
    desk.note(unit, "reply.post", review.id, detail=released or codes(verdict))
    return intention


def _only_ours(unit: Reading, review: Review, draft: Draft) -> bool:
    """Whether the review is newer only by what this office did to it."""
    ours = [i.settled_version for i in outbox.about(unit, review.id)]
    return review.edited_at <= draft.saved_at and review.version <= max(ours, default=0)
