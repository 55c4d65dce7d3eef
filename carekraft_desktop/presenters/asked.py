"""The register of patients' requests on the screen: choose one, do the next step, hand it over."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.domain.asking import (
    BY_LAW,
    RESULTS,
    Asked,
    Delay,
    Denial,
    Identity,
    Result,
    Urgency,
)
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording_asked as words
from carekraft_desktop.presenters import wording_desk
from carekraft_desktop.presenters.again import AskAgain, no_question
from carekraft_desktop.presenters.pieces import Cell, Empty, Mark, Problem, Row, Toast, Tone
from carekraft_desktop.presenters.times import written_date
from carekraft_desktop.presenters.wording_again import WHY
from carekraft_desktop.presenters.wording_paper import NO_FILES
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

    from carekraft_desktop.domain.asking import Request
    from carekraft_desktop.presenters.letters import Letters
    from carekraft_desktop.presenters.paper import Printer, Sheet
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.handing import Handed
    from carekraft_desktop.services.requests import Line
    from carekraft_desktop.services.step_up import StepUp
    from carekraft_desktop.store.rights import Amendment

_BY_HAND = frozenset({Result.ANSWERED, Result.AGREED, Result.NOT_AGREED, Result.TAKEN_BACK})
"""Endings that are said by a button; the others come with what is done."""


class AskedUses(Protocol):
    """`services/requests.py`, `services/amending.py` and `services/handing.py`."""

    def every(self, desk: Desk) -> tuple[Line, ...]:
        """The register."""
        ...

    def identify(self, desk: Desk, request_id: str, how: Identity) -> None:
        """Who asks was made sure of."""
        ...

    def extend(self, desk: Desk, request_id: str, why: Delay) -> None:
        """The one extension."""
        ...

    def close(self, desk: Desk, request_id: str, result: Result) -> None:
        """It is answered."""
        ...

    def amendment(self, desk: Desk, request_id: str) -> Amendment | None:
        """What belongs to a request for amendment."""
        ...

    def amend(self, desk: Desk, request_id: str) -> None:
        """The office agrees."""
        ...

    def correct(self, desk: Desk, request_id: str) -> None:
        """The patient corrects it in CareKraft."""
        ...

    def deny(self, desk: Desk, request_id: str, why: Denial) -> None:
        """It is denied."""
        ...

    def disagree(self, desk: Desk, request_id: str, statement: str) -> None:
        """The patient's statement."""
        ...

    def prepare(self, desk: Desk, request_id: str, again: StepUp | None, *, full: bool) -> Handed:
        """Gather what is handed over."""
        ...

    def on_paper(self, desk: Desk, handed: Handed) -> None:
        """It is printed."""
        ...

    def to_file(
        self,
        desk: Desk,
        handed: Handed,
        pdf: Callable[[], bytes],
        place: Path,
        again: StepUp | None,
    ) -> str:
        """Write the container; its passphrase."""
        ...


class Choices(Value, frozen=True):
    """Codes with their words."""

    codes: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


class AskedState(Value, frozen=True):
    """Everything on the page."""

    rows: tuple[Row, ...] = ()
    selected: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    title: str = ""
    identities: Choices = Choices()
    delays: Choices = Choices()
    denials: Choices = Choices()
    endings: Choices = Choices()
    may_hand_over: bool = False
    accounting: bool = False
    may_amend: bool = False
    may_disagree: bool = False
    letter: bool = False
    phrase: str = ""
    """Shown once, never kept."""
    said: str = ""
    empty: Empty | None = None
    problem: Problem | None = None


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
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        if not self._lines:
            none = words.NONE
            self._put(AskedState(empty=Empty(none.title, none.advice, icon="inbox")))
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
            self.state = replace(self.state, phrase="", said="", problem=None)
            self._select(request_id)

    def _select(self, request_id: str) -> None:
        line = next((each for each in self._lines if each.request.id == request_id), None)
        if line is None:
            return
        try:
            amendment = (
                self._asked.amendment(self._desk, request_id)
                if line.request.kind is Asked.AMENDMENT
                else None
            )
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        self._put(self._built(line, amendment))

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
            self._put(replace(self.state, problem=Problem.of(error)))
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
                self._put(replace(self.state, problem=Problem.of(error), said=""))
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
            self._put(replace(self.state, problem=Problem.of(error), said=""))
            return
        self.state = replace(self.state, said=words.DID[did], phrase="", problem=None)
        self.refresh()

    def _line(self) -> Line:
        return next(line for line in self._lines if line.request.id == self.state.selected)

    # -- states -------------------------------------------------------------------------

    def _built(self, line: Line, amendment: Amendment | None) -> AskedState:
        request = line.request
        answers = self._desk.staff.may(Right.ANSWER_REQUESTS) and request.open
        gives = request.kind in {Asked.ACCESS, Asked.ACCOUNTING}
        changes = answers and request.kind is Asked.AMENDMENT
        endings = [each for each in RESULTS[request.kind] if each in _BY_HAND] if answers else []
        denied = amendment is not None and bool(amendment.denial) and not amendment.disagreement
        return replace(
            self.state,
            rows=tuple(self._row(each) for each in self._lines),
            selected=request.id,
            title=f"{words.KIND[request.kind]}: {line.name or words.GONE}",
            facts=self._facts(request, amendment),
            identities=_choices(words.IDENTITY) if answers and not request.identity else Choices(),
            delays=_choices(words.DELAY) if answers and request.may_extend else Choices(),
            denials=_choices(words.DENIAL) if changes else Choices(),
            endings=Choices(
                tuple(each.value for each in endings), tuple(words.RESULT[each] for each in endings)
            ),
            may_hand_over=answers and gives and request.identity is not None,
            accounting=gives and request.kind is Asked.ACCOUNTING,
            may_amend=changes,
            may_disagree=denied,
            letter=self._desk.staff.may(Right.ANSWER_REQUESTS),
            empty=None,
        )

    def _facts(self, request: Request, amendment: Amendment | None) -> tuple[tuple[str, str], ...]:
        law = words.DAYS_BY_LAW if request.kind in BY_LAW else words.DAYS_OWN
        by = written_date(request.day.isoformat())
        found = [
            (words.CAME, written_date(request.received_on.isoformat())),
            (words.BY, f"{by} ({law})"),
            (words.WHO, words.REPRESENTATIVE if request.by_representative else words.SELF),
            (
                words.MADE_SURE,
                words.IDENTITY[request.identity] if request.identity else words.NOT_YET,
            ),
            (words.FEE, f"${request.fee_cents / 100:.2f}"),
            (words.TAKEN_BY, self._names.get(request.made_by, request.made_by)),
        ]
        if request.reason is not None:
            found.append((words.EXTENDED, words.DELAY[request.reason]))
        if amendment is not None:
            found.append((words.ASKED, amendment.asked))
            if amendment.denial:
                found.append((words.WHY_DENIED, words.DENIAL[Denial(amendment.denial)]))
            if amendment.disagreement:
                found.append((words.DISAGREEMENT, amendment.disagreement))
        if request.outcome is not None:
            found.append((words.DECISION, words.RESULT[request.outcome]))
        return tuple(found)

    def _row(self, line: Line) -> Row:
        request = line.request
        return Row(
            request.id,
            (
                Cell(line.name or words.GONE, strong=True),
                Cell(words.KIND[request.kind]),
                Cell(written_date(request.day.isoformat())),
                Cell("", mark=_mark(request, line.urgency)),
            ),
        )

    def _put(self, state: AskedState) -> None:
        self.state = state
        self._show(state)


def _mark(request: Request, urgency: Urgency) -> Mark:
    if request.outcome is not None:
        return Mark(words.RESULT[request.outcome], Tone.QUIET, "circle-check")
    if urgency is Urgency.OVERDUE:
        return Mark(words.OVERDUE, Tone.BAD)
    if urgency is Urgency.SOON:
        return Mark(words.SOON, Tone.WARN, "clock")
    return Mark(words.OPEN, Tone.REQUESTED)


def _choices(found: Mapping[Identity, str] | Mapping[Delay, str] | Mapping[Denial, str]) -> Choices:
    return Choices(tuple(each.value for each in found), tuple(found.values()))
