"""Policies and officials on file: what is there, what is missing, and putting it there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.staff import Right
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import wording_reviews as wording
from carekraft_desktop.presenters.pieces import Empty, Problem, Toast
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.presenters.uses_reviews import PolicyUses
    from carekraft_desktop.services.desk import Desk

NEEDED = ("social-media-policy", "privacy-notice", "privacy-official")


class PapersState(Value, frozen=True):
    """Everything on the page."""

    values: tuple[tuple[str, str], ...] = ()
    """Kind and what is on file, in the order of the page."""
    stamp: int = 0
    """Grows when the fields have to be filled anew."""
    may_change: bool = False
    missing: str = ""
    empty: Empty | None = None
    problem: Problem | None = None


class PapersPresenter:
    """Shows what is on file and keeps what was typed."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[PapersState], None],
        *,
        papers: PolicyUses,
        told: Callable[[Toast], None],
    ) -> None:
        """Make it."""
        self._desk, self._show = desk, show
        self._papers, self._told = papers, told
        self.state = PapersState()

    def refresh(self) -> None:
        """Read what is on file."""
        if not self._desk.staff.may(Right.SEE_REVIEWS):
            words = wording.NO_RIGHT
            self._put(PapersState(empty=Empty(words.title, words.advice, icon="shield-off")))
            return
        try:
            there = {
                paper.value: value for paper, value in self._papers.in_force(self._desk).items()
            }
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        values = tuple((kind, there.get(kind, "")) for kind in wording.PAPER)
        missing = [wording.PAPER[kind].title for kind in NEEDED if not there.get(kind)]
        changed = values != self.state.values
        self._put(
            PapersState(
                values,
                self.state.stamp + changed,
                may_change=self._desk.staff.may(Right.KEEP_PAPERS),
                missing=wording.PAPERS_MISSING + "; ".join(missing) if missing else "",
            )
        )

    def keep(self, typed: dict[str, str]) -> None:
        """Put what was typed on file, from now on."""
        from carekraft_desktop.store.register import Paper

        values = {Paper(kind): value for kind, value in typed.items()}
        try:
            self._papers.put(self._desk, values)
        except CareKraftError as error:
            self._put(replace(self.state, problem=Problem.of(error)))
            return
        self._told(Toast(wording.PAPERS_KEPT))
        self.refresh()

    def _put(self, state: PapersState) -> None:
        self.state = state
        self._show(state)
