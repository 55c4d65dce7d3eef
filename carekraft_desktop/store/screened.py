"""The store as a screen's use cases have it: shut while the screen is covered."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Protocol

from carekraft_desktop.store.unit import Reading, Store, Writing


class Transactions(Protocol):
    """What a use case needs of a store."""

    def read(self) -> AbstractContextManager[Reading]:
        """A consistent look; nothing can be changed through it."""
        ...

    def write(self) -> AbstractContextManager[Writing]:
        """One transaction: kept whole or dropped whole."""
        ...


class ScreenStore:
    """Passes transactions on to the open store, unless the screen is covered."""

    def __init__(self, store: Store, check: Callable[[], None]) -> None:
        """`check` raises `Covered` where nothing may be read."""
        self._store, self._check = store, check

    def read(self) -> AbstractContextManager[Reading]:
        """A consistent look.

        Raises:
            Covered: the screen is covered, and the screen asks.
        """
        self._check()
        return self._store.read()

    def write(self) -> AbstractContextManager[Writing]:
        """One transaction.

        Raises:
            Covered: as for `read`.
        """
        self._check()
        return self._store.write()
