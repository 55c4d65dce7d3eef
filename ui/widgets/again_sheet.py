"""The question for the password, over the page one is on; Esc takes it away."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from carekraft_desktop.presenters import wording_again as words
from carekraft_desktop.presenters.again import Again, AgainState
from ui.theme import Theme
from ui.widgets.fields import Field
from ui.widgets.parts import NoteBox, button, card, column, label, line


class AgainSheet(QWidget):
    """Lies over its parent until it was answered or closed."""

    def __init__(self, theme: Theme, parent: QWidget, presenter: Again) -> None:
        """Empty until `show_state`."""
        super().__init__(parent)
        self._theme, self._presenter, self._stamp = theme, presenter, 0
        self.setProperty("overlay", "yes")
        self.setAccessibleName(words.TITLE)
        self._why = label("", "value", wrap=True)
        self._who = label("", "quiet", wrap=True)
        self.password = Field(theme, words.WORD, secret=True)
        self.code = Field(theme, words.CODE, secret=True)
        self._problem = NoteBox(theme)
        self.go = button(words.GO, "primary")
        self.back = button(words.BACK, tip="Esc")
        self._build()
        self.setGeometry(parent.rect())

    def _build(self) -> None:
        frame, inside = card(22)
        frame.setFixedWidth(self._theme.px(440))
        inside.setSpacing(12)
        inside.addWidget(label(words.TITLE, "title"))
        for each in (self._why, self._who, self.password, self.code, self._problem):
            inside.addWidget(each)
        inside.addWidget(label(words.HOW_LONG, "small"))
        foot = line(gap=8)
        foot.addWidget(self.go)
        foot.addWidget(self.back)
        foot.addStretch(1)
        inside.addLayout(foot)
        column(self, margin=8).addWidget(frame, 0, Qt.AlignmentFlag.AlignCenter)
        self.go.clicked.connect(self._answer)
        self.back.clicked.connect(self._presenter.close)
        for field in (self.password, self.code):
            field.entered.connect(self._answer)

    def _answer(self) -> None:
        self._presenter.answer(self.password.text, self.code.text.strip())

    def show_state(self, state: AgainState) -> None:
        """Look like the state."""
        self._why.setText(state.why)
        self._who.setText(words.WHO.format(name=state.person))
        self.code.setVisible(state.needs_code)
        self._problem.show_problem(state.problem)
        self.go.setText(words.CHECKING if state.busy else words.GO)
        self.go.setEnabled(not state.busy)
        if state.stamp != self._stamp:
            self._stamp = state.stamp
            self.password.wipe()
            self.password.focus()

    def start(self) -> None:
        """The keyboard begins at the password."""
        self.password.focus()

    def forget(self) -> None:
        """What was typed is wiped."""
        self.password.wipe()
        self.code.wipe()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc means not now; the page below hears no key."""
        if event.key() == Qt.Key.Key_Escape:
            self._presenter.close()
        event.accept()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page shines through a little."""
        del event
        painter = QPainter(self)
        veil = self._theme.colour("window")
        veil.setAlpha(225)
        painter.fillRect(self.rect(), veil)
        painter.end()
