"""Taking this computer out of service: what stands in the way, what goes, what stays (REQ-98)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.domain.retiring import Obstacle
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import StillNeeded
from carekraft_desktop.presenters import wording, wording_backup
from carekraft_desktop.presenters import wording_retiring as words
from carekraft_desktop.presenters.again import AskAgain, no_question
from carekraft_desktop.presenters.pieces import Cell, Empty, Problem, Row
from carekraft_desktop.presenters.progress import Progress, Watch
from carekraft_desktop.presenters.shell import Page
from carekraft_desktop.presenters.tasks import Done, Failed
from carekraft_desktop.presenters.times import written_date
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain.backups import Step
    from carekraft_desktop.domain.retiring import Outlook
    from carekraft_desktop.presenters.tasks import Outcome, Runner, Timers
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.retiring import Settled
    from carekraft_desktop.services.step_up import StepUp

PAGE_FOR: dict[Obstacle, Page] = {
    Obstacle.UNSENT: Page.OUTBOX,
    Obstacle.UNSENT_REFERRALS: Page.OUTBOX,
    Obstacle.UNREAD: Page.OUTBOX,
    Obstacle.RECEIPTS: Page.OUTBOX,
    Obstacle.HOLDS: Page.KEPT,
    Obstacle.BACKUP: Page.BACKUPS,
}
"""Where each is seen to."""
_UNREACHED = frozenset({"offline", "exchange-unavailable"})


class RetiringUses(Protocol):
    """See `services/retiring_at_hand.py`."""

    def look(self) -> Outlook:
        """How it stands now; slow where a share is slow."""
        ...

    def settle(
        self,
        place: Path,
        proof: StepUp | None,
        *,
        backups_here: bool,
        untold: bool,
        told: Callable[[Step, int, int], None],
    ) -> Settled:
        """Up to the point of no return."""
        ...


class Point(Value, frozen=True):
    """One thing that stands in the way."""

    title: str
    advice: str
    page: Page


class RetiringState(Value, frozen=True):
    """Everything on the page."""

    ready: bool = False
    """It has been looked at."""
    points: tuple[Point, ...] = ()
    notes: tuple[str, ...] = ()
    stays: tuple[Row, ...] = ()
    here: int = 0
    """Backups on this computer."""
    backups_here: bool = False
    can_choose: bool = False
    """Whether those may go: there are others."""
    offer_untold: bool = False
    untold: bool = False
    asking: str = ""
    """Where the certificate would go; whether it is really meant is asked."""
    busy: str = ""
    problem: Problem | None = None
    empty: Empty | None = None

    @property
    def can_go(self) -> bool:
        """Whether nothing stands in the way."""
        return self.ready and not self.points and not self.busy


class RetiringPresenter:
    """For the privacy officer."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[RetiringState], None],
        *,
        retiring: RetiringUses,
        runner: Runner,
        timers: Timers,
        when: OfficeTime,
        go_to: Callable[[Page], None],
        settled: Callable[[Settled], None],
        again: AskAgain = no_question,
    ) -> None:
        """Make it.

        Args:
            desk: who sits here.
            show: puts a state on the screen.
            retiring: what can be done.
            runner: for everything that is slow.
            timers: to look how far it is.
            when: how hours are told.
            go_to: leads to where something is seen to.
            settled: closes the office and goes on; called once, at the point of no return.
            again: asks for the password (REQ-19).
        """
        self._desk, self._show, self._retiring = desk, show, retiring
        self._runner, self._when, self._go_to = runner, when, go_to
        self._settled, self._again = settled, again
        self._watch = Watch(timers, self._how_far)
        self._gone = False
        self._outlook: Outlook | None = None
        self.state = RetiringState()

    def refresh(self) -> None:
        """Look what is only here."""
        if not self._desk.staff.may(Right.RETIRE_WORKSTATION):
            no = words.NO_RIGHT
            self._put(RetiringState(empty=Empty(no.title, no.advice, icon="shield-off")))
            return
        if not self.state.busy:
            self._put(replace(self.state, busy=words.LOOKING, asking=""))
            self._runner.submit(self._retiring.look, self._looked)

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        self._when = when
        if self._outlook is not None:
            self._put(self._built(self._outlook))

    def leave(self) -> None:
        """The page is going; what is under way ends at its next word."""
        self._gone = True
        self._watch.break_off()
        self._watch.end()

    # -- gestures -----------------------------------------------------------------------

    def go(self, page: Page) -> None:
        """To where something is seen to."""
        self._go_to(page)

    def with_backups(self, *, on: bool) -> None:
        """Those on this computer go as well, or stay."""
        if self._outlook is not None and self.state.can_choose:
            self.state = replace(self.state, backups_here=on)
            self._put(self._built(self._outlook))

    def without_telling(self, *, on: bool) -> None:
        """Go on although the exchange cannot be reached."""
        if self.state.offer_untold:
            self._put(replace(self.state, untold=on))

    def ask(self, place: str) -> None:
        """A place for the certificate was chosen: is it really meant?"""
        if place and self.state.can_go:
            self._put(replace(self.state, asking=place, problem=None))

    def not_now(self) -> None:
        """It is not."""
        self._put(replace(self.state, asking=""))

    def destroy(self) -> None:
        """It is."""
        if self.state.asking and self.state.can_go:
            self._again(words.PURPOSE, self._settle)

    def break_off(self) -> None:
        """Not wanted any more, as long as it is the last backup that is made."""
        self._watch.break_off()

    # -- carried out --------------------------------------------------------------------

    def _settle(self, proof: StepUp | None) -> None:
        state, place = self.state, Path(self.state.asking)
        progress = self._watch.begin()
        self._put(replace(state, busy=words.BEGINNING, asking="", problem=None))
        self._runner.submit(
            lambda: self._retiring.settle(
                place,
                proof,
                backups_here=state.backups_here,
                untold=state.untold,
                told=progress.told,
            ),
            self._reported,
        )

    def _reported(self, outcome: Outcome[Settled]) -> None:
        self._watch.end()
        match outcome:
            case Done(settled):
                # Also where the page has gone meanwhile: it is decided.
                self._settled(settled)
            case Failed(error):
                if self._gone:
                    return
                problem, offered = Problem.of(error), error.code in _UNREACHED
                if offered:
                    problem = replace(problem, title=words.OUT_OF_REACH, advice=words.UNREACHED)
                self._put(replace(self.state, busy="", problem=problem, offer_untold=offered))
                if isinstance(error, StillNeeded):
                    self.refresh()

    def _looked(self, outcome: Outcome[Outlook]) -> None:
        if self._gone:
            return
        match outcome:
            case Done(found):
                if self._outlook is None:
                    self.state = replace(self.state, backups_here=bool(found.elsewhere))
                self._outlook = found
                self._put(self._built(found))
            case Failed(error):
                self._put(replace(self.state, busy="", problem=Problem.of(error)))

    def _built(self, found: Outlook) -> RetiringState:
        can_choose = bool(found.here and found.elsewhere)
        backups_here = self.state.backups_here and can_choose
        points = (
            Point(said.title, said.advice, PAGE_FOR[which])
            for which, number in found.obstacles
            for said in (words.obstacle(which, number),)
        )
        return replace(
            self.state,
            ready=True,
            busy="",
            points=tuple(points),
            notes=_notes(found),
            stays=self._stays(found, here=not backups_here),
            here=len(found.here),
            can_choose=can_choose,
            backups_here=backups_here,
        )

    def _stays(self, found: Outlook, *, here: bool) -> tuple[Row, ...]:
        return tuple(
            Row(
                f"{each.id}:{each.folder}",
                (
                    Cell(self._when.day_and_clock(each.made_at), strong=True),
                    Cell(each.folder, tip=each.folder),
                    Cell(written_date(each.until)),
                ),
            )
            for each in (*(found.here if here else ()), *found.elsewhere)
        )

    def _how_far(self, progress: Progress) -> None:
        if progress.now is not None and self.state.busy:
            self._put(replace(self.state, busy=wording_backup.progress(*progress.now)))

    def _put(self, state: RetiringState) -> None:
        self.state = state
        self._show(state)


def _notes(found: Outlook) -> tuple[str, ...]:
    count = wording.count
    said = [words.PEOPLE.format(number=count(found.people, "person", "people"))]
    if found.open_requests:
        number = count(found.open_requests, "request", "requests")
        said.append(words.REQUESTS.format(number=number))
    if found.open_incidents:
        number = count(found.open_incidents, "incident", "incidents")
        said.append(words.INCIDENTS.format(number=number))
    if found.open_requests or found.open_incidents:
        said.append(words.GO_ON)
    return tuple(said)
