"""Makes the front desk's own pages with their presenters, each when somebody first goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.domain.staff import Right
from carekraft_desktop.value import Value
from ui.rooms import Room

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.presenters.lists import Clipboard
    from carekraft_desktop.presenters.paper import PaperPresenter
    from carekraft_desktop.presenters.pieces import Toast
    from carekraft_desktop.presenters.tasks import Timers
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.wiring import Uses
    from carekraft_desktop.services.desk import Desk
    from ui.pages.settings import SettingsPage
    from ui.theme import Theme


class Around(Value, frozen=True):
    """What each page is made with."""

    theme: Theme
    desk: Desk
    uses: Uses
    when: OfficeTime
    timers: Timers
    clipboard: Clipboard
    told: Callable[[Toast], None]
    acted: Callable[[], None]
    open_visit: Callable[[str], None]
    paper: PaperPresenter


def lists(around: Around) -> Room:
    """What to enter, whom to call, what is left of the day."""
    from carekraft_desktop.presenters.lists import ListsPresenter
    from ui.pages.lists import ListsPage

    page, uses = ListsPage(around.theme), around.uses
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
        told=around.told,
        acted=around.acted,
        open_visit=around.open_visit,
        printed=around.paper.calls,
        when=around.when,
    )
    page.bind(presenter)
    return Room(page, presenter)


def count_to_enter(desk: Desk, uses: Uses) -> int:
    """How many bookings are not entered; 0 for a role that may not know."""
    return uses.handover.count(desk) if desk.staff.may(Right.SEE_SCHEDULE) else 0


def template(around: Around, page: SettingsPage) -> None:
    """The card for the practice system's template in the settings."""
    from carekraft_desktop.presenters.template import TemplatePresenter

    presenter = TemplatePresenter(
        around.desk, page.template.show_state, handover=around.uses.handover, told=around.told
    )
    page.template.bind(presenter)
    presenter.refresh()


def person(around: Around, back: Callable[[], None], refer: Callable[[str], None]) -> Room:
    """A patient's card; `refer` begins a referral for them."""
    from carekraft_desktop.presenters.person import PersonPresenter
    from ui.pages.person import PersonPage

    page, uses = PersonPage(around.theme), around.uses
    presenter = PersonPresenter(
        around.desk,
        page.show_state,
        persons=uses.persons,
        office=uses.office,
        timers=around.timers,
        told=around.told,
        open_visit=around.open_visit,
        when=around.when,
    )
    page.bind(presenter)
    page.left.connect(back)
    page.referred.connect(refer)
    return Room(page, presenter)
