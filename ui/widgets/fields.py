"""Fields with their label above and their problem beside them."""

from PySide6.QtCore import QEvent, QObject, QPointF, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QLineEdit,
    QRadioButton,
    QStyle,
    QStyleOptionButton,
    QToolButton,
    QWidget,
)

from ui.icons import icon, pixmap
from ui.theme import Theme
from ui.widgets.parts import FlatButton, column, label


class Tick(QCheckBox):
    """A check box with its tick in the look's colour."""

    def __init__(self, theme: Theme, words: str) -> None:
        """`words` stand beside it."""
        super().__init__(words)
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style's box, then our tick."""
        super().paintEvent(event)
        if not self.isChecked():
            return
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_CheckBoxIndicator, option, self)
        size = self._theme.px(14)
        painter = QPainter(self)
        picture = pixmap("check", self._theme.tokens.on_accent, size, self.devicePixelRatioF())
        painter.drawPixmap(
            box.center().x() - size // 2 + 1, box.center().y() - size // 2 + 1, picture
        )
        painter.end()


class Choice(QRadioButton):
    """One of several, drawn round at every size of text."""

    def __init__(self, theme: Theme, words: str) -> None:
        """`words` stand beside it."""
        super().__init__(words)
        self._theme = theme

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style's words, then our circle and dot."""
        super().paintEvent(event)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        box = self.style().subElementRect(QStyle.SubElement.SE_RadioButtonIndicator, option, self)
        theme, middle = self._theme, QPointF(box.center()) + QPointF(0.5, 0.5)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        colour = theme.colour("accent" if self.isChecked() else "control")
        painter.setPen(QPen(colour, 2 if theme.tokens.outlined or self.isChecked() else 1.2))
        painter.setBrush(theme.colour("field"))
        radius = theme.px(8)
        painter.drawEllipse(middle, radius, radius)
        if self.isChecked():
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colour)
            painter.drawEllipse(middle, radius * 0.55, radius * 0.55)
        painter.end()


class Picker(QComboBox):
    """A choice of one, with its arrow in the look's colour."""

    def __init__(self, theme: Theme, name: str) -> None:
        """`name` is what a screen reader calls it."""
        super().__init__()
        self._theme = theme
        self.setAccessibleName(name)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The style's field, then our arrow."""
        super().paintEvent(event)
        size, pad = self._theme.px(16), self._theme.px(8)
        painter = QPainter(self)
        colour = self._theme.tokens.text_2 if self.isEnabled() else self._theme.tokens.disabled
        picture = pixmap("chevron-down", colour, size, self.devicePixelRatioF())
        x = pad if self.isRightToLeft() else self.width() - pad - size
        painter.drawPixmap(x, (self.height() - size) // 2, picture)
        painter.end()


class Field(QWidget):
    """One line to type in."""

    edited = Signal()
    entered = Signal()
    """Enter was pressed."""

    def __init__(self, theme: Theme, words: str, *, secret: bool = False, hint: str = "") -> None:
        """`secret` hides what is typed and adds a button to show it."""
        super().__init__()
        self._theme = theme
        self._hint = hint
        self._show: QToolButton | None = None
        self.input = QLineEdit()
        self.input.setAccessibleName(words)
        self._label = label(words, "label")
        self._label.setBuddy(self.input)
        self._below = label(hint, "small", wrap=True)
        inside = column(self, gap=4)
        inside.addWidget(self._label)
        inside.addWidget(self.input)
        inside.addWidget(self._below)
        # Only now that it has a parent; else it would be a window for a moment.
        self._below.setVisible(bool(hint))
        self.input.textEdited.connect(lambda _text: self.edited.emit())
        self.input.returnPressed.connect(self.entered)
        if secret:
            self._hide_what_is_typed()

    def _hide_what_is_typed(self) -> None:
        self.input.setEchoMode(QLineEdit.EchoMode.Password)
        # No input method or history may keep it.
        self.input.setInputMethodHints(
            Qt.InputMethodHint.ImhHiddenText
            | Qt.InputMethodHint.ImhSensitiveData
            | Qt.InputMethodHint.ImhNoPredictiveText
        )
        self._show = FlatButton(self._theme, "eye", "Show what is typed")
        self._show.setParent(self.input)
        self._show.setCheckable(True)
        self._show.setCursor(Qt.CursorShape.ArrowCursor)
        self._show.toggled.connect(self._toggle)
        self.input.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the button at the end of the field."""
        if event.type() == QEvent.Type.Resize and self._show is not None:
            edge = self.input.height() - 4
            start = self.input.isRightToLeft()
            self._show.setGeometry(2 if start else self.input.width() - edge - 2, 2, edge, edge)
            self.input.setTextMargins(edge if start else 0, 0, 0 if start else edge, 0)
        return super().eventFilter(watched, event)

    def _toggle(self, on: bool) -> None:  # noqa: FBT001 - Qt's signal
        if self._show is None:
            return
        mode = QLineEdit.EchoMode.Normal if on else QLineEdit.EchoMode.Password
        words = "Hide what is typed" if on else "Show what is typed"
        self.input.setEchoMode(mode)
        self._show.setIcon(icon(self._theme, "eye-off" if on else "eye"))
        self._show.setToolTip(words)
        self._show.setAccessibleName(words)

    @property
    def text(self) -> str:
        """What was typed."""
        return self.input.text()

    def put(self, text: str) -> None:
        """Fill in, unless it is there already (the place of the caret stays)."""
        if self.input.text() != text:
            self.input.setText(text)

    def rename(self, words: str) -> None:
        """Another label."""
        self._label.setText(words)
        self.input.setAccessibleName(words)

    def wipe(self) -> None:
        """Empty it, with its undo history."""
        self.input.clear()
        if self._show is not None:
            self._show.setChecked(False)

    def say(self, problem: str, hint: str | None = None) -> None:
        """A problem below the field, or the hint again."""
        words = problem or (hint if hint is not None else self._hint)
        kind = "error" if problem else "small"
        self._below.setText(words)
        self._below.setVisible(bool(words))
        if self._below.objectName() != kind:
            self._below.setObjectName(kind)
            self._below.style().unpolish(self._below)
            self._below.style().polish(self._below)
        wrong = "true" if problem else "false"
        if self.input.property("wrong") != wrong:
            self.input.setProperty("wrong", wrong)
            self.input.style().unpolish(self.input)
            self.input.style().polish(self.input)
        self.input.setAccessibleDescription(words)

    def focus(self) -> None:
        """The keyboard comes here."""
        self.input.setFocus(Qt.FocusReason.OtherFocusReason)
