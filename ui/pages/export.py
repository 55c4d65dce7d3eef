"""Handing data out: the form, and the passphrase until it was passed on."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from carekraft_desktop.domain.exports import CHOICES, MINIMAL, Purpose
from carekraft_desktop.presenters import wording_export as words
from carekraft_desktop.presenters.export import ExportPresenter, ExportState, Typed
from ui.theme import Theme
from ui.widgets.fields import Field, Picker, Tick
from ui.widgets.flow import Flow
from ui.widgets.part_page import PartPage
from ui.widgets.parts import (
    EmptyView,
    NoteBox,
    button,
    card,
    column,
    label,
    limited,
    line,
    scrolled,
)

_ACROSS = 4


class ExportPage(PartPage):
    """Shows an `ExportState`."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__(theme, words.TITLE)
        self.purpose = Picker(theme, words.WHAT_FOR)
        for purpose, said in words.PURPOSE.items():
            self.purpose.addItem(said, purpose)
        self.recipient = Field(theme, words.WHO, hint=words.WHO_HINT)
        self.outside = Tick(theme, words.OUTSIDE)
        self.first = Field(theme, words.WHEN, hint=words.DAY_HINT)
        self.last = Field(theme, words.UNTIL)
        self.fields = {name: Tick(theme, words.FIELD[name]) for name in CHOICES}
        self.approved = Tick(theme, words.APPROVED)
        self.go = button(words.GO, "primary")
        self._note, self._problem = NoteBox(theme), NoteBox(theme)
        self._passphrase = label("", "code")
        self._passphrase.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.told = button(words.TOLD, "primary")
        self._empty = EmptyView(theme)
        self._form: QFrame
        self._shown: QFrame
        self._build()

    def _build(self) -> None:
        body = QWidget()
        inside = column(body, margin=16, gap=12)
        inside.addWidget(label(words.ADVICE, "quiet", wrap=True))
        inside.addWidget(self._problem)
        inside.addWidget(self._note)
        self._shown, self._form = self._once(), self._questions()
        for frame in (self._shown, self._form):
            inside.addLayout(limited(frame, self._theme.px(1100)))
        inside.addStretch(1)
        self._scroll = scrolled(body, words.TITLE)
        self.outer.addWidget(self._scroll, 1)
        self.outer.addWidget(self._empty, 1)

    def _once(self) -> QFrame:
        frame, inside = card(18)
        inside.setSpacing(10)
        inside.addWidget(self._passphrase)
        inside.addWidget(label(words.SAY, "quiet", wrap=True))
        foot = line(gap=8)
        foot.addWidget(self.told)
        foot.addStretch(1)
        inside.addLayout(foot)
        return frame

    def _questions(self) -> QFrame:
        frame, inside = card(18)
        inside.setSpacing(12)
        inside.addWidget(label(words.WHAT_FOR, "label"))
        self.purpose.setMaximumWidth(self._theme.px(420))
        inside.addWidget(self.purpose)
        self.recipient.setMaximumWidth(self._theme.px(420))
        inside.addWidget(self.recipient)
        inside.addWidget(self.outside)
        days = line(gap=12)
        for each in (self.first, self.last):
            each.setMaximumWidth(self._theme.px(200))
            days.addWidget(each, 0, Qt.AlignmentFlag.AlignTop)
        days.addStretch(1)
        inside.addLayout(days)
        inside.addWidget(label(words.FIELDS, "label"))
        table = Flow(columns=_ACROSS)
        for name, tick in self.fields.items():
            tick.setChecked(name in MINIMAL)
            table.addWidget(tick)
        inside.addLayout(table)
        inside.addWidget(self.approved)
        foot = line(gap=8)
        foot.addWidget(self.go)
        foot.addStretch(1)
        inside.addLayout(foot)
        return frame

    def bind(self, presenter: ExportPresenter) -> None:
        """Every gesture goes to the presenter."""
        self.go.clicked.connect(lambda: self._go(presenter))
        self.told.clicked.connect(presenter.passed_on)

    def _go(self, presenter: ExportPresenter) -> None:
        # Our own dialog: it is hidden with the window when the program locks.
        options = QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.ShowDirsOnly
        folder = QFileDialog.getExistingDirectory(self, words.GO, "", options)
        if folder:
            presenter.go(self.typed(), folder)

    def typed(self) -> Typed:
        """What the form holds."""
        return Typed(
            purpose=Purpose(self.purpose.currentData()),
            recipient=self.recipient.text,
            outside=self.outside.isChecked(),
            first=self.first.text,
            last=self.last.text,
            fields=tuple(name for name, tick in self.fields.items() if tick.isChecked()),
            approved=self.approved.isChecked(),
        )

    def show_state(self, state: ExportState) -> None:
        """Look like the state."""
        self._scroll.setVisible(state.empty is None)
        self._empty.show_empty(state.empty)
        for field, day in ((self.first, state.first), (self.last, state.last)):
            if day and not field.text:
                field.put(day)
        icon = "hourglass" if state.busy else "circle-check"
        told = state.busy or state.said
        if told:
            self._note.say(told, tone="quiet", icon_name=icon)
        self._note.setVisible(bool(told))
        self._problem.show_problem(state.problem)
        self._passphrase.setText(state.passphrase)
        self._shown.setVisible(bool(state.passphrase))
        self._form.setVisible(not state.passphrase)
        self.go.setEnabled(not state.busy)

    def start(self) -> None:
        """Where the keyboard begins."""
        self.start_at(self.purpose)
