"""Makes the privacy officer's further pages with their presenters, when somebody goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.presenters import wiring, wiring_incidents, wording_weekly
from carekraft_desktop.presenters.shell import Page
from ui.rooms import Room

if TYPE_CHECKING:
    from carekraft_desktop.presenters.words import Words
    from carekraft_desktop.services.desk import Desk
    from ui.around import Around
    from ui.rooms import Rooms


def furnish(rooms: Rooms, around: Around) -> None:
    """There are these pages."""
    rooms.add(Page.PARTNERS, lambda: _partners(around))
    rooms.add(Page.WEEK, lambda: _week(around))
    rooms.add(Page.POSTURE, lambda: _posture(around))


def notice(desk: Desk) -> Words | None:
    """What the bar above the pages says to whoever answers for privacy; None for nothing."""
    weekly = wording_weekly.BANNER if wiring.weekly_overdue(desk) else None
    return wiring_incidents.banner(desk) or weekly


def _partners(around: Around) -> Room:
    from carekraft_desktop.presenters.partners import PartnersPresenter
    from ui.pages.partners import PartnersPage

    page = PartnersPage(around.theme)
    presenter = PartnersPresenter(
        around.desk,
        page.show_state,
        partners=wiring.PartnersAtHand(around.opened),
        runner=around.runner,
        clipboard=around.clipboard,
    )
    page.bind(presenter)
    page.left.connect(around.to_settings)
    return Room(page, presenter)


def _week(around: Around) -> Room:
    from carekraft_desktop.presenters.weekly import WeeklyPresenter
    from ui.pages.weekly import WeeklyPage

    page = WeeklyPage(around.theme)
    presenter = WeeklyPresenter(
        around.desk,
        page.show_state,
        weekly=wiring.WeeklyAtHand(),
        names=wiring.names(around.program),
        when=around.when(),
    )
    page.bind(presenter)
    page.left.connect(around.to_settings)
    return Room(page, presenter)


def _posture(around: Around) -> Room:
    from carekraft_desktop.presenters.posture import PosturePresenter
    from ui.pages.posture import PosturePage

    page = PosturePage(around.theme)
    presenter = PosturePresenter(
        around.desk,
        page.show_state,
        posture=wiring.PostureAtHand(around.program),
        runner=around.runner,
        clipboard=around.clipboard,
        when=around.when(),
    )
    page.bind(presenter)
    page.left.connect(around.to_settings)
    return Room(page, presenter)
