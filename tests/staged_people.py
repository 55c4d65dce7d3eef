"""The page about people, for pictures and for tests of the window."""

from collections.abc import Callable

from carekraft_desktop.domain.staff import Role
from carekraft_desktop.errors import WeakPassword
from carekraft_desktop.presenters.people import Candidate, PeoplePresenter
from carekraft_desktop.presenters.tasks import InlineRunner
from carekraft_desktop.value import replace
from tests.fakes.office import desk
from tests.fakes.people import FakePeople
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
    presenter = PeoplePresenter(
        replace(here, staff=replace(here.staff, roles=frozenset({role}))),
        page.show_state,
        people=people,
        runner=InlineRunner(),
    )
    page.bind(presenter)
    presenter.refresh()
    return page, presenter


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


Maker = Callable[[Theme], tuple[PeoplePage, PeoplePresenter]]
SCENES: dict[str, Maker] = {"people": _page, "people-refused": _refused, "people-denied": _denied}
