"""The inbox: requests that wait for an answer and changes that nobody has read, oldest first.

Several requests are marked and accepted together; a row's own button acts without opening it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.acts import Act
from carekraft_desktop.domain.changes import Change, Field
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.domain.visits import acts_for
from carekraft_desktop.errors import CareKraftError
from carekraft_desktop.presenters import claims, wording, wording_desk
from carekraft_desktop.presenters.day import mark_of
from carekraft_desktop.presenters.pieces import Cell, Empty, Mark, Problem, Row, Toast, Tone
from carekraft_desktop.presenters.times import ago
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.domain import Moment
    from carekraft_desktop.domain.pending import Seen
    from carekraft_desktop.presenters.answers import Answers
    from carekraft_desktop.presenters.board import Board
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.services.changes import Changed

HEADS = ("Waiting", "Patient", "Wants", "With", "Status", "")


class ChangeLine(Value, frozen=True):
    """One field that has changed."""

    label: str
    words: str


def rows(board: Board, marked: frozenset[str]) -> tuple[Row, ...]:
    """The inbox's lines."""
    now, may = board.now(), board.desk.staff.may(Right.ANSWER_BOOKINGS)
    waiting = [
        (seen.entry.requested_at, _request(board, seen, now, marked=marked, may=may))
        for seen in board.inbox
    ]
    asked = {seen.entry.id for seen in board.inbox}
    waiting += [
        (found.changed_at, _changed(board, found, now, may=may))
        for found in board.changed
        if found.seen.entry.id not in asked
    ]
    return tuple(row for _, row in sorted(waiting, key=lambda each: each[0]))


def note(board: Board, marked: int) -> str:
    """How many wait, and how long the oldest has."""
    asked = {seen.entry.id for seen in board.inbox}
    changed = sum(found.seen.entry.id not in asked for found in board.changed)
    oldest = board.inbox[0].entry.requested_at if board.inbox else board.now()
    age = ago(max(0, board.now() - oldest))
    return wording_desk.inbox_note(len(board.inbox), changed, age, marked)


def empty() -> Empty:
    """Nothing waits."""
    words = wording.INBOX_EMPTY
    return Empty(words.title, words.advice, icon="inbox")


def change_lines(
    changes: tuple[Change, ...], when: OfficeTime, name_of: Callable[[str], str]
) -> tuple[ChangeLine, ...]:
    """What has changed, field by field; values that the patient shared stay covered below."""
    return tuple(_line(change, when, name_of) for change in changes)


def _line(change: Change, when: OfficeTime, name_of: Callable[[str], str]) -> ChangeLine:
    label = wording_desk.FIELD[change.field]
    match change.field:
        case Field.TIME:
            before, after = int(change.before), int(change.after)
            words = f"{when.day_and_clock(before)}, now {when.day_and_clock(after)}"
        case Field.PROVIDER:
            words = f"{name_of(change.before)}, now {name_of(change.after)}"
        case Field.STATUS:
            words = wording_desk.STATUS_NEWS.get(
                (change.before, change.after), wording_desk.CANCELLED_NEWS
            )
        case Field.SHARING:
            label, words = wording_desk.sharing_changed(change.data, change.before, change.after)
        case _:
            words = wording_desk.NEW_VALUE
    return ChangeLine(label, words)


def _cells(board: Board, seen: Seen, since: Moment, what: str) -> tuple[Cell, ...]:
    when = board.when
    return (
        Cell(
            ago(max(0, board.now() - since)),
            tip=f"{what} {when.day_and_clock(since)}",
            quiet=True,
        ),
        Cell(seen.entry.name or wording.NAME_MISSING, strong=True),
        Cell(when.day_and_clock(seen.start), tip=when.stretch(seen.start, seen.end)),
        Cell(board.name_of(seen.provider_id)),
    )


def _request(board: Board, seen: Seen, now: Moment, *, marked: frozenset[str], may: bool) -> Row:
    lawful = Act.ACCEPT in acts_for(seen.status, start=seen.start, now=now)
    return Row(
        seen.entry.id,
        (
            *_cells(board, seen, seen.entry.requested_at, "Asked for on"),
            Cell("", mark=_claim(board, seen) or mark_of(seen, now)),
            Cell("", action=wording_desk.ACCEPT_ROW if may and lawful else ""),
        ),
        marked=seen.entry.id in marked,
    )


def _claim(board: Board, seen: Seen) -> Mark | None:
    """Who is on it, instead of what everybody knows of a request."""
    held = board.marks_of(seen.entry.id).claim
    return claims.chip(held, board.desk) if held is not None else None


def _changed(board: Board, found: Changed, now: Moment, *, may: bool) -> Row:
    del now
    fields = tuple(line.label for line in change_lines(found.changes, board.when, board.name_of))
    mark = Mark(wording_desk.changed_mark(fields), Tone.OFFERED, "refresh-cw")
    return Row(
        found.seen.entry.id,
        (
            *_cells(board, found.seen, found.changed_at, "Changed on"),
            Cell("", mark=mark),
            Cell("", action=wording_desk.GOT_IT if may else ""),
        ),
    )


class Inbox:
    """Marks rows, accepts what is marked, acts on a row, takes note of changes."""

    def __init__(
        self,
        board: Board,
        answers: Answers,
        *,
        told: Callable[[Toast], None],
        acted: Callable[[], None],
    ) -> None:
        """`told` shows a toast; `acted` is called after each act."""
        self._board, self._answers = board, answers
        self._told, self._acted = told, acted

    def mark(self, visit_id: str) -> None:
        """Mark a request, or take its mark away."""
        board = self._board
        if any(seen.entry.id == visit_id for seen in board.inbox):
            board.state = replace(board.state, marked=board.state.marked ^ {visit_id})
            board.again()

    def mark_all(self) -> None:
        """Mark every request that can be accepted; once more takes all marks away."""
        board, now = self._board, self._board.now()
        can = frozenset(
            seen.entry.id
            for seen in board.inbox
            if Act.ACCEPT in acts_for(seen.status, start=seen.start, now=now)
        )
        board.state = replace(board.state, marked=frozenset() if board.state.marked == can else can)
        board.again()

    def accept(self) -> None:
        """Accept what is marked, or else the visit that is open."""
        marked = self._board.state.marked
        if not marked:
            self._answers.act(Act.ACCEPT)
            return
        self._answers.accept_all(
            tuple(seen.entry.id for seen in self._board.inbox if seen.entry.id in marked)
        )

    def act_on(self, visit_id: str) -> None:
        """A row's own button: accept the request, or take note of the changes."""
        if any(seen.entry.id == visit_id for seen in self._board.inbox):
            self._answers.accept_all((visit_id,))
        else:
            self.acknowledge(visit_id)

    def acknowledge(self, visit_id: str = "") -> None:
        """The changes of a booking, or of the one that is open, have been read."""
        board = self._board
        chosen = visit_id or board.state.selected
        if not any(found.seen.entry.id == chosen for found in board.changed):
            return
        try:
            board.changes.acknowledge(board.desk, chosen)
        except CareKraftError as error:
            board.put(replace(board.state, problem=Problem.of(error)))
            return
        self._told(Toast(wording_desk.CHANGES_READ))
        board.refresh()
        self._acted()
