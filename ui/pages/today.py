"""Today: the day by provider, the booking inbox below it, the open visit at the right."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QLineEdit, QSplitter, QWidget

from carekraft_desktop.domain.acts import Act
from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters.inbox import HEADS
from carekraft_desktop.presenters.pieces import Empty
from carekraft_desktop.presenters.today import TodayPresenter
from carekraft_desktop.presenters.today_state import TodayState
from ui.icons import icon
from ui.keys import TODAY, keys_of
from ui.theme import Theme
from ui.widgets.calendar import Calendar
from ui.widgets.choice_list import ChoiceList
from ui.widgets.fields import Picker
from ui.widgets.pages import Pages
from ui.widgets.parts import (
    Elided,
    EmptyView,
    FlatButton,
    NoteBox,
    ToolButton,
    button,
    card,
    column,
    label,
    line,
    restyle,
)
from ui.widgets.rows import Rows
from ui.widgets.visit_pane import VisitPane

_PANE, _NARROW = 336, 900
"""Width of the pane, and the width below which pane and day take turns, at 100 %."""


class TodayPage(QWidget):
    """Shows a `TodayState`."""

    printed = Signal()
    """Print the day."""
    referred = Signal(str)
    """The visit whose patient is to be booked elsewhere."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Empty until `show_state`."""
        super().__init__(parent)
        self.setObjectName("page")
        self._theme = theme
        self._state: TodayState | None = None
        self._presenter: TodayPresenter | None = None
        # Each has its place before it is filled: what moves is styled anew with all it holds.
        self._body = QWidget(self)
        self._left = QSplitter(Qt.Orientation.Vertical, self._body)
        self._day_card, self._day = card(1, parent=self._left)
        self._inbox_card, self._requests = card(1, parent=self._left)
        self._frame, self._side = card(1, parent=self._body)
        self._stack = Pages(self._frame)
        self.calendar = Calendar(theme, self._day_card)
        self.inbox = Rows(
            theme,
            HEADS,
            name="Booking inbox",
            patients="inbox",
            weights=(13, 21, 25, 20, 25, 12),
            narrow=640,
            first_to_go=(3, 5),
            parent=self._inbox_card,
        )
        self._none = QWidget(self._stack)
        self.pane = VisitPane(theme, self._stack)
        self.choice = ChoiceList(theme, self._stack)
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
        across = line(self._body, margin=16, gap=16)
        self._left.setChildrenCollapsible(False)
        self._left.setHandleWidth(16)
        self._left.addWidget(self._day_card)
        self._left.addWidget(self._inbox_card)
        self._left.setStretchFactor(0, 5)
        self._left.setStretchFactor(1, 3)
        self._left.setSizes([520, 300])
        across.addWidget(self._left, 1)
        across.addWidget(self._frame)
        outer.addWidget(self._body, 1)
        self._build_day()
        self._build_requests()
        self._build_side()

    def _header(self) -> QFrame:
        header = QFrame(self)
        header.setObjectName("header")
        across = self._top = line(header, gap=6)
        across.setContentsMargins(16, 11, 16, 11)
        self._title = label("", "title")
        self._before = FlatButton(self._theme, "chevron-left", "Day before (PgUp)")
        self._after = FlatButton(self._theme, "chevron-right", "Day after (PgDown)")
        self._home = button("Today", tip="Back to today (Home)")
        self._week = self._switch("calendar-days", "The week of one provider (W)")
        self._week.setText("Week")
        self._who = Picker(self._theme, "Whose week")
        self._who.setToolTip("Whose week (Alt+1 to Alt+9; Alt+0 for the day of all)")
        self.jump = QLineEdit()
        self.jump.setAccessibleName("Go to day")
        self.jump.setPlaceholderText("Go to day")
        self._reading = Elided("quiet")
        self._paper = FlatButton(self._theme, "printer", "Print the day sheet (Ctrl+P)")
        self._cancelled = self._switch("ban", "Show or hide cancelled visits (X)")
        across.addWidget(self._title)
        across.addSpacing(10)
        for each in (self._before, self._after, self._home, self._week, self._who, self.jump):
            across.addWidget(each)
        across.addWidget(self._reading, 1)
        across.addStretch(0)
        across.addWidget(self._cancelled)
        across.addWidget(self._paper)
        return header

    def _switch(self, picture: str, tip: str) -> ToolButton:
        found = ToolButton()
        found.setObjectName("flat")
        found.setCheckable(True)
        found.setIcon(icon(self._theme, picture, "text_2", "on_soft"))
        found.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        found.setToolTip(tip)
        return found

    def _build_day(self) -> None:
        self._day_empty = EmptyView(self._theme, parent=self._day_card)
        self._day_note = label("", "quiet")
        self._day_note.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._day_note.setMargin(6)
        self._day.addWidget(self._day_note)
        self._day.addWidget(self.calendar, 1)
        self._day.addWidget(self._day_empty, 1)

    def _build_requests(self) -> None:
        head = line(gap=10)
        head.setContentsMargins(16, 12, 16, 6)
        self._inbox_note = Elided("quiet")
        head.addWidget(label("Booking inbox", "head"))
        head.addWidget(self._inbox_note, 1)
        self._requests.addLayout(head)
        self._inbox_empty = EmptyView(self._theme, parent=self._inbox_card)
        self._requests.addWidget(self.inbox, 1)
        self._requests.addWidget(self._inbox_empty, 1)

    def _build_side(self) -> None:
        nothing = column(self._none, margin=14, gap=8)
        self._problem = NoteBox(self._theme, self._none)
        nothing.addWidget(self._problem)
        empty = EmptyView(self._theme, parent=self._none)
        words = wording.NOTHING_SELECTED
        nothing.addWidget(empty, 1)
        empty.show_empty(Empty(words.title, words.advice, icon="calendar-days"))
        for each in (self._none, self.pane, self.choice):
            self._stack.addWidget(each)
        self._side.addWidget(self._stack)
        self._resize()

    # -- gestures -----------------------------------------------------------------------

    def bind(self, presenter: TodayPresenter) -> None:
        """Every gesture goes to the presenter."""
        self._presenter = presenter
        self.calendar.opened.connect(presenter.visit.choose)
        self.calendar.stepped.connect(presenter.days.go)
        self.calendar.homed.connect(presenter.days.go_today)
        self.calendar.dragged.connect(presenter.hand.drag)
        self.calendar.nudged.connect(presenter.hand.nudge)
        self.calendar.dropped.connect(presenter.hand.drop)
        self.inbox.chosen.connect(self._chose)
        self.inbox.opened.connect(self._opened)
        self.inbox.marked.connect(presenter.inbox.mark)
        self.inbox.all_marked.connect(presenter.inbox.mark_all)
        self.inbox.acted.connect(presenter.inbox.act_on)
        self.pane.changes_read.connect(presenter.inbox.acknowledge)
        tools: dict[str, Callable[[], None]] = {
            "person": presenter.visit.person,
            "claim": presenter.claims.toggle,
            "copy": presenter.next_door.copy,
            "entered": presenter.next_door.entered,
        }
        self.pane.asked.connect(lambda name: tools[name]())
        self._paper.clicked.connect(self.printed)
        self.pane.acted.connect(presenter.answers.act)
        self.pane.revealed.connect(presenter.visit.reveal)
        self.pane.note_read.connect(presenter.visit.read_note)
        self.pane.closed.connect(presenter.visit.close)
        self.pane.referred.connect(self._refer)
        self.choice.picked.connect(presenter.answers.pick)
        self.choice.provider.connect(presenter.other_time.choose_provider)
        self.choice.typed.connect(presenter.other_time.type_time)
        self.choice.taken.connect(presenter.other_time.take_time)
        self.choice.closed.connect(presenter.visit.close)
        self._before.clicked.connect(lambda: presenter.days.go(-1))
        self._after.clicked.connect(lambda: presenter.days.go(1))
        self._home.clicked.connect(presenter.days.go_today)
        self._week.clicked.connect(presenter.days.toggle_week)
        self._who.activated.connect(presenter.days.show_week_of)
        self.jump.textChanged.connect(presenter.days.type_day)
        self.jump.returnPressed.connect(presenter.days.take_day)
        self._cancelled.clicked.connect(presenter.days.toggle_cancelled)
        self._keys(presenter)

    def _keys(self, presenter: TodayPresenter) -> None:
        does: dict[str, Callable[[], None]] = {
            "undo": presenter.answers.undo,
            "close": presenter.visit.close,
            "before": lambda: presenter.days.go(-1),
            "after": lambda: presenter.days.go(1),
            "home": presenter.days.go_today,
            "inbox": self.to_inbox,
            "calendar": lambda: self.calendar.setFocus(Qt.FocusReason.ShortcutFocusReason),
            "cancelled": presenter.days.toggle_cancelled,
            "week": presenter.days.toggle_week,
            "everyone": presenter.days.show_everyone,
            "jump": presenter.days.ask_day,
            "accept": self._accept,
            "print": self.printed.emit,
            "person": presenter.visit.person,
            "copy": presenter.next_door.copy,
            "entered": presenter.next_door.entered,
            "claim": presenter.claims.toggle,
            "changes": presenter.inbox.acknowledge,
            "refer": self._refer,
        }
        for name, keys in keys_of(TODAY).items():
            call = does.get(name) or self._doing(presenter, Act(name))
            for key in keys:
                self._shortcut(key, call)
        for number in range(9):
            self._shortcut(f"Alt+{number + 1}", partial(presenter.days.show_week_of, number))

    def _shortcut(self, key: str, call: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(call)

    @staticmethod
    def _doing(presenter: TodayPresenter, act: Act) -> Callable[[], None]:
        return lambda: presenter.answers.act(act)

    def _refer(self) -> None:
        state = self._state
        if state is not None and state.detail is not None and state.selected:
            self.referred.emit(state.selected)

    def _chose(self, key: str) -> None:
        """A row of the inbox; where pane and list take turns, walking the list keeps the list."""
        if self._presenter is not None and not self._walking():
            self._presenter.visit.choose_request(key)

    def _opened(self, key: str) -> None:
        if self._presenter is not None and self._narrow():
            self._presenter.visit.choose_request(key)
        self._to_pane(key)

    def _walking(self) -> bool:
        return self._narrow() and not QGuiApplication.mouseButtons()

    def _accept(self) -> None:
        """What is marked, or the open visit, or the row that the keyboard is on."""
        if self._presenter is None or self._state is None:
            return
        at = self.inbox.current if self.inbox.hasFocus() else ""
        if at and self._state.detail is None and not self._state.marked:
            self._presenter.inbox.act_on(at)
        else:
            self._presenter.inbox.accept()

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
        self._show_header(state)
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

    def _show_header(self, state: TodayState) -> None:
        step = "Week" if state.week else "Day"
        self._before.setToolTip(f"{step} before (PgUp)")
        self._before.setAccessibleName(f"{step} before")
        self._after.setToolTip(f"{step} after (PgDown)")
        self._after.setAccessibleName(f"{step} after")
        self._week.setChecked(state.week)
        self._week.setEnabled(bool(state.providers))
        if [self._who.itemText(n) for n in range(self._who.count())] != list(state.providers):
            self._who.clear()
            self._who.addItems(list(state.providers))
        self._who.setCurrentIndex(state.who)
        self._show_jump(state)
        narrow = self._narrow()
        for each in (self._home, self._week):
            each.setVisible(state.jump is None or not narrow)
        self._who.setFixedWidth(self._theme.px(150 if narrow else 200))
        self._who.setVisible(state.week and state.jump is None)
        words = wording.count(state.cancelled, "cancelled visit", "cancelled visits")
        any_ = bool(state.cancelled) or state.show_cancelled
        self._cancelled.setVisible(any_ and state.jump is None)
        self._cancelled.setText(str(state.cancelled) if narrow else words)
        self._cancelled.setAccessibleName(f"Show {words}")
        self._cancelled.setChecked(state.show_cancelled)
        self._paper.setVisible(not narrow)

    def _show_jump(self, state: TodayState) -> None:
        jump, was = state.jump, self.jump.isVisible()
        self._reading.setVisible(jump is not None)
        if jump is None:
            had_focus = self.jump.hasFocus()
            self.jump.hide()
            self.jump.clear()
            if had_focus:
                self.calendar.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.jump.setFixedWidth(self._theme.px(130))
        self.jump.show()
        words = jump.problem or jump.reading
        self._reading.say(words)
        self.jump.setAccessibleDescription(words)
        kind = "error" if jump.problem else "quiet"
        if self._reading.objectName() != kind:
            self._reading.setObjectName(kind)
            restyle(self._reading)
        if not was:
            self.jump.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def _show_side(self, state: TodayState) -> None:
        had_focus = self._frame.isAncestorOf(self.focusWidget() or self)
        if state.choice is not None:
            was = self._stack.currentWidget()
            self.choice.show_choice(state.choice, state.problem)
            self._stack.setCurrentWidget(self.choice)
            if was is not self.choice:
                self.choice.start()
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
        state = self._state
        asked = state.detail is not None or state.problem is not None
        if state.ghost is not None and state.choice is None:
            asked = False  # somebody is holding a visit over the day
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
        for each in (self._cancelled, self._week):
            each.setIconSize(QSize(self._theme.px(21), self._theme.px(16)))
        if self._state is not None:
            self._show_header(self._state)
            # At once, not with the next event: words of another length stand there now.
            self._top.activate()
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
