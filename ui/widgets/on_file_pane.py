"""What is on file about a patient, with one form for whatever is added."""

from PySide6.QtWidgets import QFrame, QWidget

from carekraft_desktop.presenters import wording_on_file as words
from carekraft_desktop.presenters.on_file import (
    FieldState,
    OnFilePresenter,
    OnFileState,
    PaperState,
)
from ui.theme import Theme
from ui.widgets.fields import Field, Picker
from ui.widgets.parts import NoteBox, button, column, empty_layout, label, line, rule


class OnFilePane(QWidget):
    """Shows an `OnFileState`; hidden while that is not asked for."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__()
        self._theme = theme
        self._presenter: OnFilePresenter | None = None
        self._shown: tuple[PaperState, ...] | None = None
        self._built: tuple[tuple[FieldState, ...], int] | None = None
        self.kind = Picker(theme, words.TITLE)
        self.fields: dict[str, Field | Picker] = {}
        self._codes: dict[str, tuple[str, ...]] = {}
        self.add = button(words.ADD)
        self._papers, self._form = column(gap=6), column(gap=6)
        self._problem = NoteBox(theme)
        inside = column(self, gap=8)
        inside.addWidget(rule())
        inside.addWidget(label(words.TITLE, "strong"))
        inside.addWidget(self._problem)
        inside.addLayout(self._papers)
        inside.addWidget(self.kind)
        inside.addLayout(self._form)
        inside.addWidget(self.add)
        self.hide()

    def bind(self, presenter: OnFilePresenter) -> None:
        """Every gesture goes to the presenter."""
        self._presenter = presenter
        self.kind.activated.connect(presenter.choose)
        self.add.clicked.connect(lambda: presenter.add(self.typed()))

    def typed(self) -> dict[str, str]:
        """What stands in the form, by field."""
        found = {}
        for name, field in self.fields.items():
            if isinstance(field, Field):
                found[name] = field.text.strip()
            else:
                codes = self._codes[name]
                found[name] = codes[field.currentIndex()] if codes else ""
        return found

    def show_state(self, state: OnFileState) -> None:
        """Look like the state."""
        self.setVisible(state.shown)
        self._problem.show_problem(state.problem)
        if self.kind.count() != len(state.kinds):
            self.kind.clear()
            self.kind.addItems(list(state.kinds))
        self.kind.setCurrentIndex(state.kind)
        if state.papers != self._shown:
            self._shown = state.papers
            self._show_papers(state.papers)
        if (state.fields, state.stamp) != self._built:
            self._built = state.fields, state.stamp
            self._build(state.fields)

    def _show_papers(self, papers: tuple[PaperState, ...]) -> None:
        empty_layout(self._papers)
        if not papers:
            self._papers.addWidget(label(words.NOTHING, "quiet"))
        for paper in papers:
            row = QFrame()
            inside = column(row, gap=4)
            inside.addWidget(label(paper.words, wrap=True))
            across = line(gap=8)
            for code, spoken in paper.acts:
                act = button(spoken)
                act.setAccessibleName(f"{spoken}: {paper.words}")
                act.clicked.connect(lambda _=False, id_=paper.id, code=code: self._act(id_, code))
                across.addWidget(act)
            across.addStretch(1)
            inside.addLayout(across)
            self._papers.addWidget(row)

    def _act(self, paper_id: str, code: str) -> None:
        if self._presenter is not None:
            self._presenter.act(paper_id, code)

    def _build(self, fields: tuple[FieldState, ...]) -> None:
        empty_layout(self._form)
        self.fields.clear()
        for field in fields:
            made: Field | Picker
            if field.spoken or field.name.endswith("_id"):
                name = label(field.words, "label", wrap=True)
                made = Picker(self._theme, field.words)
                made.addItems(list(field.spoken))
                name.setBuddy(made)
                self._form.addWidget(name)
            else:
                made = Field(self._theme, field.words)
            self._codes[field.name] = field.codes
            self.fields[field.name] = made
            self._form.addWidget(made)
