"""Chooses whose data an incident is about: look for somebody, add them, take them off again."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.domain.incidents import Entered
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CareKraftError, IncidentUnclear
from carekraft_desktop.presenters import wording_affected as words
from carekraft_desktop.presenters.pieces import Cell, Problem, Row
from carekraft_desktop.presenters.times import written_date
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Collection

    from carekraft_desktop.domain.incidents import File
    from carekraft_desktop.presenters.tasks import Timers
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.incident_patients import Affected
    from carekraft_desktop.store.search import Hit

FOR = 60.0
"""Seconds for which a birth date is shown (REQ-03)."""
_MASK = Cell(words.COVERED, tip=words.COVERED_SPOKEN, quiet=True)


class AffectedUses(Protocol):
    """`services/incident_patients.py`."""

    def search(self, desk: Desk, incident_id: str, typed: str) -> tuple[Hit, ...]:
        """Patients who fit."""
        ...

    def listed(self, desk: Desk, incident_id: str) -> tuple[Affected, ...]:
        """Everybody on the list."""
        ...

    def add(self, desk: Desk, incident_id: str, patient_ids: Collection[str]) -> File:
        """These as well."""
        ...

    def take_off(self, desk: Desk, incident_id: str, patient_id: str) -> File:
        """Not this one."""
        ...

    def from_journal(self, desk: Desk, incident_id: str) -> int:
        """Whom the linked entries name; how many are new."""
        ...

    def birth_date(self, desk: Desk, incident_id: str, patient_id: str) -> str:
        """Journalled; empty where it was not shared."""
        ...


class AffectedState(Value, frozen=True):
    """Everything in the card."""

    shown: bool = False
    open: bool = False
    """The file takes more lines."""
    found: tuple[Row, ...] = ()
    nobody: str = ""
    chosen: tuple[Row, ...] = ()
    count: str = ""
    said: str = ""
    problem: Problem | None = None


class AffectedPresenter:
    """Follows the page of incidents from file to file."""

    def __init__(
        self,
        show: Callable[[AffectedState], None],
        *,
        affected: AffectedUses,
        timers: Timers,
        changed: Callable[[], None],
    ) -> None:
        """`changed`: the page has to be read anew."""
        self._show, self._uses, self._timers, self._changed = show, affected, timers, changed
        self._desk: Desk | None = None
        self._incident = ""
        self._hits: tuple[Hit, ...] = ()
        self._looked = False
        self._born: dict[str, str] = {}
        self._stop: Callable[[], None] | None = None
        self.state = AffectedState()

    def follow(self, desk: Desk, file: File | None) -> None:
        """This file is open now, or none that whoever sits here keeps."""
        may = desk.staff.may(Right.KEEP_INCIDENTS) and desk.staff.may(Right.SEE_SCHEDULE)
        if file is None or not may:
            self._forget("")
            self._put(AffectedState())
            return
        if file.id != self._incident:
            self._forget(file.id)
            self.state = AffectedState()
        self._desk = desk
        try:
            people = self._uses.listed(desk, file.id)
        except CareKraftError as error:
            self._put(replace(self.state, shown=True, problem=Problem.of(error)))
            return
        there = {each.patient_id for each in people}
        open_ = file.closed_at is None
        count = words.COUNT.format(
            count=f"{len(file.patients):,}", individuals=f"{file.individuals:,}"
        )
        self._put(
            replace(
                self.state,
                shown=True,
                open=open_,
                found=tuple(self._found(hit) for hit in self._hits if hit.patient_id not in there),
                nobody=words.NOBODY if self._looked and not self._hits else "",
                chosen=tuple(self._listed(each, open_=open_) for each in people),
                count=count if people else words.NONE,
            )
        )

    def look(self, typed: str) -> None:
        """Look for somebody."""

        def do(desk: Desk) -> str:
            self._hits = self._uses.search(desk, self._incident, typed) if typed.strip() else ()
            self._looked = bool(typed.strip())
            return ""

        self._do(do)

    def add(self, patient_id: str) -> None:
        """This one as well."""
        self._do(lambda desk: str(self._uses.add(desk, self._incident, [patient_id]).id) and "")

    def take_off(self, patient_id: str) -> None:
        """Not this one."""
        self._do(lambda desk: str(self._uses.take_off(desk, self._incident, patient_id).id) and "")

    def from_journal(self) -> None:
        """Whom the linked entries name."""

        def do(desk: Desk) -> str:
            new = self._uses.from_journal(desk, self._incident)
            return words.ADDED.format(count=new) if new else words.NOTHING_NEW

        self._do(do)

    def reveal(self, patient_id: str) -> None:
        """Show a birth date, for a minute."""

        def do(desk: Desk) -> str:
            born = self._uses.birth_date(desk, self._incident, patient_id)
            self._born[patient_id] = written_date(born) if born else words.NOT_SHARED
            if self._stop is not None:
                self._stop()
            self._stop = self._timers.after(FOR, self.cover_up)
            return ""

        if patient_id:
            self._do(do)

    def cover_up(self) -> None:
        """Nothing stays revealed; nothing is read for it."""
        if not self._born:
            return
        self._cover()
        found, chosen = (
            tuple(_covered(row) for row in rows) for rows in (self.state.found, self.state.chosen)
        )
        self._put(replace(self.state, found=found, chosen=chosen))

    def leave(self) -> None:
        """The page goes away."""
        self._forget("")
        self.state = AffectedState()

    def _do(self, what: Callable[[Desk], str]) -> None:
        if self._desk is None or not self._incident:
            return
        try:
            said = what(self._desk)
        except CareKraftError as error:
            self._put(replace(self.state, said="", problem=_problem(error)))
            return
        self.state = replace(self.state, said=said, problem=None)
        self._changed()

    def _forget(self, incident_id: str) -> None:
        self._cover()
        self._incident, self._hits, self._looked = incident_id, (), False

    def _cover(self) -> None:
        if self._stop is not None:
            self._stop()
            self._stop = None
        self._born.clear()

    def _found(self, hit: Hit) -> Row:
        born = self._birth(hit.patient_id)
        return Row(hit.patient_id, (Cell(hit.name, strong=True), born, Cell("", action=words.ADD)))

    def _listed(self, each: Affected, *, open_: bool) -> Row:
        born = self._birth(each.patient_id) if each.name else Cell("")
        last = Cell("", action=words.OFF) if open_ else Cell("")
        return Row(each.patient_id, (Cell(each.name or words.GONE, strong=True), born, last))

    def _birth(self, patient_id: str) -> Cell:
        born = self._born.get(patient_id)
        return Cell(born) if born is not None else _MASK

    def _put(self, state: AffectedState) -> None:
        self.state = state
        self._show(state)


def _covered(row: Row) -> Row:
    name, born, last = row.cells
    return replace(row, cells=(name, _MASK if born.text else born, last))


def _problem(error: CareKraftError) -> Problem:
    found = Problem.of(error)
    if isinstance(error, IncidentUnclear) and error.detail == Entered.JOURNAL.value:
        return Problem(words.LINK_FIRST.title, words.LINK_FIRST.advice, found.code)
    return found
