"""Beside a patient's request for a copy: what it costs, who else gets it, and who is not here now."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from carekraft_desktop.domain.asking import AFTER_ERASURE
from carekraft_desktop.presenters import wording_asked as words
from carekraft_desktop.presenters.asked_sheet import choices
from carekraft_desktop.presenters.asked_state import Choices, FeeState, RecipientState
from carekraft_desktop.presenters.pieces import Problem
from ui.theme import Theme
from ui.widgets.choice_step import ChoiceStep
from ui.widgets.fields import Field, Picker
from ui.widgets.parts import NoteBox, button, card, column, label, line, rule


class FeeBox(QWidget):
    """Three sums, and that the patient knows them."""

    put = Signal(str, str, str)
    told = Signal(str)

    def __init__(self, theme: Theme) -> None:
        """Hidden until there is something to pay."""
        super().__init__()
        self._stamp = -1
        self.fields = tuple(Field(theme, each) for each in words.FEE_PARTS)
        self.go = button(words.FEE_PUT)
        self.tell = ChoiceStep(theme, words.FEE_TELL)
        inside = column(self, gap=6)
        inside.addWidget(rule())
        inside.addWidget(label(words.FEE_TITLE, "strong"))
        inside.addWidget(label(words.FEE_ADVICE, "quiet", wrap=True))
        across = line(gap=8)
        for field in self.fields:
            field.entered.connect(self._put)
            across.addWidget(field)
        inside.addLayout(across)
        foot = line(gap=8)
        foot.addWidget(self.go)
        foot.addStretch(1)
        inside.addLayout(foot)
        inside.addWidget(self.tell)
        self.go.clicked.connect(self._put)
        self.tell.go.clicked.connect(lambda: self.told.emit(self.tell.code))
        self.hide()

    def _put(self) -> None:
        self.put.emit(*(field.text for field in self.fields))

    def show_fee(self, fee: FeeState | None, stamp: int) -> None:
        """Look like it; what is being typed stays until the stamp grows."""
        self.setVisible(fee is not None)
        if fee is None:
            return
        self.tell.show_choices(choices(words.FEE_TOLD) if fee.tell else Choices())
        if stamp != self._stamp:
            self._stamp = stamp
            sums = (fee.copying, fee.supplies, fee.postage)
            for field, sum_ in zip(self.fields, sums, strict=True):
                field.put(sum_.removeprefix("$"))


class RecipientBox(QWidget):
    """Who is named in the patient's writing, and where it goes."""

    put = Signal(str, str, str, str)

    def __init__(self, theme: Theme) -> None:
        """Hidden until a copy may go to somebody else."""
        super().__init__()
        self._stamp = -1
        self._codes: tuple[str, ...] = ()
        self.under = Picker(theme, words.THIRD_UNDER)
        self.name, self.address, self.signed = (Field(theme, each) for each in words.THIRD_FIELDS)
        self.go, self.back = button(words.THIRD_PUT), button(words.THIRD_BACK)
        self._named = label("", wrap=True)
        self._form = QWidget()
        inside = column(self, gap=6)
        inside.addWidget(rule())
        inside.addWidget(label(words.THIRD, "strong"))
        inside.addWidget(label(words.THIRD_ADVICE, "quiet", wrap=True))
        form = column(self._form, gap=6)
        form.addWidget(self.under)
        for field in (self.name, self.address, self.signed):
            field.entered.connect(self._put)
            form.addWidget(field)
        inside.addWidget(self._named)
        inside.addWidget(self._form)
        for each in (self.go, self.back):
            across = line(gap=8)
            across.addWidget(each)
            across.addStretch(1)
            inside.addLayout(across)
        self.under.currentIndexChanged.connect(lambda _: self._fit())
        self.go.clicked.connect(self._put)
        self.hide()

    @property
    def _code(self) -> str:
        return self._codes[max(self.under.currentIndex(), 0)] if self._codes else ""

    def _fit(self) -> None:
        """An authorization names the recipient and its day by itself."""
        for field in (self.name, self.signed):
            field.setVisible(not self._code)

    def _put(self) -> None:
        self.put.emit(self.name.text, self.address.text, self.signed.text, self._code)

    def show_recipient(self, recipient: RecipientState | None, stamp: int) -> None:
        """Look like it; what is being typed stays until the stamp grows."""
        self.setVisible(recipient is not None)
        if recipient is None:
            return
        for part in (self._form, self.go):
            part.setVisible(not recipient.named)
        for part in (self._named, self.back):
            part.setVisible(bool(recipient.named))
        self._named.setText(recipient.named)
        if recipient.under.codes != self._codes:
            self._codes = recipient.under.codes
            self.under.clear()
            self.under.addItems(list(recipient.under.words))
        if stamp != self._stamp:
            self._stamp = stamp
            self.under.setCurrentIndex(0)
            for field in (self.name, self.address, self.signed):
                field.put("")
        self.under.setVisible(len(self._codes) > 1)
        self._fit()


class FindBox(QWidget):
    """A booking number of somebody who was erased, and what they ask."""

    asked = Signal(str, str)

    def __init__(self, theme: Theme) -> None:
        """Hidden until it is shown to whoever answers patients."""
        super().__init__()
        self._stamp = -1
        self.number = Field(theme, words.FIND_NUMBER)
        self.kind = Picker(theme, words.FIND_FOR)
        self.kind.addItems([words.KIND[each] for each in AFTER_ERASURE])
        self.go = button(words.FIND_GO)
        self._problem = NoteBox(theme)
        frame, inside = card(14)
        inside.setSpacing(6)
        inside.addWidget(label(words.FIND_TITLE, "strong"))
        inside.addWidget(label(words.FIND_ADVICE, "quiet", wrap=True))
        inside.addWidget(self._problem)
        inside.addWidget(self.number)
        across = line(gap=8)
        across.addWidget(self.kind, 1)
        across.addWidget(self.go)
        inside.addLayout(across)
        column(self).addWidget(frame)
        self.number.entered.connect(self._ask)
        self.go.clicked.connect(self._ask)
        self.hide()

    def _ask(self) -> None:
        self.asked.emit(self.number.text, AFTER_ERASURE[self.kind.currentIndex()].value)

    def show_found(self, found: Problem | None, *, shown: bool, stamp: int) -> None:
        """Say why a number led to nobody; empty the field once it led to somebody."""
        self.setVisible(shown)
        self._problem.show_problem(found)
        if stamp != self._stamp:
            self._stamp = stamp
            self.number.put("")
