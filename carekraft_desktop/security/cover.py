"""The cover over an open office: while it is drawn, nothing is read for the screen (REQ-04).

The store stays open below it, so that the exchange is still heard and work that a worker had
begun comes to its end. Only the thread that paints is held off; it is the one that would show
what it reads.
"""

import threading

from carekraft_desktop.errors import Covered


class Cover:
    """One for each open office; off until it is drawn."""

    def __init__(self) -> None:
        """Off."""
        self._painter: int | None = None

    @property
    def drawn(self) -> bool:
        """Whether it lies over the office."""
        return self._painter is not None

    def draw(self) -> None:
        """Lay it over the office; call it in the thread that paints."""
        self._painter = threading.get_ident()

    def lift(self) -> None:
        """Somebody has proved who they are."""
        self._painter = None

    def check(self) -> None:
        """Go on only where nothing is shown.

        Raises:
            Covered: it is drawn, and this is the thread that paints.
        """
        if self._painter == threading.get_ident():
            raise Covered
