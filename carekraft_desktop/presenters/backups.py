"""Backups and restore: what there is, one made now, a restore tried, where they go."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from carekraft_desktop.domain.backups import DRILL, Freshness, freshness
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.presenters import wording, wording_errors
from carekraft_desktop.presenters import wording_backup as words
from carekraft_desktop.presenters.again import AskAgain, no_question
from carekraft_desktop.presenters.pieces import Cell, Empty, Mark, Problem, Row, Tone
from carekraft_desktop.presenters.progress import Progress, Watch
from carekraft_desktop.presenters.tasks import Done, Failed
from carekraft_desktop.presenters.wording_again import WHY as AGAIN
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain.backups import Backup, Step
    from carekraft_desktop.presenters.tasks import Outcome, Runner, Timers
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.services.backup import Made
    from carekraft_desktop.services.backups_at_hand import Overview
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.restore_drill import Tried
    from carekraft_desktop.services.step_up import StepUp

T = TypeVar("T")


class BackupUses(Protocol):
    """See `services/backups_at_hand.py`."""

    def overview(self) -> Overview:
        """Everything on the page; slow where a share is slow."""
        ...

    def make(self, proof: StepUp | None, told: Callable[[Step, int, int], None]) -> Made:
        """One that somebody asks for."""
        ...

    def choose(self, folder: str, proof: StepUp | None) -> None:
        """Whether backups may go there."""
        ...

    def try_restore(
        self, place: Path, password: str, code: str, told: Callable[[Step, int, int], None]
    ) -> Tried:
        """A trial by whoever sits here."""
        ...


class BackupsState(Value, frozen=True):
    """Everything on the page."""

    rows: tuple[Row, ...] = ()
    chosen: str = ""
    """The backup that is marked."""
    newest: str = ""
    newest_mark: Mark | None = None
    where: str = ""
    own: bool = True
    """On this computer only."""
    drilled: str = ""
    drill_due: bool = False
    warning: str = ""
    trying: bool = False
    """The password for a trial is asked for."""
    asking: bool = False
    """Whether the office is really to be restored."""
    needs_code: bool = False
    busy: str = ""
    said: str = ""
    problem: Problem | None = None
    none: Empty | None = None
    empty: Empty | None = None
    stamp: int = 0
    """Grows when the password has to be emptied."""

    @property
    def idle(self) -> bool:
        """Whether the buttons can be pressed."""
        return not self.busy


class BackupsPresenter:
    """For the privacy officer and the IT administrator."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[BackupsState], None],
        *,
        backups: BackupUses,
        runner: Runner,
        copies: Runner,
        timers: Timers,
        when: OfficeTime,
        needs_code: Callable[[], bool] = lambda: False,
        keep_folder: Callable[[str], None] = lambda _: None,
        restore: Callable[[str], None] = lambda _: None,
        again: AskAgain = no_question,
    ) -> None:
        """Make it.

        Args:
            desk: who sits here.
            show: puts a state on the screen.
            backups: what can be done.
            runner: for a look at the folders.
            copies: for whatever makes or reads a whole backup.
            timers: to look how far it is.
            when: how hours are told.
            needs_code: whether the workstation code is typed as well.
            keep_folder: writes the chosen folder into the settings.
            restore: locks the office and goes on with this backup's folder.
            again: asks for the password (REQ-19).
        """
        self._desk, self._show, self._backups = desk, show, backups
        self._runner, self._when, self._again = runner, when, again
        self._copies = copies
        self._needs_code, self._keep, self._restore = needs_code, keep_folder, restore
        self._watch = Watch(timers, self._how_far)
        self._found: dict[str, Backup] = {}
        self._gone = False
        self.state = BackupsState()

    # -- showing ------------------------------------------------------------------------

    def refresh(self) -> None:
        """Look at the folders."""
        if not self._desk.staff.may(Right.BACK_UP):
            no = words.NO_RIGHT
            self._put(BackupsState(empty=Empty(no.title, no.advice, icon="shield-off")))
            return
        if not self.state.busy:
            self._runner.submit(self._backups.overview, self._looked)

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        self._when = when
        self.refresh()

    def leave(self) -> None:
        """The page is going; what is under way ends at its next word."""
        self._gone = True
        self._watch.break_off()
        self._watch.end()

    def _looked(self, outcome: Outcome[Overview]) -> None:
        if self._gone:
            return
        match outcome:
            case Done(found):
                self._put(self._built(found))
            case Failed(error):
                self._put(replace(self.state, problem=Problem.of(error)))

    def _built(self, found: Overview) -> BackupsState:
        now = self._desk.now()
        there = found.shelf.backups
        self._found = {each.id: each for each in there}
        last = there[0].made_at if there else 0
        stands = freshness(last, now)
        chosen = self.state.chosen if self.state.chosen in self._found else ""
        none = words.NONE_YET
        return replace(
            self.state,
            rows=tuple(self._row(each, found) for each in there),
            chosen=chosen or (there[0].id if there else ""),
            newest=self._when.day_and_clock(last) if last else words.NEVER,
            newest_mark=_MARK[stands],
            where=found.folder,
            own=found.own,
            drilled=self._when.day_and_clock(found.last_drill) if found.last_drill else words.NEVER,
            drill_due=bool(there) and now - found.last_drill >= DRILL,
            warning=self._warning(found),
            needs_code=self._needs_code(),
            none=None if there else Empty(none.title, none.advice, icon="cloud-upload"),
        )

    @staticmethod
    def _warning(found: Overview) -> str:
        said = []
        if found.shelf.missing:
            error = wording_errors.ERRORS["folder-missing"]
            said.append(f"{error.title}. {error.advice}")
        if found.shelf.damaged:
            number = wording.count(len(found.shelf.damaged), "backup", "backups")
            said.append(words.DAMAGED.format(number=number))
        return " ".join(said)

    def _row(self, each: Backup, found: Overview) -> Row:
        note = words.OTHER_PAPER if each.id in found.other_paper else ""
        return Row(
            each.id,
            (
                Cell(self._when.day_and_clock(each.made_at), strong=True),
                Cell(words.WHY.get(each.why, each.why)),
                Cell(words.holds(each.patients, each.bookings)),
                Cell(words.size(each.size), quiet=True),
                Cell(self._when.short_day(each.goes_at), quiet=True),
                Cell("", mark=Mark(words.TRIED_MARK, Tone.CONFIRMED))
                if not note
                else Cell(note, tip=note, quiet=True),
            ),
        )

    # -- gestures -----------------------------------------------------------------------

    def choose(self, id_: str) -> None:
        """Another backup is marked."""
        if id_ in self._found:
            self._put(replace(self.state, chosen=id_, asking=False))

    def make(self) -> None:
        """One is made now."""
        if self.state.idle:
            self._again(AGAIN["backup"], self._make)

    def ask_restore(self) -> None:
        """Whether the office is really to be restored."""
        if self.state.idle and self.state.chosen:
            self._put(replace(self.state, asking=True, trying=False, said="", problem=None))

    def ask_trial(self) -> None:
        """The password for a trial is asked for."""
        if self.state.idle and self.state.chosen:
            self._put(replace(self.state, trying=True, asking=False, said="", problem=None))

    def not_now(self) -> None:
        """Neither."""
        self._put(replace(self.state, trying=False, asking=False, stamp=self.state.stamp + 1))

    def restore(self) -> None:
        """It is: the office is locked and the restore goes on from there."""
        chosen = self._found.get(self.state.chosen)
        if chosen is not None and self.state.asking:
            self._put(replace(self.state, asking=False))
            self._restore(chosen.place)

    def try_restore(self, password: str, code: str = "") -> None:
        """Try the marked backup."""
        chosen = self._found.get(self.state.chosen)
        if chosen is None or not self.state.idle or not password:
            return
        place = Path(chosen.place)
        self._work(
            lambda told: self._backups.try_restore(place, password, code, told),
            lambda tried: words.TRIED.format(
                patients=wording.count(tried.patients, "patient", "patients"),
                bookings=wording.count(tried.bookings, "booking", "bookings"),
                seconds=words.seconds(tried.seconds),
            ),
        )

    def choose_folder(self, folder: str) -> None:
        """Backups go to another folder from now on; "" for this computer's own."""
        if self.state.idle:
            self._again(AGAIN["backup"], lambda proof: self._choose(folder, proof))

    def break_off(self) -> None:
        """What is under way is not wanted any more."""
        self._watch.break_off()

    # -- carried out --------------------------------------------------------------------

    def _make(self, proof: StepUp | None) -> None:
        self._work(lambda told: self._backups.make(proof, told), self._made)

    @staticmethod
    def _made(made: Made) -> str:
        if made.trouble:
            error = wording_errors.ERRORS[made.trouble]
            return f"{words.MADE_HERE} {error.title}. {error.advice}"
        return words.MADE.format(
            patients=wording.count(made.backup.patients, "patient", "patients"),
            bookings=wording.count(made.backup.bookings, "booking", "bookings"),
        )

    def _choose(self, folder: str, proof: StepUp | None) -> None:
        def chosen(_told: Callable[[Step, int, int], None]) -> None:
            self._backups.choose(folder, proof)
            self._keep(folder)

        self._work(chosen, lambda _none: words.CHOSEN)

    def _work(
        self,
        work: Callable[[Callable[[Step, int, int], None]], T],
        ended: Callable[[T], str],
    ) -> None:
        progress = self._watch.begin()
        busy = words.BEGINNING
        self._put(replace(self.state, busy=busy, said="", problem=None, asking=False))

        def report(outcome: Outcome[T]) -> None:
            if self._gone:
                return
            self._watch.end()
            stamp = self.state.stamp + 1
            match outcome:
                case Done(value):
                    said = ended(value)
                    self._put(replace(self.state, busy="", said=said, trying=False, stamp=stamp))
                    self.refresh()
                case Failed(error):
                    problem = Problem.of(error)
                    self._put(replace(self.state, busy="", problem=problem, stamp=stamp))

        self._copies.submit(lambda: work(progress.told), report)

    def _how_far(self, progress: Progress) -> None:
        if progress.now is not None and self.state.busy:
            self._put(replace(self.state, busy=words.progress(*progress.now)))

    def _put(self, state: BackupsState) -> None:
        self.state = state
        self._show(state)


_MARK: dict[Freshness, Mark] = {
    Freshness.FRESH: Mark("Fresh", Tone.CONFIRMED),
    Freshness.LATE: Mark("More than 36 hours old", Tone.WARN),
    Freshness.VERY_LATE: Mark("More than two days old", Tone.BAD),
    Freshness.NEVER: Mark("None yet", Tone.BAD),
}
