"""The worst day: the store does not open. What is safe, and the ways on (D.4).

Restore the newest backup, save what can be read, or go on on paper. Deleting is not among them.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters import wording_backup as words
from carekraft_desktop.presenters.pieces import Problem
from carekraft_desktop.presenters.progress import Progress, Watch
from carekraft_desktop.presenters.tasks import Done, Failed
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain.backups import Backup, Step
    from carekraft_desktop.presenters.tasks import Outcome, Runner, Timers
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.words import Words
    from carekraft_desktop.services.backup_shelf import Shelf
    from carekraft_desktop.services.restore import Restored
    from carekraft_desktop.services.salvage import Salvaged


class Way(StrEnum):
    """What to do about it."""

    RESTORE = "restore"
    SALVAGE = "salvage"
    PAPER = "paper"


_WAYS: dict[str, tuple[Way, ...]] = {
    "asked": (Way.RESTORE,),
    "store-damaged": tuple(Way),
    "store-missing": (Way.RESTORE, Way.PAPER),
}
"""From a file that is gone nothing can be read."""


class Typed(Value, frozen=True):
    """What somebody typed; never kept in a state."""

    staff_id: str = ""
    password: str = ""
    code: str = ""
    recovery_key: str = ""
    """Instead of the rest."""


class RescueUses(Protocol):
    """See `wiring_backup.RescueAtHand`."""

    @property
    def needs_code(self) -> bool:
        """Whether the workstation code is typed as well."""
        ...

    def shelf(self, extra: str) -> Shelf:
        """Backups of this office in the usual folders, and in one that somebody named."""
        ...

    def restore(
        self, place: Path, typed: Typed, told: Callable[[Step, int, int], None]
    ) -> Restored:
        """Put one in place."""
        ...

    def salvage(self, typed: Typed, told: Callable[[Step, int, int], None]) -> Salvaged:
        """Save what can be read."""
        ...


class RescueState(Value, frozen=True):
    """Everything on the screen."""

    why: Words
    ways: tuple[Way, ...] = tuple(Way)
    way: Way = Way.RESTORE
    backups: tuple[tuple[str, str], ...] = ()
    """Folder and words of each, the newest first."""
    chosen: str = ""
    """Folder of the one that is to be restored."""
    person: str = ""
    """Who does it."""
    by_paper: bool = False
    needs_code: bool = False
    packet: str = ""
    """Where the downtime packet lies."""
    busy: str = ""
    stoppable: bool = True
    """Whether it can still be broken off."""
    problem: Problem | None = None
    done: tuple[str, ...] = ()
    """What became of it, in sentences; the page then leads to the lock page."""
    stamp: int = 0
    """Grows when the secrets have to be emptied."""


class RescuePresenter:
    """Made when a store does not open, or when somebody asks for a restore."""

    def __init__(
        self,
        uses: RescueUses,
        runner: Runner,
        show: Callable[[RescueState], None],
        *,
        timers: Timers,
        when: OfficeTime,
        person: tuple[str, str],
        why: str,
        packet: str,
        left: Callable[[], None],
        place: str = "",
    ) -> None:
        """Make it.

        Args:
            uses: what can be done.
            runner: for everything that is slow.
            show: puts a state on the screen.
            timers: to look how far it is.
            when: how hours are told.
            person: id and name of whoever was about to sign in.
            why: a key of `words.RESCUE`.
            packet: where the downtime packet lies.
            left: back to the lock page.
            place: the backup that was chosen already.
        """
        self._uses, self._runner, self._show = uses, runner, show
        self._when, self._left, self._place = when, left, place
        self._staff_id = person[0]
        self._watch = Watch(timers, self._how_far)
        self._gone = False
        ways = _WAYS[why]
        self.state = RescueState(
            words.RESCUE[why], ways=ways, person=person[1], packet=packet, chosen=place
        )

    def begin(self) -> None:
        """Show it, and look for backups."""
        self._show(self.state)
        self._look("")

    def leave(self) -> None:
        """The page is going."""
        self._gone = True
        self._watch.break_off()
        self._watch.end()

    # -- gestures -----------------------------------------------------------------------

    def take(self, way: Way) -> None:
        """Another way on."""
        if not self.state.busy:
            self._put(replace(self.state, way=way, problem=None))

    def choose(self, place: str) -> None:
        """Another backup."""
        if not self.state.busy:
            self._put(replace(self.state, chosen=place, problem=None))

    def look_in(self, folder: str) -> None:
        """Backups may lie in another folder."""
        if folder and not self.state.busy:
            self._look(folder)

    def use_paper(self, *, on: bool) -> None:
        """The recovery key instead of a password, or the other way round."""
        self._put(replace(self.state, by_paper=on, problem=None, stamp=self.state.stamp + 1))

    def go(self, password: str, code: str, recovery_key: str) -> None:
        """Do it."""
        if self.state.busy or self.state.done:
            return
        typed = (
            Typed(recovery_key=recovery_key)
            if self.state.by_paper
            else Typed(self._staff_id, password, code.strip())
        )
        progress = self._watch.begin()
        self._put(replace(self.state, busy=words.BEGINNING, stoppable=True, problem=None))
        if self.state.way is Way.SALVAGE:
            self._runner.submit(lambda: self._uses.salvage(typed, progress.told), self._salvaged)
        else:
            place = Path(self.state.chosen)
            self._runner.submit(
                lambda: self._uses.restore(place, typed, progress.told), self._restored
            )

    def break_off(self) -> None:
        """Not wanted any more."""
        self._watch.break_off()

    def back(self) -> None:
        """To the lock page."""
        if not self.state.busy:
            self._left()

    # -- what comes back ----------------------------------------------------------------

    def _look(self, extra: str) -> None:
        self._runner.submit(lambda: (self._uses.shelf(extra), self._uses.needs_code), self._looked)

    def _looked(self, outcome: Outcome[tuple[Shelf, bool]]) -> None:
        if self._gone:
            return
        match outcome:
            case Done((shelf, needs_code)):
                found = tuple((each.place, self._words(each)) for each in shelf.backups)
                places = [place for place, _ in found]
                chosen = self.state.chosen if self.state.chosen in places else ""
                self._put(
                    replace(
                        self.state,
                        backups=found,
                        chosen=chosen or (places[0] if places else ""),
                        needs_code=needs_code,
                    )
                )
            case Failed(error):
                self._put(replace(self.state, problem=Problem.of(error)))

    def _words(self, each: Backup) -> str:
        at = self._when.day_and_clock(each.made_at)
        return f"{at}  ({words.holds(each.patients, each.bookings)})"

    def _restored(self, outcome: Outcome[Restored]) -> None:
        match outcome:
            case Done(done):
                at = self._when.day_and_clock(done.backup.made_at)
                said = [words.RESTORED.format(at=at)]
                if not done.ours:
                    said.append(words.NOT_SIGNED)
                if done.carried.failed:
                    said.append(words.PARTLY_LOST.format(tables=words.tables(done.carried.failed)))
                if done.to_look_at:
                    number = wording.count(done.to_look_at, "act", "acts")
                    said.append(words.LOOK_OUTBOX.format(number=number))
                self._end(tuple(said))
            case Failed(error):
                self._fail(Problem.of(error))

    def _salvaged(self, outcome: Outcome[Salvaged]) -> None:
        match outcome:
            case Done(done):
                said = [words.SALVAGED.format(rows=wording.count(done.rows, "row", "rows"))]
                lost = tuple(table.table for table in done.not_whole)
                if lost:
                    said.append(words.NOT_WHOLE.format(tables=words.tables(lost)))
                self._end(tuple(said))
            case Failed(error):
                self._fail(Problem.of(error))

    def _end(self, said: tuple[str, ...]) -> None:
        self._watch.end()
        if not self._gone:
            stamp = self.state.stamp + 1
            self._put(replace(self.state, why=words.BACK_AGAIN, busy="", done=said, stamp=stamp))

    def _fail(self, problem: Problem) -> None:
        self._watch.end()
        if not self._gone:
            self._put(replace(self.state, busy="", problem=problem, stamp=self.state.stamp + 1))

    def _how_far(self, progress: Progress) -> None:
        if progress.now is not None and self.state.busy:
            step, done, whole = progress.now
            stoppable = step.value != "swap"
            busy = words.progress(step, done, whole)
            self._put(replace(self.state, busy=busy, stoppable=stoppable))

    def _put(self, state: RescueState) -> None:
        self.state = state
        self._show(state)
