"""A TCP relay on loopback that stands for the network: it can be cut at any byte, and moved."""

import contextlib
import itertools
import selectors
import socket
import threading
from dataclasses import dataclass


@dataclass
class Cut:
    """Break the next connection after so many bytes in one direction."""

    after: int
    towards_exchange: bool


class Relay:
    """Relays each connection to one of its targets, in turn."""

    def __init__(self, *targets: tuple[str, int]) -> None:
        """`targets`: where the exchange's processes listen; may be changed at any time."""
        self.targets = list(targets)
        self.cut: Cut | None = None
        self.delay = 0.0
        """Seconds that each piece is late in either direction."""
        self._over = threading.Event()
        self.sent = bytearray()
        """Every byte that went towards the exchange."""
        self._turn = itertools.count()
        self._place = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._place.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._open: set[socket.socket] = set()
        self._guard = threading.Lock()
        self._threads: list[threading.Thread] = []
        self._accepting = threading.Thread(target=self._accept)
        self._accepting.start()

    def close(self) -> None:
        """Cut everything and stop."""
        self._over.set()
        with contextlib.suppress(OSError):
            self._place.shutdown(socket.SHUT_RDWR)
        self._place.close()
        with self._guard:
            for each in self._open:
                with contextlib.suppress(OSError):
                    each.shutdown(socket.SHUT_RDWR)
        self._accepting.join()
        for thread in self._threads:
            thread.join()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._place.accept()
            except OSError:
                return
            thread = threading.Thread(target=self._relay, args=(client,))
            self._threads.append(thread)
            thread.start()

    def _relay(self, client: socket.socket) -> None:
        cut, self.cut = self.cut, None
        server = self._reach()
        if server is None:
            client.close()
            return
        with self._guard:
            self._open |= {client, server}
        with client, server, selectors.DefaultSelector() as waiting:
            waiting.register(client, selectors.EVENT_READ, (server, True))
            waiting.register(server, selectors.EVENT_READ, (client, False))
            self._pump(waiting, cut)
        with self._guard:
            self._open -= {client, server}

    def _reach(self) -> socket.socket | None:
        for _ in range(len(self.targets)):
            target = self.targets[next(self._turn) % len(self.targets)]
            with contextlib.suppress(OSError):
                return socket.create_connection(target, timeout=5)
        return None

    def _pump(self, waiting: selectors.DefaultSelector, cut: Cut | None) -> None:
        passed = 0
        while True:
            for key, _ in waiting.select():
                other, upwards = key.data
                source = key.fileobj
                assert isinstance(source, socket.socket)
                try:
                    data = source.recv(65_536)
                    if cut is not None and upwards is cut.towards_exchange:
                        data_left = cut.after - passed
                        passed += len(data)
                        if passed >= cut.after:
                            other.sendall(data[: max(0, data_left)])
                            return
                    if not data:
                        return
                    self._over.wait(self.delay)
                    if upwards:
                        with self._guard:
                            self.sent += data
                    other.sendall(data)
                except OSError:
                    return
