"""What is known of an incident: fields and choices that are put down together."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from carekraft_desktop.presenters import wording_incidents as words
from carekraft_desktop.presenters.incident_state import Known, Sheet
from ui.theme import Theme
from ui.widgets.fields import Field, Picker, Tick
from ui.widgets.incident_card import whole_card
from ui.widgets.parts import NoteBox, button, column, label, line

_FIELDS = {
    "what": words.WHAT,
    "who": words.WHO,
    "systems": words.SYSTEMS,
    "noticed": words.NOTICED,
    "occurred": words.OCCURRED,
    "journal": words.JOURNAL,
    "individuals": words.INDIVIDUALS,
    "residents": words.RESIDENTS,
}


class IncidentKnown(QWidget):
    """Shows a `Known`, and gives back what was typed."""

    saved = Signal(Known)
    everybody = Signal()

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_sheet`."""
        super().__init__()
        self._theme, self._stamp = theme, -1
        self.fields = {
            name: Field(theme, each.title, hint=each.advice) for name, each in _FIELDS.items()
        }
        self.classes = {code: Tick(theme, said) for code, said in words.CLASS.items()}
        self.secured = self._picker(words.SECURED, words.SECURED_IS)
        self.containment = self._picker(words.CONTAINMENT, words.CONTAINED)
        self.save = button(words.SAVE, "primary")
        self.all = button(words.EVERYBODY)
        self._patients = label("", "quiet", wrap=True)
        self.note = NoteBox(theme)
        self._build()

    def _picker(self, name: str, choices: dict[str, str]) -> Picker:
        found = Picker(self._theme, name)
        for code, said in choices.items():
            found.addItem(said, str(code))
        return found

    def _build(self) -> None:
        frame, inside = whole_card()
        inside.setSpacing(10)
        inside.addWidget(label(words.KNOWN, "head"))
        inside.addWidget(self.fields["what"])
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(10)
        names = [name for name in self.fields if name != "what"]
        for number, name in enumerate(names):
            grid.addWidget(self.fields[name], number // 2, number % 2)
        for at in (0, 1):
            grid.setColumnStretch(at, 1)
        inside.addLayout(grid)
        inside.addWidget(label(words.CLASSES, "label"))
        ticks = line(gap=18)
        for tick in self.classes.values():
            ticks.addWidget(tick)
        ticks.addStretch(1)
        inside.addLayout(ticks)
        for name, picker in ((words.SECURED, self.secured), (words.CONTAINMENT, self.containment)):
            inside.addWidget(label(name, "label"))
            inside.addWidget(picker)
        inside.addWidget(self._patients)
        inside.addWidget(self.note)
        foot = line(gap=8)
        foot.addWidget(self.save)
        foot.addWidget(self.all)
        foot.addStretch(1)
        inside.addLayout(foot)
        column(self).addWidget(frame)
        self.save.clicked.connect(lambda: self.saved.emit(self.typed()))
        self.all.clicked.connect(self.everybody)

    def typed(self) -> Known:
        """What stands in the fields now."""
        texts = {name: field.text for name, field in self.fields.items()}
        return Known(
            **texts,
            classes=frozenset(code for code, tick in self.classes.items() if tick.isChecked()),
            secured=str(self.secured.currentData() or ""),
            containment=str(self.containment.currentData() or ""),
        )

    def show_sheet(self, sheet: Sheet) -> None:
        """Look like the sheet; what is being typed stays."""
        self.setVisible(sheet.keeps)
        self._patients.setText(sheet.patients)
        self._patients.setVisible(bool(sheet.patients))
        open_ = not sheet.closed
        for widget in (self.save, self.all):
            widget.setVisible(open_)
        if sheet.stamp == self._stamp:
            return
        self._stamp = sheet.stamp
        known = sheet.known
        for name, field in self.fields.items():
            field.put(getattr(known, name))
            field.input.setReadOnly(not open_)
        for code, tick in self.classes.items():
            tick.setChecked(code in known.classes)
            tick.setEnabled(open_)
        for picker, code in ((self.secured, known.secured), (self.containment, known.containment)):
            picker.setCurrentIndex(max(0, picker.findData(code)))
            picker.setEnabled(open_)
