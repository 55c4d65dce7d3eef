"""The visit that is open: who, when, what was shared, and the buttons to answer."""

from functools import partial
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QScrollArea, QWidget

from carekraft_desktop.domain.acts import Act
from carekraft_desktop.presenters import wording_desk
from carekraft_desktop.presenters.detail import ActionState, DetailState
from carekraft_desktop.presenters.pieces import Mark, Problem, Tone
from carekraft_desktop.presenters.shared_data import ClassState, Fact
from ui.theme import Theme
from ui.widgets.parts import (
    Chip,
    Elided,
    FlatButton,
    NoteBox,
    Picture,
    button,
    column,
    empty_layout,
    label,
    line,
    rule,
    scrolled,
    sized_icon,
)

_TOOLS = (
    ("person", "id-card", "The patient's card (O)"),
    ("claim", "users", "Take it, or let go (T)"),
    ("copy", "copy", "Copy for your practice system (Y)"),
    ("entered", "clipboard-check", "Entered in your practice system (B)"),
)
"""What is done around a visit rather than with it."""
_SHARING_ICON = {
    Tone.CONFIRMED: "check",
    Tone.COMPLETED: "shield-off",
    Tone.LATE: "undo-2",
    Tone.REQUESTED: "hourglass",
}


class ClassSection(QWidget):
    """One class of data: what the patient decided, and the values, covered until asked for."""

    asked = Signal(object)

    def __init__(self, theme: Theme, parent: QWidget | None = None, *, by: bool = False) -> None:
        """Empty until `show_class`; `by` says of each class who decided it."""
        super().__init__(parent)
        self._theme = theme
        self._by = label("", "small") if by else None
        self._state: ClassState | None = None
        self._title = label("", "label")
        self._sharing = Chip(theme)
        self.reveal = button("", "link")
        self.reveal.clicked.connect(self._ask)
        self._facts = QGridLayout()
        self._facts.setContentsMargins(0, 0, 0, 0)
        self._facts.setHorizontalSpacing(10)
        self._facts.setVerticalSpacing(3)
        self._facts.setColumnStretch(1, 1)
        self._advice = label("", "small", wrap=True)
        head = line(gap=8)
        head.addWidget(self._title)
        head.addWidget(self._sharing)
        head.addStretch(1)
        head.addWidget(self.reveal)
        inside = column(self, gap=4)
        inside.addLayout(head)
        if self._by is not None:
            inside.addWidget(self._by)
        inside.addLayout(self._facts)
        inside.addWidget(self._advice)

    def show_class(self, state: ClassState) -> None:
        """Look like the state."""
        if state == self._state:
            return
        self._state = state
        self._title.setText(state.title)
        icon = _SHARING_ICON.get(state.tone, "")
        self._sharing.show_mark(Mark(state.sharing, state.tone, icon))
        self.reveal.setVisible(bool(state.reveal))
        self.reveal.setText(state.reveal)
        self.reveal.setEnabled(state.may_reveal)
        self.reveal.setAccessibleName(f"{state.reveal} {state.title}")
        tip = "Each look is written in the journal" if state.may_reveal else "Not for your role"
        self.reveal.setToolTip(tip)
        if self._by is not None:
            self._by.setText(state.by)
            self._by.setVisible(bool(state.by))
        self._advice.setText(state.advice)
        self._advice.setVisible(bool(state.advice))
        empty_layout(self._facts)
        self._facts.setColumnMinimumWidth(0, self._theme.px(104))
        for row, fact in enumerate(state.facts):
            name = label(fact.label, "quiet")
            value = label(fact.value, "value", wrap=state.revealed)
            value.setAccessibleName(f"{fact.label}: {fact.value if state.revealed else 'covered'}")
            if state.revealed:
                value.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            self._facts.addWidget(name, row, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(value, row, 1, Qt.AlignmentFlag.AlignTop)

    def _ask(self) -> None:
        if self._state is not None:
            self.asked.emit(self._state.data)


class VisitPane(QWidget):
    """Shows a `DetailState`."""

    acted = Signal(object)
    """An `Act`."""
    revealed = Signal(object)
    """A `DataClass`."""
    note_read = Signal(str)
    changes_read = Signal()
    asked = Signal(str)
    """Name of a tool, as `ui/keys.py` has it."""
    closed = Signal()
    referred = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Empty until `show_detail`."""
        super().__init__(parent)
        self._theme = theme
        self._state: DetailState | None = None
        self._facts_shown: tuple[Fact, ...] = ()
        self._actions_shown: tuple[ActionState, ...] | None = None
        self._name = Elided("name")
        self._close = FlatButton(theme, "x", "Close (Esc)")
        self._close.clicked.connect(self.closed)
        self._refer = FlatButton(theme, "waypoints", "Refer: book elsewhere for the patient (F)")
        self._refer.clicked.connect(self.referred)
        self._mark, self._pending = Chip(theme), Chip(theme)
        self._body = QWidget()
        self.area: QScrollArea = scrolled(self._body, "Details of the visit", parent=self)
        self._problem = NoteBox(theme, self._body)
        self._notes = column(gap=6)
        self._facts = QGridLayout()
        self._facts.setContentsMargins(0, 0, 0, 0)
        self._facts.setHorizontalSpacing(10)
        self._facts.setVerticalSpacing(6)
        self._facts.setColumnStretch(1, 1)
        self._shared = label("", "small", wrap=True)
        self._sections = [ClassSection(theme, self._body) for _ in range(4)]
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._buttons: dict[Act, QPushButton] = {}
        self._build()

    def _build(self) -> None:
        head = line(gap=6)
        head.addWidget(self._name, 1)
        head.addWidget(self._refer)
        head.addWidget(self._close)
        chips = line(gap=6)
        chips.addWidget(self._mark)
        chips.addWidget(self._pending)
        chips.addStretch(1)
        inside = column(self._body, gap=12)
        inside.setContentsMargins(18, 2, 14, 12)
        inside.addWidget(self._problem)
        inside.addLayout(self._notes)
        inside.addLayout(self._facts)
        inside.addWidget(rule())
        for number, section in enumerate(self._sections):
            section.asked.connect(self.revealed)
            inside.addWidget(section)
            if number < len(self._sections) - 1:
                inside.addWidget(rule())
        inside.addWidget(self._shared)
        inside.addStretch(1)
        foot = QWidget(self)
        self._foot = column(foot)
        self._foot.setContentsMargins(18, 8, 18, 16)
        tools = line(gap=4)
        for name, picture, words in _TOOLS:
            tool = FlatButton(self._theme, picture, words)
            tool.clicked.connect(partial(self._ask, name))
            tools.addWidget(tool)
        tools.addStretch(1)
        self._foot.addLayout(tools)
        self._foot.addSpacing(6)
        self._foot.addLayout(self._grid)
        outer = column(self)
        top = column(gap=8)
        top.setContentsMargins(18, 14, 12, 10)
        top.addLayout(head)
        top.addLayout(chips)
        outer.addLayout(top)
        outer.addWidget(self.area, 1)
        self._edge = rule()
        outer.addWidget(self._edge)
        outer.addWidget(foot)
        self._foot_widget = foot
        for act in Act:
            self._buttons[act] = self._button(act)

    def _ask(self, name: str) -> None:
        self.asked.emit(name)

    def _button(self, act: Act) -> QPushButton:
        found = button("")
        found.setParent(self)
        found.hide()
        found.clicked.connect(lambda: self.acted.emit(act))
        return found

    def show_detail(self, state: DetailState, problem: Problem | None) -> None:
        """Look like the state."""
        self._problem.show_problem(problem)
        if state == self._state:
            return
        other = self._state is None or self._state.visit_id != state.visit_id
        self._state = state
        self._name.say(state.name)
        self._mark.show_mark(state.mark)
        pending = Mark(state.pending, Tone.QUIET, "cloud-upload") if state.pending else None
        self._pending.show_mark(pending)
        self._show_notes(state)
        self._show_facts(state.facts)
        for section, data in zip(self._sections, state.classes, strict=True):
            section.show_class(data)
        self._shared.setText(state.shared)
        self._shared.setVisible(bool(state.shared))
        self._show_actions(state.actions)
        if other:
            self.area.verticalScrollBar().setValue(0)

    def _show_notes(self, state: DetailState) -> None:
        empty_layout(self._notes)
        if state.claim:
            box = NoteBox(self._theme)
            self._notes.addWidget(box)
            box.say(state.claim, tone="quiet", icon_name="users")
        if state.changes:
            box = NoteBox(self._theme)
            self._notes.addWidget(box)
            lines = "\n".join(f"{line.label}: {line.words}" for line in state.changes)
            box.say(
                wording_desk.CHANGED,
                lines,
                tone="warn",
                icon_name="refresh-cw",
                action=wording_desk.GOT_IT,
            )
            box.button.setToolTip(f"{wording_desk.CHANGES_READ} (R)")
            box.button.clicked.connect(lambda _=False: self.changes_read.emit())
        for note in state.notes:
            box = NoteBox(self._theme)
            self._notes.addWidget(box)
            box.say(note.words, tone="bad", icon_name="triangle-alert", action="Got it")
            box.button.clicked.connect(lambda _=False, key=note.key: self.note_read.emit(key))

    def _show_facts(self, facts: tuple[Fact, ...]) -> None:
        if facts == self._facts_shown:
            return
        self._facts_shown = facts
        empty_layout(self._facts)
        for row, fact in enumerate(facts):
            value = label(fact.value, "value", wrap=True)
            value.setAccessibleName(f"{fact.label}: {fact.value}")
            value.setToolTip(fact.label)
            self._facts.addWidget(
                Picture(self._theme, fact.icon), row, 0, Qt.AlignmentFlag.AlignTop
            )
            self._facts.addWidget(value, row, 1)

    def _show_actions(self, actions: tuple[ActionState, ...]) -> None:
        if actions == self._actions_shown:
            return
        self._actions_shown = actions
        shown = {action.act for action in actions}
        for act, found in self._buttons.items():
            self._grid.removeWidget(found)
            if act not in shown:
                found.hide()
        for number, action in enumerate(actions):
            self._dress(self._buttons[action.act], action, primary=number == 0)
            row, place = (0, 0) if number == 0 else ((number + 1) // 2, (number + 1) % 2)
            alone = number == 0 or (number == len(actions) - 1 and place == 0)
            self._grid.addWidget(self._buttons[action.act], row, place, 1, 2 if alone else 1)
            self._buttons[action.act].show()
        for one, two in pairwise(actions):  # Tab goes as one reads
            QWidget.setTabOrder(self._buttons[one.act], self._buttons[two.act])

    def _dress(self, found: QPushButton, action: ActionState, *, primary: bool) -> None:
        kind = "primary" if primary else "danger" if action.danger else ""
        found.setText(action.label)
        found.setEnabled(action.live)
        found.setToolTip(action.tip)
        found.setAccessibleName(action.label)
        found.setAccessibleDescription(action.tip)
        colour = {"primary": "on_accent", "danger": "danger"}.get(kind, "text")
        sized_icon(self._theme, found, action.icon, colour)
        if found.property("kind") != kind:
            found.setProperty("kind", kind)
            found.style().unpolish(found)
            found.style().polish(found)

    def first_button(self) -> QPushButton | None:
        """Where the keyboard goes first."""
        actions = self._actions_shown or ()
        return self._buttons[actions[0].act] if actions and actions[0].live else None
