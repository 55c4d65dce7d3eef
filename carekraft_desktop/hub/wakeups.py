"""Wakes the requests that wait for something new in an office's feed.

Commits of this process wake at once; a look at the counters, once a second while anybody
waits, finds the commits of other processes on the same database.
"""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager


class Waiter:
    """One request that waits."""

    def __init__(self, office_id: str, client_id: str) -> None:
        """Whose feed it waits for, and which workstation's request it is."""
        self.office_id = office_id
        self.client_id = client_id
        self.place: int | None = None
        """The newest place it has seen; None before its first look."""
        self.woken = asyncio.Event()
        self.sent_home = False
        """Woken without news: another request took its place, or the exchange stops."""


class Wakeups:
    """All waiting requests of this process. Only `tell` may be called from other threads."""

    def __init__(
        self, heads: Callable[[list[str]], Awaitable[dict[str, int]]], *, every: float = 1.0
    ) -> None:
        """`heads`: reads the newest place of some offices; `every`: seconds between looks."""
        self._heads = heads
        self._every = every
        self._waiting: dict[str, list[Waiter]] = defaultdict(list)
        self._loop: asyncio.AbstractEventLoop | None = None
        self._stopping = False

    def start(self) -> asyncio.Task[None]:
        """Begin, on the running event loop; cancel the task to stop looking."""
        self._loop = asyncio.get_running_loop()
        return self._loop.create_task(self._look())

    def tell(self, office_id: str) -> None:
        """Something was committed for that office; from any thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._wake, office_id)

    @property
    def count(self) -> int:
        """How many requests wait."""
        return sum(len(waiters) for waiters in list(self._waiting.values()))

    def stop(self) -> None:
        """Send everybody home, and let nobody wait any more."""
        self._stopping = True
        for waiters in self._waiting.values():
            for waiter in waiters:
                waiter.sent_home = True
                waiter.woken.set()

    @contextmanager
    def wait(self, office_id: str, client_id: str, *, most: int) -> Iterator[Waiter]:
        """Be woken from now on; the client's oldest waiters beyond `most` are sent home."""
        waiter = Waiter(office_id, client_id)
        waiting = self._waiting[office_id]
        waiting.append(waiter)
        for surplus in [each for each in waiting if each.client_id == client_id][:-most]:
            surplus.sent_home = True
            surplus.woken.set()
        if self._stopping:
            waiter.sent_home = True
            waiter.woken.set()
        try:
            yield waiter
        finally:
            waiting.remove(waiter)
            if not waiting:
                self._waiting.pop(office_id, None)

    def _wake(self, office_id: str) -> None:
        for waiter in self._waiting.get(office_id, ()):
            waiter.woken.set()

    async def _look(self) -> None:
        while True:
            await asyncio.sleep(self._every)
            if not self._waiting:
                continue
            for office_id, head in (await self._heads(list(self._waiting))).items():
                for waiter in self._waiting.get(office_id, ()):
                    if waiter.place is not None and waiter.place < head:
                        waiter.woken.set()
