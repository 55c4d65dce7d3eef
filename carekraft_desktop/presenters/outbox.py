"""What the office asked for and has not been confirmed, and what ended otherwise than meant."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.intentions import BOOKING, OPEN, REFERRAL, REVIEW, Delivery
from carekraft_desktop.domain.marks import MARK
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording, wording_desk, wording_errors
from carekraft_desktop.presenters.pieces import Cell, Empty, Mark, Problem, Row, Toast, Tone
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain.intentions import Intention
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.uses import OutboxUses, VisitUses
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.outbox import Line

HEADS = ("Made", "What", "Patient", "Visit", "How far")
_MARK: dict[Delivery, tuple[Tone, str]] = {
    Delivery.WAITING: (Tone.REQUESTED, "cloud-upload"),
    Delivery.UNKNOWN: (Tone.OFFERED, "circle-question-mark"),
    Delivery.DEFERRED: (Tone.REQUESTED, "hourglass"),
    Delivery.APPLIED: (Tone.CONFIRMED, "check"),
    Delivery.CONFLICT: (Tone.LATE, "triangle-alert"),
    Delivery.REJECTED: (Tone.LATE, "circle-x"),
    Delivery.EXPIRED: (Tone.LATE, "clock"),
    Delivery.WITHDRAWN: (Tone.COMPLETED, "undo-2"),
    Delivery.VOID: (Tone.COMPLETED, "shield-off"),
}


class OutboxState(Value, frozen=True):
    """Everything on the screen."""

    rows: tuple[Row, ...] = ()
    note: str = ""
    """How many wait and how many ended otherwise."""
    selected: str = ""
    sentence: str = ""
    """The selected act in one sentence: what it is, and why it waits or how it ended."""
    advice: str = ""
    """What to do about it."""
    can_undo: bool = False
    can_read: bool = False
    empty: Empty | None = None
    problem: Problem | None = None


class OutboxPresenter:
    """Shows the acts and lets them be taken back or ticked off."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[OutboxState], None],
        *,
        visits: VisitUses,
        outbox: OutboxUses,
        told: Callable[[Toast], None],
        acted: Callable[[], None],
        open_visit: Callable[[str], None],
        when: OfficeTime,
        open_review: Callable[[str], None] = lambda _: None,
        undo_review: Callable[[str], bool] = lambda _: False,
        open_referral: Callable[[str], None] = lambda _: None,
    ) -> None:
        """Make it.

        Args:
            desk: who looks.
            show: puts a state on the screen.
            visits: the service that undoes answers to bookings.
            outbox: the service of the outbox.
            told: shows a short message.
            acted: called when something changed.
            open_visit: shows a visit on the day's screen.
            when: the office's zone and spelling of times.
            open_review: shows a review with its reply.
            undo_review: takes back something about a review, and keeps its text.
            open_referral: shows a referral among the others.
        """
        self._desk = desk
        self._show = show
        self._visits = visits
        self._outbox = outbox
        self._told = told
        self._acted = acted
        self._open_visit = open_visit
        self._when = when
        self._open_review, self._undo_review = open_review, undo_review
        self._open_referral = open_referral
        self._lines: tuple[Line, ...] = ()
        self.state = OutboxState()

    def refresh(self) -> None:
        """Read everything anew."""
        if not self._desk.staff.may(Right.SEE_SCHEDULE):
            words = wording.NO_SCHEDULE
            self._put(OutboxState(empty=Empty(words.title, words.advice, icon="shield-off")))
            return
        try:
            self._lines = self._outbox.lines(self._desk)
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        self._put(self._build(self.state))

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        self._when = when
        self.refresh()

    def _put(self, state: OutboxState) -> None:
        self.state = state
        self._show(state)

    def _build(self, state: OutboxState) -> OutboxState:
        line = self._line(state.selected)
        if line is None and self._lines:
            line = self._lines[0]
        on_their_way = sum(found.intention.delivery in OPEN for found in self._lines)
        ended = len(self._lines) - on_their_way
        parts = [f"{on_their_way} waiting"] if on_their_way else []
        parts += [f"{ended} to read"] if ended else []
        return replace(
            state,
            rows=tuple(self._row(found) for found in self._lines),
            note=", ".join(parts),
            selected=line.intention.key if line is not None else "",
            sentence=self._sentence(line) if line is not None else "",
            advice=_advice(line) if line is not None else "",
            can_undo=line is not None and self._undoable(line),
            can_read=line is not None and line.intention.delivery not in OPEN,
            empty=_empty() if not self._lines else None,
        )

    def _line(self, key: str) -> Line | None:
        return next((line for line in self._lines if line.intention.key == key), None)

    def _undoable(self, line: Line) -> bool:
        return line.intention.delivery is Delivery.WAITING and line.intention.tries == 0

    def _sentence(self, line: Line) -> str:
        intention = line.intention
        if intention.delivery not in OPEN:
            at = self._when.shortly(line.changed_at, self._desk.now()) if line.changed_at else ""
            return wording.ended(intention, by_patient=line.by_patient, at=at)
        words = wording.DELIVERY[intention.delivery]
        if intention.tries > 1:
            words += f", tried {intention.tries} times"
        return f"{wording.NOUN[intention.act]}: {words}."

    def _row(self, line: Line) -> Row:
        intention, when = line.intention, self._when
        tone, icon = _MARK[intention.delivery]
        return Row(
            intention.key,
            (
                Cell(
                    when.clock(intention.made_at),
                    tip=when.day_and_clock(intention.made_at),
                    quiet=True,
                ),
                Cell(wording.NOUN[intention.act]),
                Cell(line.name or self._nameless(intention), strong=True),
                Cell(when.day_and_clock(line.start) if line.start else ""),
                Cell("", mark=Mark(wording.DELIVERY[intention.delivery], tone, icon)),
            ),
        )

    @staticmethod
    def _nameless(intention: Intention) -> str:
        return wording.NAME_MISSING if intention.kind in {BOOKING, MARK} else ""

    # -- gestures -----------------------------------------------------------------------

    def choose(self, key: str) -> None:
        """Look at one act."""
        if key != self.state.selected:
            self._put(self._build(replace(self.state, selected=key, problem=None)))

    def open(self) -> None:
        """Go to the visit of the selected act."""
        line = self._line(self.state.selected)
        if line is not None and line.intention.kind == REVIEW:
            self._open_review(line.intention.about)
        elif line is not None and line.intention.kind == REFERRAL:
            self._open_referral(line.intention.about)
        elif line is not None and line.visit_id:
            self._open_visit(line.visit_id)

    def undo(self) -> None:
        """Take the selected act back."""
        line = self._line(self.state.selected)
        if not self.state.can_undo or line is None:
            return
        if line.intention.kind == REVIEW and self._undo_review(line.intention.key):
            self.refresh()
            return
        try:
            self._visits.undo(self._desk, self.state.selected)
        except CareKraftError as error:
            self._told(Toast(wording_errors.of_error(error).title))
        else:
            self._told(Toast(wording.UNDONE))
            self._acted()
        self.refresh()

    def read(self) -> None:
        """The selected act has been read; it leaves the list."""
        if not self.state.can_read:
            return
        try:
            self._outbox.mark_read(self._desk, self.state.selected)
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        self._acted()
        self.refresh()


def _advice(line: Line) -> str:
    if line.by_patient and line.intention.delivery is Delivery.CONFLICT:
        return wording_desk.NOTHING_TO_DO
    return wording_desk.WHAT_TO_DO.get(line.intention.delivery, "")


def _empty() -> Empty:
    words = wording.OUTBOX_EMPTY
    return Empty(words.title, words.advice, icon="send", action="Back to the day")
