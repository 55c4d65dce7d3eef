"""Broken rules and what came of them, a lost computer, what is still open, and the end."""

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from carekraft_desktop.presenters import wording_incidents as words
from carekraft_desktop.presenters import wording_lost
from carekraft_desktop.presenters.incident_state import Sheet
from ui.theme import Theme
from ui.widgets.fields import Picker
from ui.widgets.incident_card import whole_card
from ui.widgets.parts import NoteBox, button, column, empty_layout, label, line
from ui.widgets.rows import Rows


class IncidentLost(QWidget):
    """The office's other computers; hidden for an incident that is about none."""

    lost = Signal(str, dict)

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_sheet`."""
        super().__init__()
        self._of = ""
        self.rows = Rows(theme, words.LOST_HEADS, name=words.LOST, weights=(34, 28, 38))
        self.rows.setMinimumHeight(theme.px(110))
        self.report = button(words.LOST_GO, "danger")
        self._none = label(words.LOST_NONE, "quiet", wrap=True)
        self._evidence, self.note = NoteBox(theme), NoteBox(theme)
        frame, inside = whole_card()
        inside.setSpacing(10)
        inside.addWidget(label(words.LOST, "head"))
        inside.addWidget(label(words.LOST_ADVICE, "quiet", wrap=True))
        for each in (self.rows, self._none, self._asks(theme), self._evidence, self.note):
            inside.addWidget(each)
        foot = line(gap=8)
        foot.addWidget(self.report)
        foot.addStretch(1)
        inside.addLayout(foot)
        column(self).addWidget(frame)
        self.report.clicked.connect(lambda: self.lost.emit(self.rows.current, self.answers()))

    def _asks(self, theme: Theme) -> QWidget:
        """What is asked before it is reported."""
        self._questions = QWidget()
        inside = column(self._questions, gap=6)
        inside.addWidget(label(wording_lost.TITLE, "strong"))
        inside.addWidget(label(wording_lost.ADVICE, "quiet", wrap=True))
        self.asks: dict[str, Picker] = {}
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(6)
        for at in (0, 1):
            grid.setColumnStretch(at, 1)
        inside.addLayout(grid)
        for number, (name, (question, said)) in enumerate(wording_lost.QUESTIONS.items()):
            picker = Picker(theme, question)
            picker.addItem(wording_lost.NOT_SAID, "")
            for code, words_ in said.items():
                picker.addItem(words_, code)
            title = label(question, "label", wrap=True)
            title.setBuddy(picker)
            grid.addWidget(title, 2 * (number // 2), number % 2)
            grid.addWidget(picker, 2 * (number // 2) + 1, number % 2)
            self.asks[name] = picker
        return self._questions

    def answers(self) -> dict[str, str]:
        """By question; empty where nothing is said yet."""
        return {name: str(picker.currentData() or "") for name, picker in self.asks.items()}

    def show_sheet(self, sheet: Sheet) -> None:
        """Look like the sheet."""
        self.setVisible(sheet.machines is not None)
        machines = sheet.machines or ()
        self.rows.show_rows(machines, self.rows.current if machines else "")
        self.rows.setVisible(bool(machines))
        self._none.setVisible(not machines)
        self.report.setVisible(bool(machines) and not sheet.closed)
        self._questions.setVisible(bool(machines) and not sheet.closed)
        if sheet.id != self._of:
            self._of = sheet.id
            for picker in self.asks.values():
                picker.setCurrentIndex(0)
        if sheet.evidence:
            self._evidence.say(sheet.evidence, tone="warn", icon_name="key-round")
        self._evidence.setVisible(bool(sheet.evidence))


class IncidentEnd(QWidget):
    """Shows what is left to do until an incident can be closed."""

    violated = Signal(str)
    sanctioned = Signal(str, str)
    closed = Signal()
    export = Signal()

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_sheet`."""
        super().__init__()
        self._theme = theme
        self._shown: tuple[tuple[str, str, str], ...] | None = None
        self.people = Picker(theme, words.VIOLATIONS)
        self.violate = button(words.VIOLATED)
        self.outcomes: dict[str, Picker] = {}
        self._violations = column(gap=8)
        self._open = label("", "value", wrap=True)
        self.close_it = button(words.CLOSE, "primary")
        self.bundle = button(words.EXPORT)
        self.note = NoteBox(theme)
        self._tools = QWidget()
        self._build()

    def _build(self) -> None:
        outer = column(self, gap=12)
        rules, inside = whole_card()
        inside.setSpacing(10)
        inside.addWidget(label(words.VIOLATIONS, "head"))
        inside.addWidget(label(words.VIOLATIONS_ADVICE, "quiet", wrap=True))
        inside.addLayout(self._violations)
        across = line(self._tools, gap=8)
        self.people.setMinimumWidth(self._theme.px(260))
        across.addWidget(self.people)
        across.addWidget(self.violate)
        across.addStretch(1)
        inside.addWidget(self._tools)
        outer.addWidget(rules)
        outer.addWidget(self._last())
        self.violate.clicked.connect(
            lambda: self.violated.emit(str(self.people.currentData() or ""))
        )
        self.close_it.clicked.connect(self.closed)
        self.bundle.clicked.connect(self.export)

    def _last(self) -> QWidget:
        end, inside = whole_card()
        inside.setSpacing(10)
        inside.addWidget(label(words.END, "head"))
        inside.addWidget(label(words.END_ADVICE, "quiet", wrap=True))
        inside.addWidget(self._open)
        inside.addWidget(self.note)
        foot = line(gap=8)
        foot.addWidget(self.close_it)
        foot.addWidget(self.bundle)
        foot.addStretch(1)
        inside.addLayout(foot)
        return end

    def show_sheet(self, sheet: Sheet) -> None:
        """Look like the sheet."""
        self.setVisible(sheet.keeps)
        there = tuple((str(self.people.itemData(n)), self.people.itemText(n)) for n in range(self.people.count()))  # fmt: skip
        if there != sheet.people:
            self.people.clear()
            for code, said in sheet.people:
                self.people.addItem(said, code)
        self._tools.setVisible(not sheet.closed)
        self.close_it.setVisible(not sheet.closed)
        points = "\n".join(f"•  {point}" for point in sheet.open_points)
        self._open.setText(f"{words.STILL}:\n{points}" if points else sheet.closed)
        self._open.setVisible(bool(points or sheet.closed))
        self._show_violations(sheet)

    def _show_violations(self, sheet: Sheet) -> None:
        if sheet.violations == self._shown:
            return
        self._shown = sheet.violations
        self.outcomes.clear()
        empty_layout(self._violations)
        for staff, name, outcome in sheet.violations:
            self._violations.addLayout(self._violation(staff, name, outcome))

    def _violation(self, staff: str, name: str, outcome: str) -> QVBoxLayout:
        outer = column(gap=2)
        across = line(gap=12)
        across.addWidget(label(name, "value"))
        picker = Picker(self._theme, f"{words.OUTCOME}: {name}")
        for code, said in words.SANCTION.items():
            picker.addItem(said, str(code))
        picker.setCurrentIndex(max(0, picker.findData(outcome)))
        picker.activated.connect(partial(self._decided, staff, picker))
        picker.setMinimumWidth(self._theme.px(340))
        self.outcomes[staff] = picker
        across.addWidget(picker)
        across.addStretch(1)
        outer.addLayout(across)
        return outer

    def _decided(self, staff: str, picker: Picker, _at: int) -> None:
        code = str(picker.currentData() or "")
        if code:
            self.sanctioned.emit(staff, code)
