"""The register of patients' requests on the screen: choose one, do the next step, hand it over."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.asking import Asked, Delay, Denial, Identity, Result
from carekraft_desktop.domain.copying import FeeTold
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import asked_sheet as sheets
from carekraft_desktop.presenters import wording_asked as words
from carekraft_desktop.presenters import wording_desk
from carekraft_desktop.presenters.again import AskAgain, no_question
from carekraft_desktop.presenters.asked_state import AskedState, Choices
from carekraft_desktop.presenters.pieces import Empty, Toast
from carekraft_desktop.presenters.wording_again import WHY
from carekraft_desktop.presenters.wording_paper import NO_FILES
from carekraft_desktop.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from carekraft_desktop.domain.authorizing import Authorization
    from carekraft_desktop.presenters.letters import Letters
    from carekraft_desktop.presenters.paper import Printer, Sheet
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.uses_asked import AskedUses
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.handing import Handed
    from carekraft_desktop.services.requests import Line
    from carekraft_desktop.services.step_up import StepUp
    from carekraft_desktop.store.rights import Amendment


class AskedPresenter:
    """One for each visit to the page."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[AskedState], None],
        *,
        asked: AskedUses,
        letters: Letters,
        printer: Printer,
        pdf: Callable[[Sheet], bytes],
        names: Mapping[str, str],
        told: Callable[[Toast], None],
        when: OfficeTime,
        again: AskAgain = no_question,
    ) -> None:
        """Make it.

        Args:
            desk: who sits here.
            show: puts a state on the screen.
            asked: the use cases.
            letters: writes what goes on paper.
            printer: where paper comes out.
            pdf: makes a file of a sheet, in memory.
            names: what colleagues read, by staff id.
            told: shows a toast.
            when: the office's zone and spelling of times.
            again: asks for the password.
        """
        self._desk, self._show, self._asked = desk, show, asked
        self._letters, self._printer, self._pdf = letters, printer, pdf
        self._names, self._told, self._when, self._again = names, told, when, again
        self._lines: tuple[Line, ...] = ()
        self.state = AskedState()

    # -- looking ------------------------------------------------------------------------

    def refresh(self) -> None:
        """Read the register anew."""
        if not self._desk.staff.may(Right.TAKE_REQUESTS):
            no = words.NO_RIGHT
            self._put(AskedState(empty=Empty(no.title, no.advice, icon="shield-off")))
            return
        try:
            self._lines = self._asked.every(self._desk)
        except CareKraftError as error:
            self._put(replace(self.state, problem=sheets.problem(error)))
            return
        answers = self._desk.staff.may(Right.ANSWER_REQUESTS)
        if not self._lines:
            none = words.NONE
            empty = Empty(none.title, none.advice, icon="inbox")
            found = self.state.found
            self._put(AskedState(empty=empty, may_find=answers, found=found))
            return
        chosen = self.state.selected
        if chosen not in {line.request.id for line in self._lines}:
            chosen = self._lines[0].request.id
        self._select(chosen)

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        self._when = when
        self.refresh()

    def leave(self) -> None:
        """A passphrase does not stay."""
        self.state = replace(self.state, phrase="", said="")

    cover_up = leave

    def choose(self, request_id: str) -> None:
        """Another request."""
        if request_id != self.state.selected:
            self._turn(phrase="", said="", problem=None)
            self._select(request_id)

    def _select(self, request_id: str) -> None:
        line = next((each for each in self._lines if each.request.id == request_id), None)
        if line is None:
            return
        request = line.request
        answers = self._desk.staff.may(Right.ANSWER_REQUESTS) and request.open
        try:
            amendment = (
                self._asked.amendment(self._desk, request_id)
                if request.kind is Asked.AMENDMENT
                else None
            )
            papers = (
                self._asked.authorized(self._desk, request.patient_id)
                if answers and request.kind is Asked.ACCESS
                else ()
            )
        except CareKraftError as error:
            self._put(replace(self.state, problem=sheets.problem(error)))
            return
        self._put(self._built(line, amendment, papers))

    # -- steps --------------------------------------------------------------------------

    def identify(self, code: str) -> None:
        """How it was made sure who asks."""
        self._do("identity", lambda id_: self._asked.identify(self._desk, id_, Identity(code)))

    def extend(self, code: str) -> None:
        """The one extension, with its reason."""
        self._do("extend", lambda id_: self._asked.extend(self._desk, id_, Delay(code)))

    def deny(self, code: str) -> None:
        """Deny an amendment."""
        self._do("deny", lambda id_: self._asked.deny(self._desk, id_, Denial(code)))

    def amend(self) -> None:
        """Agree to an amendment."""
        self._do("amend", lambda id_: self._asked.amend(self._desk, id_))

    def correct(self) -> None:
        """The patient corrects it in CareKraft."""
        self._do("correct", lambda id_: self._asked.correct(self._desk, id_))

    def disagree(self, statement: str) -> None:
        """Attach the patient's statement."""
        self._do("disagree", lambda id_: self._asked.disagree(self._desk, id_, statement))

    def close(self, code: str) -> None:
        """It is answered."""
        self._do("close", lambda id_: self._asked.close(self._desk, id_, Result(code)))

    def fee(self, copying: str, supplies: str, postage: str) -> None:
        """What the copy costs, in dollars as they were typed."""

        def act(id_: str) -> None:
            self._asked.fee(self._desk, id_, sheets.fee_of(copying, supplies, postage))

        self._do("fee", act)

    def fee_told(self, code: str) -> None:
        """The patient knows the fee and wants the copy."""
        self._do("fee-told", lambda id_: self._asked.fee_told(self._desk, id_, FeeTold(code)))

    def direct(self, name: str, address: str, signed_on: str, authorization_id: str) -> None:
        """The copy goes to somebody else."""

        def act(id_: str) -> None:
            to = sheets.directed(name, address, signed_on, authorization_id)
            self._asked.direct(self._desk, id_, to)

        self._do("direct", act)

    def to_the_patient(self) -> None:
        """The copy goes to whoever asks after all."""
        self._do("to-the-patient", lambda id_: self._asked.to_the_patient(self._desk, id_))

    def by_number(self, number: str, code: str) -> None:
        """Take the request of somebody who is here by a booking number only."""
        if not number.strip():
            return
        try:
            request_id = self._asked.by_number(self._desk, number.strip(), Asked(code))
        except CareKraftError as error:
            self._put(replace(self.state, found=sheets.problem(error)))
            return
        self.state = replace(self.state, selected=request_id)
        self._turn(said=words.DID["by-number"], phrase="", problem=None, found=None)
        self.refresh()

    def to_paper(self, *, full: bool = False) -> None:
        """Print what is asked for, and close the request."""
        if not self._printer.ready():
            self._told(Toast(wording_desk.NO_PRINTER))
            return

        def out(handed: Handed, _again: StepUp | None) -> str | None:
            sheet = self._letters.sheet(self._desk, handed, self._line().name)
            went: list[int] = []

            def sent(pages: int) -> None:
                self._asked.on_paper(self._desk, handed)
                went.append(pages)

            self._printer.print(sheet, sent, self._no_file)
            return "" if went else None

        self._hand_over(out, "paper", full=full)

    def to_file(self, place: Path, *, full: bool = False) -> None:
        """Write it as an encrypted file, and show the passphrase once."""

        def out(handed: Handed, again: StepUp | None) -> str:
            sheet = self._letters.sheet(self._desk, handed, self._line().name)
            return self._asked.to_file(self._desk, handed, lambda: self._pdf(sheet), place, again)

        self._hand_over(out, "file", full=full)

    def letter(self) -> None:
        """Print the letter that goes with how the request stands."""
        if not self._printer.ready():
            self._told(Toast(wording_desk.NO_PRINTER))
            return
        try:
            line = self._line()
            amendment = (
                self._asked.amendment(self._desk, line.request.id)
                if line.request.kind is Asked.AMENDMENT
                else None
            )
            sheet = self._letters.letter(self._desk, line, amendment)
        except CareKraftError as error:
            self._put(replace(self.state, problem=sheets.problem(error)))
            return
        self._printer.print(sheet, lambda _pages: None, self._no_file)

    def _no_file(self) -> None:
        """The chosen printer writes a file: what leaves as a file is encrypted (REQ-91)."""
        self._put(replace(self.state, said=NO_FILES, phrase=""))

    def _hand_over(
        self, out: Callable[[Handed, StepUp | None], str | None], did: str, *, full: bool
    ) -> None:
        """`out` gives the passphrase, empty for paper, or None where nothing went out."""

        def go(again: StepUp | None) -> None:
            try:
                handed = self._asked.prepare(self._desk, self.state.selected, again, full=full)
                phrase = out(handed, again)
            except CareKraftError as error:
                self._put(replace(self.state, problem=sheets.problem(error), said=""))
                return
            if phrase is None:
                return
            self.state = replace(self.state, said=words.DID[did], phrase=phrase, problem=None)
            self.refresh()

        self._again(WHY["hand-over"], go)

    def _do(self, did: str, act: Callable[[str], None]) -> None:
        try:
            act(self.state.selected)
        except CareKraftError as error:
            self._put(replace(self.state, problem=sheets.problem(error), said=""))
            return
        self._turn(said=words.DID[did], phrase="", problem=None, found=None)
        self.refresh()

    def _turn(self, **changes: object) -> None:
        """Something was done or chosen: the fields are filled anew."""
        self.state = replace(self.state, stamp=self.state.stamp + 1, **changes)

    def _line(self) -> Line:
        return next(line for line in self._lines if line.request.id == self.state.selected)

    # -- states -------------------------------------------------------------------------

    def _built(
        self, line: Line, amendment: Amendment | None, papers: tuple[Authorization, ...]
    ) -> AskedState:
        request = line.request
        officer = self._desk.staff.may(Right.ANSWER_REQUESTS)
        answers = officer and request.open
        gives = answers and request.kind in sheets.COPIED
        changes = answers and request.kind is Asked.AMENDMENT
        denied = amendment is not None and bool(amendment.denial) and not amendment.disagreement
        none = Choices()
        before = sheets.first(request) if gives else ()
        return replace(
            self.state,
            rows=tuple(sheets.row(each) for each in self._lines),
            selected=request.id,
            title=f"{words.KIND[request.kind]}: {line.name or words.GONE}",
            facts=sheets.facts(request, amendment, self._names),
            identities=sheets.choices(words.IDENTITY) if answers and not request.identity else none,
            delays=sheets.choices(words.DELAY) if answers and request.may_extend else none,
            denials=sheets.choices(words.DENIAL) if changes else none,
            endings=sheets.endings(request) if answers else none,
            may_hand_over=gives and not before,
            first=before,
            accounting=request.kind is Asked.ACCOUNTING,
            may_amend=changes,
            may_disagree=denied,
            letter=officer,
            fee=sheets.fee(request) if gives else None,
            recipient=sheets.recipient(request, papers)
            if gives and request.kind is Asked.ACCESS
            else None,
            may_find=officer,
            empty=None,
        )

    def _put(self, state: AskedState) -> None:
        self.state = state
        self._show(state)
