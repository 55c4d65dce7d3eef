"""Sees to it, while the office is open, that there is a fresh backup and that the store is whole."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.errors import CareKraftError, StoreDamaged
from carekraft_desktop.presenters import wording_backup as words
from carekraft_desktop.presenters import wording_errors
from carekraft_desktop.presenters.pieces import Toast
from carekraft_desktop.presenters.tasks import Done, Failed

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.presenters.tasks import Outcome, Runner

AGAIN = 600
"""Seconds after which what went wrong is tried again."""


class CareUses(Protocol):
    """See `wiring_backup.CareAtHand`."""

    def backup_due(self) -> bool:
        """Whether something is to be made, brought or cleared away; cheap."""
        ...

    def turn(self) -> None:
        """Do it; slow."""
        ...

    def check_due(self) -> bool:
        """Whether every page is to be looked at; cheap."""
        ...

    def check(self) -> None:
        """Look at every page; slow."""
        ...


class BackupCare:
    """One piece of work after the other, never two at once."""

    def __init__(
        self,
        uses: CareUses,
        runner: Runner,
        *,
        now: Callable[[], int],
        told: Callable[[Toast], None],
        damaged: Callable[[], None],
    ) -> None:
        """Make it.

        Args:
            uses: what can be done.
            runner: for what is slow.
            now: the moment.
            told: says what went wrong.
            damaged: the store is: it has to be shut.
        """
        self._uses, self._runner, self._now = uses, runner, now
        self._told, self._damaged = told, damaged
        self._busy = self._gone = False
        self._not_before = 0
        self._said = ""

    def look(self) -> None:
        """A minute has passed: is something due?"""
        if self._busy or self._gone or self._now() < self._not_before:
            return
        try:
            if self._uses.check_due():
                self._begin(self._uses.check)
            elif self._uses.backup_due():
                self._begin(self._uses.turn)
        except CareKraftError as error:
            self._failed(error)

    def leave(self) -> None:
        """The office is being locked; what is under way ends by itself."""
        self._gone = True

    def _begin(self, work: Callable[[], None]) -> None:
        self._busy = True
        self._runner.submit(work, self._ended)

    def _ended(self, outcome: Outcome[None]) -> None:
        self._busy = False
        if self._gone:
            return
        match outcome:
            case Done():
                self._said = ""
            case Failed(error):
                self._failed(error)

    def _failed(self, error: CareKraftError) -> None:
        self._not_before = self._now() + AGAIN
        if isinstance(error, StoreDamaged):
            self._damaged()
            return
        if error.code != self._said:  # once for each cause, not every ten minutes
            self._said = error.code
            title = wording_errors.of_error(error).title
            self._told(Toast(words.FAILED.format(title=title)))
