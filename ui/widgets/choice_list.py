"""Choosing a reason or a time, in the pane and without a dialog."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters.choice import ChoiceState
from carekraft_desktop.presenters.pieces import Empty, Problem
from ui.theme import Theme
from ui.widgets.fields import Field, Picker
from ui.widgets.parts import EmptyView, FlatButton, NoteBox, button, column, label, line

_ROW = Qt.ItemDataRole.UserRole


class _List(QListWidget):
    """A list that leaves digits and letters to the page's keys."""

    taken = Signal(int)
    begun = Signal(str)
    """The first digit of a time that is typed."""
    of_times = False
    """Whether a digit begins a time instead of taking a row."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter takes; a digit takes its row, or begins a time."""
        digit = event.text()
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.take(self.currentItem())
        elif digit.isdigit() and self.of_times:
            self.begun.emit(digit)
        elif digit.isdigit() and digit != "0":
            self.taken.emit(int(digit) - 1)
        elif digit and digit.isprintable() and digit != " ":
            event.ignore()
        else:
            super().keyPressEvent(event)

    def take(self, item: QListWidgetItem | None) -> None:
        """Tell which row it is, headings apart."""
        row = item.data(_ROW) if item is not None else None
        if isinstance(row, int):
            self.taken.emit(row)


class ChoiceList(QWidget):
    """Shows a `ChoiceState`."""

    picked = Signal(int)
    provider = Signal(int)
    typed = Signal(str)
    """What stands in the field for another time."""
    taken = Signal()
    """That time is meant."""
    closed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Empty until `show_choice`."""
        super().__init__(parent)
        self._theme = theme
        self._state: ChoiceState | None = None
        self._title = label("", "name", wrap=True)
        self._advice = label("", "quiet", wrap=True)
        self._problem = NoteBox(theme)
        self._who = Picker(theme, "Provider")
        self._who.activated.connect(self.provider)
        self.list = _List()
        self.list.setAccessibleName("Choices")
        self.list.setProperty("ownFocus", "yes")
        self.list.setUniformItemSizes(False)
        self.list.taken.connect(self.picked)
        self.list.itemClicked.connect(self.list.take)
        self.list.begun.connect(self._begin)
        self._empty = EmptyView(theme)
        self.other = Field(theme, wording.OTHER_TIME, hint=wording.OTHER_TIME_HINT)
        self.other.edited.connect(lambda: self.typed.emit(self.other.text))
        self.other.entered.connect(self.taken)
        back = FlatButton(theme, "x", "Back (Esc)")
        back.clicked.connect(self.closed)
        cancel = button("Back", tip="Back (Esc)")
        cancel.clicked.connect(self.closed)
        head = line(gap=6)
        head.addWidget(self._title, 1)
        head.addWidget(back, 0, Qt.AlignmentFlag.AlignTop)
        inside = column(self, gap=10)
        inside.setContentsMargins(18, 14, 12, 16)
        inside.addLayout(head)
        inside.addWidget(self._advice)
        inside.addWidget(self._problem)
        inside.addWidget(self._who)
        inside.addWidget(self.list, 1)
        inside.addWidget(self._empty, 1)
        inside.addWidget(self.other)
        inside.addWidget(cancel)

    def show_choice(self, state: ChoiceState, problem: Problem | None) -> None:
        """Look like the state."""
        self._problem.show_problem(problem)
        if state == self._state:
            return
        before, self._state = self._state, state
        self._title.setText(state.title)
        self._advice.setText(state.advice)
        self._who.setVisible(bool(state.providers))
        self._who.clear()
        self._who.addItems(list(state.providers))
        self._who.setCurrentIndex(state.provider)
        if before is None or before.options != state.options:
            self._fill(state)
        self._show_other(state)
        words = state.empty
        self.list.setVisible(words is None)
        empty = Empty(words.title, words.advice, icon="calendar-x") if words is not None else None
        self._empty.show_empty(empty)

    def forget(self) -> None:
        """Nothing is asked any more."""
        self._state = None
        self.list.clear()
        self.other.wipe()

    def start(self) -> None:
        """The keyboard goes to the list, or to the field where the list is empty."""
        if self.list.isHidden():
            self.other.focus()
        else:
            self.list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _begin(self, digit: str) -> None:
        """A time is typed without going to its field first."""
        self.other.put(digit)
        self.other.focus()
        self.typed.emit(digit)

    def _show_other(self, state: ChoiceState) -> None:
        self.list.of_times = state.other is not None
        self.other.setVisible(state.other is not None)
        if state.other is not None:
            self.other.put(state.other.typed)
            self.other.say(state.other.problem, state.other.reading)

    def _fill(self, state: ChoiceState) -> None:
        self.list.clear()
        theme, heading = self._theme, ""
        for row, option in enumerate(state.options):
            if option.group != heading:
                heading = option.group
                head = QListWidgetItem(heading)
                head.setFlags(Qt.ItemFlag.NoItemFlags)
                head.setFont(theme.font(12, 600))
                head.setForeground(theme.colour("text_3"))
                self.list.addItem(head)
            text = f"{option.digit}   {option.text}" if option.digit else option.text
            item = QListWidgetItem(text)
            item.setData(_ROW, row)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{option.group} {option.text}")
            self.list.addItem(item)
        first = next((n for n in range(self.list.count()) if self._is_row(n)), -1)
        self.list.setCurrentRow(first)

    def _is_row(self, number: int) -> bool:
        return self.list.item(number).data(_ROW) is not None
