"""Puts the exchange's own time into the Date header, by which clients find their clock's error."""

from email.utils import format_datetime

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from carekraft_desktop.hub.now import Now


class Dated:
    """ASGI middleware; the server underneath must not add a Date of its own."""

    def __init__(self, app: ASGIApp, now: Now) -> None:
        """`now`: the time to tell."""
        self._app = app
        self._now = now

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve a request."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def dated(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers["Date"] = format_datetime(self._now(), usegmt=True)
            await send(message)

        await self._app(scope, receive, dated)
