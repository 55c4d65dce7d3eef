"""The program's own typeface, and figures of one width for times and counts."""

from PySide6.QtGui import QFont, QFontDatabase

from carekraft_desktop import resources

BODY = 13
"""Pixels of running text at 100 %."""
HEAD = 16
TITLE = 20
SMALL = 12

_families: list[str] = []


def load() -> None:
    """Make the typeface known; other scripts fall back to the system's fonts."""
    if not _families:
        for weight in ("Regular", "Medium", "SemiBold"):
            file = resources.path(f"fonts/Inter-{weight}.ttf")
            number = QFontDatabase.addApplicationFont(str(file))
            _families.extend(QFontDatabase.applicationFontFamilies(number)[:1])


def font(pixels: float, weight: int = 400) -> QFont:
    """The typeface at a size and weight, with figures of one width."""
    found = QFont()
    found.setFamilies([*dict.fromkeys(_families), "system-ui", "sans-serif"])
    found.setPixelSize(max(1, round(pixels)))
    found.setWeight(QFont.Weight(weight))
    found.setFeature(QFont.Tag("tnum"), 1)
    return found
