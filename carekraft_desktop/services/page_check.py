"""Every page of the store is looked at when it is opened, and once a day (REQ-17).

SQLCipher finds an altered page when it reads it, which may be weeks later. A small store is looked
through before anything of it is shown; a large one, for which that would take seconds, in the first
minute after it was opened, while people already work.
"""

from carekraft_desktop.domain import Moment
from carekraft_desktop.services.workplace import Surroundings, store_in
from carekraft_desktop.store.unit import Store

AT_ONCE = 32 * 1024 * 1024
"""Bytes that are looked through within half a second, before anything is shown."""
EVERY = 24 * 3600
"""Seconds after which it is done again."""


def at_opening(around: Surroundings, store: Store) -> None:
    """Look through a store that has just been opened, unless it is large.

    Raises:
        StoreDamaged: a page is not as it was written; the store is closed.
    """
    if not is_large(around):
        try:
            store.check_pages()
        except BaseException:
            store.close()
            raise


def is_large(around: Surroundings) -> bool:
    """Whether it is looked through after it was opened."""
    try:
        return store_in(around.folders.office).stat().st_size > AT_ONCE
    except OSError:
        return True


class PageCheck:
    """When the next look is due; one for each open office."""

    def __init__(self, now: Moment, *, at_once: bool) -> None:
        """`at_once`: nothing was looked at when it was opened."""
        self._last = now - EVERY if at_once else now

    def is_due(self, now: Moment) -> bool:
        """Whether a day has gone by."""
        return not 0 <= now - self._last < EVERY

    def look(self, store: Store, now: Moment) -> None:
        """Look through every page; slow, for a worker.

        Raises:
            StoreDamaged: a page is not as it was written.
        """
        self._last = now
        store.check_pages()
