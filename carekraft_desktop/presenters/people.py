"""The people who may sign in here, and letting a colleague in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.domain.staff import Right, Role
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters import wording_people as words
from carekraft_desktop.presenters.again import AskAgain, no_question
from carekraft_desktop.presenters.pieces import Cell, Empty, Mark, Problem, Row, Tone
from carekraft_desktop.presenters.tasks import Done, Failed
from carekraft_desktop.presenters.wording_again import WHY
from carekraft_desktop.value import Guarded, Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain.staff import Staff
    from carekraft_desktop.presenters.colleague import ColleaguePresenter
    from carekraft_desktop.presenters.tasks import Outcome, Runner
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.services.access_review import Member
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.step_up import StepUp

HEADS = ("Name", "Sign-in name", "Roles", "Last signed in", "")


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

    def everybody(self, desk: Desk) -> tuple[Member, ...]:
        """Everybody who has a name here, and how they stand."""
        ...

    def let_in(self, who: Candidate, proof: StepUp | None) -> Staff:
        """Make a key for them; slow."""
        ...


class PeopleState(Value, frozen=True):
    """Everything on the page."""

    rows: tuple[Row, ...] = ()
    selected: str = ""
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
        when: OfficeTime,
        again: AskAgain = no_question,
    ) -> None:
        """Make it; `again` asks for the password."""
        self._when = when
        self._there: tuple[Member, ...] = ()
        self._colleague: ColleaguePresenter | None = None
        self._again = again
        self._desk, self._show, self._people, self._runner = desk, show, people, runner
        self._gone = False
        self.state = PeopleState()

    def refresh(self) -> None:
        """Read who is there."""
        if not self._desk.staff.may(Right.ADMIT_PEOPLE):
            no = words.NO_RIGHT
            self._put(PeopleState(empty=Empty(no.title, no.advice, icon="shield-off")))
            return
        try:
            self._there = self._people.everybody(self._desk)
            needs_code = self._people.needs_code
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        rows = tuple(_row(person, self._when) for person in self._there)
        self._put(replace(self.state, rows=rows, may_admit=True, needs_code=needs_code))
        self._show_chosen()

    def shows_in(self, colleague: ColleaguePresenter) -> None:
        """Whoever is chosen in the list is shown there."""
        self._colleague = colleague

    def choose(self, staff_id: str) -> None:
        """Look at one of them."""
        if staff_id != self.state.selected:
            self._put(replace(self.state, selected=staff_id, said="", wrong=""))
            self._show_chosen()

    def _show_chosen(self) -> None:
        if self._colleague is not None:
            chosen = next((each for each in self._there if each.id == self.state.selected), None)
            self._colleague.choose(chosen, needs_code=self.state.needs_code)

    def leave(self) -> None:
        """The page is going; what a worker still finds is shown to nobody."""
        self._gone = True
        if self._colleague is not None:
            self._colleague.leave()

    def let_in(self, who: Candidate) -> None:
        """Let them in, if everything is there."""
        if self.state.busy or not self.state.may_admit:
            return
        wrong = _missing(who)
        if wrong:
            self._put(replace(self.state, wrong=wrong, said="", problem=None))
            return
        self._again(WHY["let-in"], lambda proof: self._make_key(who, proof))

    def _make_key(self, who: Candidate, proof: StepUp | None) -> None:
        self._put(replace(self.state, busy=words.BUSY, wrong="", said="", problem=None))
        self._runner.submit(lambda: self._people.let_in(who, proof), self._let_in)

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


def _row(person: Member, when: OfficeTime) -> Row:
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
            Cell(when.day_and_clock(person.last_seen) if person.last_seen else "", quiet=True),
            Cell("", mark=mark),
        ),
    )
