"""The page of incidents: open one, do what comes first, keep its file, practise (REQ-99 to 105)."""

from __future__ import annotations

import json
from datetime import date
from typing import TYPE_CHECKING

from carekraft_desktop.domain.breach import Conclusion, Factors
from carekraft_desktop.domain.breach_clocks import Addressee
from carekraft_desktop.domain.incidents import Entered, Sanction
from carekraft_desktop.domain.machines import Answer, LastSeen, Told
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.domain.trail import fingerprint
from carekraft_desktop.errors import CareKraftError, IncidentUnclear
from carekraft_desktop.presenters import incident_sheet as sheets
from carekraft_desktop.presenters import wording_incidents as words
from carekraft_desktop.presenters.incident_state import IncidentsState, Known, Part
from carekraft_desktop.presenters.paper import Sheet as Paper
from carekraft_desktop.presenters.pieces import Cell, Empty, Problem, Row
from carekraft_desktop.presenters.tasks import Done, Failed
from carekraft_desktop.presenters.wording_again import WHY
from carekraft_desktop.presenters.wording_paper import NO_FILES
from carekraft_desktop.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from carekraft_desktop.domain.incidents import File, Kind, Step
    from carekraft_desktop.domain.trail import Report
    from carekraft_desktop.presenters.again import AskAgain
    from carekraft_desktop.presenters.incident_patients import AffectedPresenter
    from carekraft_desktop.presenters.incident_state import Sheet
    from carekraft_desktop.presenters.paper import Printer
    from carekraft_desktop.presenters.tasks import Outcome, Runner
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.uses_incidents import DrillUses, IncidentUses
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.step_up import StepUp

_FIELDS: tuple[tuple[str, Entered], ...] = (
    ("what", Entered.WHAT),
    ("who", Entered.WHO),
    ("systems", Entered.SYSTEMS),
    ("journal", Entered.JOURNAL),
    ("individuals", Entered.INDIVIDUALS),
    ("residents", Entered.RESIDENTS),
    ("secured", Entered.SECURED),
    ("containment", Entered.CONTAINMENT),
)
_DAYS = (("noticed", Entered.DISCOVERED), ("occurred", Entered.OCCURRED))
FORWARD = 15
"""Days that an exercise goes forward at a time."""


class IncidentsPresenter:
    """Shows the register, and one incident at a time."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[IncidentsState], None],
        *,
        incidents: IncidentUses,
        names: Mapping[str, str],
        when: OfficeTime,
        again: AskAgain,
        runner: Runner,
        printer: Printer,
        changed: Callable[[], None] = lambda: None,
    ) -> None:
        """`names`: what colleagues read, by staff id; `changed`: told that the register did."""
        self._real, self._show, self._uses = desk, show, incidents
        self._names, self._when, self._again = dict(names), when, again
        self._runner, self._printer, self._changed = runner, printer, changed
        self._drill: DrillUses | None = None
        self._affected: AffectedPresenter | None = None
        self._chosen, self._stamp = "", 0
        self.state = IncidentsState()

    # -- looking ------------------------------------------------------------------------

    @property
    def _desk(self) -> Desk:
        return self._drill.desk if self._drill is not None else self._real

    def refresh(self) -> None:
        """Read anew."""
        if not self._desk.staff.may(Right.REPORT_INCIDENTS):
            no = words.NO_RIGHT
            self._put(IncidentsState(empty=Empty(no.title, no.advice, icon="shield-off")))
            return
        self._try(Part.TOP, lambda: None)

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        self._when = when
        self.refresh()

    def follow_with(self, affected: AffectedPresenter) -> None:
        """What chooses whose data it is about goes along from file to file."""
        self._affected = affected

    def cover_up(self) -> None:
        """Nothing stays revealed."""
        if self._affected is not None:
            self._affected.cover_up()

    def leave(self) -> None:
        """The office is being closed: an exercise is broken off."""
        if self._affected is not None:
            self._affected.leave()
        drill, self._drill = self._drill, None
        if drill is not None:
            drill.close()

    def choose(self, incident_id: str) -> None:
        """One of the register."""
        self._chosen, self._stamp = incident_id, self._stamp + 1
        self._try(Part.TOP, lambda: None)

    # -- the worst day ------------------------------------------------------------------

    def open_one(self, kind: Kind) -> None:
        """Something went wrong."""

        def do() -> None:
            file = self._uses.open_one(self._desk, kind)
            self._chosen, self._stamp = file.id, self._stamp + 1

        self._try(Part.TOP, do)
        self._changed()

    def tick(self, step: Step) -> None:
        """A step was taken."""
        self._try(Part.TOP, lambda: self._uses.tick(self._desk, self._chosen, step))

    # -- what is known ------------------------------------------------------------------

    def save(self, typed: Known) -> None:
        """Put down what is new in the fields."""
        sheet = self.state.sheet
        if sheet is None:
            return
        before = sheet.known

        def do() -> None:
            for name, kind in _FIELDS:
                value = getattr(typed, name).strip()
                if value and value != getattr(before, name):
                    self._uses.put_down(self._desk, self._chosen, kind, value)
            if typed.classes != before.classes:
                value = json.dumps(sorted(typed.classes))
                self._uses.put_down(self._desk, self._chosen, Entered.CLASSES, value)
            for name, kind in _DAYS:
                value = getattr(typed, name).strip()
                if value and value != getattr(before, name):
                    moment = str(self._moment(value))
                    self._uses.put_down(self._desk, self._chosen, kind, moment)
            self._stamp += 1

        self._try(Part.KNOWN, do, words.SAVED)

    def everybody(self) -> None:
        """It is about everybody on this computer."""

        def do() -> None:
            self._uses.everybody_here(self._desk, self._chosen)
            self._stamp += 1

        self._try(Part.KNOWN, do)

    # -- was it a breach? ---------------------------------------------------------------

    def assess(self, chosen: Mapping[str, str], links: tuple[str, str, str, str]) -> None:
        """Put the four answers down."""
        factors = Factors(
            chosen["nature"], chosen["recipient"], chosen["viewed"], chosen["mitigated"], links
        )

        def do() -> None:
            self._uses.assess(self._desk, self._chosen, factors)
            self._stamp += 1

        self._try(Part.BREACH, do, words.SAVED)

    def conclude(self, code: str) -> None:
        """Conclude, once the password was typed again."""
        conclusion = Conclusion(code)
        self._proved(
            "incident",
            Part.BREACH,
            lambda proof: self._uses.conclude(self._desk, self._chosen, conclusion, proof),
        )

    def sign(self) -> None:
        """Agree, as the second person."""
        drill = self._drill
        if drill is not None:
            second = drill.second
            proof = drill.proof(second.staff)
            self._try(Part.BREACH, lambda: self._uses.countersign(second, self._chosen, proof))
            return
        self._proved(
            "incident",
            Part.BREACH,
            lambda proof: self._uses.countersign(self._desk, self._chosen, proof),
        )

    # -- who has to be told -------------------------------------------------------------

    def told(self, key: str) -> None:
        """They were told."""
        who, _, state = key.partition(":")
        addressee = Addressee(who)
        way = self._uses.usual_way(addressee)
        self._try(
            Part.DUTIES,
            lambda: self._uses.sent(self._desk, self._chosen, addressee, way, state=state),
        )

    def letter(self) -> None:
        """Print the letter; its words are kept with the incident."""
        if self._drill is None and not self._printer.ready():
            self._say(Part.DUTIES, words.NO_PRINTER)
            return

        def do() -> None:
            file = self._uses.read(self._desk, self._chosen)
            office = self._uses.office(self._desk)
            parts = sheets.letter(
                file,
                office=office.name if office else "",
                phone=office.phone if office else "",
                contact=self._real.staff.display,
                when=self._when,
            )
            text = "\n\n".join(f"{title}: {said}" for title, said in parts)
            self._uses.written(self._desk, self._chosen, text)
            self._print(words.LETTER_TITLE, words.LETTER_HEADS, parts)

        self._try(Part.DUTIES, do)

    def envelopes(self) -> None:
        """Print whom it goes to."""
        if self._drill is None and not self._printer.ready():
            self._say(Part.DUTIES, words.NO_PRINTER)
            return

        def do(proof: StepUp | None) -> None:
            found = self._uses.envelopes(self._desk, self._chosen, proof)
            lines = tuple((each.name, each.address) for each in found.lines)
            if lines:
                self._print(words.ENVELOPES_TITLE, words.ENVELOPES_HEADS, lines)
            if found.without:
                self.state = replace(self.state, said=words.WITHOUT.format(count=found.without))

        self._proved("print", Part.DUTIES, do)

    def confirm_days(self, state: str, days: str) -> None:
        """The law of a state."""

        def do() -> None:
            if not days.strip().isdigit():
                raise IncidentUnclear("state")
            self._uses.confirm_days(self._desk, state, int(days))

        self._try(Part.DUTIES, do)

    def wait(self, until: str) -> None:
        """Law enforcement asked to wait."""

        def do() -> None:
            today = self._when.day(self._desk.now())
            end = self._day(until) if until.strip() else None
            self._uses.delay(self._desk, self._chosen, today, end)

        self._try(Part.DUTIES, do)

    def tell(self) -> None:
        """Tell CareKraft."""
        if self._drill is None:
            self._try(Part.DUTIES, lambda: self._uses.tell(self._desk, self._chosen), words.TOLD)

    # -- rules, and the end -------------------------------------------------------------

    def violated(self, staff_id: str) -> None:
        """Somebody broke a rule."""
        self._try(Part.END, lambda: self._uses.violation(self._desk, self._chosen, staff_id))

    def sanction(self, staff_id: str, code: str) -> None:
        """What came of it."""
        outcome = Sanction(code)
        self._try(
            Part.END, lambda: self._uses.sanction(self._desk, self._chosen, staff_id, outcome)
        )

    def close(self) -> None:
        """Bring it to an end."""
        self._proved(
            "incident",
            Part.END,
            lambda proof: self._uses.close(self._desk, self._chosen, proof),
        )
        self._changed()

    def export(self, place: Path) -> None:
        """Everything in one signed file."""

        def write(proof: StepUp | None) -> None:
            if self.state.busy:
                return
            desk, chosen = self._desk, self._chosen
            self._put(replace(self.state, busy=True, problem=None, beside=Part.END))
            self._runner.submit(
                lambda: self._uses.export(desk, chosen, place, proof), self._exported
            )

        if self._drill is None:
            self._again(WHY["export"], write)

    def _exported(self, outcome: Outcome[Report]) -> None:
        self._put(replace(self.state, busy=False))
        match outcome:
            case Done(report):
                key = fingerprint(report.key)
                self._say(Part.END, words.EXPORTED.format(count=report.entries, key=key))
            case Failed(error):
                self._put(replace(self.state, problem=Problem.of(error), beside=Part.END))

    # -- a lost computer ----------------------------------------------------------------

    def report_lost(self, device: str, answers: Mapping[str, str]) -> None:
        """That computer is missing; `answers` by question, empty where nothing was said."""
        if self._drill is not None:
            return
        if not device or not all(answers.values()):
            no = words.ASK_FIRST if device else words.CHOOSE_ONE
            problem = Problem(no.title, no.advice, "answers")
            self._put(replace(self.state, said="", beside=Part.LOST, problem=problem))
            return
        told = Told(
            Answer(answers["password_with_it"]),
            Answer(answers["shared_sign_in"]),
            Answer(answers["code_with_it"]),
            LastSeen(answers["last_seen"]),
        )
        self._proved(
            "lost",
            Part.LOST,
            lambda proof: self._uses.report_lost(self._desk, self._chosen, device, proof, told),
            words.LOST_SAID,
        )

    # -- practising ---------------------------------------------------------------------

    def practise(self, kind: Kind) -> None:
        """Begin an exercise."""
        if self._drill is not None:
            return

        def do() -> None:
            self._drill = self._uses.begin_drill(self._real, kind)
            self._chosen, self._stamp = self._drill.file_id, self._stamp + 1

        self._try(Part.TOP, do)

    def forward(self) -> None:
        """Let days of the exercise pass."""
        drill = self._drill
        if drill is not None:
            self._try(Part.TOP, lambda: drill.forward(FORWARD))

    def end_practice(self) -> None:
        """The exercise is over."""
        drill, self._drill = self._drill, None
        if drill is not None:
            self._chosen = ""
            self._try(Part.TOP, drill.end, words.DRILL_ENDED)

    # -- inside -------------------------------------------------------------------------

    def _proved(
        self, why: str, part: Part, do: Callable[[StepUp | None], object], said: str = ""
    ) -> None:
        drill = self._drill
        if drill is not None:
            self._try(part, lambda: do(drill.proof()), said)
        else:
            self._again(WHY[why], lambda proof: self._try(part, lambda: do(proof), said))

    def _try(self, part: Part, do: Callable[[], object], said: str = "") -> None:
        self.state = replace(self.state, said="", problem=None, beside=part)
        try:
            do()
            self._put(replace(self._built(), beside=part, said=said or self.state.said))
        except CareKraftError as error:
            try:
                built = self._built()
            except CareKraftError:
                built = self.state
            self._put(replace(built, beside=part, problem=Problem.of(error)))

    def _built(self) -> IncidentsState:
        desk, drill = self._desk, self._drill
        files = self._uses.register(desk)
        by_id = {file.id: file for file in files}
        rows = tuple(sheets.row(file, self._uses.clocks(desk, file), self._when) for file in files)
        none = Empty(words.NONE.title, words.NONE.advice, icon="shield-check")
        chosen = by_id.get(self._chosen)
        if self._affected is not None:
            self._affected.follow(desk, chosen)
        return IncidentsState(
            rows=rows,
            none=none if not rows else None,
            chosen=chosen.id if chosen is not None else "",
            sheet=self._sheet(chosen) if chosen is not None else None,
            may_practise=desk.staff.may(Right.KEEP_INCIDENTS) and drill is None,
            practice=words.DRILL_DAYS.format(day=drill.days) if drill is not None else "",
            banner=words.DRILL_BANNER if drill is not None else None,
        )

    def _sheet(self, file: File) -> Sheet:
        desk = self._desk
        if not desk.staff.may(Right.KEEP_INCIDENTS):
            bare = sheets.bare(file, self._name, self._when)
            waits = sheets.waits(file, self._name)
            may = desk.staff.may(Right.COUNTERSIGN_INCIDENTS)
            return replace(bare, waits=waits, can_sign=bool(waits) and may)
        return sheets.whole(
            file,
            chosen=self._uses.factors(file),
            clocks=self._uses.clocks(desk, file),
            open_points=self._uses.open_points(desk, file) if file.closed_at is None else (),
            names=self._names,
            name=self._name,
            when=self._when,
            me=desk.staff.id,
            machines=self._machines(),
            stamp=self._stamp,
            practising=self._drill is not None,
        )

    def _machines(self) -> tuple[Row, ...]:
        if self._drill is not None:
            return ()
        return tuple(
            Row(
                each.device,
                (
                    Cell(each.name, strong=True),
                    Cell(self._when.day_and_clock(each.at)),
                    Cell(words.MACHINE[each.state.value]),
                ),
            )
            for each in self._uses.machines(self._real)
        )

    def _print(
        self, title: str, heads: tuple[str, ...], lines: tuple[tuple[str, ...], ...]
    ) -> None:
        """On paper; in an exercise nothing leaves the screen."""
        if self._drill is not None:
            return
        footer = words.PRINTED.format(
            name=self._real.staff.display, at=self._when.day_and_clock(self._real.now())
        )
        self._printer.print(
            Paper(title, heads, lines, footer),
            lambda _pages: None,
            lambda: self._put(replace(self.state, said=NO_FILES)),
        )

    def _name(self, staff: str) -> str:
        if not staff:
            return words.PROGRAM
        return self._names.get(staff, words.SOMEBODY)

    def _moment(self, typed: str) -> int:
        return self._when.midnight(self._day(typed))

    @staticmethod
    def _day(typed: str) -> date:
        try:
            return date.fromisoformat(typed.strip())
        except ValueError:
            raise IncidentUnclear("day") from None

    def _say(self, part: Part, said: str) -> None:
        self._put(replace(self.state, said=said, beside=part, problem=None))

    def _put(self, state: IncidentsState) -> None:
        self.state = state
        self._show(state)
