"""Was it a breach: four questions with their evidence, a conclusion, and a second signature."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from carekraft_desktop.presenters import wording_incidents as words
from carekraft_desktop.presenters.incident_state import FactorLine, Sheet
from ui.theme import Theme
from ui.widgets.fields import Field, Picker
from ui.widgets.incident_card import whole_card
from ui.widgets.parts import NoteBox, button, column, label, line


class IncidentBreach(QWidget):
    """Shows the assessment of one incident."""

    assessed = Signal(dict, tuple)
    """Codes by factor, and where the evidence of each is."""
    concluded = Signal(str)
    signed = Signal()

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_sheet`."""
        super().__init__()
        self._theme, self._stamp = theme, -1
        names = tuple(words.FACTOR)
        self.choices = {name: Picker(theme, words.FACTOR[name].title) for name in names}
        self.links = {name: Field(theme, words.LINK) for name in names}
        self.assess = button(words.ASSESS)
        self.conclusions = Picker(theme, words.CONCLUDE)
        self.conclude = button(words.CONCLUDE, "primary")
        self.sign = button(words.SIGN, "primary")
        self._public, self._waits, self.note = NoteBox(theme), NoteBox(theme), NoteBox(theme)
        self._keeper = QWidget()
        self._build()

    def _build(self) -> None:
        frame, inside = whole_card()
        inside.setSpacing(10)
        inside.addWidget(label(words.ASSESSMENT, "head"))
        inside.addWidget(label(words.ASSESSMENT_ADVICE, "quiet", wrap=True))
        kept = column(self._keeper, gap=10)
        kept.addWidget(self._public)
        grid = QGridLayout()
        grid.setHorizontalSpacing(16)
        grid.setVerticalSpacing(4)
        for number, name in enumerate(self.choices):
            picker = self.choices[name]
            picker.activated.connect(self._assess)
            grid.addWidget(label(words.FACTOR[name].title, "label"), number * 2, 0)
            grid.addWidget(picker, number * 2 + 1, 0)
            grid.addWidget(self.links[name], number * 2, 1, 2, 1)
        for at in (0, 1):
            grid.setColumnStretch(at, 1)
        kept.addLayout(grid)
        foot = line(gap=8)
        foot.addWidget(self.assess)
        foot.addStretch(1)
        kept.addLayout(foot)
        across = line(gap=8)
        self.conclusions.setMinimumWidth(self._theme.px(420))
        across.addWidget(self.conclusions)
        across.addWidget(self.conclude)
        across.addStretch(1)
        kept.addLayout(across)
        inside.addWidget(self._keeper)
        inside.addWidget(self._waits)
        inside.addWidget(self.note)
        last = line(gap=8)
        last.addWidget(self.sign)
        last.addStretch(1)
        inside.addLayout(last)
        column(self).addWidget(frame)
        self.assess.clicked.connect(self._assess)
        self.conclude.clicked.connect(
            lambda: self.concluded.emit(str(self.conclusions.currentData()))
        )
        self.sign.clicked.connect(self.signed)

    def _assess(self) -> None:
        chosen = {name: str(each.currentData() or "") for name, each in self.choices.items()}
        self.assessed.emit(chosen, tuple(each.text.strip() for each in self.links.values()))

    def show_sheet(self, sheet: Sheet) -> None:
        """Look like the sheet."""
        self.setVisible(sheet.keeps or bool(sheet.waits))
        self._keeper.setVisible(sheet.keeps)
        if sheet.public:
            self._public.say(words.PUBLIC, tone="warn", icon_name="triangle-alert")
        self._public.setVisible(sheet.public)
        if sheet.waits:
            self._waits.say(sheet.waits, tone="warn", icon_name="hourglass")
        self._waits.setVisible(bool(sheet.waits))
        self.sign.setVisible(sheet.can_sign)
        open_ = not sheet.closed
        for each in (self.assess, self.conclude, self.conclusions):
            each.setVisible(open_)
        self._fill(self.conclusions, sheet.conclusions, "")
        for factor in sheet.factors:
            self._show_factor(factor, open_=open_, anew=sheet.stamp != self._stamp)
        self._stamp = sheet.stamp

    def _show_factor(self, factor: FactorLine, *, open_: bool, anew: bool) -> None:
        picker, link = self.choices[factor.name], self.links[factor.name]
        chosen = factor.chosen if anew else str(picker.currentData() or factor.chosen)
        self._fill(picker, factor.options, chosen)
        picker.setEnabled(open_ and not factor.fixed)
        link.input.setReadOnly(not open_)
        if anew:
            link.put(factor.link)

    @staticmethod
    def _fill(picker: Picker, options: tuple[tuple[str, str], ...], chosen: str) -> None:
        there = tuple((str(picker.itemData(n)), picker.itemText(n)) for n in range(picker.count()))
        if there != options:
            chosen = chosen or str(picker.currentData() or "")
            picker.clear()
            for code, said in options:
                picker.addItem(said, code)
        if chosen or there != options:
            picker.setCurrentIndex(max(0, picker.findData(chosen)))
