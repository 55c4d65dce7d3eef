"""The practice system next door, from the open visit: copy it over, tick off that it is there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording_desk
from carekraft_desktop.presenters.lists import CLIPBOARD_SECONDS
from carekraft_desktop.presenters.pieces import Problem, Toast
from carekraft_desktop.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.presenters.answers import Answers
    from carekraft_desktop.presenters.board import Board
    from carekraft_desktop.presenters.lists import Clipboard
    from carekraft_desktop.presenters.uses import HandoverUses


class NextDoor:
    """Copies the open visit in the shape of the practice system, and marks it as entered."""

    def __init__(
        self,
        board: Board,
        answers: Answers,
        *,
        handover: HandoverUses,
        clipboard: Clipboard,
        told: Callable[[Toast], None],
        acted: Callable[[], None],
    ) -> None:
        """`told` shows a toast; `acted` is called after each act."""
        self._board, self._answers = board, answers
        self._handover, self._clipboard = handover, clipboard
        self._told, self._acted = told, acted

    def copy(self) -> None:
        """Onto the clipboard, for a minute."""
        board = self._board
        if not board.state.selected:
            return
        try:
            text = self._handover.copy(board.desk, board.state.selected)
            title = self._handover.chosen(board.desk).title
        except CareKraftError as error:
            board.put(replace(board.state, problem=Problem.of(error)))
            return
        self._clipboard.hold(text, CLIPBOARD_SECONDS)
        words = wording_desk.COPIED.format(title=title, seconds=CLIPBOARD_SECONDS)
        self._told(Toast(words))

    def entered(self) -> None:
        """It stands there now; once more takes that back."""
        board = self._board
        chosen = board.state.selected
        if not chosen or not board.desk.staff.may(Right.ANSWER_BOOKINGS):
            return
        there = board.marks_of(chosen).entered is not None
        try:
            made = (board.marks.unenter if there else board.marks.enter)(board.desk, chosen)
        except CareKraftError as error:
            board.put(replace(board.state, problem=Problem.of(error)))
            return
        self._answers.remember(made.key)
        words = wording_desk.UNENTERED if there else wording_desk.ENTERED
        self._told(Toast(words, undo=made.key, seconds=board.desk.undo_seconds))
        board.refresh()
        self._acted()
