"""Who may do what, looked through and signed; emergencies; the paper; new keys for the office."""

from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from carekraft_desktop.presenters import wording_access as words
from carekraft_desktop.presenters import wording_people
from carekraft_desktop.presenters.access_keys import AccessPresenter, AccessState
from ui.theme import Theme
from ui.widgets.fields import Field, Tick
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
    limited,
    line,
    scrolled,
)
from ui.widgets.rows import Rows


class AccessPage(PartPage):
    """Shows an `AccessState`."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__(theme, words.TITLE)
        self._stamp = 0
        self._presenter: AccessPresenter | None = None
        self._notes = {
            name: NoteBox(theme) for name in ("review", "copying", "glass", "paper", "keys")
        }
        self.rows = Rows(
            theme,
            words.REVIEW_HEADS,
            name=words.REVIEW,
            weights=(20, 27, 18, 15, 20),
            fold=Fold(1000, words.BELOW),
        )
        self._reviewed = NoteBox(theme)
        self.copying = Tick(theme, words.COPY_TICK)
        self.sign = button(words.REVIEW_GO, "primary")
        self._none = label(words.GLASS_NONE, "quiet", wrap=True)
        self._waiting = column(gap=8)
        self._shown: tuple[tuple[str, str], ...] = ()
        self.signs: dict[str, QWidget] = {}
        self._drilled = NoteBox(theme)
        self.paper = Field(theme, words.PAPER_FIELD.title, hint=words.PAPER_FIELD.advice)
        self.check = button(words.PAPER_GO, "primary")
        self.renew = button(words.PAPER_NEW)
        self.code = Field(theme, wording_people.CODE.title, secret=True)
        self._groups = label("", "code", wrap=True)
        self._groups.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.written = button(words.PAPER_WRITTEN, "primary")
        self.rotate = button(words.KEYS_GO)
        self._empty = EmptyView(theme)
        self._glass_card: QFrame
        self._build()

    def _build(self) -> None:
        body = QWidget()
        inside = column(body, margin=16, gap=16)
        self._glass_card = self._glass()
        self._copying_card = self._copying()
        for frame in (
            self._review(),
            self._copying_card,
            self._glass_card,
            self._on_paper(),
            self._keys(),
        ):
            inside.addLayout(limited(frame, self._theme.px(1100)))
        inside.addStretch(1)
        self._scroll = scrolled(body, words.TITLE)
        self.outer.addWidget(self._scroll, 1)
        self.outer.addWidget(self._empty, 1)

    def _titled(self, title: str, advice: str = "") -> tuple[QFrame, QVBoxLayout]:
        frame, inside = card(18)
        # Never less than its content needs, however much the page holds.
        frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        inside.setSpacing(10)
        inside.addWidget(label(title, "head"))
        if advice:
            inside.addWidget(label(advice, "quiet", wrap=True))
        return frame, inside

    def _review(self) -> QFrame:
        frame, inside = self._titled(words.REVIEW, words.REVIEW_ADVICE)
        inside.addWidget(self.rows)
        self.rows.setMinimumHeight(self._theme.px(170))
        inside.addWidget(self._reviewed)
        inside.addWidget(label(words.FIRST, "quiet", wrap=True))
        inside.addWidget(self._notes["review"])
        inside.addLayout(self._foot(self.sign))
        return frame

    def _copying(self) -> QFrame:
        frame, inside = self._titled(words.COPY, words.COPY_MEANS)
        inside.addWidget(self.copying)
        inside.addWidget(self._notes["copying"])
        return frame

    def _glass(self) -> QFrame:
        frame, inside = self._titled(words.GLASS)
        inside.addWidget(self._none)
        inside.addLayout(self._waiting)
        inside.addWidget(self._notes["glass"])
        return frame

    def _on_paper(self) -> QFrame:
        frame, inside = self._titled(words.PAPER, words.PAPER_ADVICE)
        for each in (self._drilled, self.paper, self._groups, self.code, self._notes["paper"]):
            inside.addWidget(each)
        inside.addLayout(self._foot(self.written, self.check, self.renew))
        inside.addWidget(label(words.PAPER_NEW_ADVICE, "small", wrap=True))
        return frame

    def _keys(self) -> QFrame:
        frame, inside = self._titled(words.KEYS, words.KEYS_ADVICE)
        inside.addWidget(self._notes["keys"])
        inside.addLayout(self._foot(self.rotate))
        return frame

    @staticmethod
    def _foot(*buttons: QWidget) -> QVBoxLayout:
        outer = column()
        foot = line(gap=8)
        for each in buttons:
            foot.addWidget(each)
        foot.addStretch(1)
        outer.addLayout(foot)
        return outer

    def bind(self, presenter: AccessPresenter) -> None:
        """Every gesture goes to the presenter."""
        self._presenter = presenter
        self.sign.clicked.connect(presenter.sign_review)
        self.copying.clicked.connect(lambda on: presenter.let_copy(on=on))
        self.check.clicked.connect(lambda: presenter.check_paper(self.paper.text))
        self.paper.entered.connect(lambda: presenter.check_paper(self.paper.text))
        self.renew.clicked.connect(lambda: presenter.new_paper(self.code.text.strip()))
        self.written.clicked.connect(presenter.put_away)
        self.rotate.clicked.connect(presenter.rotate)

    def show_state(self, state: AccessState) -> None:
        """Look like the state."""
        self._scroll.setVisible(state.empty is None)
        self._empty.show_empty(state.empty)
        self.rows.show_rows(state.rows, "")
        self._stands(self._reviewed, state.reviewed, state.review_due, never=state.never[0])
        self._stands(self._drilled, state.drilled, state.drill_due, never=state.never[1])
        self.sign.setVisible(state.may_review)
        self._copying_card.setVisible(state.may_review)
        self.copying.setChecked(state.copying)
        self._glass_card.setVisible(state.may_review)
        self._show_emergencies(state.emergencies)
        shown = bool(state.groups)
        self._groups.setText("   ".join(state.groups))
        for on_paper in (self._groups, self.written):
            on_paper.setVisible(shown)
        for asking in (self.paper, self.check, self.renew):
            asking.setVisible(not shown)
        self.code.setVisible(state.needs_code and not shown)
        self._tell(state)
        if state.stamp != self._stamp:
            self._stamp = state.stamp
            self.paper.wipe()
            self.code.wipe()

    @staticmethod
    def _stands(note: NoteBox, said: str, due: object, *, never: bool) -> None:
        tone, icon = ("warn", "triangle-alert") if due else ("quiet", "circle-check")
        again = words.DUE if due and not never else ""
        note.say(said, again, tone=tone, icon_name=icon)

    def _show_emergencies(self, waiting: tuple[tuple[str, str], ...]) -> None:
        self._none.setVisible(not waiting)
        if waiting == self._shown:
            return
        self._shown = waiting
        empty_layout(self._waiting)
        self.signs.clear()
        for id_, sentence in waiting:
            across = line(gap=12)
            across.addWidget(label(sentence, "value", wrap=True), 1)
            signed = button(words.GLASS_SIGN)
            if self._presenter is not None:
                signed.clicked.connect(partial(self._presenter.sign_emergency, id_))
            self.signs[id_] = signed
            across.addWidget(signed)
            self._waiting.addLayout(across)

    def _tell(self, state: AccessState) -> None:
        for name, note in self._notes.items():
            here = name == state.beside
            if here and state.problem is not None:
                note.show_problem(state.problem)
            elif here and (state.busy or state.said):
                icon = "hourglass" if state.busy else "circle-check"
                note.say(state.busy or state.said, tone="quiet", icon_name=icon)
            else:
                note.hide()

    def start(self) -> None:
        """Where the keyboard begins."""
        first = self.rows if self._scroll.isVisibleTo(self) else self.back
        first.setFocus(Qt.FocusReason.OtherFocusReason)
