"""The painted day."""

from ui.widgets.calendar.view import Calendar

__all__ = ["Calendar"]
