"""The desk's lists: what to enter next door, whom to call, what is left of the day."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QWidget,
)

from carekraft_desktop.presenters import wording_desk
from carekraft_desktop.presenters.lists import ListsPresenter, ListsState, Tab
from carekraft_desktop.presenters.worklists import OUTCOMES, Calls, Step, Sweep, ToEnter
from ui.keys import LISTS, keys_of
from ui.theme import Theme
from ui.widgets.flow import Flow
from ui.widgets.parts import (
    Elided,
    EmptyView,
    NoteBox,
    ToolButton,
    button,
    card,
    column,
    label,
    line,
    rule,
    sized_icon,
)
from ui.widgets.rows import Rows

_WEIGHTS = {
    Tab.ENTER: (10, 26, 24, 24, 20),
    Tab.CALL: (22, 19, 17, 30, 25, 16),
    Tab.SWEEP: (20, 30, 26, 20),
}
_GOES = {Tab.ENTER: (3,), Tab.CALL: (2, 5), Tab.SWEEP: (2,)}
"""What a narrow window leaves out; the visit itself says the rest."""
_LISTS: dict[Tab, type[ToEnter] | type[Calls] | type[Sweep]] = {
    Tab.ENTER: ToEnter,
    Tab.CALL: Calls,
    Tab.SWEEP: Sweep,
}


class ListsPage(QWidget):
    """Shows a `ListsState`."""

    left = Signal()
    """Back to the day."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__()
        self.setObjectName("page")
        self._theme = theme
        self._presenter: ListsPresenter | None = None
        self._state: ListsState | None = None
        self._tabs: dict[Tab, QToolButton] = {}
        self._group = QButtonGroup(self)
        self._advice = Elided("quiet")
        self._problem = NoteBox(theme)
        self.rows = {
            tab: Rows(
                theme,
                each.heads,
                name=each.title,
                patients=tab.value,
                weights=_WEIGHTS[tab],
                narrow=700,
                first_to_go=_GOES[tab],
            )
            for tab, each in _LISTS.items()
        }
        self._stack = QStackedWidget()
        self._empty = EmptyView(theme)
        self._sentence = label("", wrap=True)
        self._dial = label("", "title")
        self._dial.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._ask = label(wording_desk.HOW_IT_ENDED, "quiet")
        self._outcomes = [self._outcome(number) for number in range(len(OUTCOMES))]
        self._buttons: dict[str, QPushButton] = {}
        self._build()

    def _outcome(self, number: int) -> QPushButton:
        found = button("")
        found.clicked.connect(partial(self._press, f"outcome-{number}"))
        return found

    def _build(self) -> None:
        outer = column(self)
        header = QFrame()
        header.setObjectName("header")
        across = line(header, gap=8)
        across.setContentsMargins(16, 11, 16, 11)
        across.addWidget(label("Lists", "title"))
        across.addSpacing(10)
        for tab in Tab:
            across.addWidget(self._tab(tab))
        across.addSpacing(6)
        across.addWidget(self._advice, 1)
        outer.addWidget(header)
        body = QWidget()
        inside = column(body, margin=16, gap=12)
        inside.addWidget(self._problem)
        frame, list_ = card(1)
        for rows in self.rows.values():
            self._stack.addWidget(rows)
        list_.addWidget(self._stack, 1)
        list_.addWidget(self._empty, 1)
        self._edge = rule()
        list_.addWidget(self._edge)
        self._foot = self._make_foot()
        list_.addWidget(self._foot)
        inside.addWidget(frame, 1)
        outer.addWidget(body, 1)

    def _tab(self, tab: Tab) -> ToolButton:
        found = ToolButton()
        found.setObjectName("flat")
        found.setCheckable(True)
        found.clicked.connect(partial(self._do, tab.value))
        self._group.addButton(found)
        self._tabs[tab] = found
        return found

    def _make_foot(self) -> QWidget:
        foot = QWidget()
        inside = column(foot, gap=10)
        inside.setContentsMargins(16, 12, 16, 14)
        for each in (self._sentence, self._dial, self._ask):
            inside.addWidget(each)
        answers = Flow()
        for found in self._outcomes:
            answers.addWidget(found)
        inside.addLayout(answers)
        self._line = line(gap=8)
        self._line.addStretch(1)
        inside.addLayout(self._line)
        return foot

    def bind(self, presenter: ListsPresenter) -> None:
        """Every gesture goes to the presenter."""
        self._presenter = presenter
        for rows in self.rows.values():
            rows.chosen.connect(presenter.choose)
            rows.opened.connect(lambda _key: presenter.open())
        for name, keys in keys_of(LISTS).items():
            for key in keys:
                self._shortcut(key, partial(self._do, name))
        for number in range(len(OUTCOMES)):
            self._shortcut(str(number + 1), partial(presenter.digit, number + 1))

    def _shortcut(self, key: str, call: Callable[[], None]) -> None:
        shortcut = QShortcut(QKeySequence(key), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(call)

    def _do(self, name: str) -> None:
        presenter = self._presenter
        if presenter is None:
            return
        if name in {tab.value for tab in Tab}:
            presenter.go(Tab(name))
            self.start()
        elif name == "undo":
            presenter.undo()
        elif name == "close":
            presenter.close()
        else:
            self._press(name)

    def _press(self, name: str) -> None:
        if self._presenter is not None:
            self._presenter.press(name)

    def show_state(self, state: ListsState) -> None:
        """Look like the state."""
        self._state = state
        for tab, title, number in state.tabs:
            self._tabs[tab].setText(f"{title} ({number})" if number else title)
        for tab, found in self._tabs.items():
            found.setVisible(bool(state.tabs))
            found.setChecked(tab is state.tab)
        self._advice.say(state.advice)
        self._problem.show_problem(state.problem)
        rows = self.rows[state.tab]
        self._stack.setCurrentWidget(rows)
        self._stack.setVisible(bool(state.rows))
        rows.show_rows(state.rows, state.selected)
        self._empty.show_empty(state.empty)
        shown = bool(state.rows) or any(step.live for step in state.steps)
        self._foot.setVisible(shown)
        self._edge.setVisible(shown)
        self._show_foot(state)

    def _show_foot(self, state: ListsState) -> None:
        self._sentence.setText(state.sentence)
        self._sentence.setVisible(bool(state.sentence))
        self._dial.setText(state.dial)
        self._dial.setAccessibleName(f"Telephone: {state.dial}")
        self._dial.setVisible(bool(state.dial))
        asked = bool(state.outcomes)
        self._ask.setVisible(asked)
        for number, found in enumerate(self._outcomes):
            found.setVisible(asked)
            if asked:
                found.setText(f"{number + 1}  {state.outcomes[number]}")
        self._show_steps(state.steps, hidden=asked)

    def _show_steps(self, steps: tuple[Step, ...], *, hidden: bool) -> None:
        names = {step.name for step in steps}
        for name, found in self._buttons.items():
            if hidden or name not in names:
                found.hide()
        for number, step in enumerate(steps):
            found = self._buttons.get(step.name) or self._new(step.name)
            kind = "primary" if number == 0 else ""
            found.setText(step.label)
            found.setToolTip(f"{step.label} ({step.key})")
            found.setEnabled(step.live)
            sized_icon(self._theme, found, step.icon, "on_accent" if kind else "text")
            if found.property("kind") != kind:
                found.setProperty("kind", kind)
                found.style().unpolish(found)
                found.style().polish(found)
            found.setVisible(not hidden)

    def _new(self, name: str) -> QPushButton:
        found = button("")
        found.clicked.connect(partial(self._press, name))
        self._line.insertWidget(self._line.count() - 1, found)
        self._buttons[name] = found
        return found

    def start(self) -> None:
        """Where the keyboard begins."""
        if self._state is not None:
            self.rows[self._state.tab].setFocus(Qt.FocusReason.OtherFocusReason)
