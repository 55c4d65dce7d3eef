"""The way from the first page to an office that is brought back from a backup."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale

from carekraft_desktop.presenters import wiring_backup
from carekraft_desktop.presenters.shell import Page
from carekraft_desktop.presenters.times import OfficeTime
from ui.rescuing import own_zone

if TYPE_CHECKING:
    from carekraft_desktop.bootstrap import Program
    from carekraft_desktop.presenters.bring_back import BringBackPresenter
    from carekraft_desktop.presenters.tasks import Runner, Timers
    from carekraft_desktop.services.opening import Opened
    from ui.pages.bring_back import BringBackPage
    from ui.theme import Theme
    from ui.window import Window


class Bringing:
    """Makes the page when it is needed, and lets it go afterwards."""

    def __init__(
        self, window: Window, program: Program, theme: Theme, *, chores: Runner, timers: Timers
    ) -> None:
        """For one window."""
        self._program, self._theme = program, theme
        self._window, self._chores, self._timers = window, chores, timers
        self.page: BringBackPage | None = None
        self.presenter: BringBackPresenter | None = None

    def begin(self) -> None:
        """Show it."""
        from carekraft_desktop.presenters.bring_back import BringBackPresenter
        from ui.pages.bring_back import BringBackPage

        self.leave()
        self.page = page = BringBackPage(self._theme)
        pattern = QLocale.system().timeFormat(QLocale.FormatType.ShortFormat)
        self.presenter = presenter = BringBackPresenter(
            wiring_backup.BringBackAtHand(self._program),
            self._chores,
            page.show_state,
            timers=self._timers,
            when=OfficeTime.of(own_zone(), twelve="A" in pattern),
            opened=self._opened,
            left=self._left,
        )
        page.bind(presenter)
        self._window.stack.addWidget(page)
        presenter.begin()
        self._window.shell.begin(Page.BRING_BACK)
        page.start()

    def _opened(self, opened: Opened) -> None:
        self._window.enter_brought_back(opened)
        self.leave()

    def _left(self) -> None:
        self._window.shell.begin(Page.SET_UP)
        self.leave()

    def leave(self) -> None:
        """It is not needed any more."""
        page, presenter = self.page, self.presenter
        self.page = self.presenter = None
        if presenter is not None:
            presenter.leave()
        if page is not None:
            self._window.stack.removeWidget(page)
            page.deleteLater()
