"""The template for the practice system, in the settings: which one, and its words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.handover import FIELDS, SHIPPED
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording_desk
from carekraft_desktop.presenters.pieces import Problem, Toast
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.presenters.uses import HandoverUses
    from carekraft_desktop.services.desk import Desk


class TemplateState(Value, frozen=True):
    """Everything in the card."""

    titles: tuple[str, ...] = ()
    at: int = 0
    text: str = ""
    """As it is kept."""
    changed: bool = False
    """Whether it differs from the shipped one."""
    fields: str = ""
    """Which words in braces there are."""
    may: bool = False
    problem: Problem | None = None


class TemplatePresenter:
    """Chooses, keeps and restores."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[TemplateState], None],
        *,
        handover: HandoverUses,
        told: Callable[[Toast], None],
    ) -> None:
        """Make it; nothing is read before `refresh`."""
        self._desk, self._show, self._handover, self._told = desk, show, handover, told
        self._keys: tuple[str, ...] = ()
        self.state = TemplateState()

    def refresh(self) -> None:
        """Read it anew."""
        try:
            found = self._handover.all_templates(self._desk)
            chosen = self._handover.chosen(self._desk)
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        self._keys = tuple(each.key for each in found)
        shipped = next(each for each in SHIPPED if each.key == chosen.key)
        self._put(
            TemplateState(
                titles=tuple(each.title for each in found),
                at=self._keys.index(chosen.key),
                text=chosen.text,
                changed=chosen.text != shipped.text,
                fields=" ".join(f"{{{name}}}" for name in FIELDS),
                may=self._desk.staff.may(Right.ANSWER_BOOKINGS),
            )
        )

    def _put(self, state: TemplateState) -> None:
        self.state = state
        self._show(state)

    def choose(self, number: int) -> None:
        """Another template, by its place."""
        if 0 <= number < len(self._keys):
            self._do(lambda: self._handover.choose(self._desk, self._keys[number]), "")

    def keep(self, text: str) -> None:
        """These words from now on."""
        key = self._keys[self.state.at]
        self._do(lambda: self._handover.keep(self._desk, key, text), wording_desk.TEMPLATE_KEPT)

    def restore(self) -> None:
        """Back to the shipped words."""
        key = self._keys[self.state.at]
        self._do(lambda: self._handover.restore(self._desk, key), wording_desk.TEMPLATE_RESTORED)

    def _do(self, work: Callable[[], None], words: str) -> None:
        try:
            work()
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        if words:
            self._told(Toast(words))
        self.refresh()
