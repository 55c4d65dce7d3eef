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

    def heightForWidth(self, width: int) -> int:
        """What the page in front needs at least, where Qt would ask for what it likes best.

        A page that likes more than the screen has would grow out of it with no way to the rest.
        """
        page = self.currentWidget()
        layout = page.layout() if page is not None else None
        least = self.minimumSizeHint().height()
        if layout is None or not layout.hasHeightForWidth():
            return least
        return max(least, layout.minimumHeightForWidth(width))


class Around(QScrollArea):
    """Scrolls the page at the largest text on a small screen; otherwise nobody sees it.

    A bar takes width, a narrower page may need less height, and without the bar it would be wide
    again: so the bar, once needed, stays until another size or another page is looked at.
    """

    def __init__(self, pages: Pages) -> None:
        """Around these."""
        super().__init__()
        self._pages = pages
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAccessibleName(words.PAGE)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWidget(pages)
        pages.currentChanged.connect(self._begin)
        pages.installEventFilter(self)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another size of the window, or the bar's own doing."""
        super().resizeEvent(event)
        if self.verticalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff:
            self._look()
        elif event.size().height() != event.oldSize().height():
            self._begin()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What the page needs may have changed."""
        if watched is self._pages and event.type() == QEvent.Type.LayoutRequest:
            self._look()
        return super().eventFilter(watched, event)

    def _begin(self) -> None:
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._look()

    def _look(self) -> None:
        seen = self.viewport()
        if self._pages.heightForWidth(seen.width()) > seen.height():
            self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOn)
