"""A card that is never given less height than what is in it needs, however long its page."""

from PySide6.QtWidgets import QFrame, QSizePolicy, QVBoxLayout

from ui.widgets.parts import card


def whole_card() -> tuple[QFrame, QVBoxLayout]:
    """The card, and what goes into it."""
    frame, inside = card(18)
    frame.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
    return frame, inside
