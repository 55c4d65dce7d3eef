"""Something went wrong: what to do first, and the register of incidents with the file of each."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QPoint, QTimer
from PySide6.QtWidgets import QFileDialog, QPushButton, QSizePolicy, QWidget

from carekraft_desktop.domain.worst_day import Kind
from carekraft_desktop.presenters import wording_incidents as words
from carekraft_desktop.presenters.incident_state import IncidentsState, Part
from carekraft_desktop.presenters.incidents import IncidentsPresenter
from ui.theme import Theme
from ui.widgets.flow import Flow
from ui.widgets.incident_breach import IncidentBreach
from ui.widgets.incident_duties import IncidentDuties
from ui.widgets.incident_end import IncidentEnd, IncidentLost
from ui.widgets.incident_known import IncidentKnown
from ui.widgets.incident_patients import IncidentPatients
from ui.widgets.incident_steps import IncidentSteps
from ui.widgets.part_page import PartPage
from ui.widgets.parts import (
    Chip,
    EmptyView,
    NoteBox,
    button,
    card,
    column,
    label,
    limited,
    line,
    scrolled,
)
from ui.widgets.rows import Rows


class IncidentsPage(PartPage):
    """Shows an `IncidentsState`."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__(theme, words.TITLE)
        self._presenter: IncidentsPresenter | None = None
        self._chosen = ""
        self._wanted: QWidget | None = None
        self.kinds: dict[Kind, QPushButton] = {}
        self.drills: dict[Kind, QPushButton] = {}
        self.rows = Rows(theme, words.HEADS, name=words.LIST, weights=(32, 14, 22, 32))
        self.steps = IncidentSteps(theme)
        self.lost = IncidentLost(theme)
        self.known = IncidentKnown(theme)
        self.patients = IncidentPatients(theme)
        self.breach = IncidentBreach(theme)
        self.duties = IncidentDuties(theme)
        self.end = IncidentEnd(theme)
        self.forward = button(words.FORWARD)
        self.end_drill = button(words.DRILL_END)
        self._banner, self._top = NoteBox(theme), NoteBox(theme)
        self._practice = label("", "head")
        self._none, self._empty = EmptyView(theme), EmptyView(theme)
        self._title, self._opened = label("", "title"), label("", "quiet", wrap=True)
        self._chip = Chip(theme)
        self._head, self._practising, self._drill_card = QWidget(), QWidget(), QWidget()
        self._build()

    def _build(self) -> None:
        body = QWidget()
        inside = column(body, margin=16, gap=12)
        parts = (
            self._choose_card(),
            self._list_card(),
            self._top,
            self._sheet_head(),
            self.steps,
            self.lost,
            self.known,
            self.patients,
            self.breach,
            self.duties,
            self.end,
            self._practice_card(),
        )
        for part in parts:
            part.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
            inside.addLayout(limited(part, self._theme.px(1100)))
        inside.addStretch(1)
        self._scroll = scrolled(body, words.TITLE)
        # Outside what scrolls: whatever is looked at, it cannot be taken for real.
        self.outer.addWidget(self._practice_bar())
        self.outer.addWidget(self._scroll, 1)
        self.outer.addWidget(self._empty, 1)

    def _practice_bar(self) -> QWidget:
        inside = column(self._practising, gap=8)
        inside.setContentsMargins(16, 12, 16, 0)
        inside.addWidget(self._banner)
        across = line(gap=8)
        inside.addLayout(across)
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
        table = Flow(columns=2)
        for kind, said in words.KIND.items():
            found = button(said.title, tip=said.advice)
            found.setAccessibleDescription(said.advice)
            found.setMinimumHeight(self._theme.px(44))
            self.kinds[kind] = found
            table.addWidget(found)
        inside.addLayout(table)
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
        table = Flow(columns=2)
        for kind, said in words.KIND.items():
            found = button(f"{words.DRILL}: {said.title}")
            self.drills[kind] = found
            table.addWidget(found)
        inside.addLayout(table)
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
        self.rows.opened.connect(lambda _key: self.start())
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
        if sheet is not None and state.chosen != self._chosen:
            self.look_at(self._head)
        self._chosen = state.chosen
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

    def look_at(self, part: QWidget) -> None:
        """Bring a part of the page to its top, once it has its place."""
        self._wanted = part
        QTimer.singleShot(0, self, self._look)

    def _look(self) -> None:
        part, self._wanted = self._wanted, None
        body = self._scroll.widget()
        if part is not None and body is not None:
            top = part.mapTo(body, QPoint(0, 0)).y()
            self._scroll.verticalScrollBar().setValue(max(0, top - self._theme.px(12)))

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
        self.start_at(self.kinds[Kind.LOST_MACHINE])
