"""What is kept, and how long: the office's numbers, what is due, holds, and what is restricted."""

from PySide6.QtWidgets import QFrame, QGridLayout, QVBoxLayout, QWidget

from carekraft_desktop.presenters import wording_held
from carekraft_desktop.presenters import wording_kept as words
from carekraft_desktop.presenters.kept import HoldWish, KeptPresenter, KeptState, NumberState
from ui.theme import Theme
from ui.widgets.facts import Facts
from ui.widgets.fields import Field, Picker
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
from ui.widgets.rows import Rows

_SCOPES = ("all", "dates", "person")
"""In the order in which the picker offers them; one patient is held on the card."""
_WIDE = 1100


class KeptPage(PartPage):
    """Shows a `KeptState`."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__(theme, words.TITLE)
        self.state_code = Field(theme, words.STATE, hint=words.STATE_HINT)
        self.numbers: dict[str, Field] = {}
        self.confirm = button(words.CONFIRM, "primary")
        self.due = Rows(theme, words.DUE_HEADS, name=words.DUE, weights=(24, 34, 16, 16, 12))
        self.dispose = button(words.DISPOSE)
        self.holds = Rows(theme, words.HOLD_HEADS, name=words.HOLDS, weights=(15, 33, 14, 14, 24))
        self.scope, self.person = Picker(theme, "What the hold lies on"), Picker(theme, "Whose")
        self.matter = Field(theme, words.MATTER, hint=words.MATTER_HINT)
        self.first = Field(theme, words.FIRST, hint=words.DAY_HINT)
        self.last = Field(theme, words.LAST_DAY, hint=words.DAY_HINT)
        self.set = button(words.SET)
        self.release = button(words.RELEASE)
        self.restricted = Rows(
            theme, words.RESTRICTED_HEADS, name=words.RESTRICTED, weights=(40, 14, 22, 14)
        )
        self._grid = QGridLayout()
        self._table_note, self._said = NoteBox(theme), NoteBox(theme)
        self._problem = NoteBox(theme)
        self._classes = Facts(theme, names=300)
        self._last = label("", "quiet", wrap=True)
        self._incomplete = label("", "quiet", wrap=True)
        self._facts = Facts(theme, names=240)
        self._empty, self._nothing = EmptyView(theme), EmptyView(theme)
        self._none, self._nobody = EmptyView(theme), EmptyView(theme)
        self._people: tuple[tuple[str, str], ...] = ()
        self._build()

    def _build(self) -> None:
        body = QWidget()
        inside = column(body, margin=16, gap=14)
        inside.addWidget(label(words.ADVICE, "quiet", wrap=True))
        for note in (self._problem, self._said):
            inside.addWidget(note)
        for frame in (
            self._held_card(),
            self._due_card(),
            self._holds_card(),
            self._restricted_card(),
            self._table_card(),
        ):
            inside.addLayout(limited(frame, self._theme.px(_WIDE)))
        inside.addStretch(1)
        self._scroll = scrolled(body, words.TITLE)
        self.outer.addWidget(self._scroll, 1)
        self.outer.addWidget(self._empty, 1)

    def _titled(self, title: str, advice: str = "") -> tuple[QFrame, QVBoxLayout]:
        frame, inside = card(18)
        inside.setSpacing(10)
        inside.addWidget(label(title, "head"))
        if advice:
            inside.addWidget(label(advice, "quiet", wrap=True))
        return frame, inside

    def _table_card(self) -> QFrame:
        frame, inside = self._titled(words.TABLE)
        inside.addWidget(self._table_note)
        self._grid.setVerticalSpacing(6)
        inside.addLayout(self._grid)
        inside.addWidget(label(words.FIXED, "quiet", wrap=True))
        foot = line(gap=12)
        self.state_code.setMaximumWidth(self._theme.px(180))
        foot.addWidget(self.state_code)
        foot.addWidget(self.confirm)
        foot.addStretch(1)
        inside.addLayout(foot)
        inside.addWidget(label(words.CLASSES, "head"))
        inside.addWidget(self._classes)
        return frame

    def _held_card(self) -> QFrame:
        self._held, inside = self._titled(wording_held.TITLE, wording_held.ADVICE)
        self._waiting = Facts(self._theme, names=300)
        inside.addWidget(self._waiting)
        inside.addWidget(label(wording_held.TO_DO, wrap=True))
        return self._held

    def _due_card(self) -> QFrame:
        frame, inside = self._titled(words.DUE)
        self.due.setMinimumHeight(self._theme.px(190))
        inside.addWidget(self.due)
        inside.addWidget(self._nothing)
        foot = line(gap=12)
        foot.addWidget(self.dispose)
        foot.addWidget(self._last, 1)
        inside.addLayout(foot)
        inside.addWidget(self._incomplete)
        return frame

    def _holds_card(self) -> QFrame:
        frame, inside = self._titled(words.HOLDS, words.HOLD_ADVICE)
        self.holds.setMinimumHeight(self._theme.px(150))
        inside.addWidget(self.holds)
        inside.addWidget(self._none)
        self.scope.addItems([words.SCOPE[each] for each in _SCOPES])
        self.scope.setMinimumWidth(self._theme.px(300))
        first = line(gap=12)
        first.addWidget(self.matter, 2)
        where = column(gap=4)
        where.addWidget(label("Lies on", "label"))
        where.addWidget(self.scope)
        where.addStretch(1)
        first.addLayout(where, 2)
        first.addWidget(self.first, 1)
        first.addWidget(self.last, 1)
        second = line(gap=12)
        second.addWidget(self.person)
        self.person.setMinimumWidth(self._theme.px(240))
        second.addWidget(self.set)
        second.addStretch(1)
        second.addWidget(self.release)
        inside.addLayout(first)
        inside.addLayout(second)
        return frame

    def _restricted_card(self) -> QFrame:
        frame, inside = self._titled(words.RESTRICTED, words.RESTRICTED_ADVICE)
        self.restricted.setMinimumHeight(self._theme.px(150))
        inside.addWidget(self.restricted)
        inside.addWidget(self._nobody)
        inside.addWidget(self._facts)
        return frame

    def bind(self, presenter: KeptPresenter) -> None:
        """Every gesture goes to the presenter."""
        self.confirm.clicked.connect(
            lambda: presenter.confirm(
                {name: _whole(field.text) for name, field in self.numbers.items()},
                self.state_code.text,
            )
        )
        self.dispose.clicked.connect(presenter.dispose)
        self.set.clicked.connect(lambda: presenter.set_hold(self._wish()))
        self.release.clicked.connect(presenter.release)
        self.holds.chosen.connect(presenter.choose_hold)
        self.restricted.opened.connect(presenter.open)
        self.scope.activated.connect(lambda _: self._fit())
        self._fit()

    def _wish(self) -> HoldWish:
        scope = _SCOPES[self.scope.currentIndex()]
        about = ""
        if scope == "person" and self._people:
            about = self._people[self.person.currentIndex()][0]
        dates = scope == "dates"
        return HoldWish(
            scope,
            self.matter.text.strip(),
            about,
            self.first.text.strip() if dates else "",
            self.last.text.strip() if dates else "",
        )

    def _fit(self) -> None:
        """Only the fields that the chosen scope needs."""
        scope = _SCOPES[self.scope.currentIndex()]
        self.person.setVisible(scope == "person")
        for field in (self.first, self.last):
            field.setVisible(scope == "dates")

    def show_state(self, state: KeptState) -> None:
        """Look like the state."""
        self._scroll.setVisible(state.empty is None)
        self._empty.show_empty(state.empty)
        self._problem.show_problem(state.problem)
        if state.said:
            self._said.say(state.said, tone="quiet", icon_name="circle-check")
        self._said.setVisible(bool(state.said))
        self._show_table(state)
        self._classes.show_facts(state.classes)
        self._held.setVisible(bool(state.waiting))
        self._waiting.show_facts(state.waiting)
        self.due.setVisible(bool(state.due))
        self.due.show_rows(state.due, "")
        self._nothing.show_empty(state.nothing_due)
        self.dispose.setEnabled(bool(state.due))
        self._last.setText(state.last)
        self._incomplete.setText(state.incomplete)
        self._incomplete.setVisible(bool(state.incomplete))
        self.holds.setVisible(bool(state.holds))
        self.holds.show_rows(state.holds, state.hold)
        self._none.show_empty(state.no_holds)
        self.release.setEnabled(state.may_release)
        if state.people != self._people:
            self._people = state.people
            self.person.clear()
            self.person.addItems([name for _, name in state.people])
        self.restricted.setVisible(bool(state.restricted))
        self.restricted.show_rows(state.restricted, state.chosen)
        self._nobody.show_empty(state.nobody)
        self._facts.show_facts(state.facts)

    def _show_table(self, state: KeptState) -> None:
        for number in state.numbers:
            field = self.numbers.get(number.name) or self._number(number)
            if not field.input.hasFocus():
                field.put(str(number.value))
        if not self.state_code.input.hasFocus():
            self.state_code.put(state.state_code)
        tone, picture = ("quiet", "circle-check") if state.confirmed else ("warn", "triangle-alert")
        self._table_note.say(state.table_note, tone=tone, icon_name=picture)

    def _number(self, number: NumberState) -> Field:
        field = Field(self._theme, number.words)
        field.put(str(number.value))
        field.input.setMaximumWidth(self._theme.px(96))
        self._grid.addWidget(field, len(self.numbers), 0)
        self.numbers[number.name] = field
        return field

    def start(self) -> None:
        """Where the keyboard begins."""
        self.start_at(self.due)


def _whole(text: str) -> int:
    """What is typed as a number; -1, which is out of every bounds, for anything else."""
    tidy = text.strip()
    return int(tidy) if tidy.isascii() and tidy.isdecimal() and len(tidy) < 6 else -1
