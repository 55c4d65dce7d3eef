"""Who has to be told and by when, what CareKraft is told, and what law enforcement asked."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from carekraft_desktop.presenters import wording_incidents as words
from carekraft_desktop.presenters.incident_state import DutyLine, Sheet
from ui.theme import Theme
from ui.widgets.fields import Field
from ui.widgets.incident_card import whole_card
from ui.widgets.parts import NoteBox, Picture, button, column, empty_layout, label, line


class IncidentDuties(QWidget):
    """Shows the clocks of one incident."""

    told = Signal(str)
    letter = Signal()
    envelopes = Signal()
    confirmed = Signal(str, str)
    waited = Signal(str)
    tell = Signal()

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_sheet`."""
        super().__init__()
        self._theme = theme
        self._shown: tuple[DutyLine, ...] | None = None
        self.buttons: dict[str, QPushButton] = {}
        self._day = label("", "value", wrap=True)
        self._reminder, self.note = NoteBox(theme), NoteBox(theme)
        self._nothing = label(words.NOTHING_DUE, "quiet")
        self._grid = QGridLayout()
        self.print = button(words.LETTER)
        self.addresses = button(words.ENVELOPES)
        self.carekraft = button(words.TELL)
        self.state = Field(theme, words.STATE_FIELD.title, hint=words.STATE_FIELD.advice)
        self.days = Field(theme, words.DAYS_FIELD.title, hint=words.DAYS_FIELD.advice)
        self.confirm = button(words.CONFIRM)
        self.until = Field(theme, words.WAIT_FIELD.title, hint=words.WAIT_FIELD.advice)
        self.wait = button(words.WAIT)
        self._tools = QWidget()
        self._build()

    def _build(self) -> None:
        frame, inside = whole_card()
        inside.setSpacing(10)
        inside.addWidget(label(words.DUTIES, "head"))
        inside.addWidget(label(words.DUTIES_ADVICE, "quiet", wrap=True))
        inside.addWidget(self._day)
        inside.addWidget(self._reminder)
        self._grid.setHorizontalSpacing(14)
        self._grid.setVerticalSpacing(8)
        self._grid.setColumnStretch(2, 1)
        inside.addLayout(self._grid)
        inside.addWidget(self._nothing)
        inside.addWidget(self.note)
        tools = column(self._tools, gap=10)
        first = line(gap=8)
        for each in (self.print, self.addresses, self.carekraft):
            first.addWidget(each)
        first.addStretch(1)
        tools.addLayout(first)
        for fields, go in (((self.state, self.days), self.confirm), ((self.until,), self.wait)):
            across = line(gap=12)
            for field in fields:
                across.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
            across.addWidget(go, 0, Qt.AlignmentFlag.AlignVCenter)
            tools.addLayout(across)
        inside.addWidget(self._tools)
        column(self).addWidget(frame)
        self.print.clicked.connect(self.letter)
        self.addresses.clicked.connect(self.envelopes)
        self.carekraft.clicked.connect(self.tell)
        self.confirm.clicked.connect(self._confirm)
        self.wait.clicked.connect(lambda: self.waited.emit(self.until.text))
        self.days.entered.connect(self._confirm)
        self.until.entered.connect(lambda: self.waited.emit(self.until.text))

    def _confirm(self) -> None:
        self.confirmed.emit(self.state.text, self.days.text)

    def show_sheet(self, sheet: Sheet) -> None:
        """Look like the sheet."""
        self.setVisible(sheet.keeps)
        self._day.setText(sheet.day)
        if sheet.reminder:
            self._reminder.say(sheet.reminder, tone="warn", icon_name="triangle-alert")
        self._reminder.setVisible(bool(sheet.reminder))
        self._nothing.setVisible(not sheet.duties)
        self._tools.setVisible(not sheet.closed)
        self.carekraft.setEnabled(not sheet.told)
        if sheet.duties == self._shown:
            return
        self._shown = sheet.duties
        self.buttons.clear()
        empty_layout(self._grid)
        for row, duty in enumerate(sheet.duties):
            icon, colour = ("circle-alert", "danger") if duty.late else ("clock", "text_3")
            self._grid.addWidget(Picture(self._theme, icon, colour), row, 0)
            self._grid.addWidget(label(duty.who, "value", wrap=True), row, 1)
            self._grid.addWidget(label(duty.by, "quiet", wrap=True), row, 2)
            done = button(words.TOLD_WHO)
            done.setAccessibleName(f"{words.TOLD_WHO}: {duty.who}")
            done.clicked.connect(partial(self.told.emit, duty.key))
            self.buttons[duty.key] = done
            self._grid.addWidget(done, row, 3)
