"""Asks for the password once more before what is not done lightly (REQ-19).

Typed once, it counts for five minutes, so that several such things in a row ask once. What was
asked for goes on by itself as soon as the password was right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeAlias

from carekraft_desktop.presenters.pieces import Problem
from carekraft_desktop.presenters.tasks import Done, Failed
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.presenters.tasks import Outcome
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.step_up import StepUp


AskAgain: TypeAlias = "Callable[[str, Callable[[StepUp | None], None]], None]"
"""Why the password is needed, and what is done with the proof once there is one."""


def no_question(why: str, do: Callable[[StepUp | None], None]) -> None:
    """Asks nothing; the service below then says what it needs."""
    del why
    do(None)


class Proving(Protocol):
    """Proves with a password who somebody is; see `wiring.Confirming`."""

    @property
    def needs_code(self) -> bool:
        """Whether the workstation code is typed as well."""
        ...

    def ask(
        self, staff_id: str, password: str, code: str, report: Callable[[Outcome[StepUp]], None]
    ) -> None:
        """Try it and report on the caller's thread."""
        ...

    def is_fresh(self, desk: Desk, proof: StepUp | None) -> bool:
        """Whether it was typed within the last minutes, by whoever sits here."""
        ...


class AgainState(Value, frozen=True):
    """The question on the screen. What is typed is never kept here."""

    why: str
    """What the password is for, in a sentence."""
    person: str
    needs_code: bool = False
    busy: bool = False
    problem: Problem | None = None
    stamp: int = 0
    """Grows when the field has to be emptied."""


class Again:
    """One for each person at the desk."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[AgainState | None], None],
        *,
        proving: Proving,
        proof: StepUp | None = None,
    ) -> None:
        """`show` puts the question on the screen, None takes it away.

        `proof`: that the password was typed to come in; it counts as long as any other.
        """
        self._desk, self._show, self._proving = desk, show, proving
        self._proof = proof
        self._do: Callable[[StepUp | None], None] | None = None
        self.state: AgainState | None = None

    def then(self, why: str, do: Callable[[StepUp | None], None]) -> None:
        """Do it with a fresh proof; ask first, unless there is one.

        `why`: what the password is for.
        """
        proof = self._proof
        if proof is not None and self._proving.is_fresh(self._desk, proof):
            do(proof)
            return
        self._do = do
        person = self._desk.staff.display
        self._put(AgainState(why, person, needs_code=self._proving.needs_code))

    def answer(self, password: str, code: str = "") -> None:
        """The password was typed."""
        if self.state is None or self.state.busy:
            return
        self._put(replace(self.state, busy=True, problem=None))
        self._proving.ask(self._desk.staff.id, password, code, self._proved)

    def close(self) -> None:
        """Not now."""
        self._do = None
        if self.state is not None:
            self._put(None)

    def leave(self) -> None:
        """The desk is another's, or gone; the proof goes as well."""
        self._proof = None
        self.close()

    def _proved(self, outcome: Outcome[StepUp]) -> None:
        if self.state is None:
            return
        match outcome:
            case Done(proof):
                do, self._do, self._proof = self._do, None, proof
                self._put(None)
                if do is not None:
                    do(proof)
            case Failed(error):
                self._put(
                    replace(
                        self.state,
                        busy=False,
                        problem=Problem.of(error),
                        stamp=self.state.stamp + 1,
                    )
                )

    def _put(self, state: AgainState | None) -> None:
        self.state = state
        self._show(state)
