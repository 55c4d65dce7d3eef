"""The desk's main screen: the day or the week, the booking inbox, and the visit that is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.presenters.answers import Answers
from carekraft_desktop.presenters.board import Board
from carekraft_desktop.presenters.claims import Claims
from carekraft_desktop.presenters.days import Days
from carekraft_desktop.presenters.hand import Hand
from carekraft_desktop.presenters.inbox import Inbox
from carekraft_desktop.presenters.next_door import NextDoor
from carekraft_desktop.presenters.other_time import OtherTime
from carekraft_desktop.presenters.today_state import TodayState
from carekraft_desktop.presenters.visiting import Visiting

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.presenters.lists import Clipboard
    from carekraft_desktop.presenters.pieces import Toast
    from carekraft_desktop.presenters.tasks import Timers
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.uses import (
        ChangeUses,
        HandoverUses,
        MarkUses,
        OfficeUses,
        OutboxUses,
        VisitUses,
    )
    from carekraft_desktop.services.desk import Desk


class TodayPresenter:
    """Puts the screen's parts together; each turns one kind of gesture into the next state."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[TodayState], None],
        *,
        visits: VisitUses,
        office: OfficeUses,
        outbox: OutboxUses,
        changes: ChangeUses,
        marks: MarkUses,
        handover: HandoverUses,
        clipboard: Clipboard,
        timers: Timers,
        told: Callable[[Toast], None],
        acted: Callable[[], None],
        open_person: Callable[[str], None],
        when: OfficeTime,
    ) -> None:
        """Make it; nothing is read before `refresh`.

        Args:
            desk: who acts, and on which store.
            show: puts a state on the screen.
            visits: the services about visits.
            office: the services about the office.
            outbox: the services about acts on their way.
            changes: the services about what has changed.
            marks: the services about colleagues' marks.
            handover: the services about the practice system.
            clipboard: where a copied booking goes.
            timers: for covering again what was uncovered.
            told: shows a toast.
            acted: called after each act, so that the exchange hears of it soon.
            open_person: shows a patient's card.
            when: the office's zone and spelling of times.
        """
        self._board = board = Board(
            desk, show, visits=visits, office=office, changes=changes, marks=marks, when=when
        )
        self.days = Days(board)
        """Which day or week, and whose."""
        self.visit = Visiting(
            board, self.days, outbox=outbox, timers=timers, acted=acted, open_person=open_person
        )
        """Which visit is open, and what of it is uncovered."""
        self.answers = Answers(board, self.visit, told=told, acted=acted)
        """What is done with it."""
        self.inbox = Inbox(board, self.answers, told=told, acted=acted)
        """Many requests at once, and changes."""
        self.claims = Claims(board, told=told, acted=acted)
        """Who is on it."""
        self.next_door = NextDoor(
            board,
            self.answers,
            handover=handover,
            clipboard=clipboard,
            told=told,
            acted=acted,
        )
        """The practice system."""
        self.other_time = OtherTime(board, self.answers)
        """A time that nobody published."""
        self.hand = Hand(board, self.visit, self.answers, told=told)
        """Moving by hand."""

    @property
    def state(self) -> TodayState:
        """What is on the screen."""
        return self._board.state

    def refresh(self) -> None:
        """Read everything anew."""
        self._board.refresh()

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        self._board.respell(when)

    def tick(self) -> None:
        """A minute has passed."""
        self._board.tick()

    def leave(self) -> None:
        """The screen goes away: nothing stays uncovered, nothing stays timed."""
        self.visit.leave()

    def cover_up(self) -> None:
        """The screen is covered, and comes back without what was uncovered (REQ-03)."""
        self.visit.hide()

    def count_requests(self) -> int:
        """How many requests wait for an answer; 0 for a role that may not know."""
        return self._board.count_requests()
