"""Tells which rows of patients were painted: every list, the day, and what was found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ui.widgets.calendar import Calendar
from ui.widgets.rows import Rows

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.presenters.looks import Looks


def watch(looks: Callable[[], Looks | None]) -> Callable[[QWidget], None]:
    """What to do with each page that is made; `looks` is asked at each painting."""

    def painted(place: str, keys: tuple[str, ...]) -> None:
        found = looks()
        if found is not None:
            found.painted(place, keys)

    def page(made: QWidget) -> None:
        for rows in made.findChildren(Rows):
            if rows.patients:
                rows.painted.connect(painted)
        for day in made.findChildren(Calendar):
            day.painted.connect(painted)

    return page
