"""One's own way in: PIN, password, what is confirmed once a year, and emergency access."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.domain.emergencies import Reason
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording_lock
from carekraft_desktop.presenters import wording_own as words
from carekraft_desktop.presenters.again import AskAgain, no_question
from carekraft_desktop.presenters.pieces import Problem
from carekraft_desktop.presenters.tasks import Done, Failed
from carekraft_desktop.presenters.wording_again import WHY
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain.attesting import Subject
    from carekraft_desktop.presenters.tasks import Outcome, Runner
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.step_up import StepUp


class OwnUses(Protocol):
    """What one does for oneself; see `wiring.OwnAtHand`."""

    @property
    def needs_code(self) -> bool:
        """Whether the workstation code is typed as well."""
        ...

    def have(self, desk: Desk) -> bool:
        """Whether there is a PIN."""
        ...

    def choose(self, desk: Desk, proof: StepUp | None, pin: str) -> None:
        """Keep a PIN; a moment's work."""
        ...

    def give_up(self, desk: Desk) -> None:
        """Have no PIN."""
        ...

    def change_password(self, desk: Desk, old: str, new: str, code: str) -> None:
        """Another password; slow."""
        ...

    def due(self, desk: Desk) -> tuple[Subject, ...]:
        """What has to be confirmed."""
        ...

    def confirm(self, desk: Desk, subject: Subject) -> None:
        """Confirm it."""
        ...


class OwnState(Value, frozen=True):
    """Everything on the page."""

    has_pin: bool = False
    due: tuple[Subject, ...] = ()
    barred: bool = False
    """No patient is shown before it is confirmed."""
    needs_code: bool = False
    may_break: bool = False
    """Whether there is emergency access for this role, and none under way."""
    breaking: bool = False
    """Whether the reasons are asked for."""
    busy: str = ""
    said: str = ""
    beside: str = ""
    """Where words stand: `pin`, `word`, `confirm` or `glass`."""
    problem: Problem | None = None
    stamp: int = 0
    """Grows when what was typed has to be wiped."""


class OwnPresenter:
    """For whoever sits at the desk."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[OwnState], None],
        *,
        own: OwnUses,
        runner: Runner,
        broken: Callable[[Reason, StepUp | None], None],
        freed: Callable[[], None] = lambda: None,
        again: AskAgain = no_question,
    ) -> None:
        """Make it.

        `broken` begins an emergency, `freed` is called when nothing is left to confirm that stood
        between the person and the patients, `again` asks for the password.
        """
        self._freed = freed
        self._desk, self._show, self._own = desk, show, own
        self._runner, self._broken, self._again = runner, broken, again
        self._gone = False
        self.state = OwnState()

    def refresh(self) -> None:
        """Read how things stand."""
        try:
            state = replace(
                self.state,
                has_pin=self._own.have(self._desk),
                due=self._own.due(self._desk),
                barred=self._desk.staff.unconfirmed,
                needs_code=self._own.needs_code,
                may_break=self._desk.staff.may(Right.BREAK_GLASS),
            )
        except CareKraftError as error:
            state = replace(self.state, problem=Problem.of(error))
        self._put(state)

    def leave(self) -> None:
        """The page is going."""
        self._gone = True

    # -- the PIN ------------------------------------------------------------------------

    def choose_pin(self, pin: str, again: str) -> None:
        """Keep it, once the password was typed."""
        if pin != again:
            self._refuse("pin", wording_lock.PIN_NOT_THE_SAME)
            return
        self._again(
            WHY["pin"],
            lambda proof: self._do(
                "pin", lambda: self._own.choose(self._desk, proof, pin), wording_lock.PIN_KEPT
            ),
        )

    def give_up_pin(self) -> None:
        """Have none any more."""
        self._do("pin", lambda: self._own.give_up(self._desk), wording_lock.PIN_GIVEN_UP)

    # -- the password -------------------------------------------------------------------

    def change_password(self, old: str, new: str, again: str, code: str) -> None:
        """Another password."""
        if self.state.busy:
            return
        if new != again:
            self._refuse("word", words.WORD_DIFFERS)
            return
        self._put(
            replace(self.state, busy=words.WORD_CHANGING, said="", beside="word", problem=None)
        )
        self._runner.submit(
            lambda: self._own.change_password(self._desk, old, new, code), self._changed
        )

    def _changed(self, outcome: Outcome[None]) -> None:
        if self._gone:
            return
        match outcome:
            case Done():
                self._end("word", words.WORD_CHANGED)
            case Failed(error):
                self._put(replace(self.state, busy="", problem=Problem.of(error), beside="word"))

    # -- confirmations and emergencies ----------------------------------------------------

    def confirm(self, subject: Subject) -> None:
        """Put on file that one has had the training, or read the policy."""
        self._do("confirm", lambda: self._own.confirm(self._desk, subject), words.CONFIRMED)
        if self._desk.staff.unconfirmed and not self.state.due:
            self._freed()

    def ask_reason(self, *, on: bool) -> None:
        """Show the reasons for emergency access, or not."""
        self._put(replace(self.state, breaking=on and self.state.may_break, said="", problem=None))

    def break_glass(self, reason: Reason) -> None:
        """Look at everything for an hour."""
        if self.state.breaking:
            self._again(WHY["emergency"], lambda proof: self._broken(reason, proof))

    # -- inside -------------------------------------------------------------------------

    def _do(self, beside: str, act: Callable[[], None], said: str) -> None:
        try:
            act()
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error), said="", beside=beside))
        else:
            self._end(beside, said)

    def _end(self, beside: str, said: str) -> None:
        stamp = self.state.stamp + 1
        self.state = replace(
            self.state, busy="", said=said, beside=beside, problem=None, stamp=stamp
        )
        self.refresh()

    def _refuse(self, beside: str, why: str) -> None:
        problem = Problem(why, "", "not-the-same")
        self._put(replace(self.state, problem=problem, said="", beside=beside))

    def _put(self, state: OwnState) -> None:
        self.state = state
        self._show(state)
