"""The first start: the office, the first person, and the recovery key on paper."""

from __future__ import annotations

from enum import IntEnum
from typing import TYPE_CHECKING

from carekraft_desktop.domain.attesting import FIRST, Subject
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.presenters import wording, wording_set_up
from carekraft_desktop.presenters.pieces import Problem
from carekraft_desktop.presenters.tasks import Done, Failed
from carekraft_desktop.value import Guarded, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.errors import CareKraftError
    from carekraft_desktop.presenters.tasks import Outcome, Runner
    from carekraft_desktop.services.opening import Opened

_GROUP = 4
"""Characters in a group of a key on paper."""


class Step(IntEnum):
    """Where we are."""

    OFFICE = 0
    PERSON = 1
    PAPER = 2


class Typed(Guarded, frozen=True):
    """What was typed so far; kept while going back and forth, and when a step fails."""

    exchange: str = ""
    code: str = ""
    workstation: str = ""
    display: str = ""
    name: str = ""
    roles: frozenset[Role] = frozenset({Role.FRONT_DESK, Role.PRIVACY_OFFICER})
    """Offered at first: somebody has to be able to let colleagues in."""
    password: str = ""
    again: str = ""
    confirms: frozenset[Subject] = frozenset()
    """What the first person has confirmed (REQ-25)."""


class SetUpState(Guarded, frozen=True):
    """Everything on the screen."""

    step: Step = Step.OFFICE
    hint: str = ""
    """What is still missing, in words; empty when the button is live."""
    password_hint: str = ""
    later: str = ""
    """That something is confirmed before the first patient is shown; empty when it is."""
    busy: str = ""
    problem: Problem | None = None
    beside: str = ""
    """Beside which field the problem stands, empty for above all."""
    key_groups: tuple[str, ...] = ()
    workstation_code: str = ""
    """Shown only where the computer has no keyring."""
    only_code: bool = False
    """After a recovery: the groups are a new workstation code, the recovery key stays."""
    asked: tuple[int, int] = (2, 6)
    """Which groups are typed back, counted from 0."""
    proved: bool = False
    """Both were typed back correctly."""

    @property
    def can_go_on(self) -> bool:
        """Whether the button of this step is live."""
        if self.step is Step.PAPER:
            return self.proved
        return not self.hint and not self.busy


_STEP_OF = {
    "code-refused": (Step.OFFICE, "code"),
    "offline": (Step.OFFICE, "exchange"),
    "exchange-unavailable": (Step.OFFICE, "exchange"),
    "exchange-garbled": (Step.OFFICE, "exchange"),
    "client-too-old": (Step.OFFICE, ""),
    "weak-password": (Step.PERSON, "password"),
    "name-not-allowed": (Step.PERSON, "name"),
}


class SetUpPresenter:
    """Leads through the three steps."""

    def __init__(
        self,
        enrol: Callable[[Typed], Opened],
        runner: Runner,
        show: Callable[[SetUpState], None],
        *,
        opened: Callable[[Opened], None],
        chance: Callable[[], float],
        typed: Typed | None = None,
    ) -> None:
        """Make it.

        Args:
            enrol: does the set-up; slow.
            runner: does the slow work.
            show: puts a state on the screen.
            opened: called when the paper has been proved.
            chance: a number in [0, 1), for which groups are asked.
            typed: what is filled in from the start.
        """
        self._enrol = enrol
        self._runner = runner
        self._show = show
        self._chance = chance
        self._opened = opened
        self._result: Opened | None = None
        self.typed = typed or Typed()
        self.state = SetUpState()

    def refresh(self) -> None:
        """Show it."""
        self._put(self.state)

    def _put(self, state: SetUpState) -> None:
        if state.step is not Step.PAPER:
            state = replace(
                state,
                hint=_missing(state.step, self.typed),
                password_hint=wording.password_hint(self.typed.password, self.typed.again),
                later="" if self.typed.confirms >= FIRST else wording_set_up.LATER,
            )
        self.state = state
        self._show(state)

    def edit(self, typed: Typed) -> None:
        """Something was typed."""
        if typed != self.typed:
            self.typed = typed
            self._put(replace(self.state, problem=None, beside=""))

    def back(self) -> None:
        """One step back; nothing typed is lost."""
        if self.state.step is Step.PERSON and not self.state.busy:
            self._put(replace(self.state, step=Step.OFFICE, problem=None, beside=""))

    def go_on(self) -> None:
        """The button of this step."""
        if not self.state.can_go_on:
            return
        match self.state.step:
            case Step.OFFICE:
                self._put(replace(self.state, step=Step.PERSON, problem=None, beside=""))
            case Step.PERSON:
                self._try()
            case Step.PAPER:
                self._finish()

    def _try(self) -> None:
        typed = self.typed
        self._put(replace(self.state, busy="Connecting this computer", problem=None, beside=""))
        self._runner.submit(lambda: self._enrol(typed), self._report)

    def _report(self, outcome: Outcome[Opened]) -> None:
        match outcome:
            case Done(opened):
                self.typed = replace(self.typed, password="", again="", code="")
                self.show_paper(opened)
            case Failed(error):
                self._refused(error)

    def _refused(self, error: CareKraftError) -> None:
        step, where = _STEP_OF.get(error.code, (self.state.step, ""))
        self._put(replace(self.state, step=step, beside=where, busy="", problem=Problem.of(error)))

    def show_paper(self, opened: Opened) -> None:
        """Show the new keys once; a recovery may bring a new workstation code alone."""
        self._result = opened
        only_code = not opened.recovery_key
        groups = _groups(opened.workstation_code if only_code else opened.recovery_key)
        first = int(self._chance() * (len(groups) - 1))
        second = first + 1 + int(self._chance() * (len(groups) - 1 - first))
        self._put(
            replace(
                self.state,
                step=Step.PAPER,
                busy="",
                problem=None,
                key_groups=groups,
                only_code=only_code,
                workstation_code="" if only_code else opened.workstation_code,
                asked=(first, second),
                proved=False,
            )
        )

    def prove(self, one: str, two: str) -> None:
        """The two groups, typed back from the paper."""
        typed = tuple(_plain(text) for text in (one, two))
        wanted = tuple(_plain(self.state.key_groups[place]) for place in self.state.asked)
        self._put(replace(self.state, proved=typed == wanted))

    def _finish(self) -> None:
        opened, self._result = self._result, None
        self.state = SetUpState()
        if opened is not None:
            self._opened(opened)


def _groups(key: str) -> tuple[str, ...]:
    """A key as it is written on paper; one without gaps is cut into fours."""
    groups = tuple(key.replace("-", " ").split())
    if len(groups) > 1:
        return groups
    return tuple(key[at : at + _GROUP] for at in range(0, len(key), _GROUP))


def _plain(text: str) -> str:
    return text.replace(" ", "").replace("-", "").upper()


def _missing(step: Step, typed: Typed) -> str:
    if step is Step.OFFICE:
        wanted: tuple[tuple[object, str], ...] = (
            (typed.exchange, "the exchange's address"),
            (typed.code, "the enrolment code"),
            (typed.workstation, "a name for this computer"),
        )
    else:
        wanted = (
            (typed.display, "your name"),
            (typed.name, "a sign-in name"),
            (typed.roles, "at least one role"),
            (not wording.password_hint(typed.password, typed.again), "a password"),
        )
    missing = [
        words for value, words in wanted if not (value.strip() if isinstance(value, str) else value)
    ]
    return f"Still missing: {', '.join(missing)}" if missing else ""
