"""Puts a look on the whole program: palette, style sheet, font and sizes from one table.

The style is Fusion on every system. The palette colours whatever Qt draws by itself; the style
sheet gives shape. All lengths pass through `px`, so that text from 100 to 200 % takes its
surroundings along.
"""

import re
from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from carekraft_desktop import resources
from ui import fonts
from ui.tokens import DARK, HIGH_CONTRAST, LIGHT, LOOKS, Tokens

_LENGTH = re.compile(r"\bpx\((-?\d+(?:\.\d+)?)\)")
_NAME = re.compile(r"@([a-z_0-9]+)")


class Theme(QObject):
    """The look that is on, for everything that paints by itself."""

    changed = Signal()

    def __init__(self, application: QApplication) -> None:
        """For one application; nothing changes before `put_on`."""
        super().__init__(application)
        self._application = application
        self.tokens: Tokens = LIGHT
        self.factor = 1.0
        """Size of text, 1 to 2."""
        self._lengths: dict[float, int] = {}
        self._fonts: dict[tuple[float, int], QFont] = {}
        self._look = "system"
        self._stop_following: Callable[[], None] | None = None
        hints = application.styleHints()
        hints.colorSchemeChanged.connect(self._system_changed)
        hints.accessibility().contrastPreferenceChanged.connect(self._system_changed)

    def px(self, length: float) -> int:
        """A length at the present size of text, in whole pixels, never 0 for more than 0."""
        found = self._lengths.get(length)
        if found is None:
            whole = round(length * self.factor)
            found = self._lengths[length] = max(1, whole) if length > 0 else whole
        return found

    def font(self, size: float = fonts.BODY, weight: int = 400) -> QFont:
        """The typeface at a size given for 100 %."""
        found = self._fonts.get((size, weight))
        if found is None:
            found = self._fonts[size, weight] = fonts.font(size * self.factor, weight)
        return QFont(found)  # whoever asked may change it

    def colour(self, name: str) -> QColor:
        """A plain colour of the look, by its field."""
        return QColor(getattr(self.tokens, name))

    def put_on(self, look: str, scale: int = 100) -> None:
        """Wear a look (`system`, or a name in `LOOKS`) with text at `scale` per cent."""
        tokens = system_tokens() if look == "system" else LOOKS[look]
        worn = (self._look, self.tokens.name, self.factor)
        if (look, tokens.name, scale / 100) == worn and self._application.styleSheet():
            return
        self._look, self.tokens, self.factor = look, tokens, scale / 100
        self._lengths, self._fonts = {}, {}
        self._application.setStyle("Fusion")
        self._application.setFont(self.font())
        self._application.setPalette(palette(tokens))
        self._application.setStyleSheet(self.style_sheet())
        self.changed.emit()

    def _system_changed(self) -> None:
        if self._look == "system":
            self.put_on("system", round(self.factor * 100))

    def style_sheet(self) -> str:
        """The style sheet with this look's colours and lengths."""
        text = resources.text("styles/desk.qss")
        colours = self.tokens.colours()
        colours["icons"] = resources.path("icons").as_posix()
        text = _LENGTH.sub(lambda found: f"{self.px(float(found[1]))}px", text)
        text = text.replace("@line", "2px" if self.tokens.outlined else "1px")
        return _NAME.sub(lambda found: colours[found[1]], text)


def system_tokens() -> Tokens:
    """The look that the system asks for."""
    hints = QGuiApplication.styleHints()
    if hints.accessibility().contrastPreference() == Qt.ContrastPreference.HighContrast:
        return HIGH_CONTRAST
    return DARK if hints.colorScheme() == Qt.ColorScheme.Dark else LIGHT


def palette(tokens: Tokens) -> QPalette:
    """The palette for what Qt draws by itself."""
    role, found = QPalette.ColorRole, QPalette()
    for place, colour in (
        (role.Window, tokens.window),
        (role.WindowText, tokens.text),
        (role.Base, tokens.field),
        (role.AlternateBase, tokens.surface),
        (role.Text, tokens.text),
        (role.Button, tokens.surface),
        (role.ButtonText, tokens.text),
        (role.BrightText, tokens.on_accent),
        (role.ToolTipBase, tokens.toast),
        (role.ToolTipText, tokens.on_toast),
        (role.PlaceholderText, tokens.text_3),
        (role.Highlight, tokens.accent),
        (role.HighlightedText, tokens.on_accent),
        (role.Link, tokens.accent_text),
        (role.Light, tokens.surface),
        (role.Midlight, tokens.hover),
        (role.Mid, tokens.border),
        (role.Dark, tokens.control),
        (role.Shadow, tokens.border),
        (role.Accent, tokens.accent),
    ):
        found.setColor(place, QColor(colour))
    for place in (role.WindowText, role.Text, role.ButtonText):
        found.setColor(QPalette.ColorGroup.Disabled, place, QColor(tokens.disabled))
    return found
