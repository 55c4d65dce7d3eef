"""The weekly review: what was looked for with its counts, what stood out, and the signature."""

from PySide6.QtWidgets import QWidget

from carekraft_desktop.presenters import wording_weekly as words
from carekraft_desktop.presenters.weekly import WeeklyPresenter, WeeklyState
from ui.theme import Theme
from ui.widgets.facts import Facts
from ui.widgets.fields import Picker
from ui.widgets.part_page import PartPage
from ui.widgets.parts import (
    Chip,
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


class WeeklyPage(PartPage):
    """Shows a `WeeklyState`."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__(theme, words.TITLE)
        self.weeks = Picker(theme, words.WEEK)
        self.rows = Rows(theme, words.HEADS, name=words.TITLE, weights=(27, 18, 20, 11, 24))
        self.sign = button(words.SIGN, "primary")
        self._summary = Facts(theme, names=240)
        self._chip = Chip(theme)
        self._note = label("", "quiet", wrap=True)
        self._signed = NoteBox(theme)
        self._problem = NoteBox(theme)
        self._quiet, self._empty = EmptyView(theme), EmptyView(theme)
        self._build()

    def _build(self) -> None:
        body = QWidget()
        inside = column(body, margin=16, gap=12)
        inside.addWidget(label(words.ADVICE, "quiet", wrap=True))
        top = line(gap=12)
        self.weeks.setMinimumWidth(self._theme.px(380))
        top.addWidget(self.weeks)
        top.addWidget(self._chip)
        top.addStretch(1)
        inside.addLayout(top)
        inside.addWidget(self._problem)
        counted, fields = card(16)
        fields.addWidget(self._summary)
        fields.addSpacing(8)
        fields.addWidget(self._note)
        frame, within = card(1)
        within.addWidget(self.rows)
        within.addWidget(self._quiet)
        self.rows.setMinimumHeight(self._theme.px(230))
        for part in (counted, frame):
            inside.addLayout(limited(part, self._theme.px(1100)))
        self._signed.setMaximumWidth(self._theme.px(1100))
        inside.addWidget(self._signed)
        foot = line(gap=8)
        foot.addWidget(self.sign)
        foot.addStretch(1)
        inside.addLayout(foot)
        inside.addStretch(1)
        self._scroll = scrolled(body, words.TITLE)
        self.outer.addWidget(self._scroll, 1)
        self.outer.addWidget(self._empty, 1)

    def bind(self, presenter: WeeklyPresenter) -> None:
        """Every gesture goes to the presenter."""
        self.weeks.activated.connect(presenter.choose)
        self.sign.clicked.connect(presenter.sign)

    def show_state(self, state: WeeklyState) -> None:
        """Look like the state."""
        self._scroll.setVisible(state.empty is None)
        self._empty.show_empty(state.empty)
        shown = tuple(self.weeks.itemText(n) for n in range(self.weeks.count()))
        if shown != state.weeks:
            self.weeks.clear()
            self.weeks.addItems(list(state.weeks))
        self.weeks.setCurrentIndex(state.week)
        self._chip.show_mark(state.mark)
        self._summary.show_facts(state.summary)
        self._note.setText(state.note)
        self.rows.setVisible(bool(state.rows))
        self.rows.show_rows(state.rows, "")
        self._quiet.show_empty(state.quiet)
        if state.signed:
            self._signed.say(state.signed, tone="quiet", icon_name="circle-check")
        self._signed.setVisible(bool(state.signed))
        self.sign.setVisible(state.can_sign)
        self._problem.show_problem(state.problem)

    def start(self) -> None:
        """Where the keyboard begins."""
        self.start_at(self.weeks)
