"""Handing bookings out: what for, to whom, which time, which fields; then the passphrase, once."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.domain.exports import MINIMAL, Purpose, Wish
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters import wording_export as words
from carekraft_desktop.presenters.again import AskAgain, no_question
from carekraft_desktop.presenters.pieces import Empty, Problem
from carekraft_desktop.presenters.tasks import Done, Failed
from carekraft_desktop.presenters.wording_again import WHY
from carekraft_desktop.value import Guarded, Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.presenters.tasks import Outcome, Runner
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.export import Exported
    from carekraft_desktop.services.step_up import StepUp

DAYS = 7
"""Days that are chosen until somebody chooses others."""


class ExportUses(Protocol):
    """`services/export.py`."""

    def export(self, desk: Desk, wish: Wish, folder: Path, proof: StepUp | None) -> Exported:
        """Make the file; slow."""
        ...


class Typed(Value, frozen=True, kw_only=True):
    """What the form holds."""

    purpose: Purpose = Purpose.PRACTICE_SYSTEM
    recipient: str = ""
    outside: bool = False
    first: str = ""
    last: str = ""
    """The last day that is in it."""
    fields: tuple[str, ...] = MINIMAL
    approved: bool = False


class ExportState(Guarded, frozen=True):
    """Everything on the page."""

    first: str = ""
    last: str = ""
    """The days that are filled in at first."""
    busy: str = ""
    said: str = ""
    passphrase: str = ""
    """Until somebody has passed it on."""
    problem: Problem | None = None
    empty: Empty | None = None


class ExportPresenter:
    """For the privacy officer."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[ExportState], None],
        *,
        export: ExportUses,
        runner: Runner,
        when: OfficeTime,
        again: AskAgain = no_question,
    ) -> None:
        """`again` asks for the password (REQ-19)."""
        self._desk, self._show, self._export = desk, show, export
        self._runner, self._when, self._again = runner, when, again
        self._gone = False
        self.state = ExportState()

    def refresh(self) -> None:
        """Show it."""
        if not self._desk.staff.may(Right.EXPORT):
            no = words.NO_RIGHT
            self._put(ExportState(empty=Empty(no.title, no.advice, icon="shield-off")))
            return
        today = self._when.day(self._desk.now())
        last = today + timedelta(days=DAYS - 1)
        self._put(replace(self.state, first=today.isoformat(), last=last.isoformat()))

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        self._when = when
        self.refresh()

    def cover_up(self) -> None:
        """The screen is being covered: the passphrase is not shown to whoever comes."""
        self._put(replace(self.state, passphrase=""))

    def leave(self) -> None:
        """The page is going, and the passphrase with it."""
        self._gone = True
        self._put(replace(self.state, passphrase=""))

    def go(self, typed: Typed, folder: str) -> None:
        """Make the file."""
        if self.state.busy:
            return
        span = self._span(typed)
        if span is None:
            no = words.NO_DAY
            self._put(replace(self.state, problem=Problem(no.title, no.advice, "export-unclear")))
            return
        wish = Wish(
            purpose=typed.purpose,
            recipient=typed.recipient,
            outside=typed.outside,
            first=span[0],
            last=span[1],
            fields=typed.fields,
            approved=typed.approved,
        )
        self._again(WHY["hand-out"], lambda proof: self._make(wish, Path(folder), proof))

    def passed_on(self) -> None:
        """The recipient has the passphrase."""
        self._put(replace(self.state, passphrase=""))

    def _span(self, typed: Typed) -> tuple[int, int] | None:
        try:
            first = date.fromisoformat(typed.first.strip())
            last = date.fromisoformat(typed.last.strip())
        except ValueError:
            return None
        if last < first:
            return None
        return self._when.midnight(first), self._when.midnight(last + timedelta(days=1))

    def _make(self, wish: Wish, folder: Path, proof: StepUp | None) -> None:
        self._put(replace(self.state, busy=words.BEGINNING, said="", problem=None, passphrase=""))
        self._runner.submit(
            lambda: self._export.export(self._desk, wish, folder, proof), self._made
        )

    def _made(self, outcome: Outcome[Exported]) -> None:
        if self._gone:
            return
        match outcome:
            case Done(made):
                said = words.DONE.format(
                    bookings=wording.count(made.bookings, "booking", "bookings"),
                    patients=wording.count(made.patients, "patient", "patients"),
                    name=made.file.name,
                )
                passphrase = made.passphrase
                self._put(replace(self.state, busy="", said=said, passphrase=passphrase))
            case Failed(error):
                self._put(replace(self.state, busy="", problem=Problem.of(error)))

    def _put(self, state: ExportState) -> None:
        self.state = state
        self._show(state)
