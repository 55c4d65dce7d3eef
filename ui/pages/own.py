"""The page where everybody looks after their own way in."""

from functools import partial

from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout, QWidget

from carekraft_desktop.domain.attesting import Subject
from carekraft_desktop.presenters import wording_lock, wording_people
from carekraft_desktop.presenters import wording_own as words
from carekraft_desktop.presenters.own import OwnPresenter, OwnState
from ui.theme import Theme
from ui.widgets.fields import Field
from ui.widgets.part_page import PartPage
from ui.widgets.parts import NoteBox, button, card, column, label, limited, line, scrolled


class OwnPage(PartPage):
    """Shows an `OwnState`."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__(theme, words.TITLE)
        self._stamp = 0
        self._notes = {name: NoteBox(theme) for name in ("confirm", "pin", "word", "glass")}
        self._bars = NoteBox(theme)
        self._all = label(words.CONFIRM_ALL, "quiet", wrap=True)
        self.confirms = {subject: button(each.title) for subject, each in words.CONFIRM.items()}
        self._lines: dict[Subject, QWidget] = {}
        self._pin_stands = label("", "value")
        self.pin = Field(
            theme, wording_lock.PIN_NEW.title, secret=True, hint=wording_lock.PIN_NEW.advice
        )
        self.pin_again = Field(theme, wording_lock.PIN_AGAIN, secret=True)
        self.keep_pin = button(wording_lock.PIN_KEEP, "primary")
        self.no_pin = button(wording_lock.PIN_GIVE_UP)
        self.old = Field(theme, words.WORD_OLD, secret=True)
        self.new = Field(theme, words.WORD_NEW.title, secret=True, hint=words.WORD_NEW.advice)
        self.new_again = Field(theme, words.WORD_AGAIN, secret=True)
        self.code = Field(theme, wording_people.CODE.title, secret=True)
        self.change = button(words.WORD_GO, "primary")
        self.glass = button(words.GLASS_GO)
        self.reasons = {reason: button(each) for reason, each in words.REASON.items()}
        self._not_now = button("Not now")
        self._glass_card = self._build()

    def _build(self) -> QFrame:
        body = QWidget()
        inside = column(body, margin=16, gap=16)
        glass = self._glass()
        for frame in (self._confirming(), self._pins(), self._word(), glass):
            inside.addLayout(limited(frame, self._theme.px(760)))
        inside.addStretch(1)
        self.outer.addWidget(scrolled(body, words.TITLE), 1)
        return glass

    def _titled(self, title: str, advice: str = "") -> tuple[QFrame, QVBoxLayout]:
        frame, inside = card(18)
        # Never less than its content needs, however much the page holds.
        frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        inside.setSpacing(10)
        inside.addWidget(label(title, "head"))
        if advice:
            inside.addWidget(label(advice, "quiet", wrap=True))
        return frame, inside

    def _confirming(self) -> QFrame:
        frame, inside = self._titled(words.CONFIRM_TITLE)
        inside.addWidget(self._all)
        inside.addWidget(self._bars)
        for subject, each in words.CONFIRM.items():
            part = QWidget()
            within = column(part, gap=6)
            within.addWidget(label(each.advice, "quiet", wrap=True))
            foot = line()
            foot.addWidget(self.confirms[subject])
            foot.addStretch(1)
            within.addLayout(foot)
            self._lines[subject] = part
            inside.addWidget(part)
        inside.addWidget(self._notes["confirm"])
        return frame

    def _pins(self) -> QFrame:
        frame, inside = self._titled(wording_lock.PIN_TITLE, wording_lock.PIN_ADVICE)
        for each in (self._pin_stands, self.pin, self.pin_again, self._notes["pin"]):
            inside.addWidget(each)
        foot = line(gap=8)
        foot.addWidget(self.keep_pin)
        foot.addWidget(self.no_pin)
        foot.addStretch(1)
        inside.addLayout(foot)
        return frame

    def _word(self) -> QFrame:
        frame, inside = self._titled(words.WORD_TITLE, words.WORD_ADVICE)
        for each in (self.old, self.new, self.new_again, self.code, self._notes["word"]):
            inside.addWidget(each)
        foot = line(gap=8)
        foot.addWidget(self.change)
        foot.addStretch(1)
        inside.addLayout(foot)
        return frame

    def _glass(self) -> QFrame:
        frame, inside = self._titled(words.GLASS_TITLE, words.GLASS_ADVICE)
        for each in (self.glass, *self.reasons.values(), self._not_now):
            foot = line()
            foot.addWidget(each)
            foot.addStretch(1)
            inside.addLayout(foot)
        inside.addWidget(self._notes["glass"])
        return frame

    def bind(self, presenter: OwnPresenter) -> None:
        """Every gesture goes to the presenter."""

        def pin() -> None:
            presenter.choose_pin(self.pin.text, self.pin_again.text)

        def word() -> None:
            presenter.change_password(
                self.old.text, self.new.text, self.new_again.text, self.code.text.strip()
            )

        self.keep_pin.clicked.connect(pin)
        for field in (self.pin, self.pin_again):
            field.entered.connect(pin)
        self.no_pin.clicked.connect(presenter.give_up_pin)
        self.change.clicked.connect(word)
        for field in (self.old, self.new, self.new_again, self.code):
            field.entered.connect(word)
        for subject, each in self.confirms.items():
            each.clicked.connect(partial(presenter.confirm, subject))
        self.glass.clicked.connect(lambda: presenter.ask_reason(on=True))
        self._not_now.clicked.connect(lambda: presenter.ask_reason(on=False))
        for reason, each in self.reasons.items():
            each.clicked.connect(partial(presenter.break_glass, reason))

    def show_state(self, state: OwnState) -> None:
        """Look like the state."""
        self._all.setVisible(not state.due)
        if state.barred and state.due:
            self._bars.say(words.CONFIRM_BARS, tone="warn", icon_name="triangle-alert")
        self._bars.setVisible(state.barred and bool(state.due))
        for subject, part in self._lines.items():
            part.setVisible(subject in state.due)
        there = wording_lock.PIN_THERE if state.has_pin else wording_lock.PIN_NONE
        self._pin_stands.setText(there)
        self.no_pin.setVisible(state.has_pin)
        self.code.setVisible(state.needs_code)
        alone = wording_people.LENGTH_ALONE
        self.new.say("", alone if state.needs_code else words.WORD_NEW.advice)
        self._glass_card.setVisible(state.may_break)
        self.glass.setVisible(not state.breaking)
        for each in (*self.reasons.values(), self._not_now):
            each.setVisible(state.breaking)
        self._tell(state)
        if state.stamp != self._stamp:
            self._stamp = state.stamp
            for field in (self.pin, self.pin_again, self.old, self.new, self.new_again, self.code):
                field.wipe()

    def _tell(self, state: OwnState) -> None:
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
        due = [self.confirms[subject] for subject, part in self._lines.items() if part.isVisible()]
        if due:
            due[0].setFocus()
        else:
            self.pin.focus()
