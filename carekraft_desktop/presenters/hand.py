"""Moving a visit by hand: dragged, or nudged with Shift and the arrows, then let go."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.acts import Act
from carekraft_desktop.presenters import choice as choices
from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters.moving import SNAP, snapped
from carekraft_desktop.presenters.pieces import Toast
from carekraft_desktop.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain.pending import Seen
    from carekraft_desktop.presenters.answers import Answers
    from carekraft_desktop.presenters.board import Board
    from carekraft_desktop.presenters.visiting import Visiting


class Hand:
    """Holds a visit over the day and lets it go."""

    def __init__(
        self,
        board: Board,
        visiting: Visiting,
        answers: Answers,
        *,
        told: Callable[[Toast], None],
    ) -> None:
        """`told` shows a toast."""
        self._board, self._visiting, self._answers = board, visiting, answers
        self._told = told

    def drag(self, visit_id: str, column: int, minute: float) -> None:
        """The visit is held over a column, its beginning at a minute of that day."""
        seen = self._board.movable(visit_id)
        if seen is not None and 0 <= column < len(self._board.state.columns):
            self._haunt(seen, column, minute)

    def nudge(self, visit_id: str, across: int, down: int) -> None:
        """Five minutes up or down, or a column on; from where it stands or was held last."""
        seen, state = self._board.movable(visit_id), self._board.state
        block = next((each for each in state.blocks if each.visit_id == visit_id), None)
        if seen is None or block is None:
            return
        held = state.ghost if state.ghost and state.ghost.visit_id == visit_id else None
        column, start = (held.column, held.start) if held else (block.column, block.start)
        column = max(0, min(column + across, len(state.columns) - 1))
        self._haunt(seen, column, start + down * SNAP)

    def drop(self) -> None:
        """Let go: move at once where the time is free, ask why where it is not."""
        held = self._board.state.ghost
        seen = self._board.movable(held.visit_id) if held is not None else None
        if held is None or seen is None or self._board.state.choice is not None:
            return
        same = (held.to.start, held.to.provider_id) == (seen.start, seen.provider_id)
        if same or held.past:
            if held.past and not same:
                self._told(Toast(wording.TIME_IS_PAST))
            self._board.put(replace(self._board.state, ghost=None))
        elif held.clash:
            self._visiting.choose(held.visit_id)
            pane = self._board.state.detail
            if pane is not None:
                asked = choices.overlap(Act.MOVE, pane.name, held.to, held.clash, self._board.when)
                self._board.put(replace(self._board.state, ghost=held, choice=asked, problem=None))
        else:
            self._answers.put_at(Act.MOVE, seen.status, held.visit_id, held.to)

    def _haunt(self, seen: Seen, column: int, minute: float) -> None:
        length = (seen.end - seen.start) // 60
        made = self._board.ghost_of(seen, column, snapped(minute, length), self._board.state)
        if made != self._board.state.ghost or self._board.state.choice is not None:
            self._board.put(replace(self._board.state, ghost=made, choice=None, jump=None))
