"""The frame's left side: places, how it stands with the exchange, who is signed in, the lock."""

from functools import partial

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from carekraft_desktop.presenters.pieces import Mark
from carekraft_desktop.presenters.shell import Page, ShellState
from ui import fonts
from ui.icons import icon
from ui.theme import Theme
from ui.widgets.brand import brand
from ui.widgets.parts import Elided, FlatButton, Picture, ToolButton, column, label, line

_PLACES = (
    (Page.TODAY, "calendar-check", "Today", "Ctrl+1"),
    (Page.LISTS, "list-checks", "Lists", "Ctrl+2"),
    (Page.REFERRALS, "waypoints", "Referrals", "Ctrl+3"),
    (Page.REVIEWS, "message-square-text", "Reviews", "Ctrl+4"),
    (Page.OUTBOX, "send", "Outbox", "Ctrl+5"),
    (Page.SETTINGS, "settings", "Settings", "Ctrl+6"),
)
_WITHIN = {
    Page.CHECK: Page.REVIEWS,
    Page.PAPERS: Page.REVIEWS,
    Page.JOURNAL: Page.SETTINGS,
    Page.PEOPLE: Page.SETTINGS,
    Page.PARTNERS: Page.SETTINGS,
    Page.WEEK: Page.SETTINGS,
    Page.INCIDENTS: Page.SETTINGS,
    Page.TERMS: Page.SETTINGS,
    Page.POSTURE: Page.SETTINGS,
    Page.KEPT: Page.SETTINGS,
    Page.ASKED: Page.SETTINGS,
    Page.OWN: Page.SETTINGS,
    Page.ACCESS: Page.SETTINGS,
    Page.BACKUPS: Page.SETTINGS,
    Page.EXPORT: Page.SETTINGS,
    Page.RETIRE: Page.SETTINGS,
}
"""Pages without a place of their own, and the place they are reached from."""
_WIDE, _SLIM = 224, 60
_COUNTED = 99
"""Beyond that nobody counts."""


class Place(ToolButton):
    """A page to go to, with a count at the end."""

    def __init__(self, theme: Theme, picture: str, words: str, keys: str) -> None:
        """`keys` go into the tip."""
        super().__init__()
        self._theme, self._words, self._count, self._urgent = theme, words, "", False
        self.setObjectName("place")
        self.setText(words)
        self.setAccessibleName(words)
        self.setToolTip(f"{words} ({keys})")
        self.setCheckable(True)
        self.setIcon(icon(theme, picture, "text_2", "on_soft"))
        self.setToolButtonStyle(Qt.ToolButtonStyle.ToolButtonTextBesideIcon)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_count(self, number: int, words: str, *, urgent: bool = False) -> None:
        """How many, none for 0; `words` for screen readers."""
        shown = "" if not number else str(number) if number <= _COUNTED else f"{_COUNTED}+"
        self._count, self._urgent = shown, urgent
        self.setAccessibleName(f"{self._words}, {words}" if number else self._words)
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The button, then its count."""
        super().paintEvent(event)
        if not self._count:
            return
        theme, tokens = self._theme, self._theme.tokens
        slim = self.toolButtonStyle() == Qt.ToolButtonStyle.ToolButtonIconOnly
        font = theme.font(10.5 if slim else fonts.SMALL, 600)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        height = theme.px(15 if slim else 19)
        text = QFontMetricsF(font).horizontalAdvance(self._count)
        chip = QRectF(0, 0, max(float(height), text + theme.px(10)), height)
        x = self.width() - chip.width() - theme.px(2 if slim else 10)
        if self.isRightToLeft():
            x = theme.px(2 if slim else 10)
        y = theme.px(2) if slim else (self.height() - height) / 2
        chip.moveTo(x, y)
        ink = tokens.late if self._urgent else None
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("accent") if ink is None else ink.bar)
        painter.drawRoundedRect(chip, height / 2, height / 2)
        painter.setPen(theme.colour("on_accent" if ink is None else "surface"))
        painter.setFont(font)
        painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, self._count)
        painter.end()


class SyncLine(QWidget):
    """How it stands with the exchange, in words; always visible."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_mark`."""
        super().__init__()
        self._theme = theme
        self._picture = Picture(theme, "cloud-off", "text_3", 17)
        self.words = label("", "small", wrap=True)
        across = line(self, gap=8)
        across.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        across.addWidget(self.words, 1)

    def show_mark(self, mark: Mark | None) -> None:
        """These words."""
        self.setVisible(mark is not None)
        if mark is None:
            return
        self._picture.show_icon(mark.picture, f"{mark.tone.value}_bar")
        self.words.setText(mark.word)
        self.setAccessibleName(mark.word)


class Sidebar(QFrame):
    """Always there while the store is open."""

    went = Signal(object)
    """A `Page`."""
    locked = Signal()
    searched = Signal()
    """Open the palette."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Empty until `show_shell`."""
        super().__init__(parent)
        self.setObjectName("sidebar")
        self._theme = theme
        self._slim = False
        self._state: ShellState | None = None
        self._brand = brand(theme)
        self._office = Elided("office")
        self._places: dict[Page, Place] = {}
        self._find = Place(theme, "search", "Find", "Ctrl+K or /")
        self._find.setCheckable(False)
        self._find.clicked.connect(self.searched)
        self._sync = SyncLine(theme)
        self._person = Elided("person")
        self._lock = FlatButton(theme, "lock", "Lock (Ctrl+L)")
        self._lock.clicked.connect(self.locked)
        self._build()
        theme.changed.connect(self._resize)

    def _build(self) -> None:
        inside = column(self, gap=4)
        inside.setContentsMargins(12, 16, 12, 14)
        inside.addWidget(self._brand)
        inside.addWidget(self._office)
        inside.addSpacing(12)
        inside.addWidget(self._find)
        for page, picture, words, keys in _PLACES:
            place = Place(self._theme, picture, words, keys)
            place.clicked.connect(partial(self._go, page))
            self._places[page] = place
            inside.addWidget(place)
        inside.addStretch(1)
        inside.addWidget(self._sync)
        inside.addSpacing(4)
        foot = line(gap=4)
        foot.addWidget(self._person, 1)
        foot.addWidget(self._lock)
        inside.addLayout(foot)
        self._resize()

    def _go(self, page: Page) -> None:
        """Every place can be reached by Tab; a click on the present one leaves it marked."""
        self._places[page].setChecked(self._state is not None and page is self._state.page)
        self.went.emit(page)

    def _resize(self) -> None:
        theme = self._theme
        self.setFixedWidth(theme.px(_SLIM if self._slim else _WIDE))
        style = Qt.ToolButtonStyle
        for place in (self._find, *self._places.values()):
            place.setIconSize(QSize(theme.px(18 if self._slim else 24), theme.px(18)))
            place.setToolButtonStyle(
                style.ToolButtonIconOnly if self._slim else style.ToolButtonTextBesideIcon
            )
        for each in (self._brand, self._office, self._person):
            each.setVisible(not self._slim)
        if self._state is not None:
            self.show_shell(self._state)

    def make_slim(self, *, slim: bool) -> None:
        """Icons only, where the window is narrow."""
        if slim is not self._slim:
            self._slim = slim
            self._resize()

    def show_shell(self, state: ShellState) -> None:
        """Look like the state."""
        self._state = state
        self._office.say(state.office)
        self._person.say(state.person)
        for page, place in self._places.items():
            place.setChecked(page is state.page or page is _WITHIN.get(state.page))
        self._places[Page.TODAY].show_count(state.to_answer, f"{state.to_answer} to answer")
        self._places[Page.REVIEWS].show_count(state.to_review, f"{state.to_review} to do")
        self._places[Page.LISTS].show_count(state.to_enter, f"{state.to_enter} to enter")
        place = self._places[Page.REFERRALS]
        place.show_count(state.to_refer, f"{state.to_refer} need attention")
        number = state.to_read or state.waiting
        words = f"{state.to_read} to read" if state.to_read else f"{state.waiting} waiting"
        self._places[Page.OUTBOX].show_count(number, words, urgent=bool(state.to_read))
        mark = state.banner.mark if state.banner is not None else None
        self._sync.show_mark(mark)
        # A slim sidebar has no room for words; the frame's strip says them instead.
        self._sync.setVisible(mark is not None and not self._slim)
