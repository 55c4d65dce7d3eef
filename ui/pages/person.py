"""The patient's card: what is shared at the left, the visits at the right, look-alikes below."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QWidget

from carekraft_desktop.presenters import wording_desk, wording_privacy
from carekraft_desktop.presenters.on_file import OnFilePresenter
from carekraft_desktop.presenters.person import HEADS, PersonPresenter, PersonState, TwinState
from carekraft_desktop.presenters.privacy import PrivacyPresenter
from ui.theme import Theme
from ui.widgets.parts import (
    Elided,
    EmptyView,
    FlatButton,
    NoteBox,
    Picture,
    button,
    card,
    column,
    empty_layout,
    label,
    line,
    rule,
    scrolled,
)
from ui.widgets.privacy_pane import PrivacyPane
from ui.widgets.rows import Rows
from ui.widgets.visit_pane import ClassSection

_THREE, _TWO = 1060, 700
"""Widths at 100 % from which privacy stands beside visits and what is shared, or beside the latter."""


class TwinCard(QFrame):
    """One look-alike, with what speaks for and against it."""

    def __init__(self, theme: Theme, state: TwinState, presenter: PersonPresenter | None) -> None:
        """Made anew for each state."""
        super().__init__()
        self.setObjectName("card")
        inside = column(self, margin=14, gap=6)
        head = line(gap=8)
        head.addWidget(Picture(theme, "link" if state.joined else "users"))
        name = Elided("strong")
        name.say(f"{state.name}: {state.title}")
        head.addWidget(name, 1)
        inside.addLayout(head)
        for words, sign in ((state.pro, "check"), (state.con, "x")):
            for each in words:
                row = line(gap=6)
                row.addWidget(Picture(theme, sign, size=14))
                row.addWidget(label(each), 1)
                inside.addLayout(row)
        buttons = line(gap=8)
        does = (
            ((wording_desk.SEPARATE, "separate"),)
            if state.joined
            else ((wording_desk.JOIN, "join"), (wording_desk.KEEP_APART, "keep_apart"))
        )
        for words_, name_ in does:
            found = button(words_)
            found.setAccessibleName(f"{words_}: {state.name}")
            found.setEnabled(state.may)
            if presenter is not None:
                call = getattr(presenter, name_)
                found.clicked.connect(partial(self._call, call, state.patient_id))
            buttons.addWidget(found)
        buttons.addStretch(1)
        inside.addLayout(buttons)

    @staticmethod
    def _call(call: object, patient_id: str, *_checked: object) -> None:
        if callable(call):
            call(patient_id)


class PersonPage(QWidget):
    """Shows a `PersonState`."""

    left = Signal()
    """Back to where one was."""
    referred = Signal(str)
    """The patient who is to be booked elsewhere."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__()
        self.setObjectName("page")
        self._theme = theme
        self._presenter: PersonPresenter | None = None
        self._twins_shown: tuple[TwinState, ...] | None = None
        self._name = Elided("title")
        self._problem, self._gate = NoteBox(theme), NoteBox(theme)
        self._let_be = NoteBox(theme)
        self.let_be = button(wording_desk.LET_BE_GO)
        self.sections = [ClassSection(theme, by=True) for _ in range(4)]
        self.visits = Rows(theme, HEADS, name="Visits", patients="person", weights=(26, 28, 22))
        self._empty = EmptyView(theme)
        self._twins = column(gap=10)
        self.privacy = PrivacyPane(theme)
        self._privacy_presenter: PrivacyPresenter | None = None
        self._on_file_presenter: OnFilePresenter | None = None
        self._build()

    def _build(self) -> None:
        outer = column(self)
        header = QFrame()
        header.setObjectName("header")
        across = line(header, gap=8)
        across.setContentsMargins(16, 11, 16, 11)
        back = FlatButton(self._theme, "chevron-left", "Back to the day (Esc)")
        back.clicked.connect(self.left)
        across.addWidget(back)
        across.addWidget(self._name, 1)
        across.addWidget(self.let_be)
        refer = button("Refer", tip="Refer: book elsewhere for the patient (F)")
        refer.clicked.connect(self._refer)
        across.addWidget(refer)
        privacy = button(wording_privacy.TITLE, tip=wording_privacy.TIP)
        privacy.clicked.connect(self._toggle_privacy)
        across.addWidget(privacy)
        outer.addWidget(header)
        body = QWidget()
        both = line(body, margin=16, gap=16)
        self._left_side, self._middle = self._shared(), self._right()
        both.addWidget(self._left_side, 4)
        both.addWidget(self._middle, 5)
        both.addWidget(self.privacy, 4)
        outer.addWidget(body, 1)
        self.privacy.turned.connect(self._fit)
        self._theme.changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Three columns, two, or one."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Beside what is agreed the others are there as long as all of them can be read."""
        room, open_ = self.width() / self._theme.factor, not self.privacy.isHidden()
        self._middle.setVisible(not open_ or room >= _THREE)
        self._left_side.setVisible(not open_ or room >= _TWO)

    def _shared(self) -> QWidget:
        frame, inside = card(1)
        held = QWidget()
        list_ = column(held, margin=18, gap=12)
        list_.addWidget(self._problem)
        list_.addWidget(self._gate)
        list_.addWidget(self._let_be)
        for number, section in enumerate(self.sections):
            if number:
                list_.addWidget(rule())
            list_.addWidget(section)
        list_.addStretch(1)
        inside.addWidget(scrolled(held, "What is shared"))
        return frame

    def _right(self) -> QWidget:
        right = QWidget()
        inside = column(right, gap=16)
        frame, list_ = card(1)
        head = label("Visits", "head")
        head.setContentsMargins(16, 12, 16, 6)
        list_.addWidget(head)
        list_.addWidget(self.visits, 1)
        list_.addWidget(self._empty, 1)
        inside.addWidget(frame, 1)
        inside.addLayout(self._twins)
        return right

    def bind(self, presenter: PersonPresenter) -> None:
        """Every gesture goes to the presenter."""
        self._presenter = presenter
        for section in self.sections:
            section.asked.connect(presenter.reveal)
        self.let_be.clicked.connect(presenter.let_be)
        self.visits.chosen.connect(presenter.choose)
        self.visits.opened.connect(lambda _key: presenter.open_visit())
        back = QShortcut(QKeySequence("Esc"), self)
        back.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        back.activated.connect(self.left)
        refer = QShortcut(QKeySequence("F"), self)
        refer.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        refer.activated.connect(self._refer)

    def bind_privacy(self, presenter: PrivacyPresenter, on_file: OnFilePresenter) -> None:
        """Their own gestures, and that they follow the card."""
        self._privacy_presenter, self._on_file_presenter = presenter, on_file
        self.privacy.bind(presenter)
        self.privacy.on_file.bind(on_file)
        toggle = QShortcut(QKeySequence("P"), self)
        toggle.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        toggle.activated.connect(self._toggle_privacy)

    def _toggle_privacy(self) -> None:
        for presenter in (self._privacy_presenter, self._on_file_presenter):
            if presenter is not None:
                presenter.toggle()

    def _refer(self) -> None:
        if self._presenter is not None and self._presenter.state.patient_id:
            self.referred.emit(self._presenter.state.patient_id)

    def show_state(self, state: PersonState) -> None:
        """Look like the state."""
        self._name.say(state.name)
        for presenter in (self._privacy_presenter, self._on_file_presenter):
            if presenter is not None:
                presenter.follow(state.patient_id)
        self._problem.show_problem(state.problem)
        if state.gate is None:
            self._gate.hide()
        else:
            self._gate.say(state.gate.title, state.gate.advice, tone="warn", icon_name="baby")
        note = wording_desk.LET_BE_NOTE
        if state.no_contact:
            self._let_be.say(note.title, note.advice, tone="warn", icon_name="phone")
        self._let_be.setVisible(state.no_contact)
        back = wording_desk.LET_BE_BACK
        self.let_be.setText(back if state.no_contact else wording_desk.LET_BE_GO)
        self.let_be.setVisible(state.may_mark)
        for section, data in zip(self.sections, state.classes, strict=False):
            section.show_class(data)
        for section in self.sections:
            section.setVisible(bool(state.classes))
        self.visits.setVisible(bool(state.visits))
        self.visits.show_rows(state.visits, state.selected)
        self._empty.show_empty(state.empty)
        self._show_twins(state.twins)

    def _show_twins(self, twins: tuple[TwinState, ...]) -> None:
        if twins == self._twins_shown:
            return
        self._twins_shown = twins
        empty_layout(self._twins)
        for twin in twins:
            self._twins.addWidget(TwinCard(self._theme, twin, self._presenter))

    def start(self) -> None:
        """Where the keyboard begins."""
        self.visits.setFocus(Qt.FocusReason.OtherFocusReason)
