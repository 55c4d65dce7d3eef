"""What the program says to whoever has just come in."""

from collections.abc import Sequence
from typing import Final

from carekraft_desktop.presenters.wording import count

SECONDS: Final = 12
"""For how long it stays."""


def greeting(last: str, failures: int, emergencies: int, tried: Sequence[str]) -> str:
    """When they were last here, and what has happened since; empty for the first time ever.

    `last` is spelled out already, empty for never.
    """
    lines = []
    if last:
        lines.append(f"Last signed in {last}")
    if failures:
        lines.append(count(failures, "wrong password since then", "wrong passwords since then"))
    if emergencies:
        lines.append(count(emergencies, "emergency to look into", "emergencies to look into"))
    if tried:
        lines.append(f"Somebody may be guessing passwords: {', '.join(tried)}")
    return ". ".join(lines) + "." if lines else ""
