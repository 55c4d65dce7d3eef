"""One running exchange: its database, clock and choices, and the threads that speak SQL.

SQL runs on a pool of threads of its own; the event loop only waits and writes answers.
"""

import asyncio
import logging
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import TypeVar

from sqlalchemy import Connection
from sqlalchemy.exc import DBAPIError

from carekraft_desktop.hub import feed
from carekraft_desktop.hub.connections import Connections
from carekraft_desktop.hub.database import Database
from carekraft_desktop.hub.metrics import Metrics
from carekraft_desktop.hub.now import Now, utc_now
from carekraft_desktop.hub.settings import Settings
from carekraft_desktop.hub.wakeups import Wakeups

T = TypeVar("T")

log = logging.getLogger(__name__)


@dataclass(slots=True)
class Exchange:
    """One running exchange: its database, clock and choices, and those who wait."""

    database: Database
    settings: Settings
    now: Now = utc_now
    connections: Connections = field(default_factory=Connections)
    metrics: Metrics = field(default_factory=Metrics)
    wakeups: Wakeups = field(init=False)
    _threads: ThreadPoolExecutor = field(init=False)

    def __post_init__(self) -> None:
        self._threads = ThreadPoolExecutor(self.settings.workers, thread_name_prefix="exchange")
        self.wakeups = Wakeups(self._heads)

    async def read(self, work: Callable[[Connection], T]) -> T:
        """Run a reading transaction on a thread."""
        return await self.run(lambda: self.database.read(work))

    async def write(self, work: Callable[[Connection], T]) -> T:
        """Run a writing transaction on a thread."""
        return await self.run(lambda: self.database.write(work))

    async def run(self, work: Callable[[], T]) -> T:
        """Run anything that speaks with the database on a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, work)

    def close(self) -> None:
        """Wait for the threads and close the database."""
        self._threads.shutdown()
        self.database.close()

    async def _heads(self, offices: list[str]) -> dict[str, int]:
        try:
            return await self.read(lambda connection: feed.heads(connection, offices))
        except DBAPIError as error:
            log.info("could not look for changes: %s", type(error.orig).__name__)
            return {}
