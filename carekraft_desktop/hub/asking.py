"""Who is asking, by which program; what every endpoint looks at first."""

from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.problems import Slug
from carekraft_desktop.hub import reading, sign_in
from carekraft_desktop.hub.problems import refuse
from carekraft_desktop.hub.settings import Settings

Endpoint = Callable[[Request], Awaitable[Response]]
JSON = "application/json"


def spoken(settings: Settings) -> Callable[[Endpoint], Endpoint]:
    """Refuse programs that are too old before anything else is looked at."""

    def wrap(endpoint: Endpoint) -> Endpoint:
        async def checked(request: Request) -> Response:
            version = reading.client_version(request)
            if version is not None and version < settings.min_client:
                raise refuse(Slug.CLIENT_TOO_OLD, "This version of the program is too old")
            return await endpoint(request)

        return checked

    return wrap


def anybody(connection: Connection, request: Request, at: datetime) -> sign_in.Device:
    """Whose request it is.

    Raises:
        Refused: nobody's who may come in.
    """
    try:
        return sign_in.bearer(connection, request.headers.get("authorization", ""), at)
    except sign_in.TokenRefused:
        raise refuse(Slug.TOKEN_INVALID, "Please sign in") from None
    except sign_in.DeviceRevoked:
        raise refuse(Slug.DEVICE_REVOKED, "This workstation was shut out") from None


def workstation(connection: Connection, request: Request, at: datetime) -> sign_in.Device:
    """Whose request it is, which must be a workstation's and not a partner's.

    Raises:
        Refused: it is not.
    """
    found = anybody(connection, request, at)
    if found.scopes:
        raise refuse(Slug.SCOPE_MISSING, "This is for workstations of an office")
    return found


def device(connection: Connection, request: Request, at: datetime) -> sign_in.Device:
    """Whose request it is; it must be about that workstation's own office.

    Raises:
        Refused: it is not.
    """
    found = workstation(connection, request, at)
    if request.path_params["office"] != found.office_id:
        raise refuse(Slug.NOT_YOUR_OFFICE, "That is another office's")
    return found


def as_json(value: object, *, status: int = 200) -> Response:
    """A value of the contract as an answer."""
    return Response(encode(value), status, media_type=JSON)
