"""A list of things to take, by Enter, click or digit; nothing in it can be written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem

from ui.icons import icon

if TYPE_CHECKING:
    from carekraft_desktop.presenters.referral_state import Option
    from ui.theme import Theme

_ROW = Qt.ItemDataRole.UserRole


class OptionList(QListWidget):
    """Shows options under their headings."""

    taken = Signal(int)
    starred = Signal(int)
    """The row on which S was pressed."""

    def __init__(self, theme: Theme, name: str) -> None:
        """`name` is what a screen reader calls it."""
        super().__init__()
        self._theme = theme
        self._shown: tuple[Option, ...] = ()
        self.setAccessibleName(name)
        self.setProperty("ownFocus", "yes")
        self.setUniformItemSizes(False)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self.itemClicked.connect(self._take)
        theme.changed.connect(self._again)

    def show_options(self, options: tuple[Option, ...]) -> None:
        """Hold these; the row that was current stays so where there still is one."""
        if options == self._shown and self.count():
            return
        self._shown = options
        self._again()

    def _again(self) -> None:
        row = self.current()
        self.setIconSize(QSize(self._theme.px(16), self._theme.px(14)))
        self.clear()
        heading = ""
        for number, option in enumerate(self._shown):
            if option.group != heading:
                heading = option.group
                self._head(heading)
            self._line(number, option)
        places = [n for n in range(self.count()) if self.item(n).data(_ROW) is not None]
        if places:
            self.setCurrentRow(places[min(max(0, row), len(places) - 1)])

    def _head(self, words: str) -> None:
        head = QListWidgetItem(words)
        head.setFlags(Qt.ItemFlag.NoItemFlags)
        head.setFont(self._theme.font(12, 600))
        head.setForeground(self._theme.colour("text_3"))
        self.addItem(head)

    def _line(self, number: int, option: Option) -> None:
        parts = [option.digit, option.text, option.detail]
        item = QListWidgetItem("   ".join(part for part in parts if part))
        item.setData(_ROW, number)
        spoken = ", ".join(part for part in (option.group, option.text, option.detail) if part)
        marked = f"{spoken}, chosen" if option.marked else spoken
        item.setData(Qt.ItemDataRole.AccessibleTextRole, marked)
        item.setToolTip(f"{option.text}\n{option.detail}" if option.detail else option.text)
        if option.marked:
            item.setIcon(icon(self._theme, "check" if not option.detail else "star", "accent"))
        self.addItem(item)

    def current(self) -> int:
        """The row that is current, -1 for none."""
        item = self.currentItem()
        row = item.data(_ROW) if item is not None else None
        return row if isinstance(row, int) else -1

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes; a digit takes its row; other letters are left to the page."""
        key = event.text()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._take(self.currentItem())
        elif key.isdigit() and key != "0" and len(key) == 1:
            self.taken.emit(int(key) - 1)
        elif key.lower() == "s":
            self.starred.emit(self.current())
        elif key and key.isprintable() and key != " ":
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _take(self, item: QListWidgetItem | None) -> None:
        row = item.data(_ROW) if item is not None else None
        if isinstance(row, int):
            self.taken.emit(row)
