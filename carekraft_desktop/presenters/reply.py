"""The reply editor: what is marked while one types, what may be done with the text, and when.

It knows the public page only. The text is kept every second in the encrypted store; what was
stopped goes when the editor closes.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.reviews import LONGEST, FalseAlarm, Step, steps
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CareKraftError, NoLongerThere, ReviewChanged
from carekraft_desktop.guardrail.rules import Severity
from carekraft_desktop.presenters import wording_reviews as wording
from carekraft_desktop.presenters.pieces import Problem, Toast, Tone
from carekraft_desktop.presenters.reply_state import (
    ORDER,
    Ask,
    ReplyState,
    hints_of,
    mark_of,
    marks_of,
    reads,
)
from carekraft_desktop.presenters.tasks import Done
from carekraft_desktop.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain.staff import Staff
    from carekraft_desktop.guardrail.checker import Verdict
    from carekraft_desktop.presenters.tasks import Outcome, Timers
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.uses_reviews import Confirm, PostingUses, ReplyUses
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.replies import Paper
    from carekraft_desktop.services.step_up import StepUp

AUTOSAVE = 1.0
"""Seconds after the last key at the latest until a draft is kept."""


class ReplyPresenter:
    """Open over one review at a time; holds nothing while it is closed."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[ReplyState | None], None],
        *,
        replies: ReplyUses,
        posting: PostingUses,
        confirm: Confirm,
        timers: Timers,
        done: Callable[[Toast | None], None],
        when: OfficeTime,
    ) -> None:
        """Make it, closed.

        Args:
            desk: who writes.
            show: puts a state on the screen; None closes.
            replies: the service that keeps drafts.
            posting: the service that posts.
            confirm: asks for a password once more.
            timers: for keeping the draft.
            done: called after the editor has closed, with what there is to tell.
            when: the office's zone.
        """
        self._desk, self._show = desk, show
        self._replies, self._posting, self._confirm = replies, posting, confirm
        self._timers, self._done, self._when = timers, done, when
        self._paper: Paper | None = None
        self._acknowledged = 0
        self._stop: Callable[[], None] = lambda: None
        self._dirty = False
        self._next: str = ""
        self.state: ReplyState | None = None

    @property
    def editing(self) -> bool:
        """Whether a reply is open, and so no patient may be on the screen (REQ-51)."""
        return self.state is not None

    # -- opening and closing ------------------------------------------------------------

    def open(self, review_id: str, *, acknowledged: int, take_over: bool = False) -> bool:
        """Open the editor; False, with the reason raised, when it stays closed.

        Raises:
            CareKraftError: it may not be opened; nothing is on the screen then.
        """
        paper = self._replies.begin(self._desk, review_id, take_over=take_over)
        self._paper, self._acknowledged = paper, acknowledged
        draft = paper.draft
        returned = wording.GIVE_BACK.get(draft.note, "")
        self.state = ReplyState(
            review_id,
            draft.text,
            1,
            office=paper.office,
            templates=paper.templates,
            changed=draft.review_version < paper.review.version,
            returned=wording.RETURNED + returned if returned else "",
            broken=self._replies.broken(),
        )
        self._put(self._judged(self.state, draft.text))
        return True

    def refresh(self) -> None:
        """The office or the review changed below the editor."""
        state, paper = self.state, self._paper
        if state is None or paper is None or state.gone:
            return
        try:
            self._keep()
            review = self._replies.current(self._desk, state.review_id)
        except NoLongerThere:
            self._stop()
            self._put(replace(state, gone=True, text="", stamp=state.stamp + 1, hints=(), marks=()))
            return
        except CareKraftError as error:
            self._put(replace(state, problem=Problem.of(error)))
            return
        if review.version != paper.review.version:
            around = self._replies.context(self._desk, state.review_id)
            now, before = reads(review), reads(paper.review)
            self._paper = replace(paper, review=review, context=around)
            self._put(
                self._judged(replace(state, changed=state.changed or now != before), state.text)
            )

    def leave(self) -> None:
        """The program locks: what is written is kept, stopped or not, and the screen emptied."""
        if self.state is None:
            return
        try:
            self._keep()
        except CareKraftError:
            # The store is the reason for leaving, or the review is gone: nothing more to do.
            self._dirty = False
        self._forget()

    def close(self, *, sure: bool = False) -> bool:
        """Close the editor; False when it asks first whether to forget a stopped text."""
        state = self.state
        if state is None:
            return True
        if state.ask is not None:
            self._put(replace(state, ask=None))
            return False
        # A second time means it.
        if self._stopped(state) and not sure and not state.closing:
            self._put(replace(state, closing=True))
            return False
        self._stop()
        told: Toast | None = None
        if not state.gone:
            try:
                kept = self._replies.close(
                    self._desk, state.review_id, state.text, seen=self._seen()
                )
            except CareKraftError as error:
                self._put(replace(state, problem=Problem.of(error)))
                return False
            if state.text.strip():
                told = Toast(wording.KEPT if kept else wording.FORGOTTEN)
        self._forget()
        self._done(told)
        return True

    def stay(self) -> None:
        """Not closing after all."""
        if self.state is not None:
            self._put(replace(self.state, closing=False))

    def _stopped(self, state: ReplyState) -> bool:
        verdict = state.verdict
        return bool(state.text.strip()) and verdict is not None and verdict.tone is Tone.BAD

    def _forget(self) -> None:
        self._stop()
        self._paper, self._dirty = None, False
        self.state = None
        self._show(None)

    def _put(self, state: ReplyState) -> None:
        self.state = state
        self._show(state)

    # -- typing -------------------------------------------------------------------------

    def edited(self, text: str) -> None:
        """What stands in the editor now; checked at once, kept within a second."""
        state = self.state
        if state is None or state.gone or text == state.text:
            return
        self._put(self._judged(replace(state, text=text, closing=False, saved=""), text))
        if not self._dirty:
            self._dirty = True
            self._stop = self._timers.after(AUTOSAVE, self._autosave)

    def take_template(self, number: int) -> None:
        """A safe reply takes the place of the text."""
        state = self.state
        if state is not None and 0 <= number < len(state.templates):
            self._replace(state.templates[number])

    def take_offer(self) -> None:
        """The safe wording takes the place of the text."""
        state = self.state
        if state is not None and state.offer:
            self._replace(state.offer)

    def reread(self) -> None:
        """The changed review was read."""
        state = self.state
        if state is None or self._paper is None:
            return
        try:
            self._keep()
            self._replies.reread(self._desk, state.review_id)
        except CareKraftError as error:
            self._put(replace(state, problem=Problem.of(error)))
            return
        self._paper = replace(
            self._paper,
            draft=replace(self._paper.draft, review_version=self._paper.review.version),
        )
        self._put(self._judged(replace(state, changed=False, problem=None), state.text))

    def _replace(self, text: str) -> None:
        if self.state is not None and text != self.state.text:
            self.state = replace(self.state, stamp=self.state.stamp + 1)
            self.edited(text)

    def _autosave(self) -> None:
        try:
            self._keep()
        except CareKraftError as error:
            self._failed(error)

    def _keep(self) -> None:
        state = self.state
        self._stop()
        if state is None or not self._dirty:
            return
        draft = self._replies.keep(self._desk, state.review_id, state.text, seen=self._seen())
        self._dirty = False
        words = wording.NOT_KEPT if draft is not None and draft.held else wording.SAVED
        self._put(replace(state, saved=words if draft is not None else ""))

    def _seen(self) -> int:
        return self._paper.draft.review_version if self._paper is not None else 0

    def _failed(self, error: CareKraftError) -> None:
        if self.state is None:
            return
        if isinstance(error, NoLongerThere):
            self._put(replace(self.state, gone=True, hints=(), marks=()))
        elif isinstance(error, ReviewChanged):
            self.refresh()
            self._put(replace(self.state, changed=True, main="", also="", ask=None))
        else:
            self._put(replace(self.state, problem=Problem.of(error), ask=None))

    # -- the verdict --------------------------------------------------------------------

    def _judged(self, state: ReplyState, text: str) -> ReplyState:
        """The state with everything that follows from the text."""
        paper = self._paper
        if paper is None:
            return state
        verdict = self._replies.check(text, paper.context)
        empty, over = not text.strip(), len(text) > LONGEST
        severity = Severity.BLOCK if over else verdict.severity
        lawful = self._lawful(severity) if not empty and not state.changed else frozenset()
        main = next((step for step in ORDER if step in lawful), None)
        also = Step.SUGGEST if main is Step.PUBLISH and Step.SUGGEST in lawful else None
        risky = severity >= Severity.REVIEW and not over
        return replace(
            state,
            hints=() if empty else hints_of(verdict),
            marks=() if empty else marks_of(verdict),
            verdict=mark_of(severity, empty=empty, over=over),
            counter=wording.left(LONGEST - len(text)),
            over=over,
            main=wording.STEP[main] if main is not None else "",
            also=wording.STEP[also] if also is not None else "",
            why_not=self._why_not(severity, main, silent=empty or over or state.changed),
            offer=self._offer(text) if risky and not empty else "",
            public=" ".join(text.split()),
            can_release=self._can_release(verdict, over=over or empty),
            problem=None,
        )

    def _lawful(self, severity: Severity) -> frozenset[Step]:
        if self._paper is None:
            return frozenset()
        draft = self._paper.draft
        if self.state is not None and self.state.text != draft.text:
            # A changed text is a new one: what was slept on, or handed on, was the other.
            draft = replace(draft, stage=self._replies.WRITING)
        return steps(self._desk.staff, self._replies.situation(self._desk, draft, severity))

    def _why_not(self, severity: Severity, main: Step | None, *, silent: bool) -> str:
        if silent or main is not None or severity >= Severity.BLOCK:
            return ""
        if self._paper is not None and self._paper.draft.until > self._desk.now():
            at = self._when.shortly(self._paper.draft.until, self._desk.now())
            return wording.cooling_until(at)
        return wording.NOBODY_MAY

    def _offer(self, text: str) -> str:
        paper = self._paper
        if paper is None:
            return ""
        offer = self._replies.safer(text, paper.context)
        return "" if offer == text or len(offer) > LONGEST else offer

    def _can_release(self, verdict: Verdict, *, over: bool) -> bool:
        checked = all(each.category != "CHECK" for each in verdict.findings)
        stopped = verdict.severity >= Severity.BLOCK and checked and not over
        return stopped and bool(self._officers())

    def _officers(self) -> tuple[Staff, ...]:
        mine = self._desk.staff.id
        return tuple(
            each for each in self._desk.team if each.id != mine and each.may(Right.APPROVE_DOUBTFUL)
        )

    # -- handing on and posting ---------------------------------------------------------

    def send(self) -> None:
        """Ctrl+Enter: publish if that is lawful, else hand on, else sleep on it."""
        self._do(self._step(self.state.main) if self.state is not None else None)

    def send_also(self) -> None:
        """Hand on what one could publish oneself."""
        self._do(self._step(self.state.also) if self.state is not None else None)

    @staticmethod
    def _step(words: str) -> Step | None:
        return next((step for step in ORDER if wording.STEP[step] == words), None)

    def _do(self, step: Step | None) -> None:
        state = self.state
        if state is None or step is None:
            return
        if step is Step.FINISH:
            self._next = "finish"
            words = wording.CONFIRM
            ask = Ask(words.title, words.advice, needs_code=self._confirm.needs_code)
            self._put(replace(state, ask=ask))
            return
        self._act(lambda: self._carry_out(step, state), wording.DID_STEP[step])

    def _carry_out(self, step: Step, state: ReplyState) -> str:
        self._keep()
        if step is Step.PUBLISH:
            return self._posting.publish(
                self._desk, state.review_id, state.text, acknowledged=self._acknowledged
            ).key
        if step is Step.SUGGEST:
            self._replies.suggest(self._desk, state.review_id, state.text)
        else:
            self._replies.cool(self._desk, state.review_id, state.text)
        return ""

    def _act(self, act: Callable[[], str], words: str) -> None:
        try:
            key = act()
        except CareKraftError as error:
            self._failed(error)
            return
        self._forget()
        self._done(Toast(words, undo=key))

    # -- with a password ----------------------------------------------------------------

    def ask_release(self) -> None:
        """Let a privacy officer who stands here release a stopped text."""
        state = self.state
        if state is None or not state.can_release:
            return
        self._next = "release"
        words = wording.RELEASE
        ask = Ask(
            words.title,
            words.advice,
            officers=tuple(each.display for each in self._officers()),
            reasons=tuple(wording.FALSE_ALARM[each] for each in FalseAlarm),
            needs_code=self._confirm.needs_code,
        )
        self._put(replace(state, ask=ask))

    def answer(self, officer: int, reason: int, password: str, code: str) -> None:
        """The password was typed; it is proved elsewhere, since that takes a moment."""
        state = self.state
        if state is None or state.ask is None or state.ask.busy or not password:
            return
        officers = self._officers()
        if self._next == "release" and not 0 <= officer < len(officers):
            return
        who = officers[officer] if self._next == "release" else self._desk.staff
        why = tuple(FalseAlarm)[max(0, min(reason, len(FalseAlarm) - 1))]
        self._put(replace(state, ask=replace(state.ask, busy=True, problem=None)))
        self._confirm.ask(who.id, password, code, lambda found: self._proved(found, why))

    def _proved(self, outcome: Outcome[StepUp], why: FalseAlarm) -> None:
        state = self.state
        if state is None or state.ask is None:
            return
        if not isinstance(outcome, Done):
            problem = Problem.of(outcome.error)
            self._put(replace(state, ask=replace(state.ask, busy=False, problem=problem)))
            return
        proof = outcome.value
        self._act(lambda: self._with_proof(state, proof, why), wording.APPROVED)

    def _with_proof(self, state: ReplyState, proof: StepUp, why: FalseAlarm) -> str:
        if self._next == "finish":
            return self._posting.publish(
                self._desk,
                state.review_id,
                state.text,
                acknowledged=self._acknowledged,
                proof=proof,
            ).key
        self._keep()
        return self._posting.release(
            self._desk,
            state.review_id,
            state.text,
            proof=proof,
            why=why,
            acknowledged=self._acknowledged,
        ).key

    def discard(self) -> None:
        """Throw the draft away and close."""
        state = self.state
        if state is None:
            return
        try:
            if not state.gone:
                self._replies.discard(self._desk, state.review_id)
        except CareKraftError as error:
            self._failed(error)
            return
        self._forget()
        self._done(None)
