"""The pages about people, ways in, keys and the journal, made when somebody goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.presenters import wiring
from carekraft_desktop.presenters.shell import Page
from ui.rooms import Room

if TYPE_CHECKING:
    from ui.around import Around
    from ui.open_office import OpenOffice


def furnish(office: OpenOffice) -> None:
    """There are these pages."""
    rooms, around = office.frame.rooms, office.around
    rooms.add(Page.JOURNAL, lambda: _journal(around))
    rooms.add(Page.PEOPLE, lambda: _people(around))
    rooms.add(Page.OWN, lambda: _own(office))
    rooms.add(Page.ACCESS, lambda: _access(around))


def _journal(around: Around) -> Room:
    from carekraft_desktop.presenters.journal import JournalPresenter
    from ui.pages.journal import JournalPage

    page = JournalPage(around.theme)
    presenter = JournalPresenter(
        around.desk,
        page.show_state,
        journal=wiring.JournalAtHand(around.opened),
        runner=around.runner,
        names=wiring.names(around.program),
        when=around.when(),
        again=around.again,
    )
    page.bind(presenter)
    page.left.connect(around.to_settings)
    return Room(page, presenter)


def _people(around: Around) -> Room:
    from carekraft_desktop.presenters.colleague import ColleaguePresenter
    from carekraft_desktop.presenters.people import PeoplePresenter
    from ui.pages.people import PeoplePage

    page = PeoplePage(around.theme)
    people = wiring.PeopleAtHand(around.program)
    presenter = PeoplePresenter(
        around.desk,
        page.show_state,
        people=people,
        runner=around.runner,
        when=around.when(),
        again=around.again,
    )
    colleague = ColleaguePresenter(
        around.desk,
        page.pane.show_state,
        people=people,
        runner=around.runner,
        timers=around.timers,
        when=around.when(),
        changed=presenter.refresh,
        again=around.again,
    )
    presenter.shows_in(colleague)
    page.bind(presenter, colleague)
    page.left.connect(around.to_settings)
    return Room(page, presenter)


def _own(office: OpenOffice) -> Room:
    """One's own way in; the emergency begins here, and what one confirms once a year is done."""
    from carekraft_desktop.presenters.own import OwnPresenter
    from ui.pages.own import OwnPage

    around = office.around
    page = OwnPage(around.theme)
    presenter = OwnPresenter(
        around.desk,
        page.show_state,
        own=wiring.OwnAtHand(around.program),
        runner=around.runner,
        broken=office.glass.break_it,
        freed=lambda: office.lent.reseat(around.program.confirmed()),
        again=around.again,
    )
    page.bind(presenter)
    page.left.connect(around.to_settings)
    return Room(page, presenter)


def _access(around: Around) -> Room:
    from carekraft_desktop.presenters.access_keys import AccessPresenter
    from ui.pages.access import AccessPage

    page = AccessPage(around.theme)
    presenter = AccessPresenter(
        around.desk,
        page.show_state,
        access=wiring.AccessAtHand(around.program),
        runner=around.copies,  # before new keys and with a new paper there is a backup
        timers=around.timers,
        when=around.when(),
        again=around.again,
    )
    page.bind(presenter)
    page.left.connect(around.to_settings)
    return Room(page, presenter)
