"""Where the pages lie, one of them in front."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QStackedWidget


class Pages(QStackedWidget):
    """As small as the page in front allows; those behind do not make the window higher."""

    def minimumSizeHint(self) -> QSize:
        """Of the page in front."""
        page = self.currentWidget()
        if page is None:
            return super().minimumSizeHint()
        return page.minimumSizeHint().expandedTo(page.minimumSize())
