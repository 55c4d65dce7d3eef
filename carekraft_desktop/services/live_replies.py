"""Replies that the public reads: take one away, take one down, and look again when rules change."""

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.incidents import Containment, Entered, Step
from carekraft_desktop.domain.intentions import REVIEW, Delivery, Intention
from carekraft_desktop.domain.reviews import Review
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import IllegalStep
from carekraft_desktop.guardrail.checker import hash_of
from carekraft_desktop.guardrail.rules import Severity
from carekraft_desktop.services import judging
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.services.replies import nothing_on_its_way, review_at
from carekraft_desktop.services.reply_gate import AUTHOR_LOCKED
from carekraft_desktop.services.reviews import LIVE_REPLY, version_of
from carekraft_desktop.store import incidents, outbox, register, reply_records, reviews
from carekraft_desktop.store.register import Disclosure, Incident, Task
from carekraft_desktop.store.reply_records import LiveCheck
from carekraft_desktop.store.unit import Reading, Writing

_TAKEN_DOWN = (
    (Entered.STEP, Step.TAKE_DOWN.value),
    (Entered.STEP, Step.KEEP_EVIDENCE.value),
    (Entered.CONTAINMENT, Containment.TAKEN_DOWN.value),
)
"""What is done already when the file of the incident begins."""


def withdraw(desk: Desk, review_id: str) -> Intention:
    """Take a public reply away, for no graver reason than that it should not stand.

    Raises:
        IllegalStep: there is none, or something is on its way.
    """
    desk.require(Right.DRAFT_REPLIES, "reply.withdraw", review_id)
    with desk.store.write() as unit:
        review = review_at(unit, review_id)
        if review.reply is None:
            raise IllegalStep(Act.REPLY_WITHDRAW)
        nothing_on_its_way(unit, review_id)
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
        review = review_at(unit, review_id)
        evidence = _public_text(unit, review)
        if not evidence:
            raise IllegalStep(Act.REPLY_WITHDRAW)
        _take_away(desk, unit, review, now)
        author = _author_of(unit, review_id, evidence)
        incident = Incident(
            desk.ids.new(), "public-reply", review_id, now, desk.staff.id, author, evidence=evidence
        )
        register.open_incident(unit, incident)
        for kind, value in _TAKEN_DOWN:
            incidents.add(unit, incident.id, kind, value, staff=desk.staff.id, at=now)
        register.add_disclosure(
            unit,
            Disclosure(desk.ids.new(), now, "public", "public-reply", "none", incident.id),
        )
        if author:
            register.add_task(unit, Task(desk.ids.new(), AUTHOR_LOCKED, author, now))
        register.finish_about(unit, LIVE_REPLY, review_id, desk.staff.id, now)
        desk.note(unit, "reply.take-down", review_id, detail=incident.id)
    return incident


def recheck_live(desk: Desk) -> tuple[Task, ...]:
    """Judge every public reply anew that today's rules have not judged; tasks for new hits.

    Quick when nothing has changed, so that it can run after every unlock and every arrival
    (REQ-58).
    """
    now, version = desk.now(), judging.version()
    if not version:
        # A damaged checker says nothing about replies that were harmless yesterday.
        return ()
    with desk.store.read() as unit:
        known = reply_records.live_checks(unit)
        papers, profile = register.in_force(unit, now), reviews.profile(unit)
        live = reviews.answered(unit)
    made: list[LiveCheck] = []
    for review in live:
        before = known.get(review.id)
        text = review.reply.text if review.reply is not None else ""
        if before is not None and (before.hash, before.checker) == (hash_of(text), version):
            continue
        verdict = judging.judge(text, judging.public_context(profile, papers, review))
        made.append(LiveCheck(review.id, verdict.text_hash, version, verdict.severity))
    return _note_hits(desk, made)


def let_stand(desk: Desk, review_id: str) -> None:
    """A privacy officer has looked at a doubtful public reply and lets it stand."""
    desk.require(Right.APPROVE_DOUBTFUL, "reply.let-stand", review_id)
    with desk.store.write() as unit:
        register.finish_about(unit, LIVE_REPLY, review_id, desk.staff.id, desk.now())
        desk.note(unit, "reply.let-stand", review_id)


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
        kind=REVIEW,
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
            found = reply_records.record(unit, intention.key)
            return found.text if found is not None else ""
    return ""


def _author_of(unit: Reading, review_id: str, text: str) -> str:
    """Who wrote it, empty when it was not written here."""
    posted = [
        r for r in reply_records.records(unit, review_id) if r.what == "put" and r.text == text
    ]
    return posted[-1].author if posted else ""


def _note_hits(desk: Desk, made: list[LiveCheck]) -> tuple[Task, ...]:
    if not made:
        return ()
    now = desk.now()
    new: list[Task] = []
    with desk.store.write() as unit:
        reply_records.put_live_checks(unit, made, now)
        for check in made:
            if check.severity < Severity.BLOCK:
                register.finish_about(unit, LIVE_REPLY, check.review_id, "", now)
                continue
            task = Task(desk.ids.new(), LIVE_REPLY, check.review_id, now)
            if register.add_task(unit, task):
                new.append(task)
                desk.note(unit, "reply.doubtful", check.review_id)
    return tuple(new)
