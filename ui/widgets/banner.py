"""What needs attention above the page, and the short message at its foot."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from carekraft_desktop.presenters.banner import BannerState
from carekraft_desktop.presenters.pieces import Problem, Toast
from ui.theme import Theme
from ui.widgets.parts import FlatButton, Picture, button, column, label, line, restyle

_NARROW = 860
"""Width at 100 % below which the toast goes to the top."""


def announce(widget: QWidget, words: str) -> None:
    """Have a screen reader say it without moving the focus."""
    if words and QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))


class BannerBar(QFrame):
    """Hidden while all is well."""

    asked = Signal()
    """The one button."""
    dismissed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Hidden."""
        super().__init__(parent)
        self.setObjectName("bar")
        self._shown = ""
        self._picture = Picture(theme, "cloud-off", "warn_text")
        self._title = label("", "strong")
        self._advice = label("", wrap=True)
        self._button = button("")
        self._button.clicked.connect(self.asked)
        self._close = FlatButton(theme, "x", "Close")
        self._close.clicked.connect(self.dismissed)
        across = line(self, gap=10)
        across.setContentsMargins(16, 7, 12, 7)
        across.addWidget(self._picture)
        across.addWidget(self._title)
        across.addWidget(self._advice, 1)
        across.addWidget(self._button)
        across.addWidget(self._close)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.hide()

    def show_banner(self, banner: BannerState | None, problem: Problem | None) -> None:
        """A failure of the store goes before what is said of the exchange."""
        if problem is not None:
            self._say(problem.title, problem.advice, "bad", "circle-alert", "")
        elif banner is not None and banner.bar is not None:
            words = banner.bar
            icon = banner.mark.picture
            self._say(words.title, words.advice, banner.bar_tone.value, icon, banner.action)
        else:
            self._shown = ""
            self.hide()
            return
        self._close.setVisible(problem is not None)

    def _say(self, title: str, advice: str, tone: str, icon: str, action: str) -> None:
        self._title.setText(title)
        self._advice.setText(advice)
        self._picture.show_icon(icon, f"{tone}_text")
        self._button.setText(action)
        self._button.setVisible(bool(action))
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)
        self.show()
        kind = title.partition(" for ")[0]
        if kind != self._shown:
            self._shown = kind
            announce(self, f"{title}. {advice}")


class ToastBox(QFrame):
    """Lies over the foot of the page."""

    undone = Signal(str)
    dismissed = Signal()

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        """Hidden."""
        super().__init__(parent)
        self._theme, self._over = theme, parent
        self._toast: Toast | None = None
        self.setObjectName("toast")
        self._words = label("")
        self._undo = button("Undo", "toast", tip="Undo (Z)")
        self._undo.clicked.connect(self._take_back)
        inside = column(self)
        across = line(gap=6)
        across.setContentsMargins(14, 7, 10, 7)
        across.addWidget(self._words)
        across.addWidget(self._undo)
        inside.addLayout(across)
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        parent.installEventFilter(self)
        theme.changed.connect(self._fit)
        self.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Stay at the foot when the window changes."""
        if watched is self._over and event.type() == QEvent.Type.Resize and not self.isHidden():
            self.place()
        return False

    def show_toast(self, toast: Toast | None) -> None:
        """These words, or none."""
        if toast is None:
            self._toast = None
            self.hide()
            return
        new = toast is not self._toast
        self._toast = toast
        self._words.setText(toast.words)
        self._undo.setVisible(bool(toast.undo))
        self.show()
        self._fit()
        self.raise_()
        if new:
            announce(self, f"{toast.words}. Z takes it back." if toast.undo else toast.words)

    def _fit(self) -> None:
        """As large as its words, also once they are written larger."""
        self.setMinimumHeight(self._theme.px(44))
        self.adjustSize()
        self.place()

    def place(self) -> None:
        """In the middle of the foot."""
        around, air = self._over.rect(), self._theme.px(20)
        # In a narrow window the foot belongs to the buttons of the open visit.
        narrow = around.width() / self._theme.factor < _NARROW
        down = self._theme.px(56) if narrow else around.bottom() - self.height() - air
        self.move(around.center().x() - self.width() // 2, down)

    def _take_back(self) -> None:
        if self._toast is not None and self._toast.undo:
            self.undone.emit(self._toast.undo)
