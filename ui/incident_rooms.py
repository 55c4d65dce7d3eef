"""Makes the pages of incidents and of terms with their presenters, when somebody goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.presenters import wiring, wiring_incidents
from carekraft_desktop.presenters.shell import Page
from ui.printing import PaperPrinter
from ui.rooms import Room

if TYPE_CHECKING:
    from ui.open_office import OpenOffice


def furnish(office: OpenOffice) -> None:
    """There are these pages."""
    office.frame.rooms.add(Page.INCIDENTS, lambda: _incidents(office))
    office.frame.rooms.add(Page.TERMS, lambda: _terms(office))


def _incidents(office: OpenOffice) -> Room:
    from carekraft_desktop.presenters.incident_patients import AffectedPresenter
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
    affected = AffectedPresenter(
        page.patients.show_state,
        affected=wiring_incidents.AffectedAtHand(),
        timers=office.lent.timers,
        changed=presenter.refresh,
    )
    presenter.follow_with(affected)
    page.patients.bind(affected)
    page.bind(presenter)
    page.left.connect(around.to_settings)
    return Room(page, presenter)


def _terms(office: OpenOffice) -> Room:
    from carekraft_desktop.presenters.terms import TermsPresenter
    from ui.pages.terms import TermsPage

    around = office.around
    page = TermsPage(around.theme)
    presenter = TermsPresenter(
        around.desk,
        page.show_state,
        terms=wiring_incidents.TermsAtHand(around.program),
        names=wiring.names(around.program),
        when=around.when(),
        runner=around.runner,
        confirmed=around.shell.sync_now,
    )
    page.bind(presenter)
    page.left.connect(around.to_settings)
    return Room(page, presenter)
