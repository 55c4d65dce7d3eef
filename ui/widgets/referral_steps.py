"""The way to a referral, step by step, with the summary beside it.

The one place to type is the directory's search; everything else is taken from lists.
"""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QStackedWidget, QWidget

from carekraft_desktop.presenters import wording_referrals as words
from carekraft_desktop.presenters.referral_wizard import At, Filters, How, WizardState
from ui.theme import Theme
from ui.widgets.facts import Facts
from ui.widgets.fields import Picker, Tick
from ui.widgets.option_list import OptionList
from ui.widgets.parts import (
    EmptyView,
    NoteBox,
    button,
    card,
    column,
    label,
    line,
    restyle,
    rule,
    scrolled,
    sized_icon,
)


class _Search(QLineEdit):
    """What the directory is searched by; the arrows lead into what was found."""

    down = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setPlaceholderText(words.SEARCH_HINT)
        self.setAccessibleName("Search the directory")
        self.setClearButtonEnabled(False)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and Enter go to the list."""
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.down.emit()
        else:
            super().keyPressEvent(event)


class ReferralSteps(QWidget):
    """Shows a `WizardState`."""

    taken = Signal(int)
    starred = Signal(int)
    agreed = Signal(bool)
    acting = Signal(int)
    narrowed = Signal(str, object)
    """Name and value of a choice that narrows the directory down."""
    chose_how = Signal(str, object)
    called = Signal()
    forth = Signal()
    sent = Signal()
    back = Signal()

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_wizard`."""
        super().__init__()
        self._theme = theme
        self._filling = self._slim = False
        self._state: WizardState | None = None
        self.search = _Search()
        self.options = OptionList(theme, "Choices")
        self.tick = Tick(theme, words.AGREE_TICK)
        self.on = button(words.ON, "primary")
        self.send = button(words.SEND, "primary", tip="Send (Ctrl+Enter)")
        self.call = button(words.CALL, "link")
        self._back = button("Back", tip="Back (Esc)")
        self._problem, self._warning = NoteBox(theme), NoteBox(theme)
        self._title, self._advice = label("", "title", wrap=True), label("", wrap=True)
        self._note, self._proof = label("", "quiet", wrap=True), label("", "small", wrap=True)
        self._residual = NoteBox(theme)
        self._empty = EmptyView(theme)
        self._marks = [label(each, "quiet") for each in words.STEPS]
        self._summary = Facts(theme, names=72)
        self._message = Facts(theme, names=190)
        self._script = label("", wrap=True)
        self._acting = Picker(theme, "On whose behalf")
        self._groups, self._distances = Picker(theme, "Specialty"), Picker(theme, "Distance")
        self._plans, self._languages = Picker(theme, "Plan"), Picker(theme, "Language")
        self._new_only = Tick(theme, words.NEW_ONLY)
        self._classes, self._modes = Picker(theme, "Visit"), Picker(theme, "Way of meeting")
        self._earliest = Tick(theme, words.FIELD["earliest_ok"])
        self._build()
        self._bind()
        theme.changed.connect(self._resize)
        self._resize()

    # -- building -----------------------------------------------------------------------

    def _build(self) -> None:
        outer = line(self, gap=16)
        frame, inside = card(0)
        inside.setContentsMargins(18, 14, 18, 16)
        inside.setSpacing(10)
        inside.addLayout(self._trail())
        inside.addWidget(rule())
        inside.addWidget(self._title)
        for each in (self._advice, self._problem, self._warning, self._residual):
            inside.addWidget(each)
        inside.addWidget(self._filters())
        inside.addWidget(self._middle(), 1)
        inside.addWidget(self._note)
        inside.addLayout(self._foot())
        outer.addWidget(frame, 1)
        self._side, beside = card(0)
        beside.setContentsMargins(16, 14, 14, 16)
        beside.setSpacing(10)
        beside.addWidget(label("Summary", "head"))
        beside.addWidget(self._summary)
        beside.addStretch(1)
        outer.addWidget(self._side)

    def _trail(self) -> QHBoxLayout:
        across = line(gap=16)
        for each in self._marks:
            across.addWidget(each)
        across.addStretch(1)
        return across

    def _filters(self) -> QWidget:
        self._narrow = QWidget()
        inside = column(self._narrow, gap=8)
        inside.addWidget(self.search)
        for pickers in ((self._groups, self._distances), (self._plans, self._languages)):
            across = line(gap=8)
            for each in pickers:
                each.setMinimumContentsLength(6)
                across.addWidget(each, 1)
            inside.addLayout(across)
        across.addWidget(self._new_only)
        return self._narrow

    def _middle(self) -> QStackedWidget:
        self._stack = QStackedWidget()
        agreement = QWidget()
        inside = column(agreement, gap=14)
        self._say = label("", wrap=True)
        behalf = line(gap=10)
        behalf.addWidget(label("On behalf of", "quiet"))
        behalf.addWidget(self._acting, 1)
        inside.addWidget(self._say)
        inside.addWidget(self.tick)
        inside.addLayout(behalf)
        inside.addStretch(1)
        check = QWidget()
        rows = column(check, gap=10)
        small = line(gap=10)
        for each in (self._classes, self._modes):
            each.setMinimumContentsLength(8)
            small.addWidget(each)
        small.addWidget(self._earliest)
        small.addStretch(1)
        rows.addLayout(small)
        page = QWidget()
        inner = column(page, margin=4, gap=8)
        inner.addWidget(self._message)
        inner.addWidget(self._proof)
        inner.addStretch(1)
        rows.addWidget(scrolled(page, "What will leave"), 1)
        script = QWidget()
        told = column(script)
        told.addWidget(self._script)
        told.addStretch(1)
        for page_ in (self.options, self._empty, agreement, check, script):
            self._stack.addWidget(page_)
        self._agreement, self._check, self._call_page = agreement, check, script
        return self._stack

    def _foot(self) -> QHBoxLayout:
        across = line(gap=8)
        across.addWidget(self._back)
        across.addWidget(self.call)
        across.addStretch(1)
        across.addWidget(self.on)
        across.addWidget(self.send)
        return across

    def _bind(self) -> None:
        self.options.taken.connect(self.taken)
        self.options.starred.connect(self.starred)
        self.search.textChanged.connect(lambda text: self._narrowed("typed", text))
        self.search.down.connect(lambda: self.options.setFocus(Qt.FocusReason.OtherFocusReason))
        self.tick.clicked.connect(self.agreed)
        self._acting.activated.connect(self.acting)
        for name, picker in (
            ("group", self._groups),
            ("distance", self._distances),
            ("plan", self._plans),
            ("language", self._languages),
        ):
            picker.activated.connect(lambda row, name=name: self._narrowed(name, row))
        self._new_only.clicked.connect(lambda on: self._narrowed("new_only", on))
        self._classes.activated.connect(lambda row: self.chose_how.emit("first_visit", row == 0))
        self._modes.activated.connect(lambda row: self.chose_how.emit("mode", row))
        self._earliest.clicked.connect(lambda on: self.chose_how.emit("earliest_ok", on))
        self.on.clicked.connect(self.forth)
        self.send.clicked.connect(self.sent)
        self.call.clicked.connect(self.called)
        self._back.clicked.connect(self.back)

    def _narrowed(self, name: str, value: object) -> None:
        if not self._filling:
            self.narrowed.emit(name, value)

    def make_narrow(self, *, narrow: bool) -> None:
        """Without the summary and the names of the other steps, where there is no room."""
        self._side.setVisible(not narrow)
        self._slim = narrow
        if self._state is not None:
            self._trail_at(self._state.at)

    def _resize(self) -> None:
        self._side.setFixedWidth(self._theme.px(290))
        sized_icon(self._theme, self.send, "send", "on_accent")
        sized_icon(self._theme, self.call, "phone", "accent_text")

    # -- filling ------------------------------------------------------------------------

    def show_wizard(self, state: WizardState) -> None:
        """Look like the state; a new step takes the keyboard."""
        before, self._state = self._state, state
        self._filling = True
        self._trail_at(state.at)
        self._title.setText(state.title)
        self._advice.setText(state.advice)
        self._advice.setVisible(bool(state.advice))
        self._problem.show_problem(state.problem)
        _say_or_hide(self._warning, state.warning, "warn", "triangle-alert")
        _say_or_hide(self._residual, state.residual, "quiet", "info")
        self._summary.show_facts(state.summary)
        self._show_filters(state.filters)
        self._show_middle(state)
        self._note.setText(state.note if state.at is not At.AGREE else "")
        self._note.setVisible(bool(self._note.text()))
        self.call.setVisible(state.can_call and not state.script)
        self.on.setVisible(state.at is At.TIME and state.can_send and not state.script)
        self.send.setVisible(state.at is At.CHECK)
        self.send.setEnabled(state.can_send)
        self.send.setText(state.send)
        self._filling = False
        if before is None or (before.at, not before.script) != (state.at, not state.script):
            self.start()
        elif before.empty is not None and state.options and not self.search.text():
            self.start()  # what was waited for has come

    def forget(self) -> None:
        """The wizard is over; nothing of it stays."""
        self._state = None
        self._filling = True
        self.search.clear()
        self.options.show_options(())
        for each in (self._summary, self._message):
            each.show_facts(())
        self._filling = False

    def _trail_at(self, at: At) -> None:
        for step, mark in enumerate(self._marks):
            kind = "strong" if step == at else "quiet"
            done = step < at
            name = "" if self._slim and step != at else f"  {words.STEPS[step]}"
            mark.setText(f"{step + 1}{name}" + (" ✓" if done else ""))
            if mark.objectName() != kind:
                mark.setObjectName(kind)
                restyle(mark)

    def _show_filters(self, filters: Filters | None) -> None:
        self._narrow.setVisible(filters is not None)
        if filters is None:
            return
        for picker, texts, row in (
            (self._groups, filters.groups, filters.group),
            (self._distances, filters.distances, filters.distance),
            (self._plans, filters.plans, filters.plan),
            (self._languages, filters.languages, filters.language),
        ):
            _fill(picker, texts, row)
        self._plans.setVisible(len(filters.plans) > 1)
        self._new_only.setChecked(filters.new_only)
        if self.search.text() != filters.typed:
            self.search.setText(filters.typed)

    def _show_middle(self, state: WizardState) -> None:
        if state.script:
            self._script.setText("\n\n".join(state.script))
            self._stack.setCurrentWidget(self._call_page)
        elif state.at is At.AGREE:
            self._say.setText(state.note)
            self.tick.setChecked(state.agreed)
            _fill(self._acting, state.referring, state.acting_for)
            self._stack.setCurrentWidget(self._agreement)
        elif state.at is At.CHECK:
            self._show_how(state.how)
            self._message.show_facts(state.message)
            self._proof.setText(state.proof)
            self._stack.setCurrentWidget(self._check)
        elif state.empty is not None:
            self._empty.show_empty(state.empty)
            self._stack.setCurrentWidget(self._empty)
        else:
            self.options.show_options(state.options)
            self._stack.setCurrentWidget(self.options)

    def _show_how(self, how: How | None) -> None:
        if how is None:
            return
        texts = (words.VISIT_CLASS["NEW"], words.VISIT_CLASS["RETURNING"])
        _fill(self._classes, texts, 0 if how.first_visit else 1)
        _fill(self._modes, how.modes, how.mode)
        self._earliest.setChecked(how.earliest_ok)

    def start(self) -> None:
        """Where the keyboard begins on this step."""
        state = self._state
        first: QWidget = self.options
        if state is None or state.script:
            first = self._back
        elif state.at is At.AGREE:
            first = self.tick
        elif state.at is At.CHECK:
            first = self.send if state.can_send else self._back
        elif state.empty is not None:
            first = self.search if state.filters is not None else self._back
        first.setFocus(Qt.FocusReason.OtherFocusReason)


def _fill(picker: Picker, texts: tuple[str, ...], row: int) -> None:
    if [picker.itemText(n) for n in range(picker.count())] != list(texts):
        picker.clear()
        picker.addItems(list(texts))
    picker.setCurrentIndex(row)


def _say_or_hide(box: NoteBox, text: str, tone: str, icon_name: str) -> None:
    if text:
        box.say(text, tone=tone, icon_name=icon_name)
    else:
        box.hide()
