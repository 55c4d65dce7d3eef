"""The people who may sign in here, and a form to let a colleague in."""

from PySide6.QtWidgets import QFrame, QGridLayout, QWidget

from carekraft_desktop.domain.staff import Role
from carekraft_desktop.presenters import wording
from carekraft_desktop.presenters import wording_people as words
from carekraft_desktop.presenters.colleague import ColleaguePresenter
from carekraft_desktop.presenters.people import HEADS, Candidate, PeoplePresenter, PeopleState
from ui.theme import Theme
from ui.widgets.colleague_pane import ColleaguePane
from ui.widgets.fields import Field, Tick
from ui.widgets.folding import Fold
from ui.widgets.part_page import PartPage
from ui.widgets.parts import EmptyView, NoteBox, button, card, column, label, line, scrolled
from ui.widgets.rows import Rows


class PeoplePage(PartPage):
    """Shows a `PeopleState`."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__(theme, words.TITLE)
        self._stamp = 0
        self.rows = Rows(
            theme,
            HEADS,
            name=words.TITLE,
            weights=(20, 13, 27, 16, 24),
            fold=Fold(1000, words.BELOW),
        )
        self.display = Field(theme, words.DISPLAY.title, hint=words.DISPLAY.advice)
        self.name = Field(theme, words.NAME.title, hint=words.NAME.advice)
        self.roles = {role: Tick(theme, wording.ROLE[role].title) for role in Role}
        self.password = Field(theme, words.PASSWORD.title, secret=True, hint=words.PASSWORD.advice)
        self.again = Field(theme, words.AGAIN.title, secret=True)
        self.code = Field(theme, words.CODE.title, secret=True, hint=words.CODE.advice)
        self.pane = ColleaguePane(theme)
        self.admit = button(words.NEW, "primary")
        self._said = NoteBox(theme)
        self._problem = NoteBox(theme)
        self._empty = EmptyView(theme)
        self._form, self._body = self._build()

    def _build(self) -> tuple[QFrame, QWidget]:
        body = QWidget()
        inside = column(body, margin=16, gap=12)
        inside.addWidget(label(words.ADVICE, "quiet", wrap=True))
        frame, within = card(1)
        within.addWidget(self.rows)
        self.rows.setMinimumHeight(self._theme.px(190))
        frame.setMaximumWidth(self._theme.px(1100))
        inside.addWidget(frame)
        inside.addWidget(self.pane)
        form, fields = card(18)
        form.setMaximumWidth(self._theme.px(1100))
        fields.setSpacing(12)
        fields.addWidget(label(words.NEW, "head"))
        fields.addWidget(label(words.NEW_ADVICE, "quiet", wrap=True))
        fields.addWidget(self.display)
        fields.addWidget(self.name)
        roles = QGridLayout()
        roles.setHorizontalSpacing(18)
        roles.setColumnStretch(1, 1)
        for row, (role, tick) in enumerate(self.roles.items()):
            roles.addWidget(tick, row, 0)
            roles.addWidget(label(wording.ROLE[role].advice, "small"), row, 1)
        fields.addLayout(roles)
        for secret in (self.password, self.again, self.code):
            fields.addWidget(secret)
        fields.addWidget(self._said)
        fields.addWidget(self._problem)
        foot = line(gap=8)
        foot.addWidget(self.admit)
        foot.addStretch(1)
        fields.addLayout(foot)
        inside.addWidget(form)
        inside.addStretch(1)
        self._scroll = scrolled(body, words.TITLE)
        self.outer.addWidget(self._scroll, 1)
        self.outer.addWidget(self._empty, 1)
        return form, body

    def bind(self, presenter: PeoplePresenter, colleague: ColleaguePresenter) -> None:
        """Every gesture goes to the presenters."""
        self.pane.bind(colleague)
        self.rows.chosen.connect(presenter.choose)

        def admit() -> None:
            presenter.let_in(self._typed())

        self.admit.clicked.connect(admit)
        for field in (self.display, self.name, self.password, self.again, self.code):
            field.entered.connect(admit)

    def _typed(self) -> Candidate:
        return Candidate(
            display=self.display.text.strip(),
            name=self.name.text.strip(),
            roles=frozenset(role for role, tick in self.roles.items() if tick.isChecked()),
            password=self.password.text,
            again=self.again.text,
            code=self.code.text.strip(),
        )

    def show_state(self, state: PeopleState) -> None:
        """Look like the state."""
        self._scroll.setVisible(state.may_admit)
        self._empty.show_empty(state.empty)
        self.rows.show_rows(state.rows, state.selected)
        self.code.setVisible(state.needs_code)
        self.password.say("", words.LENGTH_ALONE if state.needs_code else words.PASSWORD.advice)
        self.admit.setEnabled(not state.busy)
        told = state.wrong or state.busy or state.said
        if told:
            bad = bool(state.wrong)
            icon = "circle-alert" if bad else "hourglass" if state.busy else "circle-check"
            self._said.say(told, tone="bad" if bad else "quiet", icon_name=icon)
        self._said.setVisible(bool(told))
        self._problem.show_problem(state.problem)
        if state.stamp != self._stamp:
            self._stamp = state.stamp
            for field in (self.display, self.name, self.password, self.again, self.code):
                field.wipe()
            for tick in self.roles.values():
                tick.setChecked(False)

    def start(self) -> None:
        """Where the keyboard begins."""
        self.start_at(self.display.input)
