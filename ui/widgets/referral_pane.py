"""The referral that is looked at: how it stands, what was sent, and what can be done."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QWidget

from carekraft_desktop.presenters.referral_board_state import Deed, PaneState
from ui.theme import Theme
from ui.widgets.facts import Facts
from ui.widgets.option_list import OptionList
from ui.widgets.parts import (
    Chip,
    Elided,
    button,
    column,
    empty_layout,
    label,
    rule,
    scrolled,
    sized_icon,
)


class ReferralPane(QWidget):
    """Shows a `PaneState`."""

    did = Signal(str)
    picked = Signal(int)

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_pane`."""
        super().__init__()
        self._theme = theme
        self._deeds: tuple[Deed, ...] = ()
        self._name, self._mark = Elided("name"), Chip(theme)
        self._sentences = label("", wrap=True)
        self._facts, self._message = Facts(theme), Facts(theme, names=130)
        self._head = label("What was sent", "label")
        self._ask = label("", "label", wrap=True)
        self.asking = OptionList(theme, "Choices")
        self.asking.taken.connect(self.picked)
        self._buttons = column(gap=8)
        page = QWidget()
        inner = column(page, gap=10)
        inner.setContentsMargins(0, 0, 6, 0)
        inner.addWidget(self._sentences)
        inner.addWidget(self._facts)
        self._edge = rule()
        inner.addWidget(self._edge)
        inner.addWidget(self._head)
        inner.addWidget(self._message)
        inner.addStretch(1)
        self._page = scrolled(page, "Referral")
        inside = column(self, gap=10)
        inside.setContentsMargins(16, 14, 10, 16)
        inside.addWidget(self._name)
        inside.addWidget(self._mark, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self._page, 1)
        inside.addWidget(self._ask)
        inside.addWidget(self.asking, 1)
        inside.addLayout(self._buttons)

    def show_pane(self, state: PaneState) -> None:
        """Look like the state."""
        self._name.say(state.title)
        self._mark.show_mark(state.mark)
        self._sentences.setText(" ".join(state.sentences))
        self._sentences.setVisible(bool(state.sentences))
        self._facts.show_facts(state.facts)
        self._message.show_facts(state.message, state.raw)
        for each in (self._head, self._edge):
            each.setVisible(bool(state.message))
        asking = bool(state.asking)
        self._page.setVisible(not asking)
        self._ask.setVisible(asking)
        self._ask.setText(state.ask)
        was = self.asking.isVisibleTo(self)
        self.asking.setVisible(asking)
        self.asking.show_options(state.asking)
        if asking and not was:
            self.asking.setFocus(Qt.FocusReason.OtherFocusReason)
        self._show_deeds(state.deeds)

    def forget(self) -> None:
        """Nothing is looked at."""
        self._name.say("")
        for each in (self._facts, self._message):
            each.show_facts(())

    def _show_deeds(self, deeds: tuple[Deed, ...]) -> None:
        if deeds == self._deeds:
            return
        self._deeds = deeds
        empty_layout(self._buttons)
        for deed in deeds:
            self._buttons.addWidget(self._button(deed))

    def _button(self, deed: Deed) -> QPushButton:
        kind = "primary" if deed.primary else "danger" if deed.danger else ""
        found = button(deed.words, kind, tip=f"{deed.words} ({deed.key})")
        colour = "on_accent" if deed.primary else "danger" if deed.danger else "text"
        sized_icon(self._theme, found, deed.icon, colour)
        found.clicked.connect(partial(self.did.emit, deed.name))
        return found
