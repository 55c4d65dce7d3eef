"""Privacy on the patient's card: how to reach the patient, what is asked, a hold."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from carekraft_desktop.presenters import wording_asked
from carekraft_desktop.presenters import wording_privacy as words
from carekraft_desktop.presenters.privacy import (
    ASKS,
    KINDS,
    WITH_VALUE,
    PrivacyPresenter,
    PrivacyState,
    WishState,
)
from ui.theme import Theme
from ui.widgets.fields import Field, Picker
from ui.widgets.on_file_pane import OnFilePane
from ui.widgets.parts import (
    NoteBox,
    button,
    card,
    column,
    empty_layout,
    label,
    line,
    rule,
    scrolled,
)

_AMENDMENT = [each.value for each in ASKS].index("amendment")


class PrivacyPane(QWidget):
    """Shows a `PrivacyState`; hidden while that is not asked for."""

    turned = Signal()
    """It has come or gone."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__()
        self._theme = theme
        self._presenter: PrivacyPresenter | None = None
        self._shown: tuple[WishState, ...] | None = None
        self.kind = Picker(theme, words.REACH)
        self.kind.addItems([words.WISH[each] for each in KINDS])
        self.value = Field(theme, words.VALUE)
        self.agree = button(words.AGREE)
        self.request = Picker(theme, words.REQUEST)
        self.request.addItems([wording_asked.KIND[each] for each in ASKS])
        self.asked = Field(theme, words.WORDS)
        self.take = button(words.TAKE)
        self.matter = Field(theme, words.MATTER)
        self.hold = button(words.SET)
        self.on_file = OnFilePane(theme)
        self._wishes = column(gap=6)
        self._open, self._attached = column(gap=4), column(gap=4)
        self._kept = label("", "quiet", wrap=True)
        self._held, self._problem = NoteBox(theme), NoteBox(theme)
        self._reach, self._ask, self._hold_part = QWidget(), QWidget(), QWidget()
        self._build()
        self.hide()

    def _build(self) -> None:
        frame, outer = card(1)
        held = QWidget()
        inside = column(held, margin=16, gap=10)
        inside.addWidget(label(words.TITLE, "head"))
        inside.addWidget(self._problem)
        inside.addWidget(self._held)
        inside.addWidget(label(words.REACH, "strong"))
        inside.addWidget(label(words.REACH_ADVICE, "quiet", wrap=True))
        inside.addLayout(self._wishes)
        reach = column(self._reach, gap=6)
        reach.addWidget(self.kind)
        reach.addWidget(self.value)
        reach.addWidget(self.agree)
        inside.addWidget(self._reach)
        inside.addLayout(self._attached)
        ask = column(self._ask, gap=6)
        ask.addWidget(rule())
        ask.addWidget(label(words.REQUEST, "strong"))
        ask.addLayout(self._open)
        ask.addWidget(self.request)
        ask.addWidget(self.asked)
        ask.addWidget(self.take)
        inside.addWidget(self._ask)
        hold = column(self._hold_part, gap=6)
        hold.addWidget(rule())
        hold.addWidget(label(words.HOLD, "strong"))
        hold.addWidget(self._kept)
        across = line(gap=8)
        across.addWidget(self.matter, 1)
        across.addWidget(self.hold)
        hold.addLayout(across)
        inside.addWidget(self._hold_part)
        inside.addWidget(self.on_file)
        inside.addStretch(1)
        outer.addWidget(scrolled(held, words.TITLE))
        column(self).addWidget(frame)

    def bind(self, presenter: PrivacyPresenter) -> None:
        """Every gesture goes to the presenter."""
        self._presenter = presenter
        self.agree.clicked.connect(
            lambda: presenter.agree(self.kind.currentIndex(), self.value.text)
        )
        self.take.clicked.connect(
            lambda: presenter.take(self.request.currentIndex(), self.asked.text)
        )
        self.hold.clicked.connect(lambda: presenter.hold(self.matter.text.strip()))
        self.kind.currentIndexChanged.connect(lambda _: self._fit())
        self.request.currentIndexChanged.connect(lambda _: self._fit())
        self._fit()

    def _fit(self) -> None:
        """Only the fields that the choices need."""
        self.value.setVisible(KINDS[self.kind.currentIndex()] in WITH_VALUE)
        self.asked.setVisible(self.request.currentIndex() == _AMENDMENT)

    def show_state(self, state: PrivacyState) -> None:
        """Look like the state."""
        if state.shown is self.isHidden():
            self.setVisible(state.shown)
            self.turned.emit()
        self._problem.show_problem(state.problem)
        if state.held:
            words_ = words.HAS_HOLD
            self._held.say(words_.title, words_.advice, tone="warn", icon_name="lock")
        self._held.setVisible(state.held)
        self._show_wishes(state.wishes)
        self._say(self._open, state.requests)
        self._say(
            self._attached,
            tuple(
                f"{words.ATTACHED}: {asked}{' / ' if against else ''}{against}"
                for asked, against in state.attached
            ),
        )
        self._reach.setVisible(state.may_agree)
        self._ask.setVisible(state.may_take)
        self._hold_part.setVisible(state.may_hold)
        self._kept.setText(state.kept)
        if not state.shown:
            for field in (self.value, self.asked, self.matter):
                field.put("")

    def _show_wishes(self, wishes: tuple[WishState, ...]) -> None:
        if wishes == self._shown:
            return
        self._shown = wishes
        empty_layout(self._wishes)
        if not wishes:
            self._wishes.addWidget(label(words.NO_WISH, "quiet"))
        for wish in wishes:
            row = QFrame()
            across = line(row, gap=8)
            across.addWidget(label(wish.words, wrap=True), 1)
            end = button(words.END)
            end.setAccessibleName(f"{words.END}: {wish.words}")
            end.setEnabled(wish.may_end)
            end.clicked.connect(lambda _=False, id_=wish.id: self._end(id_))
            across.addWidget(end)
            self._wishes.addWidget(row)

    def _end(self, wish_id: str) -> None:
        if self._presenter is not None:
            self._presenter.end(wish_id)

    @staticmethod
    def _say(where: QVBoxLayout, lines: tuple[str, ...]) -> None:
        empty_layout(where)
        for each in lines:
            where.addWidget(label(each, "quiet", wrap=True))
