"""Where somebody looks: which day or week, and whose."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING

from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters.times import long_day
from carekraft_desktop.presenters.today_state import Jump
from carekraft_desktop.presenters.typed import day_of
from carekraft_desktop.value import replace

if TYPE_CHECKING:
    from carekraft_desktop.presenters.board import Board


class Days:
    """Turns days and weeks, and takes a typed day."""

    def __init__(self, board: Board) -> None:
        """Over the screen's board."""
        self._board = board

    def go(self, steps: int) -> None:
        """Some days on or back, or weeks where a week is shown."""
        self.look_at(
            self._board.state.day + timedelta(days=steps * (7 if self._board.state.week else 1))
        )

    def go_today(self) -> None:
        """Back to today."""
        self.look_at(self._board.today())

    def go_to(self, day: date) -> None:
        """A day that was picked."""
        self.look_at(day)

    def look_at(self, day: date) -> None:
        """Another day; nothing is held over it any more."""
        self._board.state = replace(self._board.state, day=day, ghost=None, problem=None)
        self._board.again()

    def toggle_week(self) -> None:
        """From the day of all to the week of one, who is the open visit's provider; and back."""
        pane = self._board.state.detail
        if not self._board.state.week and pane is not None:
            self._board.who = pane.provider_id
        self._board.state = replace(
            self._board.state, week=not self._board.state.week, ghost=None, problem=None
        )
        self._board.again()

    def show_week_of(self, number: int) -> None:
        """The week of a provider, by place among those who can be booked."""
        people = self._board.weeks()
        if 0 <= number < len(people):
            self._board.who = people[number].id
            self._board.state = replace(self._board.state, week=True, ghost=None, problem=None)
            self._board.again()

    def show_everyone(self) -> None:
        """The day of all providers."""
        self._board.state = replace(self._board.state, week=False, ghost=None, problem=None)
        self._board.again()

    def ask_day(self) -> None:
        """Open the field for a day; once more closes it."""
        jump = Jump(reading=wording.JUMP_HINT) if self._board.state.jump is None else None
        self._board.put(replace(self._board.state, jump=jump))

    def type_day(self, typed: str) -> None:
        """What stands in the field now."""
        if self._board.state.jump is None or typed == self._board.state.jump.typed:
            return
        found = day_of(typed, self._board.today())
        reading = f"{long_day(found)}, {found.year}" if found is not None else wording.JUMP_HINT
        self._board.put(replace(self._board.state, jump=Jump(typed, reading)))

    def take_day(self) -> None:
        """Go to the day in the field, or say that it is none."""
        jump = self._board.state.jump
        if jump is None:
            return
        found = day_of(jump.typed, self._board.today())
        if found is None:
            self._board.put(
                replace(self._board.state, jump=replace(jump, problem=wording.NO_SUCH_DAY))
            )
            return
        self._board.state = replace(self._board.state, jump=None)
        self.look_at(found)

    def toggle_cancelled(self) -> None:
        """Show or hide the cancelled visits of the day."""
        self._board.state = replace(
            self._board.state, show_cancelled=not self._board.state.show_cancelled
        )
        self._board.again()
