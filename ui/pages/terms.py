"""Terms in their versions, agreements with partners, the training record, and what support sees."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QFrame, QPlainTextEdit, QSizePolicy, QVBoxLayout, QWidget

from carekraft_desktop.presenters import wording_terms as words
from carekraft_desktop.presenters.terms import Part, TermsPresenter, TermsState, VersionLine
from ui.theme import Theme
from ui.widgets.fields import Field
from ui.widgets.part_page import PartPage
from ui.widgets.parts import (
    Chip,
    NoteBox,
    button,
    card,
    column,
    empty_layout,
    label,
    limited,
    line,
    scrolled,
)
from ui.widgets.rows import Rows


class TermsPage(PartPage):
    """Shows a `TermsState`."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__(theme, words.TITLE)
        self._presenter: TermsPresenter | None = None
        self._stamp = 0
        self._shown: tuple[VersionLine, ...] | None = None
        self._notes = {part: NoteBox(theme) for part in Part}
        self._waits = NoteBox(theme)
        self._versions = column(gap=12)
        self._none, self._mine = label("", "quiet", wrap=True), label("", "value", wrap=True)
        self._who = label("", "quiet", wrap=True)
        self.confirm = button(words.CONFIRM, "primary")
        self.rows = Rows(theme, words.HEADS, name=words.AGREEMENTS, weights=(28, 34, 22, 16))
        self.name = Field(theme, words.NAME.title, hint=words.NAME.advice)
        self.does = Field(theme, words.DOES.title, hint=words.DOES.advice)
        self.until = Field(theme, words.UNTIL.title, hint=words.UNTIL.advice)
        self.record = button(words.RECORD, "primary")
        self.training = button(words.EXPORT)
        self.prepare = button(words.PREPARE)
        self.save = button(words.SAVE, "primary")
        self.text = QPlainTextEdit()
        self.text.setReadOnly(True)
        self.text.setAccessibleName(words.SUPPORT)
        self.text.setTabChangesFocus(True)
        self._build()

    def _build(self) -> None:
        body = QWidget()
        inside = column(body, margin=16, gap=16)
        self._agreements, self._training = self._agreement_card(), self._training_card()
        for frame in (self._terms_card(), self._agreements, self._training, self._support_card()):
            inside.addLayout(limited(frame, self._theme.px(1100)))
        inside.addStretch(1)
        self.outer.addWidget(scrolled(body, words.TITLE), 1)

    def _titled(self, title: str, advice: str) -> tuple[QFrame, QVBoxLayout]:
        frame, inside = card(18)
        # Never less than its content needs, however much the page holds.
        frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        inside.setSpacing(10)
        inside.addWidget(label(title, "head"))
        inside.addWidget(label(advice, "quiet", wrap=True))
        return frame, inside

    @staticmethod
    def _foot(into: QVBoxLayout, *buttons: QWidget) -> None:
        foot = line(gap=8)
        for each in buttons:
            foot.addWidget(each)
        foot.addStretch(1)
        into.addLayout(foot)

    def _terms_card(self) -> QFrame:
        frame, inside = self._titled(words.TERMS, words.TERMS_ADVICE)
        inside.addWidget(self._waits)
        inside.addLayout(self._versions)
        for each in (self._none, self._mine, self._who, self._notes[Part.TERMS]):
            inside.addWidget(each)
        self._foot(inside, self.confirm)
        return frame

    def _agreement_card(self) -> QFrame:
        frame, inside = self._titled(words.AGREEMENTS, words.AGREEMENTS_ADVICE)
        self.rows.setMinimumHeight(self._theme.px(130))
        self._no_agreement = label(words.NO_AGREEMENT, "quiet")
        inside.addWidget(self.rows)
        inside.addWidget(self._no_agreement)
        across = line(gap=12)
        for field in (self.name, self.does, self.until):
            across.addWidget(field, 1, Qt.AlignmentFlag.AlignTop)
        inside.addLayout(across)
        inside.addWidget(self._notes[Part.AGREEMENTS])
        self._foot(inside, self.record)
        return frame

    def _training_card(self) -> QFrame:
        frame, inside = self._titled(words.TRAINING, words.TRAINING_ADVICE)
        inside.addWidget(self._notes[Part.TRAINING])
        self._foot(inside, self.training)
        return frame

    def _support_card(self) -> QFrame:
        frame, inside = self._titled(words.SUPPORT, words.SUPPORT_ADVICE)
        self.text.setMinimumHeight(self._theme.px(260))
        inside.addWidget(self.text)
        inside.addWidget(self._notes[Part.SUPPORT])
        self._foot(inside, self.prepare, self.save)
        return frame

    def bind(self, presenter: TermsPresenter) -> None:
        """Every gesture goes to the presenter."""
        self._presenter = presenter
        self.confirm.clicked.connect(presenter.confirm)
        self.record.clicked.connect(self._record)
        for field in (self.name, self.does, self.until):
            field.entered.connect(self._record)
        self.training.clicked.connect(
            lambda: self._choose("training.csv", "CSV (*.csv)", presenter.export_training)
        )
        self.prepare.clicked.connect(presenter.prepare)
        self.save.clicked.connect(
            lambda: self._choose("support.json", "JSON (*.json)", presenter.save)
        )

    def _record(self) -> None:
        if self._presenter is not None:
            self._presenter.record(self.name.text, self.does.text, self.until.text)

    def _choose(self, name: str, kind: str, then: Callable[[Path], None]) -> None:
        """Our own dialog: it is hidden with the window when the program locks."""
        place, _ = QFileDialog.getSaveFileName(
            self,
            words.TITLE,
            str(Path.home() / name),
            kind,
            options=QFileDialog.Option.DontUseNativeDialog,
        )
        if place:
            then(Path(place))

    def show_state(self, state: TermsState) -> None:
        """Look like the state."""
        if state.waits:
            self._waits.say(
                words.WAITS.title, words.WAITS.advice, tone="warn", icon_name="circle-pause"
            )
        self._waits.setVisible(state.waits)
        self._show_versions(state.versions)
        for part, said in (
            (self._none, state.none),
            (self._mine, state.mine),
            (self._who, state.who),
        ):
            part.setText(said)
            part.setVisible(bool(said))
        self.confirm.setVisible(state.can_confirm)
        self._agreements.setVisible(state.keeps)
        self.rows.show_rows(state.agreements, "")
        self.rows.setVisible(bool(state.agreements))
        self._no_agreement.setVisible(not state.agreements)
        self._training.setVisible(state.may_export)
        self.text.setPlainText(state.bundle)
        self.text.setVisible(bool(state.bundle))
        self.save.setVisible(bool(state.bundle))
        self.prepare.setEnabled(not state.busy)
        self._tell(state)
        if state.stamp != self._stamp:
            self._stamp = state.stamp
            for field in (self.name, self.does, self.until):
                field.put("")

    def _show_versions(self, versions: tuple[VersionLine, ...]) -> None:
        if versions == self._shown:
            return
        self._shown = versions
        empty_layout(self._versions)
        for version in versions:
            part = QWidget()
            inside = column(part, gap=4)
            across = line(gap=12)
            inside.addLayout(across)
            across.addWidget(label(version.title, "value"))
            chip = Chip(self._theme)
            across.addWidget(chip)
            across.addStretch(1)
            chip.show_mark(version.mark)  # once it lies in the page: alone it would be a window
            for said in version.lines:
                inside.addWidget(label(f"•  {said}", "quiet", wrap=True))
            self._versions.addWidget(part)

    def _tell(self, state: TermsState) -> None:
        for part, note in self._notes.items():
            here = part is state.beside
            if here and state.problem is not None:
                note.show_problem(state.problem)
            elif here and state.said:
                note.say(state.said, tone="quiet", icon_name="circle-check")
            else:
                note.hide()

    def start(self) -> None:
        """Where the keyboard begins."""
        self.start_at(self.confirm if self.confirm.isVisibleTo(self) else self.prepare)
