"""The inbox of public reviews: see them, leave them, report them, watch the live replies."""

import json
from collections.abc import Iterable, Mapping

from carekraft_desktop.domain import Moment
from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.intentions import NEEDS_EYES, OPEN, REVIEW, Delivery, Intention
from carekraft_desktop.domain.reviews import TO_DO, Draft, Reason, Review, Stage
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import IllegalStep, NoLongerThere
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.store import outbox, register, reply_records, reviews
from carekraft_desktop.store.register import Incident, Task
from carekraft_desktop.store.reply_records import Record
from carekraft_desktop.store.unit import Reading
from carekraft_desktop.value import Value

REPLY_ACTS = frozenset({Act.REPLY, Act.REPLY_WITHDRAW})
LIVE_REPLY = "live-reply"
"""The task to look at a public reply that today's rules would stop."""


class Line(Value, frozen=True):
    """One review in the list."""

    review: Review
    stage: Stage
    draft: Draft | None = None
    doubtful: bool = False
    """Its public reply would be stopped today (REQ-58)."""


class Sheet(Value, frozen=True):
    """One review with all that the office did about it."""

    review: Review
    stage: Stage
    draft: Draft | None
    last: Intention | None
    """The newest reply, withdrawal or report that was asked for."""
    records: tuple[Record, ...]
    incidents: tuple[Incident, ...]
    doubtful: bool


def stage_of(
    review: Review, draft: Draft | None, last: Intention | None, closed: Mapping[str, Moment]
) -> Stage:
    """Where the work on a review stands."""
    mine = last if last is not None and last.act in REPLY_ACTS else None
    if mine is not None and _under_way(review, mine):
        return Stage.UNKNOWN if mine.delivery is Delivery.UNKNOWN else Stage.ON_ITS_WAY
    if draft is not None:
        return draft.stage
    if mine is not None and mine.delivery in NEEDS_EYES and not mine.read:
        return Stage.BACK
    if review.reply is not None:
        return Stage.ANSWERED
    return Stage.NO_REPLY if closed.get(review.id) == review.edited_at else Stage.NEW


def _under_way(review: Review, mine: Intention) -> bool:
    """Until the feed has brought what the exchange has confirmed, it is still on its way."""
    applied = mine.delivery is Delivery.APPLIED and review.version < mine.settled_version
    return applied or mine.delivery in OPEN


def inbox(desk: Desk) -> tuple[Line, ...]:
    """All reviews with where they stand, the newest first."""
    desk.require(Right.SEE_REVIEWS, "reviews.see")
    with desk.store.read() as unit:
        return _lines(unit, reviews.newest(unit))


def count(desk: Desk) -> int:
    """How many reviews or replies wait for somebody; 0 for who may not see them."""
    if not desk.staff.may(Right.SEE_REVIEWS):
        return 0
    with desk.store.read() as unit:
        lines = _lines(unit, reviews.unfinished(unit))
        return sum(line.stage in TO_DO or line.doubtful for line in lines)


def _lines(unit: Reading, found: Iterable[Review]) -> tuple[Line, ...]:
    drafts, closed = reviews.drafts(unit), reviews.closed(unit)
    last = outbox.last_of(unit, REPLY_ACTS)
    doubtful = {task.about for task in register.open_tasks(unit) if task.kind == LIVE_REPLY}
    return tuple(
        Line(
            review,
            stage_of(review, drafts.get(review.id), last.get(review.id), closed),
            drafts.get(review.id),
            review.id in doubtful,
        )
        for review in found
    )


def sheet(desk: Desk, review_id: str) -> Sheet:
    """One review with everything about it.

    Raises:
        NoLongerThere: its writer has deleted it.
    """
    desk.require(Right.SEE_REVIEWS, "review.open", review_id)
    with desk.store.read() as unit:
        review = reviews.get(unit, review_id)
        if review is None:
            raise NoLongerThere
        draft = reviews.draft(unit, review_id)
        intentions = outbox.about(unit, review_id)
        mine = [i for i in intentions if i.act in REPLY_ACTS]
        last = mine[-1] if mine else None
        return Sheet(
            review=review,
            stage=stage_of(review, draft, last, reviews.closed(unit)),
            draft=draft,
            last=last,
            records=reply_records.records(unit, review_id),
            incidents=register.incidents(unit, review_id),
            doubtful=register.is_open(unit, LIVE_REPLY, review_id),
        )


def no_reply(desk: Desk, review_id: str) -> None:
    """Leave it unanswered; if its writer changes it, it comes up again."""
    desk.require(Right.DRAFT_REPLIES, "review.no-reply", review_id)
    with desk.store.write() as unit:
        review = reviews.get(unit, review_id)
        if review is None:
            raise NoLongerThere
        reviews.close(unit, review, desk.staff.id, desk.now())
        desk.note(unit, "review.no-reply", review_id)


def reopen(desk: Desk, review_id: str) -> None:
    """It shall be answered after all."""
    desk.require(Right.DRAFT_REPLIES, "review.reopen", review_id)
    with desk.store.write() as unit:
        reviews.reopen(unit, review_id)
        desk.note(unit, "review.reopen", review_id)


def report(desk: Desk, review_id: str, reason: Reason) -> Intention:
    """Ask the platform to look at a review.

    Raises:
        NoLongerThere: it is gone.
        IllegalStep: it is reported already.
    """
    desk.require(Right.DRAFT_REPLIES, "review.report", review_id)
    now = desk.now()
    with desk.store.write() as unit:
        review = reviews.get(unit, review_id)
        if review is None:
            raise NoLongerThere
        earlier = [i for i in outbox.about(unit, review_id) if i.act is Act.REVIEW_REPORT]
        if review.reported or any(i.delivery in OPEN for i in earlier):
            raise IllegalStep(Act.REVIEW_REPORT)
        intention = Intention(
            key=desk.ids.new(),
            about=review_id,
            act=Act.REVIEW_REPORT,
            if_version=version_of(unit, review),
            actor=desk.staff.id,
            made_at=now,
            visit_start=0,
            kind=REVIEW,
            next_at=now + desk.undo_seconds,
            body=json.dumps({"reason": reason.value}),
        )
        outbox.append(unit, intention)
        desk.note(unit, "review.report", review_id, detail=reason)
    return intention


def version_of(unit: Reading, review: Review) -> int:
    """What the exchange has confirmed counts, also while the feed has not brought it."""
    return max(review.version, *(i.settled_version for i in outbox.about(unit, review.id)), 0)


def mark_read(desk: Desk, review_id: str) -> None:
    """Somebody has read why a reply was not posted."""
    desk.require(Right.DRAFT_REPLIES, "review.read", review_id)
    with desk.store.write() as unit:
        for intention in outbox.about(unit, review_id):
            if intention.delivery in NEEDS_EYES and not intention.read:
                outbox.mark_read(unit, intention.key)


def tasks(desk: Desk) -> tuple[Task, ...]:
    """What the privacy officer has to look at."""
    desk.require(Right.SEE_REVIEWS, "tasks.see")
    with desk.store.read() as unit:
        return register.open_tasks(unit)


def finish_task(desk: Desk, task: Task) -> None:
    """The privacy officer has dealt with it; nobody deals with one's own.

    Raises:
        IllegalStep: it is about oneself.
    """
    desk.require(Right.APPROVE_DOUBTFUL, "task.done", task.about)
    if task.about == desk.staff.id:
        raise IllegalStep(task.kind)
    with desk.store.write() as unit:
        register.finish_task(unit, task.id, desk.staff.id, desk.now())
        desk.note(unit, "task.done", task.about, detail=task.kind)
