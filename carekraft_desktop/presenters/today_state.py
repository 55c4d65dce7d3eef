"""What is on the desk's main screen, as one value."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from carekraft_desktop.presenters.day import Block, Column
from carekraft_desktop.presenters.detail import DetailState
from carekraft_desktop.presenters.moving import Ghost
from carekraft_desktop.presenters.pieces import Empty, Problem, Row
from carekraft_desktop.value import Value

if TYPE_CHECKING:
    from carekraft_desktop.presenters.choice import ChoiceState


class Jump(Value, frozen=True):
    """The field for a day to go to."""

    typed: str = ""
    reading: str = ""
    """How it is understood so far."""
    problem: str = ""


class TodayState(Value, frozen=True):
    """Everything on the screen."""

    day: date
    title: str
    is_today: bool
    """Whether today is on the screen."""
    week: bool = False
    """The week of one provider instead of the day of all."""
    providers: tuple[str, ...] = ()
    """Whose week can be shown, by name."""
    who: int = 0
    """Whose week is shown, as a place in `providers`."""
    jump: Jump | None = None
    ghost: Ghost | None = None
    """Where a visit that is being moved would stand."""
    columns: tuple[Column, ...] = ()
    blocks: tuple[Block, ...] = ()
    first: int = 480
    last: int = 1080
    now: int | None = None
    """Minutes after midnight; None on another day."""
    now_column: int | None = None
    """In which column now is; None for all of them."""
    clock: str = ""
    """The now-line's label."""
    hours: tuple[str, ...] = ()
    """Labels of the whole hours from `first`."""
    cancelled: int = 0
    """How many visits of the day are cancelled."""
    show_cancelled: bool = False
    inbox: tuple[Row, ...] = ()
    marked: frozenset[str] = frozenset()
    """Requests that are to be accepted together."""
    inbox_note: str = ""
    inbox_empty: Empty | None = None
    day_empty: Empty | None = None
    day_note: str = ""
    """Said of a day without visits, over the empty columns."""
    selected: str = ""
    detail: DetailState | None = None
    choice: ChoiceState | None = None
    problem: Problem | None = None
    """What failed last, drawn in the pane."""
