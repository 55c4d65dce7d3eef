"""Policies and officials: what the office must have on file before anybody replies in public."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QWidget

from carekraft_desktop.presenters import wording_reviews as wording
from carekraft_desktop.presenters.papers import PapersPresenter, PapersState
from ui.theme import Theme
from ui.widgets.fields import Field
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


class PapersPage(PartPage):
    """Shows a `PapersState`."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__(theme, wording.PAPERS_TITLE, "Back to the reviews")
        self._stamp = -1
        self.fields = {
            kind: Field(theme, words.title, hint=words.advice)
            for kind, words in wording.PAPER.items()
        }
        self._missing = NoteBox(theme)
        self._problem = NoteBox(theme)
        self._advice = label(wording.PAPERS_ADVICE, "quiet", wrap=True)
        self._only = label(wording.PAPERS_ONLY_OFFICER, "quiet", wrap=True)
        self.keep = button("Put on file", "primary", tip="Put on file (Enter)")
        self._empty = EmptyView(theme)
        self._form, _ = self._build()

    def _build(self) -> tuple[QFrame, QWidget]:
        body = QWidget()
        inside = column(body, margin=16, gap=12)
        frame, within = card(18)
        within.setSpacing(12)
        within.addWidget(self._advice)
        within.addWidget(self._missing)
        for field in self.fields.values():
            within.addWidget(field)
        within.addWidget(self._only)
        within.addWidget(self._problem)
        foot = line(gap=8)
        foot.addWidget(self.keep)
        foot.addStretch(1)
        within.addLayout(foot)
        inside.addLayout(limited(frame, self._theme.px(760)))
        inside.addWidget(self._empty, 1)
        inside.addStretch(1)
        self.outer.addWidget(scrolled(body, wording.PAPERS_TITLE), 1)
        return frame, body

    def bind(self, presenter: PapersPresenter) -> None:
        """Every gesture goes to the presenter."""

        def keep() -> None:
            presenter.keep({kind: field.text for kind, field in self.fields.items()})

        self.keep.clicked.connect(keep)
        for field in self.fields.values():
            field.entered.connect(keep)

    def show_state(self, state: PapersState) -> None:
        """Look like the state."""
        self._form.setVisible(state.empty is None)
        self._empty.show_empty(state.empty)
        if state.stamp != self._stamp:
            self._stamp = state.stamp
            for kind, value in state.values:
                self.fields[kind].put(value)
        for field in self.fields.values():
            field.input.setReadOnly(not state.may_change)
        self.keep.setVisible(state.may_change)
        self._only.setVisible(not state.may_change)
        if state.missing:
            self._missing.say(state.missing, tone="warn", icon_name="triangle-alert")
        else:
            self._missing.hide()
        self._problem.show_problem(state.problem)

    def start(self) -> None:
        """Where the keyboard begins."""
        if self._form.isHidden():
            self.back.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            next(iter(self.fields.values())).focus()
