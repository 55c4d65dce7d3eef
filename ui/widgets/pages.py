"""Where the pages lie: one in front, and a way to all of it on a screen that is too small for it."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QStackedWidget

from carekraft_desktop.presenters import wording_frame as words


class Pages(QStackedWidget):
    """As small as the page in front allows; the others do not make the window higher."""

    def minimumSizeHint(self) -> QSize:
        """Of the page in front."""
        page = self.currentWidget()
        if page is None:
            return super().minimumSizeHint()
        return page.minimumSizeHint().expandedTo(page.minimumSize())


_NO, _YES = Qt.ScrollBarPolicy.ScrollBarAlwaysOff, Qt.ScrollBarPolicy.ScrollBarAlwaysOn


class Around(QScrollArea):
    """Scrolls the page at the largest text on a small screen; otherwise nobody sees it.

    A bar takes width, a narrower page may need less height, and without the bar it would be wide
    again: so a bar, once needed, stays until another size or another page is looked at.
    """

    def __init__(self, pages: Pages) -> None:
        """Around these."""
        super().__init__()
        self._pages = pages
        self._size = QSize()
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(words.PAGE)
        self.setHorizontalScrollBarPolicy(_NO)
        self.setVerticalScrollBarPolicy(_NO)
        self.setWidget(pages)
        pages.currentChanged.connect(self._begin)
        pages.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Of what can be seen: another size of all of it, or a bar's own doing."""
        super().resizeEvent(event)
        if self.size() == self._size:
            self._look()
            return
        self._size = self.size()
        self._begin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What the page needs may have changed."""
        if watched is self._pages and event.type() == QEvent.Type.LayoutRequest:
            self._look()
        return super().eventFilter(watched, event)

    def _begin(self) -> None:
        self.setHorizontalScrollBarPolicy(_NO)
        self.setVerticalScrollBarPolicy(_NO)
        self._look()

    def _look(self) -> None:
        """Bars only come here, they never go: so this ends."""
        needed, seen = self._pages.minimumSizeHint(), self.viewport().size()
        if needed.height() > seen.height():
            self.setVerticalScrollBarPolicy(_YES)
        if needed.width() > seen.width():
            self.setHorizontalScrollBarPolicy(_YES)
