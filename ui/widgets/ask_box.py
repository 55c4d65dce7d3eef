"""Asks for a password over an open reply: one's own, or that of the one who releases it."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame

from carekraft_desktop.presenters import wording_reviews as wording
from carekraft_desktop.presenters.reply_state import Ask
from ui.theme import Theme
from ui.widgets.fields import Field, Picker
from ui.widgets.parts import NoteBox, button, column, label, line


class AskBox(QFrame):
    """Asks for a password, of oneself or of the one who releases."""

    answered = Signal(int, int, str, str)
    closed = Signal()

    def __init__(self, theme: Theme) -> None:
        """Hidden until `show_ask`."""
        super().__init__()
        self.setObjectName("card")
        self._title = label("", "head", wrap=True)
        self._advice = label("", "quiet", wrap=True)
        self._who = Picker(theme, wording.WHO)
        self._why = Picker(theme, wording.WHY)
        self._password = Field(theme, wording.TYPE_OWN, secret=True)
        self._code = Field(theme, wording.CODE, secret=True)
        self._problem = NoteBox(theme)
        self._go = button(wording.RELEASE_NOW, "primary")
        self._back = button(wording.OFFER["back"], tip="Back (Esc)")
        inside = column(self, margin=14, gap=8)
        for each in (self._title, self._advice, self._who, self._why, self._password, self._code):
            inside.addWidget(each)
        inside.addWidget(self._problem)
        foot = line(gap=8)
        foot.addWidget(self._go)
        foot.addWidget(self._back)
        foot.addStretch(1)
        inside.addLayout(foot)
        self._go.clicked.connect(self._answer)
        self._back.clicked.connect(self.closed)
        self._password.entered.connect(self._answer)
        self._code.entered.connect(self._answer)
        self.hide()

    def _answer(self) -> None:
        self.answered.emit(
            self._who.currentIndex(),
            self._why.currentIndex(),
            self._password.text,
            self._code.text,
        )

    def show_ask(self, ask: Ask | None) -> None:
        """Look like this, or be gone with what was typed."""
        before = not self.isHidden()
        self.setVisible(ask is not None)
        if ask is None:
            self._password.wipe()
            self._code.wipe()
            return
        self._title.setText(ask.title)
        self._advice.setText(ask.advice)
        for picker, choices in ((self._who, ask.officers), (self._why, ask.reasons)):
            picker.setVisible(bool(choices))
            if [picker.itemText(n) for n in range(picker.count())] != list(choices):
                picker.clear()
                picker.addItems(list(choices))
        name = wording.TYPE_THEIRS if ask.officers else wording.TYPE_OWN
        self._password.rename(name)
        self._code.setVisible(ask.needs_code)
        self._go.setText(wording.CHECKING if ask.busy else self._label(ask))
        self._go.setEnabled(not ask.busy)
        self._problem.show_problem(ask.problem)
        if not before:
            self._password.focus()

    @staticmethod
    def _label(ask: Ask) -> str:
        return wording.RELEASE_NOW if ask.officers else wording.OFFER["publish"]
