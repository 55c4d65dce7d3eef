"""One colleague below the list of people: how they stand, a new password, leaving."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from carekraft_desktop.domain.leaving import Chore
from carekraft_desktop.domain.staff import Role
from carekraft_desktop.presenters import wording, wording_people
from carekraft_desktop.presenters import wording_colleague as words
from carekraft_desktop.presenters.colleague import ColleaguePresenter, ColleagueState, Renewal
from ui.theme import Theme
from ui.widgets.fields import Field, Tick
from ui.widgets.parts import NoteBox, button, card, column, empty_layout, label, line


class ColleaguePane(QWidget):
    """Hidden while nobody is chosen."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__()
        self._theme, self._stamp = theme, 0
        self._presenter: ColleaguePresenter | None = None
        self._name = label("", "head", wrap=True)
        self._facts = QGridLayout()
        self._facts.setHorizontalSpacing(18)
        self._facts.setVerticalSpacing(5)
        self._facts.setColumnStretch(1, 1)
        self._shown: tuple[tuple[str, str], ...] = ()
        self._note = label("", "quiet", wrap=True)
        self.deeds = {name: button(each.title) for name, each in words.DEED.items()}
        self._said, self._problem = NoteBox(theme), NoteBox(theme)
        self.roles = {role: Tick(theme, wording.ROLE[role].title) for role in Role}
        self.password = Field(theme, wording_people.PASSWORD.title, secret=True)
        self.again = Field(theme, wording_people.AGAIN.title, secret=True)
        self.code = Field(theme, wording_people.CODE.title, secret=True)
        self.keep = button(words.RENEW_GO, "primary")
        self.causes = {cause: button(each.title, "danger") for cause, each in words.CAUSE.items()}
        self.chores = {chore: Tick(theme, words.CHORE[chore]) for chore in Chore}
        self.rotate = button(words.ROTATE)
        self._took = label("", "value", wrap=True)
        self._half = label("", "quiet", wrap=True)
        self._rotated = label("", "quiet", wrap=True)
        self._renewing, self._leaving, self._gone = self._build()

    def _build(self) -> tuple[QWidget, QWidget, QWidget]:
        frame, inside = card(18)
        frame.setMaximumWidth(self._theme.px(1100))
        # Never less than its content needs, however much the page holds.
        frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        inside.setSpacing(12)
        inside.addWidget(self._name)
        inside.addLayout(self._facts)
        inside.addWidget(self._note)
        foot = line(gap=8)
        for each in self.deeds.values():
            foot.addWidget(each)
        foot.addStretch(1)
        inside.addLayout(foot)
        parts = self._renew_part(), self._leave_part(), self._farewell_part()
        for part in parts:
            inside.addWidget(part)
        inside.addWidget(self._said)
        inside.addWidget(self._problem)
        column(self).addWidget(frame)
        return parts

    def _part(self) -> tuple[QWidget, QVBoxLayout]:
        part = QFrame()
        return part, column(part, gap=10)

    def _renew_part(self) -> QWidget:
        part, inside = self._part()
        inside.addWidget(label(words.RENEW_ADVICE, "quiet", wrap=True))
        for tick in self.roles.values():
            inside.addWidget(tick)
        for field in (self.password, self.again, self.code):
            inside.addWidget(field)
        inside.addLayout(self._feet(self.keep))
        return part

    def _leave_part(self) -> QWidget:
        part, inside = self._part()
        self._why = label("", "value", wrap=True)
        inside.addWidget(self._why)
        choices = QGridLayout()
        choices.setHorizontalSpacing(14)
        choices.setColumnStretch(1, 1)
        for row, (cause, choice) in enumerate(self.causes.items()):
            choices.addWidget(choice, row, 0)
            choices.addWidget(label(words.CAUSE[cause].advice, "quiet", wrap=True), row, 1)
        inside.addLayout(choices)
        inside.addLayout(self._feet())
        return part

    def _farewell_part(self) -> QWidget:
        part, inside = self._part()
        inside.addWidget(label(words.FAREWELL, "label"))
        for tick in self.chores.values():
            inside.addWidget(tick)
        inside.addWidget(self._half)
        inside.addWidget(label(words.OTHER_COMPUTERS, "quiet", wrap=True))
        inside.addWidget(label(words.TOOK, "label"))
        inside.addWidget(self._took)
        inside.addWidget(label(words.ROTATE, "label"))
        inside.addWidget(self._rotated)
        foot = line(gap=8)
        foot.addWidget(self.rotate)
        foot.addStretch(1)
        inside.addLayout(foot)
        return part

    def _feet(self, *first: QWidget) -> QVBoxLayout:
        feet = column()
        foot = line(gap=8)
        back = button(words.NOT_NOW, tip="Esc")
        back.clicked.connect(lambda: self._presenter.back() if self._presenter else None)
        for each in (*first, back):
            foot.addWidget(each)
        foot.addStretch(1)
        feet.addLayout(foot)
        return feet

    def bind(self, presenter: ColleaguePresenter) -> None:
        """Every gesture goes to the presenter."""
        self._presenter = presenter
        for name, each in self.deeds.items():
            each.clicked.connect(partial(presenter.do, name))
        self.keep.clicked.connect(lambda: presenter.renew(self._typed()))
        for field in (self.password, self.again, self.code):
            field.entered.connect(lambda: presenter.renew(self._typed()))
        for cause, choice in self.causes.items():
            choice.clicked.connect(partial(presenter.let_go, cause))
        for chore, tick in self.chores.items():
            tick.clicked.connect(lambda on, chore=chore: presenter.tick(chore, done=on))
        self.rotate.clicked.connect(presenter.rotate)

    def _typed(self) -> Renewal:
        return Renewal(
            frozenset(role for role, tick in self.roles.items() if tick.isChecked()),
            self.password.text,
            self.again.text,
            self.code.text.strip(),
        )

    def show_state(self, state: ColleagueState) -> None:
        """Look like the state."""
        self.setVisible(bool(state.id))
        heads = {"renew": words.RENEW, "leave": words.LEAVE}
        self._name.setText(heads.get(state.step, "{name}").format(name=state.name))
        self._show_facts(state.facts)
        self._note.setText(state.note)
        self._note.setVisible(bool(state.note))
        for name, each in self.deeds.items():
            each.setVisible(name in state.deeds and not state.step)
        self._show_steps(state)
        self._show_farewell(state)
        self._tell(state)
        self._problem.show_problem(state.problem)

    def _show_steps(self, state: ColleagueState) -> None:
        began = state.step == "renew" and self._renewing.isHidden()
        self._renewing.setVisible(state.step == "renew")
        self._leaving.setVisible(state.step == "leave")
        self._why.setText(words.LEAVE_ADVICE)
        self.code.setVisible(state.needs_code)
        alone, usual = wording_people.LENGTH_ALONE, wording_people.PASSWORD.advice
        self.password.say("", alone if state.needs_code else usual)
        if began:
            for role, tick in self.roles.items():
                tick.setChecked(role in state.roles)
            self.password.focus()
        if state.stamp != self._stamp:
            self._stamp = state.stamp
            for field in (self.password, self.again, self.code):
                field.wipe()

    def _show_farewell(self, state: ColleagueState) -> None:
        farewell = state.farewell
        self._gone.setVisible(farewell is not None)
        if farewell is None:
            return
        for chore, done in farewell.chores:
            self.chores[chore].setChecked(done)
        self._half.setText(farewell.in_hand)
        self._took.setText("\n".join(farewell.took) or words.TOOK_NOTHING)
        self._rotated.setText(farewell.rotated or words.ROTATE_ADVICE)
        self.rotate.setVisible(not farewell.rotated)

    def _tell(self, state: ColleagueState) -> None:
        told = state.wrong or state.busy or state.said
        if told:
            bad = bool(state.wrong)
            icon = "circle-alert" if bad else "hourglass" if state.busy else "circle-check"
            self._said.say(told, tone="bad" if bad else "quiet", icon_name=icon)
        self._said.setVisible(bool(told))

    def _show_facts(self, facts: tuple[tuple[str, str], ...]) -> None:
        if facts == self._shown:
            return
        self._shown = facts
        empty_layout(self._facts)
        for row, (name, value) in enumerate(facts):
            self._facts.addWidget(label(name, "quiet"), row, 0, Qt.AlignmentFlag.AlignTop)
            self._facts.addWidget(label(value, "value", wrap=True), row, 1)
