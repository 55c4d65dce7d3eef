"""What is done on the page of referrals: look into folders, answer, and go the way to a new one."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from carekraft_desktop.contract.referrals import DeclineCode
from carekraft_desktop.domain.referrals import AFTER, Step, folder
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import referral_folders, referral_panes, wording
from carekraft_desktop.presenters import wording_referrals as words
from carekraft_desktop.presenters.pieces import Empty, Problem, Toast
from carekraft_desktop.presenters.referral_board_state import ACCOUNTING, ReferralsState
from carekraft_desktop.presenters.referral_folders import Look
from carekraft_desktop.presenters.referral_state import WizardState, problem_of
from carekraft_desktop.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain.visits import Opening
    from carekraft_desktop.presenters.referral_wizard import Wizard
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.uses_referrals import ReferralUses
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.referrals import Arrived, Board
    from carekraft_desktop.store.ledger import Line as LedgerLine


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
        look = self._look()
        if look is None:
            return
        line, chosen = look.line(referral_id), self.state.chosen
        if line is not None:
            chosen = folder(line.referral, look.now).value
        if (chosen, referral_id) != (self.state.chosen, self.state.selected):
            self._asking = ()
            wanted = replace(self.state, chosen=chosen, selected=referral_id, problem=None)
            self._put(self._build(wanted))

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
        self.begin_for_patient(patient_id, visit_id=visit_id, referring=provider_id)

    def begin_for_patient(
        self, patient_id: str, *, visit_id: str = "", referring: str = ""
    ) -> None:
        """Begin for a patient; where no permission allows it, that is said instead."""

        def start(wizard: Wizard) -> None:
            if not wizard.begin(patient_id, visit_id=visit_id, referring=referring):
                self._end_wizard(wizard.state)

        self._over(start)

    def open(self) -> None:
        """Go on with the draft that is looked at."""
        if self._may_edit():
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

    def _look(self) -> Look | None:
        if self._board is None:
            return None
        desk = self._desk
        return Look(self._board, self._ledger, desk.staff, desk.now(), self._when)

    def _arrived(self) -> Arrived | None:
        look = self._look()
        return look.arrived(self.state.selected) if look is not None else None

    def _may_edit(self) -> bool:
        look = self._look()
        line = look.line(self.state.selected) if look is not None else None
        return line is not None and Step.EDIT in AFTER[line.referral.stage]

    def _build(self, state: ReferralsState) -> ReferralsState:
        look = self._look()
        if look is None:
            return state
        chosen, rules = state.chosen, look.board.rules
        rows = referral_folders.rows(look, chosen)
        keys = [row.key for row in rows]
        selected = state.selected if state.selected in keys else (keys[0] if keys else "")
        question = referral_panes.question(look, self._openings) if self._asking else None
        notice = None
        if not rules.agreement or rules.part_2:
            notice = Problem(words.AGREEMENT.title, words.AGREEMENT.advice, "no-agreement")
        may = look.staff.may
        return replace(
            state,
            folders=referral_folders.folders(look),
            rows=rows,
            selected=selected,
            pane=referral_panes.pane(look, chosen, selected, question),
            empty=referral_folders.empty(chosen) if not rows else None,
            notice=notice,
            can_record=notice is not None and may(Right.SET_REFERRAL_RULES),
            may_begin=may(Right.REFER) and notice is None,
            wizard=state.wizard if self.wizard is not None else None,
        )
