"""Answering and marking a visit: at once, or after the reason or the time was asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.acts import Act, Cancel, Decline, Overlap
from carekraft_desktop.domain.visits import Status
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import choice as choices
from carekraft_desktop.presenters import wording, wording_desk, wording_errors
from carekraft_desktop.presenters.pieces import Problem, Toast
from carekraft_desktop.value import replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain.intentions import Intention
    from carekraft_desktop.domain.visits import Opening
    from carekraft_desktop.presenters.board import Board
    from carekraft_desktop.presenters.detail import DetailState
    from carekraft_desktop.presenters.visiting import Visiting
    from carekraft_desktop.services.desk import Desk

OPENINGS_DAYS = 14
_NEEDS_REASON = frozenset({Act.DECLINE, Act.CANCEL})
_NEEDS_TIME = frozenset({Act.PROPOSE, Act.MOVE})


class Answers:
    """Does what a button or its key says, and takes the last of it back."""

    def __init__(
        self,
        board: Board,
        visiting: Visiting,
        *,
        told: Callable[[Toast], None],
        acted: Callable[[], None],
    ) -> None:
        """`told` shows a toast; `acted` is called after each act."""
        self._board, self._visiting = board, visiting
        self._told, self._acted = told, acted
        self._last: tuple[str, ...] = ()

    def act(self, act: Act) -> None:
        """A button or its key: do it, or ask for the reason or the time first."""
        pane = self._board.state.detail
        action = pane.action(act) if pane is not None else None
        if pane is None or action is None or not action.live:
            return
        if act in _NEEDS_REASON:
            self._board.put(
                replace(self._board.state, choice=choices.reasons(act, pane.name), problem=None)
            )
        elif act in _NEEDS_TIME:
            self.offer(act, pane, self._provider_of(pane))
        else:
            self._do(act, pane.status, lambda: self._plain(act)(self._board.desk, pane.visit_id))

    def pick(self, row: int) -> None:
        """Take the reason or the time in a row."""
        chosen, pane = self._board.state.choice, self._board.state.detail
        if chosen is None or pane is None or not 0 <= row < len(chosen.options):
            return
        if chosen.to is not None:
            to, overlap = chosen.to, tuple(Overlap)[row]
            self.put_at(chosen.act, pane.status, pane.visit_id, to, overlap)
            return
        if chosen.openings:
            self.put_at(chosen.act, pane.status, pane.visit_id, chosen.openings[row])
            return
        why = choices.reason(chosen.act, row)
        self._do(chosen.act, pane.status, lambda: self._refuse(pane.visit_id, why))

    def accept_all(self, visit_ids: tuple[str, ...]) -> None:
        """Accept several requests together; one undo takes all of them back."""
        board = self._board
        place = board.place(board.state.selected)
        try:
            done = board.visits.accept_all(board.desk, visit_ids)
        except CareKraftError as error:
            board.put(replace(board.state, problem=Problem.of(error)))
            return
        words = wording_desk.accepted(len(done), len(visit_ids))
        if len(done) == len(visit_ids) == 1:
            words = wording.did(Act.ACCEPT, Status.REQUESTED)
        self._last = tuple(made.key for made in done)
        board.state = replace(board.state, marked=frozenset(), choice=None, problem=None)
        undo = self._last[0] if done else ""
        self._told(Toast(words, undo=undo, seconds=board.desk.undo_seconds))
        board.put(board.safe_read())
        self._next(place)
        self._acted()

    def remember(self, key: str) -> None:
        """The last act was done elsewhere on the screen; the key for undo takes it back."""
        self._last = (key,)

    def undo(self, key: str = "") -> None:
        """Take the last act, or the acts done together, back while nothing has left the office."""
        wanted = self._last if not key or key in self._last else (key,)
        if not wanted:
            return
        self._last = ()
        try:
            self._board.visits.undo(self._board.desk, *wanted)
        except CareKraftError as error:
            self._told(Toast(wording_errors.of_error(error).title))
        else:
            self._told(Toast(wording.UNDONE))
            self._acted()
        self._board.refresh()

    def _plain(self, act: Act) -> Callable[[Desk, str], Intention]:
        return {
            Act.ACCEPT: self._board.visits.accept,
            Act.ARRIVE: self._board.visits.arrive,
            Act.COMPLETE: self._board.visits.complete,
            Act.NO_SHOW: self._board.visits.no_show,
        }[act]

    def _refuse(self, visit_id: str, why: Decline | Cancel) -> Intention:
        if isinstance(why, Decline):
            return self._board.visits.decline(self._board.desk, visit_id, why)
        return self._board.visits.cancel(self._board.desk, visit_id, why)

    def put_at(
        self, act: Act, status: Status, visit_id: str, to: Opening, overlap: Overlap | None = None
    ) -> None:
        """Move the visit to a time, or offer the patient that time."""
        put = self._board.visits.move if act is Act.MOVE else self._board.visits.propose
        self._do(
            act,
            status,
            lambda: put(self._board.desk, visit_id, self._published(to), overlap=overlap),
        )

    def _published(self, to: Opening) -> Opening:
        """With the id of the free slot that begins then, where there is one."""
        if to.id:
            return to
        free = self._board.visits.openings(self._board.desk, to.provider_id, to.start, to.start + 1)
        return replace(to, id=free[0].id) if free else to

    def _do(self, act: Act, status: Status, work: Callable[[], Intention]) -> None:
        place = self._board.place(self._board.state.selected)
        try:
            done = work()
        except CareKraftError as error:
            self._board.state = replace(
                self._board.state, choice=None, ghost=None, problem=Problem.of(error)
            )
            self._board.put(self._board.safe_read())
            return
        self._last = (done.key,)
        self._board.state = replace(self._board.state, choice=None, ghost=None, problem=None)
        self._told(
            Toast(wording.did(act, status), undo=done.key, seconds=self._board.desk.undo_seconds)
        )
        self._board.put(self._board.safe_read())
        self._next(place)
        self._acted()

    def _next(self, place: int | None) -> None:
        """After an answer, open what took the answered one's place in the inbox."""
        board = self._board
        listed = board.state.inbox
        if place is None or board.place(board.state.selected) is not None or not listed:
            return
        self._visiting.choose_request(listed[min(place, len(listed) - 1)].key)

    def _provider_of(self, pane: DetailState) -> int:
        ids = [provider.id for provider in self._board.bookable()]
        return ids.index(pane.provider_id) if pane.provider_id in ids else 0

    def offer(self, act: Act, pane: DetailState, number: int) -> None:
        """Ask for the time: the free ones of a provider, by place among the bookable."""
        providers = self._board.bookable()
        now = self._board.now()
        try:
            free = (
                self._board.visits.openings(
                    self._board.desk, providers[number].id, now, now + OPENINGS_DAYS * 86400
                )
                if 0 <= number < len(providers)
                else ()
            )
        except CareKraftError as error:
            self._board.put(replace(self._board.state, problem=Problem.of(error)))
            return
        chosen = choices.times(
            act,
            pane.name,
            free,
            providers=tuple(provider.name for provider in providers),
            provider=number,
            when=self._board.when,
        )
        self._board.put(replace(self._board.state, choice=chosen, problem=None))
