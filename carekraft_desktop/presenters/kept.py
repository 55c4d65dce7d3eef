"""What is kept, and how long, on the screen: the table, what is due, holds, what is restricted."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.domain.retention import LEAST, MOST, NUMBERS, Kept, Table
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import kept_due, wording_held
from carekraft_desktop.presenters import wording_kept as words
from carekraft_desktop.presenters.again import AskAgain, no_question
from carekraft_desktop.presenters.kept_due import held_cell
from carekraft_desktop.presenters.pieces import Cell, Empty, Mark, Problem, Row, Tone
from carekraft_desktop.presenters.record_words import written
from carekraft_desktop.presenters.times import written_date
from carekraft_desktop.presenters.wording_again import WHY
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.disposal import Due
    from carekraft_desktop.services.retention import Overview
    from carekraft_desktop.services.step_up import StepUp
    from carekraft_desktop.store import held
    from carekraft_desktop.store.disposals import Run
    from carekraft_desktop.store.holds import Hold
    from carekraft_desktop.store.kept import Piece


class KeptUses(Protocol):
    """`services/retention.py`, `services/holds.py` and `services/disposal.py`."""

    def overview(self, desk: Desk) -> Overview:
        """How things stand."""
        ...

    def due(self, desk: Desk) -> tuple[Due, ...]:
        """What the next disposal looks at."""
        ...

    def confirm(self, desk: Desk, table: Table, again: StepUp | None) -> bool:
        """Put numbers into force; whether any became smaller."""
        ...

    def run(self, desk: Desk, again: StepUp | None) -> Run:
        """Dispose now."""
        ...

    def holds(self, desk: Desk) -> tuple[Hold, ...]:
        """All holds."""
        ...

    def hold(self, desk: Desk, wanted: HoldWish, again: StepUp | None) -> None:
        """Set one."""
        ...

    def release(self, desk: Desk, hold_id: str, again: StepUp | None) -> None:
        """Release one."""
        ...

    def open(self, desk: Desk, patient_id: str) -> tuple[Piece, ...]:
        """What is kept of somebody who withdrew."""
        ...

    def held(self, desk: Desk) -> tuple[held.Record, ...]:
        """Records for which nobody answers."""
        ...

    def providers(self, desk: Desk) -> tuple[tuple[str, str], ...]:
        """Id and name of each provider."""
        ...


class HoldWish(Value, frozen=True):
    """What is typed for a hold."""

    scope: str
    matter: str
    about: str = ""
    first_day: str = ""
    last_day: str = ""


class NumberState(Value, frozen=True):
    """One number of the table."""

    name: str
    words: str
    value: int
    least: int
    most: int


class KeptState(Value, frozen=True):
    """Everything on the page."""

    numbers: tuple[NumberState, ...] = ()
    state_code: str = ""
    table_note: str = ""
    confirmed: bool = False
    classes: tuple[tuple[str, str], ...] = ()
    due: tuple[Row, ...] = ()
    nothing_due: Empty | None = None
    last: str = ""
    incomplete: str = ""
    holds: tuple[Row, ...] = ()
    no_holds: Empty | None = None
    hold: str = ""
    """Id of the chosen hold."""
    may_release: bool = False
    people: tuple[tuple[str, str], ...] = ()
    """Whom a hold may lie on: id and name of providers and colleagues."""
    waiting: tuple[tuple[str, str], ...] = ()
    """Records for which nobody answers: why, and how many since when."""
    restricted: tuple[Row, ...] = ()
    nobody: Empty | None = None
    chosen: str = ""
    """The patient whose kept records are open."""
    facts: tuple[tuple[str, str], ...] = ()
    said: str = ""
    empty: Empty | None = None
    problem: Problem | None = None


class KeptPresenter:
    """One for each visit to the page."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[KeptState], None],
        *,
        kept: KeptUses,
        names: Mapping[str, str],
        when: OfficeTime,
        again: AskAgain = no_question,
    ) -> None:
        """`names`: what colleagues read, by staff id; `again` asks for the password."""
        self._desk, self._show, self._kept = desk, show, kept
        self._names, self._when, self._again = names, when, again
        self._holds: tuple[Hold, ...] = ()
        self.state = KeptState()

    def refresh(self) -> None:
        """Read anew."""
        if not self._desk.staff.may(Right.KEEP_RECORDS):
            no = words.NO_RIGHT
            self._put(KeptState(empty=Empty(no.title, no.advice, icon="shield-off")))
            return
        try:
            found = self._kept.overview(self._desk)
            self._holds = self._kept.holds(self._desk)
            due = self._kept.due(self._desk)
            waiting = self._kept.held(self._desk)
            people = (*self._kept.providers(self._desk), *sorted(self._names.items()))
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        self._put(replace(self._built(found, due, people), waiting=self._waiting(waiting)))

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        self._when = when
        self.refresh()

    def leave(self) -> None:
        """Nothing stays open of anybody."""
        self.state = replace(self.state, chosen="", facts=())

    cover_up = leave

    # -- gestures -----------------------------------------------------------------------

    def confirm(self, values: Mapping[str, int], state_code: str) -> None:
        """These numbers are the office's."""
        table = Table(state=state_code.strip().upper(), **values)

        def do(again: StepUp | None) -> str:
            shorter = self._kept.confirm(self._desk, table, again)
            return words.DID_SHORTEN if shorter else words.DID_CONFIRM

        self._with_password(WHY["kept"], do)

    def dispose(self) -> None:
        """Do not wait for the night."""

        def do(again: StepUp | None) -> str:
            run = self._kept.run(self._desk, again)
            return words.DISPOSED.format(count=run.disposed, held=run.held)

        self._with_password(WHY["dispose"], do)

    def set_hold(self, wish: HoldWish) -> None:
        """Set a hold."""

        def do(again: StepUp | None) -> str:
            self._kept.hold(self._desk, wish, again)
            return words.DID_SET

        self._with_password(WHY["hold"], do)

    def choose_hold(self, hold_id: str) -> None:
        """Another hold of the list."""
        live = any(each.id == hold_id and not each.released_at for each in self._holds)
        self._put(replace(self.state, hold=hold_id, may_release=live))

    def release(self) -> None:
        """Release the chosen hold."""
        if not self.state.may_release:
            return
        hold_id = self.state.hold

        def do(again: StepUp | None) -> str:
            self._kept.release(self._desk, hold_id, again)
            return words.DID_RELEASE

        self._with_password(WHY["hold"], do)

    def open(self, patient_id: str) -> None:
        """Look at what is kept of somebody who withdrew; journalled."""
        try:
            pieces = self._kept.open(self._desk, patient_id)
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        facts: list[tuple[str, str]] = []
        for piece in pieces:
            kind = words.KIND.get(piece.kind, words.OTHER_KIND)
            due = written_date(piece.life.due.isoformat())
            facts.append((words.KEPT_PIECE.format(kind=kind, due=due), ""))
            facts += written(piece.body, self._when)
        self._put(replace(self.state, chosen=patient_id, facts=tuple(facts), problem=None))

    def _with_password(self, why: str, do: Callable[[StepUp | None], str]) -> None:
        def go(again: StepUp | None) -> None:
            try:
                said = do(again)
            except CareKraftError as error:
                self._put(replace(self.state, problem=Problem.of(error), said=""))
                return
            self.state = replace(self.state, said=said, problem=None)
            self.refresh()

        self._again(why, go)

    # -- states -------------------------------------------------------------------------

    def _built(
        self, found: Overview, due: tuple[Due, ...], people: tuple[tuple[str, str], ...]
    ) -> KeptState:
        last = next((run for run in found.runs if run.ended_at), None)
        confirmed = found.confirmed
        no, none, nobody = words.NOTHING_DUE, words.NO_HOLDS, words.NOBODY
        lines = kept_due.lines(due)
        live = {each.id for each in self._holds if not each.released_at}
        return replace(
            self.state,
            numbers=tuple(
                NumberState(
                    name,
                    words.NUMBER[name],
                    getattr(found.table, name),
                    getattr(LEAST, name),
                    getattr(MOST, name),
                )
                for name in NUMBERS
            ),
            state_code=found.table.state,
            table_note=words.CONFIRMED.format(
                name=self._name(confirmed.staff), at=self._when.day_and_clock(confirmed.at)
            )
            if confirmed is not None
            else words.DEFAULTS,
            confirmed=confirmed is not None,
            classes=tuple(
                (words.CLASS[kept], f"{found.counts.get(kept, 0):,}")
                for kept in Kept
                if kept is not Kept.BACKUP
            ),
            due=kept_due.rows(lines),
            nothing_due=None if due else Empty(no.title, no.advice, icon="circle-check"),
            last=kept_due.not_all(lines) + (self._last(last) if last is not None else words.NEVER),
            incomplete=words.INCOMPLETE.format(count=found.incomplete) if found.incomplete else "",
            holds=tuple(self._hold_row(each, dict(people)) for each in self._holds),
            no_holds=None if self._holds else Empty(none.title, none.advice, icon="lock"),
            may_release=self.state.hold in live,
            people=people,
            restricted=tuple(
                Row(
                    each.patient_id,
                    (
                        Cell(each.name or words.NO_NAME, strong=True),
                        Cell(str(each.pieces)),
                        Cell(written_date(each.due_on.isoformat())),
                        held_cell(held=each.held),
                    ),
                )
                for each in found.restricted
            ),
            nobody=None
            if found.restricted
            else Empty(nobody.title, nobody.advice, icon="circle-check"),
            problem=None,
        )

    def _waiting(self, records: tuple[held.Record, ...]) -> tuple[tuple[str, str], ...]:
        found = []
        for why, said in wording_held.WHY.items():
            since = [each.at for each in records if each.why is why]
            if since:
                day = self._when.short_day(min(since))
                found.append((said, wording_held.COUNT.format(count=len(since), day=day)))
        return tuple(found)

    def _hold_row(self, hold: Hold, people: Mapping[str, str]) -> Row:
        if not hold.released_at:
            mark = Mark(words.COUNTS, Tone.WARN, "lock")
        elif not hold.passed_at:
            mark = Mark(words.WAITS, Tone.REQUESTED)
        else:
            mark = Mark(
                words.RELEASED.format(at=self._when.short_day(hold.released_at)), Tone.QUIET
            )
        return Row(
            hold.id,
            (
                Cell(hold.matter, strong=True),
                Cell(_lies_on(hold, people)),
                Cell(
                    self._when.short_day(hold.set_at),
                    tip=self._name(hold.set_by),
                ),
                Cell(
                    self._name(hold.released_by) if hold.released_by else words.NOT_RELEASED,
                    quiet=True,
                ),
                Cell("", mark=mark),
            ),
        )

    def _last(self, run: Run) -> str:
        return words.LAST.format(
            at=self._when.day_and_clock(run.at),
            by=self._name(run.staff) if run.staff else words.NIGHTLY,
            count=run.disposed,
            held=run.held,
        )

    def _name(self, staff: str) -> str:
        return self._names.get(staff, staff)

    def _put(self, state: KeptState) -> None:
        self.state = state
        self._show(state)


def _lies_on(hold: Hold, people: Mapping[str, str]) -> str:
    if hold.scope == "dates":
        return words.BETWEEN.format(
            first=written_date(hold.first_day), last=written_date(hold.last_day)
        )
    if hold.scope == "person":
        return words.OF_PERSON.format(name=people.get(hold.about, hold.about))
    return words.SCOPE[hold.scope.value]
