"""What patients ask for: the register at the left, the chosen request with its steps at the right."""

from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFileDialog, QPlainTextEdit, QWidget

from carekraft_desktop.presenters import wording_asked as words
from carekraft_desktop.presenters.asked import AskedPresenter
from carekraft_desktop.presenters.asked_state import AskedState, Choices
from ui.theme import Theme
from ui.widgets.asked_copy import FeeBox, FindBox, RecipientBox
from ui.widgets.choice_step import ChoiceStep
from ui.widgets.facts import Facts
from ui.widgets.fields import Tick
from ui.widgets.folding import Fold
from ui.widgets.part_page import PartPage
from ui.widgets.parts import (
    EmptyView,
    NoteBox,
    button,
    card,
    column,
    empty_layout,
    label,
    line,
    scrolled,
)
from ui.widgets.rows import Rows

FILE = "record.zip"
"""Says the kind, never whose it is."""


class AskedPage(PartPage):
    """Shows an `AskedState`."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__(theme, words.TITLE)
        self._presenter: AskedPresenter | None = None
        self.rows = Rows(
            theme,
            words.HEADS,
            name=words.TITLE,
            weights=(32, 24, 20, 24),
            fold=Fold(620, words.BELOW),
        )
        self.identity = ChoiceStep(theme, words.DO_IDENTITY)
        self.delay = ChoiceStep(theme, words.DO_EXTEND)
        self.denial = ChoiceStep(theme, words.DO_DENY)
        self.full = Tick(theme, words.FULL)
        self.paper, self.file = button(words.TO_PAPER, "primary"), button(words.TO_FILE)
        self.amend, self.correct = button(words.DO_AMEND), button(words.DO_CORRECT)
        self.statement = QPlainTextEdit()
        self.statement.setAccessibleName(words.STATEMENT)
        self.statement.setPlaceholderText(words.STATEMENT)
        self.statement.setTabChangesFocus(True)
        self.disagree = button(words.DO_DISAGREE)
        self.letter = button(words.DO_LETTER)
        self._title = label("", "head", wrap=True)
        self._facts = Facts(theme, names=160)
        self._phrase = label("", "strong", wrap=True)
        self._phrase.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.fee, self.recipient = FeeBox(theme), RecipientBox(theme)
        self.gone = FindBox(theme)
        self._first = label("", "quiet", wrap=True)
        self._endings = column(gap=8)
        self._shown_endings: tuple[str, ...] | None = None
        self._problem, self._said = NoteBox(theme), NoteBox(theme)
        self._empty = EmptyView(theme)
        self._build()

    def _build(self) -> None:
        body = QWidget()
        both = line(body, margin=16, gap=16)
        left = QWidget()
        list_ = column(left, gap=12)
        list_.addWidget(label(words.ADVICE, "quiet", wrap=True))
        frame, inside = card(1)
        inside.addWidget(self.rows)
        list_.addWidget(frame, 1)
        list_.addWidget(self.gone)
        both.addWidget(left, 5)
        self._detail_card = self._detail()
        both.addWidget(self._detail_card, 4)
        self._frame, self._body = frame, body
        list_.addWidget(self._empty, 1)
        self.outer.addWidget(body, 1)

    def _detail(self) -> QWidget:
        frame, outer = card(1)
        held = QWidget()
        inside = column(held, margin=18, gap=12)
        inside.addWidget(self._title)
        for note in (self._problem, self._said):
            inside.addWidget(note)
        inside.addWidget(self._phrase)
        inside.addWidget(self._facts)
        for step in (self.identity, self.delay):
            inside.addWidget(step)
        inside.addWidget(self.fee)
        inside.addWidget(self.recipient)
        inside.addWidget(self._first)
        inside.addWidget(self.full)
        for each in (self.paper, self.file, self.amend, self.correct):
            across = line(gap=8)
            across.addWidget(each)
            across.addStretch(1)
            inside.addLayout(across)
        inside.addWidget(self.denial)
        self.statement.setFixedHeight(self._theme.px(84))
        inside.addWidget(self.statement)
        inside.addWidget(self.disagree)
        inside.addLayout(self._endings)
        last = line(gap=8)
        last.addWidget(self.letter)
        last.addStretch(1)
        inside.addLayout(last)
        inside.addStretch(1)
        outer.addWidget(scrolled(held, words.TITLE))
        return frame

    def bind(self, presenter: AskedPresenter) -> None:
        """Every gesture goes to the presenter."""
        self._presenter = presenter
        self.rows.chosen.connect(presenter.choose)
        self.identity.go.clicked.connect(lambda: presenter.identify(self.identity.code))
        self.delay.go.clicked.connect(lambda: presenter.extend(self.delay.code))
        self.denial.go.clicked.connect(lambda: presenter.deny(self.denial.code))
        self.amend.clicked.connect(presenter.amend)
        self.correct.clicked.connect(presenter.correct)
        self.disagree.clicked.connect(lambda: presenter.disagree(self.statement.toPlainText()))
        self.paper.clicked.connect(lambda: presenter.to_paper(full=self.full.isChecked()))
        self.file.clicked.connect(self._choose_file)
        self.letter.clicked.connect(presenter.letter)
        self.fee.put.connect(presenter.fee)
        self.fee.told.connect(presenter.fee_told)
        self.recipient.put.connect(presenter.direct)
        self.recipient.back.clicked.connect(presenter.to_the_patient)
        self.gone.asked.connect(presenter.by_number)

    def _choose_file(self) -> None:
        """Our own dialog, so that it goes with the page when the screen is covered."""
        dialog = QFileDialog(self, words.TO_FILE)
        dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
        dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        dialog.selectFile(FILE)
        dialog.fileSelected.connect(self._chosen)
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _chosen(self, name: str) -> None:
        if self._presenter is not None:
            self._presenter.to_file(Path(name), full=self.full.isChecked())

    def show_state(self, state: AskedState) -> None:
        """Look like the state."""
        there = state.empty is None
        for part in (self._frame, self._detail_card):
            part.setVisible(there)
        self._empty.show_empty(state.empty)
        self.gone.show_found(state.found, shown=state.may_find, stamp=state.stamp)
        self.fee.show_fee(state.fee, state.stamp)
        self.recipient.show_recipient(state.recipient, state.stamp)
        self._first.setText("\n".join((words.FIRST, *(f"\u2022 {each}" for each in state.first))))
        self._first.setVisible(bool(state.first))
        self.rows.show_rows(state.rows, state.selected)
        self._title.setText(state.title)
        self._problem.show_problem(state.problem)
        if state.said:
            self._said.say(state.said, tone="quiet", icon_name="circle-check")
        self._said.setVisible(bool(state.said))
        self._phrase.setText(words.PHRASE.format(phrase=state.phrase) if state.phrase else "")
        self._phrase.setVisible(bool(state.phrase))
        self._facts.show_facts(state.facts)
        self.identity.show_choices(state.identities)
        self.delay.show_choices(state.delays)
        self.denial.show_choices(state.denials)
        self.full.setVisible(state.may_hand_over and state.accounting)
        for each in (self.paper, self.file):
            each.setVisible(state.may_hand_over)
        for each in (self.amend, self.correct):
            each.setVisible(state.may_amend)
        self.statement.setVisible(state.may_disagree)
        self.disagree.setVisible(state.may_disagree)
        if not state.may_disagree:
            self.statement.clear()
        self.letter.setVisible(state.letter)
        self._show_endings(state.endings)

    def _show_endings(self, endings: Choices) -> None:
        if endings.codes == self._shown_endings:
            return
        self._shown_endings = endings.codes
        empty_layout(self._endings)
        before: QWidget = self.disagree
        for code, spoken in zip(endings.codes, endings.words, strict=True):
            found = button(words.DO_CLOSE.format(result=spoken))
            found.clicked.connect(lambda _=False, code=code: self._close(code))
            across = line(gap=8)
            across.addWidget(found)
            across.addStretch(1)
            self._endings.addLayout(across)
            # The keyboard goes as the eye does, although these are made last.
            QWidget.setTabOrder(before, found)
            before = found
        QWidget.setTabOrder(before, self.letter)

    def _close(self, code: str) -> None:
        if self._presenter is not None:
            self._presenter.close(code)

    def start(self) -> None:
        """Where the keyboard begins."""
        self.start_at(self.rows if self._frame.isVisibleTo(self) else self.gone.number.input)
