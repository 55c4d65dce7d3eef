"""Sheets for the printer: the day with minimal columns, and the list of calls."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording, wording_desk, wording_errors, wording_paper
from carekraft_desktop.presenters.again import AskAgain, no_question
from carekraft_desktop.presenters.pieces import Toast
from carekraft_desktop.presenters.times import long_day
from carekraft_desktop.presenters.wording_again import WHY
from carekraft_desktop.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from carekraft_desktop.domain.pending import Seen
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.uses import OfficeUses, PaperUses
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.paper import Call
    from carekraft_desktop.services.step_up import StepUp


class Sheet(Value, frozen=True):
    """Everything on the paper."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    footer: str
    """Who printed it and when, and which job it was; on every page."""
    job: str = ""
    """Short id of the job, as the journal has it."""
    patients: int = 0
    """How many patients are on it, told before anything is printed (REQ-91)."""
    said: tuple[str, ...] = ()
    """Paragraphs before the table, or instead of one."""


class Printer(Protocol):
    """Where paper comes out."""

    def ready(self) -> bool:
        """Whether there is a printer at all."""
        ...

    def print(self, sheet: Sheet, sent: Callable[[int], None], refused: Callable[[], None]) -> None:
        """Say how much it is, ask which printer, and print; the job's name says nothing.

        Args:
            sheet: what is to be on the paper.
            sent: called with the pages, once it has gone to a printer.
            refused: called where the chosen printer only writes a file or sends a fax.
        """
        ...


class PaperPresenter:
    """Prints what is asked for, and says when it cannot."""

    def __init__(
        self,
        desk: Desk,
        printer: Printer,
        *,
        paper: PaperUses,
        office: OfficeUses,
        told: Callable[[Toast], None],
        when: OfficeTime,
        again: AskAgain = no_question,
    ) -> None:
        """Make it; `paper` journals each sheet before it is made, `again` asks for the password."""
        self._again = again
        self._desk, self._printer, self._paper = desk, printer, paper
        self._office, self._told, self._when = office, told, when

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        self._when = when

    def day(self, day: date) -> None:
        """The day sheet: time, patient, provider, status."""
        span = self._when.span(day)

        def make(again: StepUp | None) -> Sheet:
            seen = self._paper.day(self._desk, *span, day.isoformat(), again)
            return self._sheet(
                f"{self._name()}: {long_day(day)}, {day.year}",
                ("Time", "Patient", "With", "Status"),
                tuple(self._day_row(each) for each in seen),
                len({each.entry.patient_id for each in seen}),
            )

        self._print(make, Right.SEE_SCHEDULE, lambda: self._paper.is_bulk(self._desk, *span))

    def calls(self) -> None:
        """The list of calls, with numbers and room for the outcome."""

        def make(again: StepUp | None) -> Sheet:
            lines = self._paper.call_list(self._desk, again)
            return self._sheet(
                f"{self._name()}: {wording_desk.TO_CALL}",
                ("Visit", "Patient", "Why", "Wishes", "Telephone", "Outcome"),
                tuple(self._call_row(each) for each in lines),
                len({each.line.seen.entry.patient_id for each in lines}),
            )

        self._print(make, Right.REVEAL_CONTACT, lambda: self._paper.is_bulk_calls(self._desk))

    def _print(
        self, make: Callable[[StepUp | None], Sheet], right: Right, bulk: Callable[[], bool]
    ) -> None:
        if not self._desk.staff.may(right):
            self._told(Toast(wording_errors.ERRORS["not-permitted"].title))
            return
        if not self._printer.ready():
            # Nothing is journalled as printed, and nothing goes to a file in plain text.
            self._told(Toast(wording_desk.NO_PRINTER))
            return
        try:
            many = bulk()
        except CareKraftError as error:
            self._told(Toast(wording_errors.of_error(error).title))
            return
        if many:
            self._again(WHY["print"], lambda again: self._out(make, again))
        else:
            self._out(make, None)

    def _out(self, make: Callable[[StepUp | None], Sheet], again: StepUp | None) -> None:
        try:
            sheet = make(again)
        except CareKraftError as error:
            self._told(Toast(wording_errors.of_error(error).title))
            return
        self._printer.print(
            sheet,
            lambda pages: self._note(sheet, pages),
            lambda: self._refused(sheet),
        )

    def _note(self, sheet: Sheet, pages: int) -> None:
        """It is on its way to the printer."""
        try:
            self._paper.printed(self._desk, sheet.job, pages=pages, patients=sheet.patients)
        except CareKraftError as error:
            self._told(Toast(wording_errors.of_error(error).title))

    def _refused(self, sheet: Sheet) -> None:
        """What writes a file is an export, and that goes another way (REQ-91)."""
        try:
            self._paper.printed(self._desk, sheet.job, pages=0, patients=sheet.patients)
        except CareKraftError as error:
            self._told(Toast(wording_errors.of_error(error).title))
            return
        self._told(Toast(wording_paper.NO_FILES, seconds=12))

    def _sheet(
        self, title: str, heads: tuple[str, ...], rows: tuple[tuple[str, ...], ...], patients: int
    ) -> Sheet:
        job = self._desk.ids.new()[-6:].upper()
        now = self._when.day_and_clock(self._desk.now())
        footer = wording_paper.footer(self._desk.staff.display, now, job)
        return Sheet(title, heads, rows, footer, job, patients)

    def _name(self) -> str:
        found = self._office.office(self._desk)
        return found.name if found is not None else wording.PROGRAM

    def _names(self) -> dict[str, str]:
        return {each.id: each.name for each in self._office.providers(self._desk)}

    def _day_row(self, seen: Seen) -> tuple[str, ...]:
        return (
            self._when.stretch(seen.start, seen.end),
            seen.entry.name or wording.NAME_MISSING,
            self._names().get(seen.provider_id, wording.OTHER_PROVIDER),
            wording.STATUS[seen.status],
        )

    def _call_row(self, call: Call) -> tuple[str, ...]:
        line = call.line
        return (
            self._when.day_and_clock(line.seen.start),
            line.seen.entry.name or wording.NAME_MISSING,
            ", ".join(wording_desk.WHY_CALL[why.value] for why in line.why),
            wording_desk.PREFERS.get(line.prefers, ""),
            call.number or wording_desk.NO_NUMBER,
            "",
        )
