"""The exchange as an ASGI application: its routes, and what surrounds every request."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.routing import BaseRoute

from carekraft_desktop.hub import failures
from carekraft_desktop.hub.dating import Dated
from carekraft_desktop.hub.directory import DirectoryRoutes
from carekraft_desktop.hub.exchange import Exchange
from carekraft_desktop.hub.fhir.routes import FhirRoutes
from carekraft_desktop.hub.metrics import Measured
from carekraft_desktop.hub.office_routes import OfficeRoutes
from carekraft_desktop.hub.operations_routes import OperationsRoutes
from carekraft_desktop.hub.sign_in_routes import SignInRoutes

if TYPE_CHECKING:
    from carekraft_desktop.hub.sandbox.sandbox import Sandbox


def create_app(exchange: Exchange, sandbox: "Sandbox | None" = None) -> Starlette:
    """The application; with `sandbox` also its routes, its faults and its public."""
    routes: list[BaseRoute] = [
        *SignInRoutes(exchange).all(),
        *OfficeRoutes(exchange).all(),
        *DirectoryRoutes(exchange).all(),
        *OperationsRoutes(exchange).all(),
        *FhirRoutes(exchange).all(),
    ]
    middleware = [Middleware(Dated, now=exchange.now)]
    if sandbox is not None:
        routes += sandbox.routes()
        middleware = [Middleware(Dated, now=sandbox.date_header), sandbox.middleware()]
    middleware.insert(0, Middleware(Measured, metrics=exchange.metrics))
    middleware.append(Middleware(GZipMiddleware, minimum_size=1_000, compresslevel=1))

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        looking = exchange.wakeups.start()
        if sandbox is not None:
            sandbox.start()
        try:
            yield
        finally:
            looking.cancel()
            if sandbox is not None:
                await sandbox.stop()
            await asyncio.to_thread(exchange.close)

    return Starlette(
        routes=routes,
        middleware=middleware,
        lifespan=lifespan,
        exception_handlers=failures.HANDLERS,
    )
