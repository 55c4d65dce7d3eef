"""The page on which a computer is taken out of service, and the last page after it (REQ-98)."""

from __future__ import annotations

from contextlib import suppress
from typing import TYPE_CHECKING

from carekraft_desktop.presenters.shell import Page
from ui.rooms import Room

if TYPE_CHECKING:
    from carekraft_desktop.bootstrap import Program
    from carekraft_desktop.presenters.ended import EndedPresenter
    from carekraft_desktop.presenters.tasks import Runner
    from carekraft_desktop.services.retiring import Settled
    from ui.open_office import OpenOffice
    from ui.pages.ended import EndedPage
    from ui.theme import Theme
    from ui.window import Window


def furnish(office: OpenOffice) -> None:
    """There is this page."""
    office.frame.rooms.add(Page.RETIRE, lambda: _retiring(office))


def _retiring(office: OpenOffice) -> Room:
    from carekraft_desktop.presenters.retiring import RetiringPresenter
    from ui.pages.retiring import RetiringPage

    around = office.around
    page = RetiringPage(around.theme)
    presenter = RetiringPresenter(
        around.desk,
        page.show_state,
        retiring=around.program.retiring,
        runner=office.lent.plain,  # what is decided goes on, also below the cover
        timers=around.timers,
        when=around.when(),
        go_to=around.shell.go,
        settled=lambda settled: _end(office, settled),
        again=around.again,
    )
    page.bind(presenter)
    page.left.connect(around.to_settings)
    return Room(page, presenter)


def _end(office: OpenOffice, settled: Settled) -> None:
    """The readable certificate beside the signed one, and then the end."""
    from carekraft_desktop.presenters.ended import sheet
    from ui.printing import pdf

    with suppress(OSError):  # the signed one is there; this says the same
        content = pdf(sheet(settled.certificate, office.around.when()))
        settled.place.with_suffix(".pdf").write_bytes(content)
    office.lent.end(settled)


class Ending:
    """The last page, in the window once the office is closed."""

    def __init__(self, window: Window, program: Program, theme: Theme, chores: Runner) -> None:
        """For one window."""
        self._window, self._program, self._theme = window, program, theme
        self._chores = chores
        self.page: EndedPage | None = None
        self.presenter: EndedPresenter | None = None

    def begin(self, settled: Settled) -> None:
        """Destroy, and say so."""
        from carekraft_desktop.presenters.ended import EndedPresenter
        from ui.pages.ended import EndedPage

        self.page = page = EndedPage(self._theme)
        self.presenter = presenter = EndedPresenter(
            settled, self._program.finish_ending, self._chores, page.show_state
        )
        page.closed.connect(lambda: self._window.window().close())
        self._window.stack.addWidget(page)
        self._window.shell.begin(Page.ENDED)
        presenter.begin()
