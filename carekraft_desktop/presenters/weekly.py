"""The weekly review on the screen: choose a week, read what stood out, sign."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.domain.staff import Right
from carekraft_desktop.domain.weekly import OVERDUE_AFTER, Kind, counts
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording_journal
from carekraft_desktop.presenters import wording_weekly as words
from carekraft_desktop.presenters.pieces import Cell, Empty, Mark, Problem, Row, Tone
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from carekraft_desktop.domain import Moment
    from carekraft_desktop.domain.weekly import Finding
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.weekly import Report, Week
    from carekraft_desktop.store.weekly import Signature


class WeeklyUses(Protocol):
    """`services/weekly.py`."""

    def weeks(self, desk: Desk) -> tuple[Week, ...]:
        """The weeks that are over."""
        ...

    def report(self, desk: Desk, start: Moment) -> Report:
        """What stands out in one."""
        ...

    def sign(self, desk: Desk, start: Moment) -> Signature:
        """Sign it."""
        ...


class WeeklyState(Value, frozen=True):
    """Everything on the page."""

    weeks: tuple[str, ...] = ()
    """Each week that is over, as the picker names it."""
    week: int = 0
    summary: tuple[tuple[str, str], ...] = ()
    """Each thing that is looked for, and how often it was found."""
    rows: tuple[Row, ...] = ()
    note: str = ""
    mark: Mark | None = None
    signed: str = ""
    """By whom and when; empty while nobody has."""
    can_sign: bool = False
    quiet: Empty | None = None
    """Nothing stood out."""
    empty: Empty | None = None
    problem: Problem | None = None


class WeeklyPresenter:
    """Shows one week at a time, at first the oldest that nobody has signed."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[WeeklyState], None],
        *,
        weekly: WeeklyUses,
        names: Mapping[str, str],
        when: OfficeTime,
        signed: Callable[[], None] = lambda: None,
    ) -> None:
        """`names`: what colleagues read, by staff id; `signed`: told that a week was signed."""
        self._desk, self._show, self._weekly = desk, show, weekly
        self._names, self._when, self._signed = names, when, signed
        self._weeks: tuple[Week, ...] = ()
        self._start: Moment = 0
        self.state = WeeklyState()

    def refresh(self) -> None:
        """Read anew."""
        if not self._desk.staff.may(Right.SEE_JOURNAL):
            no = words.NO_RIGHT
            self._put(WeeklyState(empty=Empty(no.title, no.advice, icon="shield-off")))
            return
        try:
            self._weeks = self._weekly.weeks(self._desk)
            if not self._weeks:
                none = words.NO_WEEK
                self._put(WeeklyState(empty=Empty(none.title, none.advice, icon="calendar-clock")))
                return
            if self._start not in {week.start for week in self._weeks}:
                unsigned = [week for week in self._weeks if week.signature is None]
                self._start = (unsigned or list(self._weeks))[-1 if unsigned else 0].start
            self._put(self._built(self._weekly.report(self._desk, self._start)))
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        self._when = when
        self.refresh()

    def choose(self, at: int) -> None:
        """Another week, by its place in the list."""
        if 0 <= at < len(self._weeks) and self._weeks[at].start != self._start:
            self._start = self._weeks[at].start
            self.refresh()

    def sign(self) -> None:
        """Sign the week that is shown."""
        if not self.state.can_sign:
            return
        try:
            self._weekly.sign(self._desk, self._start)
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        self._signed()
        self.refresh()

    def _built(self, report: Report) -> WeeklyState:
        week, counted = report.week, counts(report.findings)
        signature = week.signature
        advice = words.QUIET.advice if signature is None else ""
        quiet = Empty(words.QUIET.title, advice, icon="circle-check")
        return WeeklyState(
            weeks=tuple(self._spoken(each) for each in self._weeks),
            week=[each.start for each in self._weeks].index(week.start),
            summary=tuple(
                (words.KIND[kind].title, str(counted[kind]) if counted[kind] else words.NONE)
                for kind in Kind
            ),
            rows=tuple(self._row(report, n, each) for n, each in enumerate(report.findings)),
            note=words.COUNT.format(entries=f"{report.entries:,}"),
            mark=self._mark(week),
            signed=words.SIGNED.format(
                name=self._name(signature.signed_by),
                at=self._when.day_and_clock(signature.signed_at),
            )
            if signature is not None
            else "",
            can_sign=signature is None,
            quiet=quiet if not report.findings else None,
        )

    def _spoken(self, week: Week) -> str:
        first, last = self._when.short_day(week.start), self._when.short_day(week.end - 1)
        state = words.DONE if week.signature is not None else words.OPEN
        return f"{first} to {last}: {state}"

    def _mark(self, week: Week) -> Mark:
        if week.signature is not None:
            return Mark(words.DONE, Tone.GOOD, "circle-check")
        if week.overdue:
            day = self._when.short_day(week.end + OVERDUE_AFTER)
            return Mark(words.OVERDUE.format(day=day), Tone.LATE)
        return Mark(words.OPEN, Tone.REQUESTED)

    def _row(self, report: Report, n: int, found: Finding) -> Row:
        kind = words.KIND[found.kind]
        did = wording_journal.action(found.action) if found.action else ""
        about = report.names.get(found.about, "") if found.about else did
        return Row(
            f"{n}:{found.n}",
            (
                Cell(kind.title, tip=kind.advice, strong=True),
                Cell(self._name(found.staff)),
                Cell(self._when.day_and_clock(found.at)),
                Cell(str(found.count)),
                Cell(about),
            ),
        )

    def _name(self, staff: str) -> str:
        return self._names.get(staff, words.SOMEBODY) if staff else words.PROGRAM

    def _put(self, state: WeeklyState) -> None:
        self.state = state
        self._show(state)
