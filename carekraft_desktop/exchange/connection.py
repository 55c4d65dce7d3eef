"""One kept connection to the exchange over requests: checked, sized, and cuttable.

The system's trust store decides about certificates, nothing of the environment (proxies,
netrc) is read, and no redirect is followed.
"""

import logging
import socket
import ssl
import threading
import weakref
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from urllib.parse import urlsplit

import requests
import truststore
import urllib3
from requests.adapters import HTTPAdapter
from urllib3.connectionpool import HTTPConnectionPool
from urllib3.util import SKIP_HEADER

from carekraft_desktop import __version__
from carekraft_desktop.contract.enrolment import CLIENT_HEADER
from carekraft_desktop.contract.limits import PAGE_BYTES
from carekraft_desktop.errors import Garbled, Offline
from carekraft_desktop.value import Value

# A head that broke off becomes an error of ours; urllib3's own line would name the address.
logging.getLogger("urllib3.connection").setLevel(logging.ERROR)

CONNECT_SECONDS = 5.0
ANSWER_SECONDS = 20.0
"""Longest silence in an answer, beyond the time we asked the exchange to hold it."""
_CHUNK = 64 * 1024
_ALWAYS = {
    "Accept": "application/json",
    "Accept-Encoding": "gzip",
    CLIENT_HEADER: f"desktop/{__version__}",
    # Which library speaks is nobody's business.
    "User-Agent": SKIP_HEADER,
}
_LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})


class Answer(Value, frozen=True):
    """What came back."""

    status: int
    content_type: str
    """Lower case, without parameters."""
    date: str
    """The Date header, empty when there was none."""
    retry_after: str
    body: bytes


@contextmanager
def translated() -> Iterator[None]:
    """Requests' and urllib3's failures as ours; nothing of a URL or body is kept."""
    try:
        yield
    except (requests.exceptions.ContentDecodingError, urllib3.exceptions.DecodeError) as error:
        raise Garbled(type(error).__name__) from None
    except (requests.exceptions.RequestException, urllib3.exceptions.HTTPError, OSError) as error:
        raise Offline(type(error).__name__) from None


class Connection:
    """Requests to one address, one at a time."""

    def __init__(self, address: str) -> None:
        """`address`: https, or http on this computer itself.

        Raises:
            Garbled: it is neither.
        """
        parts = urlsplit(address)
        local = parts.scheme == "http" and parts.hostname in _LOOPBACK
        if not (local or (parts.scheme == "https" and parts.hostname)):
            raise Garbled("address")
        self._address = address.rstrip("/")
        self._origin = (parts.scheme, parts.netloc)
        # Without a Session: cookies, proxies and hooks are nothing that we want, and cost time.
        self._adapter = _WatchedAdapter()
        self._prepared: dict[tuple[str, str], requests.PreparedRequest] = {}

    def url(self, path: str) -> str:
        """The full address of a path, or of an address that must be on the same host."""
        if path.startswith("/"):
            return self._address + path
        parts = urlsplit(path)
        if (parts.scheme, parts.netloc) != self._origin:
            raise Garbled("other-host")
        return path

    def ask(
        self,
        method: str,
        path: str,
        *,
        headers: dict[str, str] | None = None,
        body: bytes | None = None,
        wait: float = 0.0,
        most: int = PAGE_BYTES,
    ) -> Answer:
        """One request and its whole answer.

        `wait`: seconds that the exchange was asked to hold the answer. `most`: bytes of body,
        after decompression, beyond which the answer is refused.

        Raises:
            Offline: no answer, or it broke off.
            Garbled: a redirect, or too long.
        """
        prepared = self._prepare(method, self.url(path), headers or {}, body)
        with translated():
            response = self._adapter.send(
                prepared, timeout=(CONNECT_SECONDS, ANSWER_SECONDS + wait), stream=True, verify=True
            )
            with response:
                return self._whole(response, most)

    def _prepare(
        self, method: str, url: str, headers: dict[str, str], body: bytes | None
    ) -> requests.PreparedRequest:
        """The request; one without a body that was just made, as in polling, is used again."""
        prepared = self._prepared.get((method, url)) if body is None else None
        if prepared is None:
            prepared = requests.Request(method, url, headers=_ALWAYS, data=body).prepare()
            self._prepared = {(method, url): prepared} if body is None else {}
        for name in ("Authorization", "Content-Type"):
            prepared.headers.pop(name, None)
        prepared.headers.update(headers)
        return prepared

    def _whole(self, response: requests.Response, most: int) -> Answer:
        if 300 <= response.status_code < 400:
            raise Garbled("redirect")
        chunks: list[bytes] = []
        size = 0
        while chunk := response.raw.read(_CHUNK, decode_content=True):
            size += len(chunk)
            if size > most:
                response.raw.close()
                raise Garbled("too-long")
            chunks.append(chunk)
        headers = response.headers
        return Answer(
            status=response.status_code,
            content_type=headers.get("Content-Type", "").partition(";")[0].strip().lower(),
            date=headers.get("Date", ""),
            retry_after=headers.get("Retry-After", ""),
            body=b"".join(chunks),
        )

    def break_off(self) -> None:
        """Make a request that is under way in another thread fail now."""
        self._adapter.break_off()

    def close(self) -> None:
        """Let go of the connection."""
        self._prepared = {}  # the last one holds a token
        self._adapter.close()


class _WatchedAdapter(HTTPAdapter):
    """Knows the sockets of its connections, so that a waiting one can be cut from outside."""

    def __init__(self) -> None:
        self._sockets: weakref.WeakSet[socket.socket] = weakref.WeakSet()
        self._pool: HTTPConnectionPool | None = None
        self._guard = threading.Lock()
        super().__init__(pool_connections=1, pool_maxsize=1, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> Any:  # noqa: ANN401 - as requests has it
        """Decide about certificates with the operating system's trust store."""
        kwargs["ssl_context"] = truststore.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        return super().init_poolmanager(*args, **kwargs)

    def get_connection_with_tls_context(self, *args: Any, **kwargs: Any) -> HTTPConnectionPool:  # noqa: ANN401
        """The pool of our one address, with connections that tell us of their sockets."""
        if self._pool is None:
            pool: Any = super().get_connection_with_tls_context(*args, **kwargs)
            pool.ConnectionCls = self._watched(pool.ConnectionCls)
            self._pool = pool
        return self._pool

    def close(self) -> None:
        """Let go of the pool and its connection."""
        self._pool = None
        super().close()

    def _watched(self, kind: type[Any]) -> type[Any]:
        sockets, guard = self._sockets, self._guard

        class Watched(kind):  # type: ignore[misc]
            def connect(self) -> None:
                super().connect()
                with guard:
                    sockets.add(self.sock)

        return Watched

    def break_off(self) -> None:
        with self._guard:
            sockets = list(self._sockets)
        for one in sockets:
            try:
                # Of the plain class: TLS's own shutdown would talk to the other side first.
                socket.socket.shutdown(one, socket.SHUT_RDWR)
            except OSError:
                continue
