"""Makes the page of incidents with its presenter, when somebody goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.presenters import wiring, wiring_incidents
from carekraft_desktop.presenters.shell import Page
from ui.printing import PaperPrinter
from ui.rooms import Room

if TYPE_CHECKING:
    from ui.open_office import OpenOffice


def furnish(office: OpenOffice) -> None:
    """There is this page."""
    office.frame.rooms.add(Page.INCIDENTS, lambda: _incidents(office))


def _incidents(office: OpenOffice) -> Room:
    from carekraft_desktop.presenters.incidents import IncidentsPresenter
    from ui.pages.incidents import IncidentsPage

    around = office.around
    page = IncidentsPage(around.theme)
    presenter = IncidentsPresenter(
        around.desk,
        page.show_state,
        incidents=wiring_incidents.IncidentsAtHand(around.opened, around.program.folders.home),
        names=wiring.names(around.program),
        when=around.when(),
        again=around.again,
        runner=around.runner,
        printer=PaperPrinter(office.lent.window),
    )
    page.bind(presenter)
    page.left.connect(around.to_settings)
    return Room(page, presenter)
