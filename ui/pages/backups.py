"""Backups and restore: how they stand, a list of them, and what can be done with one."""

from PySide6.QtWidgets import QFileDialog, QFrame, QSizePolicy, QVBoxLayout, QWidget

from carekraft_desktop.presenters import wording_backup as words
from carekraft_desktop.presenters.backups import BackupsPresenter, BackupsState
from carekraft_desktop.presenters.words import Words
from ui.theme import Theme
from ui.widgets.fields import Field
from ui.widgets.flow import Flow
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


class BackupsPage(PartPage):
    """Shows a `BackupsState`."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__(theme, words.TITLE)
        self._stamp = 0
        self._newest, self._chip = label("", "value"), Chip(theme)
        self._where = label("", "value", wrap=True)
        self._own, self._warning = NoteBox(theme), NoteBox(theme)
        self._drilled = label("", "value")
        self._note, self._problem = NoteBox(theme), NoteBox(theme)
        self.rows = Rows(theme, words.HEADS, name=words.TITLE, weights=(21, 16, 26, 9, 12, 16))
        self.make = button(words.MAKE, "primary")
        self.restore = button(words.RESTORE)
        self.trial = button(words.TRY)
        self.folder = button(words.FOLDER)
        self.own_folder = button(words.OWN_FOLDER)
        self.break_off = button(words.BREAK_OFF)
        self.password = Field(theme, words.YOUR_WORD, secret=True)
        self.code = Field(theme, words.TYPE_CODE, secret=True)
        self.try_now = button(words.TRY, "primary")
        self.go = button(words.RESTORE_GO, "danger")
        self.no = [button(words.NOT_NOW), button(words.NOT_NOW)]
        self._none, self._empty = EmptyView(theme), EmptyView(theme)
        self._asking: QFrame
        self._trying: QFrame
        self._build()

    def _build(self) -> None:
        body = QWidget()
        inside = column(body, margin=16, gap=12)
        inside.addWidget(label(words.ADVICE, "quiet", wrap=True))
        for note in (self._warning, self._problem, self._note):
            inside.addWidget(note)
        foot = line(gap=8)
        foot.addWidget(self.break_off)
        foot.addStretch(1)
        inside.addLayout(foot)
        self._trying = self._question(
            words.TRY_ASK, self.password, self.code, buttons=(self.try_now, self.no[0])
        )
        self._asking = self._question(words.ASK_RESTORE, buttons=(self.go, self.no[1]))
        for frame in (self._trying, self._asking, self._stands(), self._list()):
            inside.addLayout(limited(frame, self._theme.px(1100)))
        inside.addStretch(1)
        self._scroll = scrolled(body, words.TITLE)
        self.outer.addWidget(self._scroll, 1)
        self.outer.addWidget(self._empty, 1)

    def _framed(self) -> tuple[QFrame, QVBoxLayout]:
        frame, inside = card(16)
        frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        inside.setSpacing(10)
        return frame, inside

    def _question(self, asked: Words, *fields: QWidget, buttons: tuple[QWidget, ...]) -> QFrame:
        frame, inside = self._framed()
        inside.addWidget(label(asked.title, "head", wrap=True))
        inside.addWidget(label(asked.advice, "quiet", wrap=True))
        for field in fields:
            field.setMaximumWidth(self._theme.px(380))
            inside.addWidget(field)
        foot = line(gap=8)
        for each in buttons:
            foot.addWidget(each)
        foot.addStretch(1)
        inside.addLayout(foot)
        return frame

    def _stands(self) -> QFrame:
        frame, inside = self._framed()
        for name, *parts in (
            (words.NEWEST, self._newest, self._chip),
            (words.DRILL, self._drilled),
            (words.WHERE, self._where),
        ):
            across = line(gap=12)
            title = label(str(name), "quiet")
            title.setFixedWidth(self._theme.px(170))
            across.addWidget(title)
            for part in parts:
                assert isinstance(part, QWidget)  # noqa: S101 - for the type checker
                across.addWidget(part, 1 if part is self._where else 0)
            if parts[-1] is not self._where:
                across.addStretch(1)
            inside.addLayout(across)
        inside.addWidget(self._own)
        foot = Flow()
        for each in (self.make, self.trial, self.folder, self.own_folder):
            foot.addWidget(each)
        inside.addLayout(foot)
        return frame

    def _list(self) -> QFrame:
        frame, inside = card(1)
        inside.addWidget(self.rows)
        inside.addWidget(self._none)
        foot = line(gap=8)
        foot.setContentsMargins(14, 10, 14, 12)
        foot.addWidget(self.restore)
        foot.addStretch(1)
        inside.addLayout(foot)
        self.rows.setMinimumHeight(self._theme.px(230))
        return frame

    def bind(self, presenter: BackupsPresenter) -> None:
        """Every gesture goes to the presenter."""
        self.make.clicked.connect(presenter.make)
        self.trial.clicked.connect(presenter.ask_trial)
        self.restore.clicked.connect(presenter.ask_restore)
        self.go.clicked.connect(presenter.restore)
        self.break_off.clicked.connect(presenter.break_off)
        self.own_folder.clicked.connect(lambda: presenter.choose_folder(""))
        self.folder.clicked.connect(lambda: self._choose(presenter))
        self.rows.chosen.connect(presenter.choose)
        self.try_now.clicked.connect(lambda: self._try(presenter))
        for field in (self.password, self.code):
            field.entered.connect(lambda: self._try(presenter))
        for no in self.no:
            no.clicked.connect(presenter.not_now)

    def _try(self, presenter: BackupsPresenter) -> None:
        presenter.try_restore(self.password.text, self.code.text.strip())

    def _choose(self, presenter: BackupsPresenter) -> None:
        # Our own dialog: it is hidden with the window when the program locks.
        options = QFileDialog.Option.DontUseNativeDialog | QFileDialog.Option.ShowDirsOnly
        folder = QFileDialog.getExistingDirectory(self, words.FOLDER, "", options)
        if folder:
            presenter.choose_folder(folder)

    def show_state(self, state: BackupsState) -> None:
        """Look like the state."""
        self._scroll.setVisible(state.empty is None)
        self._empty.show_empty(state.empty)
        self._newest.setText(state.newest)
        self._chip.show_mark(state.newest_mark)
        self._where.setText(state.where)
        self._drilled.setText(state.drilled)
        self._say(self._own, words.OWN if state.own else "", "warn", "triangle-alert")
        self._say(self._warning, state.warning, "warn", "triangle-alert")
        icon = "hourglass" if state.busy else "circle-check"
        self._say(self._note, state.busy or state.said, "quiet", icon)
        self._problem.show_problem(state.problem)
        self.break_off.setVisible(bool(state.busy))
        self._show_rows(state)
        for each in (self.make, self.trial, self.folder, self.own_folder, self.restore):
            each.setEnabled(state.idle)
        self.own_folder.setVisible(not state.own)
        self.trial.setVisible(bool(state.rows))
        was = self._trying.isVisibleTo(self)
        self._trying.setVisible(state.trying and not state.busy)
        self._asking.setVisible(state.asking)
        self.code.setVisible(state.needs_code)
        if state.stamp != self._stamp:
            self._stamp = state.stamp
            self.password.wipe()
            self.code.wipe()
        if state.trying and not was and not state.busy:
            self.password.focus()

    def _show_rows(self, state: BackupsState) -> None:
        self.rows.setVisible(bool(state.rows))
        self.restore.setVisible(bool(state.rows))
        self.rows.show_rows(state.rows, state.chosen)
        self._none.show_empty(state.none)

    @staticmethod
    def _say(note: NoteBox, said: str, tone: str, icon: str) -> None:
        if said:
            note.say(said, tone=tone, icon_name=icon)
        note.setVisible(bool(said))

    def start(self) -> None:
        """Where the keyboard begins."""
        self.start_at(self.make)
