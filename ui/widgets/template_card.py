"""The card in the settings that holds the template for the practice system."""

from PySide6.QtWidgets import QFrame, QPlainTextEdit

from carekraft_desktop.presenters import wording_desk
from carekraft_desktop.presenters.template import TemplatePresenter, TemplateState
from ui.theme import Theme
from ui.widgets.fields import Picker
from ui.widgets.parts import NoteBox, button, column, label, line


class TemplateCard(QFrame):
    """Shows a `TemplateState`."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__()
        self.setObjectName("card")
        self._theme = theme
        self._which = Picker(theme, "Practice system")
        self._which.setMinimumWidth(theme.px(220))
        self._problem = NoteBox(theme)
        self.text = QPlainTextEdit()
        self.text.setAccessibleName("Template")
        self.text.setTabChangesFocus(True)
        self._fields = label("", "small", wrap=True)
        self._keep = button("Keep the template", "primary")
        self._restore = button("Back to the shipped one")
        self._kept = ""
        inside = column(self, margin=18, gap=10)
        inside.addWidget(label("Copy for your practice system", "head"))
        inside.addWidget(label(wording_desk.TEMPLATE_ADVICE, "quiet", wrap=True))
        across = line(gap=8)
        across.addWidget(self._which)
        across.addStretch(1)
        inside.addLayout(across)
        inside.addWidget(self._problem)
        inside.addWidget(self.text)
        inside.addWidget(self._fields)
        buttons = line(gap=8)
        buttons.addWidget(self._keep)
        buttons.addWidget(self._restore)
        buttons.addStretch(1)
        inside.addLayout(buttons)
        self.text.setFixedHeight(theme.px(190))
        self.text.textChanged.connect(self._typed)

    def bind(self, presenter: TemplatePresenter) -> None:
        """Every gesture goes to the presenter."""
        self._which.activated.connect(presenter.choose)
        self._keep.clicked.connect(lambda: presenter.keep(self.text.toPlainText()))
        self._restore.clicked.connect(presenter.restore)

    def _typed(self) -> None:
        self._keep.setEnabled(self.text.toPlainText() != self._kept)

    def show_state(self, state: TemplateState) -> None:
        """Look like the state; what is being typed stays when it was refused."""
        if [self._which.itemText(n) for n in range(self._which.count())] != list(state.titles):
            self._which.clear()
            self._which.addItems(list(state.titles))
        self._which.setCurrentIndex(state.at)
        self._problem.show_problem(state.problem)
        self._kept = state.text
        if state.problem is None and self.text.toPlainText() != state.text:
            self.text.setPlainText(state.text)
        self._fields.setText(f"Fields: {state.fields}")
        self._restore.setEnabled(state.changed and state.may)
        for each in (self._which, self.text):
            each.setEnabled(state.may)
        self._typed()
        if not state.may:
            self._keep.setEnabled(False)
