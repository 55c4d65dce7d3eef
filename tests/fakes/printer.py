"""A printer that remembers what was printed."""

from collections.abc import Callable
from dataclasses import dataclass, field

from carekraft_desktop.presenters.paper import Sheet


@dataclass
class FakePrinter:
    """Implements `presenters.paper.Printer`."""

    printed: list[Sheet] = field(default_factory=list)
    there: bool = True

    def ready(self) -> bool:
        """Whether there is one."""
        return self.there

    def print(self, sheet: Sheet, sent: Callable[[int], None], refused: Callable[[], None]) -> None:
        """Remember it, on one page."""
        del refused
        self.printed.append(sheet)
        sent(1)
