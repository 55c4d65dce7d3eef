"""How this installation stands: a list to be read, and copied as text."""

from PySide6.QtWidgets import QWidget

from carekraft_desktop.presenters import wording_posture as words
from carekraft_desktop.presenters.posture import PosturePresenter, PostureState
from ui.theme import Theme
from ui.widgets.part_page import PartPage
from ui.widgets.parts import EmptyView, NoteBox, button, card, column, label, line
from ui.widgets.rows import Rows


class PosturePage(PartPage):
    """Shows a `PostureState`."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__(theme, words.TITLE)
        self.rows = Rows(theme, words.HEADS, name=words.TITLE, weights=(30, 46, 24))
        self.copy = button(words.COPY)
        self._said = NoteBox(theme)
        self._problem = NoteBox(theme)
        self._empty = EmptyView(theme)
        self._build()

    def _build(self) -> None:
        self._body = QWidget()
        inside = column(self._body, margin=16, gap=12)
        inside.addWidget(label(words.ADVICE, "quiet", wrap=True))
        foot = line(gap=8)
        foot.addWidget(self.copy)
        foot.addStretch(1)
        inside.addLayout(foot)
        inside.addWidget(self._said)
        inside.addWidget(self._problem)
        frame, within = card(1)
        frame.setMaximumWidth(self._theme.px(1100))
        within.addWidget(self.rows)
        inside.addWidget(frame, 1)
        self.outer.addWidget(self._body, 1)
        self.outer.addWidget(self._empty, 1)

    def bind(self, presenter: PosturePresenter) -> None:
        """Every gesture goes to the presenter."""
        self.copy.clicked.connect(presenter.copy)

    def show_state(self, state: PostureState) -> None:
        """Look like the state."""
        self._body.setVisible(state.empty is None)
        self._empty.show_empty(state.empty)
        self.rows.show_rows(state.rows, "")
        self.copy.setEnabled(state.can_copy)
        told = state.busy or state.said
        if told:
            self._said.say(
                told, tone="quiet", icon_name="hourglass" if state.busy else "circle-check"
            )
        self._said.setVisible(bool(told))
        self._problem.show_problem(state.problem)

    def start(self) -> None:
        """Where the keyboard begins."""
        self.start_at(self.rows)
