"""The people who may sign in here, and letting a colleague in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.domain.staff import Right, Role
from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters import wording_people as words
from carekraft_desktop.presenters.pieces import Cell, Empty, Mark, Problem, Row, Tone
from carekraft_desktop.presenters.tasks import Done, Failed
from carekraft_desktop.value import Guarded, Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain.staff import Staff
    from carekraft_desktop.presenters.tasks import Outcome, Runner
    from carekraft_desktop.security.people import Person
    from carekraft_desktop.services.desk import Desk

HEADS = ("Name", "Sign-in name", "Roles", "")


class Candidate(Guarded, frozen=True):
    """What was typed for a colleague."""

    display: str
    name: str
    roles: frozenset[Role]
    password: str
    again: str
    code: str = ""
    """The workstation code, where there is no keyring."""


class PeopleUses(Protocol):
    """Who is known here, and the way in; see `wiring.PeopleAtHand`."""

    @property
    def needs_code(self) -> bool:
        """Whether the workstation code is typed as well."""
        ...

    def people(self) -> tuple[Person, ...]:
        """Everybody who has a name here."""
        ...

    def let_in(self, who: Candidate) -> Staff:
        """Make a key for them; slow."""
        ...


class PeopleState(Value, frozen=True):
    """Everything on the page."""

    rows: tuple[Row, ...] = ()
    may_admit: bool = False
    needs_code: bool = False
    busy: str = ""
    said: str = ""
    wrong: str = ""
    """What is missing in the form."""
    stamp: int = 0
    """Grows when the form has to be emptied."""
    empty: Empty | None = None
    problem: Problem | None = None


class PeoplePresenter:
    """Shows who is there; letting somebody in takes a worker a second."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[PeopleState], None],
        *,
        people: PeopleUses,
        runner: Runner,
    ) -> None:
        """Make it."""
        self._desk, self._show, self._people, self._runner = desk, show, people, runner
        self._gone = False
        self.state = PeopleState()

    def refresh(self) -> None:
        """Read who is there."""
        if not self._desk.staff.may(Right.ADMIT_PEOPLE):
            no = words.NO_RIGHT
            self._put(PeopleState(empty=Empty(no.title, no.advice, icon="shield-off")))
            return
        rows = tuple(_row(person) for person in self._people.people())
        self._put(
            replace(self.state, rows=rows, may_admit=True, needs_code=self._people.needs_code)
        )

    def leave(self) -> None:
        """The page is going; what a worker still finds is shown to nobody."""
        self._gone = True

    def let_in(self, who: Candidate) -> None:
        """Let them in, if everything is there."""
        if self.state.busy or not self.state.may_admit:
            return
        wrong = _missing(who)
        if wrong:
            self._put(replace(self.state, wrong=wrong, said="", problem=None))
            return
        self._put(replace(self.state, busy=words.BUSY, wrong="", said="", problem=None))
        self._runner.submit(lambda: self._people.let_in(who), self._let_in)

    def _let_in(self, outcome: Outcome[Staff]) -> None:
        if self._gone:
            return
        match outcome:
            case Done(staff):
                said = words.DONE.format(name=staff.display)
                self.state = replace(
                    self.state, busy="", said=said, stamp=self.state.stamp + 1, problem=None
                )
                self.refresh()
            case Failed(error):
                self._put(replace(self.state, busy="", problem=Problem.of(error)))

    def _put(self, state: PeopleState) -> None:
        self.state = state
        self._show(state)


def _missing(who: Candidate) -> str:
    if not (who.display.strip() and who.name.strip()):
        return words.NO_NAME
    if not who.roles:
        return words.NO_ROLE
    return words.NOT_THE_SAME if who.password != who.again else ""


def _row(person: Person) -> Row:
    roles = ", ".join(wording.ROLE[Role(role)].title for role in sorted(person.roles))
    if person.disabled:
        mark = Mark(words.DISABLED, Tone.CANCELLED)
    elif person.waiting:
        mark = Mark(words.WAITING, Tone.WARN)
    else:
        mark = Mark(words.ACTIVE, Tone.CONFIRMED)
    return Row(
        person.id,
        (
            Cell(person.display, strong=True),
            Cell(person.name, quiet=True),
            Cell(roles),
            Cell("", mark=mark),
        ),
    )
