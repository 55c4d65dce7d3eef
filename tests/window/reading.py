"""What somebody has to read on a page: every text on it, what has to be scrolled to among it."""

from collections import Counter

from PySide6.QtWidgets import (
    QAbstractButton,
    QComboBox,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from ui.widgets.parts import Chip, Elided
from ui.widgets.rows import Rows


def texts(page: QWidget) -> Counter[str]:
    """Each text, and how often it stands there. Of a picker what is chosen, of a list every row."""
    return Counter(
        text
        for each in page.findChildren(QWidget)
        if each.isVisible()
        for text in _of(each)
        if text.strip()
    )


def words(found: Counter[str]) -> int:
    """How many words they are."""
    return sum(len(text.split()) * times for text, times in found.items())


def _of(widget: QWidget) -> list[str]:
    found: list[str] = []
    match widget:
        case Rows():
            found = [*widget.rows._heads]
            found += [cell.spoken for row in widget.rows.rows for cell in row.cells]
        case Elided():
            found = [widget.words]
        case Chip():
            found = [widget.accessibleName()]
        case QLabel() | QAbstractButton():
            found = [widget.text()]
        case QComboBox():
            found = [widget.currentText()]
        case QLineEdit():
            found = [widget.text() or widget.placeholderText()]
        case QPlainTextEdit():
            found = [widget.toPlainText() or widget.placeholderText()]
    return found
