"""The pages of an open office, each made when somebody first goes there.

A start that builds every page pays for pages that nobody opens that day; and each new page
would make the way to the first one longer. Add a page by adding its maker.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from carekraft_desktop.value import Value

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from PySide6.QtWidgets import QStackedWidget, QWidget

    from carekraft_desktop.presenters.shell import Page, Screen
    from carekraft_desktop.presenters.times import OfficeTime


class Startable(Protocol):
    """What every page can do besides being a widget."""

    def start(self) -> None:
        """Put the keyboard where work on this page begins."""
        ...


class Room(Value, frozen=True):
    """One page that has been made."""

    page: QWidget
    screen: Screen
    """Its presenter."""

    def start(self) -> None:
        """The keyboard goes to the page."""
        page: Startable = self.page  # type: ignore[assignment]  # every page has it
        page.start()


class Rooms:
    """Makes each page at most once; gone with the frame when the office is locked."""

    def __init__(self, stack: QStackedWidget) -> None:
        """The pages will lie in `stack`."""
        self._stack = stack
        self.watch: Callable[[QWidget], None] = lambda _page: None
        """Told of each page when it is made."""
        self._makers: dict[Page, Callable[[], Room]] = {}
        self._made: dict[Page, Room] = {}

    def add(self, page: Page, maker: Callable[[], Room]) -> None:
        """There is such a page; `maker` makes it with its presenter bound to it."""
        self._makers[page] = maker

    def __getitem__(self, page: Page) -> Room:
        """The page, made now if need be."""
        found = self._made.get(page)
        if found is None:
            found = self._made[page] = self._makers[page]()
            self.watch(found.page)
            if self._stack.indexOf(found.page) < 0:
                self._stack.addWidget(found.page)
        return found

    def screen(self, page: Page) -> Screen | None:
        """The presenter of a page; None for a page that no room is for."""
        return self[page].screen if page in self._makers else None

    def made(self) -> Iterator[Screen]:
        """The presenters of the pages that are there."""
        return (room.screen for room in self._made.values())

    def respell(self, when: OfficeTime) -> None:
        """Times are written otherwise from now on, wherever a page shows some."""
        for screen in self.made():
            respell = getattr(screen, "respell", None)
            if respell is not None:
                respell(when)

    def leave(self) -> None:
        """The office is being locked: nothing stays uncovered or timed on any page."""
        for screen in self.made():
            leave = getattr(screen, "leave", None)
            if leave is not None:
                leave()
