"""A ring around whatever has the keyboard, shown once a key was used and hidden by the mouse."""

from PySide6.QtCore import QEvent, QObject, QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QApplication, QWidget
from shiboken6 import isValid

from ui.theme import Theme

_GAP, _WIDTH = 2, 2.5
_MOVES = frozenset({QEvent.Type.Move, QEvent.Type.Resize, QEvent.Type.Hide, QEvent.Type.Show})
_KEYS = frozenset(
    {
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
        Qt.Key.Key_Left,
        Qt.Key.Key_Right,
    }
)


class FocusRing(QWidget):
    """Lies over the window and lets everything through."""

    def __init__(self, theme: Theme, window: QWidget) -> None:
        """Over one window."""
        super().__init__(window)
        self._over = window
        self._theme = theme
        self._target: QWidget | None = None
        self._by_key = False
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setAttribute(Qt.WidgetAttribute.WA_NoSystemBackground)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hide()
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._focus_changed)
            application.installEventFilter(self)
        theme.changed.connect(self._follow)

    def _focus_changed(self, old: QWidget | None, new: QWidget | None) -> None:
        del old
        if self._target is not None and isValid(self._target):
            self._target.removeEventFilter(self)
        inside = new is not None and self._over.isAncestorOf(new)
        own = new is not None and new.property("ownFocus") == "yes"
        self._target = new if inside and not own else None
        if self._target is not None:
            self._target.installEventFilter(self)
        self._follow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Notice keys and the mouse, and follow what has the focus."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress and getattr(event, "key", int)() in _KEYS:
            self._show_for(by_key=True)
        elif kind == QEvent.Type.MouseButtonPress:
            self._show_for(by_key=False)
        elif kind in _MOVES and self._carries(watched):
            self._follow()
        return False

    def _carries(self, watched: QObject) -> bool:
        """Whether the target moves when `watched` does: a row that came moves what is below."""
        target = self._target
        if target is None or watched is self or not isValid(target):
            return False
        return watched is target or (isinstance(watched, QWidget) and watched.isAncestorOf(target))

    def _show_for(self, *, by_key: bool) -> None:
        if by_key is not self._by_key:
            self._by_key = by_key
            self._follow()

    def _follow(self) -> None:
        target = self._target
        if target is None or not isValid(target) or not self._by_key or not target.isVisible():
            self.hide()
            return
        corner = target.mapTo(self._over, target.rect().topLeft())
        reach = _GAP + 3
        place = QRect(corner, target.size()).adjusted(-reach, -reach, reach, reach)
        self.setGeometry(place)
        self.raise_()
        self.show()
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ring."""
        del event
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self._theme.colour("focus"), _WIDTH))
        edge = _WIDTH / 2
        radius = self._theme.px(6) + _GAP
        rect = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        painter.drawRoundedRect(rect, radius, radius)
        painter.end()
