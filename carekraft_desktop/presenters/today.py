"""The desk's main screen: the day or the week, the booking inbox, and the visit that is open."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import TYPE_CHECKING

from carekraft_desktop.domain.acts import Act, Cancel, Decline, Overlap
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.domain.visits import Opening, Status
from carekraft_desktop.errors import CareKraftError, NoLongerThere
from carekraft_desktop.presenters import choice as choices
from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters.day import (
    Block,
    Column,
    blocks,
    columns,
    extent,
    mark_of,
    monday,
    week,
)
from carekraft_desktop.presenters.detail import DetailState, detail
from carekraft_desktop.presenters.moving import SNAP, Ghost, clash, ghost, snapped
from carekraft_desktop.presenters.pieces import Cell, Empty, Problem, Row, Toast
from carekraft_desktop.presenters.times import OfficeTime, ago, long_day, week_of
from carekraft_desktop.presenters.typed import day_of, moment_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain import Moment
    from carekraft_desktop.domain.intentions import Intention
    from carekraft_desktop.domain.patients import DataClass
    from carekraft_desktop.domain.pending import Seen
    from carekraft_desktop.domain.visits import Provider
    from carekraft_desktop.presenters.choice import ChoiceState
    from carekraft_desktop.presenters.tasks import Timers
    from carekraft_desktop.presenters.uses import OfficeUses, OutboxUses, VisitUses
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.visits import Card

MASK_AFTER = 60
"""Seconds after which what was uncovered is covered again (REQ-03)."""
OPENINGS_DAYS = 14
INBOX_HEADS = ("Waiting", "Patient", "Wants", "With", "Status")

_NEEDS_REASON = frozenset({Act.DECLINE, Act.CANCEL})
_NEEDS_TIME = frozenset({Act.PROPOSE, Act.MOVE})


@dataclass(frozen=True, slots=True)
class Jump:
    """The field for a day to go to."""

    typed: str = ""
    reading: str = ""
    """How it is understood so far."""
    problem: str = ""


@dataclass(frozen=True, slots=True)
class TodayState:
    """Everything on the screen."""

    day: date
    title: str
    is_today: bool
    """Whether today is on the screen."""
    week: bool = False
    """The week of one provider instead of the day of all."""
    providers: tuple[str, ...] = ()
    """Whose week can be shown, by name."""
    who: int = 0
    """Whose week is shown, as a place in `providers`."""
    jump: Jump | None = None
    ghost: Ghost | None = None
    """Where a visit that is being moved would stand."""
    columns: tuple[Column, ...] = ()
    blocks: tuple[Block, ...] = ()
    first: int = 480
    last: int = 1080
    now: int | None = None
    """Minutes after midnight; None on another day."""
    now_column: int | None = None
    """In which column now is; None for all of them."""
    clock: str = ""
    """The now-line's label."""
    hours: tuple[str, ...] = ()
    """Labels of the whole hours from `first`."""
    cancelled: int = 0
    """How many visits of the day are cancelled."""
    show_cancelled: bool = False
    inbox: tuple[Row, ...] = ()
    inbox_note: str = ""
    inbox_empty: Empty | None = None
    day_empty: Empty | None = None
    day_note: str = ""
    """Said of a day without visits, over the empty columns."""
    selected: str = ""
    detail: DetailState | None = None
    choice: ChoiceState | None = None
    problem: Problem | None = None
    """What failed last, drawn in the pane."""


class TodayPresenter:
    """Turns what the desk does into the next state."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[TodayState], None],
        *,
        visits: VisitUses,
        office: OfficeUses,
        outbox: OutboxUses,
        timers: Timers,
        told: Callable[[Toast], None],
        acted: Callable[[], None],
        when: OfficeTime,
    ) -> None:
        """Make it; nothing is read before `refresh`.

        Args:
            desk: who acts, and on which store.
            show: puts a state on the screen.
            visits: the services about visits.
            office: the services about the office.
            outbox: the services about acts on their way.
            timers: for covering again what was uncovered.
            told: shows a toast.
            acted: called after each act, so that the exchange hears of it soon.
            when: the office's zone and spelling of times.
        """
        self._desk = desk
        self._show = show
        self._visits = visits
        self._office = office
        self._outbox = outbox
        self._timers = timers
        self._told = told
        self._acted = acted
        self._when = when
        self._providers: tuple[Provider, ...] = ()
        self._inbox: tuple[Seen, ...] = ()
        self._seen: tuple[Seen, ...] = ()
        self._revealed: frozenset[DataClass] = frozenset()
        self._cover: Callable[[], None] | None = None
        self._last = ""
        self._who = ""
        self._card: Card | None = None
        today = self._today()
        self.state = TodayState(day=today, title=long_day(today), is_today=True)

    # -- reading ------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything anew; the open card only if it has changed (REQ-11 counts openings)."""
        try:
            if self._card is not None and not self._visits.same(self._desk, self._card):
                self._card = None
        except CareKraftError:
            self._card = None
        self._again()

    def _again(self) -> None:
        """The same without opening the card again: each opening is written in the journal."""
        try:
            state = self._read(self.state)
        except CareKraftError as error:
            state = replace(self.state, problem=Problem.of(error))
        self._put(state)

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        self._when = when
        self.refresh()

    def tick(self) -> None:
        """A minute has passed: the now-line, ages and late visits move on."""
        before, today = self.state, self._today()
        left = monday(before.day) != monday(today) if before.week else before.day != today
        if before.is_today and left:
            self.state = replace(self.state, day=today)
        self._again()

    def _now(self) -> Moment:
        return self._desk.now()

    def _today(self) -> date:
        return self._when.day(self._now())

    def _put(self, state: TodayState) -> None:
        self.state = state
        self._show(state)

    def _read(self, state: TodayState) -> TodayState:
        if not self._desk.staff.may(Right.SEE_SCHEDULE):
            return replace(state, day_empty=_no_right())
        now, when = self._now(), self._when
        self._providers = self._office.providers(self._desk)
        self._inbox = self._visits.inbox(self._desk)
        today = when.day(now)
        state = self._whose(state)
        seen, shown = self._columns(state, today)
        self._seen = seen
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
            inbox=tuple(self._row(request, now) for request in self._inbox),
            inbox_note=self._inbox_note(now),
            inbox_empty=_empty_inbox() if not self._inbox else None,
            day_empty=_no_providers() if not shown else None,
            day_note=_no_visits(state) if shown and not placed else "",
        )
        read = replace(read, ghost=self._still(read))
        return self._with_detail(read, now)

    def _whose(self, state: TodayState) -> TodayState:
        """Whose weeks there are; without any provider there is no week."""
        people = self._weeks()
        ids = [provider.id for provider in people]
        return replace(
            state,
            week=state.week and bool(people),
            providers=tuple(provider.name for provider in people),
            who=ids.index(self._who) if self._who in ids else 0,
        )

    def _weeks(self) -> tuple[Provider, ...]:
        return tuple(each for each in self._providers if each.active or each.id == self._who)

    def _columns(
        self, state: TodayState, today: date
    ) -> tuple[tuple[Seen, ...], tuple[Column, ...]]:
        """The visits on the screen, and the columns they stand in."""
        if not state.week:
            seen = self._visits.day(self._desk, *self._when.span(state.day))
            return seen, columns(self._providers, seen, state.day)
        first, provider = monday(state.day), self._weeks()[state.who]
        begin, end = self._when.midnight(first), self._when.midnight(first + timedelta(days=7))
        seen = tuple(
            each
            for each in self._visits.day(self._desk, begin, end)
            if each.provider_id == provider.id
        )
        return seen, week(provider, seen, first, today=today, when=self._when)

    def _with_detail(self, state: TodayState, now: Moment) -> TodayState:
        if not state.selected:
            return replace(state, detail=None, choice=None)
        try:
            card = self._open(state.selected)
        except NoLongerThere as error:
            self._hide()
            return replace(state, selected="", detail=None, choice=None, problem=Problem.of(error))
        pane = detail(
            card,
            provider=self._name_of(card.seen.provider_id),
            staff=self._desk.staff,
            when=self._when,
            now=now,
            revealed=self._revealed,
        )
        choice = state.choice
        if choice is not None and pane.action(choice.act) is None:
            choice = None
        return replace(state, detail=pane, choice=choice)

    def _open(self, visit_id: str) -> Card:
        if self._card is None or self._card.visit.id != visit_id:
            self._card = self._visits.card(self._desk, visit_id)
        return self._card

    def _row(self, seen: Seen, now: Moment) -> Row:
        entry, when = seen.entry, self._when
        return Row(
            entry.id,
            (
                Cell(
                    ago(max(0, now - entry.requested_at)),
                    tip=f"Asked for on {when.day_and_clock(entry.requested_at)}",
                    quiet=True,
                ),
                Cell(entry.name or wording.NAME_MISSING, strong=True),
                Cell(when.day_and_clock(seen.start), tip=when.stretch(seen.start, seen.end)),
                Cell(self._name_of(seen.provider_id)),
                Cell("", mark=mark_of(seen, now)),
            ),
        )

    def _inbox_note(self, now: Moment) -> str:
        if not self._inbox:
            return ""
        oldest = ago(max(0, now - self._inbox[0].entry.requested_at))
        return f"{len(self._inbox)} to answer, oldest {oldest}"

    def _name_of(self, provider_id: str) -> str:
        names = (found.name for found in self._providers if found.id == provider_id)
        return next(names, wording.OTHER_PROVIDER)

    def count_requests(self) -> int:
        """How many requests wait for an answer; 0 for a role that may not know."""
        if not self._desk.staff.may(Right.SEE_SCHEDULE):
            return 0
        return len(self._visits.inbox(self._desk))

    # -- where we look ------------------------------------------------------------------

    def go(self, steps: int) -> None:
        """Some days on or back, or weeks where a week is shown."""
        self._look_at(self.state.day + timedelta(days=steps * (7 if self.state.week else 1)))

    def go_today(self) -> None:
        """Back to today."""
        self._look_at(self._today())

    def go_to(self, day: date) -> None:
        """A day that was picked."""
        self._look_at(day)

    def _look_at(self, day: date) -> None:
        self.state = replace(self.state, day=day, ghost=None, problem=None)
        self._again()

    def toggle_week(self) -> None:
        """From the day of all to the week of one, who is the open visit's provider; and back."""
        pane = self.state.detail
        if not self.state.week and pane is not None:
            self._who = pane.provider_id
        self.state = replace(self.state, week=not self.state.week, ghost=None, problem=None)
        self._again()

    def show_week_of(self, number: int) -> None:
        """The week of a provider, by place among those who can be booked."""
        people = self._weeks()
        if 0 <= number < len(people):
            self._who = people[number].id
            self.state = replace(self.state, week=True, ghost=None, problem=None)
            self._again()

    def show_everyone(self) -> None:
        """The day of all providers."""
        self.state = replace(self.state, week=False, ghost=None, problem=None)
        self._again()

    def ask_day(self) -> None:
        """Open the field for a day; once more closes it."""
        jump = Jump(reading=wording.JUMP_HINT) if self.state.jump is None else None
        self._put(replace(self.state, jump=jump))

    def type_day(self, typed: str) -> None:
        """What stands in the field now."""
        if self.state.jump is None or typed == self.state.jump.typed:
            return
        found = day_of(typed, self._today())
        reading = f"{long_day(found)}, {found.year}" if found is not None else wording.JUMP_HINT
        self._put(replace(self.state, jump=Jump(typed, reading)))

    def take_day(self) -> None:
        """Go to the day in the field, or say that it is none."""
        jump = self.state.jump
        if jump is None:
            return
        found = day_of(jump.typed, self._today())
        if found is None:
            self._put(replace(self.state, jump=replace(jump, problem=wording.NO_SUCH_DAY)))
            return
        self.state = replace(self.state, jump=None)
        self._look_at(found)

    def toggle_cancelled(self) -> None:
        """Show or hide the cancelled visits of the day."""
        self.state = replace(self.state, show_cancelled=not self.state.show_cancelled)
        self._again()

    def choose(self, visit_id: str) -> None:
        """Open a visit in the pane."""
        if visit_id == self.state.selected and self.state.detail is not None:
            return
        self._hide()
        self.state = replace(self.state, selected=visit_id, choice=None, ghost=None, problem=None)
        self.refresh()

    def show_visit(self, visit_id: str) -> None:
        """Open a visit and go to its day; for those who come from another page."""
        self.choose(visit_id)
        if self._card is not None and self.state.detail is not None:
            self._who = self._card.seen.provider_id
            self._look_at(self._when.day(self._card.seen.start))

    def choose_request(self, visit_id: str) -> None:
        """Open a request of the inbox and show the day it is about."""
        for request in self._inbox:
            if request.entry.id == visit_id:
                self._who = request.provider_id
                self.state = replace(self.state, day=self._when.day(request.start))
        self.choose(visit_id)

    def close(self) -> None:
        """One step back: out of a field or a list of choices, then out of the visit."""
        if self.state.jump is not None:
            self._put(replace(self.state, jump=None))
            return
        if self.state.choice is not None or self.state.ghost is not None:
            self._put(replace(self.state, choice=None, ghost=None))
            return
        self._hide()
        self._put(replace(self.state, selected="", detail=None, problem=None))

    # -- what is covered ----------------------------------------------------------------

    def reveal(self, data: DataClass) -> None:
        """Uncover one class of the visit that is open, or cover it again."""
        if data in self._revealed:
            self._revealed -= {data}
            self._again()
            return
        try:
            self._visits.reveal(self._desk, self.state.selected, data)
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        self._revealed |= {data}
        if self._cover is not None:
            self._cover()
        self._cover = self._timers.after(MASK_AFTER, self.cover)
        self.state = replace(self.state, problem=None)
        self._again()

    def cover(self) -> None:
        """Cover everything again."""
        self._hide()
        self._again()

    def _hide(self) -> None:
        self._revealed = frozenset()
        if self._cover is not None:
            self._cover()
            self._cover = None

    def leave(self) -> None:
        """The screen goes away: nothing stays uncovered, nothing stays timed."""
        self._hide()

    # -- answering ----------------------------------------------------------------------

    def act(self, act: Act) -> None:
        """A button or its key: do it, or ask for the reason or the time first."""
        pane = self.state.detail
        action = pane.action(act) if pane is not None else None
        if pane is None or action is None or not action.live:
            return
        if act in _NEEDS_REASON:
            self._put(replace(self.state, choice=choices.reasons(act, pane.name), problem=None))
        elif act in _NEEDS_TIME:
            self._offer(act, pane, self._provider_of(pane))
        else:
            self._do(act, pane.status, lambda: self._plain(act)(self._desk, pane.visit_id))

    def choose_provider(self, number: int) -> None:
        """Show the free times of another provider."""
        chosen, pane = self.state.choice, self.state.detail
        if chosen is not None and pane is not None:
            self._offer(chosen.act, pane, number)
            if chosen.other is not None:
                self.type_time(chosen.other.typed)

    def pick(self, row: int) -> None:
        """Take the reason or the time in a row."""
        chosen, pane = self.state.choice, self.state.detail
        if chosen is None or pane is None or not 0 <= row < len(chosen.options):
            return
        if chosen.to is not None:
            to, overlap = chosen.to, tuple(Overlap)[row]
            self._put_at(chosen.act, pane.status, pane.visit_id, to, overlap)
            return
        if chosen.openings:
            self._put_at(chosen.act, pane.status, pane.visit_id, chosen.openings[row])
            return
        why = choices.reason(chosen.act, row)
        self._do(chosen.act, pane.status, lambda: self._refuse(pane.visit_id, why))

    def undo(self, key: str = "") -> None:
        """Take the last act back while it has not left the office."""
        wanted = key or self._last
        if not wanted:
            return
        self._last = ""
        try:
            self._visits.undo(self._desk, wanted)
        except CareKraftError as error:
            self._told(Toast(wording.of_error(error).title))
        else:
            self._told(Toast(wording.UNDONE))
            self._acted()
        self.refresh()

    def read_note(self, key: str) -> None:
        """The person has read how an act ended."""
        try:
            self._outbox.mark_read(self._desk, key)
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        self._acted()
        self.refresh()

    def _plain(self, act: Act) -> Callable[[Desk, str], Intention]:
        return {
            Act.ACCEPT: self._visits.accept,
            Act.ARRIVE: self._visits.arrive,
            Act.COMPLETE: self._visits.complete,
            Act.NO_SHOW: self._visits.no_show,
        }[act]

    def _refuse(self, visit_id: str, why: Decline | Cancel) -> Intention:
        if isinstance(why, Decline):
            return self._visits.decline(self._desk, visit_id, why)
        return self._visits.cancel(self._desk, visit_id, why)

    def _put_at(
        self, act: Act, status: Status, visit_id: str, to: Opening, overlap: Overlap | None = None
    ) -> None:
        put = self._visits.move if act is Act.MOVE else self._visits.propose
        self._do(
            act,
            status,
            lambda: put(self._desk, visit_id, self._published(to), overlap=overlap),
        )

    def _published(self, to: Opening) -> Opening:
        """With the id of the free slot that begins then, where there is one."""
        if to.id:
            return to
        free = self._visits.openings(self._desk, to.provider_id, to.start, to.start + 1)
        return replace(to, id=free[0].id) if free else to

    def _do(self, act: Act, status: Status, work: Callable[[], Intention]) -> None:
        place = self._place(self.state.selected)
        try:
            done = work()
        except CareKraftError as error:
            self.state = replace(self.state, choice=None, ghost=None, problem=Problem.of(error))
            self._put(self._safe_read())
            return
        self._last = done.key
        self.state = replace(self.state, choice=None, ghost=None, problem=None)
        self._told(Toast(wording.did(act, status), undo=done.key, seconds=self._desk.undo_seconds))
        self._put(self._safe_read())
        self._next(place)
        self._acted()

    def _safe_read(self) -> TodayState:
        problem, self._card = self.state.problem, None
        try:
            read = self._read(self.state)
        except CareKraftError as error:
            return replace(self.state, problem=Problem.of(error))
        return replace(read, problem=read.problem or problem)

    def _place(self, visit_id: str) -> int | None:
        keys = [request.entry.id for request in self._inbox]
        return keys.index(visit_id) if visit_id in keys else None

    def _next(self, place: int | None) -> None:
        """After an answer, open the request that took the answered one's place."""
        if place is None or self._place(self.state.selected) is not None or not self._inbox:
            return
        self.choose_request(self._inbox[min(place, len(self._inbox) - 1)].entry.id)

    def _provider_of(self, pane: DetailState) -> int:
        ids = [provider.id for provider in self._bookable()]
        return ids.index(pane.provider_id) if pane.provider_id in ids else 0

    def _bookable(self) -> tuple[Provider, ...]:
        return tuple(provider for provider in self._providers if provider.active)

    def _offer(self, act: Act, pane: DetailState, number: int) -> None:
        providers = self._bookable()
        now = self._now()
        try:
            free = (
                self._visits.openings(
                    self._desk, providers[number].id, now, now + OPENINGS_DAYS * 86400
                )
                if 0 <= number < len(providers)
                else ()
            )
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        chosen = choices.times(
            act,
            pane.name,
            free,
            providers=tuple(provider.name for provider in providers),
            provider=number,
            when=self._when,
        )
        self._put(replace(self.state, choice=chosen, problem=None))

    # -- a time of the office's own choice ----------------------------------------------

    def type_time(self, typed: str) -> None:
        """What stands in the field for another time now."""
        chosen = self.state.choice
        if chosen is None or chosen.other is None or typed == chosen.other.typed:
            return
        to, against = self._other(typed, chosen)
        reading = wording.OTHER_TIME_HINT
        if to is not None:
            when = self._when
            reading = f"{when.short_day(to.start)}, {when.stretch(to.start, to.end)}"
            reading = f"{reading}. {against}" if against else reading
        other = choices.OtherTime(typed, reading)
        self._put(replace(self.state, choice=replace(chosen, other=other)))

    def take_time(self) -> None:
        """Take the time in the field; where something is against it, ask why first."""
        chosen, pane = self.state.choice, self.state.detail
        if chosen is None or chosen.other is None or pane is None:
            return
        to, against = self._other(chosen.other.typed, chosen)
        if to is None or to.start <= self._now():
            problem = wording.NO_SUCH_TIME if to is None else wording.TIME_IS_PAST
            other = replace(chosen.other, problem=problem)
            self._put(replace(self.state, choice=replace(chosen, other=other)))
        elif against:
            asked = choices.overlap(chosen.act, pane.name, to, against, self._when)
            self._put(replace(self.state, choice=asked))
        else:
            self._put_at(chosen.act, pane.status, pane.visit_id, to)

    def _other(self, typed: str, chosen: ChoiceState) -> tuple[Opening | None, str]:
        """The time that is meant, and what is against it."""
        people, when, card = self._bookable(), self._when, self._card
        if card is None or not people:
            return None, ""
        today = self._today()
        found = moment_of(typed, today, max(today, when.day(card.seen.start)))
        if found is None:
            return None, ""
        start = when.moment(*found)
        provider = people[chosen.provider].id
        to = Opening("", provider, start, start + card.seen.end - card.seen.start)
        if start <= self._now():
            return to, wording.TIME_IS_PAST
        try:
            others = self._visits.day(self._desk, to.start, to.end)
        except CareKraftError as error:
            return to, Problem.of(error).title
        return to, clash(to, card.visit.id, others, providers=people, when=when)

    # -- moving by hand -----------------------------------------------------------------

    def drag(self, visit_id: str, column: int, minute: float) -> None:
        """The visit is held over a column, its beginning at a minute of that day."""
        seen = self._movable(visit_id)
        if seen is not None and 0 <= column < len(self.state.columns):
            self._haunt(seen, column, minute)

    def nudge(self, visit_id: str, across: int, down: int) -> None:
        """Five minutes up or down, or a column on; from where it stands or was held last."""
        seen, state = self._movable(visit_id), self.state
        block = next((each for each in state.blocks if each.visit_id == visit_id), None)
        if seen is None or block is None:
            return
        held = state.ghost if state.ghost and state.ghost.visit_id == visit_id else None
        column, start = (held.column, held.start) if held else (block.column, block.start)
        column = max(0, min(column + across, len(state.columns) - 1))
        self._haunt(seen, column, start + down * SNAP)

    def drop(self) -> None:
        """Let go: move at once where the time is free, ask why where it is not."""
        held = self.state.ghost
        seen = self._movable(held.visit_id) if held is not None else None
        if held is None or seen is None or self.state.choice is not None:
            return
        same = (held.to.start, held.to.provider_id) == (seen.start, seen.provider_id)
        if same or held.past:
            if held.past and not same:
                self._told(Toast(wording.TIME_IS_PAST))
            self._put(replace(self.state, ghost=None))
        elif held.clash:
            self.choose(held.visit_id)
            pane = self.state.detail
            if pane is not None:
                asked = choices.overlap(Act.MOVE, pane.name, held.to, held.clash, self._when)
                self._put(replace(self.state, ghost=held, choice=asked, problem=None))
        else:
            self._put_at(Act.MOVE, seen.status, held.visit_id, held.to)

    def _movable(self, visit_id: str) -> Seen | None:
        if not self._desk.staff.may(Right.ANSWER_BOOKINGS):
            return None
        seen = next((each for each in self._seen if each.entry.id == visit_id), None)
        return seen if seen is not None and seen.status is Status.CONFIRMED else None

    def _haunt(self, seen: Seen, column: int, minute: float) -> None:
        length = (seen.end - seen.start) // 60
        made = self._ghost(seen, column, snapped(minute, length), self.state)
        if made != self.state.ghost or self.state.choice is not None:
            self._put(replace(self.state, ghost=made, choice=None, jump=None))

    def _ghost(self, seen: Seen, column: int, minute: int, state: TodayState) -> Ghost:
        return ghost(
            seen,
            column,
            minute,
            shown=state.columns,
            others=self._seen,
            providers=self._providers,
            when=self._when,
            now=self._now(),
            week=state.week,
        )

    def _still(self, state: TodayState) -> Ghost | None:
        """The held visit over what was just read; None where it can no longer be moved."""
        held = state.ghost
        seen = self._movable(held.visit_id) if held is not None else None
        if held is None or seen is None or held.column >= len(state.columns):
            return None
        if state.columns[held.column].provider_id != held.to.provider_id:
            return None
        return self._ghost(seen, held.column, held.start, state)


def _empty_inbox() -> Empty:
    words = wording.INBOX_EMPTY
    return Empty(words.title, words.advice, icon="inbox")


def _no_visits(state: TodayState) -> str:
    return wording.WEEK_EMPTY if state.week else wording.DAY_EMPTY


def _no_right() -> Empty:
    words = wording.NO_SCHEDULE
    return Empty(words.title, words.advice, icon="shield-off")


def _no_providers() -> Empty:
    words = wording.NO_PROVIDERS
    return Empty(words.title, words.advice, icon="calendar-days")
