"""The last page of a workstation that is out of service."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QProgressBar

from carekraft_desktop.presenters import wording_retiring as words
from carekraft_desktop.presenters.ended import EndedState
from ui.theme import Theme
from ui.widgets.brand import CentredCard, brand
from ui.widgets.parts import NoteBox, button, label, line


class EndedPage(CentredCard):
    """Shows an `EndedState`."""

    closed = Signal()
    """There is nothing more to do here."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__(theme, words.ENDED.title, 560)
        self._title, self._advice = label("", "title", wrap=True), label("", wrap=True)
        self._certificate = label("", wrap=True)
        self._certificate.setTextInteractionFlags(
            Qt.TextInteractionFlag.TextSelectableByMouse
            | Qt.TextInteractionFlag.TextSelectableByKeyboard
        )
        self._notes, self._problem = NoteBox(theme), NoteBox(theme)
        self._busy = QProgressBar()
        self._busy.setRange(0, 0)
        self._busy.setTextVisible(False)
        self.close_program = button(words.CLOSE, "primary")
        self.close_program.clicked.connect(self.closed)
        for each in (
            brand(theme),
            self._title,
            self._advice,
            self._busy,
            self._certificate,
            self._notes,
            self._problem,
        ):
            self.inside.addWidget(each)
        foot = line(gap=8)
        foot.addWidget(self.close_program)
        foot.addStretch(1)
        self.inside.addLayout(foot)

    def show_state(self, state: EndedState) -> None:
        """Look like the state."""
        busy = bool(state.busy)
        self._title.setText(state.busy or state.title)
        self._advice.setText(state.advice)
        self._advice.setVisible(bool(self._advice.text()))
        self._busy.setVisible(busy)
        self._certificate.setText(state.certificate)
        self._certificate.setVisible(bool(state.certificate))
        if state.notes:
            advice = " ".join(state.notes)
            self._notes.say(words.NOTE, advice, tone="warn", icon_name="triangle-alert")
        self._notes.setVisible(bool(state.notes))
        self._problem.show_problem(state.problem)
        self.close_program.setVisible(not busy)
        if not busy:
            self.start()

    def start(self) -> None:
        """Where the keyboard begins."""
        self.close_program.setFocus(Qt.FocusReason.OtherFocusReason)
