"""A request that has just come, over the lower right of whatever page one is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QFrame, QWidget
from shiboken6 import isValid

from carekraft_desktop.domain.acts import Act
from carekraft_desktop.presenters import wording_desk as words
from ui.widgets.banner import announce
from ui.widgets.option_list import OptionList
from ui.widgets.parts import button, column, label, line

if TYPE_CHECKING:
    from collections.abc import Callable

    from carekraft_desktop.presenters.knock import Knock, KnockState
    from ui.theme import Theme


_WIDE = 340
"""Logical pixels at 100 % that a question takes."""


class KnockBox(QFrame):
    """Shows a `KnockState`; never takes the keyboard by itself.

    With the keyboard here, the letters that answer a visit on its page answer the request.
    """

    def __init__(self, theme: Theme, over: QWidget) -> None:
        """Hidden, over `over`."""
        super().__init__(over)
        self._theme, self._over = theme, over
        self._presenter: Knock | None = None
        self._came_from: QWidget | None = None
        self.setObjectName("knock")
        self.setAccessibleName(words.KNOCK_NAME)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._head, self._more = label("", "small"), label("", "quiet")
        self._name, self._wants = label("", "head"), label("", "value")
        self._ask = label("", "quiet", wrap=True)
        self.answers = OptionList(theme, words.KNOCK_ANSWERS)
        self.answers.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.accept = button(words.KNOCK_ACCEPT, "primary", tip=words.KNOCK_TIP)
        self.decline = button(words.KNOCK_DECLINE, tip=words.KNOCK_TIPS["decline"])
        self.propose = button(words.KNOCK_PROPOSE, tip=words.KNOCK_TIPS["propose"])
        self.later = button(words.KNOCK_LATER, tip=words.KNOCK_TIPS["later"])
        self.on_its_day = button(words.KNOCK_ON_ITS_DAY)
        self.back = button(words.KNOCK_BACK, tip=f"{words.KNOCK_BACK} (Esc)")
        self._build()
        over.installEventFilter(self)
        theme.changed.connect(self._fit)
        self.hide()

    def _build(self) -> None:
        inside = column(self, margin=14, gap=4)
        for told in (self._head, self._name, self._wants, self._more, self._ask, self.answers):
            inside.addWidget(told)
        inside.addSpacing(6)
        foot = line(gap=8)
        for each in (
            *(self.accept, self.decline, self.propose, self.later),
            *(self.on_its_day, self.back),
        ):
            foot.addWidget(each)
        foot.addStretch(1)
        inside.addLayout(foot)

    def bind(self, presenter: Knock) -> None:
        """The buttons go to this presenter."""
        self._presenter = presenter
        self.accept.clicked.connect(presenter.accept)
        self.decline.clicked.connect(lambda: presenter.ask(Act.DECLINE))
        self.propose.clicked.connect(lambda: presenter.ask(Act.PROPOSE))
        self.later.clicked.connect(presenter.later)
        self.answers.taken.connect(presenter.pick)
        self.on_its_day.clicked.connect(presenter.on_its_day)
        self.back.clicked.connect(presenter.back)

    def show_state(self, state: KnockState | None) -> None:
        """Look like it; the keyboard goes back where it was once nothing waits."""
        had = self._has_keyboard()
        told = (self._head, self._name, self._wants, self._more, self._ask)
        if state is None:
            for each in told:
                each.clear()
            self.answers.show_options(())
            self.hide()
            if had and self._came_from is not None and isValid(self._came_from):
                self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
            self._came_from = None
            return
        before = tuple(each.text() for each in told)
        for each, said in zip(
            told, (state.head, state.name, state.wants, state.more, state.ask), strict=True
        ):
            each.setText(said)
        self._show_question(state)
        self.show()
        self._fit()
        self.raise_()
        if had and (state.ask != before[-1] or not self._has_keyboard()):
            self._to_first()
        if state.ask and state.ask != before[-1]:
            announce(self, state.ask)
        elif (state.head, state.name) != before[:2]:
            announce(self, words.KNOCK_SPOKEN.format(head=state.head))

    def _show_question(self, state: KnockState) -> None:
        asked = bool(state.ask)
        self._more.setVisible(bool(state.more) and not asked)
        self._ask.setVisible(asked)
        self.answers.show_options(state.answers)
        self.answers.setVisible(bool(state.answers))
        for each in (self.accept, self.decline, self.propose, self.later):
            each.setVisible(not asked)
        self.on_its_day.setVisible(state.on_its_day)
        self.back.setVisible(asked)

    def _fit(self) -> None:
        """As large as what is asked; all of it is seen without scrolling."""
        rows = range(self.answers.count())
        self.answers.setFixedHeight(
            sum(self.answers.sizeHintForRow(row) for row in rows) + 2 * self.answers.frameWidth()
        )
        self.setMinimumWidth(self._theme.px(_WIDE))
        self.adjustSize()
        self._place()

    def _has_keyboard(self) -> bool:
        focus = QApplication.focusWidget()
        return focus is not None and (focus is self or self.isAncestorOf(focus))

    def _to_first(self) -> None:
        """To what answers: the list of a question, or the first button."""
        buttons = (self.accept, self.on_its_day, self.back)
        order = (self.answers, *buttons) if self.answers.count() else buttons
        first = next(each for each in order if not each.isHidden())
        first.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def enter(self) -> None:
        """The keyboard comes here."""
        if not self.isHidden():
            if not self._has_keyboard():
                self._came_from = self.window().focusWidget()
            self._to_first()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the window changes."""
        if watched is self._over and event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """A, D and P answer as they do on the day; Esc leads out of the question, or puts it off."""
        presenter = self._presenter
        if presenter is None:
            super().keyPressEvent(event)
            return
        does: dict[int, Callable[[], None]] = {Qt.Key.Key_Escape: presenter.back}
        if not self.accept.isHidden():
            does |= {
                Qt.Key.Key_A: presenter.accept,
                Qt.Key.Key_D: lambda: presenter.ask(Act.DECLINE),
                Qt.Key.Key_P: lambda: presenter.ask(Act.PROPOSE),
            }
        do = does.get(event.key())
        if do is None or event.modifiers() != Qt.KeyboardModifier.NoModifier:
            super().keyPressEvent(event)
            return
        do()

    def _place(self) -> None:
        around, air = self._over.rect(), self._theme.px(16)
        self.move(around.right() - self.width() - air, around.bottom() - self.height() - air)
