"""Days as they are written down: ISO dates."""

from datetime import date


def is_day(text: str) -> bool:
    """Whether it is a whole date, e.g. `2026-11-23`."""
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return len(text) == 10
