"""A time of the office's own choice, typed where the published ones do not suit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.visits import Opening
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import choice as choices
from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters.moving import clash
from carekraft_desktop.presenters.pieces import Problem
from carekraft_desktop.presenters.typed import moment_of
from carekraft_desktop.value import replace

if TYPE_CHECKING:
    from carekraft_desktop.presenters.answers import Answers
    from carekraft_desktop.presenters.board import Board
    from carekraft_desktop.presenters.choice import ChoiceState


class OtherTime:
    """Reads the field, says what is against the time, and takes it."""

    def __init__(self, board: Board, answers: Answers) -> None:
        """`answers` puts the visit at the time."""
        self._board, self._answers = board, answers

    def choose_provider(self, number: int) -> None:
        """Show the free times of another provider, and read the field for that one."""
        chosen, pane = self._board.state.choice, self._board.state.detail
        if chosen is not None and pane is not None:
            self._answers.offer(chosen.act, pane, number)
            if chosen.other is not None:
                self.type_time(chosen.other.typed)

    def type_time(self, typed: str) -> None:
        """What stands in the field for another time now."""
        chosen = self._board.state.choice
        if chosen is None or chosen.other is None or typed == chosen.other.typed:
            return
        to, against = self._other(typed, chosen)
        reading = wording.OTHER_TIME_HINT
        if to is not None:
            when = self._board.when
            reading = f"{when.short_day(to.start)}, {when.stretch(to.start, to.end)}"
            reading = f"{reading}. {against}" if against else reading
        other = choices.OtherTime(typed, reading)
        self._board.put(replace(self._board.state, choice=replace(chosen, other=other)))

    def take_time(self) -> None:
        """Take the time in the field; where something is against it, ask why first."""
        chosen, pane = self._board.state.choice, self._board.state.detail
        if chosen is None or chosen.other is None or pane is None:
            return
        to, against = self._other(chosen.other.typed, chosen)
        if to is None or to.start <= self._board.now():
            problem = wording.NO_SUCH_TIME if to is None else wording.TIME_IS_PAST
            other = replace(chosen.other, problem=problem)
            self._board.put(replace(self._board.state, choice=replace(chosen, other=other)))
        elif against:
            asked = choices.overlap(chosen.act, pane.name, to, against, self._board.when)
            self._board.put(replace(self._board.state, choice=asked))
        else:
            self._answers.put_at(chosen.act, pane.status, pane.visit_id, to)

    def _other(self, typed: str, chosen: ChoiceState) -> tuple[Opening | None, str]:
        """The time that is meant, and what is against it."""
        people, when, card = self._board.bookable(), self._board.when, self._board.card
        if card is None or not people:
            return None, ""
        today = self._board.today()
        found = moment_of(typed, today, max(today, when.day(card.seen.start)))
        if found is None:
            return None, ""
        start = when.moment(*found)
        provider = people[chosen.provider].id
        to = Opening("", provider, start, start + card.seen.end - card.seen.start)
        if start <= self._board.now():
            return to, wording.TIME_IS_PAST
        try:
            others = self._board.visits.day(self._board.desk, to.start, to.end)
        except CareKraftError as error:
            return to, Problem.of(error).title
        return to, clash(to, card.visit.id, others, providers=people, when=when)
