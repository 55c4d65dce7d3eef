"""The worst day's page: why the office stays shut, what is safe, and the ways on."""

from PySide6.QtWidgets import QFileDialog, QProgressBar, QWidget

from carekraft_desktop.presenters import wording_backup as words
from carekraft_desktop.presenters.rescue import RescuePresenter, RescueState, Way
from ui.theme import Theme
from ui.widgets.brand import CentredCard, brand
from ui.widgets.fields import Choice, Field, Picker
from ui.widgets.parts import NoteBox, button, column, label, line

_WAYS = {
    Way.RESTORE: words.OPTION_RESTORE,
    Way.SALVAGE: words.OPTION_SALVAGE,
    Way.PAPER: words.OPTION_PAPER,
}
_GO = {Way.RESTORE: "Restore", Way.SALVAGE: "Save what can be read"}


class RescuePage(CentredCard):
    """Shows a `RescueState`."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__(theme, "Restore", 620)
        self._stamp = 0
        self._state: RescueState | None = None
        self._title, self._why = label("", "title", wrap=True), label("", wrap=True)
        self._safe = label(words.SAFE, "quiet", wrap=True)
        self._first = NoteBox(theme)
        self.ways = {way: Choice(theme, said.title) for way, said in _WAYS.items()}
        self._advice = {way: label(said.advice, "quiet", wrap=True) for way, said in _WAYS.items()}
        self.which = Picker(theme, words.NEWEST)
        self._none = label("", "quiet", wrap=True)
        self.elsewhere = button(words.OTHER_PLACE, "link")
        self._who = label("", "label")
        self.password = Field(theme, words.YOUR_WORD, secret=True)
        self.code = Field(theme, words.TYPE_CODE, secret=True)
        self.paper = Field(theme, words.TYPE_PAPER, hint="The nine groups from the paper")
        self.swap = button(words.BY_PAPER, "link")
        self.go = button("", "primary")
        self.break_off = button(words.BREAK_OFF)
        self.back = button(words.BACK)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy_words = label("", "quiet", wrap=True)
        self._problem, self._done = NoteBox(theme), NoteBox(theme)
        self._ask = QWidget()
        self._restoring = QWidget()
        self._build()

    def _build(self) -> None:
        inside = self.inside
        for each in (brand(self._theme), self._title, self._why, self._safe, self._first):
            inside.addWidget(each)
        for way, choice in self.ways.items():
            both = column(gap=2)
            both.addWidget(choice)
            across = line(gap=0)
            across.addSpacing(26)
            across.addWidget(self._advice[way], 1)
            both.addLayout(across)
            inside.addLayout(both)
        restoring = column(self._restoring, gap=6)
        restoring.addWidget(self.which)
        restoring.addWidget(self._none)
        link = line()
        link.addWidget(self.elsewhere)
        link.addStretch(1)
        restoring.addLayout(link)
        inside.addWidget(self._restoring)
        ask = column(self._ask, gap=10)
        for each in (self._who, self.password, self.code, self.paper):
            ask.addWidget(each)
        other = line()
        other.addWidget(self.swap)
        other.addStretch(1)
        ask.addLayout(other)
        inside.addWidget(self._ask)
        for note in (self._problem, self._done, self._busy, self._busy_words):
            inside.addWidget(note)
        foot = line(gap=8)
        for each in (self.go, self.break_off, self.back):
            foot.addWidget(each)
        foot.addStretch(1)
        inside.addLayout(foot)

    def bind(self, presenter: RescuePresenter) -> None:
        """Every gesture goes to the presenter."""
        for way, choice in self.ways.items():
            choice.clicked.connect(lambda _=False, way=way: presenter.take(way))
        self.which.activated.connect(lambda at: presenter.choose(self.which.itemData(at)))
        self.elsewhere.clicked.connect(lambda: self._elsewhere(presenter))
        self.swap.clicked.connect(
            lambda: presenter.use_paper(on=not (self._state and self._state.by_paper))
        )
        self.go.clicked.connect(lambda: self._go(presenter))
        for field in (self.password, self.code, self.paper):
            field.entered.connect(lambda: self._go(presenter))
        self.break_off.clicked.connect(presenter.break_off)
        self.back.clicked.connect(presenter.back)

    def _go(self, presenter: RescuePresenter) -> None:
        presenter.go(self.password.text, self.code.text, self.paper.text)

    def _elsewhere(self, presenter: RescuePresenter) -> None:
        options = QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.ShowDirsOnly
        folder = QFileDialog.getExistingDirectory(self, words.OTHER_PLACE, "", options)
        presenter.look_in(folder)

    def show_state(self, state: RescueState) -> None:
        """Look like the state."""
        first, self._state = self._state is None, state
        self._title.setText(state.why.title)
        self._why.setText(state.why.advice)
        self._why.setVisible(bool(state.why.advice))
        still = not state.busy and not state.done
        several = len(state.ways) > 1
        self._safe.setVisible(several and not state.done)
        self._first.say(words.FIRST_PAPER, tone="warn", icon_name="printer")
        self._first.setVisible(several and still)
        for way, choice in self.ways.items():
            shown = several and way in state.ways and not state.done
            choice.setVisible(shown)
            self._advice[way].setVisible(shown)
            choice.setChecked(way is state.way)
            choice.setEnabled(not state.busy)
        self._advice[Way.PAPER].setText(words.OPTION_PAPER.advice.format(place=state.packet))
        self._show_backups(state, still=still)
        doing = still and state.way is not Way.PAPER
        self._ask.setVisible(doing)
        self._who.setText(state.person)
        self._who.setVisible(not state.by_paper)
        self.password.setVisible(not state.by_paper)
        self.code.setVisible(state.needs_code and not state.by_paper)
        self.paper.setVisible(state.by_paper)
        self.swap.setText(words.WITH_WORD if state.by_paper else words.BY_PAPER)
        self._show_end(state, doing=doing)
        if state.stamp != self._stamp:
            self._stamp = state.stamp
            for field in (self.password, self.code, self.paper):
                field.wipe()
        if first:
            self.start()

    def _show_backups(self, state: RescueState, *, still: bool) -> None:
        restoring = still and state.way is Way.RESTORE
        self._restoring.setVisible(restoring)
        places = [self.which.itemData(at) for at in range(self.which.count())]
        if places != [place for place, _ in state.backups]:
            self.which.clear()
            for place, said in state.backups:
                self.which.addItem(said, place)
        self.which.setCurrentIndex(self.which.findData(state.chosen))
        self.which.setVisible(bool(state.backups))
        self._none.setText(words.NONE_FOUND)
        self._none.setVisible(not state.backups)

    def _show_end(self, state: RescueState, *, doing: bool) -> None:
        self._problem.show_problem(state.problem)
        if state.done:
            self._done.say(
                state.done[0],
                " ".join(state.done[1:]),
                tone="quiet",
                icon_name="circle-check",
            )
        self._done.setVisible(bool(state.done))
        self._busy.setVisible(bool(state.busy))
        self._busy_words.setText(state.busy)
        self._busy_words.setVisible(bool(state.busy))
        ready = state.way is Way.SALVAGE or bool(state.chosen)
        self.go.setText(_GO.get(state.way, ""))
        self.go.setVisible(doing)
        self.go.setEnabled(ready)
        self.break_off.setVisible(bool(state.busy) and state.stoppable)
        self.back.setVisible(not state.busy)

    def start(self) -> None:
        """Where the keyboard begins."""
        state = self._state
        if state is not None and state.done:
            self.back.setFocus()
        elif state is not None and len(state.ways) > 1:
            self.ways[state.way].setFocus()
        else:
            self.password.focus()
