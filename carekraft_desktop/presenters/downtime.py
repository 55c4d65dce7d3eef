"""Writes the downtime packet every hour in the background, and says when that fails."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.staff import Right
from carekraft_desktop.presenters import wording_desk, wording_errors
from carekraft_desktop.presenters.pieces import Toast
from carekraft_desktop.presenters.tasks import Failed

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from carekraft_desktop.presenters.tasks import Outcome, Runner
    from carekraft_desktop.presenters.uses import PaperUses
    from carekraft_desktop.services.desk import Desk

EVERY = 3600
"""Seconds between two packets; a computer that dies at night has left one of the evening."""


class Downtime:
    """One packet after the other, never two at once."""

    def __init__(
        self,
        desk: Desk,
        chores: Runner,
        *,
        paper: PaperUses,
        places: Callable[[], tuple[Path, tuple[Path, ...]]],
        told: Callable[[Toast], None],
    ) -> None:
        """`places`: the key file and the folders, asked each time."""
        self._desk, self._chores, self._paper = desk, chores, paper
        self._places, self._told = places, told
        self._at = 0
        self._gone = False

    def look(self) -> None:
        """Write it, if an hour has passed."""
        now = self._desk.now()
        if now - self._at < EVERY or not self._desk.staff.may(Right.SEE_SCHEDULE):
            return
        self._at = now
        keys, folders = self._places()
        self._chores.submit(
            lambda: self._paper.write_packet(self._desk, keys, folders), self._written
        )

    def leave(self) -> None:
        """The office is being locked; what is under way may fail in silence."""
        self._gone = True

    def _written(self, outcome: Outcome[int]) -> None:
        if isinstance(outcome, Failed) and not self._gone:
            title = wording_errors.of_error(outcome.error).title
            self._told(Toast(wording_desk.PACKET_FAILED.format(title=title)))
