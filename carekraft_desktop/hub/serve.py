"""Runs the exchange: on this thread until a signal comes, or on a thread of its own."""

import asyncio
import contextlib
import logging
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from types import FrameType

import uvicorn
from starlette.types import ASGIApp

from carekraft_desktop.hub.exchange import Exchange

GRACE_SECONDS = 3
"""How long requests under way may take once the exchange is asked to stop."""

TICK_SECONDS = 0.5

_TURNS = 4
"""Of the loop, until a connection that was accepted is one of those that are told to end."""


def bind(host: str, port: int) -> socket.socket:
    """A listening socket; port 0 lets the system choose one."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # With the protocol named, asyncio sets TCP_NODELAY on the connections that it accepts;
    # without, every answer waits some 40 ms for the client's delayed acknowledgement.
    place = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        place.bind((host, port))
        place.listen(256)
    except OSError:
        place.close()
        raise
    return place


def address(place: socket.socket) -> str:
    """The URL of a bound socket."""
    host, port = place.getsockname()[:2]
    return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"


class Server(uvicorn.Server):
    """uvicorn, which first sends long-polls home and does not die of the signal that ends it."""

    def __init__(
        self, app: ASGIApp, exchange: Exchange, *, ready: Callable[[], None] = lambda: None
    ) -> None:
        """`ready` is called once requests are answered."""
        super().__init__(
            uvicorn.Config(
                app,
                http=exchange.connections.protocol(),
                loop="asyncio",
                ws="none",
                lifespan="on",
                log_config=None,
                access_log=False,
                server_header=False,
                date_header=False,
                timeout_graceful_shutdown=GRACE_SECONDS,
            )
        )
        # Its lines would quote addresses with ids in them; ours tell the kind of error.
        for name in ("uvicorn.error", "uvicorn.asgi"):
            logging.getLogger(name).setLevel(logging.CRITICAL)
        self._wakeups = exchange.wakeups
        self._ready = ready
        self._asked: asyncio.Event | None = None
        self._loop: asyncio.AbstractEventLoop | None = None

    def ask_to_stop(self) -> None:
        """Let it end soon; from any thread or signal."""
        self.should_exit = True
        if self._loop is not None and self._asked is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._asked.set)

    async def main_loop(self) -> None:
        """Wait to be asked to stop; uvicorn's own would look ten times a second."""
        self._loop = asyncio.get_running_loop()
        self._asked = asyncio.Event()
        while not self.should_exit:
            # The time-out is for systems on which a signal does not wake the loop.
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._asked.wait(), TICK_SECONDS)

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin to answer."""
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Finish what is under way."""
        self._wakeups.stop()
        await self._accept_no_more()
        await super().shutdown(sockets=sockets)

    async def _accept_no_more(self) -> None:
        """Let those in that are at the door, and nobody after them.

        A connection that asyncio has accepted but not yet made when its server is closed stays
        open and unanswered (CPython 3.11), and whoever asked waits for nothing.
        """
        loop = asyncio.get_running_loop()
        with contextlib.suppress(NotImplementedError):  # on Windows there are no readers
            for server in self.servers:
                for place in server.sockets:
                    loop.remove_reader(place.fileno())
        for _ in range(_TURNS):
            await asyncio.sleep(0)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Stop gracefully on SIGTERM and SIGINT; outside the main thread there are none."""
        if threading.current_thread() is not threading.main_thread():
            yield
            return

        def stop(_signal: int, _frame: FrameType | None) -> None:
            self.ask_to_stop()

        before = {each: signal.signal(each, stop) for each in (signal.SIGTERM, signal.SIGINT)}
        try:
            yield
        finally:
            for each, handler in before.items():
                signal.signal(each, handler)


def run(server: Server, place: socket.socket) -> None:
    """Serve until a signal comes."""
    asyncio.run(server.serve(sockets=[place]))


class Background:
    """A server on a thread of its own, for the demonstration and for tests."""

    def __init__(
        self, app: ASGIApp, exchange: Exchange, place: socket.socket, *, patience: float = 30.0
    ) -> None:
        """Start, and return once requests are answered.

        Raises:
            RuntimeError: it did not start within `patience` seconds.
        """
        self.url = address(place)
        self._up = threading.Event()
        self._server = Server(app, exchange, ready=self._up.set)
        self._thread = threading.Thread(
            target=run, args=(self._server, place), name="exchange-server", daemon=True
        )
        self._thread.start()
        if not self._up.wait(patience):
            self.stop()
            message = "the exchange did not start"
            raise RuntimeError(message)

    def stop(self, *, patience: float = 15.0) -> None:
        """Stop and wait for its thread."""
        self._server.ask_to_stop()
        self._thread.join(patience)
