"""The referrals: folders by how they stand, the one that is looked at, and the way to a new one."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import partial
from typing import TYPE_CHECKING

from carekraft_desktop.contract.referrals import DeclineCode
from carekraft_desktop.domain import payload
from carekraft_desktop.domain.referrals import (
    AFTER,
    Folder,
    Record,
    Referral,
    Stage,
    Step,
    folder,
    overdue,
)
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters import wording_referrals as words
from carekraft_desktop.presenters.pieces import Cell, Empty, Mark, Problem, Row, Toast, Tone
from carekraft_desktop.presenters.referral_wizard import Option, Wizard, WizardState, problem_of
from carekraft_desktop.presenters.times import ago

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain.visits import Opening
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.uses_referrals import ReferralUses
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.referrals import Arrived, Board, Line
    from carekraft_desktop.store.ledger import Line as LedgerLine

HEADS = ("Patient", "With", "When", "State")
ACCOUNTING = "accounting"
"""The place of the disclosures, beside the folders."""

_TONE: dict[Stage, Tone] = {
    Stage.DRAFT: Tone.QUIET,
    Stage.SAVED: Tone.OFFERED,
    Stage.REFUSED: Tone.BAD,
    Stage.PROPOSED: Tone.REQUESTED,
    Stage.BOOKED: Tone.CONFIRMED,
    Stage.RESCHEDULED: Tone.LATE,
    Stage.DECLINED: Tone.CANCELLED,
    Stage.CANCELLED: Tone.CANCELLED,
}
_ICON = {Stage.DRAFT: "circle-dashed", Stage.SAVED: "hourglass", Stage.REFUSED: "circle-x"}


@dataclass(frozen=True, slots=True)
class FolderState:
    """One folder in the list of them."""

    key: str
    words: str
    count: int
    urgent: bool = False


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that can be done with what is looked at."""

    name: str
    words: str
    key: str
    icon: str
    primary: bool = False
    danger: bool = False


@dataclass(frozen=True, slots=True)
class PaneState:
    """The referral that is looked at."""

    title: str
    mark: Mark
    sentences: tuple[str, ...] = ()
    facts: tuple[tuple[str, str], ...] = ()
    deeds: tuple[Deed, ...] = ()
    message: tuple[tuple[str, str], ...] = ()
    """What was sent, member by member."""
    asking: tuple[Option, ...] = ()
    """Reasons or times to choose from."""
    ask: str = ""


@dataclass(frozen=True, slots=True)
class ReferralsState:
    """Everything on the page."""

    folders: tuple[FolderState, ...] = ()
    chosen: str = Folder.ATTENTION.value
    rows: tuple[Row, ...] = ()
    selected: str = ""
    pane: PaneState | None = None
    empty: Empty | None = None
    problem: Problem | None = None
    notice: Problem | None = None
    """That nothing may be referred, and why."""
    can_record: bool = False
    wizard: WizardState | None = None
    may_begin: bool = True


class ReferralsPresenter:
    """Holds the board; a wizard lies over it while a draft is made."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[ReferralsState], None],
        *,
        referrals: ReferralUses,
        make_wizard: Callable[
            [Callable[[WizardState], None], Callable[[str], None], OfficeTime], Wizard
        ],
        told: Callable[[Toast], None],
        acted: Callable[[], None],
        when: OfficeTime,
    ) -> None:
        """Make it; `make_wizard` gets how to show a step, whom to tell of the end, the times."""
        self._desk, self._show, self._referrals = desk, show, referrals
        self._make_wizard, self._told, self._acted = make_wizard, told, acted
        self._when = when
        self._board: Board | None = None
        self._ledger: tuple[tuple[LedgerLine, str], ...] = ()
        self._asking: tuple[Callable[[], None], ...] = ()
        self._openings: tuple[Opening, ...] = ()
        self.wizard: Wizard | None = None
        self.state = ReferralsState()

    # -- reading ------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read everything anew."""
        if not self._desk.staff.may(Right.SEE_SCHEDULE):
            no = wording.NO_SCHEDULE
            self._put(ReferralsState(empty=Empty(no.title, no.advice, icon="shield-off")))
            return
        try:
            self._board = self._referrals.board(self._desk)
            if self.state.chosen == ACCOUNTING:
                self._ledger = self._referrals.accounting(self._desk)
        except CareKraftError as error:
            self._put(replace(self.state, problem=problem_of(error)))
            return
        if self.wizard is not None:
            self.wizard.refresh()
        self._put(self._build(self.state))

    def tick(self) -> None:
        """A minute has passed: what was in time may be overdue."""
        if self._board is not None:
            self._put(self._build(self.state))

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        self._when = when
        if self.wizard is not None:
            self.wizard.respell(when)
        self.refresh()

    # -- folders ------------------------------------------------------------------------

    def choose_folder(self, key: str) -> None:
        """Look into a folder."""
        if key != self.state.chosen:
            self._asking = ()
            self.state = replace(self.state, chosen=key, selected="", problem=None)
            self.refresh()

    def choose(self, key: str) -> None:
        """Look at one."""
        if key != self.state.selected:
            self._asking = ()
            self._put(self._build(replace(self.state, selected=key, problem=None)))

    def show_one(self, referral_id: str) -> None:
        """Go to where a referral is and look at it."""
        self.refresh()
        now = self._desk.now()
        for line in self._board.sent if self._board is not None else ():
            if line.referral.id == referral_id:
                self.choose_folder(folder(line.referral, now).value)
        self.choose(referral_id)

    # -- the way to a new one -----------------------------------------------------------

    def begin(self) -> None:
        """Begin with the question for whom."""
        self._over(lambda wizard: wizard.ask_who())

    def begin_for_visit(self, visit_id: str) -> None:
        """Begin for the patient of a visit."""
        try:
            patient_id, provider_id = self._referrals.of_visit(self._desk, visit_id)
        except CareKraftError as error:
            self._told(Toast(problem_of(error).title))
            return

        def start(wizard: Wizard) -> None:
            if not wizard.begin(patient_id, visit_id=visit_id, referring=provider_id):
                self._end_wizard(wizard.state)

        self._over(start)

    def open(self) -> None:
        """Go on with the draft that is looked at."""
        if self._may(Step.EDIT):
            self._over(lambda wizard: wizard.resume(self.state.selected))

    def leave_wizard(self) -> None:
        """One step back, or out of it; the draft stays."""
        if self.wizard is not None and not self.wizard.back():
            self._end_wizard(None)

    def _over(self, begin: Callable[[Wizard], None]) -> None:
        if self.wizard is not None:
            self.wizard.leave()
        wizard = self.wizard = self._make_wizard(self._step, self._sent, self._when)
        try:
            begin(wizard)
        except CareKraftError as error:
            self._end_wizard(None)
            self._put(replace(self.state, problem=problem_of(error)))

    def _step(self, state: WizardState) -> None:
        if self.wizard is not None:
            self._put(replace(self.state, wizard=state))

    def _sent(self, referral_id: str) -> None:
        self.wizard = None
        self.state = replace(self.state, wizard=None)
        self._told(Toast(words.SENT))
        self._acted()
        self.show_one(referral_id)

    def _end_wizard(self, last: WizardState | None) -> None:
        wizard, self.wizard = self.wizard, None
        if wizard is not None:
            wizard.leave()
        problem = last.problem if last is not None else None
        self.state = replace(self.state, wizard=None)
        self.refresh()
        if problem is not None:
            self._put(replace(self.state, problem=problem))

    # -- deeds --------------------------------------------------------------------------

    def do(self, name: str) -> None:
        """Do what a button or key says, if it can be done now."""
        pane = self.state.pane
        if pane is None or name not in {deed.name for deed in pane.deeds}:
            return
        {
            "open": self.open,
            "undo": self._take_back,
            "discard": self._discard,
            "cancel": self._cancel,
            "again": self._again,
            "seen": self._seen,
            "accept": self._accept,
            "decline": self._ask_decline,
        }[name]()

    def pick(self, row: int) -> None:
        """Take a reason or a time."""
        if 0 <= row < len(self._asking):
            self._asking[row]()

    def close(self) -> None:
        """Back: out of a question, of the wizard, or from what is looked at."""
        if self.wizard is not None:
            self.leave_wizard()
        elif self._asking:
            self._asking = ()
            self._put(self._build(self.state))

    def record_agreement(self) -> None:
        """The privacy officer records the agreement."""
        if self._try(lambda: self._referrals.record_agreement(self._desk, on=True)):
            self.refresh()

    def _take_back(self) -> None:
        id_ = self.state.selected
        if self._try(lambda: self._referrals.take_back(self._desk, id_), words.TAKEN_BACK):
            self.show_one(id_)

    def _discard(self) -> None:
        id_ = self.state.selected
        self._try(lambda: self._referrals.discard(self._desk, id_), words.DISCARDED)
        self.refresh()

    def _cancel(self) -> None:
        id_ = self.state.selected
        self._try(lambda: self._referrals.cancel(self._desk, id_), words.CANCEL_SAVED)
        self.refresh()

    def _again(self) -> None:
        id_ = self.state.selected
        made: list[str] = []
        if self._try(lambda: made.append(self._referrals.again(self._desk, id_))):
            self._over(lambda wizard: wizard.resume(made[0]))

    def _seen(self) -> None:
        id_ = self.state.selected
        self._try(lambda: self._referrals.seen(self._desk, id_))
        self.refresh()

    def _accept(self) -> None:
        arrived = self._arrived()
        if arrived is None:
            return
        if arrived.record.booking_id:
            self._try(lambda: self._referrals.accept(self._desk, arrived.record.id), words.ANSWERED)
            self.refresh()
            return
        id_ = arrived.record.id
        self._openings = self._referrals.own_openings(self._desk, id_)
        self._asking = tuple(
            partial(self._accept_with, id_, opening.id) for opening in self._openings
        )
        self._put(self._build(self.state))

    def _accept_with(self, referral_id: str, slot_id: str) -> None:
        self._asking = ()
        self._try(lambda: self._referrals.accept(self._desk, referral_id, slot_id), words.ANSWERED)
        self.refresh()

    def _ask_decline(self) -> None:
        arrived = self._arrived()
        if arrived is None:
            return
        id_, self._openings = arrived.record.id, ()
        self._asking = tuple(partial(self._decline, id_, code) for code in DeclineCode)
        self._put(self._build(self.state))

    def _decline(self, referral_id: str, code: DeclineCode) -> None:
        self._asking = ()
        self._try(lambda: self._referrals.decline(self._desk, referral_id, code), words.ANSWERED)
        self.refresh()

    def _try(self, act: Callable[[], object], toast: str = "") -> bool:
        try:
            act()
        except CareKraftError as error:
            self._put(replace(self.state, problem=problem_of(error)))
            self._told(Toast(problem_of(error).title))
            return False
        if toast:
            self._told(Toast(toast))
        self._acted()
        return True

    # -- building -----------------------------------------------------------------------

    def _put(self, state: ReferralsState) -> None:
        self.state = state
        self._show(state)

    def _build(self, state: ReferralsState) -> ReferralsState:
        board = self._board
        if board is None:
            return state
        chosen = state.chosen
        rows = self._rows(chosen)
        keys = [row.key for row in rows]
        selected = state.selected if state.selected in keys else (keys[0] if keys else "")
        notice = None
        if not board.rules.agreement or board.rules.part_2:
            notice = Problem(words.AGREEMENT.title, words.AGREEMENT.advice, "no-agreement")
        may = self._desk.staff.may(Right.REFER)
        return replace(
            state,
            folders=self._folders(),
            rows=rows,
            selected=selected,
            pane=self._pane(chosen, selected),
            empty=self._empty(chosen) if not rows else None,
            notice=notice,
            can_record=notice is not None and self._desk.staff.may(Right.SET_REFERRAL_RULES),
            may_begin=may and notice is None,
            wizard=state.wizard if self.wizard is not None else None,
        )

    def _folders(self) -> tuple[FolderState, ...]:
        found = []
        for each in Folder:
            if each is Folder.RECEIVED:
                count, urgent = self._unanswered(), self._unanswered() > 0
            else:
                count = len(self._in(each))
                urgent = each is Folder.ATTENTION and count > 0
            found.append(FolderState(each.value, words.FOLDER[each], count, urgent))
        if self._desk.staff.may(Right.SEE_ACCOUNTING):
            found.append(FolderState(ACCOUNTING, words.ACCOUNTING, 0))
        return tuple(found)

    def _in(self, wanted: Folder) -> list[Line]:
        now = self._desk.now()
        board = self._board
        lines = board.sent if board is not None else ()
        return [line for line in lines if folder(line.referral, now) is wanted]

    def _unanswered(self) -> int:
        board = self._board
        received = board.received if board is not None else ()
        return sum(each.record.stage is Stage.PROPOSED and not each.answering for each in received)

    def _rows(self, chosen: str) -> tuple[Row, ...]:
        if chosen == ACCOUNTING:
            return tuple(self._ledger_row(line, name) for line, name in self._ledger)
        if chosen == Folder.RECEIVED:
            received = self._board.received if self._board is not None else ()
            return tuple(self._arrived_row(each) for each in received)
        return tuple(self._row(line) for line in self._in(Folder(chosen)))

    def _row(self, line: Line) -> Row:
        referral, entry = line.referral, line.entry
        with_ = entry.name if entry is not None else "Not chosen yet"
        return Row(
            referral.id,
            (
                Cell(line.name or wording.NAME_MISSING, strong=True),
                Cell(with_),
                Cell(self._time(referral)),
                Cell("", mark=self._mark(referral)),
            ),
        )

    def _arrived_row(self, arrived: Arrived) -> Row:
        record = arrived.record
        return Row(
            record.id,
            (
                Cell(arrived.name or wording.NAME_MISSING, strong=True),
                Cell(f"Office {record.from_npi}"),
                Cell(self._when.day_and_clock(record.start) if record.start else "No time yet"),
                Cell("", mark=_arrived_mark(arrived)),
            ),
        )

    def _ledger_row(self, line: LedgerLine, name: str) -> Row:
        return Row(
            line.id,
            (
                Cell(name or "Withdrawn", strong=True),
                Cell(f"Provider {line.recipient}"),
                Cell(self._when.day_and_clock(line.at)),
                Cell(f"{line.what}, {line.purpose}"),
            ),
        )

    def _mark(self, referral: Referral) -> Mark:
        if overdue(referral, self._desk.now()):
            return Mark(words.OVERDUE, Tone.LATE)
        stage = referral.stage
        return Mark(words.STAGE[stage], _TONE[stage], _ICON.get(stage, ""))

    def _time(self, referral: Referral) -> str:
        if referral.start:
            return self._when.day_and_clock(referral.start)
        return "Parts of days" if referral.work.wishes else ""

    @staticmethod
    def _empty(chosen: str) -> Empty:
        found = words.ACCOUNTING_EMPTY if chosen == ACCOUNTING else words.EMPTY[Folder(chosen)]
        return Empty(found.title, found.advice, icon="waypoints")

    # -- the pane -----------------------------------------------------------------------

    def _pane(self, chosen: str, selected: str) -> PaneState | None:
        if chosen == ACCOUNTING:
            return self._ledger_pane(selected)
        if chosen == Folder.RECEIVED:
            arrived = self._arrived(selected)
            return self._arrived_pane(arrived) if arrived is not None else None
        line = self._line(selected)
        return self._sent_pane(line) if line is not None else None

    def _line(self, key: str) -> Line | None:
        board = self._board
        lines = board.sent if board is not None else ()
        return next((line for line in lines if line.referral.id == key), None)

    def _arrived(self, key: str = "") -> Arrived | None:
        board, wanted = self._board, key or self.state.selected
        received = board.received if board is not None else ()
        return next((each for each in received if each.record.id == wanted), None)

    def _may(self, step: Step) -> bool:
        line = self._line(self.state.selected)
        return line is not None and step in AFTER[line.referral.stage]

    def _sent_pane(self, line: Line) -> PaneState:
        referral, entry = line.referral, line.entry
        work, record = referral.work, referral.record
        facts = [("When", self._time(referral) or "Not chosen yet")]
        if entry is not None:
            facts = [
                ("With", entry.name),
                ("Where", f"{entry.line}, {entry.city} {entry.state} {entry.zip5}"),
                ("Telephone", entry.phone),
                *facts,
            ]
        sent_at = record.sent_at if record is not None else 0
        facts.append(("Sent", self._when.day_and_clock(sent_at) if sent_at else "Not yet"))
        message: tuple[tuple[str, str], ...] = ()
        if work.message:
            parts = payload.parts(payload.read(work.message).booking)
            message = tuple((words.field(name), value) for name, value in parts)
        return PaneState(
            title=line.name or wording.NAME_MISSING,
            mark=self._mark(referral),
            sentences=self._sentences(referral, record),
            facts=tuple(fact for fact in facts if fact[1]),
            deeds=self._deeds(referral) if self._desk.staff.may(Right.REFER) else (),
            message=message,
        )

    def _sentences(self, referral: Referral, record: Record | None) -> tuple[str, ...]:
        found = [words.STAGE_ADVICE[referral.stage]]
        if referral.stage is Stage.REFUSED:
            why = words.PROBLEM.get(referral.problem)
            plain = wording.PROBLEMS.get(referral.problem) or wording.STOPPED.get(referral.problem)
            found.insert(0, f"{why.title}." if why is not None else plain or "It was refused.")
        if record is not None and record.decline_code:
            found.insert(0, f"{words.DECLINED[record.decline_code]}.")
        if record is not None and record.cancel_code:
            found.insert(0, f"{words.CANCELLED[record.cancel_code]}.")
        if overdue(referral, self._desk.now()):
            found.append(words.OVERDUE_ADVICE)
        return tuple(found)

    def _deeds(self, referral: Referral) -> tuple[Deed, ...]:
        lawful = AFTER[referral.stage]
        found = []
        if Step.EDIT in lawful:
            found.append(Deed("open", "Go on", "Enter", "calendar-plus", primary=True))
        if Step.AGAIN in lawful:
            found.append(Deed("again", "Book again", "B", "refresh-cw", primary=True))
        if referral.stage is Stage.SAVED:
            found.append(Deed("undo", "Take back", "Z", "undo-2"))
        elif Step.CANCEL in lawful:
            found.append(Deed("cancel", "Cancel it", "C", "ban", danger=True))
        if Step.SEEN in lawful and not referral.seen:
            found.append(Deed("seen", "Seen", "R", "check"))
        if Step.DISCARD in lawful:
            found.append(Deed("discard", "Throw away", "Del", "x", danger=True))
        return tuple(found)

    def _arrived_pane(self, arrived: Arrived) -> PaneState:
        record = arrived.record
        waits = record.stage is Stage.PROPOSED and not arrived.answering
        may = waits and self._desk.staff.may(Right.REFER)
        deeds = (
            (
                Deed("accept", "Accept", "A", "check", primary=True),
                Deed("decline", "Decline", "D", "x", danger=True),
            )
            if may
            else ()
        )
        when = self._when.day_and_clock(record.start) if record.start else "No time yet"
        facts = [
            ("From office", record.from_npi),
            ("Call back", record.from_phone),
            ("When", when),
            ("Received", f"{ago(max(0, self._desk.now() - record.sent_at))} ago"),
        ]
        parts = payload.parts(payload.read(record.message).booking)
        asking = self._choices() if self._asking else ()
        return PaneState(
            title=arrived.name or wording.NAME_MISSING,
            mark=_arrived_mark(arrived),
            facts=tuple(facts),
            deeds=deeds if not asking else (),
            message=tuple((words.field(name), value) for name, value in parts),
            asking=asking,
            ask=words.DECLINE_ASK.title if asking and not self._openings else words.TIMES.title,
        )

    def _choices(self) -> tuple[Option, ...]:
        if self._openings:
            return tuple(
                Option(
                    self._when.stretch(each.start, each.end),
                    "",
                    self._when.short_day(each.start),
                    str(n + 1) if n < 9 else "",
                )
                for n, each in enumerate(self._openings)
            )
        return tuple(
            Option(words.DECLINED[code], digit=str(n + 1)) for n, code in enumerate(DeclineCode)
        )

    def _ledger_pane(self, selected: str) -> PaneState | None:
        found = next(((line, name) for line, name in self._ledger if line.id == selected), None)
        if found is None:
            return None
        line, name = found
        return PaneState(
            title=name or "Withdrawn",
            mark=Mark(line.what, Tone.COMPLETED),
            facts=(
                ("Recipient", f"Provider {line.recipient}"),
                ("When", self._when.day_and_clock(line.at)),
                ("Purpose", line.purpose),
                ("Permission", line.permission_id),
                ("Fingerprint", f"{line.digest[:8]} {line.digest[8:16]}"),
            ),
        )


def _arrived_mark(arrived: Arrived) -> Mark:
    stage = arrived.record.stage
    if arrived.answering:
        return Mark("Answer on its way", Tone.OFFERED, "hourglass")
    if stage is Stage.PROPOSED:
        return Mark(words.ARRIVED, Tone.REQUESTED)
    return Mark(words.STAGE[stage], _TONE[stage], _ICON.get(stage, ""))
