"""The journal: who did and saw what, for the privacy officer."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QLineEdit, QWidget

from carekraft_desktop.presenters import wording_journal as wording
from carekraft_desktop.presenters.journal import HEADS, JournalPresenter, JournalState
from ui.theme import Theme
from ui.widgets.fields import Picker, Tick
from ui.widgets.part_page import PartPage
from ui.widgets.parts import (
    EmptyView,
    NoteBox,
    button,
    card,
    column,
    label,
    line,
    sized_icon,
)
from ui.widgets.rows import Rows


class JournalPage(PartPage):
    """Shows a `JournalState`."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__(theme, wording.TITLE)
        self._presenter: JournalPresenter | None = None
        self._filled: tuple[object, ...] = ()
        self.rows = Rows(theme, HEADS, name=wording.TITLE, weights=(18, 15, 25, 20, 15, 17))
        self.period = Picker(theme, "How far back")
        self.period.addItems(list(wording.PERIOD))
        self.who = Picker(theme, "Who")
        self.kind = Picker(theme, "What")
        self.about = QLineEdit()
        self.about.setAccessibleName("Beginning of the id it was about")
        self.about.setPlaceholderText("About (beginning of an id)")
        self.refused = Tick(theme, wording.REFUSED_ONLY)
        self.prove = button("Prove the whole of it")
        self.copy = button("Export a signed copy ...")
        self.older = button("Show older entries")
        self._said = NoteBox(theme)
        self._problem = NoteBox(theme)
        self._empty = EmptyView(theme)
        self._tools = QWidget()
        self._icons()
        theme.changed.connect(self._icons)
        self._build()

    def _icons(self) -> None:
        sized_icon(self._theme, self.prove, "shield-check", "text")
        sized_icon(self._theme, self.copy, "copy", "text")

    def _build(self) -> None:
        self.in_head(self.prove, self.copy)
        body = QWidget()
        inside = column(body, margin=16, gap=12)
        inside.addWidget(label(wording.ADVICE, "quiet", wrap=True))
        sieve = line(self._tools, gap=8)
        for picker in (self.period, self.who, self.kind):
            picker.setMinimumWidth(self._theme.px(130))
            sieve.addWidget(picker)
        sieve.addWidget(self.about, 1)
        sieve.addWidget(self.refused)
        inside.addWidget(self._tools)
        inside.addWidget(self._said)
        inside.addWidget(self._problem)
        frame, within = card(1)
        within.addWidget(self.rows, 1)
        within.addWidget(self._empty, 1)
        inside.addWidget(frame, 1)
        inside.addWidget(self.older, 0, Qt.AlignmentFlag.AlignLeft)
        self.outer.addWidget(body, 1)

    def bind(self, presenter: JournalPresenter) -> None:
        """Every gesture goes to the presenter."""
        self._presenter = presenter
        self.period.activated.connect(lambda at: presenter.sift(period=at))
        self.who.activated.connect(lambda _: presenter.sift(staff=self.who.currentData()))
        self.kind.activated.connect(lambda _: presenter.sift(subject=self.kind.currentData()))
        self.about.textEdited.connect(lambda typed: presenter.sift(about=typed))
        self.refused.toggled.connect(lambda on: presenter.sift(refused=on))
        self.prove.clicked.connect(presenter.prove)
        self.copy.clicked.connect(self._export)
        self.older.clicked.connect(presenter.more)

    def _export(self) -> None:
        # Our own dialog: it is hidden with the window when the program locks.
        name, _ = QFileDialog.getSaveFileName(
            self,
            "Export a signed copy of the journal",
            "journal.jsonl",
            "JSON Lines (*.jsonl)",
            options=QFileDialog.Option.DontUseNativeDialog,
        )
        if name and self._presenter is not None:
            self._presenter.export(Path(name))

    def show_state(self, state: JournalState) -> None:
        """Look like the state."""
        self._fill(state)
        allowed = bool(state.people)
        for each in (self._tools, self.prove, self.copy):
            each.setVisible(allowed)
        for tool in (self.prove, self.copy):
            tool.setEnabled(not state.busy)
        words = state.busy or state.said
        if words:
            tone = "bad" if state.bad else "quiet"
            icon = "circle-alert" if state.bad else "hourglass" if state.busy else "shield-check"
            self._said.say(words, tone=tone, icon_name=icon)
        self._said.setVisible(bool(words))
        self._problem.show_problem(state.problem)
        self.rows.setVisible(bool(state.rows))
        chosen = self.rows.currentIndex()
        keys = self.rows.rows.rows
        key = keys[chosen.row()].key if chosen.isValid() and chosen.row() < len(keys) else ""
        self.rows.show_rows(state.rows, key)
        self._empty.show_empty(state.empty)
        self.older.setVisible(state.more)

    def _fill(self, state: JournalState) -> None:
        """The pickers, when who or what can be chosen has changed."""
        offered = (state.people, state.kinds)
        if offered == self._filled:
            return
        self._filled = offered
        for picker, values, chosen in (
            (self.who, state.people, state.staff),
            (self.kind, state.kinds, state.subject),
        ):
            picker.clear()
            for key, words in values:
                picker.addItem(words, key)
            picker.setCurrentIndex(max(0, picker.findData(chosen)))
        self.period.setCurrentIndex(state.period)

    def start(self) -> None:
        """Where the keyboard begins."""
        self.start_at(self.rows)
