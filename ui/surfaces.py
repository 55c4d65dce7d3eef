"""Takes everything of a patient off every surface of the screen, in one turn of the event loop.

A surface is whatever a person or a screen reader could see: the pages, other windows, dialogs,
menus, tips, what is being dragged, the clipboard. The title and the tray never held a name.
"""

from PySide6.QtGui import QDrag, QGuiApplication
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QPlainTextEdit,
    QStackedWidget,
    QToolTip,
    QWidget,
)

from ui.clipboard import Clipboard


def take_away(page: QWidget, stack: QStackedWidget) -> None:
    """Out of the window with it, so that not even a screen reader reaches it; it goes on living."""
    page.hide()
    stack.removeWidget(page)
    page.setParent(None)
    forget_what_was_typed(page)


def forget_what_was_typed(page: QWidget) -> None:
    """Undo buffers keep what was deleted; the texts themselves stay where they are (REQ-94)."""
    for text in page.findChildren(QPlainTextEdit):
        text.document().clearUndoRedoStacks()
    for edit in page.findChildren(QLineEdit):
        if edit.isUndoAvailable() or edit.isRedoAvailable():
            place = edit.cursorPosition()
            blocked = edit.blockSignals(True)  # noqa: FBT003 - Qt takes no name
            edit.setText(edit.text())  # which begins a new history
            edit.setCursorPosition(place)
            edit.blockSignals(blocked)


def clear(window: QWidget, clipboard: Clipboard) -> None:
    """All other windows are closed, tips and menus with them; the clipboard gives up what is ours.

    Dialogs end as if they had been refused; the pages that asked are still there.
    """
    QToolTip.hideText()
    if QApplication.mouseButtons():
        QDrag.cancel()  # a platform without dragging says so aloud
    while (popup := QApplication.activePopupWidget()) is not None:
        popup.close()
        if popup.isVisible():
            popup.hide()
    for widget in QApplication.topLevelWidgets():
        if widget is not window and widget.isVisible():
            widget.close()
            widget.hide()  # one that will not close is still not seen
    clipboard.clear()
    system = QGuiApplication.clipboard()
    if system.ownsClipboard():
        system.clear()
