"""Privacy on the patient's card: what is agreed, what is asked, how long it is kept, a hold."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.domain.asking import Asked
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.domain.wishes import WishKind
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording_asked, wording_kept
from carekraft_desktop.presenters import wording_privacy as words
from carekraft_desktop.presenters.again import AskAgain, no_question
from carekraft_desktop.presenters.pieces import Problem, Toast
from carekraft_desktop.presenters.times import written_date
from carekraft_desktop.presenters.wording_again import WHY
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from carekraft_desktop.domain.asking import Request
    from carekraft_desktop.domain.wishes import Wish
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.retention import Standing
    from carekraft_desktop.services.step_up import StepUp
    from carekraft_desktop.store.rights import Amendment

KINDS = tuple(WishKind)
ASKS = tuple(Asked)
WITH_VALUE = frozenset({WishKind.PHONE, WishKind.ADDRESS})


class PrivacyUses(Protocol):
    """`services/wishes.py`, `services/requests.py`, `services/holds.py` and what goes along."""

    def wishes(self, desk: Desk, patient_id: str) -> tuple[Wish, ...]:
        """What is agreed."""
        ...

    def agree(self, desk: Desk, patient_id: str, kind: WishKind, value: str) -> None:
        """Agree to it."""
        ...

    def end(self, desk: Desk, wish_id: str) -> None:
        """End it."""
        ...

    def open_requests(self, desk: Desk, patient_id: str) -> tuple[Request, ...]:
        """What is not answered."""
        ...

    def attached(self, desk: Desk, patient_id: str) -> tuple[Amendment, ...]:
        """Amendments and statements that stay with the record."""
        ...

    def take(self, desk: Desk, patient_id: str, kind: Asked, asked: str) -> date:
        """Put a request on the register; its day."""
        ...

    def standing(self, desk: Desk, patient_id: str) -> tuple[Standing, ...]:
        """How long each record is kept."""
        ...

    def hold(self, desk: Desk, patient_id: str, matter: str, again: StepUp | None) -> None:
        """Set a hold."""
        ...


class WishState(Value, frozen=True):
    """One thing that is agreed."""

    id: str
    words: str
    may_end: bool


class PrivacyState(Value, frozen=True):
    """Everything in the pane."""

    shown: bool = False
    wishes: tuple[WishState, ...] = ()
    may_agree: bool = False
    requests: tuple[str, ...] = ()
    attached: tuple[tuple[str, str], ...] = ()
    may_take: bool = False
    kept: str = ""
    """How long, for whoever decides on it."""
    may_hold: bool = False
    held: bool = False
    problem: Problem | None = None


class PrivacyPresenter:
    """Follows the card: one patient at a time, shown only when it is asked for."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[PrivacyState], None],
        *,
        privacy: PrivacyUses,
        told: Callable[[Toast], None],
        changed: Callable[[], None],
        again: AskAgain = no_question,
    ) -> None:
        """`changed`: the card has to be read anew; `again` asks for the password."""
        self._desk, self._show, self._privacy = desk, show, privacy
        self._told, self._changed, self._again = told, changed, again
        self._patient = ""
        self.state = PrivacyState()

    def follow(self, patient_id: str) -> None:
        """Another patient's card is open."""
        if patient_id != self._patient:
            self._patient = patient_id
            self._put(PrivacyState())

    def toggle(self) -> None:
        """Show it, or put it away."""
        if self.state.shown:
            self._put(PrivacyState())
        elif self._patient:
            self._read()

    def leave(self) -> None:
        """The card goes away."""
        self._put(PrivacyState())

    def agree(self, number: int, value: str) -> None:
        """Agree to a wish, by its place in the list."""
        kind = KINDS[number]
        self._do(lambda: self._privacy.agree(self._desk, self._patient, kind, value), words.AGREED)

    def end(self, wish_id: str) -> None:
        """It counts no more."""
        self._do(lambda: self._privacy.end(self._desk, wish_id), words.ENDED)

    def take(self, number: int, asked: str) -> None:
        """Put a request on the register, by the place of its kind."""
        try:
            day = self._privacy.take(self._desk, self._patient, ASKS[number], asked)
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        self._told(Toast(words.TOOK.format(day=written_date(day.isoformat()))))
        self._read()

    def hold(self, matter: str) -> None:
        """Set a hold on this patient, once the password was typed."""

        def go(again: StepUp | None) -> None:
            self._do(
                lambda: self._privacy.hold(self._desk, self._patient, matter, again),
                words.DID_HOLD,
            )

        self._again(WHY["hold"], go)

    def _do(self, act: Callable[[], None], said: str) -> None:
        try:
            act()
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        self._told(Toast(said))
        self._changed()
        self._read()

    def _read(self) -> None:
        staff = self._desk.staff
        keeps, takes = staff.may(Right.KEEP_RECORDS), staff.may(Right.TAKE_REQUESTS)
        try:
            wishes = self._privacy.wishes(self._desk, self._patient)
            asked = self._privacy.open_requests(self._desk, self._patient) if takes else ()
            attached = self._privacy.attached(self._desk, self._patient)
            standing = self._privacy.standing(self._desk, self._patient) if keeps else ()
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        last = max(standing, key=lambda each: each.due, default=None)
        self._put(
            PrivacyState(
                shown=True,
                wishes=tuple(
                    WishState(
                        each.id,
                        f"{words.WISH[each.kind]}{': ' if each.value else ''}{each.value}",
                        takes,
                    )
                    for each in wishes
                ),
                may_agree=takes,
                requests=tuple(
                    words.OPEN.format(
                        kind=wording_asked.KIND[each.kind].lower(),
                        day=written_date(each.day.isoformat()),
                    )
                    for each in asked
                ),
                attached=tuple((each.asked, each.disagreement) for each in attached),
                may_take=takes,
                kept=words.DUE.format(
                    day=written_date(last.due.isoformat()),
                    kept=wording_kept.CLASS[last.kept].lower(),
                )
                if last is not None
                else "",
                may_hold=keeps,
                held=any(each.held for each in standing),
            )
        )

    def _put(self, state: PrivacyState) -> None:
        self.state = state
        self._show(state)
