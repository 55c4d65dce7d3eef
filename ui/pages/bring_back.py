"""Bringing an office back from a backup on a computer that has none: three steps, one card."""

from PySide6.QtWidgets import QFileDialog, QProgressBar, QSizePolicy, QStackedWidget, QWidget

from carekraft_desktop.presenters import wording_bring_back as words
from carekraft_desktop.presenters.bring_back import (
    BringBackPresenter,
    BringBackState,
    Stage,
    Typed,
)
from ui.theme import Theme
from ui.widgets.brand import CentredCard
from ui.widgets.fields import Field, Picker, Tick
from ui.widgets.parts import NoteBox, button, column, label, line, restyle


class BringBackPage(CentredCard):
    """Shows a `BringBackState`."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__(theme, words.HEADS[0].title, 580)
        self._presenter: BringBackPresenter | None = None
        self._filling = False
        self._state: BringBackState | None = None
        self._steps = [label(said, "stepoff") for said in words.STEPS]
        self._title, self._advice = label("", "title", wrap=True), label("", "quiet", wrap=True)
        self._note, self._notes = NoteBox(theme), NoteBox(theme)
        self.place = Field(theme, words.PLACE, hint=words.PLACE_HINT)
        self.choose = button(words.CHOOSE)
        self.paper = Field(theme, words.PAPER, hint=words.PAPER_HINT)
        self._found, self._long = label("", "value", wrap=True), label(words.LONG, wrap=True)
        self.who = Picker(theme, words.WHO)
        self.password = Field(theme, words.NEW_WORD, secret=True)
        self.again = Field(theme, words.AGAIN, secret=True)
        self.has_code = Tick(theme, words.HAS_CODE)
        self._code_advice = label(words.CODE_ADVICE, "quiet", wrap=True)
        self.code = Field(theme, words.CODE, hint=words.CODE_HINT)
        self.name = Field(theme, words.NAME, hint=words.NAME_HINT)
        self._hint = label("", "quiet", wrap=True)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self.back = button(words.BACK)
        self.go = button("", "primary")
        self.break_off = button(words.BREAK_OFF)
        self.remove = button(words.TAKE_BACK, "danger")
        self._stack = QStackedWidget()
        self._build()

    def _build(self) -> None:
        for page in (self._backup(), self._person(), self._notes_page()):
            self._stack.addWidget(page)
        self.lay_out(
            self._steps,
            (self._title, self._advice, self._note, self._stack, self._busy),
            (self._hint, self.break_off, self.remove, self.back, self.go),
        )

    def _backup(self) -> QWidget:
        found = QWidget()
        inside = column(found, gap=12)
        inside.addWidget(self.place)
        across = line()
        across.addWidget(self.choose)
        across.addStretch(1)
        inside.addLayout(across)
        inside.addWidget(self.paper)
        inside.addStretch(1)
        return found

    def _person(self) -> QWidget:
        found = QWidget()
        inside = column(found, gap=12)
        inside.addWidget(self._found)
        who = column(gap=4)
        title = label(words.WHO, "label")
        title.setBuddy(self.who)
        who.addWidget(title)
        who.addWidget(self.who)
        inside.addLayout(who)
        inside.addWidget(self._long)
        for each in (self.password, self.again, self.has_code, self._code_advice):
            inside.addWidget(each)
        inside.addWidget(self.code)
        inside.addWidget(self.name)
        inside.addStretch(1)
        return found

    def _notes_page(self) -> QWidget:
        found = QWidget()
        inside = column(found, gap=12)
        inside.addWidget(self._notes)
        inside.addStretch(1)
        return found

    def _fields(self) -> tuple[Field, ...]:
        return self.place, self.paper, self.password, self.again, self.code, self.name

    def bind(self, presenter: BringBackPresenter) -> None:
        """Every gesture goes to the presenter."""
        self._presenter = presenter
        for field in self._fields():
            field.edited.connect(self._edited)
            field.entered.connect(presenter.go_on)
        self.who.activated.connect(lambda _at: self._edited())
        self.has_code.clicked.connect(lambda _on: self._edited())
        self.choose.clicked.connect(self._choose)
        self.back.clicked.connect(presenter.back)
        self.go.clicked.connect(presenter.go_on)
        self.break_off.clicked.connect(presenter.break_off)
        self.remove.clicked.connect(presenter.take_back)

    def _choose(self) -> None:
        options = QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.ShowDirsOnly
        folder = QFileDialog.getExistingDirectory(self, words.CHOOSE, self.place.text, options)
        if folder:
            self.place.put(folder)
            self._edited()

    def _edited(self) -> None:
        if self._presenter is None or self._filling:
            return
        self._presenter.edit(
            Typed(
                place=self.place.text,
                paper=self.paper.text,
                person=self.who.currentData() or "",
                password=self.password.text,
                again=self.again.text,
                has_code=self.has_code.isChecked(),
                code=self.code.text,
                name=self.name.text,
            )
        )

    def _fill(self, typed: Typed) -> None:
        self._filling = True
        texts = (typed.place, typed.paper, typed.password, typed.again, typed.code, typed.name)
        for field, text in zip(self._fields(), texts, strict=True):
            field.put(text)
        self.who.setCurrentIndex(self.who.findData(typed.person))
        self.has_code.setChecked(typed.has_code)
        self._filling = False

    def show_state(self, state: BringBackState) -> None:
        """Look like the state."""
        before, self._state = self._state, state
        self._show_people(state)
        typed = self._presenter.typed if self._presenter is not None else Typed()
        self._fill(typed)
        for number, each in enumerate(self._steps):
            kind = "stepon" if number == state.stage else "stepoff"
            if each.objectName() != kind:
                each.setObjectName(kind)
                restyle(each)
        head = words.HEADS[state.stage]
        self._title.setText(head.title)
        self._advice.setText(head.advice)
        self._advice.setVisible(bool(head.advice))
        self._turn_to(int(state.stage))
        self._found.setText(state.found)
        self._long.setVisible(state.long)
        for part in (self._code_advice, self.code, self.name):
            part.setVisible(typed.has_code)
        self._show_problem(state)
        if state.notes:
            self._notes.say(
                state.notes[0],
                " ".join(state.notes[1:]),
                tone="warn",
                icon_name="triangle-alert",
            )
        self._notes.setVisible(bool(state.notes))
        self._show_foot(state)
        if before is None or before.stage is not state.stage:
            self.start()

    def _show_people(self, state: BringBackState) -> None:
        there = [self.who.itemData(at) for at in range(self.who.count())]
        if there != [id_ for id_, _ in state.people]:
            self._filling = True
            self.who.clear()
            for id_, name in state.people:
                self.who.addItem(name, id_)
            self._filling = False

    def _show_problem(self, state: BringBackState) -> None:
        fields = {"place": self.place, "paper": self.paper, "code": self.code}
        problem = state.problem
        for name, field in fields.items():
            here = problem is not None and state.beside == name
            field.say(f"{problem.title}. {problem.advice}" if here and problem else "")
        weak = problem is not None and state.beside == "password"
        self.password.say(problem.title if weak and problem else "", state.password_hint or "Good")
        above = problem is not None and state.beside not in {*fields, "password"}
        self._note.show_problem(problem if above else None)

    def _show_foot(self, state: BringBackState) -> None:
        busy = bool(state.busy)
        self._stack.setEnabled(not busy)
        self._busy.setVisible(busy)
        self._hint.setText(state.busy or state.hint)
        self.break_off.setVisible(busy and state.stoppable)
        self.remove.setVisible(state.doubtful and not busy)
        self.back.setVisible(state.stage is not Stage.PLACE and not busy)
        self.go.setText(words.GO[state.stage])
        self.go.setVisible(not busy)
        self.go.setEnabled(state.can_go_on)

    def _turn_to(self, stage: int) -> None:
        """The card is as high as the step that shows."""
        self._stack.setCurrentIndex(stage)
        for number in range(self._stack.count()):
            shown = QSizePolicy.Policy.Preferred if number == stage else QSizePolicy.Policy.Ignored
            page = self._stack.widget(number)
            if page is not None:
                page.setSizePolicy(QSizePolicy.Policy.Preferred, shown)
        self._stack.adjustSize()

    def start(self) -> None:
        """Where the keyboard begins."""
        state = self._state
        if state is None or state.stage is Stage.BACKUP:
            self.place.focus()
        elif state.stage is Stage.PERSON:
            (self.password.focus if len(state.people) == 1 else self.who.setFocus)()
        else:
            self.go.setFocus()
