"""A request that has just come, over the lower right of whatever page one is on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QWidget

from carekraft_desktop.domain.acts import Act
from carekraft_desktop.presenters import wording_desk as words
from ui.widgets.banner import announce
from ui.widgets.parts import button, column, label, line

if TYPE_CHECKING:
    from carekraft_desktop.presenters.knock import Knock, KnockState
    from ui.theme import Theme


class KnockBox(QFrame):
    """Shows a `KnockState`; never takes the keyboard by itself."""

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
        self.accept = button(words.KNOCK_ACCEPT, "primary", tip=words.KNOCK_TIP)
        self.decline = button(words.KNOCK_DECLINE)
        self.propose = button(words.KNOCK_PROPOSE)
        self.later = button(words.KNOCK_LATER)
        inside = column(self, margin=14, gap=4)
        for told in (self._head, self._name, self._wants, self._more):
            inside.addWidget(told)
        inside.addSpacing(6)
        foot = line(gap=8)
        for each in (self.accept, self.decline, self.propose, self.later):
            foot.addWidget(each)
        inside.addLayout(foot)
        over.installEventFilter(self)
        self.hide()

    def bind(self, presenter: Knock) -> None:
        """The buttons go to this presenter."""
        self._presenter = presenter
        self.accept.clicked.connect(presenter.accept)
        self.decline.clicked.connect(lambda: presenter.open(Act.DECLINE))
        self.propose.clicked.connect(lambda: presenter.open(Act.PROPOSE))
        self.later.clicked.connect(presenter.later)

    def show_state(self, state: KnockState | None) -> None:
        """Look like it; the keyboard goes back where it was once nothing waits."""
        if state is None:
            had = self.isAncestorOf(self.focusWidget()) if self.focusWidget() else False
            for each in (self._head, self._name, self._wants, self._more):
                each.clear()
            self.hide()
            if had and self._came_from is not None:
                self._came_from.setFocus(Qt.FocusReason.OtherFocusReason)
            self._came_from = None
            return
        new = self._head.text() != state.head or self._name.text() != state.name
        self._head.setText(state.head)
        self._name.setText(state.name)
        self._wants.setText(state.wants)
        self._more.setText(state.more)
        self._more.setVisible(bool(state.more))
        self.show()
        self.adjustSize()
        self._place()
        self.raise_()
        if new:
            announce(self, words.KNOCK_SPOKEN.format(head=state.head))

    def enter(self) -> None:
        """The keyboard comes here."""
        if not self.isHidden():
            self._came_from = self.window().focusWidget()
            self.accept.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay in the corner when the window changes."""
        if watched is self._over and event.type() == QEvent.Type.Resize and not self.isHidden():
            self._place()
        return False

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc puts it off."""
        if event.key() == Qt.Key.Key_Escape and self._presenter is not None:
            self._presenter.later()
            return
        super().keyPressEvent(event)

    def _place(self) -> None:
        around, air = self._over.rect(), self._theme.px(16)
        self.move(around.right() - self.width() - air, around.bottom() - self.height() - air)
