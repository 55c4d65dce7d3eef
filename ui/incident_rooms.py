"""Makes the page of incidents with its presenter, when somebody goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.presenters import wiring, wiring_incidents
from carekraft_desktop.presenters.shell import Page
from carekraft_desktop.value import Value
from ui.rooms import Room

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtWidgets import QWidget

    from carekraft_desktop.bootstrap import Program
    from carekraft_desktop.presenters.again import AskAgain
    from carekraft_desktop.presenters.tasks import Runner
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.services.access import Opened
    from ui.rooms import Rooms
    from ui.theme import Theme


class Around(Value, frozen=True):
    """What the page is made with."""

    theme: Theme
    opened: Opened
    program: Program
    runner: Runner
    window: QWidget
    when: Callable[[], OfficeTime]
    again: AskAgain
    back: Callable[[], None]


def furnish(rooms: Rooms, around: Around) -> None:
    """There is this page."""
    rooms.add(Page.INCIDENTS, lambda: _incidents(around))


def _incidents(around: Around) -> Room:
    from carekraft_desktop.presenters.incidents import IncidentsPresenter
    from ui.pages.incidents import IncidentsPage
    from ui.printing import PaperPrinter

    page = IncidentsPage(around.theme)
    presenter = IncidentsPresenter(
        around.opened.desk,
        page.show_state,
        incidents=wiring_incidents.IncidentsAtHand(around.opened, around.program.folders.home),
        names=wiring.names(around.program),
        when=around.when(),
        again=around.again,
        runner=around.runner,
        printer=PaperPrinter(around.window),
    )
    page.bind(presenter)
    page.left.connect(around.back)
    return Room(page, presenter)
