"""Write a reply, have it approved, post it, and take it back (REQ-46 to 58).

A draft stays in the encrypted store of this workstation; what leaves is one text that has
passed, or that another person let pass. The checker is asked here again whatever a screen said.
"""

import json
from dataclasses import dataclass, replace
from hashlib import sha256

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.intentions import OPEN, Delivery, Intention
from carekraft_desktop.domain.reviews import (
    BLOCKS_FOR_TRAINING,
    BLOCKS_WITHIN,
    COOLING,
    Draft,
    FalseAlarm,
    Review,
    Situation,
    Stage,
    Step,
    steps,
)
from carekraft_desktop.domain.staff import Right, Staff
from carekraft_desktop.errors import (
    DraftOfAnother,
    IllegalStep,
    NoLongerThere,
    NotPermitted,
    NotSafe,
    NothingToUndo,
    PostingLocked,
    ReviewChanged,
)
from carekraft_desktop.guardrail.checker import PublicContext, Verdict
from carekraft_desktop.guardrail.rules import Severity
from carekraft_desktop.services import judging, papers
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.reply_gate import AUTHOR_LOCKED
from carekraft_desktop.services.reviews import KIND, LIVE_REPLY, REPLY_ACTS, version_of
from carekraft_desktop.store import outbox, register, reviews
from carekraft_desktop.store.register import Disclosure, Incident, Task
from carekraft_desktop.store.reviews import Record
from carekraft_desktop.store.unit import Reading, Writing

TRAINING = "training"
FRESH = 300
"""Seconds for which a password that was typed once more counts (REQ-19)."""
HELD_FOR = 24 * 3600
"""Seconds after which a stopped text that nobody came back to is forgotten (REQ-54)."""


@dataclass(frozen=True, slots=True)
class StepUp:
    """Somebody has just proved with the password who they are."""

    staff: Staff
    at: Moment


@dataclass(frozen=True, slots=True)
class Paper:
    """What lies before the author."""

    review: Review
    draft: Draft
    context: PublicContext
    templates: tuple[str, ...]


def context(desk: Desk, review_id: str) -> PublicContext:
    """What the checker may know: the public page, and nothing of a patient (REQ-51)."""
    with desk.store.read() as unit:
        return _context(unit, _review(unit, review_id), desk.now())


def begin(desk: Desk, review_id: str, *, take_over: bool = False) -> Paper:
    """Open the editor on a review, with the draft that is there or an empty one.

    Args:
        desk: who writes.
        review_id: below which review.
        take_over: go on with a colleague's draft, as its author from now on.

    Raises:
        EditorClosed: policies or officials are missing (REQ-46).
        PostingLocked: a reply of this person was taken down and nobody has looked yet.
        DraftOfAnother: a colleague is writing here.
        IllegalStep: a reply is on its way.
        NoLongerThere: the review is gone.
    """
    desk.require(Right.DRAFT_REPLIES, "reply.begin", review_id)
    now = desk.now()
    with desk.store.write() as unit:
        papers.require(unit, now)
        if register.is_open(unit, AUTHOR_LOCKED, desk.staff.id):
            raise PostingLocked
        review = _review(unit, review_id)
        _nothing_on_its_way(unit, review_id)
        there = reviews.draft(unit, review_id)
        if there is not None and there.author != desk.staff.id and not take_over:
            raise DraftOfAnother
        draft = _opened(desk, review, there)
        if there is not None and there.author != desk.staff.id:
            reviews.keep_draft(unit, draft)
        desk.note(unit, "reply.begin", review_id, detail="take-over" if take_over else "")
        around = _context(unit, review, now)
    return Paper(review, draft, around, judging.templates(around))


def _opened(desk: Desk, review: Review, there: Draft | None) -> Draft:
    if there is None:
        text = review.reply.text if review.reply is not None else ""
        return Draft(review.id, text, desk.staff.id, review.version, desk.now())
    if there.author == desk.staff.id:
        return there
    return replace(there, author=desk.staff.id, stage=Stage.DRAFTED, until=0, note="")


def keep(desk: Desk, review_id: str, text: str) -> Draft | None:
    """Keep what is written; an empty text leaves no draft.

    A stopped text is kept only while its editor is open, so that a lock or a crash loses
    nothing; closing the editor forgets it.
    """
    desk.require(Right.DRAFT_REPLIES, "reply.keep", review_id)
    with desk.store.write() as unit:
        return _keep(desk, unit, review_id, text)


def close(desk: Desk, review_id: str, text: str) -> bool:
    """Close the editor; whether the text is kept. What was stopped is forgotten (REQ-54)."""
    desk.require(Right.DRAFT_REPLIES, "reply.close", review_id)
    with desk.store.write() as unit:
        if reviews.get(unit, review_id) is None:
            reviews.drop_draft(unit, review_id)
            return False
        draft = _keep(desk, unit, review_id, text)
        kept = draft is not None and not draft.held
        if draft is not None and draft.held:
            reviews.drop_draft(unit, review_id)
            _note_blocked(desk, unit, review_id, text)
        desk.note(unit, "reply.close", review_id, outcome="done" if kept else "forgotten")
    return kept


def discard(desk: Desk, review_id: str) -> None:
    """Throw one's own draft away."""
    desk.require(Right.DRAFT_REPLIES, "reply.discard", review_id)
    with desk.store.write() as unit:
        draft = reviews.draft(unit, review_id)
        if draft is not None and draft.author != desk.staff.id:
            raise DraftOfAnother
        reviews.drop_draft(unit, review_id)
        desk.note(unit, "reply.discard", review_id)


def forget_held(desk: Desk) -> int:
    """Forget stopped texts whose editor nobody came back to; how many."""
    with desk.store.write() as unit:
        gone = reviews.drop_held(unit, desk.now() - HELD_FOR)
        if gone:
            desk.note(unit, "reply.forgotten", detail=str(gone))
        return gone


def check(text: str, around: PublicContext) -> Verdict:
    """The verdict on a text; a few milliseconds, for every key that is pressed."""
    return judging.judge(text, around)


def situation(desk: Desk, draft: Draft, severity: Severity) -> Situation:
    """What the lawful steps depend on."""
    return Situation(severity, draft.author, draft.stage, draft.until, alone(desk), desk.now())


def alone(desk: Desk) -> bool:
    """Whether nobody else can sign in here (REQ-52)."""
    return not any(each.id != desk.staff.id for each in desk.team)


def suggest(desk: Desk, review_id: str, text: str) -> Draft:
    """Hand a text to whoever may publish it.

    Raises:
        NotSafe: it was stopped, or this person has nobody to hand it to.
    """
    return _stay(desk, review_id, text, Step.SUGGEST, Stage.SUGGESTED)


def cool(desk: Desk, review_id: str, text: str) -> Draft:
    """In a one-person office: sleep on a text that needs a second look (REQ-52).

    Raises:
        NotSafe: it was stopped, or there is somebody who can look at it.
    """
    return _stay(desk, review_id, text, Step.COOL, Stage.COOLING)


def _stay(desk: Desk, review_id: str, text: str, step: Step, stage: Stage) -> Draft:
    desk.require(Right.DRAFT_REPLIES, f"reply.{step}", review_id)
    now = desk.now()
    with desk.store.write() as unit:
        review = _review(unit, review_id)
        verdict = judging.allowed(text, _context(unit, review, now))
        draft = replace(_own(desk, unit, review), text=text, severity=verdict.severity)
        _must(desk, draft, verdict.severity, step)
        until = now + COOLING if stage is Stage.COOLING else 0
        draft = replace(draft, stage=stage, saved_at=now, until=until, note="", held=False)
        reviews.keep_draft(unit, draft)
        desk.note(unit, f"reply.{step}", review_id, detail=_codes(verdict))
    return draft


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
        review = _review(unit, review_id)
        verdict = judging.allowed(text, _context(unit, review, desk.now()))
        draft = _own(desk, unit, review)
        cooled = draft.stage is Stage.COOLING and draft.text == text
        if cooled and verdict.severity is Severity.REVIEW:
            _must(desk, draft, verdict.severity, Step.FINISH)
            _fresh(desk, proof, desk.staff.id)
        else:
            _must(desk, replace(draft, stage=Stage.DRAFTED), verdict.severity, Step.PUBLISH)
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
        review = _review(unit, review_id)
        draft = reviews.draft(unit, review_id)
        if draft is None or draft.text != text:
            raise ReviewChanged
        verdict = judging.allowed(text, _context(unit, review, desk.now()))
        _must(desk, draft, verdict.severity, Step.APPROVE)
        return _post(
            desk, unit, review, draft, verdict, approver=desk.staff.id, acknowledged=acknowledged
        )


def give_back(desk: Desk, review_id: str, why: str) -> None:
    """Not like this: the author gets it again, with a reason from a list."""
    desk.require(Right.PUBLISH_REPLIES, "reply.give-back", review_id)
    with desk.store.write() as unit:
        draft = reviews.draft(unit, review_id)
        if draft is None:
            raise NoLongerThere
        _must(desk, draft, draft.severity, Step.GIVE_BACK)
        reviews.keep_draft(unit, replace(draft, stage=Stage.DRAFTED, note=why))
        desk.note(unit, "reply.give-back", review_id, detail=why)


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
        review = _review(unit, review_id)
        verdict = judging.allowed(text, _context(unit, review, desk.now()))
        if verdict.severity < Severity.BLOCK or any(f.category == "CHECK" for f in verdict.findings):
            raise NotSafe
        draft = _own(desk, unit, review)
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


def undo(desk: Desk, key: str) -> None:
    """Take a reply, a withdrawal or a report back that has not left; a reply is a draft again.

    Raises:
        NothingToUndo: it has been sent, or ended already.
    """
    desk.require(Right.DRAFT_REPLIES, "reply.undo")
    with desk.store.write() as unit:
        intention = outbox.get(unit, key)
        if intention is None or intention.delivery is not Delivery.WAITING or intention.tries:
            raise NothingToUndo
        outbox.settle(unit, key, Delivery.WITHDRAWN)
        _draft_again(desk, unit, key)
        desk.note(unit, "reply.undo", intention.about, detail=intention.act)


def take_text_back(desk: Desk, review_id: str) -> None:
    """Make a draft of a reply that was not posted after all."""
    desk.require(Right.DRAFT_REPLIES, "reply.take-back", review_id)
    with desk.store.write() as unit:
        mine = [i for i in outbox.about(unit, review_id) if i.act is Act.REPLY]
        if not mine or mine[-1].delivery in OPEN | {Delivery.APPLIED}:
            raise IllegalStep(Act.REPLY)
        _draft_again(desk, unit, mine[-1].key)
        outbox.mark_read(unit, mine[-1].key)
        desk.note(unit, "reply.take-back", review_id)


def withdraw(desk: Desk, review_id: str) -> Intention:
    """Take a public reply away, for no graver reason than that it should not stand.

    Raises:
        IllegalStep: there is none, or something is on its way.
    """
    desk.require(Right.DRAFT_REPLIES, "reply.withdraw", review_id)
    with desk.store.write() as unit:
        review = _review(unit, review_id)
        if review.reply is None:
            raise IllegalStep(Act.REPLY_WITHDRAW)
        _nothing_on_its_way(unit, review_id)
        return _take_away(desk, unit, review, desk.now() + desk.undo_seconds)


def take_down(desk: Desk, review_id: str) -> Incident:
    """The reply told something: take it away at once and open an incident (REQ-55).

    The incident presumes a breach, the accounting of disclosures gets a line, what stood there
    is kept as evidence, and its author posts nothing until a privacy officer has looked.

    Raises:
        IllegalStep: there is no public reply, and none that may have become public.
    """
    desk.require(Right.TAKE_DOWN_REPLIES, "reply.take-down", review_id)
    now = desk.now()
    with desk.store.write() as unit:
        review = _review(unit, review_id)
        evidence = _public_text(unit, review)
        if not evidence:
            raise IllegalStep(Act.REPLY_WITHDRAW)
        _take_away(desk, unit, review, now)
        author = _author_of(unit, review_id, evidence)
        incident = Incident(
            desk.ids.new(), "public-reply", review_id, now, desk.staff.id, author, evidence=evidence
        )
        register.open_incident(unit, incident)
        register.add_disclosure(
            unit,
            Disclosure(desk.ids.new(), now, "public", "public-reply", "none", incident.id),
        )
        if author:
            register.add_task(unit, Task(desk.ids.new(), AUTHOR_LOCKED, author, now))
        register.finish_about(unit, LIVE_REPLY, review_id, desk.staff.id, now)
        desk.note(unit, "reply.take-down", review_id, detail=incident.id)
    return incident


# ------------------------------------------------------------------ inside


def _review(unit: Reading, review_id: str) -> Review:
    review = reviews.get(unit, review_id)
    if review is None:
        raise NoLongerThere
    return review


def _context(unit: Reading, review: Review, now: Moment) -> PublicContext:
    return judging.public_context(reviews.profile(unit), register.in_force(unit, now), review)


def _own(desk: Desk, unit: Reading, review: Review) -> Draft:
    """This person's draft as it is kept, or a new one; for the review as it reads now."""
    there = reviews.draft(unit, review.id)
    if there is None:
        return Draft(review.id, "", desk.staff.id, review.version, desk.now())
    if there.author != desk.staff.id:
        raise DraftOfAnother
    return there


def _keep(desk: Desk, unit: Writing, review_id: str, text: str) -> Draft | None:
    review = _review(unit, review_id)
    now = desk.now()
    before = _own(desk, unit, review)
    if not text.strip():
        reviews.drop_draft(unit, review_id)
        return None
    verdict = judging.judge(text, _context(unit, review, now))
    held = verdict.severity >= Severity.BLOCK
    draft = replace(
        before, text=text, saved_at=now, severity=verdict.severity, held=held
    )
    if text != before.text:
        draft = replace(draft, stage=Stage.DRAFTED, until=0)
    reviews.keep_draft(unit, draft)
    return draft


def _must(desk: Desk, draft: Draft, severity: Severity, step: Step) -> None:
    if step not in steps(desk.staff, situation(desk, draft, severity)):
        raise NotSafe(step)


def _fresh(desk: Desk, proof: StepUp | None, staff_id: str) -> None:
    if proof is None or proof.staff.id != staff_id or desk.now() - proof.at > FRESH:
        raise NotPermitted(Right.PUBLISH_REPLIES)


def _nothing_on_its_way(unit: Reading, review_id: str) -> None:
    for intention in outbox.about(unit, review_id):
        if intention.act in REPLY_ACTS and intention.delivery in OPEN:
            raise IllegalStep(intention.act)


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
    _nothing_on_its_way(unit, review.id)
    intention = Intention(
        key=desk.ids.new(),
        about=review.id,
        act=Act.REPLY,
        if_version=version_of(unit, review),
        actor=desk.staff.id,
        made_at=now,
        visit_start=0,
        next_at=now + desk.posting_seconds,
        kind=KIND,
        body=json.dumps({"text": draft.text}),
    )
    outbox.append(unit, intention)
    reviews.add_record(
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
            checker=verdict.version,
            severity=verdict.severity,
            labels=_labels(verdict),
            acknowledged=acknowledged,
            cooled=cooled,
            released=released,
        ),
    )
    reviews.drop_draft(unit, review.id)
    reviews.reopen(unit, review.id)
    desk.note(unit, "reply.post", review.id, detail=released or _codes(verdict))
    return intention


def _only_ours(unit: Reading, review: Review, draft: Draft) -> bool:
    """Whether the review is newer only by what this office did to it."""
    ours = [i.settled_version for i in outbox.about(unit, review.id)]
    return review.edited_at <= draft.saved_at and review.version <= max(ours, default=0)


def _take_away(desk: Desk, unit: Writing, review: Review, next_at: Moment) -> Intention:
    now = desk.now()
    for waiting in outbox.about(unit, review.id):
        if waiting.delivery is Delivery.WAITING and not waiting.tries:
            outbox.settle(unit, waiting.key, Delivery.WITHDRAWN)
    intention = Intention(
        key=desk.ids.new(),
        about=review.id,
        act=Act.REPLY_WITHDRAW,
        if_version=version_of(unit, review),
        actor=desk.staff.id,
        made_at=now,
        visit_start=0,
        next_at=next_at,
        kind=KIND,
        body="{}",
    )
    outbox.append(unit, intention)
    desk.note(unit, "reply.withdraw", review.id)
    return intention


def _public_text(unit: Reading, review: Review) -> str:
    """What the public reads, or may read already."""
    if review.reply is not None:
        return review.reply.text
    for intention in reversed(outbox.about(unit, review.id)):
        if intention.act is Act.REPLY and intention.delivery in {
            Delivery.UNKNOWN,
            Delivery.DEFERRED,
            Delivery.APPLIED,
        }:
            found = reviews.record(unit, intention.key)
            return found.text if found is not None else ""
    return ""


def _author_of(unit: Reading, review_id: str, text: str) -> str:
    """Who wrote it, empty when it was not written here."""
    posted = [r for r in reviews.records(unit, review_id) if r.what == "put" and r.text == text]
    return posted[-1].author if posted else ""


def _draft_again(desk: Desk, unit: Writing, key: str) -> None:
    record = reviews.record(unit, key)
    review = reviews.get(unit, record.review_id) if record is not None else None
    if record is None or review is None or reviews.draft(unit, review.id) is not None:
        return
    verdict = judging.judge(record.text, _context(unit, review, desk.now()))
    reviews.keep_draft(
        unit,
        Draft(
            review_id=review.id,
            text=record.text,
            author=record.author,
            review_version=review.version,
            saved_at=desk.now(),
            severity=verdict.severity,
            held=verdict.severity >= Severity.BLOCK,
        ),
    )


def _note_blocked(desk: Desk, unit: Writing, review_id: str, text: str) -> None:
    """Keep that a text was stopped, and nothing of the text (REQ-54); count (REQ-56)."""
    now = desk.now()
    verdict = judging.judge(text, _context(unit, _review(unit, review_id), now))
    salt = desk.ids.new()
    reviews.add_record(
        unit,
        Record(
            key="",
            review_id=review_id,
            what="blocked",
            at=now,
            author=desk.staff.id,
            approver="",
            text="",
            hash=f"{salt}:{sha256((salt + text).encode('utf-8', 'surrogatepass')).hexdigest()}",
            checker=verdict.version,
            severity=verdict.severity,
            labels=_labels(verdict),
            acknowledged=0,
        ),
    )
    if reviews.blocked(unit, desk.staff.id, now - BLOCKS_WITHIN) >= BLOCKS_FOR_TRAINING:
        register.add_task(unit, Task(desk.ids.new(), TRAINING, desk.staff.id, now))


def _labels(verdict: Verdict) -> tuple[tuple[str, int], ...]:
    return tuple((each.category, each.end - each.start) for each in verdict.findings)


def _codes(verdict: Verdict) -> str:
    return " ".join(sorted({each.category for each in verdict.findings})).lower()
