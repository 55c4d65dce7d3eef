"""What a client is told when a request ends by an exception."""

import logging
from collections.abc import Awaitable, Callable, Mapping
from traceback import walk_tb
from typing import Any

from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from carekraft_desktop.contract.problems import Problem, Slug
from carekraft_desktop.hub.database import Busy, is_lost
from carekraft_desktop.hub.fhir import outcomes
from carekraft_desktop.hub.problems import Refused, answer, invalid, refuse

log = logging.getLogger(__name__)


def _told(request: Request, refused: Refused) -> Response:
    """A problem document, or what FHIR has for it where FHIR is spoken."""
    fhir = request.url.path.startswith("/fhir/")
    return outcomes.answer(refused) if fhir else answer(refused)


async def _refused(request: Request, error: Exception) -> Response:
    if not isinstance(error, Refused):
        raise error
    return _told(request, error)


async def _unknown(request: Request, error: Exception) -> Response:
    """Starlette's own refusals: unknown addresses and methods."""
    if not isinstance(error, HTTPException):
        raise error
    if error.status_code == 404:
        return _told(request, refuse(Slug.NOT_FOUND, "There is no such address"))
    refused = invalid("The request is not understood", status=error.status_code)
    refused.headers.update(error.headers or {})
    return _told(request, refused)


async def _busy(request: Request, _error: Exception) -> Response:
    return _told(request, refuse(Slug.UNAVAILABLE, "Please ask again"))


async def _failed(request: Request, error: Exception) -> Response:
    """A mistake of ours: the kind of error is logged, never what it says."""
    log.error("request failed: %s", type(error).__name__, extra={"facts": {"where": _where(error)}})
    refused = refuse(Slug.UNAVAILABLE, "The exchange made a mistake")
    document = refused.document
    return _told(
        request,
        Refused(Problem(type=document.type, title=document.title, status=500), refused.headers),
    )


def _where(error: Exception) -> str:
    """The innermost line of ours that it came from, which tells nothing of anybody."""
    place = ""
    for frame, line in walk_tb(error.__traceback__):
        module = frame.f_globals.get("__name__", "")
        if module.startswith("carekraft_desktop"):
            place = f"{module}:{line}"
    return place


async def _database_failed(request: Request, error: Exception) -> Response:
    """A database that went away comes back; whatever else it says is a mistake of ours."""
    if not isinstance(error, DBAPIError) or not is_lost(error):
        return await _failed(request, error)
    log.info("the database is away: %s", type(error.orig).__name__)
    return _told(request, refuse(Slug.UNAVAILABLE, "The database does not answer"))


HANDLERS: Mapping[Any, Callable[[Request, Exception], Awaitable[Response]]] = {
    Refused: _refused,
    HTTPException: _unknown,
    Busy: _busy,
    DBAPIError: _database_failed,
    Exception: _failed,
}
"""For Starlette, by the kind of exception."""
