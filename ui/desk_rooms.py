"""Makes the front desk's own pages with their presenters, each when somebody first goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop import __version__
from carekraft_desktop.domain.staff import Right
from carekraft_desktop.presenters import wiring
from carekraft_desktop.presenters.shell import Page
from ui.rooms import Room

if TYPE_CHECKING:
    from carekraft_desktop.presenters.wiring import Uses
    from carekraft_desktop.services.desk import Desk
    from ui.open_office import OpenOffice
    from ui.pages.settings import SettingsPage


def furnish(office: OpenOffice) -> None:
    """There are these pages."""
    rooms = office.frame.rooms
    rooms.add(Page.TODAY, lambda: Room(office.frame.today, office.today))
    rooms.add(Page.OUTBOX, lambda: _outbox(office))
    rooms.add(Page.SETTINGS, lambda: _settings(office))
    rooms.add(Page.LISTS, lambda: _lists(office))
    rooms.add(Page.PERSON, lambda: _person(office))


def count_to_enter(desk: Desk, uses: Uses) -> int:
    """How many bookings are not entered; 0 for a role that may not know."""
    return uses.handover.count(desk) if desk.staff.may(Right.SEE_SCHEDULE) else 0


def _outbox(office: OpenOffice) -> Room:
    from carekraft_desktop.presenters.outbox import OutboxPresenter
    from ui.pages.outbox import OutboxPage

    around = office.around
    page = OutboxPage(around.theme)
    presenter = OutboxPresenter(
        around.desk,
        page.show_state,
        visits=around.uses.visits,
        outbox=around.uses.outbox,
        told=around.tell,
        acted=around.shell.acted,
        open_visit=office.ways.visit,
        when=around.when(),
        open_review=office.ways.review,
        undo_review=office.answering.take_back,
        open_referral=office.referring.show,
    )
    page.bind(presenter)
    page.left.connect(office.ways.to(Page.TODAY))
    return Room(page, presenter)


def _settings(office: OpenOffice) -> Room:
    from carekraft_desktop.presenters.settings import SettingsPresenter
    from ui.pages.settings import SettingsPage

    around = office.around
    page = SettingsPage(around.theme)
    presenter = SettingsPresenter(
        wiring.SettingsFile(around.program),
        page.show_state,
        about=wiring.about(around.program, around.opened, around.uses.office, __version__),
        preferences=office.preferences(),
        changed=office.lent.prefer,
    )
    page.bind(presenter)
    _template(office, page)
    page.to_page.connect(around.shell.go)
    return Room(page, presenter)


def _template(office: OpenOffice, page: SettingsPage) -> None:
    """The card for the practice system's template in the settings."""
    from carekraft_desktop.presenters.template import TemplatePresenter

    around = office.around
    presenter = TemplatePresenter(
        around.desk, page.template.show_state, handover=around.uses.handover, told=around.tell
    )
    page.template.bind(presenter)
    presenter.refresh()


def _lists(office: OpenOffice) -> Room:
    """What to enter, whom to call, what is left of the day."""
    from carekraft_desktop.presenters.lists import ListsPresenter
    from ui.pages.lists import ListsPage

    around, uses = office.around, office.around.uses
    page = ListsPage(around.theme)
    presenter = ListsPresenter(
        around.desk,
        page.show_state,
        visits=uses.visits,
        office=uses.office,
        marks=uses.marks,
        handover=uses.handover,
        calls=uses.calls,
        clipboard=around.clipboard,
        timers=around.timers,
        told=around.tell,
        acted=around.shell.acted,
        open_visit=office.ways.visit,
        printed=office.paper.calls,
        when=around.when(),
    )
    page.bind(presenter)
    return Room(page, presenter)


def _person(office: OpenOffice) -> Room:
    """A patient's card; a referral begins there too."""
    from carekraft_desktop.presenters.person import PersonPresenter
    from ui.pages.person import PersonPage

    around, uses = office.around, office.around.uses
    page = PersonPage(around.theme)
    presenter = PersonPresenter(
        around.desk,
        page.show_state,
        persons=uses.persons,
        office=uses.office,
        timers=around.timers,
        told=around.tell,
        open_visit=office.ways.visit,
        when=around.when(),
    )
    page.bind(presenter)
    page.left.connect(office.ways.to(Page.TODAY))
    page.referred.connect(office.referring.for_patient)
    return Room(page, presenter)
