"""Every colour of the program, one table for each look.

A test holds each pair that meets on the screen against WCAG 2.2 AA: 4.5 to 1 for text,
3 to 1 for the edges of controls, icons and bars.
"""

from functools import cache

from msgspec.structs import fields

from carekraft_desktop.value import Value


class Ink(Value, frozen=True):
    """How a status looks: a bar at the left, a fill, and the text on that fill."""

    bar: str
    fill: str
    text: str


class Tokens(Value, frozen=True):
    """One look."""

    name: str
    dark: bool
    outlined: bool
    """Status by outline instead of by fill, and two-pixel lines."""

    window: str
    surface: str
    sidebar: str
    field: str
    text: str
    text_2: str
    text_3: str
    """The quietest that may still carry words."""
    border: str
    """Around cards; decoration only."""
    grid: str
    grid_half: str
    control: str
    """The edge of a button or field."""
    hover: str
    pressed: str
    disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    soft: str
    """The chosen row or place."""
    on_soft: str
    accent_text: str
    """The accent as text or icon on a surface."""
    danger: str
    focus: str
    now: str
    on_now: str
    hatch: str
    closed: str
    scroll: str
    toast: str
    on_toast: str
    toast_action: str

    requested: Ink
    offered: Ink
    confirmed: Ink
    arrived: Ink
    completed: Ink
    no_show: Ink
    cancelled: Ink
    late: Ink
    good: Ink
    quiet: Ink
    warn: Ink
    bad: Ink

    def ink(self, tone: str) -> Ink:
        """The colours of a tone, by its value."""
        found: Ink = getattr(self, tone.replace("-", "_"))
        return found

    def colours(self) -> dict[str, str]:
        """Every plain colour by name, and those of the tones as `late_bar` and so on."""
        return _colours(self)


@cache
def _colours(tokens: Tokens) -> dict[str, str]:
    found: dict[str, str] = {}
    for each in fields(tokens):
        value = getattr(tokens, each.name)
        if isinstance(value, Ink):
            for part in fields(value):
                found[f"{each.name}_{part.name}"] = getattr(value, part.name)
        elif isinstance(value, str) and value.startswith("#"):
            found[each.name] = value
    return found


LIGHT = Tokens(
    name="light",
    dark=False,
    outlined=False,
    window="#F4F6F8",
    surface="#FFFFFF",
    sidebar="#EBEFF2",
    field="#FFFFFF",
    text="#16202A",
    text_2="#435060",
    text_3="#596675",
    border="#DBE1E7",
    grid="#DFE5EA",
    grid_half="#EFF2F5",
    control="#7D8998",
    hover="#EEF2F5",
    pressed="#E1E8ED",
    disabled="#8A95A1",
    accent="#0B6A71",
    accent_hover="#095A60",
    accent_pressed="#074A4F",
    on_accent="#FFFFFF",
    soft="#D8EEEE",
    on_soft="#0A4E54",
    accent_text="#0B6A71",
    danger="#A3241C",
    focus="#1A5FD0",
    now="#C62F26",
    on_now="#FFFFFF",
    hatch="#DDE3E9",
    closed="#F7F9FA",
    scroll="#B9C4CF",
    toast="#1D2832",
    on_toast="#F4F7FA",
    toast_action="#7FD3D8",
    requested=Ink("#B07A00", "#FFF1CC", "#5F4300"),
    offered=Ink("#7A55C7", "#EEE8FB", "#4A2D8C"),
    confirmed=Ink("#2C8A56", "#DFF2E6", "#14532F"),
    arrived=Ink("#3472CC", "#E1ECFC", "#173F7C"),
    completed=Ink("#6D7886", "#E7EBEF", "#3D4854"),
    no_show=Ink("#B0547A", "#FBE6EE", "#742848"),
    cancelled=Ink("#7D8793", "#F1F3F5", "#4B5561"),
    late=Ink("#C8372D", "#FCE3E0", "#86180F"),
    good=Ink("#2C8A56", "#DFF2E6", "#14532F"),
    quiet=Ink("#6D7886", "#E7EBEF", "#3D4854"),
    warn=Ink("#B07A00", "#FFF1CC", "#5F4300"),
    bad=Ink("#C8372D", "#FCE3E0", "#86180F"),
)

DARK = Tokens(
    name="dark",
    dark=True,
    outlined=False,
    window="#12161A",
    surface="#1A2026",
    sidebar="#0E1215",
    field="#14191E",
    text="#E9EDF2",
    text_2="#B9C2CC",
    text_3="#99A4B0",
    border="#2B333C",
    grid="#2C343D",
    grid_half="#222931",
    control="#76838F",
    hover="#222A32",
    pressed="#2B353E",
    disabled="#66727E",
    accent="#4DB6BC",
    accent_hover="#6AC6CB",
    accent_pressed="#83D2D6",
    on_accent="#06262A",
    soft="#17383B",
    on_soft="#A4E4E7",
    accent_text="#66C7CC",
    danger="#FF9C92",
    focus="#7FB2FF",
    now="#FF7468",
    on_now="#2A0805",
    hatch="#29313A",
    closed="#161B20",
    scroll="#46525E",
    toast="#E9EDF2",
    on_toast="#16202A",
    toast_action="#0B6A71",
    requested=Ink("#DDA52E", "#3A2E12", "#FADC96"),
    offered=Ink("#A98BEF", "#2D2546", "#D9CBFF"),
    confirmed=Ink("#4DB37C", "#163425", "#A9E7C4"),
    arrived=Ink("#5E9CF0", "#172F52", "#B6D6FF"),
    completed=Ink("#8893A0", "#2A3139", "#CAD2DA"),
    no_show=Ink("#E07FA8", "#42202F", "#FFC6DB"),
    cancelled=Ink("#7F8A96", "#20262C", "#AEB8C2"),
    late=Ink("#F4695D", "#471D1B", "#FFBFB8"),
    good=Ink("#4DB37C", "#163425", "#A9E7C4"),
    quiet=Ink("#8893A0", "#2A3139", "#CAD2DA"),
    warn=Ink("#DDA52E", "#3A2E12", "#FADC96"),
    bad=Ink("#F4695D", "#471D1B", "#FFBFB8"),
)

_BLACK = "#000000"
HIGH_CONTRAST = Tokens(
    name="high-contrast",
    dark=True,
    outlined=True,
    window=_BLACK,
    surface=_BLACK,
    sidebar=_BLACK,
    field=_BLACK,
    text="#FFFFFF",
    text_2="#FFFFFF",
    text_3="#E3E3E3",
    border="#FFFFFF",
    grid="#8C8C8C",
    grid_half="#4A4A4A",
    control="#FFFFFF",
    hover="#1C2C2E",
    pressed="#274145",
    disabled="#A0A0A0",
    accent="#1AEBFF",
    accent_hover="#7CF3FF",
    accent_pressed="#B5F8FF",
    on_accent=_BLACK,
    soft="#003A40",
    on_soft="#7CF3FF",
    accent_text="#1AEBFF",
    danger="#FFA59C",
    focus="#FFFF00",
    now="#FF8A80",
    on_now=_BLACK,
    hatch="#4A4A4A",
    closed=_BLACK,
    scroll="#FFFFFF",
    toast=_BLACK,
    on_toast="#FFFFFF",
    toast_action="#1AEBFF",
    requested=Ink("#FFE066", _BLACK, "#FFE066"),
    offered=Ink("#D3BEFF", _BLACK, "#D3BEFF"),
    confirmed=Ink("#7DFFB0", _BLACK, "#7DFFB0"),
    arrived=Ink("#9CCBFF", _BLACK, "#9CCBFF"),
    completed=Ink("#FFFFFF", _BLACK, "#FFFFFF"),
    no_show=Ink("#FFB3D2", _BLACK, "#FFB3D2"),
    cancelled=Ink("#C8C8C8", _BLACK, "#D8D8D8"),
    late=Ink("#FF9C92", _BLACK, "#FF9C92"),
    good=Ink("#7DFFB0", _BLACK, "#7DFFB0"),
    quiet=Ink("#FFFFFF", _BLACK, "#FFFFFF"),
    warn=Ink("#FFE066", _BLACK, "#FFE066"),
    bad=Ink("#FF9C92", _BLACK, "#FF9C92"),
)

LOOKS = {tokens.name: tokens for tokens in (LIGHT, DARK, HIGH_CONTRAST)}
