"""Something went wrong: what to do first, and the register of incidents with the file of each."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QGridLayout, QPushButton, QWidget

from carekraft_desktop.domain.worst_day import Kind
from carekraft_desktop.presenters import wording_incidents as words
from carekraft_desktop.presenters.incident_state import IncidentsState, Part
from carekraft_desktop.presenters.incidents import IncidentsPresenter
from ui.theme import Theme
from ui.widgets.incident_breach import IncidentBreach
from ui.widgets.incident_duties import IncidentDuties
from ui.widgets.incident_end import IncidentEnd, IncidentLost
from ui.widgets.incident_known import IncidentKnown
from ui.widgets.incident_steps import IncidentSteps
from ui.widgets.parts import Chip, EmptyView, NoteBox, button, card, column, label, line, scrolled
from ui.widgets.rows import Rows


class IncidentsPage(QWidget):
    """Shows an `IncidentsState`."""

    left = Signal()
    """Back to the settings."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__()
        self.setObjectName("page")
        self._theme = theme
        self._presenter: IncidentsPresenter | None = None
        self.kinds: dict[Kind, QPushButton] = {}
        self.drills: dict[Kind, QPushButton] = {}
        self.rows = Rows(theme, words.HEADS, name=words.LIST, weights=(32, 14, 22, 32))
        self.steps = IncidentSteps(theme)
        self.lost = IncidentLost(theme)
        self.known = IncidentKnown(theme)
        self.breach = IncidentBreach(theme)
        self.duties = IncidentDuties(theme)
        self.end = IncidentEnd(theme)
        self.forward = button(words.FORWARD)
        self.end_drill = button(words.DRILL_END)
        self._back = button("Back to the settings")
        self._banner, self._top = NoteBox(theme), NoteBox(theme)
        self._practice = label("", "head")
        self._none, self._empty = EmptyView(theme), EmptyView(theme)
        self._title, self._opened = label("", "title", wrap=True), label("", "quiet", wrap=True)
        self._chip = Chip(theme)
        self._head, self._practising, self._drill_card = QWidget(), QWidget(), QWidget()
        self._build()

    def _build(self) -> None:
        outer = column(self)
        header = QFrame()
        header.setObjectName("header")
        across = line(header)
        across.setContentsMargins(16, 15, 16, 15)
        across.addWidget(label(words.TITLE, "title"))
        across.addStretch(1)
        across.addWidget(self._back)
        outer.addWidget(header)
        body = QWidget()
        inside = column(body, margin=16, gap=12)
        inside.addWidget(self._banner)
        inside.addWidget(self._practice_bar())
        parts = (
            self._choose_card(),
            self._list_card(),
            self._top,
            self._sheet_head(),
            self.steps,
            self.lost,
            self.known,
            self.breach,
            self.duties,
            self.end,
            self._practice_card(),
        )
        for part in parts:
            part.setMaximumWidth(self._theme.px(1100))
            inside.addWidget(part)
        inside.addStretch(1)
        self._scroll = scrolled(body, words.TITLE)
        outer.addWidget(self._scroll, 1)
        outer.addWidget(self._empty, 1)

    def _practice_bar(self) -> QWidget:
        across = line(self._practising, gap=8)
        across.addWidget(self._practice)
        across.addWidget(self.forward)
        across.addWidget(self.end_drill)
        across.addStretch(1)
        return self._practising

    def _choose_card(self) -> QWidget:
        self._choosing, inside = card(18)
        inside.setSpacing(10)
        inside.addWidget(label(words.CHOOSE, "head"))
        inside.addWidget(label(words.ADVICE, "quiet", wrap=True))
        grid = QGridLayout()
        grid.setSpacing(8)
        for number, (kind, said) in enumerate(words.KIND.items()):
            found = button(said.title, tip=said.advice)
            found.setAccessibleDescription(said.advice)
            found.setMinimumHeight(self._theme.px(44))
            self.kinds[kind] = found
            grid.addWidget(found, number // 2, number % 2)
        inside.addLayout(grid)
        return self._choosing

    def _list_card(self) -> QWidget:
        self._list, inside = card(1)
        self.rows.setMinimumHeight(self._theme.px(150))
        inside.addWidget(self.rows)
        inside.addWidget(self._none)
        return self._list

    def _sheet_head(self) -> QWidget:
        inside = column(self._head, gap=4)
        across = line(gap=12)
        across.addWidget(self._title)
        across.addWidget(self._chip)
        across.addStretch(1)
        inside.addLayout(across)
        inside.addWidget(self._opened)
        return self._head

    def _practice_card(self) -> QWidget:
        outer = column(self._drill_card)
        frame, inside = card(18)
        inside.setSpacing(10)
        inside.addWidget(label(words.DRILL, "head"))
        inside.addWidget(label(words.DRILL_ADVICE, "quiet", wrap=True))
        grid = QGridLayout()
        grid.setSpacing(8)
        for number, (kind, said) in enumerate(words.KIND.items()):
            found = button(f"{words.DRILL}: {said.title}")
            self.drills[kind] = found
            grid.addWidget(found, number // 2, number % 2)
        inside.addLayout(grid)
        outer.addWidget(frame)
        return self._drill_card

    def bind(self, presenter: IncidentsPresenter) -> None:
        """Every gesture goes to the presenter."""
        self._presenter = presenter
        for kind, found in self.kinds.items():
            found.clicked.connect(partial(presenter.open_one, kind))
        for kind, found in self.drills.items():
            found.clicked.connect(partial(presenter.practise, kind))
        self.rows.chosen.connect(presenter.choose)
        self.steps.ticked.connect(presenter.tick)
        self.lost.lost.connect(presenter.report_lost)
        self.known.saved.connect(presenter.save)
        self.known.everybody.connect(presenter.everybody)
        self.breach.assessed.connect(presenter.assess)
        self.breach.concluded.connect(presenter.conclude)
        self.breach.signed.connect(presenter.sign)
        self.duties.told.connect(presenter.told)
        self.duties.letter.connect(presenter.letter)
        self.duties.envelopes.connect(presenter.envelopes)
        self.duties.confirmed.connect(presenter.confirm_days)
        self.duties.waited.connect(presenter.wait)
        self.duties.tell.connect(presenter.tell)
        self.end.violated.connect(presenter.violated)
        self.end.sanctioned.connect(presenter.sanction)
        self.end.closed.connect(presenter.close)
        self.end.export.connect(self._export)
        self.forward.clicked.connect(presenter.forward)
        self.end_drill.clicked.connect(presenter.end_practice)
        self._back.clicked.connect(self.left)

    def _export(self) -> None:
        """Ask where to; the name tells nothing of what happened."""
        name, _ = QFileDialog.getSaveFileName(
            self,
            words.EXPORT,
            str(Path.home() / "incident.jsonl"),
            "JSON Lines (*.jsonl)",
            options=QFileDialog.Option.DontUseNativeDialog,
        )
        if name and self._presenter is not None:
            self._presenter.export(Path(name))

    def show_state(self, state: IncidentsState) -> None:
        """Look like the state."""
        self._scroll.setVisible(state.empty is None)
        self._empty.show_empty(state.empty)
        practising = bool(state.practice)
        if state.banner is not None:
            self._banner.say(
                state.banner.title, state.banner.advice, tone="bad", icon_name="triangle-alert"
            )
        self._banner.setVisible(state.banner is not None)
        self._practising.setVisible(practising)
        self._practice.setText(state.practice)
        self._choosing.setVisible(not practising)
        self._list.setVisible(not practising)
        self._drill_card.setVisible(state.may_practise)
        self.rows.setVisible(bool(state.rows))
        self.rows.show_rows(state.rows, state.chosen)
        self._none.show_empty(state.none)
        sheet = state.sheet
        for part in (self._head, self.steps):
            part.setVisible(sheet is not None)
        if sheet is None:
            for part in (self.lost, self.known, self.breach, self.duties, self.end):
                part.setVisible(False)
        else:
            self._title.setText(sheet.title)
            self._opened.setText(sheet.opened)
            self._chip.show_mark(sheet.mark)
            self.steps.show_steps(sheet.steps)
            for shown in (self.lost, self.known, self.breach, self.duties, self.end):
                shown.show_sheet(sheet)
            self.breach.sign.setText(words.SIGN_AS_SECOND if practising else words.SIGN)
        self._tell(state)

    def _tell(self, state: IncidentsState) -> None:
        notes = {
            Part.TOP: self._top,
            Part.KNOWN: self.known.note,
            Part.BREACH: self.breach.note,
            Part.DUTIES: self.duties.note,
            Part.END: self.end.note,
            Part.LOST: self.lost.note,
        }
        for part, note in notes.items():
            here = part is state.beside
            if here and state.problem is not None:
                note.show_problem(state.problem)
            elif here and state.said:
                note.say(state.said, tone="quiet", icon_name="circle-check")
            else:
                note.hide()

    def start(self) -> None:
        """Where the keyboard begins: at what has to be done now, else at what may have happened."""
        if self.steps.isVisibleTo(self):
            self.steps.start()
            return
        first = self.kinds[Kind.LOST_MACHINE] if self._scroll.isVisibleTo(self) else self._back
        first.setFocus(Qt.FocusReason.OtherFocusReason)
