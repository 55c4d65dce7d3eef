"""Makes the privacy officer's further pages with their presenters, when somebody goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.presenters import wiring, wording_weekly
from carekraft_desktop.presenters.shell import Page
from carekraft_desktop.value import Value
from ui.rooms import Room

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.bootstrap import Program
    from carekraft_desktop.presenters.lists import Clipboard
    from carekraft_desktop.presenters.tasks import Runner
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.wording import Words
    from carekraft_desktop.services.access import Opened
    from carekraft_desktop.services.desk import Desk
    from ui.rooms import Rooms
    from ui.theme import Theme


class Around(Value, frozen=True):
    """What each page is made with."""

    theme: Theme
    opened: Opened
    program: Program
    runner: Runner
    clipboard: Clipboard
    when: Callable[[], OfficeTime]
    back: Callable[[], None]


def furnish(rooms: Rooms, around: Around) -> None:
    """There are these pages."""
    rooms.add(Page.PARTNERS, lambda: _partners(around))
    rooms.add(Page.WEEK, lambda: _week(around))
    rooms.add(Page.POSTURE, lambda: _posture(around))


def notice(desk: Desk) -> Words | None:
    """What the bar above the pages says to whoever answers for privacy; None for nothing."""
    return wording_weekly.BANNER if wiring.weekly_overdue(desk) else None


def _partners(around: Around) -> Room:
    from carekraft_desktop.presenters.partners import PartnersPresenter
    from ui.pages.partners import PartnersPage

    page = PartnersPage(around.theme)
    presenter = PartnersPresenter(
        around.opened.desk,
        page.show_state,
        partners=wiring.PartnersAtHand(around.opened),
        runner=around.runner,
        clipboard=around.clipboard,
    )
    page.bind(presenter)
    page.left.connect(around.back)
    return Room(page, presenter)


def _week(around: Around) -> Room:
    from carekraft_desktop.presenters.weekly import WeeklyPresenter
    from ui.pages.weekly import WeeklyPage

    page = WeeklyPage(around.theme)
    presenter = WeeklyPresenter(
        around.opened.desk,
        page.show_state,
        weekly=wiring.WeeklyAtHand(),
        names=wiring.names(around.program),
        when=around.when(),
    )
    page.bind(presenter)
    page.left.connect(around.back)
    return Room(page, presenter)


def _posture(around: Around) -> Room:
    from carekraft_desktop.presenters.posture import PosturePresenter
    from ui.pages.posture import PosturePage

    page = PosturePage(around.theme)
    presenter = PosturePresenter(
        around.opened.desk,
        page.show_state,
        posture=wiring.PostureAtHand(around.program),
        runner=around.runner,
        clipboard=around.clipboard,
        when=around.when(),
    )
    page.bind(presenter)
    page.left.connect(around.back)
    return Room(page, presenter)
