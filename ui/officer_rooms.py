"""Makes the privacy officer's further pages with their presenters, when somebody goes there."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from carekraft_desktop.presenters import wiring
from carekraft_desktop.presenters.shell import Page
from ui.rooms import Room

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.bootstrap import Program
    from carekraft_desktop.presenters.lists import Clipboard
    from carekraft_desktop.presenters.tasks import Runner
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.services.access import Opened
    from ui.rooms import Rooms
    from ui.theme import Theme


@dataclass(frozen=True)
class Around:
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
