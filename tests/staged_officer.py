"""The privacy officer's further pages, for pictures and for tests of the window."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from carekraft_desktop.domain.staff import Role
from carekraft_desktop.errors import PartnerUnclear
from carekraft_desktop.presenters.partners import PartnersPresenter, Typed
from carekraft_desktop.presenters.posture import PosturePresenter
from carekraft_desktop.presenters.shell import Page, Screen
from carekraft_desktop.presenters.tasks import InlineRunner
from carekraft_desktop.presenters.weekly import WeeklyPresenter
from carekraft_desktop.services.desk import Desk
from carekraft_desktop.value import replace
from tests.fakes.clipboard import FakeClipboard
from tests.fakes.office import WHEN, desk
from tests.fakes.officer import NAMES, FakePosture, FakeWeekly
from tests.fakes.partners import FakePartners
from ui.pages.partners import PartnersPage
from ui.pages.posture import PosturePage
from ui.pages.weekly import WeeklyPage
from ui.theme import Theme


def officer(role: Role = Role.PRIVACY_OFFICER) -> Desk:
    """A desk of somebody with one role."""
    here = desk("12:00")
    return replace(here, staff=replace(here.staff, roles=frozenset({role})))


def staged_partners(
    theme: Theme, partners: FakePartners, role: Role = Role.PRIVACY_OFFICER
) -> tuple[PartnersPage, PartnersPresenter]:
    """A page with its presenter, filled."""
    page = PartnersPage(theme)
    presenter = PartnersPresenter(
        officer(role),
        page.show_state,
        partners=partners,
        runner=InlineRunner(),
        clipboard=FakeClipboard(),
    )
    page.bind(presenter)
    presenter.refresh()
    return page, presenter


def _works(theme: Theme) -> tuple[PartnersPage, PartnersPresenter]:
    page, presenter = staged_partners(theme, FakePartners())
    presenter.choose("partner-1")
    return page, presenter


def _shut_out(theme: Theme) -> tuple[PartnersPage, PartnersPresenter]:
    page, presenter = staged_partners(theme, FakePartners())
    presenter.choose("partner-2")
    return page, presenter


def _first(theme: Theme) -> tuple[PartnersPage, PartnersPresenter]:
    refuses = PartnerUnclear("number-unknown")
    page, presenter = staged_partners(theme, FakePartners(there=[], refuses=refuses))
    page.name.put("Lakeside Heart Center")
    presenter.save(Typed(name="Lakeside Heart Center"))
    return page, presenter


def _denied(theme: Theme) -> tuple[PartnersPage, PartnersPresenter]:
    return staged_partners(theme, FakePartners(), Role.FRONT_DESK)


def staged_weekly(
    theme: Theme, weekly: FakeWeekly, role: Role = Role.PRIVACY_OFFICER
) -> tuple[WeeklyPage, WeeklyPresenter]:
    """A page with its presenter, filled."""
    page = WeeklyPage(theme)
    presenter = WeeklyPresenter(
        officer(role), page.show_state, weekly=weekly, names=NAMES, when=WHEN
    )
    page.bind(presenter)
    presenter.refresh()
    return page, presenter


def staged_posture(
    theme: Theme, posture: FakePosture, role: Role = Role.PRIVACY_OFFICER
) -> tuple[PosturePage, PosturePresenter]:
    """A page with its presenter, filled."""
    page = PosturePage(theme)
    presenter = PosturePresenter(
        officer(role),
        page.show_state,
        posture=posture,
        runner=InlineRunner(),
        clipboard=FakeClipboard(),
        when=WHEN,
    )
    page.bind(presenter)
    presenter.refresh()
    return page, presenter


def _week(theme: Theme) -> tuple[WeeklyPage, WeeklyPresenter]:
    return staged_weekly(theme, FakeWeekly())


def _week_signed(theme: Theme) -> tuple[WeeklyPage, WeeklyPresenter]:
    page, presenter = staged_weekly(theme, FakeWeekly(found=(), number=1))
    presenter.sign()
    return page, presenter


def _week_first(theme: Theme) -> tuple[WeeklyPage, WeeklyPresenter]:
    return staged_weekly(theme, FakeWeekly(number=0))


def _week_denied(theme: Theme) -> tuple[WeeklyPage, WeeklyPresenter]:
    return staged_weekly(theme, FakeWeekly(), Role.FRONT_DESK)


def _posture(theme: Theme) -> tuple[PosturePage, PosturePresenter]:
    return staged_posture(theme, FakePosture())


def _posture_denied(theme: Theme) -> tuple[PosturePage, PosturePresenter]:
    return staged_posture(theme, FakePosture(), Role.PROVIDER)


Maker = Callable[[Theme], tuple[QWidget, Screen]]
SCENES: dict[str, tuple[Page, Maker]] = {
    "partners": (Page.PARTNERS, _works),
    "partners-shut-out": (Page.PARTNERS, _shut_out),
    "partners-first": (Page.PARTNERS, _first),
    "partners-denied": (Page.PARTNERS, _denied),
    "weekly": (Page.WEEK, _week),
    "weekly-signed": (Page.WEEK, _week_signed),
    "weekly-first": (Page.WEEK, _week_first),
    "weekly-denied": (Page.WEEK, _week_denied),
    "posture": (Page.POSTURE, _posture),
    "posture-denied": (Page.POSTURE, _posture_denied),
}
