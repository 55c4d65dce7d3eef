"""The pages about one's own way in and about access and keys, for pictures and for tests."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from carekraft_desktop.domain.attesting import Subject
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.errors import WeakPin, WrongPassword, WrongRecoveryKey
from carekraft_desktop.presenters import wording_own
from carekraft_desktop.presenters.access_keys import AccessPresenter
from carekraft_desktop.presenters.again import AgainState
from carekraft_desktop.presenters.own import OwnPresenter
from carekraft_desktop.presenters.pieces import Problem
from carekraft_desktop.presenters.shell import Page
from carekraft_desktop.presenters.tasks import InlineRunner
from carekraft_desktop.presenters.wording_again import WHY
from carekraft_desktop.value import replace
from tests.fakes.keeping import FakeAccess, FakeOwn
from tests.fakes.office import WHEN, desk
from tests.fakes.timers import FakeTimers
from ui.pages.access import AccessPage
from ui.pages.own import OwnPage
from ui.theme import Theme
from ui.widgets.parts import NoteBox

Screen = OwnPresenter | AccessPresenter
Maker = Callable[[Theme], tuple[Page, QWidget, Screen]]


def staged_own(
    theme: Theme, own: FakeOwn, role: Role = Role.FRONT_DESK
) -> tuple[OwnPage, OwnPresenter]:
    """The page with its presenter, filled."""
    page, here = OwnPage(theme), desk("12:00")
    presenter = OwnPresenter(
        replace(here, staff=replace(here.staff, roles=frozenset({role}))),
        page.show_state,
        own=own,
        runner=InlineRunner(),
        broken=lambda reason, _proof: own.did.append(("broken", reason)),
    )
    page.bind(presenter)
    presenter.refresh()
    return page, presenter


def staged_access(
    theme: Theme, access: FakeAccess, role: Role = Role.PRIVACY_OFFICER
) -> tuple[AccessPage, AccessPresenter]:
    """The page with its presenter, filled."""
    page, here = AccessPage(theme), desk("12:00")
    presenter = AccessPresenter(
        replace(here, staff=replace(here.staff, roles=frozenset({role}))),
        page.show_state,
        access=access,
        runner=InlineRunner(),
        timers=FakeTimers(),
        when=WHEN,
    )
    page.bind(presenter)
    presenter.refresh()
    return page, presenter


def _own(theme: Theme) -> tuple[Page, QWidget, Screen]:
    page, presenter = staged_own(theme, FakeOwn(left=[Subject.TRAINING]))
    presenter.ask_reason(on=True)
    return Page.OWN, page, presenter


def _own_done(theme: Theme) -> tuple[Page, QWidget, Screen]:
    page, presenter = staged_own(theme, FakeOwn(left=[], refuses=WeakPin("too-simple")))
    presenter.choose_pin("123456", "123456")
    return Page.OWN, page, presenter


def _access(theme: Theme) -> tuple[Page, QWidget, Screen]:
    return Page.ACCESS, *staged_access(theme, FakeAccess())


def _access_paper(theme: Theme) -> tuple[Page, QWidget, Screen]:
    page, presenter = staged_access(theme, FakeAccess(waiting=[]))
    presenter.sign_review()
    presenter.new_paper("")
    return Page.ACCESS, page, presenter


def _access_wrong(theme: Theme) -> tuple[Page, QWidget, Screen]:
    page, presenter = staged_access(theme, FakeAccess(waiting=[], refuses=WrongRecoveryKey()))
    presenter.check_paper("7KQ2 M4XD")
    return Page.ACCESS, page, presenter


def _access_denied(theme: Theme) -> tuple[Page, QWidget, Screen]:
    return Page.ACCESS, *staged_access(theme, FakeAccess(), Role.FRONT_DESK)


SCENES: dict[str, Maker] = {
    "own": _own,
    "own-done": _own_done,
    "access": _access,
    "access-paper": _access_paper,
    "access-wrong": _access_wrong,
    "access-denied": _access_denied,
}


ASKED = AgainState(
    WHY["print"],
    "Rosa Alvarez",
    problem=Problem.of(WrongPassword()),
)


def show_glass(note: NoteBox) -> None:
    """As in an emergency."""
    note.say(
        wording_own.GLASS_ON.format(at="10:41"),
        wording_own.GLASS_ON_ADVICE,
        tone="warn",
        icon_name="triangle-alert",
        action=wording_own.GLASS_END,
    )
