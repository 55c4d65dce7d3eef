"""Referrals: folders at the left, their list, the one that is looked at; or the way to a new one."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QSignalBlocker, QSize, Qt
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QListWidget,
    QListWidgetItem,
    QWidget,
)

from carekraft_desktop.presenters import wording_referrals as words
from carekraft_desktop.presenters.referral_board_state import HEADS, FolderState, ReferralsState
from carekraft_desktop.presenters.referral_wizard import Wizard
from carekraft_desktop.presenters.referrals import ReferralsPresenter
from ui.keys import REFERRALS, keys_of
from ui.theme import Theme
from ui.widgets.pages import Pages
from ui.widgets.parts import EmptyView, NoteBox, button, card, column, label, line, sized_icon
from ui.widgets.referral_pane import ReferralPane
from ui.widgets.referral_steps import ReferralSteps
from ui.widgets.rows import Rows

_KEY = Qt.ItemDataRole.UserRole
_PANE, _FOLDERS, _NARROW = 340, 200, 900


class ReferralsPage(QWidget):
    """Shows a `ReferralsState`."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_state`."""
        super().__init__()
        self.setObjectName("page")
        self._theme = theme
        self._state: ReferralsState | None = None
        self._folders_shown: tuple[FolderState, ...] = ()
        self.folders = QListWidget()
        self.folders.setAccessibleName("Folders")
        self.folders.setProperty("ownFocus", "yes")
        self.folders.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.rows = Rows(
            theme,
            HEADS,
            name="Referrals",
            patients="referrals",
            weights=(22, 27, 25, 31),
            narrow=560,
            first_to_go=(3, 2),
        )
        self.pane = ReferralPane(theme)
        self.steps = ReferralSteps(theme)
        self._begin = button("New referral", "primary", tip="New referral (N)")
        self._notice, self._problem = NoteBox(theme), NoteBox(theme)
        self._empty = EmptyView(theme)
        self._build()
        theme.changed.connect(self._resize)
        self._resize()

    def _build(self) -> None:
        outer = column(self)
        header = QFrame()
        header.setObjectName("header")
        across = line(header, gap=12)
        across.setContentsMargins(16, 11, 16, 11)
        across.addWidget(label(words.TITLE, "title"))
        across.addStretch(1)
        across.addWidget(self._begin)
        outer.addWidget(header)
        body = QWidget()
        inside = column(body, margin=16, gap=12)
        inside.addWidget(self._notice)
        inside.addWidget(self._problem)
        self._stack = Pages()
        self._board = QWidget()
        self._stack.addWidget(self._board)
        self._stack.addWidget(self.steps)
        inside.addWidget(self._stack, 1)
        outer.addWidget(body, 1)
        sides = line(self._board, gap=16)
        self._left, folders = card(1)
        folders.addWidget(self.folders)
        middle, list_ = card(1)
        list_.addWidget(self.rows, 1)
        list_.addWidget(self._empty, 1)
        self._right, right = card(1)
        right.addWidget(self.pane)
        sides.addWidget(self._left)
        self._both = line(gap=16)
        self._both.addWidget(middle, 1)
        self._both.addWidget(self._right)
        sides.addLayout(self._both, 1)

    # -- gestures -----------------------------------------------------------------------

    def bind(self, presenter: ReferralsPresenter) -> None:
        """Every gesture goes to the presenter."""
        self.folders.currentItemChanged.connect(partial(self._choose, presenter))
        self.rows.chosen.connect(presenter.choose)
        self.rows.opened.connect(lambda _key: presenter.do("open"))
        self.pane.did.connect(presenter.do)
        self.pane.picked.connect(presenter.pick)
        self._begin.clicked.connect(presenter.begin)
        self._notice.button.clicked.connect(presenter.record_agreement)
        self._bind_steps(presenter)
        self._keys(presenter)

    def _choose(
        self,
        presenter: ReferralsPresenter,
        current: QListWidgetItem | None,
        _before: QListWidgetItem | None,
    ) -> None:
        if current is not None and self._state is not None:
            presenter.choose_folder(str(current.data(_KEY)))

    def _bind_steps(self, presenter: ReferralsPresenter) -> None:
        steps = self.steps

        def on(do: Callable[[Wizard], None]) -> None:
            if presenter.wizard is not None:
                do(presenter.wizard)

        steps.taken.connect(lambda row: on(lambda wizard: wizard.take(row)))
        steps.starred.connect(lambda row: on(lambda wizard: wizard.star(row)))
        steps.agreed.connect(lambda yes: on(lambda wizard: wizard.agree(agreed=yes)))
        steps.acting.connect(lambda row: on(lambda wizard: wizard.act_for(row)))
        steps.narrowed.connect(
            lambda name, value: on(lambda wizard: wizard.narrow(**{name: value}))
        )
        steps.chose_how.connect(
            lambda name, value: on(lambda wizard: wizard.choose_how(**{name: value}))
        )
        steps.called.connect(lambda: on(lambda wizard: wizard.call()))
        steps.forth.connect(lambda: on(lambda wizard: wizard.next()))
        steps.sent.connect(lambda: on(lambda wizard: wizard.send()))
        steps.back.connect(presenter.leave_wizard)

    def _keys(self, presenter: ReferralsPresenter) -> None:
        def unless_steps(name: str) -> Callable[[], None]:
            return lambda: presenter.do(name) if presenter.wizard is None else None

        does: dict[str, Callable[[], None]] = {
            "new-referral": lambda: presenter.begin() if presenter.wizard is None else None,
            "close-referral": presenter.close,
            "send-referral": lambda: presenter.wizard.send() if presenter.wizard else None,
        }
        for name, keys in keys_of(REFERRALS).items():
            call = does.get(name) or unless_steps(name.removesuffix("-referral"))
            for key in keys:
                shortcut = QShortcut(QKeySequence(key), self)
                shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
                shortcut.activated.connect(call)

    # -- filling ------------------------------------------------------------------------

    def show_state(self, state: ReferralsState) -> None:
        """Look like the state."""
        before, self._state = self._state, state
        self._begin.setEnabled(state.may_begin)
        self._begin.setVisible(state.wizard is None)
        self._problem.show_problem(state.problem if state.wizard is None else None)
        notice = state.notice
        if notice is None:
            self._notice.hide()
        else:
            action = words.RECORD_AGREEMENT if state.can_record else ""
            self._notice.say(
                notice.title, notice.advice, tone="warn", icon_name="shield-off", action=action
            )
        self._show_folders(state)
        self.rows.setVisible(bool(state.rows))
        self.rows.show_rows(state.rows, state.selected)
        self._empty.show_empty(state.empty)
        if state.pane is not None:
            self.pane.show_pane(state.pane)
        else:
            self.pane.forget()
        self._take_turns()
        if state.wizard is not None:
            self._stack.setCurrentWidget(self.steps)
            self.steps.show_wizard(state.wizard)
        elif before is not None and before.wizard is not None:
            self.steps.forget()
            self._stack.setCurrentWidget(self._board)
            self.start()

    def _show_folders(self, state: ReferralsState) -> None:
        quiet = QSignalBlocker(self.folders)
        if state.folders != self._folders_shown:
            self._folders_shown = state.folders
            self.folders.clear()
            for each in state.folders:
                self._add_folder(each)
        for row in range(self.folders.count()):
            if self.folders.item(row).data(_KEY) == state.chosen:
                self.folders.setCurrentRow(row)
        quiet.unblock()

    def _add_folder(self, each: FolderState) -> None:
        item = QListWidgetItem(f"{each.words}   {each.count}" if each.count else each.words)
        item.setData(_KEY, each.key)
        spoken = f"{each.words}, {each.count}" if each.count else each.words
        item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken)
        item.setSizeHint(QSize(0, self._theme.px(34)))
        if each.urgent:
            item.setFont(self._theme.font(13, 600))
        self.folders.addItem(item)

    def _narrow(self) -> bool:
        return self.width() / self._theme.factor < _NARROW

    def _take_turns(self) -> None:
        """In a narrow window the pane stands below the list."""
        state, narrow = self._state, self._narrow()
        self._right.setVisible(state is not None and state.pane is not None)
        way = QBoxLayout.Direction
        self._both.setDirection(way.TopToBottom if narrow else way.LeftToRight)
        self._both.setStretch(1, 1 if narrow else 0)
        if narrow:
            self._right.setMinimumWidth(0)
            self._right.setMaximumWidth(16_777_215)
        else:
            self._right.setFixedWidth(self._theme.px(_PANE))
        self.steps.make_narrow(narrow=narrow)

    def _resize(self) -> None:
        self._left.setFixedWidth(self._theme.px(_FOLDERS))
        sized_icon(self._theme, self._begin, "calendar-plus", "on_accent")
        self._take_turns()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wide or narrow."""
        super().resizeEvent(event)
        self._take_turns()

    def minimumSizeHint(self) -> QSize:
        """What is beside the list goes where there is no room for it."""
        return QSize(self._theme.px(320), super().minimumSizeHint().height())

    def start(self) -> None:
        """Where the keyboard begins."""
        if self._state is not None and self._state.wizard is not None:
            self.steps.start()
        elif self._state is not None and self._state.rows:
            self.rows.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.folders.setFocus(Qt.FocusReason.OtherFocusReason)
