"""The outbox: what is on its way to the exchange, and what ended otherwise than meant."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from carekraft_desktop.presenters.outbox import HEADS, OutboxPresenter, OutboxState
from ui.keys import OUTBOX, keys_of
from ui.theme import Theme
from ui.widgets.parts import (
    Elided,
    EmptyView,
    NoteBox,
    button,
    card,
    column,
    label,
    line,
    rule,
    sized_icon,
)
from ui.widgets.rows import Rows


class OutboxPage(QWidget):
    """Shows an `OutboxState`."""

    left = Signal()
    """Back to the day."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__()
        self.setObjectName("page")
        self._theme = theme
        self.rows = Rows(
            theme, HEADS, name="Outbox", patients="outbox", weights=(11, 17, 26, 22, 30)
        )
        self._note = Elided("quiet")
        self._empty = EmptyView(theme, self.left.emit)
        self._problem = NoteBox(theme)
        self._sentence = label("", wrap=True)
        self._advice = label("", "quiet", wrap=True)
        self._undo = button("Take back", tip="Take the act back (Z)")
        self._read = button("Mark as read", "primary", tip="Mark as read (R)")
        self._open = button("Open the visit", tip="Open the visit (Enter)")
        self._icons()
        theme.changed.connect(self._icons)
        self._build()

    def _icons(self) -> None:
        sized_icon(self._theme, self._undo, "undo-2", "text")
        sized_icon(self._theme, self._read, "check", "on_accent")
        sized_icon(self._theme, self._open, "calendar-days", "text")

    def _build(self) -> None:
        outer = column(self)
        header = QFrame()
        header.setObjectName("header")
        across = line(header, gap=12)
        across.setContentsMargins(16, 15, 16, 15)
        across.addWidget(label("Outbox", "title"))
        across.addWidget(self._note, 1)
        outer.addWidget(header)
        body = QWidget()
        inside = column(body, margin=16, gap=12)
        inside.addWidget(self._problem)
        frame, list_ = card(1)
        list_.addWidget(self.rows, 1)
        list_.addWidget(self._empty, 1)
        self._foot = QWidget()
        foot = column(self._foot, gap=12)
        foot.setContentsMargins(16, 12, 16, 14)
        foot.addWidget(self._sentence)
        foot.addWidget(self._advice)
        buttons = line(gap=8)
        for each in (self._read, self._undo, self._open):
            buttons.addWidget(each)
        buttons.addStretch(1)
        foot.addLayout(buttons)
        self._edge = rule()
        list_.addWidget(self._edge)
        list_.addWidget(self._foot)
        inside.addWidget(frame, 1)
        outer.addWidget(body, 1)

    def bind(self, presenter: OutboxPresenter) -> None:
        """Every gesture goes to the presenter."""
        self.rows.chosen.connect(presenter.choose)
        self.rows.opened.connect(lambda _key: presenter.open())
        self._undo.clicked.connect(presenter.undo)
        self._read.clicked.connect(presenter.read)
        self._open.clicked.connect(presenter.open)
        does: dict[str, Callable[[], None]] = {"undo": presenter.undo, "read": presenter.read}
        for name, keys in keys_of(OUTBOX).items():
            for key in keys:
                shortcut = QShortcut(QKeySequence(key), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(does[name])

    def show_state(self, state: OutboxState) -> None:
        """Look like the state."""
        self._note.say(state.note)
        self._problem.show_problem(state.problem)
        self.rows.setVisible(bool(state.rows))
        self.rows.show_rows(state.rows, state.selected)
        self._empty.show_empty(state.empty)
        self._foot.setVisible(bool(state.rows))
        self._edge.setVisible(bool(state.rows))
        self._sentence.setText(state.sentence)
        self._advice.setText(state.advice)
        self._advice.setVisible(bool(state.advice))
        self._undo.setVisible(state.can_undo)
        self._read.setVisible(state.can_read)

    def start(self) -> None:
        """Where the keyboard begins."""
        self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
