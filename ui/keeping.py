"""The pages about one's own way in and about access and keys, made when somebody goes there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.presenters import wiring
from carekraft_desktop.presenters.shell import Page
from ui.rooms import Room, Rooms

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.bootstrap import Program
    from carekraft_desktop.domain.emergencies import Reason
    from carekraft_desktop.presenters.again import Again
    from carekraft_desktop.presenters.shell import Shell
    from carekraft_desktop.presenters.tasks import Runner, Timers
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.services.access import Opened
    from carekraft_desktop.services.step_up import StepUp
    from ui.theme import Theme


class Keeping:
    """Keeping the office's doors: one's own key, and everybody's."""

    def __init__(
        self,
        opened: Opened,
        theme: Theme,
        program: Program,
        *,
        chores: Runner,
        timers: Timers,
        shell: Shell,
        again: Again,
        when: Callable[[], OfficeTime],
        broken: Callable[[Reason, StepUp | None], None],
        freed: Callable[[], None],
    ) -> None:
        """Nothing is made yet; `broken` begins an emergency, `freed` lets patients be seen."""
        self._freed = freed
        self._opened, self._theme, self._program = opened, theme, program
        self._chores, self._timers, self._shell = chores, timers, shell
        self._again, self._when, self._broken = again, when, broken

    def furnish(self, rooms: Rooms) -> None:
        """There are these pages."""
        rooms.add(Page.OWN, self._make_own)
        rooms.add(Page.ACCESS, self._make_access)

    def _make_own(self) -> Room:
        from carekraft_desktop.presenters.own import OwnPresenter
        from ui.pages.own import OwnPage

        page = OwnPage(self._theme)
        presenter = OwnPresenter(
            self._opened.desk,
            page.show_state,
            own=wiring.OwnAtHand(self._program),
            runner=self._chores,
            broken=self._broken,
            freed=self._freed,
            again=self._again.then,
        )
        page.bind(presenter)
        page.left.connect(lambda: self._shell.go(Page.SETTINGS))
        return Room(page, presenter)

    def _make_access(self) -> Room:
        from carekraft_desktop.presenters.access_keys import AccessPresenter
        from ui.pages.access import AccessPage

        page = AccessPage(self._theme)
        presenter = AccessPresenter(
            self._opened.desk,
            page.show_state,
            access=wiring.AccessAtHand(self._program),
            runner=self._chores,
            timers=self._timers,
            when=self._when(),
            again=self._again.then,
        )
        page.bind(presenter)
        page.left.connect(lambda: self._shell.go(Page.SETTINGS))
        return Room(page, presenter)
