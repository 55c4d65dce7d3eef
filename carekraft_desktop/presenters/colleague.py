"""One colleague on the page about people: how they stand, a new password, leaving."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol, TypeVar

from carekraft_desktop.domain.leaving import ROTATES, Cause, Chore
from carekraft_desktop.domain.staff import Right, Role
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording, wording_people
from carekraft_desktop.presenters import wording_colleague as words
from carekraft_desktop.presenters.again import AskAgain, no_question
from carekraft_desktop.presenters.pieces import Problem
from carekraft_desktop.presenters.tasks import Done, Failed
from carekraft_desktop.presenters.wording_again import WHY
from carekraft_desktop.presenters.wording_journal import action
from carekraft_desktop.value import Guarded, Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain.staff import Staff
    from carekraft_desktop.presenters.tasks import Outcome, Runner, Timers
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.services.access_review import Member
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.leaving import Farewell
    from carekraft_desktop.services.step_up import StepUp

T = TypeVar("T")
LOCKED_AT = 10
"""Wrong passwords after which only an administrator helps (REQ-35)."""
SHOWN = 6
"""Lines of what somebody took along; the journal has all."""
LOOK = 0.25
"""Seconds between two looks at how far the new keys are."""


class ColleagueUses(Protocol):
    """What is done about a colleague; see `wiring.PeopleAtHand`."""

    def renew(
        self,
        staff_id: str,
        password: str,
        roles: frozenset[Role],
        proof: StepUp | None,
        code: str,
    ) -> Staff:
        """A new password and these roles; slow."""
        ...

    def allow_again(self, staff_id: str, proof: StepUp | None) -> None:
        """They may try again."""
        ...

    def let_go(self, staff_id: str, cause: Cause, proof: StepUp | None) -> Farewell:
        """Close the way in."""
        ...

    def farewell(self, desk: Desk, staff_id: str) -> Farewell:
        """How a leaving stands."""
        ...

    def tick(self, desk: Desk, staff_id: str, chore: Chore, *, done: bool) -> Farewell:
        """Something has been seen to, or not."""
        ...

    def rotate(self, proof: StepUp | None, told: Callable[[int, int], None]) -> None:
        """New keys for the store; slow."""
        ...


class Renewal(Guarded, frozen=True):
    """What was typed for a new password."""

    roles: frozenset[Role]
    password: str
    again: str
    code: str = ""


class FarewellState(Value, frozen=True):
    """What is left to think of."""

    took: tuple[str, ...]
    in_hand: str
    chores: tuple[tuple[Chore, bool], ...]
    rotated: str
    """That the office has new keys since; empty while it has not."""


class ColleagueState(Value, frozen=True):
    """Everything on the pane."""

    id: str = ""
    name: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    note: str = ""
    deeds: tuple[str, ...] = ()
    """Keys of `wording_colleague.DEED`."""
    step: str = ""
    """`renew` or `leave`, while that is being done."""
    roles: frozenset[Role] = frozenset()
    needs_code: bool = False
    farewell: FarewellState | None = None
    busy: str = ""
    said: str = ""
    wrong: str = ""
    stamp: int = 0
    """Grows when what was typed has to be wiped."""
    problem: Problem | None = None


class ColleaguePresenter:
    """Shows whoever is chosen in the list."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[ColleagueState], None],
        *,
        people: ColleagueUses,
        runner: Runner,
        timers: Timers,
        when: OfficeTime,
        changed: Callable[[], None],
        again: AskAgain = no_question,
    ) -> None:
        """`changed` reads the list anew; `again` asks for the password."""
        self._desk, self._show, self._people = desk, show, people
        self._runner, self._timers, self._when = runner, timers, when
        self._changed, self._again = changed, again
        self._progress: tuple[int, int] = (0, 0)
        self._stop: Callable[[], None] | None = None
        self._gone = False
        self.state = ColleagueState()

    def choose(self, standing: Member | None, *, needs_code: bool) -> None:
        """Another colleague, the same one anew, or nobody."""
        if standing is None:
            self._put(ColleagueState(stamp=self.state.stamp + 1))
            return
        same = standing.id == self.state.id
        before = self.state if same else ColleagueState(stamp=self.state.stamp + 1)
        farewell = None
        if standing.disabled:
            try:
                farewell = self._farewell(self._people.farewell(self._desk, standing.id))
            except CareKraftError:
                farewell = None  # disabled on another day than with this page
        mine = standing.id == self._desk.staff.id
        self._put(
            replace(
                before,
                id=standing.id,
                name=standing.display,
                facts=self._facts(standing),
                note=words.ONESELF if mine else "",
                deeds=() if mine else self._deeds(standing),
                roles=frozenset(Role(role) for role in standing.roles),
                needs_code=needs_code,
                farewell=farewell,
            )
        )

    def leave(self) -> None:
        """The page is going."""
        self._gone = True
        self._rest()

    # -- gestures -----------------------------------------------------------------------

    def do(self, deed: str) -> None:
        """A button of the pane."""
        if self.state.busy or deed not in self.state.deeds:
            return
        if deed == "again":
            self._again(WHY["people"], self._allow)
        else:
            self._put(replace(self.state, step=deed, said="", wrong="", problem=None))

    def back(self) -> None:
        """Not now."""
        stamp = self.state.stamp + 1
        self._put(replace(self.state, step="", wrong="", problem=None, stamp=stamp))

    def renew(self, typed: Renewal) -> None:
        """Keep password and roles."""
        if self.state.busy or self.state.step != "renew":
            return
        wrong = ""
        if not typed.roles:
            wrong = wording_people.NO_ROLE
        elif typed.password != typed.again:
            wrong = wording_people.NOT_THE_SAME
        if wrong:
            self._put(replace(self.state, wrong=wrong, problem=None))
            return
        self._again(WHY["people"], lambda proof: self._renew(typed, proof))

    def let_go(self, cause: Cause) -> None:
        """Close the way in."""
        if not self.state.busy and self.state.step == "leave":
            self._again(WHY["people"], lambda proof: self._let_go(cause, proof))

    def tick(self, chore: Chore, *, done: bool) -> None:
        """Something has been seen to, or not."""
        if self.state.farewell is None:
            return
        try:
            found = self._people.tick(self._desk, self.state.id, chore, done=done)
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        self._put(replace(self.state, farewell=self._farewell(found), problem=None))

    def rotate(self) -> None:
        """New keys for the office."""
        if not self.state.busy:
            self._again(WHY["people"], self._rotate)

    # -- carried out --------------------------------------------------------------------

    def _allow(self, proof: StepUp | None) -> None:
        name = self.state.name
        self._work(
            wording_people.BUSY,
            lambda: self._people.allow_again(self.state.id, proof),
            lambda _none: words.MAY_TRY.format(name=name),
        )

    def _renew(self, typed: Renewal, proof: StepUp | None) -> None:
        person = self.state.id
        self._work(
            wording_people.BUSY,
            lambda: self._people.renew(person, typed.password, typed.roles, proof, typed.code),
            lambda staff: words.RENEWED.format(name=staff.display),
        )

    def _let_go(self, cause: Cause, proof: StepUp | None) -> None:
        person, name = self.state.id, self.state.name

        def done(_farewell: Farewell) -> str:
            if cause in ROTATES:
                self._rotate(proof)
            return words.LEFT.format(name=name)

        self._work(words.LEAVING, lambda: self._people.let_go(person, cause, proof), done)

    def _rotate(self, proof: StepUp | None) -> None:
        self._progress = (0, 0)

        def told(done: int, pages: int) -> None:
            self._progress = (done, pages)  # read by the timer below, in the other thread

        self._work(
            words.ROTATE_BEGIN,
            lambda: self._people.rotate(proof, told),
            lambda _none: words.ROTATE_DONE,
        )
        if self.state.busy:
            self._stop = self._timers.after(LOOK, self._how_far)

    def _how_far(self) -> None:
        self._stop = None
        done, pages = self._progress
        if not self.state.busy:
            return
        if pages:
            percent = 100 * done // pages
            self._put(replace(self.state, busy=words.ROTATING.format(percent=percent)))
        self._stop = self._timers.after(LOOK, self._how_far)

    def _work(self, busy: str, work: Callable[[], T], ended: Callable[[T], str]) -> None:
        self._put(replace(self.state, busy=busy, said="", wrong="", problem=None))

        def report(outcome: Outcome[T]) -> None:
            if not self._gone:
                self._ended(outcome, ended)

        self._runner.submit(work, report)

    def _ended(self, outcome: Outcome[T], ended: Callable[[T], str]) -> None:
        self._rest()
        match outcome:
            case Done(value):
                self._put(replace(self.state, busy="", step="", stamp=self.state.stamp + 1))
                said = ended(value)
                self.state = replace(self.state, said=said)
                self._changed()
                self._put(self.state)
            case Failed(error):
                self._put(replace(self.state, busy="", problem=Problem.of(error)))

    def _rest(self) -> None:
        if self._stop is not None:
            self._stop()
            self._stop = None

    # -- built --------------------------------------------------------------------------

    def _facts(self, standing: Member) -> tuple[tuple[str, str], ...]:
        roles = ", ".join(wording.ROLE[Role(role)].title for role in sorted(standing.roles))
        seen = standing.last_seen
        last = self._when.day_and_clock(seen) if seen is not None else words.NEVER
        if standing.failures >= LOCKED_AT:
            last = f"{last}. {words.LOCKED_OUT}"
        elif standing.failures:
            last = f"{last}. {words.TRIES.format(count=standing.failures)}"
        missing = ". ".join(words.UNCONFIRMED[each] for each in standing.unconfirmed)
        lines = [("Sign-in name", standing.name), ("Roles", roles), (words.LAST, last)]
        if not standing.disabled:
            lines.append((words.CONFIRMED, missing or words.CONFIRMED_ALL))
        return tuple(lines)

    def _deeds(self, standing: Member) -> tuple[str, ...]:
        if standing.disabled:
            return ()
        found = ["renew"] if self._desk.staff.may(Right.ADMIT_PEOPLE) else []
        if standing.failures >= LOCKED_AT:
            found.append("again")
        if self._desk.staff.may(Right.DISABLE_PEOPLE):
            found.append("leave")
        return tuple(found)

    def _farewell(self, found: Farewell) -> FarewellState:
        took = [
            f"{self._when.day_and_clock(each.at)}  {action(each.action)}"
            for each in found.took[:SHOWN]
        ]
        if len(found.took) > SHOWN:
            took.append(words.TOOK_MORE.format(count=len(found.took) - SHOWN))
        took += [words.elsewhere(each) for each in found.elsewhere]
        half = words.NOTHING_IN_HAND
        if found.replies or found.referrals:
            half = words.in_hand(found.replies, found.referrals)
        rotated = found.leaving.rotated_at
        return FarewellState(
            tuple(took),
            half,
            tuple((chore, chore in found.leaving.done) for chore in Chore),
            words.ROTATED.format(at=self._when.day_and_clock(rotated)) if rotated else "",
        )

    def _put(self, state: ColleagueState) -> None:
        self.state = state
        self._show(state)
