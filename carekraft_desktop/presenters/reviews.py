"""The inbox of reviews: the list, one review beside it, and what can be done about it.

What is offered comes in the order that the rules give (REQ-47): no reply, report, a safe reply,
one's own. No patient is anywhere near: reviews are never linked to one (REQ-51).
"""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from carekraft_desktop.domain.intentions import Delivery
from carekraft_desktop.domain.reviews import TO_DO, Choice, Reason, Stage
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CareKraftError, EditorClosed, NoLongerThere
from carekraft_desktop.presenters import wording_reviews as wording
from carekraft_desktop.presenters.pieces import Cell, Empty, Mark, Problem, Row, Toast, Tone
from carekraft_desktop.presenters.review_offers import MARK, Offer, Pane, pane_of
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.presenters.reply import ReplyPresenter
    from carekraft_desktop.presenters.tasks import Timers
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.uses_reviews import (
        LiveUses,
        PostingUses,
        ReplyUses,
        ReviewUses,
    )
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.reviews import Line, Sheet
    from carekraft_desktop.store.register import Task

HEADS = ("Written", "Stars", "Reviewer", "Where it stands", "Review")
"""The last is left out where there is no room: the pane shows it whole."""
FILTERS = tuple(wording.FILTER)
_SHOWS: dict[str, frozenset[Stage]] = {
    "to-do": TO_DO,
    "all": frozenset(Stage),
    "second": frozenset({Stage.SUGGESTED, Stage.COOLING}),
    "officer": frozenset({Stage.SUGGESTED}),
    "on-its-way": frozenset({Stage.ON_ITS_WAY, Stage.UNKNOWN}),
    "answered": frozenset({Stage.ANSWERED}),
    "left": frozenset({Stage.NO_REPLY}),
}
_WITH_DOUBTFUL = frozenset({"to-do", "officer"})
"""They show public replies that tell something as well, whatever their stage."""


class ReviewsState(Value, frozen=True):
    """Everything on the screen but the editor."""

    rows: tuple[Row, ...] = ()
    shows: str = "to-do"
    rating: int = 0
    """0 for all stars."""
    note: str = ""
    selected: str = ""
    pane: Pane | None = None
    tasks: tuple[Offer, ...] = ()
    """What the privacy officer has to look at; taking one says that it was dealt with."""
    empty: Empty | None = None
    problem: Problem | None = None
    denied: bool = False
    """Whoever sits here may see no reviews at all."""


class ReviewsPresenter:
    """Shows the reviews and carries out what is chosen."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[ReviewsState], None],
        *,
        reviews: ReviewUses,
        replies: ReplyUses,
        posting: PostingUses,
        live: LiveUses,
        timers: Timers,
        told: Callable[[Toast], None],
        acted: Callable[[], None],
        to_papers: Callable[[], None],
        when: OfficeTime,
        before_writing: Callable[[], None] = lambda: None,
    ) -> None:
        """Make it; the editor is given with `edits_in` before anything is chosen.

        Args:
            desk: who looks.
            show: puts a state on the screen.
            reviews: the service of the inbox.
            replies: the service of drafts.
            posting: the service that posts.
            live: the service of public replies.
            timers: for the countdown.
            told: shows a short message.
            acted: called when something will leave the office.
            to_papers: goes to the page of policies and officials.
            when: the office's zone and spelling of times.
            before_writing: closes whatever shows a patient (REQ-51).
        """
        self._desk, self._show = desk, show
        self._before_writing = before_writing
        self._reviews, self._replies = reviews, replies
        self._posting, self._live, self._timers = posting, live, timers
        self._told, self._acted, self._to_papers = told, acted, to_papers
        self._when = when
        self._lines: tuple[Line, ...] = ()
        self._sheet: Sheet | None = None
        self._tasks: tuple[Task, ...] = ()
        self._step = ""
        """What is being asked about the chosen review; empty for its first choices."""
        self._editor: ReplyPresenter | None = None
        self._stop: Callable[[], None] = lambda: None
        self._mine: set[str] = set()
        self.state = ReviewsState()

    def edits_in(self, editor: ReplyPresenter) -> None:
        """The editor that "write a reply" opens."""
        self._editor = editor

    @property
    def editing(self) -> bool:
        """Whether a reply is open."""
        return self._editor is not None and self._editor.editing

    # -- reading ------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything anew."""
        if not self._desk.staff.may(Right.SEE_REVIEWS):
            words = wording.NO_RIGHT
            empty = Empty(words.title, words.advice, icon="shield-off")
            self._put(ReviewsState(empty=empty, denied=True))
            return
        if self.editing and self._editor is not None:
            self._editor.refresh()
        try:
            self._live.recheck_live(self._desk)
            self._lines = self._reviews.inbox(self._desk)
            self._tasks = self._reviews.tasks(self._desk)
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        self._put(self._build(replace(self.state, problem=None)))

    def tick(self) -> None:
        """A minute has passed."""
        self.refresh()

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        self._when = when
        self.refresh()

    def _put(self, state: ReviewsState) -> None:
        self.state = state
        self._show(state)

    def _build(self, state: ReviewsState) -> ReviewsState:
        shown = [line for line in self._lines if self._fits(line, state)]
        known = {line.review.id for line in self._lines}
        selected = state.selected if state.selected in known or self.editing else ""
        to_do = sum(line.stage in TO_DO for line in self._lines)
        second = sum(line.stage in _SHOWS["second"] for line in self._lines)
        doubtful = sum(line.doubtful for line in self._lines)
        state = replace(
            state,
            rows=tuple(self._row(line) for line in shown),
            note=wording.inbox_note(to_do, second, doubtful),
            selected=selected,
            tasks=self._task_offers(),
            empty=None if shown else self._empty(state),
        )
        return self._with_pane(state)

    def _fits(self, line: Line, state: ReviewsState) -> bool:
        stages = _SHOWS[state.shows]
        wanted = line.stage in stages or (state.shows in _WITH_DOUBTFUL and line.doubtful)
        # What one is looking at stays until one has gone on, whatever became of it.
        wanted = wanted or line.review.id == state.selected
        return wanted and state.rating in (0, line.review.rating)

    def _row(self, line: Line) -> Row:
        review = line.review
        tone, icon = MARK[line.stage]
        mark = Mark(wording.STAGE[line.stage], tone, icon)
        if line.doubtful:
            mark = Mark(wording.DOUBTFUL, Tone.LATE, "triangle-alert")
        return Row(
            review.id,
            (
                Cell(
                    self._when.short_day(review.written_at).partition(", ")[2],
                    tip=self._when.day_and_clock(review.written_at),
                    quiet=True,
                ),
                Cell(wording.stars(review.rating), tip=wording.spoken_stars(review.rating)),
                Cell(review.author, strong=True),
                Cell("", mark=mark),
                Cell(" ".join(review.text.split())),
            ),
        )

    def _empty(self, state: ReviewsState) -> Empty:
        if (
            state.rating
            or state.shows not in wording.EMPTY
            or (state.shows == "all" and self._lines)
        ):
            return Empty(wording.EMPTY_FILTER.title, wording.EMPTY_FILTER.advice, icon="inbox")
        words = wording.EMPTY[state.shows]
        return Empty(words.title, words.advice, icon="inbox")

    def _task_offers(self) -> tuple[Offer, ...]:
        if not self._desk.staff.may(Right.APPROVE_DOUBTFUL):
            return ()
        return tuple(
            Offer(task.id, f"{wording.TASK[task.kind]} {self._name(task.about)}".strip())
            for task in self._tasks
            if task.kind != "live-reply" and task.about != self._desk.staff.id
        )

    def _name(self, staff_id: str) -> str:
        found = [each.display for each in self._desk.team if each.id == staff_id]
        return found[0] if found else ""

    def _with_pane(self, state: ReviewsState) -> ReviewsState:
        self._stop()
        if not state.selected:
            self._sheet = None
            return replace(state, pane=None)
        try:
            self._sheet = self._reviews.sheet(self._desk, state.selected)
        except NoLongerThere:
            self._sheet, words = None, wording.GONE
            return replace(state, pane=Pane(title=words.title, advice=words.advice))
        except CareKraftError as error:
            return replace(state, problem=Problem.of(error))
        pane = pane_of(self._sheet, self._desk, self._when, step=self._step, name=self._name)
        if pane.counts_down:
            self._stop = self._timers.after(1.0, self._count_down)
        return replace(state, pane=pane)

    def _count_down(self) -> None:
        if self._sheet is not None:
            self._put(self._with_pane(self.state))

    # -- gestures -----------------------------------------------------------------------

    def filter(self, name: str) -> None:
        """Show other stages."""
        if name in _SHOWS and name != self.state.shows:
            self._put(self._build(replace(self.state, shows=name)))

    def only(self, rating: int) -> None:
        """Show one number of stars; 0 for all."""
        self._put(self._build(replace(self.state, rating=rating)))

    def choose(self, review_id: str) -> None:
        """Look at one review, unless a reply is open."""
        if self.editing or review_id == self.state.selected:
            return
        self._step = ""
        self._put(self._build(replace(self.state, selected=review_id, problem=None)))

    def show_review(self, review_id: str) -> None:
        """Look at one review, whatever the filters say."""
        if not self.editing:
            self._step = ""
            self._put(self._build(replace(self.state, selected=review_id, shows="all", rating=0)))

    def do(self, name: str) -> None:
        """Carry out one of the offers, by its name."""
        sheet = self._sheet
        if sheet is None or self.editing:
            return
        offers = self.state.pane.offers if self.state.pane is not None else ()
        if name not in {offer.name for offer in offers}:
            return
        if name in _ASKS:
            self._ask(name)
            return
        try:
            self._carry_out(name, sheet)
        except EditorClosed as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            self._to_papers()
        except CareKraftError as error:
            self._put(self._build(self.state))
            self._put(replace(self.state, problem=Problem.of(error)))

    def do_number(self, number: int) -> None:
        """The offer with this digit, counted from 1."""
        pane = self.state.pane
        if pane is not None and 0 < number <= len(pane.offers):
            self.do(pane.offers[number - 1].name)

    def back(self) -> None:
        """One step back: from a question to the choices, from the editor to the review."""
        if self.editing and self._editor is not None:
            self._editor.close()
        elif self._step:
            self._ask("")

    def may_leave(self) -> bool:
        """Whether another page may be shown: the editor closes, and asks when it forgets."""
        if self.editing and self._editor is not None and not self._editor.close():
            return False
        self._stop()
        return True

    def keep(self) -> None:
        """What is written is kept now; the editor stays as it is."""
        if self._editor is not None:
            self._editor.keep()

    def leave(self) -> None:
        """The program locks."""
        self._stop()
        if self._editor is not None:
            self._editor.leave()

    def undo(self, key: str) -> bool:
        """Take a reply, withdrawal or report back; False if it is somebody else's to undo."""
        if key not in self._mine:
            return False
        try:
            self._replies.undo(self._desk, key)
        except CareKraftError as error:
            self._told(Toast(Problem.of(error).title))
        else:
            self._told(Toast(wording.UNDONE))
            self._acted()
        self.refresh()
        return True

    def deal_with(self, task_id: str) -> None:
        """The privacy officer has dealt with a task."""
        task = next((each for each in self._tasks if each.id == task_id), None)
        if task is None:
            return
        try:
            self._reviews.finish_task(self._desk, task)
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        self.refresh()

    def editor_done(self, toast: Toast | None) -> None:
        """The editor has closed."""
        self._step = ""
        if toast is not None:
            self._tell(toast)
        self._acted()
        self.refresh()

    # -- inside -------------------------------------------------------------------------

    def _ask(self, step: str) -> None:
        self._step = step
        self._put(self._with_pane(replace(self.state, problem=None)))

    def _tell(self, toast: Toast) -> None:
        if toast.undo:
            self._mine.add(toast.undo)
        self._told(toast)

    def _carry_out(self, name: str, sheet: Sheet) -> None:
        id_ = sheet.review.id
        if name.startswith("edit-"):
            self._edit(id_, name)
            return
        words, undo = self._act(name, sheet)
        self._step = ""
        if words:
            self._tell(Toast(words, undo=undo))
        self._acted()
        self.refresh()

    def _edit(self, review_id: str, name: str) -> None:
        editor = self._editor
        if editor is None:
            return
        before = self._step
        self._step = ""
        take_over = name == "edit-take-over"
        self._before_writing()
        editor.open(review_id, acknowledged=self._desk.now(), take_over=take_over)
        if before == "template":
            editor.take_template(0)
        self._put(self._with_pane(self.state))

    def _act(self, name: str, sheet: Sheet) -> tuple[str, str]:
        """What there is to say of it, and the key by which it can be taken back."""
        id_, desk = sheet.review.id, self._desk
        if name.startswith("reason-"):
            made = self._reviews.report(desk, id_, Reason(name.removeprefix("reason-")))
            return wording.REPORTED_NOTE, made.key
        if name.startswith("because-"):
            self._replies.give_back(desk, id_, name.removeprefix("because-"))
            return wording.GIVEN_BACK, ""
        keyed: dict[str, tuple[str, Callable[[], str]]] = {
            "publish": (wording.APPROVED, lambda: self._approve(sheet)),
            "withdraw": (wording.LEAVING_TEXT, lambda: self._live.withdraw(desk, id_).key),
        }
        if name in keyed:
            words, do = keyed[name]
            return words, do()
        does: dict[str, tuple[str, Callable[[], object]]] = {
            Choice.NO_REPLY: (wording.LEFT, partial(self._reviews.no_reply, desk, id_)),
            "answer": ("", partial(self._reviews.reopen, desk, id_)),
            "take-down-now": (wording.INCIDENT.title, partial(self._live.take_down, desk, id_)),
            "let-stand": ("", partial(self._live.let_stand, desk, id_)),
            "take-back": (wording.UNDONE, partial(self._take_back, sheet)),
            "text-back": ("", partial(self._replies.take_text_back, desk, id_)),
            "read": ("", partial(self._reviews.mark_read, desk, id_)),
            "discard": ("", partial(self._replies.discard, desk, id_)),
        }
        words, act = does[name]
        act()
        return words, ""

    def _approve(self, sheet: Sheet) -> str:
        text = sheet.draft.text if sheet.draft is not None else ""
        return self._posting.approve(
            self._desk, sheet.review.id, text, acknowledged=self._desk.now()
        ).key

    def _take_back(self, sheet: Sheet) -> None:
        last = sheet.last
        if last is not None and last.delivery is Delivery.WAITING:
            self._replies.undo(self._desk, last.key)


_ASKS = frozenset(
    {Choice.REPORT, Choice.TEMPLATE, Choice.OWN, "change", "take-over", "stranger", "give-back"}
    | {"take-down", "back"}
)
"""Offers that lead to a further question instead of doing something."""
