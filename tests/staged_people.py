"""The page about people, for pictures and for tests of the window."""

from collections.abc import Callable

from carekraft_desktop.domain.leaving import Cause, Chore
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.errors import WeakPassword
from carekraft_desktop.presenters.colleague import ColleaguePresenter
from carekraft_desktop.presenters.people import Candidate, PeoplePresenter
from carekraft_desktop.presenters.tasks import InlineRunner
from carekraft_desktop.value import replace
from tests.fakes.office import WHEN, desk
from tests.fakes.people import FakePeople
from tests.fakes.timers import FakeTimers
from ui.pages.people import PeoplePage
from ui.theme import Theme

ADA = Candidate(
    "Ada Osei", "a.osei", frozenset({Role.REPLY_AUTHOR}), "river-lamp-42", "river-lamp-42"
)


def staged_people(
    theme: Theme, people: FakePeople, role: Role = Role.PRIVACY_OFFICER
) -> tuple[PeoplePage, PeoplePresenter]:
    """A page with its presenter, filled."""
    page = PeoplePage(theme)
    here = desk("12:00")
    mine = replace(here, staff=replace(here.staff, roles=frozenset({role})))
    presenter = PeoplePresenter(
        mine, page.show_state, people=people, runner=InlineRunner(), when=WHEN
    )
    colleague = ColleaguePresenter(
        mine,
        page.pane.show_state,
        people=people,
        runner=InlineRunner(),
        timers=FakeTimers(),
        when=WHEN,
        changed=presenter.refresh,
    )
    presenter.shows_in(colleague)
    page.bind(presenter, colleague)
    presenter.refresh()
    return page, presenter


def colleague_of(presenter: PeoplePresenter) -> ColleaguePresenter:
    """Whoever is chosen on the page."""
    found = presenter._colleague
    assert found is not None
    return found


def _page(theme: Theme) -> tuple[PeoplePage, PeoplePresenter]:
    return staged_people(theme, FakePeople())


def _refused(theme: Theme) -> tuple[PeoplePage, PeoplePresenter]:
    page, presenter = staged_people(theme, FakePeople(refuses=WeakPassword("well-known")))
    page.display.put("Ada Osei")
    page.name.put("a.osei")
    presenter.let_in(ADA)
    return page, presenter


def _denied(theme: Theme) -> tuple[PeoplePage, PeoplePresenter]:
    return staged_people(theme, FakePeople(), Role.FRONT_DESK)


def _chosen(theme: Theme) -> tuple[PeoplePage, PeoplePresenter]:
    page, presenter = staged_people(theme, FakePeople())
    presenter.choose("staff-3")
    return page, presenter


def _renewing(theme: Theme) -> tuple[PeoplePage, PeoplePresenter]:
    page, presenter = staged_people(theme, FakePeople())
    presenter.choose("staff-2")
    colleague_of(presenter).do("renew")
    return page, presenter


def _leaving(theme: Theme) -> tuple[PeoplePage, PeoplePresenter]:
    page, presenter = staged_people(theme, FakePeople())
    presenter.choose("staff-2")
    colleague_of(presenter).do("leave")
    return page, presenter


def _left(theme: Theme) -> tuple[PeoplePage, PeoplePresenter]:
    page, presenter = _leaving(theme)
    colleague_of(presenter).let_go(Cause.LEFT)
    colleague_of(presenter).tick(Chore.KEYS, done=True)
    return page, presenter


Maker = Callable[[Theme], tuple[PeoplePage, PeoplePresenter]]
SCENES: dict[str, Maker] = {
    "people": _page,
    "people-refused": _refused,
    "people-denied": _denied,
    "people-chosen": _chosen,
    "people-renewing": _renewing,
    "people-leaving": _leaving,
    "people-left": _left,
}
