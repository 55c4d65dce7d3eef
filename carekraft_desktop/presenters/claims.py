"""Who is on a booking: taken and let go with one key, seen by the colleagues at every desk."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording_desk
from carekraft_desktop.presenters.pieces import Mark as Chip
from carekraft_desktop.presenters.pieces import Problem, Toast, Tone
from carekraft_desktop.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain.marks import Mark
    from carekraft_desktop.domain.staff import Staff
    from carekraft_desktop.presenters.board import Board
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.services.desk import Desk


def is_mine(mark: Mark, desk: Desk) -> bool:
    """Whether the person at this desk made the mark here."""
    return (mark.staff, mark.device) == (desk.staff.id, desk.device)


def chip(mark: Mark, desk: Desk) -> Chip:
    """The claim as a list shows it."""
    if is_mine(mark, desk):
        return Chip(wording_desk.MINE, Tone.GOOD, "user-check")
    return Chip(wording_desk.on_it(mark.name, mark.workstation), Tone.OFFERED, "users")


def sentence(mark: Mark | None, staff: Staff, device: str, when: OfficeTime) -> str:
    """The claim as the pane says it, empty for none."""
    if mark is None:
        return ""
    if (mark.staff, mark.device) == (staff.id, device):
        return wording_desk.claimed_by_me(when.clock(mark.until))
    return wording_desk.claimed_by(mark.name, mark.workstation, when.clock(mark.at))


class Claims:
    """Takes the open booking, or lets it go."""

    def __init__(
        self, board: Board, *, told: Callable[[Toast], None], acted: Callable[[], None]
    ) -> None:
        """`told` shows a toast; `acted` is called after each act."""
        self._board, self._told, self._acted = board, told, acted

    def toggle(self) -> None:
        """Take the open booking; one's own is let go; a colleague's is only told."""
        board = self._board
        chosen, desk = board.state.selected, board.desk
        if not chosen or not desk.staff.may(Right.ANSWER_BOOKINGS):
            return
        held = board.marks_of(chosen).claim
        if held is not None and not is_mine(held, desk):
            self._told(Toast(sentence(held, desk.staff, desk.device, board.when)))
            return
        try:
            (board.marks.claim if held is None else board.marks.release)(desk, chosen)
        except CareKraftError as error:
            board.put(replace(board.state, problem=Problem.of(error)))
            return
        self._told(Toast(wording_desk.CLAIMED if held is None else wording_desk.RELEASED))
        board.refresh()
        self._acted()
