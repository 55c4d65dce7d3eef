"""What is due, on the screen: things that are alike share one line that says how many they are."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from carekraft_desktop.presenters import wording_kept as words
from carekraft_desktop.presenters.pieces import Cell, Mark, Row, Tone
from carekraft_desktop.presenters.times import written_date
from carekraft_desktop.value import Value

if TYPE_CHECKING:
    from collections.abc import Iterable

    from carekraft_desktop.domain.retention import Life
    from carekraft_desktop.services.disposal import Due

SHOWN = 50
"""So many lines are listed."""


class Line(Value, frozen=True):
    """What things have in common that nobody could tell apart: no line names a patient."""

    what: str
    life: Life
    held: bool


def lines(due: Iterable[Due]) -> tuple[tuple[Line, int], ...]:
    """Each line once, in the order of their coming, with how many things it stands for."""
    alike = Counter(
        Line(
            words.KIND.get(each.kind.removeprefix("kept."), words.OTHER_KIND), each.life, each.held
        )
        for each in due
    )
    return tuple(alike.items())


def rows(found: tuple[tuple[Line, int], ...]) -> tuple[Row, ...]:
    """The first lines as the list shows them."""
    return tuple(
        Row(
            f"{line.what}/{line.life.kept}/{line.life.start}/{line.life.due}/{line.held}",
            (
                Cell(words.ALIKE.format(what=line.what, count=count) if count > 1 else line.what),
                Cell(words.CLASS[line.life.kept], quiet=True),
                Cell(written_date(line.life.start.isoformat())),
                Cell(written_date(line.life.due.isoformat())),
                held_cell(held=line.held),
            ),
        )
        for line, count in found[:SHOWN]
    )


def not_all(found: tuple[tuple[Line, int], ...]) -> str:
    """That there is more than is listed; empty where there is not."""
    if len(found) <= SHOWN:
        return ""
    shown, whole = (sum(count for _, count in part) for part in (found[:SHOWN], found))
    return words.MORE.format(shown=shown, count=whole)


def held_cell(*, held: bool) -> Cell:
    """Whether a hold lies on it."""
    if held:
        return Cell("", mark=Mark(words.HELD, Tone.WARN))
    return Cell(words.FREE, quiet=True)
