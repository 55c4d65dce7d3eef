"""The open connections of a server, so that the sandbox can break one as a bad network does."""

import asyncio
from typing import Any

from uvicorn.protocols.http.h11_impl import H11Protocol

Peer = tuple[str, int]


class Connections:
    """Transports by the address of the client, as the ASGI scope names it."""

    def __init__(self) -> None:
        self._open: dict[Peer, asyncio.Transport] = {}

    def protocol(self) -> type[asyncio.Protocol]:
        """A protocol for uvicorn that keeps this list."""
        listed = self._open

        class Listed(H11Protocol):
            """uvicorn's HTTP/1.1 on h11; it only notes who is connected."""

            def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
                super().connection_made(transport)
                listed[transport.get_extra_info("peername")[:2]] = transport

            def connection_lost(self, exc: Exception | None) -> None:
                super().connection_lost(exc)
                listed.pop(self.client or ("", 0), None)

        return Listed

    def transports(self) -> list[asyncio.Transport]:
        """Those that are open now."""
        return list(self._open.values())

    async def cut(self, peer: Peer | list[Any]) -> None:
        """Break a connection at once; what was not sent is lost."""
        host, port = peer
        transport = self._open.pop((host, port), None)
        if transport is not None:
            transport.abort()
        while transport is not None and not transport.is_closing():
            await asyncio.sleep(0)
        # The protocol learns of it in the loop's next turn, and then expects no answer.
        await asyncio.sleep(0.001)
