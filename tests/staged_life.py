"""The pages of what is kept and what patients ask, for pictures and for tests of the window."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from carekraft_desktop.domain.ages import Held
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.errors import TableUnclear
from carekraft_desktop.presenters.asked import AskedPresenter
from carekraft_desktop.presenters.kept import KeptPresenter
from carekraft_desktop.presenters.letters import Letters
from carekraft_desktop.presenters.paper import Sheet
from carekraft_desktop.presenters.pieces import Toast
from carekraft_desktop.presenters.shell import Page, Screen
from carekraft_desktop.store.held import Record
from tests.fakes.life import NIGHT, FakeAsked, FakeKept
from tests.fakes.office import WHEN, lakeside
from tests.fakes.officer import NAMES
from tests.staged_officer import officer
from ui.pages.asked import AskedPage
from ui.pages.kept import KeptPage
from ui.printing import pdf
from ui.theme import Theme


class FakePrinter:
    """Keeps the sheets."""

    def __init__(self) -> None:
        """Nothing is printed yet."""
        self.sheets: list[Sheet] = []

    def ready(self) -> bool:
        """There is a printer."""
        return True

    def print(self, sheet: Sheet, sent: Callable[[int], None], refused: Callable[[], None]) -> None:
        """Keep it, on one page."""
        del refused
        self.sheets.append(sheet)
        sent(1)


def staged_kept(
    theme: Theme, kept: FakeKept, role: Role = Role.PRIVACY_OFFICER
) -> tuple[KeptPage, KeptPresenter]:
    """A page with its presenter, filled."""
    page = KeptPage(theme)
    presenter = KeptPresenter(officer(role), page.show_state, kept=kept, names=NAMES, when=WHEN)
    page.bind(presenter)
    presenter.refresh()
    return page, presenter


def staged_asked(
    theme: Theme,
    asked: FakeAsked,
    role: Role = Role.PRIVACY_OFFICER,
    *,
    printer: FakePrinter | None = None,
    told: Callable[[Toast], None] = lambda _: None,
) -> tuple[AskedPage, AskedPresenter]:
    """A page with its presenter, filled."""
    page = AskedPage(theme)
    presenter = AskedPresenter(
        officer(role),
        page.show_state,
        asked=asked,
        letters=Letters(lakeside(), lambda _: "Rosa Alvarez", lambda: WHEN),
        printer=printer or FakePrinter(),
        pdf=pdf,
        names=NAMES,
        told=told,
        when=WHEN,
    )
    page.bind(presenter)
    presenter.refresh()
    return page, presenter


def _kept(theme: Theme) -> tuple[KeptPage, KeptPresenter]:
    page, presenter = staged_kept(theme, FakeKept())
    presenter.choose_hold("h-1")
    presenter.open("p-9")
    return page, presenter


def _kept_first(theme: Theme) -> tuple[KeptPage, KeptPresenter]:
    return staged_kept(
        theme, FakeKept(confirmed=False, things=(), set_holds=(), gone=(), ran=False)
    )


def _kept_held(theme: Theme) -> tuple[KeptPage, KeptPresenter]:
    some = (("p-41", Held.MINOR), ("p-42", Held.MINOR), ("p-43", Held.CHILD))
    waiting = tuple(Record(id_, why, NIGHT - 86_400) for id_, why in some)
    return staged_kept(theme, FakeKept(waiting=waiting))


def _kept_refused(theme: Theme) -> tuple[KeptPage, KeptPresenter]:
    page, presenter = staged_kept(theme, FakeKept(refuses=TableUnclear()))
    page.confirm.click()
    return page, presenter


def _kept_denied(theme: Theme) -> tuple[KeptPage, KeptPresenter]:
    return staged_kept(theme, FakeKept(), Role.FRONT_DESK)


def _asked(theme: Theme) -> tuple[AskedPage, AskedPresenter]:
    return staged_asked(theme, FakeAsked())


def _asked_accounting(theme: Theme) -> tuple[AskedPage, AskedPresenter]:
    page, presenter = staged_asked(theme, FakeAsked())
    presenter.choose("q-2")
    return page, presenter


def _asked_denied(theme: Theme) -> tuple[AskedPage, AskedPresenter]:
    page, presenter = staged_asked(theme, FakeAsked())
    presenter.choose("q-3")
    presenter.deny("accurate")
    return page, presenter


def _asked_copy(theme: Theme) -> tuple[AskedPage, AskedPresenter]:
    page, presenter = staged_asked(theme, FakeAsked())
    presenter.identify("photo")
    presenter.fee("6.00", "0.75", "1.60")
    presenter.by_number("CK-0000-0000", "accounting")
    return page, presenter


def _asked_third(theme: Theme) -> tuple[AskedPage, AskedPresenter]:
    page, presenter = staged_asked(theme, FakeAsked())
    presenter.identify("photo")
    presenter.direct("Ruth Adeyemi", "12 Prairie Road, Peoria", "2026-11-20", "")
    return page, presenter


def _asked_gone(theme: Theme) -> tuple[AskedPage, AskedPresenter]:
    page, presenter = staged_asked(theme, FakeAsked(there=[]))
    presenter.by_number("CK-7Q2M-0001", "accounting")
    return page, presenter


def _asked_none(theme: Theme) -> tuple[AskedPage, AskedPresenter]:
    return staged_asked(theme, FakeAsked(there=[]))


Maker = Callable[[Theme], tuple[QWidget, Screen]]
SCENES: dict[str, tuple[Page, Maker]] = {
    "kept": (Page.KEPT, _kept),
    "kept-first": (Page.KEPT, _kept_first),
    "kept-held": (Page.KEPT, _kept_held),
    "kept-refused": (Page.KEPT, _kept_refused),
    "kept-denied": (Page.KEPT, _kept_denied),
    "asked": (Page.ASKED, _asked),
    "asked-accounting": (Page.ASKED, _asked_accounting),
    "asked-denied": (Page.ASKED, _asked_denied),
    "asked-copy": (Page.ASKED, _asked_copy),
    "asked-third": (Page.ASKED, _asked_third),
    "asked-gone": (Page.ASKED, _asked_gone),
    "asked-none": (Page.ASKED, _asked_none),
}
