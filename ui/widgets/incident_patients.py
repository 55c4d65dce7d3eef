"""Whose data an incident is about: a field to look for somebody, who was found, who is on the list."""

from PySide6.QtWidgets import QWidget

from carekraft_desktop.presenters import wording_affected as words
from carekraft_desktop.presenters.incident_patients import AffectedPresenter, AffectedState
from ui.theme import Theme
from ui.widgets.fields import Field
from ui.widgets.flow import Flow
from ui.widgets.incident_card import whole_card
from ui.widgets.parts import NoteBox, button, column, label
from ui.widgets.rows import Rows

PLACE = "incident"
"""What the journal calls rows of patients that were painted here."""


class IncidentPatients(QWidget):
    """Shows an `AffectedState`."""

    def __init__(self, theme: Theme) -> None:
        """Hidden until there is a file to choose for."""
        super().__init__()
        self._presenter: AffectedPresenter | None = None
        self._at = ""
        self.typed = Field(theme, words.FIND.title, hint=words.FIND.advice)
        self.found = Rows(
            theme, words.FOUND_HEADS, name=words.FOUND, patients=PLACE, weights=(58, 24, 18)
        )
        self.chosen = Rows(
            theme, words.CHOSEN_HEADS, name=words.CHOSEN, patients=PLACE, weights=(58, 24, 18)
        )
        self.reveal, self.journal = button(words.REVEAL), button(words.FROM_JOURNAL)
        self._nobody, self._count = label("", "quiet", wrap=True), label("", "quiet", wrap=True)
        self._found_title = label(words.FOUND, "label")
        self._said, self._problem = NoteBox(theme), NoteBox(theme)
        for rows in (self.found, self.chosen):
            rows.setMinimumHeight(theme.px(150))
        frame, inside = whole_card()
        inside.setSpacing(10)
        inside.addWidget(label(words.TITLE, "head"))
        inside.addWidget(label(words.ADVICE, "quiet", wrap=True))
        for each in (
            self._problem,
            self._said,
            self.typed,
            self._nobody,
            self._found_title,
            self.found,
            label(words.CHOSEN, "label"),
            self._count,
            self.chosen,
        ):
            inside.addWidget(each)
        foot = Flow()
        foot.addWidget(self.journal)
        foot.addWidget(self.reveal)
        inside.addLayout(foot)
        column(self).addWidget(frame)
        self.hide()

    def bind(self, presenter: AffectedPresenter) -> None:
        """Every gesture goes to the presenter."""
        self._presenter = presenter
        self.typed.entered.connect(lambda: presenter.look(self.typed.text))
        for rows, act in ((self.found, presenter.add), (self.chosen, presenter.take_off)):
            rows.acted.connect(act)
            rows.opened.connect(act)
            rows.chosen.connect(self._here)
        self.journal.clicked.connect(presenter.from_journal)
        self.reveal.clicked.connect(lambda: presenter.reveal(self._at))

    def _here(self, patient_id: str) -> None:
        """Somebody found or on the list was chosen last."""
        self._at = patient_id

    def show_state(self, state: AffectedState) -> None:
        """Look like the state."""
        self.setVisible(state.shown)
        if not state.shown:
            self.typed.put("")
        self._problem.show_problem(state.problem)
        if state.said:
            self._said.say(state.said, tone="quiet", icon_name="circle-check")
        self._said.setVisible(bool(state.said))
        self.typed.setVisible(state.open)
        self.journal.setVisible(state.open)
        self._nobody.setText(state.nobody)
        self._nobody.setVisible(bool(state.nobody))
        self.found.setVisible(bool(state.found) and state.open)
        self._found_title.setVisible(bool(state.found) and state.open)
        self.found.show_rows(state.found, self.found.current)
        self._count.setText(state.count)
        self.chosen.setVisible(bool(state.chosen))
        self.chosen.show_rows(state.chosen, self.chosen.current)
        self.reveal.setVisible(bool(state.chosen or state.found))
