"""Check replies that are already out: choose a file, watch it go, read, save the report."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QProgressBar, QWidget

from carekraft_desktop.presenters import wording_reviews as wording
from carekraft_desktop.presenters.check_replies import HEADS, CheckPresenter, CheckState
from ui import report
from ui.theme import Theme
from ui.widgets.parts import EmptyView, NoteBox, button, card, column, label, line
from ui.widgets.rows import Rows


class CheckRepliesPage(QWidget):
    """Shows a `CheckState`."""

    left = Signal()
    """Back to the reviews."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__()
        self.setObjectName("page")
        self._state: CheckState | None = None
        self._presenter: CheckPresenter | None = None
        self._advice = label(wording.AUDIT_ADVICE, "quiet", wrap=True)
        self.choose = button(wording.AUDIT_CHOOSE, "primary")
        self.stop = button(wording.AUDIT_CANCEL, tip="Stop (Esc)")
        self.save = button(wording.AUDIT_PRINT)
        self._back = button("Back to the reviews")
        self._bar = QProgressBar()
        self._bar.setTextVisible(False)
        self._bar.setAccessibleName("Progress")
        self._progress = label("", "small")
        self._summary = label("", "head", wrap=True)
        self._saved = NoteBox(theme)
        self._problem = NoteBox(theme)
        self.rows = Rows(theme, HEADS, name="Replies", weights=(8, 15, 35, 20, 22), narrow=640)
        self._empty = EmptyView(theme)
        self._build()

    def _build(self) -> None:
        outer = column(self)
        header = QFrame()
        header.setObjectName("header")
        across = line(header)
        across.setContentsMargins(16, 15, 16, 15)
        across.addWidget(label(wording.AUDIT_TITLE, "title"))
        across.addStretch(1)
        across.addWidget(self._back)
        outer.addWidget(header)
        body = QWidget()
        inside = column(body, margin=16, gap=12)
        inside.addWidget(self._advice)
        buttons = line(gap=8)
        for each in (self.choose, self.stop, self.save):
            buttons.addWidget(each)
        buttons.addWidget(self._progress, 1)
        inside.addLayout(buttons)
        inside.addWidget(self._bar)
        inside.addWidget(self._summary)
        inside.addWidget(self._saved)
        inside.addWidget(self._problem)
        frame, within = card(1)
        within.addWidget(self.rows, 1)
        within.addWidget(self._empty, 1)
        inside.addWidget(frame, 1)
        outer.addWidget(body, 1)

    def bind(self, presenter: CheckPresenter) -> None:
        """Every gesture goes to the presenter."""
        self._presenter = presenter
        self.choose.clicked.connect(self._choose)
        self.stop.clicked.connect(presenter.stop)
        self.save.clicked.connect(self._save)
        self._back.clicked.connect(self.left)

    def _choose(self) -> None:
        # Our own dialog: it is hidden with the window when the program locks.
        name, _ = QFileDialog.getOpenFileName(
            self,
            wording.AUDIT_CHOOSE,
            "",
            "CSV, JSON Lines (*.csv *.jsonl *.json *.txt)",
            options=QFileDialog.Option.DontUseNativeDialog,
        )
        if name and self._presenter is not None:
            self._presenter.check(Path(name))

    def _save(self) -> None:
        found = self._state.report if self._state is not None else None
        if found is None:
            return
        name, _ = QFileDialog.getSaveFileName(
            self,
            wording.AUDIT_PRINT,
            "replies.pdf",
            "PDF (*.pdf)",
            options=QFileDialog.Option.DontUseNativeDialog,
        )
        if name:
            self.write(Path(name))

    def write(self, path: Path) -> None:
        """Write the report, and say whether that went well."""
        found = self._state.report if self._state is not None else None
        if found is not None and report.save(found, path):
            self._saved.say(wording.AUDIT_SAVED, tone="quiet", icon_name="printer")
        else:
            self._saved.say(wording.AUDIT_NOT_SAVED, tone="bad", icon_name="circle-alert")

    def show_state(self, state: CheckState) -> None:
        """Look like the state."""
        before, self._state = self._state, state
        self.choose.setEnabled(not state.running)
        self.stop.setVisible(state.running)
        self.save.setVisible(state.report is not None)
        self._bar.setVisible(state.running)
        self._bar.setRange(0, state.total)
        self._bar.setValue(state.done)
        self._progress.setText(state.progress)
        self._summary.setText(state.summary)
        self._summary.setVisible(bool(state.summary))
        self._problem.show_problem(state.problem)
        if before is None or before.report is not state.report:
            self._saved.hide()
        self.rows.setVisible(bool(state.rows))
        self.rows.show_rows(state.rows, "")
        self._empty.show_empty(state.empty)

    def start(self) -> None:
        """Where the keyboard begins."""
        self.choose.setFocus(Qt.FocusReason.OtherFocusReason)
