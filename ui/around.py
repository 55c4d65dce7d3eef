"""What the pages of an open office are made with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from carekraft_desktop.presenters.shell import Page
from carekraft_desktop.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.bootstrap import Program
    from carekraft_desktop.presenters.again import AskAgain
    from carekraft_desktop.presenters.pieces import Toast
    from carekraft_desktop.presenters.shell import Shell
    from carekraft_desktop.presenters.tasks import Runner, Timers
    from carekraft_desktop.presenters.times import OfficeTime
    from carekraft_desktop.presenters.wiring import Uses
    from carekraft_desktop.services.desk import Desk
    from carekraft_desktop.services.opening import Opened
    from ui.clipboard import Clipboard
    from ui.theme import Theme


class Around(Value, frozen=True):
    """One for each time that the office is opened."""

    theme: Theme
    program: Program
    opened: Opened
    uses: Uses
    runner: Runner
    """Does what is slow."""
    copies: Runner
    """The same for whatever makes or reads a whole backup: nobody waits behind it."""
    timers: Timers
    clipboard: Clipboard
    shell: Shell
    when: Callable[[], OfficeTime]
    """How hours are told now; the office may move to another zone."""
    again: AskAgain
    """Asks for the password before what reaches far (REQ-19)."""

    @property
    def desk(self) -> Desk:
        """Who sits here, and the store."""
        return self.opened.desk

    def tell(self, toast: Toast) -> None:
        """A line at the foot of the window."""
        self.shell.tell(toast)

    def to_settings(self) -> None:
        """Where the pages within the settings lead back to."""
        self.shell.go(Page.SETTINGS)
