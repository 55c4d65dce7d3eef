"""Whatever is typed or pasted into the reply editor: nothing crashes, and nothing slips by."""

from dataclasses import dataclass, field
from typing import cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from carekraft_desktop.domain.reviews import (
    LONGEST,
    Approval,
    Draft,
    Review,
    Situation,
    Stage,
    Step,
    steps,
)
from carekraft_desktop.domain.staff import Role, Staff
from carekraft_desktop.guardrail.checker import PublicContext, Verdict
from carekraft_desktop.guardrail.rules import Severity
from carekraft_desktop.presenters.reply import ReplyPresenter
from carekraft_desktop.presenters.uses_reviews import Confirm, PostingUses, ReplyUses
from carekraft_desktop.services import judging
from carekraft_desktop.services.replies import Paper
from tests.fakes.office import WHEN, desk
from tests.fakes.timers import FakeTimers

CONTEXT = PublicContext(reviewer="MapleFan22", phones=("312-555-0100",), staff=("Jo Park",))
ANYBODY = st.frozensets(st.sampled_from(Role)).map(lambda r: Staff("me", "m.e", "Me", r))
STAGES = st.sampled_from([Stage.DRAFTED, Stage.SUGGESTED, Stage.COOLING])
ODD = st.text(
    alphabet=st.one_of(
        st.characters(),
        st.sampled_from("\u202e\u2066\u200b\ufeff\u0301\ud800😀👩\u200d⚕️\x00\n\t ａ"),
    ),
    max_size=900,
)


@dataclass
class Replies:
    """As much of the service as typing needs, over the real checker."""

    kept: list[str] = field(default_factory=list)
    WRITING: Stage = Stage.DRAFTED

    def begin(self, _desk: object, review_id: str, *, take_over: bool = False) -> Paper:
        del take_over
        review = Review(review_id, 1, "MapleFan22", 3, "Waited.", 1)
        draft = Draft(review_id, "", "staff-1", 1, 1)
        return Paper(review, draft, "Lakeside", CONTEXT, judging.templates(CONTEXT))

    def broken(self) -> bool:
        return False

    def check(self, text: str, around: PublicContext) -> Verdict:
        return judging.judge(text, around)

    def safer(self, text: str, around: PublicContext) -> str:
        return judging.safer(text, around)

    def situation(self, _desk: object, draft: Draft, severity: Severity) -> Situation:
        return Situation(severity, draft.author, draft.stage, draft.until, False, 1)

    def keep(self, _desk: object, _id: str, text: str, *, seen: int = 0) -> Draft | None:
        del seen
        self.kept.append(text)
        return None


@pytest.fixture(scope="module")
def editor() -> ReplyPresenter:
    author = Staff("staff-1", "p", "P", frozenset({Role.PROVIDER}))
    made = ReplyPresenter(
        desk(staff=author),
        lambda _state: None,
        replies=cast("ReplyUses", Replies()),
        posting=cast("PostingUses", None),
        confirm=cast("Confirm", None),
        timers=FakeTimers(),
        done=lambda _toast: None,
        when=WHEN,
    )
    made.open("rev-1", acknowledged=1)
    return made


@given(written=ODD)
def test_anything_can_be_typed_and_is_judged_in_place(editor: ReplyPresenter, written: str) -> None:
    editor.edited(written)
    state = editor.state
    assert state is not None
    assert state.text == written
    for each in (*state.hints, *state.marks):
        assert 0 <= each.start <= each.end <= len(written)
    verdict = judging.judge(written, CONTEXT)
    if verdict.severity >= Severity.BLOCK or len(written) > LONGEST or not written.strip():
        assert state.main == state.also == ""
    if state.offer:
        assert judging.judge(state.offer, CONTEXT).severity <= Severity.REMIND


@given(
    who=ANYBODY,
    author=st.sampled_from(["me", "other"]),
    stage=STAGES,
    alone=st.booleans(),
    severity=st.sampled_from(Severity),
    until=st.integers(0, 10),
    now=st.integers(0, 10),
)
def test_nobody_posts_what_needs_another_person_alone(
    who: Staff,
    author: str,
    stage: Stage,
    alone: bool,
    severity: Severity,
    until: int,
    now: int,
) -> None:
    found = steps(who, Situation(severity, author, stage, until, alone, now))
    if severity is Severity.BLOCK:
        assert not found
    if severity is Severity.REVIEW:
        assert Step.PUBLISH not in found
        assert Step.APPROVE not in found or (author != who.id and Role.PRIVACY_OFFICER in who.roles)
        assert Step.FINISH not in found or (alone and stage is Stage.COOLING and now >= until)
    if author == who.id:
        assert not found & {Step.APPROVE, Step.GIVE_BACK}


@given(
    approved=st.sampled_from(Severity),
    now=st.sampled_from(Severity),
    approver=st.sampled_from(["", "author", "other"]),
    cooled=st.booleans(),
    released=st.sampled_from(["", "general-words"]),
    same=st.booleans(),
)
def test_an_approval_covers_one_text_and_nothing_graver_than_was_approved(
    approved: Severity,
    now: Severity,
    approver: str,
    cooled: bool,
    released: str,
    same: bool,
) -> None:
    approval = Approval("hash", approved, "author", approver, cooled, released)
    covered = approval.covers("hash" if same else "other", now)
    if not same:
        assert not covered
    if covered and now is Severity.BLOCK:
        assert released
        assert approved is Severity.BLOCK
        assert approver == "other"
    if covered and now is Severity.REVIEW:
        assert cooled or approver == "other"
