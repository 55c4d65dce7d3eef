"""The lock page: a person, a password, and the way in by the paper key."""

from PySide6.QtWidgets import QProgressBar, QWidget

from carekraft_desktop.presenters import wording_lock as lock_words
from carekraft_desktop.presenters.unlock import UnlockPresenter, UnlockState
from ui.theme import Theme
from ui.widgets.brand import CentredCard, brand
from ui.widgets.fields import Field, Picker
from ui.widgets.parts import NoteBox, button, column, label, line, sized_icon

_OLDER = "Use this copy and fetch the bookings again"


class UnlockPage(CentredCard):
    """Shows an `UnlockState`."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__(theme, "Unlock", 408)
        self._theme = theme
        self._presenter: UnlockPresenter | None = None
        self._cleared = 0
        self._state = UnlockState()
        self._who = Picker(theme, "Who are you")
        self._password = Field(theme, "Password", secret=True)
        self._code = Field(
            theme,
            "Workstation code",
            secret=True,
            hint="This computer has no keyring. The code is on the set-up sheet.",
        )
        self._key = Field(theme, "Recovery key", hint="The nine groups from the paper")
        self._new = Field(theme, "New password", secret=True)
        self._again = Field(theme, "New password, again", secret=True)
        self._note = NoteBox(theme)
        self._below = label(lock_words.BELOW, "small", wrap=True)
        self._news_title = label(lock_words.WHILE_LOCKED, "label")
        self._news = label("", "value", wrap=True)
        self._title = label("", "title", wrap=True)
        self._why = label("", "quiet", wrap=True)
        self._go = button("Unlock", "primary")
        self._other = button("Use the recovery key", "link")
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self._busy_words = label("", "quiet")
        sized_icon(theme, self._go, "lock", "on_accent")
        self._build()

    def _build(self) -> None:
        who = QWidget()
        names = column(who, gap=4)
        title = label("Who are you", "label")
        title.setBuddy(self._who)
        names.addWidget(title)
        names.addWidget(self._who)
        inside = self.inside
        inside.addWidget(brand(self._theme))
        inside.addWidget(self._title)
        inside.addWidget(self._why)
        inside.addWidget(self._note)
        inside.addWidget(self._news_title)
        inside.addWidget(self._news)
        inside.addWidget(who)
        for field in self._fields():
            inside.addWidget(field)
        inside.addWidget(self._go)
        inside.addWidget(self._busy)
        foot = line()
        foot.addWidget(self._other)
        foot.addStretch(1)
        foot.addWidget(self._busy_words)
        inside.addLayout(foot)
        inside.addWidget(self._below)

    def _fields(self) -> tuple[Field, ...]:
        return self._password, self._code, self._key, self._new, self._again

    def bind(self, presenter: UnlockPresenter) -> None:
        """Every gesture goes to the presenter."""
        self._presenter = presenter
        self._who.activated.connect(lambda number: presenter.choose(self._who.itemData(number)))
        self._go.clicked.connect(self._submit)
        self._other.clicked.connect(
            lambda: presenter.use_recovery_key(on=not self._state.recovering)
        )
        self._note.button.clicked.connect(
            lambda: presenter.unlock(self._password.text, self._code.text, older=True)
        )
        for field in self._fields():
            field.entered.connect(self._submit)

    def _submit(self) -> None:
        if self._presenter is None:
            return
        if self._state.recovering:
            self._presenter.recover(self._key.text, self._new.text, self._again.text)
        else:
            self._presenter.unlock(self._password.text, self._code.text)

    def show_state(self, state: UnlockState) -> None:
        """Look like the state."""
        before, self._state = self._state, state
        self._title.setText("Use the recovery key" if state.recovering else "Unlock")
        self._password.rename(state.asks_for)
        self._show_news(state)
        self._why.setText(state.why)
        self._why.setVisible(bool(state.why))
        self._show_people(state)
        self._password.setVisible(not state.recovering)
        self._code.setVisible(state.needs_code and not state.recovering)
        for field in (self._key, self._new, self._again):
            field.setVisible(state.recovering)
        self._show_problem(state)
        self._go.setEnabled(state.live)
        self._go.setText("Set the new password" if state.recovering else "Unlock")
        self._other.setText("Use the password" if state.recovering else "Use the recovery key")
        self._other.setEnabled(not state.busy)
        self._busy.setVisible(bool(state.busy))
        self._busy_words.setText(state.busy)
        for each in (self._who, *self._fields()):
            each.setEnabled(not state.busy)
        if state.clear != self._cleared:
            self._cleared = state.clear
            for field in self._fields():
                field.wipe()
        wrong = state.problem is not None and before.problem is None
        if wrong or before.recovering is not state.recovering or (before.busy and not state.busy):
            self.start()

    def _show_news(self, state: UnlockState) -> None:
        self._below.setVisible(state.covered and not state.recovering)
        self._news_title.setVisible(bool(state.news))
        self._news.setVisible(bool(state.news))
        self._news.setText("\n".join(state.news))

    def _show_people(self, state: UnlockState) -> None:
        ids = [self._who.itemData(number) for number in range(self._who.count())]
        if ids != [person.id for person in state.people]:
            self._who.clear()
            for person in state.people:
                self._who.addItem(person.display, person.id)
        self._who.setCurrentIndex(self._who.findData(state.chosen))

    def _show_problem(self, state: UnlockState) -> None:
        places = {
            "password": self._password,
            "code": self._code,
            "key": self._key,
            "new": self._new,
        }
        problem = state.problem
        for name, field in places.items():
            here = problem is not None and state.beside == name
            words = f"{problem.title}. {problem.advice}" if here and problem is not None else ""
            pin = field is self._code and state.asks_for == lock_words.PIN_OR_WORD
            hint = lock_words.CODE_WITH_WORD if pin else None
            field.say(words.removesuffix(". ").strip(), hint)
        above = problem is not None and state.beside not in places
        self._note.show_problem(problem if above else None)
        self._note.button.setText(_OLDER)
        self._note.button.setVisible(above and state.older)

    def start(self) -> None:
        """Where the keyboard begins."""
        if self._state.ask_who and not self._password.text:
            self._who.setFocus()
            return
        if self._state.recovering:
            (self._key if not self._key.text or self._state.beside == "key" else self._new).focus()
            return
        beside = self._code if self._state.beside == "code" else self._password
        beside.focus()
        beside.input.selectAll()
