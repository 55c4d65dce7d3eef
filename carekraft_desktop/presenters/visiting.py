"""The visit that is open beside the day, and what of it is uncovered."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters.pieces import Problem
from carekraft_desktop.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain.patients import DataClass
    from carekraft_desktop.presenters.board import Board
    from carekraft_desktop.presenters.days import Days
    from carekraft_desktop.presenters.tasks import Timers
    from carekraft_desktop.presenters.uses import OutboxUses

MASK_AFTER = 60
"""Seconds after which what was uncovered is covered again (REQ-03)."""


class Visiting:
    """Opens and closes visits, uncovers and covers."""

    def __init__(
        self,
        board: Board,
        days: Days,
        *,
        outbox: OutboxUses,
        timers: Timers,
        acted: Callable[[], None],
        open_person: Callable[[str], None],
    ) -> None:
        """`open_person` shows a patient's card; `timers` cover again what was uncovered; `acted` is called after each act."""
        self._board, self._days = board, days
        self._outbox, self._timers, self._acted = outbox, timers, acted
        self._open_person = open_person
        self._timer: Callable[[], None] | None = None

    def choose(self, visit_id: str) -> None:
        """Open a visit in the pane."""
        if visit_id == self._board.state.selected and self._board.state.detail is not None:
            return
        self.hide()
        self._board.state = replace(
            self._board.state, selected=visit_id, choice=None, ghost=None, problem=None
        )
        self._board.refresh()

    def show_visit(self, visit_id: str) -> None:
        """Open a visit and go to its day; for those who come from another page."""
        self.choose(visit_id)
        if self._board.card is not None and self._board.state.detail is not None:
            self._board.who = self._board.card.seen.provider_id
            self._days.look_at(self._board.when.day(self._board.card.seen.start))

    def choose_request(self, visit_id: str) -> None:
        """Open a request of the inbox and show the day it is about."""
        changed = (found.seen for found in self._board.changed)
        for request in (*self._board.inbox, *changed):
            if request.entry.id == visit_id:
                self._board.who = request.provider_id
                self._board.state = replace(
                    self._board.state, day=self._board.when.day(request.start)
                )
        self.choose(visit_id)

    def person(self) -> None:
        """The card of the patient whose visit is open."""
        card = self._board.card
        if card is not None and card.patient is not None:
            self._open_person(card.patient.id)

    def close(self) -> None:
        """One step back: out of a field or a list of choices, then out of the visit."""
        if self._board.state.marked:
            self._board.state = replace(self._board.state, marked=frozenset())
            self._board.again()
            return
        if self._board.state.jump is not None:
            self._board.put(replace(self._board.state, jump=None))
            return
        if self._board.state.choice is not None or self._board.state.ghost is not None:
            self._board.put(replace(self._board.state, choice=None, ghost=None))
            return
        self.hide()
        self._board.put(replace(self._board.state, selected="", detail=None, problem=None))

    def reveal(self, data: DataClass) -> None:
        """Uncover one class of the visit that is open, or cover it again."""
        if data in self._board.revealed:
            self._board.revealed -= {data}
            self._board.again()
            return
        try:
            self._board.visits.reveal(self._board.desk, self._board.state.selected, data)
        except CareKraftError as error:
            self._board.put(replace(self._board.state, problem=Problem.of(error)))
            return
        self._board.revealed |= {data}
        if self._timer is not None:
            self._timer()
        self._timer = self._timers.after(MASK_AFTER, self.cover)
        self._board.state = replace(self._board.state, problem=None)
        self._board.again()

    def cover(self) -> None:
        """Cover everything again."""
        self.hide()
        self._board.again()

    def hide(self) -> None:
        """Cover everything; the screen is not drawn anew."""
        self._board.revealed = frozenset()
        if self._timer is not None:
            self._timer()
            self._timer = None

    def leave(self) -> None:
        """The screen goes away: nothing stays uncovered, nothing stays timed."""
        self.hide()

    def read_note(self, key: str) -> None:
        """The person has read how an act ended."""
        try:
            self._outbox.mark_read(self._board.desk, key)
        except CareKraftError as error:
            self._board.put(replace(self._board.state, problem=Problem.of(error)))
            return
        self._acted()
        self._board.refresh()
