"""The page of the worst day, in the window while no office is open."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QTimeZone

from carekraft_desktop.presenters import wiring_backup
from carekraft_desktop.presenters.shell import Page
from carekraft_desktop.presenters.times import OfficeTime

if TYPE_CHECKING:
    from carekraft_desktop.bootstrap import Program
    from carekraft_desktop.presenters.rescue import RescuePresenter
    from carekraft_desktop.presenters.tasks import Runner, Timers
    from ui.pages.rescue import RescuePage
    from ui.theme import Theme
    from ui.window import Window


class Rescuing:
    """Makes the page when it is needed, and lets it go afterwards."""

    def __init__(
        self, window: Window, program: Program, theme: Theme, *, chores: Runner, timers: Timers
    ) -> None:
        """For one window."""
        self._program, self._theme = program, theme
        self._window, self._chores, self._timers = window, chores, timers
        self.page: RescuePage | None = None
        self.presenter: RescuePresenter | None = None

    def begin(self, why: str, person: tuple[str, str], place: str = "") -> None:
        """Show it.

        Args:
            why: a key of `wording_backup.RESCUE`.
            person: id and name of whoever was about to sign in.
            place: the backup that was chosen already.
        """
        from carekraft_desktop.presenters.rescue import RescuePresenter
        from ui.pages.rescue import RescuePage

        self.leave()
        window, program = self._window, self._program
        self.page = page = RescuePage(self._theme)
        pattern = QLocale.system().timeFormat(QLocale.FormatType.ShortFormat)
        self.presenter = presenter = RescuePresenter(
            wiring_backup.RescueAtHand(program),
            self._chores,
            page.show_state,
            timers=self._timers,
            when=OfficeTime.of(own_zone(), twelve="A" in pattern),
            person=person,
            why=why,
            packet=str(program.folders.downtime),
            left=self._left,
            place=place,
        )
        page.bind(presenter)
        window.stack.addWidget(page)
        presenter.begin()
        window.shell.begin(Page.RESCUE)

    def _left(self) -> None:
        done = self.presenter is not None and bool(self.presenter.state.done)
        self._window.to_lock_page("restored" if done else "start")
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


def own_zone() -> str:
    """The computer's own zone: the office's stands in the store, which is shut."""
    return bytes(QTimeZone.systemTimeZoneId().data()).decode()
