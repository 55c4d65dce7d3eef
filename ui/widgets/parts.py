"""Labels, buttons, icons and marks as every page makes them."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QEvent, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import (
    QBoxLayout,
    QFrame,
    QHBoxLayout,
    QLabel,
    QLayout,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from carekraft_desktop.presenters.pieces import Empty, Mark, Problem
from ui.icons import icon, pixmap
from ui.theme import Theme
from ui.widgets.chip import chip_width, paint_chip


def label(words: str = "", kind: str = "", *, wrap: bool = False) -> QLabel:
    """Plain words; `kind` is a name in the style sheet."""
    found = QLabel(words)
    found.setTextFormat(Qt.TextFormat.PlainText)
    found.setObjectName(kind)
    found.setWordWrap(wrap)
    return found


class Elided(QLabel):
    """Words on one line that end in dots where there is no room, and are whole in the tip."""

    def __init__(self, kind: str = "") -> None:
        """`kind` is a name in the style sheet."""
        super().__init__()
        self._words = ""
        self.setObjectName(kind)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def say(self, words: str) -> None:
        """Show these words."""
        self._words = words
        self.setAccessibleName(words)
        self._fit()

    @property
    def words(self) -> str:
        """All of them."""
        return self._words

    def resizeEvent(self, event: QResizeEvent) -> None:
        """More or fewer fit."""
        super().resizeEvent(event)
        self._fit()

    def changeEvent(self, event: QEvent) -> None:
        """The size of text changed."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.FontChange, QEvent.Type.StyleChange):
            self._fit()

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(20, super().minimumSizeHint().height())

    def _fit(self) -> None:
        metrics = QFontMetricsF(self.font())
        shown = metrics.elidedText(self._words, Qt.TextElideMode.ElideRight, self.width())
        if shown != self.text():
            self.setText(shown)
        self.setToolTip(self._words if shown != self._words else "")


def button(words: str, kind: str = "", *, tip: str = "") -> QPushButton:
    """A push button; `kind` is primary, danger, link or toast."""
    found = QPushButton(words)
    found.setProperty("kind", kind)
    found.setAutoDefault(True)  # Enter presses it too, as people expect who never touch the mouse
    if tip:
        found.setToolTip(tip)
    return found


class ToolButton(QToolButton):
    """A button of a bar; Enter presses it as the space bar does."""

    def __init__(self) -> None:
        """Reached by Tab."""
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """What Qt leaves to whoever is around the button."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.modifiers():
            self.click()
        else:
            super().keyPressEvent(event)


class FlatButton(ToolButton):
    """A button that is only an icon."""

    def __init__(self, theme: Theme, name: str, words: str, *, colour: str = "text_2") -> None:
        """`words` is its name and tip."""
        super().__init__()
        self._theme = theme
        self.setObjectName("flat")
        self.setIcon(icon(theme, name, colour))
        self.setToolTip(words)
        self.setAccessibleName(words.partition(" (")[0])
        # A method of its own, not a closure: the connection ends with the button.
        theme.changed.connect(self._resize)
        self._resize()

    def _resize(self) -> None:
        self.setIconSize(QSize(self._theme.px(18), self._theme.px(18)))


def sized_icon(theme: Theme, found: QPushButton | QToolButton, name: str, colour: str) -> None:
    """Put an icon on a button at the present size of text."""
    found.setIcon(icon(theme, name, colour))
    found.setIconSize(QSize(theme.px(20), theme.px(16)))


class Picture(QWidget):
    """An icon by itself, not seen by screen readers: the words beside it say the same."""

    def __init__(self, theme: Theme, name: str, colour: str = "text_3", size: int = 18) -> None:
        """`size` in logical pixels at 100 %."""
        super().__init__()
        self._theme, self._name, self._colour, self._size = theme, name, colour, size
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        theme.changed.connect(self.updateGeometry)

    def show_icon(self, name: str, colour: str = "") -> None:
        """Another one."""
        self._name, self._colour = name, colour or self._colour
        self.update()

    def sizeHint(self) -> QSize:
        """Square."""
        return QSize(self._theme.px(self._size), self._theme.px(self._size))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Painted in the colour of the look that is on."""
        del event
        colours = self._theme.tokens.colours()
        painter = QPainter(self)
        size = self._theme.px(self._size)
        ratio = self.devicePixelRatioF()
        painter.drawPixmap(0, 0, pixmap(self._name, colours[self._colour], size, ratio))
        painter.end()


class Chip(QWidget):
    """A status as icon and word."""

    def __init__(self, theme: Theme) -> None:
        """Empty until `show_mark`."""
        super().__init__()
        self._theme = theme
        self._mark: Mark | None = None
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def show_mark(self, mark: Mark | None) -> None:
        """This status, or none."""
        self._mark = mark
        self.setVisible(mark is not None)
        self.setAccessibleName(mark.word if mark is not None else "")
        self.setToolTip(mark.word if mark is not None else "")
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        """As wide as its words."""
        width = chip_width(self._theme, self._mark) if self._mark is not None else 0
        return QSize(round(width) + 1, self._theme.px(24))

    def minimumSizeHint(self) -> QSize:
        """The icon and a few letters."""
        return QSize(self._theme.px(52), self._theme.px(24))

    def paintEvent(self, event: QPaintEvent) -> None:
        """As lists do it."""
        del event
        if self._mark is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        paint_chip(
            painter, self._theme, QRectF(self.rect()), self._mark, mirrored=self.isRightToLeft()
        )
        painter.end()


def card(margin: int = 0, *, parent: QWidget | None = None) -> tuple[QFrame, QVBoxLayout]:
    """A framed area and its column."""
    frame = QFrame(parent)
    frame.setObjectName("card")
    return frame, column(frame, margin=margin)


def column(into: QWidget | None = None, *, margin: int = 0, gap: int = 0) -> QVBoxLayout:
    """A column without Qt's own margins."""
    return _tidy(QVBoxLayout(into) if into is not None else QVBoxLayout(), margin, gap)


def line(into: QWidget | None = None, *, margin: int = 0, gap: int = 8) -> QHBoxLayout:
    """A line without Qt's own margins."""
    return _tidy(QHBoxLayout(into) if into is not None else QHBoxLayout(), margin, gap)


LayoutT = TypeVar("LayoutT", bound=QBoxLayout)


def _tidy(layout: LayoutT, margin: int, gap: int) -> LayoutT:
    layout.setContentsMargins(margin, margin, margin, margin)
    layout.setSpacing(gap)
    return layout


def rule() -> QFrame:
    """A hairline across."""
    found = QFrame()
    found.setObjectName("rule")
    return found


def limited(widget: QWidget, width: int) -> QHBoxLayout:
    """The widget, at most so wide; Qt counts its lines by the room of a column, not by its limit."""
    widget.setMaximumWidth(width)
    found = line()
    found.addWidget(widget, 1)
    found.addStretch(0)
    return found


def scrolled(inside: QWidget, name: str, *, parent: QWidget | None = None) -> QScrollArea:
    """So that nothing is cut off when text is large or the window small."""
    area = QScrollArea(parent)
    area.setWidgetResizable(True)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setAccessibleName(name)
    area.setWidget(inside)
    return area


class NoteBox(QFrame):
    """Words that need attention, framed in their tone, with at most one button."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        """Hidden until it has something to say."""
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("note")
        self._picture = Picture(theme, "triangle-alert", "warn_text")
        self._title = label("", "strong", wrap=True)
        self._advice = label("", wrap=True)
        self.button = button("", "link")
        words = column(gap=3)
        words.addWidget(self._title)
        words.addWidget(self._advice)
        words.addWidget(self.button, 0, Qt.AlignmentFlag.AlignLeft)
        across = line(self, gap=9)
        across.setContentsMargins(10, 9, 10, 9)
        across.addWidget(self._picture, 0, Qt.AlignmentFlag.AlignTop)
        across.addLayout(words, 1)
        self.hide()

    def say(
        self, title: str, advice: str = "", *, tone: str, icon_name: str, action: str = ""
    ) -> None:
        """Show these words in a tone: warn, bad or quiet."""
        self._title.setText(title)
        self._advice.setText(advice)
        self._advice.setVisible(bool(advice))
        self.button.setText(action)
        self.button.setVisible(bool(action))
        self._picture.show_icon(icon_name, f"{tone}_text")
        self.setAccessibleName(f"{title}. {advice}" if advice else title)
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            restyle(self)
        self.show()

    def show_problem(self, problem: Problem | None) -> None:
        """A failure, or none."""
        if problem is None:
            self.hide()
            return
        self.say(problem.title, problem.advice, tone="bad", icon_name="circle-alert")


class EmptyView(QWidget):
    """Why there is nothing, and the one thing to do about it."""

    def __init__(
        self,
        theme: Theme,
        act: Callable[[], None] | None = None,
        *,
        parent: QWidget | None = None,
    ) -> None:
        """`act` is what the one action does."""
        super().__init__(parent)
        self._picture = Picture(theme, "info", "text_3", 30)
        self._title = label("", "label", wrap=True)
        self._advice = label("", "quiet", wrap=True)
        self._button = button("")
        if act is not None:
            self._button.clicked.connect(act)
        inside = column(self, margin=16, gap=6)
        middle = Qt.AlignmentFlag.AlignHCenter
        inside.addStretch(1)
        inside.addWidget(self._picture, 0, middle)
        inside.addSpacing(4)
        for each in (self._title, self._advice):
            each.setAlignment(middle)
            inside.addWidget(each)
        inside.addSpacing(6)
        inside.addWidget(self._button, 0, middle)
        inside.addStretch(2)

    def show_empty(self, empty: Empty | None) -> None:
        """These words; hidden for none."""
        self.setVisible(empty is not None)
        if empty is None:
            return
        self._picture.show_icon(empty.icon)
        self._title.setText(empty.title)
        self._advice.setText(empty.advice)
        self._button.setText(empty.action)
        self._button.setVisible(bool(empty.action))


def restyle(widget: QWidget) -> None:
    """Ask the style sheet again after a property changed."""
    style = widget.style()
    for each in (widget, *widget.findChildren(QWidget)):
        style.unpolish(each)
        style.polish(each)


def empty_layout(layout: QLayout) -> None:
    """Take everything out and let it go."""
    while (item := layout.takeAt(0)) is not None:
        widget, inner = item.widget(), item.layout()
        if widget is not None:
            widget.hide()
            widget.deleteLater()
        elif inner is not None:
            empty_layout(inner)
