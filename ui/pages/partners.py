"""Partners outside the exchange: a list of them, and a form for one with a test."""

from PySide6.QtWidgets import QWidget

from carekraft_desktop.presenters import wording_partners as words
from carekraft_desktop.presenters.partners import PartnersPresenter, PartnersState, Typed
from ui.theme import Theme
from ui.widgets.fields import Field
from ui.widgets.part_page import PartPage
from ui.widgets.parts import (
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


class PartnersPage(PartPage):
    """Shows a `PartnersState`."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__(theme, words.TITLE)
        self._stamp = 0
        self.rows = Rows(theme, words.HEADS, name=words.TITLE, weights=(24, 30, 26, 20))
        self.name = Field(theme, words.NAME.title, hint=words.NAME.advice)
        self.address = Field(theme, words.ADDRESS.title, hint=words.ADDRESS.advice)
        self.client = Field(theme, words.CLIENT.title, hint=words.CLIENT.advice)
        self.numbers = Field(theme, words.NUMBERS.title, hint=words.NUMBERS.advice)
        self.save = button(words.SAVE, "primary")
        self.test = button(words.TEST)
        self.key = button(words.COPY_KEY)
        self.fresh = button(words.FRESH)
        self.remove = button(words.REMOVE)
        self._head = label(words.NEW, "head")
        self._key_advice = label(words.KEY_ADVICE, "small", wrap=True)
        self._said = NoteBox(theme)
        self._verdict = NoteBox(theme)
        self._problem = NoteBox(theme)
        self._nobody = EmptyView(theme)
        self._empty = EmptyView(theme)
        self._build()

    @property
    def _fields(self) -> tuple[Field, ...]:
        return (self.name, self.address, self.client, self.numbers)

    def _build(self) -> None:
        body = QWidget()
        inside = column(body, margin=16, gap=12)
        inside.addWidget(label(words.ADVICE, "quiet", wrap=True))
        frame, within = card(1)
        within.addWidget(self.rows)
        within.addWidget(self._nobody)
        self.rows.setMinimumHeight(self._theme.px(150))
        form, fields = card(18)
        fields.setSpacing(12)
        fields.addWidget(self._head)
        for field in self._fields:
            fields.addWidget(field)
        fields.addWidget(self._said)
        fields.addWidget(self._verdict)
        fields.addWidget(self._problem)
        # Two lines: at the largest text one would cut the last button.
        for buttons in ((self.save, self.test), (self.key, self.fresh, self.remove)):
            foot = line(gap=8)
            for each in buttons:
                foot.addWidget(each)
            foot.addStretch(1)
            fields.addLayout(foot)
        fields.addWidget(self._key_advice)
        for part in (frame, form):
            inside.addLayout(limited(part, self._theme.px(1100)))
        inside.addStretch(1)
        self._scroll = scrolled(body, words.TITLE)
        self.outer.addWidget(self._scroll, 1)
        self.outer.addWidget(self._empty, 1)

    def bind(self, presenter: PartnersPresenter) -> None:
        """Every gesture goes to the presenter."""

        def save() -> None:
            presenter.save(self._typed())

        self.save.clicked.connect(save)
        for field in self._fields:
            field.entered.connect(save)
        self.test.clicked.connect(presenter.test)
        self.key.clicked.connect(presenter.copy_key)
        self.fresh.clicked.connect(lambda: presenter.choose(""))
        self.remove.clicked.connect(presenter.remove)
        self.rows.opened.connect(presenter.choose)
        self.rows.chosen.connect(presenter.choose)

    def _typed(self) -> Typed:
        numbers = self.numbers.text.replace(",", " ").split()
        return Typed(
            "",
            self.name.text.strip(),
            self.address.text.strip(),
            self.client.text.strip(),
            tuple(numbers),
        )

    def show_state(self, state: PartnersState) -> None:
        """Look like the state."""
        self._scroll.setVisible(state.may)
        self._empty.show_empty(state.empty)
        self.rows.setVisible(bool(state.rows))
        self.rows.show_rows(state.rows, state.selected)
        self._nobody.show_empty(state.nobody)
        self._head.setText(state.head)
        for each in (self.test, self.key, self.remove, self.fresh, self._key_advice):
            each.setVisible(state.known)
        for each in (self.save, self.test, self.remove):
            each.setEnabled(not state.busy)
        told = state.wrong or state.busy or state.said
        if told:
            bad = bool(state.wrong)
            icon = "circle-alert" if bad else "hourglass" if state.busy else "circle-check"
            self._said.say(told, tone="bad" if bad else "quiet", icon_name=icon)
        self._said.setVisible(bool(told))
        title, advice = state.verdict
        if title:
            self._verdict.say(
                f"{title}. {advice}",
                tone="quiet" if state.works else "bad",
                icon_name="circle-check" if state.works else "circle-alert",
            )
        self._verdict.setVisible(bool(title) and not state.busy)
        self._problem.show_problem(state.problem)
        if state.stamp != self._stamp:
            self._stamp = state.stamp
            form = state.form
            texts = (form.name, form.address, form.client_id, " ".join(form.numbers))
            for field, text in zip(self._fields, texts, strict=True):
                field.put(text)

    def start(self) -> None:
        """Where the keyboard begins."""
        self.start_at(self.name.input)
