"""How this installation stands, on the screen and as text."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.domain.posture import Line, Standing
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.presenters import wording_posture as words
from carekraft_desktop.presenters.pieces import Cell, Empty, Mark, Problem, Row, Tone
from carekraft_desktop.presenters.tasks import Done, Failed
from carekraft_desktop.value import Value, replace

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from carekraft_desktop.presenters.lists import Clipboard
    from carekraft_desktop.presenters.tasks import Outcome, Runner
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.services.desk import Desk

COPY_SECONDS = 120
_MARK: dict[Standing, Mark] = {
    Standing.GOOD: Mark("In order", Tone.GOOD, "circle-check"),
    Standing.ATTENTION: Mark("Needs somebody", Tone.BAD),
    Standing.UNKNOWN: Mark("Not shown", Tone.QUIET, "circle-question-mark"),
    Standing.PLAIN: Mark("Told", Tone.QUIET, "info"),
}


class PostureUses(Protocol):
    """`services/posture.py` with the machine at hand; see `wiring.PostureAtHand`."""

    def lines(self, desk: Desk) -> tuple[Line, ...]:
        """Everything; slow, for a worker."""
        ...


class PostureState(Value, frozen=True):
    """Everything on the page."""

    rows: tuple[Row, ...] = ()
    busy: str = ""
    said: str = ""
    can_copy: bool = False
    empty: Empty | None = None
    problem: Problem | None = None


class PosturePresenter:
    """Looks when somebody comes to the page."""

    def __init__(
        self,
        desk: Desk,
        show: Callable[[PostureState], None],
        *,
        posture: PostureUses,
        runner: Runner,
        clipboard: Clipboard,
        when: OfficeTime,
    ) -> None:
        """Make it."""
        self._desk, self._show, self._posture = desk, show, posture
        self._runner, self._clipboard, self._when = runner, clipboard, when
        self._lines: tuple[Line, ...] = ()
        self._gone = False
        self.state = PostureState()

    def refresh(self) -> None:
        """Look once; what was found stays until the office is locked."""
        if not self._desk.staff.may(Right.ADMIT_PEOPLE):
            no = words.NO_RIGHT
            self._put(PostureState(empty=Empty(no.title, no.advice, icon="shield-off")))
            return
        if self._lines or self.state.busy:
            return
        self._put(replace(self.state, busy=words.LOOKING, problem=None))
        self._runner.submit(lambda: self._posture.lines(self._desk), self._looked)

    def leave(self) -> None:
        """The page is going."""
        self._gone = True

    def respell(self, when: OfficeTime) -> None:
        """Another zone or spelling of times."""
        self._when = when
        self._put(replace(self.state, rows=self._rows()))

    def copy(self) -> None:
        """All of it as text."""
        if self.state.can_copy:
            self._clipboard.hold("\n".join(text(self._lines, self._when)), COPY_SECONDS)
            self._put(replace(self.state, said=words.COPIED))

    def _looked(self, outcome: Outcome[tuple[Line, ...]]) -> None:
        if self._gone:
            return
        match outcome:
            case Done(lines):
                self._lines = lines
                self._put(PostureState(rows=self._rows(), can_copy=True))
            case Failed(error):
                self._put(PostureState(problem=Problem.of(error)))

    def _rows(self) -> tuple[Row, ...]:
        return tuple(
            Row(
                line.subject,
                (
                    Cell(words.SUBJECT[line.subject], strong=True),
                    Cell(_value(line, self._when), tip=_value(line, self._when)),
                    Cell("", mark=_MARK[line.standing]),
                ),
            )
            for line in self._lines
        )

    def _put(self, state: PostureState) -> None:
        self.state = state
        self._show(state)


def text(lines: Iterable[Line], when: OfficeTime) -> list[str]:
    """Each line as words, with what it is worth."""
    return [
        f"{_MARK[line.standing].word + ':':<16}{words.SUBJECT[line.subject]}: {_value(line, when)}"
        for line in lines
    ]


def _value(line: Line, when: OfficeTime) -> str:
    at = when.day_and_clock(line.at) if line.at else ""
    return words.value(line.subject, line.value, at)
