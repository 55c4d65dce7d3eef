"""Terms in their versions, agreements with partners, the training record, and what support sees."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.domain.attesting import Subject
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording_terms as words
from carekraft_desktop.presenters.pieces import Cell, Mark, Problem, Row, Tone
from carekraft_desktop.presenters.tasks import Done, Failed
from carekraft_desktop.presenters.times import short_day
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from carekraft_desktop.presenters.tasks import Outcome, Runner
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.services.agreements import Agreement
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.terms import Shown


class TermsUses(Protocol):
    """`services/terms.py`, `agreements.py`, `training_record.py` and `support.py`."""

    def shown(self, desk: Desk) -> Shown:
        """The versions."""
        ...

    def confirm(self, desk: Desk, subject: Subject) -> None:
        """Confirm the newest."""
        ...

    def agreements(self, desk: Desk) -> tuple[Agreement, ...]:
        """Those on file."""
        ...

    def record(self, desk: Desk, name: str, does: str, until: str) -> None:
        """Put one on file."""
        ...

    def export_training(self, desk: Desk, place: Path) -> int:
        """Save the training record."""
        ...

    def bundle(self, desk: Desk) -> str:
        """What support would see; slow."""
        ...

    def write_bundle(self, text: str, place: Path) -> None:
        """Save what was read."""
        ...


class Part(StrEnum):
    """Beside which part something is said."""

    TERMS = "terms"
    AGREEMENTS = "agreements"
    TRAINING = "training"
    SUPPORT = "support"


class VersionLine(Value, frozen=True):
    """One version of the terms."""

    title: str
    mark: Mark
    lines: tuple[str, ...]


class TermsState(Value, frozen=True):
    """Everything on the page."""

    versions: tuple[VersionLine, ...] = ()
    none: str = ""
    waits: bool = False
    can_confirm: bool = False
    mine: str = ""
    who: str = ""
    keeps: bool = False
    """Whoever looks keeps agreements."""
    agreements: tuple[Row, ...] = ()
    may_export: bool = False
    bundle: str = ""
    """What support would see; empty before it was asked for."""
    busy: bool = False
    said: str = ""
    beside: Part = Part.TERMS
    problem: Problem | None = None
    stamp: int = 0
    """Grows when fields have to be emptied."""


class TermsPresenter:
    """For whoever sits at the desk."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[TermsState], None],
        *,
        terms: TermsUses,
        names: Mapping[str, str],
        when: OfficeTime,
        runner: Runner,
        confirmed: Callable[[], None] = lambda: None,
    ) -> None:
        """`confirmed`: told that the newest version was, so that receiving goes on."""
        self._desk, self._show, self._terms = desk, show, terms
        self._names, self._when, self._runner = dict(names), when, runner
        self._confirmed = confirmed
        self.state = TermsState()

    def refresh(self) -> None:
        """Read anew."""
        try:
            self._put(self._built(self._terms.shown(self._desk)))
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        self._when = when
        self.refresh()

    def confirm(self) -> None:
        """I have read the newest version."""
        if self.state.can_confirm:
            self._do(
                Part.TERMS,
                lambda: self._terms.confirm(self._desk, Subject.TERMS),
                words.CONFIRMED,
            )
            self._confirmed()

    def record(self, name: str, does: str, until: str) -> None:
        """Put an agreement on file."""

        def do() -> None:
            self._terms.record(self._desk, name, does, until)
            self.state = replace(self.state, stamp=self.state.stamp + 1)

        self._do(Part.AGREEMENTS, do, words.RECORDED)

    def export_training(self, place: Path) -> None:
        """Save the training record."""
        try:
            count = self._terms.export_training(self._desk, place)
        except CareKraftError as error:
            self._put(replace(self.state, beside=Part.TRAINING, problem=Problem.of(error), said=""))
            return
        said = words.EXPORTED.format(count=count)
        self._put(replace(self.state, beside=Part.TRAINING, said=said, problem=None))

    def prepare(self) -> None:
        """Show what support would see."""
        if self.state.busy:
            return
        self._put(replace(self.state, busy=True, beside=Part.SUPPORT, said="", problem=None))
        self._runner.submit(lambda: self._terms.bundle(self._desk), self._prepared)

    def save(self, place: Path) -> None:
        """Save what was shown, and nothing else."""
        if self.state.bundle:
            text = self.state.bundle
            self._do(Part.SUPPORT, lambda: self._terms.write_bundle(text, place), words.SAVED)

    def _prepared(self, outcome: Outcome[str]) -> None:
        match outcome:
            case Done(text):
                self._put(replace(self.state, busy=False, bundle=text, said=words.PREPARED))
            case Failed(error):
                self._put(replace(self.state, busy=False, problem=Problem.of(error)))

    def _do(self, part: Part, act: Callable[[], None], said: str) -> None:
        try:
            act()
        except CareKraftError as error:
            self._put(replace(self.state, beside=part, problem=Problem.of(error), said=""))
            return
        self.state = replace(self.state, beside=part, said=said, problem=None)
        self.refresh()

    def _built(self, shown: Shown) -> TermsState:
        names = [self._names[each] for each in shown.confirmed if each in self._names]
        who = words.WHO.format(names=", ".join(sorted(names))) if names else words.NOBODY
        staff = self._desk.staff
        keeps = staff.may(Right.KEEP_PAPERS)
        return replace(
            self.state,
            versions=tuple(self._version(shown, number) for number in range(len(shown.versions))),
            none="" if shown.versions else words.NO_TERMS,
            waits=shown.waits,
            can_confirm=bool(shown.versions) and not shown.mine,
            mine=words.MINE if shown.versions and shown.mine else "",
            who=who if shown.versions else "",
            keeps=keeps,
            agreements=tuple(self._agreement(each) for each in self._terms.agreements(self._desk))
            if keeps
            else (),
            may_export=staff.may(Right.REVIEW_ACCESS),
        )

    def _version(self, shown: Shown, number: int) -> VersionLine:
        one = shown.versions[number]
        today = self._when.day(self._desk.now())
        if one.version == shown.in_force:
            mark = Mark(words.IN_FORCE, Tone.GOOD, "circle-check")
        elif one.since > today:
            mark = Mark(words.COMES.format(day=short_day(one.since)), Tone.OFFERED)
        else:
            mark = Mark(words.BEFORE, Tone.QUIET, "clock")
        title = words.VERSION.format(version=one.version, title=one.title)
        return VersionLine(title, mark, one.lines)

    def _agreement(self, one: Agreement) -> Row:
        end = one.until.isoformat() if one.until is not None else words.NO_END
        over = Mark(words.OVER, Tone.BAD) if one.over else None
        return Row(
            one.name,
            (
                Cell(one.name, strong=True),
                Cell(one.does),
                Cell(end, mark=over),
                Cell(self._when.short_day(one.at), tip=self._names.get(one.by, "")),
            ),
        )

    def _put(self, state: TermsState) -> None:
        self.state = state
        self._show(state)
