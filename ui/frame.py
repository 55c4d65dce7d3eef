"""What is around the pages while the store is open: sidebar, banner, toast, and the pages."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QFrame, QWidget
from shiboken6 import isValid

from carekraft_desktop.presenters.again import Again, AgainState
from carekraft_desktop.presenters.palette import PalettePresenter, PaletteState
from carekraft_desktop.presenters.shell import OPEN_PAGES, Page, ShellState
from ui.keys import EVERYWHERE, LISTS, OUTBOX, PERSON, REFERRALS, REVIEWS, TODAY, keys_of
from ui.pages.today import TodayPage
from ui.rooms import Rooms
from ui.theme import Theme
from ui.widgets.again_sheet import AgainSheet
from ui.widgets.banner import BannerBar, ToastBox
from ui.widgets.keys_sheet import KeysSheet
from ui.widgets.knock_box import KnockBox
from ui.widgets.pages import Pages
from ui.widgets.palette import Palette
from ui.widgets.parts import NoteBox, column, line
from ui.widgets.sidebar import Sidebar, SyncLine

_SLIM_BELOW = 1080
"""Width at 100 % below which the sidebar shows icons only."""
_KEYS_OF = {
    Page.TODAY: TODAY,
    Page.OUTBOX: OUTBOX,
    Page.LISTS: LISTS,
    Page.PERSON: PERSON,
    Page.REVIEWS: REVIEWS,
    Page.REFERRALS: REFERRALS,
}


class Frame(QWidget):
    """Made when the store opens, and gone when it is locked."""

    went = Signal(object)
    """A `Page`."""
    locked = Signal()
    switched = Signal()
    """A colleague is to sit down here."""
    synced = Signal()
    """Talk to the exchange now."""
    searched = Signal()
    """Open the palette."""
    undone = Signal(str)
    moved = Signal()
    """Another page is in front."""
    problem_read = Signal()

    def __init__(self, theme: Theme) -> None:
        """With the day, still empty; the other pages are made when somebody goes there."""
        super().__init__()
        self.setObjectName("page")
        self._theme = theme
        # Each has its place before it is filled: what moves is styled anew with all it holds.
        self.sidebar = Sidebar(theme, self)
        self.banner = BannerBar(theme, self)
        self.glass = NoteBox(theme, self)
        """That somebody sees more than their role allows; hidden otherwise."""
        self.stack = Pages(self)
        self.today = TodayPage(theme, self.stack)
        self.stack.addWidget(self.today)
        self.rooms = Rooms(self.stack)
        self.toast = ToastBox(theme, self.stack)
        self.knock = KnockBox(theme, self.stack)
        self._strip = QFrame(self)
        self._strip.setObjectName("strip")
        self._sync = SyncLine(theme)
        self._sheet: KeysSheet | None = None
        self.finder: Palette | None = None
        """What lies over the pages while somebody looks for something."""
        self.again: AgainSheet | None = None
        """The question for the password, while it is asked."""
        self._finding: PalettePresenter | None = None
        self._came_from: QWidget | None = None
        self._page = Page.UNLOCK
        self._build()
        theme.changed.connect(self._fit)

    def _build(self) -> None:
        across = line(self, gap=0)
        across.addWidget(self.sidebar)
        right = column()
        right.addWidget(self.glass)
        right.addWidget(self.banner)
        right.addWidget(self.stack, 1)
        inside = line(self._strip)
        inside.setContentsMargins(16, 5, 16, 5)
        inside.addWidget(self._sync, 1)
        right.addWidget(self._strip)
        across.addLayout(right, 1)
        self.sidebar.went.connect(self.went)
        self.sidebar.locked.connect(self.locked)
        self.sidebar.searched.connect(self.searched)
        self.banner.asked.connect(self.synced)
        self.banner.dismissed.connect(self.problem_read)
        self.toast.undone.connect(self.undone)
        does: dict[str, Callable[[], None]] = {
            "lock": self.locked.emit,
            "switch": self.switched.emit,
            "keys": self.show_keys,
            "sync": self.synced.emit,
            "find": self.searched.emit,
            "knock": self.knock.enter,
        }
        for name, keys in keys_of(EVERYWHERE).items():
            call = does.get(name) or self._going(Page(name))
            for key in keys:
                shortcut = QShortcut(QKeySequence(key), self)
                shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
                shortcut.activated.connect(call)

    def _going(self, page: Page) -> Callable[[], None]:
        return lambda: self.went.emit(page)

    def show_shell(self, state: ShellState) -> None:
        """Look like the state."""
        self.sidebar.show_shell(state)
        self._sync.show_mark(state.banner.mark if state.banner is not None else None)
        self.banner.show_banner(state.banner, state.problem)
        self.toast.show_toast(state.toast)
        if state.page is not self._page and state.page in OPEN_PAGES:
            self._page = state.page
            self.close_keys()
            if self._finding is not None:
                self._finding.close()
            room = self.rooms[state.page]
            self.stack.setCurrentWidget(room.page)
            self.stack.updateGeometry()
            self.toast.raise_()  # a page that has just been made lies above it
            room.start()
            self.moved.emit()

    def bind(self, finding: PalettePresenter) -> None:
        """The palette's gestures go to this presenter."""
        self._finding = finding
        self.searched.connect(finding.open)

    def show_palette(self, state: PaletteState | None) -> None:
        """Look like the state; None takes the palette away."""
        if state is None:
            self._close_palette()
            return
        if self.finder is None and self._finding is not None:
            self.close_keys()
            self._came_from = self.focusWidget()
            self.finder = Palette(self._theme, self, self._finding)
            self.finder.show()
            self.finder.raise_()
            self.finder.start()
        if self.finder is not None:
            self.finder.show_state(state)

    def _close_palette(self) -> None:
        """Back to exactly where one was."""
        palette, self.finder = self.finder, None
        if palette is None:
            return
        palette.forget()
        palette.hide()
        palette.deleteLater()
        self._where_one_was()

    def show_again(self, state: AgainState | None, presenter: Again) -> None:
        """The question for the password over the page; None takes it away."""
        sheet = self.again
        if state is None:
            self.again = None
            if sheet is not None:
                sheet.forget()
                sheet.hide()
                sheet.deleteLater()
                self._where_one_was()
            return
        if sheet is None:
            self._came_from = self.focusWidget()
            sheet = self.again = AgainSheet(self._theme, self, presenter)
            sheet.show_state(state)
            sheet.show()
            sheet.raise_()
            sheet.start()
        sheet.show_state(state)

    def _where_one_was(self) -> None:
        came_from, self._came_from = self._came_from, None
        if came_from is not None and isValid(came_from) and came_from.isVisible():
            came_from.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.rooms[self._page].start()

    def show_keys(self) -> None:
        """The keys of this page, or away with them."""
        if self._finding is not None:
            self._finding.close()
        if self._sheet is not None:
            self.close_keys()
            return
        self._sheet = KeysSheet(self._theme, self, _KEYS_OF.get(self._page, EVERYWHERE))
        self._sheet.closed.connect(self.close_keys)
        self._sheet.show()
        self._sheet.raise_()
        self._sheet.setFocus(Qt.FocusReason.OtherFocusReason)

    def close_keys(self) -> None:
        """Back to the page."""
        sheet, self._sheet = self._sheet, None
        if sheet is not None:
            sheet.hide()
            sheet.deleteLater()
            self.rooms[self._page].start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Slim or wide."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        slim = self.width() / self._theme.factor < _SLIM_BELOW
        self.sidebar.make_slim(slim=slim)
        self._strip.setVisible(slim)
        for sheet in (self._sheet, self.again):
            if sheet is not None:
                sheet.setGeometry(self.rect())
