"""The first start on a computer that takes a lost one's place: backup, paper, and who one is.

Nothing is made before the last step of it; wherever it ends, there is the whole office or none.
"""

from __future__ import annotations

from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.presenters import wording, wording_backup
from carekraft_desktop.presenters import wording_bring_back as words
from carekraft_desktop.presenters.pieces import Problem
from carekraft_desktop.presenters.progress import Progress, Watch
from carekraft_desktop.presenters.tasks import Done, Failed
from carekraft_desktop.value import Guarded, Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain.backups import Step
    from carekraft_desktop.errors import CareKraftError
    from carekraft_desktop.presenters.tasks import Outcome, Runner, Timers
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.services.new_machine import Inside, Moved
    from carekraft_desktop.services.opening import Opened


class Stage(IntEnum):
    """Where we are."""

    BACKUP = 0
    PERSON = 1
    PLACE = 2


class Typed(Guarded, frozen=True):
    """What was typed so far; kept while going back and forth, and when something is refused."""

    place: str = ""
    paper: str = ""
    person: str = ""
    """Staff id."""
    password: str = ""
    again: str = ""
    has_code: bool = False
    code: str = ""
    name: str = ""


class BringBackUses(Protocol):
    """See `wiring_backup.BringBackAtHand`."""

    def look(self, place: Path, paper: str) -> Inside:
        """What the backup says to the holder of the paper."""
        ...

    def bring(self, inside: Inside, typed: Typed, told: Callable[[Step, int, int], None]) -> Moved:
        """Put it in place; everything is checked before anything is made."""
        ...

    def enter(self, typed: Typed) -> Opened:
        """Let this person in by the same paper."""
        ...

    def take_back(self) -> None:
        """Remove what was just put in place."""
        ...


class BringBackState(Value, frozen=True):
    """Everything on the screen; nothing secret."""

    stage: Stage = Stage.BACKUP
    found: str = ""
    """What the backup is, in a sentence."""
    people: tuple[tuple[str, str], ...] = ()
    """Id and name of everybody it knows."""
    long: bool = False
    """The password has to be longer, because there is no keyring."""
    hint: str = ""
    """What is still missing; empty when the button is live."""
    password_hint: str = ""
    busy: str = ""
    stoppable: bool = False
    problem: Problem | None = None
    beside: str = ""
    """Beside which field the problem stands, empty for above all."""
    notes: tuple[str, ...] = ()
    """What has to be known before anybody works with it."""
    doubtful: bool = False
    """It is not shown to be the office's own: it may be removed again."""

    @property
    def can_go_on(self) -> bool:
        """Whether the button is live."""
        return not self.hint and not self.busy


_BESIDE: dict[str, tuple[Stage, str]] = {
    "backup-missing": (Stage.BACKUP, "place"),
    "wrong-recovery-key": (Stage.BACKUP, "paper"),
    "weak-password": (Stage.PERSON, "password"),
    "code-refused": (Stage.PERSON, "code"),
    "code-needed": (Stage.PERSON, "code"),
}


class BringBackPresenter:
    """Leads through it."""

    def __init__(
        self,
        uses: BringBackUses,
        runner: Runner,
        show: Callable[[BringBackState], None],
        *,
        timers: Timers,
        when: OfficeTime,
        opened: Callable[[Opened], None],
        left: Callable[[], None],
    ) -> None:
        """Make it.

        Args:
            uses: what can be done.
            runner: for everything that is slow.
            show: puts a state on the screen.
            timers: to look how far it is.
            when: how hours are told.
            opened: called with the open office at the end.
            left: back to the first set-up.
        """
        self._uses, self._runner, self._show = uses, runner, show
        self._when, self._opened, self._left = when, opened, left
        self._watch = Watch(timers, self._how_far)
        self._inside: Inside | None = None
        self._gone = False
        self.typed = Typed()
        self.state = BringBackState()

    def begin(self) -> None:
        """Show it."""
        self._put(self.state)

    def leave(self) -> None:
        """The page is going, and what was typed with it."""
        self._gone = True
        self.typed = Typed()
        self._watch.break_off()
        self._watch.end()

    # -- gestures -----------------------------------------------------------------------

    def edit(self, typed: Typed) -> None:
        """Something was typed."""
        if typed != self.typed:
            self.typed = typed
            self._put(replace(self.state, problem=None, beside=""))

    def back(self) -> None:
        """One step back, or out; nothing was made yet."""
        if self.state.busy or self.state.stage is Stage.PLACE:
            return
        if self.state.stage is Stage.BACKUP:
            self._left()
            return
        self._put(replace(self.state, stage=Stage.BACKUP, problem=None, beside=""))

    def go_on(self) -> None:
        """The button of this step."""
        if not self.state.can_go_on:
            return
        typed = self.typed
        match self.state.stage:
            case Stage.BACKUP:
                self._begin(words.LOOKING)
                place = Path(typed.place.strip()).expanduser()
                self._runner.submit(lambda: self._uses.look(place, typed.paper), self._looked)
            case Stage.PERSON:
                self._bring(typed)
            case Stage.PLACE:
                self._enter(typed)

    def take_back(self) -> None:
        """Nobody is to work with it: it goes again."""
        if self.state.stage is Stage.PLACE and not self.state.busy:
            self._begin(words.TAKING_BACK)
            self._runner.submit(self._uses.take_back, self._taken_back)

    def break_off(self) -> None:
        """Not wanted any more."""
        self._watch.break_off()

    # -- carried out --------------------------------------------------------------------

    def _begin(self, busy: str) -> None:
        self._put(replace(self.state, busy=busy, stoppable=False, problem=None, beside=""))

    def _bring(self, typed: Typed) -> None:
        inside = self._inside
        if inside is None:
            return
        progress = self._watch.begin()
        self._put(
            replace(
                self.state,
                busy=wording_backup.BEGINNING,
                stoppable=True,
                problem=None,
                beside="",
            )
        )
        self._runner.submit(lambda: self._uses.bring(inside, typed, progress.told), self._brought)

    def _enter(self, typed: Typed) -> None:
        self._begin(words.ENTERING)
        self._runner.submit(lambda: self._uses.enter(typed), self._entered)

    def _looked(self, outcome: Outcome[Inside]) -> None:
        if self._gone:
            return
        match outcome:
            case Done(inside):
                self._inside = inside
                people = tuple((each.id, each.display) for each in inside.people)
                if len(people) == 1:
                    self.typed = replace(self.typed, person=people[0][0])
                backup = inside.backup
                self._put(
                    replace(
                        self.state,
                        stage=Stage.PERSON,
                        busy="",
                        people=people,
                        long=inside.by_code,
                        found=words.FOUND.format(
                            at=self._when.day_and_clock(backup.made_at),
                            holds=wording_backup.holds(backup.patients, backup.bookings),
                        ),
                    )
                )
            case Failed(error):
                self._refused(error)

    def _brought(self, outcome: Outcome[Moved]) -> None:
        self._watch.end()
        if self._gone:
            return
        match outcome:
            case Done(moved):
                notes = () if moved.ours else (wording_backup.NOT_SHOWN_OURS,)
                if moved.to_look_at:
                    number = wording.count(moved.to_look_at, "act", "acts")
                    notes = (*notes, wording_backup.LOOK_OUTBOX.format(number=number))
                self._put(
                    replace(
                        self.state,
                        stage=Stage.PLACE,
                        busy="",
                        notes=notes,
                        doubtful=not moved.ours,
                    )
                )
                if not notes:
                    self._enter(self.typed)
            case Failed(error):
                self._refused(error)

    def _entered(self, outcome: Outcome[Opened]) -> None:
        if self._gone:
            return
        match outcome:
            case Done(opened):
                self._opened(opened)
            case Failed(error):
                self._put(replace(self.state, busy="", problem=Problem.of(error)))

    def _taken_back(self, outcome: Outcome[None]) -> None:
        if self._gone:
            return
        match outcome:
            case Done():
                self._inside = None
                self.typed = replace(self.typed, place="", password="", again="", code="")
                self._put(BringBackState())
            case Failed(error):
                self._put(replace(self.state, busy="", problem=Problem.of(error)))

    def _refused(self, error: CareKraftError) -> None:
        stage, beside = _BESIDE.get(error.code, (self.state.stage, ""))
        problem = Problem.of(error)
        if error.code == "catch-up-needed":
            problem = replace(problem, title=words.CATCH_UP.title, advice=words.CATCH_UP.advice)
        if error.code == "backup-of-another":
            said = words.OTHER_OFFICE
            problem = replace(problem, title=said.title, advice=said.advice)
        if error.code == "code-needed":
            self.typed = replace(self.typed, has_code=True)
        self._put(replace(self.state, stage=stage, beside=beside, busy="", problem=problem))

    def _how_far(self, progress: Progress) -> None:
        if progress.now is not None and self.state.busy:
            step, done, whole = progress.now
            busy = wording_backup.progress(step, done, whole)
            self._put(replace(self.state, busy=busy, stoppable=step.value != "swap"))

    def _put(self, state: BringBackState) -> None:
        hint = wording.password_hint(self.typed.password, self.typed.again)
        self.state = replace(state, hint=_missing(state, self.typed), password_hint=hint)
        self._show(self.state)


def _missing(state: BringBackState, typed: Typed) -> str:
    wanted: tuple[tuple[str, bool], ...] = ()
    if state.stage is Stage.BACKUP:
        wanted = (("place", bool(typed.place.strip())), ("paper", bool(typed.paper.strip())))
    elif state.stage is Stage.PERSON:
        wanted = (
            ("person", bool(typed.person)),
            ("password", not wording.password_hint(typed.password, typed.again)),
            ("code", not typed.has_code or bool(typed.code.strip())),
            ("name", not typed.has_code or bool(typed.name.strip())),
        )
    missing = [words.MISSING[name] for name, there in wanted if not there]
    return f"Still missing: {', '.join(missing)}" if missing else ""
