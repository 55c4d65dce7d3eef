"""Every pair of colours that meets on the screen meets WCAG 2.2 AA, in every look."""

from functools import cache

import pytest

from ui.tokens import LOOKS, Ink, Tokens

TONES = (
    "requested",
    "offered",
    "confirmed",
    "arrived",
    "completed",
    "no_show",
    "cancelled",
    "late",
    "good",
    "quiet",
    "warn",
    "bad",
)
TEXT = (
    ("text", "window"),
    ("text", "surface"),
    ("text", "sidebar"),
    ("text", "field"),
    ("text", "hover"),
    ("text", "pressed"),
    ("text_2", "surface"),
    ("text_2", "sidebar"),
    ("text_2", "pressed"),
    ("text_2", "hover"),
    ("text_3", "window"),
    ("text_3", "surface"),
    ("text_3", "sidebar"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_accent", "accent_pressed"),
    ("on_soft", "soft"),
    ("accent_text", "surface"),
    ("accent_text", "window"),
    ("danger", "surface"),
    ("danger", "hover"),
    ("on_now", "now"),
    ("on_toast", "toast"),
    ("toast_action", "toast"),
)
CONTROLS = (
    ("control", "surface"),
    ("control", "window"),
    ("control", "field"),
    ("accent", "surface"),
    ("accent", "window"),
    ("focus", "surface"),
    ("focus", "window"),
    ("focus", "sidebar"),
    ("focus", "soft"),
    ("now", "surface"),
)


@cache
def light_of(colour: str) -> float:
    """Relative luminance, WCAG 2.2."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, two: str) -> float:
    first, second = sorted((light_of(one), light_of(two)), reverse=True)
    return (first + 0.05) / (second + 0.05)


def test_the_measure_itself() -> None:
    assert contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_can_be_read(look: Tokens, ink: str, ground: str) -> None:
    assert contrast(getattr(look, ink), getattr(look, ground)) >= 4.5


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize(("edge", "ground"), CONTROLS)
def test_controls_can_be_seen(look: Tokens, edge: str, ground: str) -> None:
    assert contrast(getattr(look, edge), getattr(look, ground)) >= 3


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize("tone", TONES)
def test_a_status_can_be_read_and_its_bar_seen(look: Tokens, tone: str) -> None:
    ink: Ink = look.ink(tone)
    assert contrast(ink.text, ink.fill) >= 4.5
    assert contrast(ink.bar, look.surface) >= 3


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
def test_high_contrast_goes_further(look: Tokens) -> None:
    wanted = 7.0 if look.outlined else 4.5
    assert contrast(look.text_3, look.surface) >= wanted
