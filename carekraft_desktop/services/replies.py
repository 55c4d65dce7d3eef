"""Write a reply, have it approved, post it, and take it back (REQ-46 to 58).

A draft stays in the encrypted store of this workstation; what leaves is one text that has
passed, or that another person let pass. The checker is asked here again whatever a screen said.
"""

from hashlib import sha256

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.intentions import OPEN, Delivery
from carekraft_desktop.domain.reviews import (
    BLOCKS_FOR_TRAINING,
    BLOCKS_WITHIN,
    COOLING,
    Draft,
    Review,
    Situation,
    Stage,
    Step,
    steps,
)
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import (
    DraftOfAnother,
    IllegalStep,
    NoLongerThere,
    NothingToUndo,
    NotSafe,
    PostingLocked,
)
from carekraft_desktop.guardrail.checker import PublicContext, Verdict
from carekraft_desktop.guardrail.rules import Severity
from carekraft_desktop.services import judging, papers
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.reply_gate import AUTHOR_LOCKED
from carekraft_desktop.services.reviews import REPLY_ACTS
from carekraft_desktop.store import outbox, register, reply_records, reviews
from carekraft_desktop.store.register import Task
from carekraft_desktop.store.reply_records import Record
from carekraft_desktop.store.unit import Reading, Writing
from carekraft_desktop.value import Value, replace

TRAINING = "training"
WRITING = Stage.DRAFTED
HELD_FOR = 24 * 3600
"""Seconds after which a stopped text that nobody came back to is forgotten (REQ-54)."""


class Paper(Value, frozen=True):
    """What lies before the author."""

    review: Review
    draft: Draft
    office: str
    context: PublicContext
    templates: tuple[str, ...]


def context(desk: Desk, review_id: str) -> PublicContext:
    """What the checker may know: the public page, and nothing of a patient (REQ-51)."""
    with desk.store.read() as unit:
        return context_of(unit, review_at(unit, review_id), desk.now())


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
        review = review_at(unit, review_id)
        nothing_on_its_way(unit, review_id)
        there = reviews.draft(unit, review_id)
        if there is not None and there.author != desk.staff.id and not take_over:
            raise DraftOfAnother
        draft = _opened(desk, review, there)
        if there is not None and there.author != desk.staff.id:
            reviews.keep_draft(unit, draft)
        desk.note(unit, "reply.begin", review_id, detail="take-over" if take_over else "")
        around = context_of(unit, review, now)
        office = reviews.profile(unit).name
    return Paper(review, draft, office, around, judging.templates(around))


def _opened(desk: Desk, review: Review, there: Draft | None) -> Draft:
    if there is None:
        text = review.reply.text if review.reply is not None else ""
        return Draft(review.id, text, desk.staff.id, review.version, desk.now())
    if there.author == desk.staff.id:
        return there
    return replace(there, author=desk.staff.id, stage=Stage.DRAFTED, until=0, note="")


def keep(desk: Desk, review_id: str, text: str, *, seen: int = 0) -> Draft | None:
    """Keep what is written; an empty text leaves no draft.

    `seen`: the version of the review that is answered, 0 for that of now.

    A stopped text is kept only while its editor is open, so that a lock or a crash loses
    nothing; closing the editor forgets it.
    """
    desk.require(Right.DRAFT_REPLIES, "reply.keep", review_id)
    with desk.store.write() as unit:
        return _keep(desk, unit, review_id, text, seen)


def reread(desk: Desk, review_id: str) -> None:
    """The review changed while it was answered, and its author has read it again."""
    desk.require(Right.DRAFT_REPLIES, "reply.reread", review_id)
    with desk.store.write() as unit:
        review = review_at(unit, review_id)
        there = reviews.draft(unit, review_id)
        if there is not None:
            reviews.keep_draft(unit, replace(there, review_version=review.version))
        desk.note(unit, "reply.reread", review_id)


def close(desk: Desk, review_id: str, text: str, *, seen: int = 0) -> bool:
    """Close the editor; whether the text is kept. What was stopped is forgotten (REQ-54)."""
    desk.require(Right.DRAFT_REPLIES, "reply.close", review_id)
    with desk.store.write() as unit:
        if reviews.get(unit, review_id) is None:
            reviews.drop_draft(unit, review_id)
            return False
        draft = _keep(desk, unit, review_id, text, seen)
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
        if draft is not None and draft.held:
            _note_blocked(desk, unit, review_id, draft.text)
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


def safer(text: str, around: PublicContext) -> str:
    """A wording that passes and keeps what was safe; empty when there is none."""
    return judging.safer(text, around)


def broken() -> bool:
    """Whether the checker's files are damaged, so that nothing can be posted."""
    return judging.checker() is None


def current(desk: Desk, review_id: str) -> Review:
    """The review as it reads now.

    Raises:
        NoLongerThere: its writer has deleted it.
    """
    with desk.store.read() as unit:
        return review_at(unit, review_id)


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
        review = review_at(unit, review_id)
        verdict = judging.allowed(text, context_of(unit, review, now))
        draft = replace(own(desk, unit, review), text=text, severity=verdict.severity)
        must(desk, draft, verdict.severity, step)
        until = now + COOLING if stage is Stage.COOLING else 0
        draft = replace(draft, stage=stage, saved_at=now, until=until, note="", held=False)
        reviews.keep_draft(unit, draft)
        desk.note(unit, f"reply.{step}", review_id, detail=codes(verdict))
    return draft


def give_back(desk: Desk, review_id: str, why: str) -> None:
    """Not like this: the author gets it again, with a reason from a list."""
    desk.require(Right.PUBLISH_REPLIES, "reply.give-back", review_id)
    with desk.store.write() as unit:
        draft = reviews.draft(unit, review_id)
        if draft is None:
            raise NoLongerThere
        must(desk, draft, draft.severity, Step.GIVE_BACK)
        reviews.keep_draft(unit, replace(draft, stage=Stage.DRAFTED, note=why))
        desk.note(unit, "reply.give-back", review_id, detail=why)


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


# ------------------------------------------------------------------ inside


def review_at(unit: Reading, review_id: str) -> Review:
    """The review.

    Raises:
        NoLongerThere: its writer has deleted it.
    """
    review = reviews.get(unit, review_id)
    if review is None:
        raise NoLongerThere
    return review


def context_of(unit: Reading, review: Review, now: Moment) -> PublicContext:
    """What anybody can see around a reply."""
    return judging.public_context(reviews.profile(unit), register.in_force(unit, now), review)


def own(desk: Desk, unit: Reading, review: Review) -> Draft:
    """This person's draft as it is kept, or a new one; for the review as it reads now."""
    there = reviews.draft(unit, review.id)
    if there is None:
        return Draft(review.id, "", desk.staff.id, review.version, desk.now())
    if there.author != desk.staff.id:
        raise DraftOfAnother
    return there


def _keep(desk: Desk, unit: Writing, review_id: str, text: str, seen: int) -> Draft | None:
    review = review_at(unit, review_id)
    now = desk.now()
    before = own(desk, unit, review)
    if seen and reviews.draft(unit, review_id) is None:
        before = replace(before, review_version=seen)
    if not text.strip():
        reviews.drop_draft(unit, review_id)
        return None
    verdict = judging.judge(text, context_of(unit, review, now))
    held = verdict.severity >= Severity.BLOCK
    draft = replace(before, text=text, saved_at=now, severity=verdict.severity, held=held)
    if text != before.text:
        draft = replace(draft, stage=Stage.DRAFTED, until=0)
    reviews.keep_draft(unit, draft)
    return draft


def must(desk: Desk, draft: Draft, severity: Severity, step: Step) -> None:
    """Let a person go on only with a lawful step.

    Raises:
        NotSafe: it is not.
    """
    if step not in steps(desk.staff, situation(desk, draft, severity)):
        raise NotSafe(step)


def nothing_on_its_way(unit: Reading, review_id: str) -> None:
    """Let a person go on only when no reply of the office is on its way.

    Raises:
        IllegalStep: one is.
    """
    for intention in outbox.about(unit, review_id):
        if intention.act in REPLY_ACTS and intention.delivery in OPEN:
            raise IllegalStep(intention.act)


def _draft_again(desk: Desk, unit: Writing, key: str) -> None:
    record = reply_records.record(unit, key)
    review = reviews.get(unit, record.review_id) if record is not None else None
    if record is None or review is None or reviews.draft(unit, review.id) is not None:
        return
    verdict = judging.judge(record.text, context_of(unit, review, desk.now()))
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
    verdict = judging.judge(text, context_of(unit, review_at(unit, review_id), now))
    salt = desk.ids.new()
    reply_records.add_record(
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
            checker=judging.version(),
            severity=verdict.severity,
            labels=labels(verdict),
            acknowledged=0,
        ),
    )
    if reply_records.blocked(unit, desk.staff.id, now - BLOCKS_WITHIN) >= BLOCKS_FOR_TRAINING:
        register.add_task(unit, Task(desk.ids.new(), TRAINING, desk.staff.id, now))


def labels(verdict: Verdict) -> tuple[tuple[str, int], ...]:
    """Category and length of each finding; never the words themselves."""
    return tuple((each.category, each.end - each.start) for each in verdict.findings)


def codes(verdict: Verdict) -> str:
    """The categories of a verdict, for the journal."""
    return " ".join(sorted({each.category for each in verdict.findings})).lower()
