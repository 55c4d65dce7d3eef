"""The journal on the screen: sift, read on, prove, and take a signed copy along."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.domain.staff import Right
from carekraft_desktop.domain.trail import Report, fingerprint
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording_journal as wording
from carekraft_desktop.presenters.pieces import Cell, Empty, Mark, Problem, Row, Tone
from carekraft_desktop.presenters.tasks import Done, Failed
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from carekraft_desktop.presenters.tasks import Outcome, Runner
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.journal import Proof
    from carekraft_desktop.store.journal import Entry, Sieve

HEADS = ("When", "Who", "What", "About", "Detail", "Outcome")
PAGE = 200
DAY = 86_400
_DAYS = (1, 7, 30, 0)
"""How far back each period of the page reaches; 0 is all of it."""


class JournalUses(Protocol):
    """`services/journal.py`, its signer and its files already given."""

    def opened(self, desk: Desk) -> tuple[str, ...]:
        """Begin to read; who occurs in it."""
        ...

    def sieve(self, *, since: int, staff: str, subject: str, about: str, refused: bool) -> Sieve:
        """What is wanted."""
        ...

    def page(self, desk: Desk, sieve: Sieve, *, before: int, most: int) -> list[tuple[int, Entry]]:
        """Entries, newest first."""
        ...

    def proof(self, desk: Desk) -> Proof:
        """Check the whole chain."""
        ...

    def export(self, desk: Desk, place: Path, told: Callable[[int, int], None]) -> Report:
        """Write a signed copy and check it."""
        ...


class JournalState(Value, frozen=True):
    """Everything on the page."""

    rows: tuple[Row, ...] = ()
    more: bool = False
    """Whether older entries can be fetched."""
    people: tuple[tuple[str, str], ...] = ()
    """Id and name of everybody who occurs, by name; first everybody."""
    kinds: tuple[tuple[str, str], ...] = ()
    period: int = 1
    staff: str = ""
    subject: str = ""
    about: str = ""
    refused: bool = False
    busy: str = ""
    """What is being done to the whole journal, empty for nothing."""
    said: str = ""
    """How that ended."""
    bad: bool = False
    """Whether it ended badly."""
    empty: Empty | None = None
    problem: Problem | None = None


class JournalPresenter:
    """Reads page by page; long work goes to the runner."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[JournalState], None],
        *,
        journal: JournalUses,
        runner: Runner,
        names: Mapping[str, str],
        when: OfficeTime,
    ) -> None:
        """`names`: what colleagues read, by staff id."""
        self._desk, self._show, self._journal = desk, show, journal
        self._runner, self._names, self._when = runner, names, when
        self._last = 0
        self._gone = False
        self.state = JournalState()

    # -- looking ------------------------------------------------------------------------

    def refresh(self) -> None:
        """From the newest on, with the people who occur."""
        if not self._desk.staff.may(Right.SEE_JOURNAL):
            words = wording.NO_RIGHT
            self._put(JournalState(empty=Empty(words.title, words.advice, icon="shield-off")))
            return
        try:
            people = () if self.state.people else self._journal.opened(self._desk)
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        if people:
            named = sorted(((id_, self._name(id_)) for id_ in people), key=lambda each: each[1])
            kinds = sorted(wording.SUBJECT.items(), key=lambda each: each[1])
            self.state = replace(
                self.state,
                people=(("", wording.EVERYBODY), *named),
                kinds=(("", wording.ALL_KINDS), *kinds),
            )
        self._read()

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        self._when = when
        self.refresh()

    def leave(self) -> None:
        """The page is going; what a worker still finds is shown to nobody."""
        self._gone = True

    def sift(
        self,
        *,
        period: int | None = None,
        staff: str | None = None,
        subject: str | None = None,
        about: str | None = None,
        refused: bool | None = None,
    ) -> None:
        """Want other entries; what is None stays as it was."""
        given = {
            "period": period,
            "staff": staff,
            "subject": subject,
            "about": about.strip() if about is not None else None,
            "refused": refused,
        }
        chosen = {name: value for name, value in given.items() if value is not None}
        state = replace(self.state, **chosen)  # type: ignore[arg-type]
        if state != self.state:
            self.state = state
            self._read()

    def more(self) -> None:
        """Older ones."""
        if self.state.more:
            self._read(before=self._last)

    def _read(self, *, before: int = 0) -> None:
        state, days = self.state, _DAYS[self.state.period]
        sieve = self._journal.sieve(
            since=self._desk.now() - days * DAY if days else 0,
            staff=state.staff,
            subject=state.subject,
            about=state.about,
            refused=state.refused,
        )
        try:
            found = self._journal.page(self._desk, sieve, before=before, most=PAGE)
        except CareKraftError as error:
            self._put(replace(state, problem=Problem.of(error)))
            return
        rows = tuple(self._row(n, entry) for n, entry in found)
        self._last = found[-1][0] if found else self._last
        rows = (*state.rows, *rows) if before else rows
        nothing = wording.NOTHING
        empty = None if rows else Empty(nothing.title, nothing.advice, icon="search")
        more = len(found) == PAGE
        self._put(replace(state, rows=rows, more=more, empty=empty, problem=None))

    def _row(self, n: int, entry: Entry) -> Row:
        when = self._when
        today = when.day(entry.at) == when.day(self._desk.now())
        denied = entry.outcome in {"denied", "refused"}
        outcome = wording.outcome(entry.outcome)
        return Row(
            str(n),
            (
                Cell(
                    when.clock(entry.at) if today else when.day_and_clock(entry.at),
                    tip=f"{when.day_and_clock(entry.at)}, entry {n}",
                    quiet=True,
                ),
                Cell(self._name(entry.staff), tip=entry.device, strong=True),
                Cell(wording.action(entry.action), tip=entry.action),
                Cell(entry.object, quiet=True),
                Cell(entry.detail, quiet=True),
                Cell(
                    "" if denied else outcome,
                    mark=Mark(outcome, Tone.BAD) if denied else None,
                ),
            ),
        )

    def _name(self, staff_id: str) -> str:
        if not staff_id:
            return wording.THE_PROGRAM
        return self._names.get(staff_id, staff_id)

    # -- the whole of it ----------------------------------------------------------------

    def prove(self) -> None:
        """Check every entry."""
        if self._begin(wording.PROVING):
            self._runner.submit(lambda: self._journal.proof(self._desk), self._proved)

    def export(self, place: Path) -> None:
        """Write a signed copy to `place`."""
        if self._begin(wording.EXPORTING):
            self._runner.submit(
                lambda: self._journal.export(self._desk, place, lambda *_: None), self._exported
            )

    def _begin(self, words: str) -> bool:
        if self.state.busy or not self._desk.staff.may(Right.SEE_JOURNAL):
            return False
        self._put(replace(self.state, busy=words, said="", bad=False, problem=None))
        return True

    def _proved(self, outcome: Outcome[Proof]) -> None:
        match outcome:
            case Done(found) if found.first_wrong is None:
                self._end(wording.WHOLE.format(count=found.entries))
            case Done(found):
                self._end(wording.WRONG.format(number=found.first_wrong), bad=True)
            case Failed(error):
                self._failed(error)

    def _exported(self, outcome: Outcome[Report]) -> None:
        match outcome:
            case Done(report) if report.flaw is None:
                key = fingerprint(report.key)
                self._end(wording.EXPORTED.format(count=report.entries, key=key))
            case Done():
                self._end(wording.EXPORTED_WRONG, bad=True)
            case Failed(error):
                self._failed(error)

    def _end(self, said: str, *, bad: bool = False) -> None:
        if not self._gone:
            self.state = replace(self.state, busy="", said=said, bad=bad)
            self._read()

    def _failed(self, error: CareKraftError) -> None:
        if not self._gone:
            self._put(replace(self.state, busy="", problem=Problem.of(error)))

    def _put(self, state: JournalState) -> None:
        self.state = state
        self._show(state)
