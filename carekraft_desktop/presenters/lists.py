"""The page of lists: choose one, walk it, act with one key, go on to the next line."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording, wording_desk, wording_errors
from carekraft_desktop.presenters.pieces import Empty, Problem, Row, Toast
from carekraft_desktop.presenters.worklists import OUTCOMES, Calls, Done, Step, Sweep, ToEnter
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.presenters.tasks import Timers
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.uses import (
        CallUses,
        HandoverUses,
        MarkUses,
        OfficeUses,
        VisitUses,
    )
    from carekraft_desktop.presenters.worklists import Worklist
    from carekraft_desktop.services.desk import Desk

CLIPBOARD_SECONDS = 30
"""The copied booking is taken from the clipboard after so long (REQ-92)."""
DIAL_SECONDS = 60
"""A number in large type is covered again after so long (REQ-03)."""


class Tab(StrEnum):
    """The lists, in their order."""

    ENTER = "enter"
    CALL = "call-list"
    SWEEP = "sweep"


class Clipboard(Protocol):
    """The operating system's clipboard."""

    def hold(self, text: str, seconds: int) -> None:
        """Put `text` there, out of any history, and take it away after `seconds` if still ours."""
        ...


class ListsState(Value, frozen=True):
    """Everything on the screen."""

    tab: Tab = Tab.ENTER
    tabs: tuple[tuple[Tab, str, int], ...] = ()
    """Each list with its title and how many lines it has."""
    advice: str = ""
    heads: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    selected: str = ""
    sentence: str = ""
    dial: str = ""
    """A telephone number in large type."""
    outcomes: tuple[str, ...] = ()
    """How a call can have ended, while that is asked."""
    steps: tuple[Step, ...] = ()
    empty: Empty | None = None
    problem: Problem | None = None


class ListsPresenter:
    """Holds one list at a time."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[ListsState], None],
        *,
        visits: VisitUses,
        office: OfficeUses,
        marks: MarkUses,
        handover: HandoverUses,
        calls: CallUses,
        clipboard: Clipboard,
        timers: Timers,
        told: Callable[[Toast], None],
        acted: Callable[[], None],
        open_visit: Callable[[str], None],
        printed: Callable[[], None],
        when: OfficeTime,
    ) -> None:
        """Make it; nothing is read before `refresh`.

        Args:
            desk: who acts, and on which store.
            show: puts a state on the screen.
            visits: the services about visits.
            office: for the providers' names.
            marks: the services about colleagues' marks.
            handover: the services about the practice system.
            calls: the services about whom to call.
            clipboard: where a copied booking goes.
            timers: for covering a number again.
            told: shows a toast.
            acted: called after each act.
            open_visit: shows a visit on its day.
            printed: prints the list of calls.
            when: the office's zone and spelling of times.
        """
        self._desk, self._show, self._visits, self._office = desk, show, visits, office
        self._handover, self._clipboard, self._timers = handover, clipboard, timers
        self._told, self._acted, self._open_visit = told, acted, open_visit
        self._print = printed
        self._names: dict[str, str] = {}
        self.sweep = Sweep(desk, when, self._names, visits=visits)
        self._lists: dict[Tab, Worklist] = {
            Tab.ENTER: ToEnter(desk, when, self._names, handover=handover, marks=marks),
            Tab.CALL: Calls(desk, when, self._names, calls=calls, marks=marks),
            Tab.SWEEP: self.sweep,
        }
        self._last = ""
        self._cover: Callable[[], None] | None = None
        self.state = ListsState()

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        for each in self._lists.values():
            each.when = when
        self.refresh()

    def refresh(self) -> None:
        """Read everything anew."""
        if not self._desk.staff.may(Right.SEE_SCHEDULE):
            words = wording.NO_SCHEDULE
            self._put(ListsState(empty=Empty(words.title, words.advice, icon="shield-off")))
            return
        try:
            self._names.update({p.id: p.name for p in self._office.providers(self._desk)})
            rows = {tab: each.read() for tab, each in self._lists.items()}
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        self._put(self._built(self.state, rows))

    def tick(self) -> None:
        """Ages grow, and visits of the day begin."""
        self.refresh()

    def leave(self) -> None:
        """The screen goes away: no number stays uncovered."""
        self._hide()

    def cover_up(self) -> None:
        """The screen is covered, and comes back without what was uncovered (REQ-03)."""
        self._hide()

    def count_to_enter(self) -> int:
        """How many bookings are not entered; 0 for a role that may not know."""
        if not self._desk.staff.may(Right.SEE_SCHEDULE):
            return 0
        return self._handover.count(self._desk)

    def _put(self, state: ListsState) -> None:
        self.state = state
        self._show(state)

    def _built(self, state: ListsState, rows: dict[Tab, tuple[Row, ...]]) -> ListsState:
        here, lines = self._lists[state.tab], rows[state.tab]
        keys = [row.key for row in lines]
        before = [row.key for row in state.rows]
        chosen = state.selected
        if chosen not in keys:
            place = before.index(chosen) if chosen in before else 0
            chosen = keys[min(place, len(keys) - 1)] if keys else ""
        same = chosen == state.selected
        return replace(
            state,
            tabs=tuple((tab, each.title, len(rows[tab])) for tab, each in self._lists.items()),
            advice=here.advice,
            heads=here.heads,
            rows=lines,
            selected=chosen,
            sentence=here.sentence(chosen),
            dial=state.dial if same else "",
            outcomes=state.outcomes if same else (),
            steps=here.steps(chosen),
            empty=here.empty if not lines else None,
            problem=None,
        )

    # -- gestures -----------------------------------------------------------------------

    def go(self, tab: Tab) -> None:
        """Another list."""
        if tab is not self.state.tab:
            self._hide()
            self.state = ListsState(tab=tab)
        self.refresh()

    def choose(self, key: str) -> None:
        """Another line."""
        if key != self.state.selected:
            self._hide()
            self.state = replace(self.state, selected=key, dial="", outcomes=())
            self.refresh()

    def open(self) -> None:
        """Enter: the chosen visit on its day, or the end of the sweep."""
        if self.state.tab is Tab.SWEEP:
            self.press("finish")
        elif self.state.selected:
            self._open_visit(self.state.selected)

    def close(self) -> None:
        """Back: no number, no question."""
        self._hide()
        self._put(replace(self.state, dial="", outcomes=()))

    def digit(self, number: int) -> None:
        """How the call ended, by its number from 1 on."""
        if self.state.outcomes and 1 <= number <= len(OUTCOMES):
            self.press(f"outcome-{number - 1}")

    def press(self, name: str) -> None:
        """A button or its key; nothing happens where the line does not allow it."""
        if name == "print":
            if self.state.tab is Tab.CALL and self.state.rows:
                self._print()
            return
        try:
            done = self._lists[self.state.tab].do(name, self.state.selected)
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        if done is not None:
            self._after(done)

    def _after(self, done: Done) -> None:
        if done.dial:
            self._dial(done.dial)
            return
        words = done.words
        if done.copied:
            self._clipboard.hold(done.copied, CLIPBOARD_SECONDS)
            words = wording_desk.COPIED.format(title=done.words, seconds=CLIPBOARD_SECONDS)
        self._told(Toast(words, undo=done.undo, seconds=self._desk.undo_seconds))
        if done.undo:
            self._last = done.undo
            self._hide()
            self.state = replace(self.state, dial="", outcomes=())
            self._acted()
        if done.left:
            self._open_visit("")
            return
        self.refresh()

    def _dial(self, number: str) -> None:
        words = tuple(wording_desk.OUTCOME.values())
        self._hide()
        self._cover = self._timers.after(DIAL_SECONDS, self.close)
        self._put(replace(self.state, dial=number, outcomes=words, problem=None))

    def _hide(self) -> None:
        if self._cover is not None:
            self._cover()
            self._cover = None

    def undo(self, key: str = "") -> None:
        """Take the last mark back."""
        wanted, self._last = key or self._last, ""
        if not wanted:
            return
        try:
            self._visits.undo(self._desk, wanted)
        except CareKraftError as error:
            self._told(Toast(wording_errors.of_error(error).title))
        else:
            self._told(Toast(wording.UNDONE))
            if self.state.tab is Tab.SWEEP:
                self.sweep.taken_back()
            self._acted()
        self.refresh()
