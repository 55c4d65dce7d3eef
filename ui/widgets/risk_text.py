"""The field for a reply: plain text only, risky words underlined as they are typed."""

from collections.abc import Sequence

from PySide6.QtCore import QMimeData, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QKeyEvent,
    QSyntaxHighlighter,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
)
from PySide6.QtWidgets import QPlainTextEdit, QSizePolicy

from carekraft_desktop.presenters.pieces import Tone
from carekraft_desktop.presenters.reply_state import Hint
from ui.theme import Theme
from ui.widgets.kept import KEPT_ELSEWHERE

MOST_PASTED = 5_000
"""Characters that one paste may bring; a reply has six hundred."""


def units(text: str, place: int) -> int:
    """Qt counts in UTF-16 units, the checker in characters."""
    return len(text[:place].encode("utf-16-le", "surrogatepass")) // 2


class _Marks(QSyntaxHighlighter):
    """Wave lines below what may not stand."""

    def __init__(self, theme: Theme, document: QTextDocument) -> None:
        super().__init__(document)
        self._theme = theme
        self._spans: tuple[tuple[int, int, Tone], ...] = ()

    def show_spans(self, spans: tuple[tuple[int, int, Tone], ...]) -> None:
        if spans != self._spans:
            self._spans = spans
            self.rehighlight()

    def highlightBlock(self, text: str) -> None:
        first = self.currentBlock().position()
        length = self.currentBlock().length()
        del text
        for start, end, tone in self._spans:
            start, end = max(start - first, 0), min(end - first, length)
            if start < end:
                self.setFormat(start, end - start, self._format(tone))

    def _format(self, tone: Tone) -> QTextCharFormat:
        ink = self._theme.tokens.ink(tone.value)
        found = QTextCharFormat()
        found.setUnderlineStyle(QTextCharFormat.UnderlineStyle.WaveUnderline)
        found.setUnderlineColor(QColor(ink.bar))
        if not self._theme.tokens.outlined:
            found.setBackground(QColor(ink.fill))
            found.setForeground(QColor(ink.text))
        return found


class RiskText(QPlainTextEdit):
    """A plain text field with marks."""

    typed = Signal(str)
    shortened = Signal()
    """More was pasted than fits in any reply."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `put`."""
        super().__init__()
        self.setProperty(KEPT_ELSEWHERE, "yes")  # as a draft
        self._theme = theme
        self._hints: tuple[Hint, ...] = ()
        self.setAccessibleName("Reply")
        self.setObjectName("reply")
        self.setTabChangesFocus(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        # No dictionary or prediction of the system may learn from it.
        self.setInputMethodHints(
            Qt.InputMethodHint.ImhMultiLine | Qt.InputMethodHint.ImhSensitiveData
        )
        self._marks = _Marks(theme, self.document())
        self.textChanged.connect(lambda: self.typed.emit(self.toPlainText()))
        theme.changed.connect(self._restyle)
        self._restyle()

    def _restyle(self) -> None:
        self.setFixedHeight(self._theme.px(132))
        self._marks.rehighlight()

    def put(self, text: str) -> None:
        """Let this text stand there; Ctrl+Z brings the one before back."""
        if self.toPlainText() == text:
            return
        cursor = QTextCursor(self.document())
        cursor.select(QTextCursor.SelectionType.Document)
        cursor.insertText(text)

    def forget(self) -> None:
        """Empty it, with everything that could be brought back."""
        self.blockSignals(True)  # noqa: FBT003 - Qt's own
        self.setPlainText("")
        self.document().clearUndoRedoStacks()
        self.blockSignals(False)  # noqa: FBT003 - Qt's own
        self._marks.show_spans(())

    def show_hints(self, hints: Sequence[Hint], marks: Sequence[Hint]) -> None:
        """Underline what may not stand; `hints` are those that `select` counts."""
        text = self.toPlainText()
        self._hints = tuple(hints)
        self._marks.show_spans(
            tuple((units(text, each.start), units(text, each.end), each.tone) for each in marks)
        )

    def select(self, number: int) -> None:
        """Choose the words of one hint, so that they can be written over."""
        if not 0 <= number < len(self._hints):
            return
        text, hint = self.toPlainText(), self._hints[number]
        cursor = self.textCursor()
        cursor.setPosition(units(text, hint.start))
        cursor.setPosition(units(text, hint.end), QTextCursor.MoveMode.KeepAnchor)
        self.setTextCursor(cursor)
        self.setFocus(Qt.FocusReason.OtherFocusReason)

    def insertFromMimeData(self, source: QMimeData) -> None:
        """Words only: no picture, no format, no file (REQ-57)."""
        if not source.hasText() or source.hasUrls():
            return
        text = source.text().encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        if len(text) > MOST_PASTED:
            text = text[:MOST_PASTED]
            self.shortened.emit()
        self.textCursor().insertText(text)
        self.ensureCursorVisible()

    def canInsertFromMimeData(self, source: QMimeData) -> bool:
        """Whether there are words in it."""
        return source.hasText() and not source.hasUrls()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, and Enter with Ctrl, belong to the page."""
        control = event.modifiers() & Qt.KeyboardModifier.ControlModifier
        enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if event.key() == Qt.Key.Key_Escape or (enter and control):
            event.ignore()
            return
        super().keyPressEvent(event)
