"""What the parts of the desk's main screen share: what was read, and the state made of it."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from carekraft_desktop.domain.marks import NO_MARKS
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.errors import CareKraftError, NoLongerThere
from carekraft_desktop.presenters import inbox, wording
from carekraft_desktop.presenters.day import blocks, columns, extent, monday, week
from carekraft_desktop.presenters.detail import detail
from carekraft_desktop.presenters.moving import Ghost, ghost
from carekraft_desktop.presenters.pieces import Empty, Problem
from carekraft_desktop.presenters.times import OfficeTime, long_day, week_of
from carekraft_desktop.presenters.today_state import TodayState
from carekraft_desktop.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain import Moment
    from carekraft_desktop.domain.marks import Marks
    from carekraft_desktop.domain.patients import DataClass
    from carekraft_desktop.domain.pending import Seen
    from carekraft_desktop.domain.visits import Provider
    from carekraft_desktop.presenters.day import Column
    from carekraft_desktop.presenters.uses import ChangeUses, MarkUses, OfficeUses, VisitUses
    from carekraft_desktop.services.changes import Changed
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.visits import Card


class Board:
    """Reads the office anew after each gesture; the gestures themselves are in the parts."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[TodayState], None],
        *,
        visits: VisitUses,
        office: OfficeUses,
        changes: ChangeUses,
        marks: MarkUses,
        when: OfficeTime,
    ) -> None:
        """As `TodayPresenter`'s."""
        self.desk, self._show = desk, show
        self.visits, self.office, self.when = visits, office, when
        self.changes, self.marks = changes, marks
        self._marks: dict[str, Marks] = {}
        self.providers: tuple[Provider, ...] = ()
        self.inbox: tuple[Seen, ...] = ()
        self.changed: tuple[Changed, ...] = ()
        self.seen: tuple[Seen, ...] = ()
        self.revealed: frozenset[DataClass] = frozenset()
        self.who = ""
        """Whose week is shown."""
        self.card: Card | None = None
        today = self.today()
        self.state = TodayState(day=today, title=long_day(today), is_today=True)

    def refresh(self) -> None:
        """Read everything anew; the open card only if it has changed (REQ-11 counts openings)."""
        try:
            if self.card is not None and not self.visits.same(self.desk, self.card):
                self.card = None
        except CareKraftError:
            self.card = None
        self.again()

    def again(self) -> None:
        """The same without opening the card again: each opening is written in the journal."""
        try:
            state = self._read(self.state)
        except CareKraftError as error:
            state = replace(self.state, problem=Problem.of(error))
        self.put(state)

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        self.when = when
        self.refresh()

    def tick(self) -> None:
        """A minute has passed: the now-line, ages and late visits move on."""
        before, today = self.state, self.today()
        left = monday(before.day) != monday(today) if before.week else before.day != today
        if before.is_today and left:
            self.state = replace(self.state, day=today)
        self.again()

    def now(self) -> Moment:
        """The current moment."""
        return self.desk.now()

    def today(self) -> date:
        """The current day in the office."""
        return self.when.day(self.now())

    def put(self, state: TodayState) -> None:
        """Make this the state and show it."""
        self.state = state
        self._show(state)

    def _read(self, state: TodayState) -> TodayState:
        if not self.desk.staff.may(Right.SEE_SCHEDULE):
            return replace(state, day_empty=_no_right())
        now, when = self.now(), self.when
        self.providers = self.office.providers(self.desk)
        self.inbox = self.visits.inbox(self.desk)
        self.changed = self.changes.changed(self.desk)
        waiting = [seen.entry.id for seen in self.inbox]
        waiting += [found.seen.entry.id for found in self.changed]
        self._marks = self.marks.of_visits(self.desk, waiting)
        marked = state.marked & {seen.entry.id for seen in self.inbox}
        listed = inbox.rows(self, marked)
        today = when.day(now)
        state = self._whose(state)
        seen, shown = self._columns(state, today)
        self.seen = seen
        placed = blocks(seen, shown, when=when, now=now, cancelled=state.show_cancelled)
        first, last = extent(shown, placed)
        days = [column.day for column in shown] if state.week else [state.day]
        read = replace(
            state,
            title=week_of(days[0], days[-1]) if state.week else long_day(state.day),
            is_today=monday(state.day) == monday(today) if state.week else state.day == today,
            columns=shown,
            blocks=placed,
            first=first,
            last=last,
            now=when.minute(now, today) if today in days else None,
            now_column=days.index(today) if state.week and today in days else None,
            clock=when.clock(now),
            hours=tuple(when.of_minute(minute) for minute in range(first, last + 1, 60)),
            cancelled=sum(visit.status is Status.CANCELLED for visit in seen),
            inbox=listed,
            marked=marked,
            inbox_note=inbox.note(self, len(marked)),
            inbox_empty=inbox.empty() if not listed else None,
            day_empty=_no_providers() if not shown else None,
            day_note=_no_visits(state) if shown and not placed else "",
        )
        read = replace(read, ghost=self._still(read))
        return self._with_detail(read, now)

    def _whose(self, state: TodayState) -> TodayState:
        """Whose weeks there are; without any provider there is no week."""
        people = self.weeks()
        ids = [provider.id for provider in people]
        return replace(
            state,
            week=state.week and bool(people),
            providers=tuple(provider.name for provider in people),
            who=ids.index(self.who) if self.who in ids else 0,
        )

    def weeks(self) -> tuple[Provider, ...]:
        """Whose weeks there are: everybody who can be booked, and whoever is shown."""
        return tuple(each for each in self.providers if each.active or each.id == self.who)

    def _columns(
        self, state: TodayState, today: date
    ) -> tuple[tuple[Seen, ...], tuple[Column, ...]]:
        """The visits on the screen, and the columns they stand in."""
        if not state.week:
            seen = self.visits.day(self.desk, *self.when.span(state.day))
            return seen, columns(self.providers, seen, state.day)
        first, provider = monday(state.day), self.weeks()[state.who]
        begin, end = self.when.midnight(first), self.when.midnight(first + timedelta(days=7))
        seen = tuple(
            each
            for each in self.visits.day(self.desk, begin, end)
            if each.provider_id == provider.id
        )
        return seen, week(provider, seen, first, today=today, when=self.when)

    def _with_detail(self, state: TodayState, now: Moment) -> TodayState:
        if not state.selected:
            return replace(state, detail=None, choice=None)
        try:
            card = self._open(state.selected)
        except NoLongerThere as error:
            self.revealed = frozenset()
            return replace(state, selected="", detail=None, choice=None, problem=Problem.of(error))
        pane = detail(
            card,
            provider=self.name_of(card.seen.provider_id),
            staff=self.desk.staff,
            device=self.desk.device,
            when=self.when,
            now=now,
            revealed=self.revealed,
            changes=inbox.change_lines(card.changes, self.when, self.name_of),
        )
        choice = state.choice
        if choice is not None and pane.action(choice.act) is None:
            choice = None
        return replace(state, detail=pane, choice=choice)

    def _open(self, visit_id: str) -> Card:
        if self.card is None or self.card.visit.id != visit_id:
            self.card = self.visits.card(self.desk, visit_id)
        return self.card

    def name_of(self, provider_id: str) -> str:
        """A provider's name."""
        names = (found.name for found in self.providers if found.id == provider_id)
        return next(names, wording.OTHER_PROVIDER)

    def bookable(self) -> tuple[Provider, ...]:
        """Whose time can be given."""
        return tuple(provider for provider in self.providers if provider.active)

    def safe_read(self) -> TodayState:
        """Read anew after an act; what failed stays on the screen."""
        problem, self.card = self.state.problem, None
        try:
            read = self._read(self.state)
        except CareKraftError as error:
            return replace(self.state, problem=Problem.of(error))
        return replace(read, problem=read.problem or problem)

    def place(self, visit_id: str) -> int | None:
        """Where a booking stands in the inbox, None when it is not there."""
        keys = [row.key for row in self.state.inbox]
        return keys.index(visit_id) if visit_id in keys else None

    def count_requests(self) -> int:
        """How many requests wait for an answer; 0 for a role that may not know."""
        if not self.desk.staff.may(Right.SEE_SCHEDULE):
            return 0
        asked = {seen.entry.id for seen in self.visits.inbox(self.desk)}
        return len(asked | {each.seen.entry.id for each in self.changes.changed(self.desk)})

    def marks_of(self, visit_id: str) -> Marks:
        """What colleagues have marked on a booking of the inbox, or on the open one."""
        if self.card is not None and self.card.visit.id == visit_id:
            return self.card.marks
        return self._marks.get(visit_id, NO_MARKS)

    def movable(self, visit_id: str) -> Seen | None:
        """The visit on the screen if this person may move it."""
        if not self.desk.staff.may(Right.ANSWER_BOOKINGS):
            return None
        seen = next((each for each in self.seen if each.entry.id == visit_id), None)
        return seen if seen is not None and seen.status is Status.CONFIRMED else None

    def ghost_of(self, seen: Seen, column: int, minute: int, state: TodayState) -> Ghost:
        """Where the visit would stand in a column from a minute on."""
        return ghost(
            seen,
            column,
            minute,
            shown=state.columns,
            others=self.seen,
            providers=self.providers,
            when=self.when,
            now=self.now(),
            week=state.week,
        )

    def _still(self, state: TodayState) -> Ghost | None:
        """The held visit over what was just read; None where it can no longer be moved."""
        held = state.ghost
        seen = self.movable(held.visit_id) if held is not None else None
        if held is None or seen is None or held.column >= len(state.columns):
            return None
        if state.columns[held.column].provider_id != held.to.provider_id:
            return None
        return self.ghost_of(seen, held.column, held.start, state)


def _no_visits(state: TodayState) -> str:
    return wording.WEEK_EMPTY if state.week else wording.DAY_EMPTY


def _no_right() -> Empty:
    words = wording.NO_SCHEDULE
    return Empty(words.title, words.advice, icon="shield-off")


def _no_providers() -> Empty:
    words = wording.NO_PROVIDERS
    return Empty(words.title, words.advice, icon="calendar-days")
