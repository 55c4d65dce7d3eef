"""Today: the day by provider, the booking inbox below it, the open visit at the right."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QSplitter, QStackedWidget, QToolButton, QWidget

from carekraft_desktop.domain.acts import Act
from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters.pieces import Empty
from carekraft_desktop.presenters.today import INBOX_HEADS, TodayPresenter, TodayState
from ui.icons import icon
from ui.keys import TODAY, keys_of
from ui.theme import Theme
from ui.widgets.calendar import Calendar
from ui.widgets.choice_list import ChoiceList
from ui.widgets.parts import (
    Elided,
    EmptyView,
    FlatButton,
    NoteBox,
    button,
    card,
    column,
    label,
    line,
)
from ui.widgets.rows import Rows
from ui.widgets.visit_pane import VisitPane

_PANE, _NARROW = 336, 860
"""Width of the pane, and the width below which pane and day take turns, at 100 %."""


class TodayPage(QWidget):
    """Shows a `TodayState`."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__()
        self.setObjectName("page")
        self._theme = theme
        self._state: TodayState | None = None
        self._presenter: TodayPresenter | None = None
        self.calendar = Calendar(theme)
        self.inbox = Rows(
            theme, INBOX_HEADS, name="Booking inbox", weights=(13, 24, 25, 22, 20), narrow=600
        )
        self.pane = VisitPane(theme)
        self.choice = ChoiceList(theme)
        self._build()
        theme.changed.connect(self._resize)

    @property
    def state(self) -> TodayState | None:
        """What it looks like; None before the first."""
        return self._state

    # -- building -----------------------------------------------------------------------

    def _build(self) -> None:
        outer = column(self)
        outer.addWidget(self._header())
        body = QWidget()
        across = line(body, margin=16, gap=16)
        self._left = QSplitter(Qt.Orientation.Vertical)
        self._left.setChildrenCollapsible(False)
        self._left.setHandleWidth(16)
        self._left.addWidget(self._day())
        self._left.addWidget(self._requests())
        self._left.setStretchFactor(0, 5)
        self._left.setStretchFactor(1, 3)
        self._left.setSizes([520, 300])
        across.addWidget(self._left, 1)
        across.addWidget(self._side())
        outer.addWidget(body, 1)

    def _header(self) -> QFrame:
        header = QFrame()
        header.setObjectName("header")
        across = line(header, gap=6)
        across.setContentsMargins(16, 11, 16, 11)
        self._title = label("", "title")
        self._before = FlatButton(self._theme, "chevron-left", "Day before (PgUp)")
        self._after = FlatButton(self._theme, "chevron-right", "Day after (PgDown)")
        self._home = button("Today", tip="Back to today (Home)")
        self._cancelled = QToolButton()
        self._cancelled.setObjectName("flat")
        self._cancelled.setCheckable(True)
        self._cancelled.setIcon(icon(self._theme, "ban", "text_2", "on_soft"))
        self._cancelled.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self._cancelled.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._cancelled.setToolTip("Show or hide cancelled visits (X)")
        across.addWidget(self._title)
        across.addSpacing(10)
        for each in (self._before, self._after, self._home):
            across.addWidget(each)
        across.addStretch(1)
        across.addWidget(self._cancelled)
        return header

    def _day(self) -> QFrame:
        frame, inside = card(1)
        self._day_empty = EmptyView(self._theme)
        self._day_note = label("", "quiet")
        self._day_note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._day_note.setMargin(6)
        inside.addWidget(self._day_note)
        inside.addWidget(self.calendar, 1)
        inside.addWidget(self._day_empty, 1)
        return frame

    def _requests(self) -> QFrame:
        frame, inside = card(1)
        head = line(gap=10)
        head.setContentsMargins(16, 12, 16, 6)
        self._inbox_note = Elided("quiet")
        head.addWidget(label("Booking inbox", "head"))
        head.addWidget(self._inbox_note, 1)
        inside.addLayout(head)
        self._inbox_empty = EmptyView(self._theme)
        inside.addWidget(self.inbox, 1)
        inside.addWidget(self._inbox_empty, 1)
        return frame

    def _side(self) -> QFrame:
        self._frame, inside = card(1)
        self._none = QWidget()
        nothing = column(self._none, margin=14, gap=8)
        self._problem = NoteBox(self._theme)
        nothing.addWidget(self._problem)
        empty = EmptyView(self._theme)
        words = wording.NOTHING_SELECTED
        nothing.addWidget(empty, 1)
        empty.show_empty(Empty(words.title, words.advice, icon="calendar-days"))
        self._stack = QStackedWidget()
        for each in (self._none, self.pane, self.choice):
            self._stack.addWidget(each)
        inside.addWidget(self._stack)
        self._resize()
        return self._frame

    # -- gestures -----------------------------------------------------------------------

    def bind(self, presenter: TodayPresenter) -> None:
        """Every gesture goes to the presenter."""
        self._presenter = presenter
        self.calendar.opened.connect(presenter.choose)
        self.calendar.stepped.connect(presenter.go)
        self.calendar.homed.connect(presenter.go_today)
        self.inbox.chosen.connect(presenter.choose_request)
        self.inbox.opened.connect(self._to_pane)
        self.pane.acted.connect(presenter.act)
        self.pane.revealed.connect(presenter.reveal)
        self.pane.note_read.connect(presenter.read_note)
        self.pane.closed.connect(presenter.close)
        self.choice.picked.connect(presenter.pick)
        self.choice.provider.connect(presenter.choose_provider)
        self.choice.closed.connect(presenter.close)
        self._before.clicked.connect(lambda: presenter.go(-1))
        self._after.clicked.connect(lambda: presenter.go(1))
        self._home.clicked.connect(presenter.go_today)
        self._cancelled.clicked.connect(presenter.toggle_cancelled)
        self._keys(presenter)

    def _keys(self, presenter: TodayPresenter) -> None:
        does: dict[str, Callable[[], None]] = {
            "undo": presenter.undo,
            "close": presenter.close,
            "before": lambda: presenter.go(-1),
            "after": lambda: presenter.go(1),
            "home": presenter.go_today,
            "inbox": self.to_inbox,
            "calendar": lambda: self.calendar.setFocus(Qt.FocusReason.ShortcutFocusReason),
            "cancelled": presenter.toggle_cancelled,
        }
        for name, keys in keys_of(TODAY).items():
            call = does.get(name) or self._doing(presenter, Act(name))
            for key in keys:
                shortcut = QShortcut(QKeySequence(key), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(call)

    @staticmethod
    def _doing(presenter: TodayPresenter, act: Act) -> Callable[[], None]:
        return lambda: presenter.act(act)

    def _to_pane(self, key: str) -> None:
        del key
        first = self.pane.first_button()
        if first is not None:
            first.setFocus(Qt.FocusReason.TabFocusReason)

    # -- filling ------------------------------------------------------------------------

    def show_state(self, state: TodayState) -> None:
        """Look like the state."""
        self._state = state
        self._title.setText(state.title)
        self._home.setEnabled(not state.is_today)
        words = wording.count(state.cancelled, "cancelled visit", "cancelled visits")
        self._cancelled.setVisible(bool(state.cancelled) or state.show_cancelled)
        self._cancelled.setText(words)
        self._cancelled.setAccessibleName(f"Show {words}")
        self._cancelled.setChecked(state.show_cancelled)
        self._day_note.setText(state.day_note)
        self._day_note.setVisible(bool(state.day_note))
        self.calendar.setVisible(state.day_empty is None)
        self.calendar.show_day(state)
        self._day_empty.show_empty(state.day_empty)
        self._inbox_note.say(state.inbox_note)
        self.inbox.setVisible(bool(state.inbox))
        self.inbox.show_rows(state.inbox, state.selected)
        self._inbox_empty.show_empty(state.inbox_empty)
        self._show_side(state)

    def _show_side(self, state: TodayState) -> None:
        had_focus = self._frame.isAncestorOf(self.focusWidget() or self)
        if state.choice is not None:
            was = self._stack.currentWidget()
            self.choice.show_choice(state.choice, state.problem)
            self._stack.setCurrentWidget(self.choice)
            if was is not self.choice:
                self.choice.list.setFocus(Qt.FocusReason.OtherFocusReason)
        elif state.detail is not None:
            self.choice.forget()
            self.pane.show_detail(state.detail, state.problem)
            if self._stack.currentWidget() is self.choice and had_focus:
                self._stack.setCurrentWidget(self.pane)
                self._to_pane("")
            self._stack.setCurrentWidget(self.pane)
        else:
            self.choice.forget()
            self._problem.show_problem(state.problem)
            self._stack.setCurrentWidget(self._none)
            if had_focus:
                self.calendar.setFocus(Qt.FocusReason.OtherFocusReason)
        self._take_turns()

    def _narrow(self) -> bool:
        return self.width() / self._theme.factor < _NARROW

    def _take_turns(self) -> None:
        """In a narrow window the pane and the day take turns."""
        if self._state is None:
            return
        asked = self._state.detail is not None or self._state.problem is not None
        narrow = self._narrow()
        self._frame.setVisible(not narrow or asked)
        self._left.setVisible(not (narrow and asked))

    def _resize(self) -> None:
        width = self._theme.px(_PANE)
        if self._narrow():
            self._frame.setMaximumWidth(16_777_215)
            self._frame.setMinimumWidth(0)
        else:
            self._frame.setFixedWidth(width)
        self._cancelled.setIconSize(QSize(self._theme.px(21), self._theme.px(16)))
        self._take_turns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wide or narrow."""
        super().resizeEvent(event)
        self._resize()

    def to_inbox(self) -> None:
        """The keyboard goes to the inbox."""
        self.inbox.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def start(self) -> None:
        """Where the keyboard begins."""
        self.calendar.setFocus(Qt.FocusReason.OtherFocusReason)
