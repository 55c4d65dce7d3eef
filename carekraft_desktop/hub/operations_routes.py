"""The endpoints for whoever runs the exchange: does it live, is it ready, its figures."""

from sqlalchemy.exc import DBAPIError
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from carekraft_desktop.contract.problems import Slug
from carekraft_desktop.hub import feed
from carekraft_desktop.hub.asking import as_json
from carekraft_desktop.hub.database import Busy
from carekraft_desktop.hub.exchange import Exchange
from carekraft_desktop.hub.problems import refuse


class OperationsRoutes:
    """Open to everybody who reaches them; they tell nothing of anybody."""

    def __init__(self, exchange: Exchange) -> None:
        """They belong to that exchange."""
        self._exchange = exchange

    def all(self) -> list[BaseRoute]:
        """Every route, for Starlette."""
        return [
            Route("/healthz", self.health, methods=["GET"]),
            Route("/readyz", self.ready, methods=["GET"]),
            Route("/metrics", self._exchange.metrics.page, methods=["GET"]),
        ]

    async def health(self, _request: Request) -> Response:
        """The process answers."""
        return as_json({"status": "ok"})

    async def ready(self, _request: Request) -> Response:
        """The database answers, too."""
        try:
            await self._exchange.read(feed.current_epoch)
        except (DBAPIError, Busy):
            raise refuse(Slug.UNAVAILABLE, "The database does not answer") from None
        return as_json({"status": "ready"})
