"""The least that a server could do: Starlette and a JSON column, no sign-in, no cursor, no rules.

    python -m tests.benchmarks.stub <psycopg address>

It serves on the same server class as the exchange does, with as many threads.
"""

import asyncio
import json
import queue
import sys
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import psycopg
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from carekraft_desktop.hub import serve
from carekraft_desktop.hub.database import Database
from carekraft_desktop.hub.exchange import Exchange
from carekraft_desktop.hub.settings import Settings

T = TypeVar("T")
THREADS = 16


class Stub:
    """Two addresses: a page of an office's items, and how far its counter is."""

    def __init__(self, address: str) -> None:
        self._threads = ThreadPoolExecutor(THREADS)
        self._free: queue.SimpleQueue[psycopg.Connection] = queue.SimpleQueue()
        for _ in range(THREADS):
            self._free.put(psycopg.connect(address, autocommit=True))

    def app(self) -> Starlette:
        """For uvicorn."""
        return Starlette(
            routes=[Route("/page/{office}", self.page), Route("/poll/{office}", self.poll)]
        )

    async def page(self, request: Request) -> Response:
        """Five hundred items."""
        office = request.path_params["office"]

        def work(connection: psycopg.Connection) -> bytes:
            rows = connection.execute(
                "SELECT body FROM item WHERE office_id = %s ORDER BY seq LIMIT 500", [office]
            ).fetchall()
            return f"[{','.join(row[0] or 'null' for row in rows)}]".encode()

        return Response(await self._run(work), media_type="application/json")

    async def poll(self, request: Request) -> Response:
        """The newest place."""
        office = request.path_params["office"]

        def work(connection: psycopg.Connection) -> bytes:
            row = connection.execute(
                "SELECT last_seq FROM feed WHERE office_id = %s", [office]
            ).fetchone()
            return b'{"head":%d}' % (row[0] if row else 0)

        return Response(await self._run(work), media_type="application/json")

    async def _run(self, work: Callable[[psycopg.Connection], T]) -> T:
        def borrowed() -> T:
            connection = self._free.get()
            try:
                return work(connection)
            finally:
                self._free.put(connection)

        return await asyncio.get_running_loop().run_in_executor(self._threads, borrowed)


def main(address: str) -> None:
    """Serve until a signal comes."""
    place = serve.bind("127.0.0.1", 0)
    url = serve.address(place)
    # Only for what the server class asks of it; it has no database to speak of.
    exchange = Exchange(Database("sqlite:////dev/null"), Settings(url=url))

    def ready() -> None:
        sys.stdout.write(json.dumps({"url": url}) + "\n")
        sys.stdout.flush()

    serve.run(serve.Server(Stub(address).app(), exchange, ready=ready), place)


if __name__ == "__main__":
    main(sys.argv[1])
