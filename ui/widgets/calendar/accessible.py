"""Lets a screen reader walk through the painted day: a list with one item for each visit."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QRect
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QWindow
from PySide6.QtWidgets import QAccessibleWidget, QWidget

if TYPE_CHECKING:
    from ui.widgets.calendar.view import Calendar


class VisitItem(QAccessibleInterface):
    """One visit, as an item of the list."""

    def __init__(self, calendar: "Calendar", number: int) -> None:
        """The visit at a place of the day."""
        super().__init__()
        self._calendar, self._number = calendar, number

    def isValid(self) -> bool:
        """Whether the visit is still there."""
        return self._number < len(self._calendar.placed)

    def object(self) -> QObject | None:  # type: ignore[override]
        """A painted thing has none of its own."""
        return None

    def window(self) -> QWindow | None:  # type: ignore[override]
        """The one the day is in."""
        return self._calendar.window().windowHandle()

    def parent(self) -> QAccessibleInterface | None:  # type: ignore[override]
        """The list."""
        return QAccessible.queryAccessibleInterface(self._calendar)

    def child(self, index: int) -> None:  # type: ignore[override]
        """None: a visit has no parts."""
        del index

    def childCount(self) -> int:
        """None: a visit has no parts."""
        return 0

    def childAt(self, x: int, y: int) -> None:  # type: ignore[override]
        """None: a visit has no parts."""
        del x, y

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """None: a visit has no parts."""
        del child
        return -1

    def text(self, kind: QAccessible.Text) -> str:
        """Name, time, provider, status."""
        if kind is QAccessible.Text.Name and self.isValid():
            return self._calendar.placed[self._number].block.spoken
        return ""

    def setText(self, kind: QAccessible.Text, text: str) -> None:
        """Cannot be changed from outside."""

    def rect(self) -> QRect:
        """Where it is on the screen."""
        return self._calendar.screen_rect(self._number) if self.isValid() else QRect()

    def role(self) -> QAccessible.Role:
        """An item of a list."""
        return QAccessible.Role.ListItem

    def state(self) -> QAccessible.State:
        """Where the keyboard is, and which one is open."""
        found = QAccessible.State()
        found.focusable = True
        found.selectable = True
        if self.isValid():
            visit_id = self._calendar.placed[self._number].block.visit_id
            here = visit_id == self._calendar.here and self._calendar.hasFocus()
            found.focused = here
            found.selected = visit_id == self._calendar.selected
        else:
            found.invalid = True
        return found

    def foregroundColor(self) -> QColor:
        """Not told."""
        return QColor()

    def backgroundColor(self) -> QColor:
        """Not told."""
        return QColor()


class DayList(QAccessibleWidget):
    """The calendar, as a list."""

    def __init__(self, calendar: "Calendar") -> None:
        """For one calendar."""
        super().__init__(calendar, QAccessible.Role.List, calendar.accessibleName())
        self._calendar = calendar
        self._items: list[VisitItem] = []

    def childCount(self) -> int:
        """As many as there are visits."""
        return len(self._calendar.placed)

    def child(self, index: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """One visit; kept, since Qt holds no reference of its own."""
        if not 0 <= index < self.childCount():
            return None
        while len(self._items) <= index:
            self._items.append(VisitItem(self._calendar, len(self._items)))
        return self._items[index]

    def indexOfChild(self, child: QAccessibleInterface) -> int:
        """The place of a visit."""
        return next((n for n, item in enumerate(self._items) if item is child), -1)

    def childAt(self, x: int, y: int) -> QAccessibleInterface | None:  # type: ignore[override]
        """The visit at a point of the screen."""
        for number in range(self.childCount()):
            if self._calendar.screen_rect(number).contains(x, y):
                return self.child(number)
        return None


_alive: dict[int, QAccessibleWidget] = {}
"""Qt keeps bare pointers; the Python halves live here until their widget goes."""
_installed: list[bool] = []


def _make(name: str, thing: QObject) -> QAccessibleInterface | None:
    del name
    if not isinstance(thing, QWidget):
        return None
    if thing.property("overlay"):
        return _kept(thing, lambda: _dialog(thing))
    if thing.property("dayList"):
        return _kept(thing, lambda: DayList(thing))  # type: ignore[arg-type]
    return None


def _dialog(thing: QWidget) -> QAccessibleWidget:
    """What lies over the page until it is left."""
    return QAccessibleWidget(thing, QAccessible.Role.Dialog, thing.accessibleName())


def _kept(thing: QWidget, make: Callable[[], QAccessibleWidget]) -> QAccessibleInterface:
    key = id(thing)
    if key not in _alive:
        _alive[key] = make()
        thing.destroyed.connect(lambda: _alive.pop(key, None))
    return _alive[key]


def install() -> None:
    """Tell Qt once."""
    if not _installed:
        QAccessible.installFactory(_make)
        _installed.append(True)
