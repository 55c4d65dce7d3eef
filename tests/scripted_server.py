"""A loopback HTTP server that answers what a test tells it to, well or badly."""

import socket
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Reply = Callable[["Handler"], None]


class Handler(BaseHTTPRequestHandler):
    """Hands each request to the next scripted reply."""

    protocol_version = "HTTP/1.1"
    server: "_Server"

    def _any(self) -> None:
        length = int(self.headers.get("Content-Length") or 0)
        self.body = self.rfile.read(length)
        script = self.server.script
        script.requests.append((self.command, self.path, dict(self.headers), self.body))
        reply = script.replies.popleft() if script.replies else script.usual
        reply(self)

    do_GET = do_POST = _any  # noqa: N815 - named by the standard library

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@dataclass
class Script:
    """What to answer, and what was asked."""

    usual: Reply
    replies: deque[Reply] = field(default_factory=deque)
    requests: list[tuple[str, str, dict[str, str], bytes]] = field(default_factory=list)
    url: str = ""


class _Server(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True
    script: Script

    def handle_error(self, *_: object) -> None:
        """A client that went away is no news."""


def answer(
    body: bytes,
    *,
    status: int = 200,
    content_type: str = "application/json",
    headers: dict[str, str] | None = None,
) -> Reply:
    """A well-formed HTTP answer."""

    def reply(handler: Handler) -> None:
        handler.send_response(status)
        handler.send_header("Content-Type", content_type)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in (headers or {}).items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return reply


def cut(after: bytes = b"", *, announce: int = 1000) -> Reply:
    """Break the connection off: before a word, or in the middle of the body."""

    def reply(handler: Handler) -> None:
        handler.close_connection = True
        if after:
            handler.send_response(200)
            handler.send_header("Content-Type", "application/json")
            handler.send_header("Content-Length", str(announce))
            handler.end_headers()
            handler.wfile.write(after)
            handler.wfile.flush()
        handler.connection.shutdown(socket.SHUT_RDWR)

    return reply


def raw(data: bytes) -> Reply:
    """Bytes that need not be HTTP at all."""

    def reply(handler: Handler) -> None:
        handler.close_connection = True
        handler.wfile.write(data)

    return reply


@contextmanager
def serve(usual: Reply) -> Iterator[Script]:
    """Run it on a loopback port; `usual` answers when nothing is scripted."""
    script = Script(usual)
    server = _Server(("127.0.0.1", 0), Handler)
    server.script = script
    script.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield script
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
