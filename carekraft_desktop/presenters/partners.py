"""Partners outside the exchange: who there is, how the connection is, and a form for one."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CareKraftError, PartnerInUse, PartnerUnclear
from carekraft_desktop.presenters import wording_partners as words
from carekraft_desktop.presenters.pieces import Cell, Empty, Mark, Problem, Row, Tone
from carekraft_desktop.presenters.tasks import Done, Failed
from carekraft_desktop.presenters.words import Words
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.presenters.lists import Clipboard
    from carekraft_desktop.presenters.tasks import Outcome, Runner
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.partners import Known

KEY_SECONDS = 120
"""How long the public key stays on the clipboard."""


class PartnerUses(Protocol):
    """`services/partners.py` with the way to a partner at hand; see `wiring.PartnersAtHand`."""

    def every(self, desk: Desk) -> tuple[Known, ...]:
        """All partners."""
        ...

    def keep(self, desk: Desk, typed: Typed) -> str:
        """Keep one; its id."""
        ...

    def test(self, desk: Desk, partner_id: str) -> str:
        """Try the connection; what is wrong, as a code; slow."""
        ...

    def remove(self, desk: Desk, partner_id: str) -> None:
        """Forget one."""
        ...

    def public_key(self, known: Known) -> str:
        """What the partner needs to know us by."""
        ...


class Typed(Value, frozen=True):
    """What stands in the form."""

    id: str = ""
    """Empty for a new one."""
    name: str = ""
    address: str = ""
    client_id: str = ""
    numbers: tuple[str, ...] = ()


class PartnersState(Value, frozen=True):
    """Everything on the page."""

    rows: tuple[Row, ...] = ()
    selected: str = ""
    form: Typed = Typed()
    stamp: int = 0
    """Grows when the form has to be filled anew."""
    head: str = words.NEW
    may: bool = False
    known: bool = False
    """The form shows one that is kept: it can be tested and removed."""
    busy: str = ""
    said: str = ""
    wrong: str = ""
    """What is missing in the form."""
    verdict: tuple[str, str] = ("", "")
    """How the connection is: in a few words, and what to do."""
    works: bool = False
    empty: Empty | None = None
    nobody: Empty | None = None
    problem: Problem | None = None


class PartnersPresenter:
    """Shows them; trying a connection takes a worker some seconds."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[PartnersState], None],
        *,
        partners: PartnerUses,
        runner: Runner,
        clipboard: Clipboard,
    ) -> None:
        """Make it."""
        self._desk, self._show, self._partners = desk, show, partners
        self._runner, self._clipboard = runner, clipboard
        self._known: tuple[Known, ...] = ()
        self._gone = False
        self.state = PartnersState()

    def refresh(self) -> None:
        """Read who there is."""
        if not self._desk.staff.may(Right.SET_REFERRAL_RULES):
            no = words.NO_RIGHT
            self._put(PartnersState(empty=Empty(no.title, no.advice, icon="shield-off")))
            return
        self._known = self._partners.every(self._desk)
        nobody = Empty(words.EMPTY.title, words.EMPTY.advice, icon="waypoints")
        known = self._of(self.state.selected)
        self._put(
            replace(
                self.state,
                rows=tuple(_row(each) for each in self._known),
                may=True,
                known=known is not None,
                nobody=nobody if not self._known else None,
                verdict=_verdict(known),
                works=known is not None
                and bool(known.partner.tested_at)
                and not known.partner.problem,
            )
        )

    def leave(self) -> None:
        """The page is going; what a worker still finds is shown to nobody."""
        self._gone = True

    def choose(self, partner_id: str) -> None:
        """Fill the form with one, or empty it for a new one."""
        known = self._of(partner_id)
        if known is None:
            self.state = replace(self.state, selected="", form=Typed(), head=words.NEW)
        else:
            p = known.partner
            form = Typed(p.id, p.name, p.address, p.client_id, p.numbers)
            head = words.CHANGE.format(name=p.name)
            self.state = replace(self.state, selected=p.id, form=form, head=head)
        self.state = replace(
            self.state, stamp=self.state.stamp + 1, wrong="", said="", problem=None
        )
        self.refresh()

    def save(self, typed: Typed) -> None:
        """Keep what was filled in."""
        if self.state.busy or not self.state.may:
            return
        try:
            kept = self._partners.keep(self._desk, replace(typed, id=self.state.selected))
        except PartnerUnclear as unclear:
            self._put(replace(self.state, wrong=words.UNCLEAR[unclear.detail], said=""))
            return
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error), said="", wrong=""))
            return
        said = words.SAVED_AGAIN if self.state.selected else words.SAVED
        self._known = self._partners.every(self._desk)
        self.choose(kept)
        self._put(replace(self.state, said=said))

    def test(self) -> None:
        """Try the connection of the chosen one."""
        known = self._of(self.state.selected)
        if known is None or self.state.busy:
            return
        self._put(replace(self.state, busy=words.TESTING, said="", wrong="", problem=None))
        id_ = known.partner.id
        self._runner.submit(lambda: self._partners.test(self._desk, id_), self._tested)

    def _tested(self, outcome: Outcome[str]) -> None:
        if self._gone:
            return
        self.state = replace(self.state, busy="")
        match outcome:
            case Done():
                self.refresh()
            case Failed(error):
                self._put(replace(self.state, problem=Problem.of(error)))

    def remove(self) -> None:
        """Forget the chosen one."""
        known = self._of(self.state.selected)
        if known is None or self.state.busy:
            return
        try:
            self._partners.remove(self._desk, known.partner.id)
        except PartnerInUse:
            self._put(replace(self.state, wrong=words.IN_USE, said=""))
            return
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        self.choose("")
        self._put(replace(self.state, said=words.REMOVED))

    def copy_key(self) -> None:
        """Put our public key on the clipboard."""
        known = self._of(self.state.selected)
        if known is not None:
            self._clipboard.hold(self._partners.public_key(known), KEY_SECONDS)
            self._put(replace(self.state, said=words.COPIED, wrong=""))

    def _of(self, partner_id: str) -> Known | None:
        return next((each for each in self._known if each.partner.id == partner_id), None)

    def _put(self, state: PartnersState) -> None:
        self.state = state
        self._show(state)


def _row(known: Known) -> Row:
    p = known.partner
    if not p.tested_at:
        mark = Mark(words.NEVER, Tone.QUIET, "circle-dashed")
    elif p.problem:
        mark = Mark(words.FAILS, Tone.BAD)
    else:
        mark = Mark(words.WELL, Tone.GOOD, "circle-check")
    who = ", ".join(entry.name for entry in known.providers) or ", ".join(p.numbers)
    return Row(p.id, (Cell(p.name, strong=True), Cell(p.address), Cell(who), Cell("", mark=mark)))


def _verdict(known: Known | None) -> tuple[str, str]:
    if known is None or not known.partner.tested_at:
        return "", ""
    found = _words(known.partner.problem) if known.partner.problem else words.WORKS
    return found.title, found.advice


def _words(problem: str) -> Words:
    return words.WRONG.get(problem, words.WRONG["exchange-garbled"])
