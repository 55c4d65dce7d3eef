"""The endpoints by which programs find the exchange, get their place and sign in."""

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Route

from carekraft_desktop.contract.codec import encode
from carekraft_desktop.contract.enrolment import (
    API_VERSION,
    ASSERTION_TYPE,
    Configuration,
    Enrolled,
    EnrolRequest,
    Meta,
    RotateRequest,
    Token,
)
from carekraft_desktop.contract.problems import Slug, problem
from carekraft_desktop.contract.workstations import Heartbeat, SlipSpent
from carekraft_desktop.hub import (
    asking,
    commands,
    enrol,
    feed,
    holds,
    reading,
    rotating,
    sign_in,
    workstations,
)
from carekraft_desktop.hub.asking import as_json
from carekraft_desktop.hub.assertions import AssertionRefused
from carekraft_desktop.hub.exchange import Exchange
from carekraft_desktop.hub.problems import Refused, answer, invalid, refuse
from carekraft_desktop.hub.scopes import ScopeRefused

SMALL = 16 * 1024
_REFUSED = (
    AssertionRefused,
    sign_in.DeviceLost,
    sign_in.DeviceRevoked,
    sign_in.KeyReplaced,
)


class SignInRoutes:
    """Discovery, enrolment and tokens."""

    def __init__(self, exchange: Exchange) -> None:
        """They belong to that exchange."""
        self._exchange = exchange
        self._settings = exchange.settings

    def all(self) -> list[BaseRoute]:
        """Every route, for Starlette."""
        spoken = asking.spoken(self._settings)
        return [
            Route("/.well-known/smart-configuration", self.configuration, methods=["GET"]),
            Route("/v1/enroll", spoken(self.enrol), methods=["POST"]),
            Route("/oauth/token", spoken(self.token), methods=["POST"]),
            Route("/v1/workstation/key", spoken(self.rotate), methods=["POST"]),
            Route("/v1/workstation/word", spoken(self.word), methods=["POST"]),
            Route("/v1/workstation/tries", spoken(self.tries), methods=["POST"]),
            Route("/v1/meta", self.meta, methods=["GET"]),
        ]

    async def configuration(self, _request: Request) -> Response:
        """Where and how to sign in."""
        return as_json(
            Configuration(
                token_endpoint=self._settings.token_endpoint,
                token_endpoint_auth_methods_supported=["private_key_jwt"],
                token_endpoint_auth_signing_alg_values_supported=["ES384"],
                grant_types_supported=["client_credentials"],
            )
        )

    async def meta(self, _request: Request) -> Response:
        """What the exchange says of itself; open to programs that are too old, too."""
        settings = self._settings
        return as_json(
            Meta(
                epoch=await self._exchange.read(feed.current_epoch),
                api=API_VERSION,
                min_client=".".join(map(str, settings.min_client)),
                now=self._exchange.now(),
                page_items=settings.page_items,
                wait_seconds=int(settings.wait_seconds),
            )
        )

    async def enrol(self, request: Request) -> Response:
        """Trade a one-time code for a place."""
        wanted = await reading.json(request, EnrolRequest, most=SMALL)
        place = await self._exchange.write(
            lambda connection: enrol.enrol(
                connection,
                wanted,
                at=self._exchange.now(),
                audience=self._settings.enrol_endpoint,
            )
        )
        if isinstance(place, enrol.CodeRefused):
            raise refuse(Slug.CODE_REFUSED, "The code is wrong, used or out of date")
        if isinstance(place, enrol.KeyRefused):
            raise refuse(Slug.CODE_REFUSED, "The proof does not show that the key is held")
        return as_json(
            Enrolled(
                client_id=place.client_id,
                office_id=place.office_id,
                office_name=place.office_name,
                token_endpoint=self._settings.token_endpoint,
            ),
            status=201,
        )

    async def rotate(self, request: Request) -> Response:
        """Take a workstation's next key; it counts from the first sign-in with it."""
        at = self._exchange.now()
        device = await self._exchange.read(lambda c: asking.workstation(c, request, at))
        wanted = await reading.json(request, RotateRequest, most=SMALL)
        try:
            await self._exchange.write(
                lambda c: rotating.offer(
                    c, device.client_id, wanted, at=at, audience=self._settings.key_endpoint
                )
            )
        except AssertionRefused:
            raise refuse(
                Slug.INVALID_REQUEST, "The proof does not show that the key is held", "$.proof"
            ) from None
        return Response(status_code=204)

    async def word(self, request: Request) -> Response:
        """Keep a workstation's last word for the others of its office."""
        at = self._exchange.now()
        device = await self._exchange.read(lambda c: asking.workstation(c, request, at))
        said = await reading.json(request, Heartbeat, most=SMALL)
        try:
            heard = await self._exchange.write(lambda c: workstations.hear(c, device, said, at))
        except AssertionRefused:
            raise refuse(
                Slug.INVALID_REQUEST, "The statement is not this workstation's", "$.statement"
            ) from None
        self._exchange.wakeups.tell(device.office_id)
        return Response(encode(heard), media_type=asking.JSON)

    async def tries(self, request: Request) -> Response:
        """A workstation that is closed says that many passwords did not fit; its slip is the proof."""
        said = await reading.json(request, SlipSpent, most=SMALL)
        at = self._exchange.now()
        try:
            office_id, told = await self._exchange.write(lambda c: workstations.spend(c, said, at))
        except AssertionRefused:
            raise refuse(Slug.INVALID_REQUEST, "The slip counts for nothing") from None
        if told is not None:
            self._exchange.wakeups.tell(office_id)
        return Response(status_code=204)

    async def token(self, request: Request) -> Response:
        """Trade an assertion for an access token (RFC 7523, 2.2)."""
        fields = await reading.form(request, most=SMALL)
        if fields.get("grant_type") != "client_credentials":
            return answer(invalid("The grant is not known"), error="unsupported_grant_type")
        if fields.get("client_assertion_type") != ASSERTION_TYPE:
            return answer(invalid("The assertion's type is not known"), error="invalid_request")
        text = fields.get("client_assertion", "")

        def work(connection: Connection) -> Token:
            at = self._exchange.now()
            token = sign_in.sign_in(
                connection,
                text,
                at=at,
                audience=self._settings.token_endpoint,
                scope=fields.get("scope", ""),
            )
            commands.forget_old(connection, token.client_id, at)
            holds.sweep(connection, token.client_id, at)
            return token.token

        try:
            token = await self._exchange.write(work)
        except ScopeRefused:
            return answer(invalid("Nothing of that scope is given"), error="invalid_scope")
        except _REFUSED as why:
            return answer(_not_in(why), error="invalid_client")
        response = as_json(token)
        response.headers["Cache-Control"] = "no-store"
        return response


def _not_in(why: Exception) -> Refused:
    """Why a workstation gets no token."""
    if isinstance(why, sign_in.DeviceLost):
        words = "This workstation was reported lost"
        return Refused(problem(Slug.DEVICE_LOST, words, current={"order": why.order}))
    if isinstance(why, sign_in.DeviceRevoked):
        return refuse(Slug.DEVICE_REVOKED, "This workstation was shut out")
    if isinstance(why, sign_in.KeyReplaced):
        return refuse(Slug.KEY_REPLACED, "This key was replaced by another")
    return refuse(Slug.TOKEN_INVALID, "The assertion is not accepted")
