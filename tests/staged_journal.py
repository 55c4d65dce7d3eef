"""The journal's page as it would be of a morning, for pictures and for tests of the window."""

from collections.abc import Callable
from pathlib import Path

from carekraft_desktop.domain.staff import Role
from carekraft_desktop.presenters.journal import JournalPresenter
from carekraft_desktop.presenters.tasks import InlineRunner
from carekraft_desktop.value import replace
from tests.fakes.journal import NAMES, FakeJournal
from tests.fakes.office import WHEN, desk
from ui.pages.journal import JournalPage
from ui.theme import Theme


def staged_journal(
    theme: Theme, journal: FakeJournal, role: Role = Role.PRIVACY_OFFICER
) -> tuple[JournalPage, JournalPresenter]:
    """A page with its presenter, filled."""
    page = JournalPage(theme)
    here = desk("12:00")
    presenter = JournalPresenter(
        replace(here, staff=replace(here.staff, roles=frozenset({role}))),
        page.show_state,
        journal=journal,
        runner=InlineRunner(),
        names=NAMES,
        when=WHEN,
    )
    page.bind(presenter)
    presenter.refresh()
    return page, presenter


def _page(theme: Theme) -> tuple[JournalPage, JournalPresenter]:
    return staged_journal(theme, FakeJournal())


def _wrong(theme: Theme) -> tuple[JournalPage, JournalPresenter]:
    page, presenter = staged_journal(theme, FakeJournal(first_wrong=4))
    presenter.prove()
    return page, presenter


def _exported(theme: Theme) -> tuple[JournalPage, JournalPresenter]:
    page, presenter = staged_journal(theme, FakeJournal())
    presenter.export(Path("journal.jsonl"))
    return page, presenter


def _nothing(theme: Theme) -> tuple[JournalPage, JournalPresenter]:
    page, presenter = staged_journal(theme, FakeJournal())
    presenter.sift(about="nobody")
    return page, presenter


def _denied(theme: Theme) -> tuple[JournalPage, JournalPresenter]:
    return staged_journal(theme, FakeJournal(), Role.FRONT_DESK)


Maker = Callable[[Theme], tuple[JournalPage, JournalPresenter]]
SCENES: dict[str, Maker] = {
    "journal": _page,
    "journal-wrong": _wrong,
    "journal-exported": _exported,
    "journal-nothing": _nothing,
    "journal-denied": _denied,
}
